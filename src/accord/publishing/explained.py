"""Explanations as text: what was found, by which rule, on which words, whose they are, when, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from accord.model.edit import Edit
from accord.model.explanation import Dated, Explanation, Ground, Naming, Trail, Voice, Word
from accord.model.record import Judgement, Record
from accord.publishing.plain import one_line, runs
from accord.publishing.references import References

_MOST = 6  # judgements, edits and mentions that are listed


def explanation_text(record: Record, found: Sequence[Explanation]) -> str:
    """Explanations one after the other, as lines; the words that carried an item stand between asterisks."""
    references = References(record)
    return "\n".join("\n".join(_lines(one, references)) + "\n" for one in found)


def _lines(one: Explanation, references: References) -> Iterator[str]:
    yield one_line(f"{one.id} ({one.layer}) {one.says}")
    yield f"  confidence {one.confidence:.2f}; {_when(one)}"
    for ground in one.grounds:
        yield from _ground(ground, references)
    left = [key for key in one.members if key not in {ground.finding for ground in one.grounds}]
    if left and len(one.members) > 1:
        yield f"  also made of: {', '.join(left)}"
    yield from _listed("merging", [_judgement(j) for j in one.judgements], indent=2)
    yield from _listed("edits", [_edit(e) for e in one.edits], indent=2)


def _ground(ground: Ground, references: References) -> Iterator[str]:
    yield f"  found as {ground.finding}, confidence {ground.confidence:.2f}, by: {_notes(ground.why)}"
    if ground.remark:
        yield f"    {ground.remark}"
    for trail in ground.trails:
        yield from _trail(trail, references)


def _trail(trail: Trail, references: References) -> Iterator[str]:
    known = trail.span.report in {report.id for report in references.reports}
    yield f"  [{references.ref(trail.span) if known else trail.span.report}] {one_line(_marked(trail))}"
    yield from _listed("parse", [_word(word) for word in trail.top], most=None)
    yield from _listed("who", list(dict.fromkeys(_naming(one) for one in trail.namings)))
    yield from _listed("whose words", [_voice(one) for one in trail.voices])
    yield from _listed("when", [_dated(one) for one in trail.dates])


def _listed(heading: str, lines: Sequence[str], *, most: int | None = _MOST, indent: int = 4) -> Iterator[str]:
    shown = lines if most is None else lines[:most]
    if lines:
        yield f"{' ' * indent}{heading}"
    yield from (f"{' ' * indent}  {line}" for line in shown)
    if len(lines) > len(shown):
        yield f"{' ' * indent}  and {len(lines) - len(shown)} more"


def _marked(trail: Trail) -> str:
    marks = ((mark.start, mark.end) for mark in trail.marks)
    return "".join(f"*{words}*" if marked else words for words, marked in runs(trail.sentence, trail.span.start, marks))


def _word(word: Word) -> str:
    text = f"*{one_line(word.text)}*" if word.carries else one_line(word.text)
    hangs = f" of {one_line(word.head)}" if word.depth else ""
    folded = f", {word.folded} word{'s' if word.folded > 1 else ''} under it" if word.folded else ""
    return f"{'  ' * word.depth}{text}  {word.tag} {word.relation}{hangs}{folded}"


def _naming(one: Naming) -> str:
    steps = [f"“{one_line(words)}” ({form})" for words, form in zip(one.words, one.forms, strict=True)]
    because = f"  by: {one_line(one.reasons[0])}" if one.reasons[0] else ""
    return f"{' → '.join(steps)} → {one_line(_and(one.actors))}{because}"


def _voice(one: Voice) -> str:
    who = _and(one.speakers) or "nobody known"
    source = f" (“{one_line(one.source)}”)" if one.source else ""
    cue = f" by “{one_line(one.cue)}”" if one.cue else ""
    return f"{one_line(who)}{source}{cue}: {one.kind}, {one.mode}; {_notes(one.why)}; confidence {one.confidence:.2f}"


def _dated(one: Dated) -> str:
    days = "no day"
    if one.start or one.end:
        days = str(one.start) if one.start == one.end else f"{one.start or '…'} to {one.end or '…'}"
    return f"“{one_line(one.words)}” = {days}: {one.how}{'; the date of this item' if one.own else ''}"


def _when(one: Explanation) -> str:
    if one.date is None:
        return "no date of its own: it counts on the day of its report"
    words = f" (“{one_line(one.date.text)}”)" if one.date.text else ""
    return f"dated {one.date if one.date.known else 'by words that name no day'}{words}"


def _edit(one: Edit) -> str:
    reason = f": {one_line(one.reason)}" if one.reason else ""
    return f"{one.action} by {one_line(one.author)}, {one_line(one.at)}{reason} ({one.id})"


def _judgement(one: Judgement) -> str:
    like = f", likeness {one.likeness:.2f}" if one.likeness is not None else ""
    withdrawn = ", withdrawn" if one.withdrawn else ""
    why = f": {one_line(one.why)}" if one.why else ""
    return f"{one.items[0]} and {one.items[1]}: {one.verdict}, by {one_line(one.by)}{like}{withdrawn}{why}"


def _notes(why: Iterable[str]) -> str:
    return "; ".join(one_line(note) for note in why) or "no notes"


def _and(names: Sequence[str]) -> str:
    return " and ".join(names) if len(names) < 3 else f"{', '.join(names[:-1])} and {names[-1]}"
