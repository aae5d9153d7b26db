"""The forms of what is read off a record over time: changes, histories, meetings, judgements, the log of edits."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from accord.model.findings import Direction, Instrument, Issue, LeverStatus, Stance, Strength
from accord.model.history import Shift
from accord.model.when import When
from accord.publishing.forms import FORMS, EvidenceForm, Ids, Names

Change = Literal["moved", "contradicts", "new", "confirmed"]
Verdict = Literal["same", "different", "unsure"]


class ChangeForm(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that reports since a day brought; `text` says it in words.

    `moved` is a shift of a position, a step of a proposal or a new state of a lever; `contradicts` a discrepancy that
    a new report has a side in; `new` rests on new reports alone; `confirmed` was known and is told again.
    """

    change: Change
    layer: str
    item: str
    text: str
    date: When | None
    evidence: tuple[EvidenceForm, ...]


class StanceForm(msgspec.Struct, frozen=True, kw_only=True):
    """Where a party stood on a proposition at one time, and what is not as it was before (`shifts`).

    `date` is the position's own, else the day of the report; the stance is to `proposition`.
    """

    party: str
    party_id: str
    issue: Issue
    proposition: str
    proposition_id: str
    date: When | None
    stance: Stance
    strength: Strength
    condition: str | None
    shifts: tuple[Shift, ...]
    speaker: str | None
    speaker_id: str | None
    position: str
    evidence: tuple[EvidenceForm, ...]


class LeverStateForm(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a lever at one time."""

    holder: str
    holder_id: str
    target: str | None
    target_id: str | None
    instrument: Instrument
    direction: Direction
    status: LeverStatus
    date: When | None
    lever: str
    evidence: tuple[EvidenceForm, ...]


class MeetingForm(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting, call or talks that two parties have held; one row for each pair of those who took part."""

    parties: Names
    party_ids: Ids
    date: When | None
    place: str | None
    event: str
    evidence: tuple[EvidenceForm, ...]


class JudgementForm(msgspec.Struct, frozen=True, kw_only=True):
    """Whether two findings, `one` and `other`, are the same, and who holds so: a rule (with `likeness`) or a person.

    `item` is the item of the record that `one` is in now; `at` is None for a rule. The evidence is what each rests on.
    """

    layer: str
    item: str
    one: str
    other: str
    verdict: Verdict
    by: str
    likeness: float | None
    at: str | None
    why: str
    withdrawn: bool
    one_says: str
    other_says: str
    one_evidence: EvidenceForm | None
    other_evidence: EvidenceForm | None


class LogForm(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of the log of edits. `stands` is false where it was undone.

    `about` has words that tell the items: what they rested on when they were edited, or names. `unapplied` says in
    what the edit has lost its ground.
    """

    id: str
    at: str
    author: str
    action: str
    layer: str
    items: Ids
    about: tuple[str, ...]
    fields: dict[str, Any]
    reason: str
    stands: bool
    unapplied: tuple[str, ...]


TRACES: dict[str, type[msgspec.Struct]] = {
    "changes": ChangeForm,
    "history": StanceForm,
    "lever-history": LeverStateForm,
    "meetings": MeetingForm,
    "judgements": JudgementForm,
    "edits": LogForm,
}
"""What is read off a record over time, by word, with the form of its rows."""

ROWS: dict[str, type[msgspec.Struct]] = {**FORMS, **TRACES}
"""Everything that has rows: the layers and the traces."""
