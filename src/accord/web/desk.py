"""The record that is served: opened once, brought up to date when it changes, looked at by many at a time."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any, TypeVar

from accord.model.actor import Actor
from accord.model.findings import LAYERS, Discrepancy
from accord.model.ids import content_id
from accord.model.index import Index, index_of
from accord.model.neighbour import Neighbour
from accord.model.query import Selection
from accord.model.record import Filter, Record
from accord.model.report import Report
from accord.publishing.brief.known import known_of
from accord.publishing.names import Names
from accord.publishing.references import References
from accord.publishing.rows import Forms
from accord.workbench import Workspace

Value = TypeVar("Value")

_KEPT = 512  # answers that a state of the record remembers


class Scene:
    """One state of the record with all that pages look up in it. Nothing in it changes; a new state is a new scene."""

    def __init__(self, record: Record, revision: str, neighbours: Callable[[], tuple[Neighbour, ...]] = tuple) -> None:
        self.record = record
        self.revision = revision
        self._neighbours = neighbours
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._making: dict[Hashable, threading.RLock] = {}
        self._lock = threading.Lock()

    @cached_property
    def neighbours(self) -> tuple[Neighbour, ...]:
        """What stands beside the record, in time."""
        return self._neighbours()

    @cached_property
    def references(self) -> References:
        """Reports and sentences by number."""
        return known_of(self.record).references

    @cached_property
    def names(self) -> Names:
        """Actors by name."""
        return known_of(self.record).names

    @cached_property
    def forms(self) -> Forms:
        """Items as they leave Accord, with names beside ids."""
        return Forms(self.record)

    @cached_property
    def members(self) -> dict[str, str]:
        """The item that a finding was merged into, by the finding's id."""
        return {old: new for new, olds in self.record.members.items() for old in olds}

    @cached_property
    def reports(self) -> dict[str, Report]:
        """Reports by id."""
        return {report.id: report for report in self.record.reports}

    @cached_property
    def actors(self) -> dict[str, Actor]:
        """Actors by id."""
        return {actor.id: actor for actor in self.record.actors}

    @cached_property
    def discrepancies(self) -> dict[str, Discrepancy]:
        """Discrepancies by id."""
        return {found.id: found for found in self.record.discrepancies}

    @cached_property
    def layers(self) -> dict[str, str]:
        """The layer of each item, by the item's id."""
        return {item.id: name for name in LAYERS for item in self.record.layer(name)}

    @property
    def index(self) -> Index:
        """The items by id, actor, report and day."""
        return index_of(self.record)

    def selection(self, where: Filter) -> Selection:
        """What of the record passes a filter."""
        return self.once(("selection", where), lambda: Selection(self.record, where))

    def once(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """What `make` gives, made once for this state of the record and remembered while it is of use."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                found: Value = self._kept[key]
                return found
            making = self._making.get(key)
            if making is None:
                self._making[key] = making = threading.RLock()
        with making:  # whoever asks for the same meanwhile waits for it
            if key in self._kept:
                return self.once(key, make)
            try:
                made = make()
            finally:
                self._making.pop(key, None)
            with self._lock:
                self._kept[key] = made
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
        return made


class Turns:
    """One page after the other, in the order in which they were asked for.

    The interpreter runs one thread at a time, so pages that are made at once only make each other late: all of them
    are ready when the last one is. What takes long does not hold up the rest: after `patience` seconds the next page
    is made beside it.
    """

    def __init__(self, patience: float = 0.3) -> None:
        self._patience = patience
        self._free = threading.Lock()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """A turn at making a page."""
        mine = self._free.acquire(timeout=self._patience)
        try:
            yield
        finally:
            if mine:
                self._free.release()


class Desk:
    """A workspace that many requests share. Writing goes through `workspace` under `writing`."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.writing = threading.RLock()
        self.turns = Turns()
        self._stamp: Hashable = None
        self._scene: Scene | None = None

    @property
    def name(self) -> str:
        """The record's name, without its ending."""
        return self.workspace.place.stem

    def scene(self) -> Scene:
        """The record as it is now. Raises RecordError when the file has gone or cannot be read."""
        stamp = self.workspace.stamp()
        scene = self._scene
        if scene is not None and stamp == self._stamp:
            return scene
        with self.writing:
            if self._scene is None or self.workspace.stamp() != self._stamp:
                record = self.workspace.refresh()
                # taken after: bringing the record up to date writes to the file as well
                self._stamp = self.workspace.stamp()
                self._scene = self._anew(record)
            return self._scene

    def _anew(self, record: Record) -> Scene:
        revision, beside = self.workspace.revision(), self.workspace.neighbours_digest()
        if beside:
            revision = page_key(revision, beside)
        if self._scene is not None and self._scene.revision == revision:
            return self._scene
        return Scene(record, revision, self.workspace.neighbours_of)

    def close(self) -> None:
        """Let go of the file."""
        self.workspace.close()


def page_key(revision: str, *parts: object) -> str:
    """A short mark that two answers share only where they are the same answer to the same question."""
    return content_id("pg", revision, *map(str, parts))
