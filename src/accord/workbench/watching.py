"""Watching feeds and folders: what is new is read as it appears, and what it changed is told.

A watcher remembers what it has seen only to save work. What was read is in the record: one that is killed and started
again reads what came in between and nothing twice.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from types import TracebackType
from typing import TYPE_CHECKING

import msgspec

from accord.errors import AccordError, RecordError
from accord.model.report import Report, Skipped
from accord.workbench.run import Step, Summary

if TYPE_CHECKING:
    from accord.model.reading import Reader
    from accord.publishing.trace_forms import ChangeForm
    from accord.record.homes import Lock
    from accord.reports.fetch import Fetched
    from accord.reports.incoming import Incoming
    from accord.workbench import Workspace

_SETTLE = 0.5
"""Seconds in which a new file must not change: one that does is still being written, and waits for the next look."""

_MOST_TOLD = 100_000
"""How many reasons are remembered as told: a watcher runs for months."""

_LONGEST_WAIT = 16
"""A source that keeps failing is asked at every 2nd, 4th, ... look, and at every 16th at the last."""


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """What one look at all sources brought: reports that were added, what they changed, and what went wrong.

    `passed_over` counts reports that are not about a process; `skipped` is what else was not read, and why.
    """

    added: tuple[Report, ...] = ()
    changes: tuple[ChangeForm, ...] = ()
    passed_over: int = 0
    skipped: tuple[Skipped, ...] = ()


class Watch:
    """Looks at feeds (http and https addresses) and folders for one record. Use it in a `with` block.

    Only one watcher at a time may have a record: entering raises RecordError where another one has it.
    """

    def __init__(self, ws: Workspace, sources: Iterable[str], *, reader: Reader, triage: bool | None = None) -> None:
        self._ws = ws
        self._reader = reader
        self._triage = triage
        self._sources: list[_Feed | _Folder] = [
            _Feed(source) if source.startswith(("http://", "https://")) else _Folder(source) for source in sources
        ]
        self._lock = _lock(ws)
        self._told: dict[Skipped, None] = {}
        self._added: list[str] = []  # reports that are in the record, and not told yet

    def __enter__(self) -> Watch:
        if not self._lock.take():
            raise self._not_alone()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._lock.release()

    def look(self) -> Look:
        """Look at every source once. What fails is told in the answer, and asked again at a later look.

        Raises RecordError where another watcher has taken the record over while its server could not be reached.
        """
        try:
            alone = self._lock.keep()
        except RecordError as problem:
            return Look(skipped=self._news([Skipped(source=str(self._ws.place), reason=str(problem))]))
        if not alone:
            raise self._not_alone()
        skipped: list[Skipped] = []
        passed_over = 0
        for source in self._sources:
            if source.rests():
                continue
            try:
                came = list(source.new())
                files = [one for one in came if not isinstance(one, Skipped)]
                skipped += [one for one in came if isinstance(one, Skipped)]
                if files:
                    done = self._read(files)
                    passed_over += done.passed_over
                    skipped += [*done.skipped, *done.failed]
                source.went_well()
            except (AccordError, OSError) as problem:
                skipped.append(Skipped(source=source.name, reason=str(problem)))
                source.failed()
        added, changes = self._changed(skipped)
        return Look(added=added, changes=changes, passed_over=passed_over, skipped=self._news(skipped))

    def _not_alone(self) -> RecordError:
        return RecordError(
            f"{self._ws.place}: only one accord watch may add to a record at a time; another one does. "
            "Stop it first, or give it these sources as well"
        )

    def _read(self, files: list[Incoming]) -> Summary:
        def note(step: Step) -> None:
            if step.report:
                self._added.append(step.report)

        return self._ws.read(files, reader=self._reader, triage=self._triage, progress=note)

    def _changed(self, skipped: list[Skipped]) -> tuple[tuple[Report, ...], tuple[ChangeForm, ...]]:
        """What was added and what it changed. Where the record cannot be merged now, that is told at a later look."""
        if not self._added:
            return (), ()
        from accord.publishing.traces import change_forms
        from accord.record import brought

        try:
            record = self._ws.refresh()
        except (AccordError, OSError) as problem:
            skipped.append(Skipped(source=str(self._ws.place), reason=str(problem)))
            return (), ()
        fresh, self._added = frozenset(self._added), []
        added = tuple(report for report in record.reports if report.id in fresh)
        return added, change_forms(record, brought(record, fresh))

    def _news(self, skipped: list[Skipped]) -> tuple[Skipped, ...]:
        """What was skipped; the same for the same reason is told once, unless it was long ago."""
        news = tuple(one for one in dict.fromkeys(skipped) if one not in self._told)
        self._told.update(dict.fromkeys(news))
        while len(self._told) > _MOST_TOLD:
            del self._told[next(iter(self._told))]
        return news


class _Source:
    """Something that is looked at, less often while it fails."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._failures = self._wait = 0

    def rests(self) -> bool:
        """Whether this look is left out, since the last ones failed."""
        self._wait -= 1
        return self._wait >= 0

    def went_well(self) -> None:
        self._failures = self._wait = 0

    def failed(self) -> None:
        self._failures += 1
        self._wait = min(2 ** (self._failures - 1), _LONGEST_WAIT) - 1


class _Feed(_Source):
    """An address that is asked for its feed, unless that is the same as before."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._last: Fetched | None = None
        self._next: Fetched | None = None

    def new(self) -> Iterator[Incoming]:
        """The feed, if it is another one. Raises Refused where the server fails."""
        from accord.reports.fetch import fetch

        self._next = fetch(self.name, self._last)
        if self._next.feed is not None:
            yield self._next.feed

    def went_well(self) -> None:
        """From now on only what differs from this is new; a feed that could not be read is asked for again."""
        super().went_well()
        self._last = msgspec.structs.replace(self._next, feed=None) if self._next else None


class _Folder(_Source):
    """A folder, file or pattern: what is in it that was not there, or was another, at the last look."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._seen: dict[str, tuple[int, int]] = {}
        self._next: dict[str, tuple[int, int]] = {}

    def new(self) -> Iterator[Incoming | Skipped]:
        from accord.reports.walk import walk

        self._next = {}
        found = list(walk([self.name]))
        before = {one.source: _state(one.source) for one in found if not isinstance(one, Skipped)}
        fresh = {source for source, state in before.items() if self._seen.get(source) != state}
        if fresh:
            time.sleep(_SETTLE)
        for one in found:
            if isinstance(one, Skipped):
                yield one
            elif one.source not in fresh:
                self._next[one.source] = before[one.source]
            elif _state(one.source) == before[one.source]:
                self._next[one.source] = before[one.source]
                yield one

    def went_well(self) -> None:
        """From now on only what differs from this is new."""
        super().went_well()
        self._seen = self._next


def _state(path: str) -> tuple[int, int]:
    """What tells that a file is another: its size and when it was written; nothing where it has gone."""
    try:
        found = os.stat(path)
    except OSError:
        return (-1, -1)
    return (found.st_size, found.st_mtime_ns)


def _lock(ws: Workspace) -> Lock:
    from accord.record.store import Store

    return Store.watching(ws.place)


def watch(looks: Callable[[], Look], tell: Callable[[Look], None], *, every: float, most: int | None = None) -> None:
    """Look and tell, again and again, `every` so many seconds from the end of one look to the next; `most` times."""
    count = 0
    while True:
        tell(looks())
        count += 1
        if most is not None and count >= most:
            return
        time.sleep(every)
