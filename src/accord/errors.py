"""The errors Accord raises: one base, each child also the built-in a caller would already catch.

A message says where, what must hold, what came, and what to do.
"""

from __future__ import annotations


class AccordError(Exception):
    """Base of every error that Accord raises on purpose."""


class EvidenceError(AccordError, ValueError):
    """A quote is not the slice of the report that it claims to be."""


class WhenError(AccordError, ValueError):
    """A date or interval that cannot be."""


class VocabularyError(AccordError, ValueError):
    """A file under `data/` breaks its own form."""


class ReportError(AccordError, ValueError):
    """A file cannot be read as a report."""


class ReadingError(AccordError, RuntimeError):
    """A reader could not read a report."""


class RecordError(AccordError, RuntimeError):
    """A record file cannot be opened, or is not what it should be."""


class NotFound(AccordError, LookupError):
    """Nothing in the record has this id or name."""


class FilterError(AccordError, ValueError):
    """A view of the record was asked to be narrowed by something that cannot be."""


class EditError(AccordError, ValueError):
    """A correction cannot be applied."""


class TableError(AccordError, ValueError):
    """A negotiating table breaks its own rules."""


class ExportError(AccordError, ValueError):
    """An export was asked for in a form that Accord does not write."""


class ToolMissing(ExportError):
    """An export takes a program or library that this machine does not have."""


class SolverError(AccordError, RuntimeError):
    """A table is too large to enumerate and the solver that would take over is not there."""


class AccessError(AccordError, PermissionError):
    """Tokens, audit log or proxies of a served record are not what they must be."""
