"""The default reader: offline, on the CPU, rules over the packaged model's parse."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from importlib.metadata import version
from itertools import tee

from spacy.tokens import Doc

from accord.model.ids import content_id
from accord.model.reading import Reading
from accord.model.report import Report
from accord.model.vocabulary import door
from accord.reading.actors import find_mentions
from accord.reading.attributions import Attributions
from accord.reading.context import Context
from accord.reading.dates import Dates
from accord.reading.document import Document
from accord.reading.pipeline import model, model_version

_RULES = 1  # raise when a rule changes in a way that its version and its vocabulary do not show
_BATCH = 16


class OfflineReader:
    """Reads with rules over dependency parses; needs no key and no network. Implements `Reader`."""

    @cached_property
    def fingerprint(self) -> str:
        """Accord's version, the model's, and a digest of the vocabulary."""
        return content_id("offline", version("accord"), _RULES, model_version(), door.fingerprint())

    def read(self, reports: Iterable[Report]) -> Iterator[Reading]:
        """One reading a report, in order; one that fails says so and does not stop the others."""
        originals, texts = tee(reports)
        docs = model().pipe((report.text for report in texts), batch_size=_BATCH)
        for report, doc in zip(originals, docs, strict=True):
            try:
                yield self._extract(report, doc)
            except Exception as problem:  # one report must never cost the others
                reason = f"{type(problem).__name__}: {problem}"
                yield Reading(report=report.id, reader=self.fingerprint, failed=reason)

    def _extract(self, report: Report, doc: Doc) -> Reading:
        context = understand(report, doc)
        return Reading(report=report.id, reader=self.fingerprint, actors=context.mentions.actors)


def understand(report: Report, doc: Doc) -> Context:
    """What the extractors work on: mentions, dates and attributions of one parsed report."""
    document = Document(report, doc)
    mentions = find_mentions(document)
    return Context(document, mentions, Dates(()), Attributions(()))
