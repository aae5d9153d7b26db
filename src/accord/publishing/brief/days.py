"""Days as a person reads them."""

from __future__ import annotations

from accord.model.when import When


def spoken(date: When) -> str:
    """A date in ISO 8601 as fine as it is known, an interval in words; nothing when it is not known."""
    if not date.known:
        return ""
    if date.start is None or date.end is None:
        return f"until {date.end}" if date.start is None else f"since {date.start}"
    return str(date).replace("/", " to ")
