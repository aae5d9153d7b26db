"""Members of archives: which of them are read, and by what name."""

from __future__ import annotations

import re

from accord.model.report import Skipped
from accord.reports.incoming import Incoming

_ABROAD = re.compile(r"(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[A-Za-z]:|[\x00-\x1f]")
_HIDDEN = re.compile(r"(?:^|/)(?:\.(?!\.?/)|__MACOSX/)")

MOST_MEMBERS = 1_000_000


def refused(incoming: Incoming, name: str, kind: str | None = None) -> Skipped | None:
    """Why a member is not read, or None; `kind` is what it is where it is no file."""
    source = f"{incoming.source}/{_shown(name)}"
    if kind:
        return Skipped(
            source=source, reason=f"a member of an archive must be a file; this one is {kind}. Pack the file itself"
        )
    if _ABROAD.search(name):
        return Skipped(
            source=source,
            reason="a member's name must be a path within the archive; this one leads out of it, as in an attack. "
            "Do not unpack this archive; ask where it comes from",
        )
    return None


def hidden(name: str) -> bool:
    """Whether a member is passed over as hidden files are in folders."""
    return _HIDDEN.search(name) is not None


def source_of(incoming: Incoming, name: str) -> str:
    """A member as reports will name it."""
    return f"{incoming.source}/{_shown(name.removeprefix('./'))}"


def _shown(name: str) -> str:
    return name.encode("utf-8", "replace").decode("utf-8")
