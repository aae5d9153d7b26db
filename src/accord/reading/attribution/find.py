"""The finder of attributions: every rule over one parse, put together."""

from __future__ import annotations

from itertools import chain

from accord.model.vocabulary.cues import cues
from accord.reading.attribution.assembly import Assembly
from accord.reading.attribution.cued import find_cued
from accord.reading.attribution.lines import find_in_lines, take_turns
from accord.reading.attribution.phrases import find_phrases
from accord.reading.attribution.quoted import find_quoted, speech_cue
from accord.reading.attribution.utterances import lay_out
from accord.reading.attributions import Attributions
from accord.reading.document import Document
from accord.reading.mentions import Mentions


def find_attributions(document: Document, mentions: Mentions) -> Attributions:
    """All attributions of a report, nested ones included; `Attributions.chain` tells who reports whom."""
    vocabulary = cues()
    page = lay_out(document.doc, lambda token: speech_cue(token, vocabulary) is not None)
    turns = take_turns(page)
    candidates = chain(
        find_quoted(page, vocabulary),
        find_cued(document.doc, vocabulary),
        find_phrases(document.doc, vocabulary),
        find_in_lines(page, vocabulary),
        turns,
    )
    return Attributions(Assembly(page, mentions, vocabulary).build(candidates))
