"""What templates ask of a record: names, days, and the sentence behind an item, one click away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from urllib.parse import quote, urlencode

from accord.model.actor import Actor
from accord.model.evidence import Evidence, Span
from accord.model.findings import Finding
from accord.model.when import When
from accord.publishing.brief.content import STANCES, STRENGTHS, Quote
from accord.publishing.brief.ground import Ground
from accord.publishing.plain import runs
from accord.web.desk import Scene

SHAPES = {"for": "▲", "against": "▼", "open": "◆"}
"""One shape a stance, so that colour is never needed to tell them apart."""


class Seeing:
    """Looks things up for templates. All words that it gives are plain text, to be escaped where they are shown."""

    shapes = SHAPES
    stances = STANCES
    strengths = STRENGTHS

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._ground = Ground(scene.record)

    @property
    def ground(self) -> Ground:
        """The whole record as the brief sees it."""
        return self._ground

    @cached_property
    def parties(self) -> tuple[str, ...]:
        """The names of those who hold positions or take part in events, the most often named first, at most 200."""
        counted: Counter[str] = Counter(position.party for position in self._scene.record.positions)
        counted.update(actor for event in self._scene.record.events for actor in event.actors)
        return tuple(dict.fromkeys(self.name(key) for key, _ in counted.most_common(200)))

    def name(self, key: str | None) -> str:
        """The canonical name of an actor, or nothing."""
        return self._scene.names.name(key) if key else ""

    def actor(self, key: str) -> Actor | None:
        """The actor with this id."""
        return self._ground.actor(key)

    def item(self, key: str) -> Finding | None:
        """The item with this id, or that a finding of this id was merged into."""
        return self._ground.items.get(key)

    def layer(self, key: str) -> str:
        """The layer of an item, by its id; nothing where there is no such item."""
        return self._scene.layers.get(key, "")

    def quotes(self, evidence: Iterable[Evidence], most: int | None = None) -> tuple[Quote, ...]:
        """The sentences behind some evidence, each once."""
        found = list(evidence)
        return self._ground.quotes(found if most is None else found[:most])

    def sentence(self, item: str, quoted: Quote) -> str:
        """The address of a sentence in its report, with what the item rests on highlighted."""
        return f"/reports/{quoted.report}?item={quote(item, safe='')}#s{quoted.sentence}"

    def day(self, date: When | None, evidence: tuple[Evidence, ...]) -> str:
        """The day of an item in words, or the last on which it can have been."""
        return self._ground.shown_day(date, evidence) or ""

    def report(self, key: str) -> str:
        """The title of a report, or where it came from."""
        found = self._scene.reports.get(key)
        return (found.title or found.source) if found else key

    @staticmethod
    def number(value: float) -> str:
        """A number as people write it."""
        return f"{value:,.0f}" if float(value).is_integer() else f"{value:,}"

    @staticmethod
    def pairs(fields: Iterable[tuple[str, str]]) -> str:
        """Fields as a query string."""
        return urlencode(list(fields))

    @staticmethod
    def runs(text: str, start: int, marks: Iterable[Span]) -> tuple[tuple[str, bool], ...]:
        """A text that stands at `start` of its report in runs, each with whether it is marked."""
        return runs(text, start, ((mark.start, mark.end) for mark in marks))
