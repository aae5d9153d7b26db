"""Positions: where each party stands on a matter of the talks, how firmly, and on what condition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import msgspec

from accord.model.findings import Issue, Position, Stance, Strength
from accord.model.ids import content_id
from accord.model.vocabulary.stance import stance_cues
from accord.reading.antecedents import resolved
from accord.reading.attributions import Attribution
from accord.reading.common_forms import find_common
from accord.reading.conditions import find_condition
from accord.reading.context import Context
from accord.reading.matters import Matter
from accord.reading.modality import negated, standing
from accord.reading.propositions import find_focus, is_negative, word_proposition
from accord.reading.stances import Stand, find_stands, is_attitude
from accord.reading.subjects import classify, issue_scores, layers_of, telling

_TURNED: dict[Stance, Stance] = {"for": "against", "against": "for", "open": "open"}
_RANK: dict[Strength, int] = {"red-line": 2, "demand": 1, "preference": 0}
_AWAITING = frozenset({"when", "once", "until", "unless"})
_TWO_HINTS = 0.6  # two supporting words; one alone names no issue
_LIKELY = 0.5  # a matter without a term that names an issue must be likelier to be on one than not


def extract(context: Context) -> tuple[Position, ...]:
    """The positions of a report, one for each party, matter and stance, in the order of its text."""
    stands = list(find_stands(context))
    found = [p for stand in stands if not _is_part(stand, stands) for p in _positions(context, stand)]
    kept = _headlines_attached(context, _without_repeats(found))
    return tuple(sorted(kept, key=lambda p: (p.evidence[0].start, p.evidence[0].end, p.id)))


def _positions(context: Context, stand: Stand) -> Iterator[Position]:
    around = context.attributions.around(stand.cue)
    if any(_is_observer(context, a) for a in around):
        return
    if (standing(stand.cue).status == "conditional" and stand.stance != "open") or _is_awaited(stand):
        return
    if stand.cue.sent.text.rstrip().endswith("?") or _is_negated_above(stand) or _is_only_a_name(context, stand.matter):
        return
    stand = replace(stand, matter=resolved(context, stand.matter), said=stand.matter)
    holders = _holders(context, stand, around)
    voice = next((a for a in reversed(around) if a.speakers), None)
    if is_attitude(stand) and voice is not None and stand.source is not None:
        holders = [h for h in holders if _speaks_for(context, voice, h[0])]
    issue = _issue(context, stand) if holders else None
    if issue is None:
        return
    parties = tuple(party for party, _ in holders)
    for party, speaker in holders:
        yield _position(context, stand, around, party, speaker, parties, issue)


def _is_observer(context: Context, attribution: Attribution) -> bool:
    actors = [context.mentions.actor(s) for s in attribution.speakers]
    return bool(actors) and all(a.observer or (a.kind in ("media", "unnamed") and a.party is None) for a in actors)


def _is_awaited(stand: Stand) -> bool:
    """Whether the stance is only waited for: "they could return when they are ready for peace"."""
    for token in (stand.cue, *stand.cue.ancestors):
        timed = token.dep_ == "advcl" and any(
            c.lower_ in _AWAITING for c in token.children if c.dep_ in ("advmod", "mark")
        )
        if timed and any(c.tag_ == "MD" for c in token.head.children):
            return True
    return False


def _is_part(stand: Stand, stands: Sequence[Stand]) -> bool:
    """Whether an act is only the matter of another stance: "give up" in "demanded that they give up the city"."""
    if not stand.rule.startswith(("verb", "modal")):
        return False
    return any(
        other.cue.i != stand.cue.i
        and other.matter.start <= stand.cue.i < other.matter.end
        and (
            other.matter.form in ("infinitive", "gerund") or (stand.cue.tag_ == "VB" and stand.rule.startswith("verb"))
        )
        for other in stands
    )


def _is_negated_above(stand: Stand) -> bool:
    """Whether what the cue tells did not happen, though the cue's own clause is not negated."""
    return standing(stand.cue).status == "refused" and not negated(stand.cue) and stand.stance != "against"


def _is_only_a_name(context: Context, matter: Matter) -> bool:
    """Whether the matter is an actor or another bare name, to which nobody can agree."""
    if matter.form != "phrase":
        return False
    mention = context.mentions.headed_by(matter.head)
    bare = matter.head.pos_ == "PROPN" and not issue_scores(list(context.document.doc[matter.start : matter.end]))
    return bare or (mention is not None and mention.form != "description" and matter.head.pos_ == "PROPN")


def _speaks_for(context: Context, attribution: Attribution, party: str) -> bool:
    """Whether the words are the party's own."""
    return party in [context.mentions.party_of(s) for s in attribution.speakers]


def _holders(context: Context, stand: Stand, around: Sequence[Attribution]) -> list[tuple[str, str | None]]:
    """(party, person who speaks for it or None) for each holder of a stance, observers left out."""
    said_by = around[-1].speakers if around else ()
    actors = context.mentions.who(stand.source.head) if stand.source is not None else said_by
    if not actors and stand.source is not None and stand.source.how == "document":
        actors = said_by
    out: list[tuple[str, str | None]] = []
    for actor_id in actors:
        actor = context.mentions.actor(actor_id)
        party = context.mentions.party_of(actor_id)
        if party is None or actor.observer or party in (p for p, _ in out):
            continue
        outer = next((s for s in said_by if context.mentions.party_of(s) == party and s != party), None)
        out.append((party, actor_id if actor_id != party else outer))
    return out


def _issue(context: Context, stand: Stand) -> tuple[Issue, float] | None:
    """The issue of a stance's matter, with the sentence and the one before it as background."""
    doc, matter = context.document.doc, stand.matter
    own = matter.core
    sentence = matter.head.sent
    before = list(doc[max(0, sentence.start - 40) : sentence.start])
    scores = issue_scores(own)
    background = issue_scores([*before, *sentence])
    general = matter.head.lemma_.lower() in stance_cues().plans
    most = max(scores.values(), default=0.0)
    if most < _TWO_HINTS and not general and (matter.form == "phrase" or stand.rule.startswith(("modal", "verdict"))):
        # one supporting word names no issue, unless what stands around names the same
        if not any(background.get(issue, 0.0) >= 1 for issue in scores):
            return None
    elif not scores and (not general or max(background.values(), default=0.0) < 1):
        return None
    if most < 1 and not general and telling(own) < _LIKELY:
        return None
    return classify(layers_of(own, list(sentence), before))


def _position(
    context: Context,
    stand: Stand,
    around: Sequence[Attribution],
    party: str,
    speaker: str | None,
    parties: tuple[str, ...],
    issue: tuple[Issue, float],
) -> Position:
    matter = stand.matter
    stance = _TURNED[stand.stance] if is_negative(matter) and not stand.rule.startswith("modal") else stand.stance
    evidence = context.document.evidence(*_extent(context, stand))
    chain = tuple(s for a in around for s in a.speakers[:1] if s != speaker)
    proposition = word_proposition(context, matter, context.mentions.actor(party).name)
    common = find_common(context, issue[0], matter, party)
    return Position(
        id=content_id(
            "po", context.document.report.id, evidence.start, evidence.end, party, issue[0], stance, proposition
        ),
        evidence=(evidence,),
        confidence=_confidence(stand, issue[1], nested=bool(chain)),
        why=(stand.rule, f"cue {stand.cue.text!r}", f"issue share {issue[1]:.2f}"),
        party=party,
        speaker=speaker,
        issue=issue[0],
        focus=find_focus(context, matter, parties),
        proposition=proposition,
        stance=stance,
        strength=stand.strength,
        condition=find_condition(stand.cue, matter.head),
        common=common.says if common is not None else None,
        common_stance=(_TURNED[stance] if common.turned else stance) if common is not None else None,
        date=context.dates.of(stand.cue),
        chain=chain,
    )


def _confidence(stand: Stand, share: float, *, nested: bool) -> float:
    return round(max(0.2, min(0.9, stand.confidence + 0.25 * (share - 0.5) - (0.1 if nested else 0.0))), 2)


def _extent(context: Context, stand: Stand) -> tuple[int, int]:
    """Characters from the holder (where it stands in the same sentence) over the cue to the end of the matter."""
    doc, matter = context.document.doc, stand.said or stand.matter
    sentence = stand.cue.sent
    tokens = [stand.cue.i, matter.start, matter.end - 1]
    if stand.source is not None:
        start, end = stand.source.span
        if sentence.start <= start and end <= sentence.end:
            tokens += [start, end - 1]
    low, high = max(min(tokens), sentence.start), min(max(tokens), sentence.end - 1)
    while high > low and (doc[high].is_punct or doc[high].is_space):
        high -= 1
    while low < high and (doc[low].is_punct or doc[low].is_space):
        low += 1
    return doc[low].idx, doc[high].idx + len(doc[high])


def _without_repeats(found: Sequence[Position]) -> list[Position]:
    """One position for each party, issue and stance on overlapping words: the firmest, then the surest."""
    kept: list[Position] = []
    for position in sorted(found, key=lambda p: (-_RANK[p.strength], -p.confidence, p.evidence[0].start, p.id)):
        if not any(_same(position, other) for other in kept):
            kept.append(position)
    return kept


def _headlines_attached(context: Context, found: list[Position]) -> list[Position]:
    """Headlines sum up what the body says in full: each is further evidence for the first such position of the body."""
    headlines = _headline_spans(context)
    body = [p for p in found if not any(start <= p.evidence[0].start < end for start, end in headlines)]
    out = {p.id: p for p in body}
    for headline in (p for p in found if p not in body):
        told = [p for p in body if (p.party, p.issue, p.stance) == (headline.party, headline.issue, headline.stance)]
        if not told:
            out[headline.id] = headline
            continue
        first = out[min(told, key=lambda p: (p.evidence[0].start, p.id)).id]
        out[first.id] = msgspec.structs.replace(first, evidence=(*first.evidence, *headline.evidence))
    return list(out.values())


def _headline_spans(context: Context) -> list[tuple[int, int]]:
    """Character spans of the lines that stand above the text and end without a full stop."""
    spans: list[tuple[int, int]] = []
    for sentence in context.document.doc.sents:
        words = [t for t in sentence if not t.is_space]
        if not words:
            continue
        if words[-1].is_punct or len(words) > 20 or "\n" not in sentence.text_with_ws:
            break
        spans.append((sentence.start_char, sentence.end_char))
    return spans


def _same(a: Position, b: Position) -> bool:
    if (a.party, a.issue) != (b.party, b.issue) or not a.evidence[0].overlaps(b.evidence[0]):
        return False
    return a.stance == b.stance or a.proposition == b.proposition
