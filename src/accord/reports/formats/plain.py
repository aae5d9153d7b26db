"""Plain text: the file is the report."""

from __future__ import annotations

from collections.abc import Iterator

from accord.model.report import Skipped
from accord.reports.decode import Decoded, decode
from accord.reports.draft import Draft
from accord.reports.formats.format import Format
from accord.reports.incoming import Incoming


def read(incoming: Incoming) -> Iterator[Draft | Skipped]:
    """One draft: all characters of the file."""
    decoded = decode(incoming.all())
    yield Draft(text=decoded.text, notes=damage(decoded))


def damage(decoded: Decoded) -> tuple[tuple[int | None, str], ...]:
    """The note about bytes that could not be decoded in a file that is kept, if there are any."""
    if decoded.damaged is None:
        return ()
    reason = (
        f"the file is {decoded.encoding.upper()} text but for some bytes, the first on this line; "
        'each was read as "\ufffd" and the report was kept. Mend the file, or save it again as UTF-8'
    )
    return ((decoded.damaged, reason),)


FORMAT = Format("plain text", (".txt", ".text"), read)
