"""A reader for tests of what happens around reading: every sentence is a statement of its first word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from accord.model.actor import Actor, actor_id
from accord.model.evidence import Evidence
from accord.model.findings import Position, Statement
from accord.model.ids import content_id
from accord.model.reading import Reading
from accord.model.report import Report
from accord.model.when import When


class SimpleReader:
    """Reads "NAME: words." lines; a line with the word "never" is also a red line against ending the war.

    `read_ids` lists the reports that it was asked to read; a report that holds "unreadable" fails.
    """

    fingerprint = "simple-1"

    def __init__(self) -> None:
        self.read_ids: list[str] = []

    def read(self, reports: Iterable[Report]) -> Iterator[Reading]:
        for report in reports:
            self.read_ids.append(report.id)
            if "unreadable" in report.text:
                yield Reading(report=report.id, reader=self.fingerprint, failed="the reader gave up")
            else:
                yield self._reading(report)

    def _reading(self, report: Report) -> Reading:
        actors: dict[str, Actor] = {}
        statements: list[Statement] = []
        positions: list[Position] = []
        at = 0
        for line in report.text.splitlines(keepends=True):
            name, colon, words = line.strip().partition(": ")
            if colon:
                actor = Actor(id=actor_id("state", name), name=name, kind="state", names=((report.id, name),))
                actors[actor.id] = actor
                evidence = (Evidence.cut(report, at, at + len(line.rstrip())),)
                start = at + line.index(words)
                statements.append(
                    Statement(
                        id=content_id("st", report.id, at),
                        speaker=actor.id,
                        role="party",
                        mode="indirect",
                        content=words,
                        content_span=Evidence.cut(report, start, start + len(words)),
                        date=When.day(report.published) if report.published else None,
                        evidence=evidence,
                        confidence=0.9,
                    )
                )
                stance = "against" if "never" in words else "for"
                positions.append(
                    Position(
                        id=content_id("po", report.id, at),
                        party=actor.id,
                        issue="ceasefire",
                        proposition="The fighting stops",
                        stance=stance,
                        strength="red-line",
                        date=When.day(report.published) if report.published else None,
                        evidence=evidence,
                        confidence=0.8,
                    )
                )
            at += len(line)
        return Reading(
            report=report.id,
            reader=self.fingerprint,
            actors=tuple(actors.values()),
            statements=tuple(statements),
            positions=tuple(positions),
        )


MONDAY = """---
title: Two capitals speak
outlet: The Delta Post
published: 2021-05-05
---
Norland: the fighting must stop at once.

Sudland: we will never lay down arms.
"""
TUESDAY = """---
title: The answer
outlet: Upland Radio
published: 2021-05-06
---
Norland: the offer stands and the prisoners wait.
"""
