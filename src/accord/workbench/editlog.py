"""The log of edits as a file that goes from one record to another, with the notes on which its entries rest."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import msgspec

from accord.errors import AccordError, EditError
from accord.model.edit import Edit
from accord.model.report import Report


class EditLog(msgspec.Struct, frozen=True, kw_only=True):
    """Edits in the order in which they were made, and the notes that people wrote for them."""

    format: Literal["accord-edits/1"] = "accord-edits/1"
    notes: tuple[Report, ...] = ()
    edits: tuple[Edit, ...]


def write_log(edits: Iterable[Edit], notes: Iterable[Report]) -> str:
    """A log as JSON, by time of the edits and ids of the notes: equal logs give equal bytes."""
    from accord.publishing.export import pretty

    ordered = sorted(edits, key=lambda edit: (edit.at, edit.id))
    return pretty(EditLog(edits=tuple(ordered), notes=tuple(sorted(notes, key=lambda note: note.id))))


def read_log(path: Path) -> EditLog:
    """A log from its file. Raises EditError where the file cannot be read, is no log, or an id is not its content's."""
    try:
        log = msgspec.json.decode(path.read_bytes(), type=EditLog)
    except OSError as problem:
        raise EditError(f"{path}: the log cannot be read: {problem.strerror or problem}") from None
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, AccordError) as problem:
        raise EditError(
            f"{path}: must be a log that Accord exported (accord edit NAME.accord export); {problem}"
        ) from None
    for note in log.notes:
        again = Report.make(
            note.text, note.source, title=note.title, outlet=note.outlet, published=note.published, url=note.url
        )
        _same(path, note.id, again.id)
    for edit in log.edits:
        again_made = Edit.make(
            edit.action, edit.layer, edit.items, author=edit.author, at=edit.at, fields=edit.fields, reason=edit.reason
        )
        _same(path, edit.id, again_made.id)
    return log


def _same(path: Path, given: str, made: str) -> None:
    if given != made:
        raise EditError(f"{path}: an id must be its content's; {given} was changed by hand; make the edit anew instead")
