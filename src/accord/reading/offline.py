"""The default reader: offline, on the CPU, rules over the packaged model's parse."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache, cached_property
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import tee

from spacy.tokens import Doc

from accord.model.ids import content_id, text_digest
from accord.model.reading import Reading
from accord.model.report import Report
from accord.model.vocabulary import door
from accord.reading import events, figures, levers, positions, proposals, statements
from accord.reading.actors import find_mentions, resolve_quoted
from accord.reading.attribution.find import find_attributions
from accord.reading.confidence import calibrated
from accord.reading.context import Context
from accord.reading.dates import find_dates
from accord.reading.document import Document
from accord.reading.pipeline import model, model_version

_BATCH = 16
_OTHERS = ("llm", "agreement.py")  # in this package, and no part of these rules


class OfflineReader:
    """Reads with rules over dependency parses; needs no key and no network. Implements `Reader`.

    Not `calibrated`, its confidences are the rules' own estimates, from which bench/reliability.py fits the curves.
    """

    def __init__(self, *, calibrated: bool = True) -> None:
        self._calibrated = calibrated

    def __getstate__(self) -> dict[str, bool]:
        """What a copy for another process is made of: whose rules those are, it must find out there."""
        return {"_calibrated": self._calibrated}

    @cached_property
    def fingerprint(self) -> str:
        """Accord's version, the model's, and digests of the vocabulary and of the rules themselves."""
        kind = "offline" if self._calibrated else "offline, estimates"
        return content_id(kind, version("accord"), model_version(), door.fingerprint(), _rules_digest())

    def read(self, reports: Iterable[Report]) -> Iterator[Reading]:
        """One reading a report, in order; one that fails says so and does not stop the others."""
        originals, texts = tee(reports)
        docs = model().pipe((report.text for report in texts), batch_size=_BATCH)
        for report, doc in zip(originals, docs, strict=True):
            yield self._reading(report, doc)

    def _reading(self, report: Report, doc: Doc) -> Reading:
        try:
            with _collector_at_rest():
                found = self._extract(report, doc)
                return calibrated(found) if self._calibrated else found
        except Exception as problem:  # one report must never cost the others
            reason = f"{type(problem).__name__}: {problem}"
            return Reading(report=report.id, reader=self.fingerprint, failed=reason)

    def _extract(self, report: Report, doc: Doc) -> Reading:
        context = understand(report, doc)
        return Reading(
            report=report.id,
            reader=self.fingerprint,
            actors=context.mentions.actors,
            statements=statements.extract(context),
            events=events.extract(context),
            positions=positions.extract(context),
            proposals=proposals.extract(context),
            levers=levers.extract(context),
            figures=figures.extract(context),
        )


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """No search for reference cycles meanwhile. The rules make many small objects and no cycle, and Python would look
    for one again and again, for a third of their time; what they leave behind is freed without it."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@cache
def _rules_digest() -> str:
    """A digest of this package's source: any changed rule is another reader."""
    sources = sorted(_sources(files("accord.reading")))
    return text_digest("\0".join(part for source in sources for part in source))


def _sources(folder: Traversable) -> Iterator[tuple[str, str]]:
    for entry in folder.iterdir():
        if entry.name in _OTHERS:
            continue
        if entry.is_dir():
            yield from _sources(entry)
        elif entry.name.endswith(".py"):
            yield entry.name, entry.read_text(encoding="utf-8")


def understand(report: Report, doc: Doc) -> Context:
    """What the extractors work on: mentions, dates and attributions of one parsed report."""
    document = Document(report, doc)
    mentions = find_mentions(document)
    attributions = find_attributions(document, mentions)
    mentions = resolve_quoted(mentions, attributions, document)
    return Context(document, mentions, find_dates(document), attributions)
