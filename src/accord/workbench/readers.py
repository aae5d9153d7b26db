"""Who reads: the readers by name, and what one that asks a model will cost and has done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accord.errors import ReadingError

if TYPE_CHECKING:
    from accord.model.reading import Reader
    from accord.reading.llm.reader import LlmReader

READERS = ("offline", "llm", "both", "agreed")
"""Rules over the packaged parser; a language model; all that either found; what both found."""


def make_reader(name: str, *, tokens: int | None = None, seconds: float | None = None) -> Reader:
    """The reader of this name. `tokens` and `seconds` are the budget of one that asks a model.

    Raises ReadingError when there is no such reader, when a budget is set for one that asks nobody, and when a model
    is to be asked and the settings do not say which.
    """
    if name not in READERS:
        raise ReadingError(f"there is no reader {name!r}; there are {', '.join(READERS)}")
    if name == "offline":
        if tokens is not None or seconds is not None:
            raise ReadingError("the offline reader asks no model and takes no budget; name a reader such as llm")
        return _offline()
    from accord.reading.llm.both import BothReader
    from accord.reading.llm.budget import Budget
    from accord.reading.llm.reader import LlmReader

    model = LlmReader(budget=Budget(tokens, seconds))
    if name == "llm":
        return model
    return BothReader(_offline(), model, "both" if name == "both" else "agreed")


def _offline() -> Reader:
    from accord.reading.offline import OfflineReader

    return OfflineReader()


def asking(reader: Reader) -> LlmReader | None:
    """The reader that asks a model in this one, if there is one."""
    from accord.reading.llm.both import BothReader
    from accord.reading.llm.reader import LlmReader

    asks = reader.second if isinstance(reader, BothReader) else reader
    return asks if isinstance(asks, LlmReader) else None


def unread(language: str) -> str:
    """Why a report in another language (its code) is kept and not read."""
    return f"a report must be English to be read; this one is not English ({language}). It is kept unread"
