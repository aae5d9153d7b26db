"""Statements: of all attributions those in which an actor of the report says, asks or thinks something of weight.

An attribution is any report of speech, thought or will ("critics fear ...", "he wants to leave"). A statement is what
a desk officer would enter as said or thought by somebody known. Of the attributions these are left out:

- those without a known speaker, unless the source has a name or is a kind of people, or the words are quoted at length;
- nested ones ("she said he believed ..."), unless they report another known speaker's words;
- choices and intentions ("agreed to", "plans to", "refused to"): they are events and positions;
- bare praise and blame ("welcomed the deal"), which tell an act but no words;
- thoughts that are not a clause ("feared the army"; but "expects the army to leave" is one), and what evidence "shows";
- topics without a content ("comments about the war"), and what was not said ("did not say whether").
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Token

from accord.model.actor import Actor
from accord.model.findings import Statement, StatementRole
from accord.model.ids import content_id
from accord.model.vocabulary.cues import cues
from accord.reading.attributions import Attribution
from accord.reading.context import Context

_LEAST_CONFIDENCE = 0.4
_LEAST_QUOTED = 40
"""Characters of a quotation that make a statement of an unknown speaker worth keeping."""
_SAME = 0.8
"""Shared part of two contents above which two attributions of one speaker are one statement."""
_MOST_SENTENCES = 2
_OPENING = frozenset("“„‟\"«‹‘'`")
_CLOSING = frozenset("”\"»›’'`,.?!")
_RECIPROCAL = frozenset(("other", "another", "each"))
_TOPIC = frozenset(("about", "on", "over", "at"))
_DEEDS = frozenset(("decision", "intention"))
_AWAITED = frozenset(("until", "till", "unless", "if", "once", "before"))
_TELLING = frozenset(("as", "complement", "to", "of", "for", "over"))


class _Piece(NamedTuple):
    start: int
    end: int


def extract(context: Context) -> tuple[Statement, ...]:
    """The statements of a report, in order of their content; one for each speaker of joint ones."""
    found: list[Statement] = []
    kept: list[Attribution] = []
    for attribution in context.attributions.all:
        if _is_statement(context, attribution) and not any(_is_same(attribution, k) for k in kept):
            kept.append(attribution)
            found.extend(_statements(context, attribution))
    return tuple(found)


def _is_statement(context: Context, attribution: Attribution) -> bool:
    """Whether an attribution is worth a line of the record."""
    if attribution.confidence < _LEAST_CONFIDENCE or not _has_weight(context, attribution):
        return False
    if not attribution.speakers and not (_is_long_quotation(attribution) or _is_named(context, attribution)):
        return False
    if _is_unreal(context, attribution):
        return False
    if _is_in_title(context, attribution):
        return False
    return _is_own_voice(context, attribution)


def _has_weight(context: Context, attribution: Attribution) -> bool:
    """Whether cue and frame tell words or a view, by the rules at the head of this file."""
    word, _, frame = attribution.why[0].partition(" ")
    clausal = frame in ("clause", "aside") or word in (
        "quotation",
        "phrase",
        "viewpoint",
        "as",
        "headline",
        "transcript",
    )
    quoted = attribution.mode != "indirect"
    if attribution.negated and attribution.group != "thought":
        return False
    if word == "verb" and not quoted and _is_act(context, attribution, frame):
        return False
    if word == "noun":
        return attribution.group in ("speech", "thought") and (frame == "clause" or _is_said_noun(attribution, frame))
    if word == "adjective":
        return attribution.group in ("speech", "thought") and frame == "clause"
    match attribution.group:
        case "speech":
            return clausal or not _is_idle(context, attribution)
        case "judgement":
            last = frame.rpartition(" ")[2]
            against = attribution.polarity == "denies"
            return (
                clausal
                or quoted
                or frame in ("object as", "object complement", "object to")
                or (against and last in _TELLING)
            )
        case "thought":
            return clausal or frame in ("object as", "object complement", "object to do")
        case "decision" | "finding":
            return clausal and bool(attribution.speakers)
        case _:
            return clausal and quoted


def _is_act(context: Context, attribution: Attribution, frame: str) -> bool:
    """Whether an object tells what is done by words ("announced the deal"), a courtesy, or only "it"."""
    first = _token_at(context, attribution.contents[0])
    if first is None or not frame.startswith("object"):
        return False
    if frame == "object as":
        return attribution.group == "thought" and context.document.doc[first.left_edge.i].pos_ == "PRON"
    if frame == "object to do":
        return attribution.cue_lemma in cues().enacting
    return frame == "object" and (attribution.cue_lemma in cues().enacting or first.lemma_.lower() in cues().courtesies)


def _is_said_noun(attribution: Attribution, frame: str) -> bool:
    """Whether a noun of speech leads to what is said ("his mention of", "a promise to") rather than to its topic."""
    return attribution.group == "speech" and frame not in _TOPIC and frame != "to" and attribution.confidence > 0.5


def _is_idle(context: Context, attribution: Attribution) -> bool:
    """Whether the object of a speech verb says nothing: a word, "each other", what several discuss together."""
    doc = context.document.doc
    spans = [doc.char_span(start, end, alignment_mode="expand") for start, end in attribution.contents]
    tokens = [t for span in spans if span is not None for t in span]
    telling = [t for t in tokens if t.pos_ in ("NOUN", "PROPN", "VERB", "ADJ", "NUM") and t.lower_ not in _RECIPROCAL]
    if attribution.polarity == "neutral" and len(attribution.speakers) > 1:
        return True
    return len(tokens) < 2 or not telling


def _is_long_quotation(attribution: Attribution) -> bool:
    return attribution.mode == "direct" and attribution.end - attribution.start >= _LEAST_QUOTED


def _is_named(context: Context, attribution: Attribution) -> bool:
    """Whether the source is a name or a kind of people ("diplomats"), though nobody whom the report identifies."""
    source = _token_at(context, attribution.source)
    if source is None or attribution.why[0] not in ("verb clause", "verb aside", "phrase"):
        return False
    return source.pos_ == "PROPN" or (attribution.group == "speech" and source.lemma_.lower() in cues().sources)


def _is_unreal(context: Context, attribution: Attribution) -> bool:
    """Whether the words are still to be said or only imagined: "until they agree that", "to say", "will insist"."""
    cue = _token_at(context, attribution.cue)
    if cue is None or cue.pos_ != "VERB" or attribution.why[0].startswith("quotation"):
        return False
    marks = {c.lower_ for c in cue.lefts if c.dep_ in ("mark", "advmod")}
    if cue.dep_ == "advcl" and marks & _AWAITED:
        return True
    if cue.dep_ in ("advcl", "acl") and any(c.dep_ == "aux" and c.lower_ == "to" for c in cue.lefts):
        return attribution.why[0] != "verb aside"
    ahead = any(c.dep_ == "aux" and c.lower_ in ("will", "would", "'ll", "shall") for c in cue.lefts)
    return ahead and bool(context.attributions.chain(attribution))


def _is_own_voice(context: Context, attribution: Attribution) -> bool:
    """Whether the reporter reports it: not nested, or nested as the plain words of somebody else.

    What stands within a choice or an intention ("refused to talk until the guards, who the rebels said were armed,
    left") is the reporter's as well, where it is plain speech.
    """
    outer = context.attributions.chain(attribution)
    if not outer:
        return True
    if any(o.mode == "direct" for o in outer) or not attribution.speakers:
        return False
    speakers = {s for o in outer if o.group not in _DEEDS for s in o.speakers}
    plain = attribution.group == "speech" and attribution.why[0] in ("verb clause", "phrase")
    return plain and not speakers & set(attribution.speakers)


def _is_in_title(context: Context, attribution: Attribution) -> bool:
    """Whether it stands in a first line without a full stop: the body says it again, with its speaker in full."""
    text = context.document.report.text
    first = len(text) - len(text.lstrip())
    end = text.find("\n", first)
    line = text[first:end].rstrip() if end >= 0 else ""
    return bool(line) and line[-1] not in ".?!”\"’'" and attribution.start < end


def _is_same(one: Attribution, other: Attribution) -> bool:
    """Whether two attributions report the same words of the same speakers."""
    if one.speakers != other.speakers:
        return False
    shared = min(one.end, other.end) - max(one.start, other.start)
    longest = max(one.end, other.end) - min(one.start, other.start)
    return shared > _SAME * longest


def _statements(context: Context, attribution: Attribution) -> Iterator[Statement]:
    document = context.document
    piece = _main_piece(attribution)
    start, end = _evidence(context, attribution, piece)
    evidence = document.evidence(start, end)
    cue = _token_at(context, attribution.cue)
    chain = tuple(s for o in context.attributions.chain(attribution) for s in o.speakers[:1])
    for speaker in attribution.speakers or (None,):
        yield Statement(
            id=content_id("st", document.report.id, speaker, attribution.contents, attribution.cue),
            evidence=(evidence,),
            confidence=_confidence(context, attribution, speaker),
            why=(*attribution.why, *((f"cue {attribution.cue_lemma}",) if attribution.cue_lemma else ())),
            speaker=speaker,
            role=_role(context, speaker),
            mode=attribution.mode,
            kind=attribution.kind,
            content=document.report.text[piece.start : piece.end],
            content_span=document.span(*piece),
            content_parts=tuple(document.span(*c) for c in attribution.contents),
            cue=document.span(*attribution.cue) if attribution.cue else None,
            source=document.span(*attribution.source) if attribution.source else None,
            addressees=tuple(a for a in attribution.addressees if a != speaker),
            chain=chain,
            date=context.dates.of(cue) if cue is not None else None,
        )


def _main_piece(attribution: Attribution) -> _Piece:
    """The longer piece; of "the offer was described by him as a trap" the second, which is what he said."""
    pieces = [_Piece(*c) for c in attribution.contents]
    if attribution.why[0].startswith("verb object ") and len(pieces) > 1:
        return pieces[-1]
    return max(pieces, key=lambda p: (p.end - p.start, -p.start))


def _confidence(context: Context, attribution: Attribution, speaker: str | None) -> float:
    """The rule's rate, less where the speaker is unknown or the words are nested."""
    value = attribution.confidence
    if speaker is None:
        value *= 0.6
    if context.attributions.chain(attribution):
        value *= 0.8
    return round(value, 2)


def _token_at(context: Context, span: tuple[int, int] | None) -> Token | None:
    """The head token of a span of characters."""
    found = context.document.doc.char_span(*span, alignment_mode="expand") if span else None
    return found.root if found is not None else None


def _evidence(context: Context, attribution: Attribution, piece: _Piece) -> tuple[int, int]:
    """The shortest stretch with content, cue and speaker; the speaker is left out where he stands too far away."""
    near = [piece, *([attribution.cue] if attribution.cue else [])]
    whole = [*near, *([attribution.source] if attribution.source else [])]
    for edges in (whole, near, [piece]):
        start, end = min(e[0] for e in edges), max(e[1] for e in edges)
        if _sentences(context, start, end) <= max(_MOST_SENTENCES, _sentences(context, *piece) + 1):
            break
    text = context.document.report.text
    while start > 0 and text[start - 1] in _OPENING:
        start -= 1
    while end < len(text) and text[end] in _CLOSING:
        end += 1
    return start, end


def _sentences(context: Context, start: int, end: int) -> int:
    """How many sentences a stretch of characters touches."""
    span = context.document.doc.char_span(start, end, alignment_mode="expand")
    return sum(1 for t in span if t.is_sent_start or t.i == span.start) if span is not None else 1


def _role(context: Context, speaker: str | None) -> StatementRole:
    """Party, third party or observer, from who the speaker is and what the report is about.

    Media, experts and people who speak for nobody are observers. The two sides that the report sets against each
    other, and who speaks for them, are parties, as is every armed group; states and bodies beside them are third
    parties. A report that shows no sides makes parties of all who can be bound.
    """
    if speaker is None:
        return "observer"
    actor = context.mentions.actor(speaker)
    bound = context.mentions.party_of(speaker)
    if actor.observer or actor.kind == "media" or bound is None:
        return "observer"
    sides = context.mentions.sides
    if not sides or bound in sides or actor.id in sides:
        return "party"
    party = _actor_or_none(context, bound)
    if party is not None and (party.kind == "armed-group" or party.party in sides):
        return "party"
    return "third-party"


def _actor_or_none(context: Context, actor_id: str) -> Actor | None:
    try:
        return context.mentions.actor(actor_id)
    except KeyError:
        return None
