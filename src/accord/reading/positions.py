"""Positions: where each party stands on a matter of the talks, how firmly, and on what condition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import msgspec
from spacy.tokens import Token

from accord.model.findings import Issue, Position, Stance, Strength
from accord.model.ids import content_id
from accord.model.vocabulary.stance import stance_cues
from accord.reading.antecedents import resolved
from accord.reading.attributions import Attribution
from accord.reading.bearers import holders
from accord.reading.common_forms import find_common
from accord.reading.conditions import condition_words, find_condition
from accord.reading.context import Context
from accord.reading.matters import Matter, adjuncts, listed
from accord.reading.modality import negated, standing
from accord.reading.propositions import find_focus, is_negative, word_proposition
from accord.reading.stances import find_stands
from accord.reading.stand import Stand, is_at_table, is_attitude, is_of_talks
from accord.reading.subjects import classify, issue_scores, layers_of, telling
from accord.reading.supposed import conditional_clause
from accord.reading.wanted import find_demanded

_TURNED: dict[Stance, Stance] = {"for": "against", "against": "for", "open": "open"}
_RANK: dict[Strength, int] = {"red-line": 2, "demand": 1, "preference": 0}
_AWAITING = frozenset({"when", "once", "until", "unless", "before"})
_SHORT = 2  # words of a matter that a term names by itself
_LIKELY, _LIKELY_LOOSE = 0.3, 0.75  # how likely a matter without a term that names an issue must be to be on one


def extract(context: Context) -> tuple[Position, ...]:
    """The positions of a report, one for each party, matter and stance, in the order of its text."""
    stands = list(find_stands(context))
    found: list[tuple[Position, bool]] = []
    told: list[Stand] = []
    for stand in stands:
        if _is_part(stand, stands):
            continue
        for one in (stand, *find_demanded(stand)):
            made = list(_positions(context, one, told))
            told += [taken for _, taken in made[:1]]
            found += [(position, one.weak) for position, _ in made]
    kept = _headlines_attached(context, _without_repeats(_without_weak(found)))
    return tuple(sorted(kept, key=lambda p: (p.evidence[0].start, p.evidence[0].end, p.id)))


def _positions(context: Context, stand: Stand, told: Sequence[Stand]) -> Iterator[tuple[Position, Stand]]:
    """The positions that a stance makes, each with the stance as it was taken; `told` are those taken before."""
    around = context.attributions.around(stand.cue)
    if any(_is_observer(context, a, stand) for a in around):
        return
    if (_is_supposed(stand) and stand.stance != "open") or _is_awaited(stand) or _is_force(stand):
        return
    if any(a.negated and a.group == "speech" for a in around[-1:]):
        return  # "has not said that it would"
    if (
        stand.cue.sent.text.rstrip().endswith("?")
        or _is_negated_above(stand)
        or _is_only_a_name(context, stand.matter, stand.rule.partition(" ")[2])
    ):
        return
    before = [s.matter for s in told]
    taken = resolved(context, stand.matter, before)
    own_words = stand.matter.form == "clause" and stand.matter.subject is not None
    if own_words and taken.head.i != stand.matter.head.i:  # "that the army follow the same provision": the issue only
        about = _issue(context, replace(stand, matter=taken))
    else:
        stand, about = replace(stand, matter=taken, said=stand.said or stand.matter), None
    held_by = holders(context, stand, around)
    voice = next((a for a in reversed(around) if a.speakers), None)
    if is_attitude(stand) and voice is not None and stand.source is not None:
        held_by = [h for h in held_by if _speaks_for(context, voice, h[0])]
    parties = tuple(party for party, _ in held_by)
    for member, told_issue in _members(stand) if held_by else ():
        issue = about or told_issue or _issue(context, member)
        for party, speaker in held_by if issue is not None else ():
            if issue is not None:
                yield _position(context, member, around, party, speaker, parties, issue), member


def _is_supposed(stand: Stand) -> bool:
    """Whether the cue only tells what might be; what is promised or refused on a condition is a stance with it."""
    if stand.rule.startswith("condition"):
        return False
    if any(t.dep_ == "advcl" and conditional_clause(t) is not None for t in (stand.cue, *stand.cue.ancestors)):
        return True  # "if they decide that the truce is important"
    if standing(stand.cue).status != "conditional":
        return False
    own = stand.rule.startswith("modal") and conditional_clause(stand.cue) is None
    own = own or any(c.tag_ == "MD" and c.norm_ in ("will", "would") for c in stand.cue.children)
    return not (own and find_condition(stand.cue) is not None)


def _is_force(stand: Stand) -> bool:
    """Whether somebody only threatens or tries to use force, which is no matter of the talks."""
    word = stand.rule.split(" ", 1)[1]
    threatened = stand.stance == "open" and word in stance_cues().threats
    if not threatened and (stand.stance != "for" or word not in stance_cues().trying):
        return False
    verbs = (stand.matter.head, *(c for c in stand.matter.head.children if c.dep_ in ("xcomp", "dobj", "pobj")))
    return any(v.lemma_.lower() in stance_cues().force for v in verbs)


def _members(stand: Stand) -> list[tuple[Stand, tuple[Issue, float] | None]]:
    """The stance to each thing in a list, where they are of several issues: "an amnesty and half of the ministries"."""
    for group in listed(stand.matter):
        issues = [_strongest(m.core) for m in group]
        if len({found[0] for found in issues if found is not None}) > 1:
            pairs = zip(group, issues, strict=True)
            return [(replace(stand, matter=m, said=m), found) for m, found in pairs if found is not None]
    return [(stand, None)]


def _strongest(words: Sequence[Token]) -> tuple[Issue, float] | None:
    """The issue that the words name by themselves."""
    if len(words) <= _SHORT and any(t.lemma_.lower() in stance_cues().objects["talks"] for t in words):
        return "peace-agreement", 0.6  # "talks and an amnesty"
    if max(issue_scores(words).values(), default=0.0) < 1 and telling(words) < _LIKELY_LOOSE:
        return None
    return classify([(words, 1.0)])


def _is_observer(context: Context, attribution: Attribution, stand: Stand) -> bool:
    """Whether a bystander tells it; an agency or unnamed official may tell acts and demands, not what others want."""
    actors = [context.mentions.actor(s) for s in attribution.speakers]
    own = is_attitude(stand) or stand.source is None
    passing_on = [a.kind in ("media", "unnamed") and a.party is None for a in actors]
    return bool(actors) and all(own if on else a.observer for a, on in zip(actors, passing_on, strict=True))


def _is_awaited(stand: Stand) -> bool:
    """Whether the stance is only waited for: "they could return when they are ready for peace"."""
    for token in (stand.cue, *stand.cue.ancestors):
        timed = token.dep_ == "advcl" and any(
            c.lower_ in _AWAITING for c in token.children if c.dep_ in ("advmod", "mark")
        )
        if timed and (token.tag_ in ("VBZ", "VBP") or any(c.tag_ == "MD" for c in token.head.children)):
            return True
    return False


def _is_part(stand: Stand, stands: Sequence[Stand]) -> bool:
    """Whether an act is only the matter of another stance: "give up" in "demanded that they give up the city"."""
    if not stand.rule.startswith(("verb", "modal")):
        return False
    if _is_told_whole(stand, stands):
        return True
    return any(
        other.cue.i != stand.cue.i
        and other.matter.start <= stand.cue.i < other.matter.end
        and (
            other.matter.form in ("infinitive", "gerund") or (stand.cue.tag_ == "VB" and stand.rule.startswith("verb"))
        )
        for other in stands
    )


def _is_told_whole(stand: Stand, stands: Sequence[Stand]) -> bool:
    """Whether a modal tells the act whole: "will not give up land" refuses to give it up, and is not for "land"."""
    kind, _, word = stand.rule.partition(" ")
    cue = stance_cues().phrasal.get(word) or stance_cues().verbs.get(word)
    if kind != "verb" or cue is None or not cue.lets_go:
        return False
    return any(other.cue.i == stand.cue.i and other.rule.startswith("modal") for other in stands)


def _is_negated_above(stand: Stand) -> bool:
    """Whether what the cue tells did not happen, though the cue's own clause is not negated."""
    if any(t.lemma_.lower() in stance_cues().denying for t in list(stand.cue.ancestors)[:3]):
        return True
    if stand.rule.startswith("noun") and stand.source is not None and stand.source.how not in ("subject", "relative"):
        return negated(stand.cue) and not _is_owned(stand.cue)  # "without meeting their demands": they have them
    if _is_doubted(stand.cue):
        return True
    joined = stand.cue.dep_ == "conj" and stand.cue.tag_ in ("VBZ", "VBP", "VBD")  # "are not ready and insist that"
    if joined and negated(stand.cue.head):
        return False
    if stand.rule.startswith(("noun", "wanted")) and _is_owned(stand.cue):
        return False
    return standing(stand.cue).status == "refused" and not negated(stand.cue) and stand.stance != "against"


def _is_owned(noun: Token) -> bool:
    """Whether a possessor stands before a noun: what is somebody's is there, whatever is denied of it."""
    return any(c.dep_ == "poss" for c in noun.children)


def _is_doubted(cue: Token) -> bool:
    """Whether the cue's clause hangs on a sign that there is none of: "there was little sign that they were ready"."""
    for token in list(cue.ancestors)[:4]:
        if token.lemma_.lower() in stance_cues().signs and token.pos_ == "NOUN":
            scarce = any(c.lower_ in ("no", "little", "few", "scant", "hardly") for c in token.children)
            return scarce or negated(token) or (token.dep_ == "dobj" and negated(token.head))
    return False


def _is_only_a_name(context: Context, matter: Matter, word: str = "") -> bool:
    """Whether the matter is an actor or another bare name, to which nobody can agree, or somebody's thought."""
    if matter.form != "phrase":
        return False
    if matter.head.lemma_.lower() in stance_cues().thoughts:
        return True
    mention = context.mentions.headed_by(matter.head)
    sided = mention is not None and word in stance_cues().siding and mention.form != "pronoun"
    if sided and max(issue_scores(matter.core).values(), default=0.0) < 1:
        return True  # "backed the rebels": with whom, not what for
    bare = matter.head.pos_ == "PROPN" and not issue_scores(list(context.document.doc[matter.start : matter.end]))
    return bare or (mention is not None and mention.form != "description" and matter.head.pos_ == "PROPN")


def _speaks_for(context: Context, attribution: Attribution, party: str) -> bool:
    """Whether the words are the party's own."""
    return party in [context.mentions.party_of(s) for s in attribution.speakers]


def _issue(context: Context, stand: Stand) -> tuple[Issue, float] | None:
    """The issue of a stance's matter, with the sentence and the one before it as background."""
    doc, matter = context.document.doc, stand.matter
    own, aside = _own_words(stand)
    named = _named_issue(own)
    if named is not None:
        return named
    if max(issue_scores(own).values(), default=0.0) < 1:
        own = [*own, *_purpose(stand)]
    around = [t for t in matter.head.sent if t.i not in aside]
    before = list(doc[max(0, matter.head.sent.start - 40) : matter.head.sent.start])
    most = max(issue_scores(own).values(), default=0.0)
    general = matter.head.lemma_.lower() in stance_cues().plans
    if general and most < 1:
        background = max(issue_scores([*before, *matter.head.sent]).values(), default=0.0)
        return classify(layers_of(own, around, before)) if background >= 1 else None
    loose = matter.form == "phrase" or stand.rule.startswith(("modal", "verdict", "announced"))
    if most < 1 and not is_of_talks(matter) and telling(own) < (_LIKELY_LOOSE if loose else _LIKELY):
        return None
    return classify(layers_of(own, around, before))


def _purpose(stand: Stand) -> list[Token]:
    """What an act is for, where the parse hangs it on the cue: "committed to opening roads to bring in food"."""
    matter = stand.matter
    if matter.form not in ("gerund", "infinitive", "clause"):
        return []
    aims = (c for c in stand.cue.children if c.dep_ in ("advcl", "xcomp") and c.left_edge.i == matter.end)
    return [t for aim in aims if any(c.tag_ == "TO" for c in aim.lefts) for t in aim.subtree]


def _named_issue(own: Sequence[Token]) -> tuple[Issue, float] | None:
    """The issue of a matter of a word or two that are its name ("disarmament"): what stands around tells less."""
    words = [t for t in own if t.pos_ in ("NOUN", "VERB", "ADJ", "PROPN")]
    scores = issue_scores(own) if len(words) <= _SHORT else {}
    strong = [issue for issue, score in scores.items() if score >= 1]
    return (strong[0], 0.85) if len(strong) == 1 else None


def _own_words(stand: Stand) -> tuple[list[Token], set[int]]:
    """The words that tell what a stance is about, and those that only tell on what condition, when and what for."""
    matter, said = stand.matter, stand.said
    if stand.rule.startswith("verdict") and said is not None and said.head.i == matter.head.i:
        matter = said  # with the word of the verdict: "the government ... illegitimate"
    aside = {t.i for t in condition_words(stand.cue, matter.head)}
    kept = [t for t in matter.core if t.i not in aside] or matter.core
    if is_of_talks(matter) and matter.start > stand.cue.i:  # "walked out of the talks" is about who sits there
        act = [stand.cue, *(c for c in stand.cue.children if c.dep_ == "prt")]
        return ([*act, *matter.head.lefts, matter.head], aside) if is_at_table(stand) else ([*act, *kept], aside)
    besides = {t.i for adjunct in adjuncts(matter) for t in adjunct.subtree}
    narrow = [t for t in kept if t.i not in besides]
    if max(issue_scores(narrow).values(), default=0.0) >= 1:
        return narrow, aside | besides
    return kept, aside


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
        condition=find_condition(stand.cue, matter.head, granting=stance != "against"),
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


def _without_weak(found: Sequence[tuple[Position, bool]]) -> list[Position]:
    """Without the acts that tell a stance which the report tells in words, and with the first of several alike."""
    strong = {(p.party, p.issue) for p, weak in found if not weak}
    kept: list[Position] = []
    for position, weak in found:
        if weak and (position.party, position.issue) in strong:
            continue
        if weak:
            strong.add((position.party, position.issue))
        kept.append(position)
    return kept


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
    return a.stance == b.stance
