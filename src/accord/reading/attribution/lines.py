"""Attributions by the layout of a line: "Envoy: talks will resume", transcripts, posts signed with a dash."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from accord.model.vocabulary.cues import Cues
from accord.reading.attribution.candidate import Candidate, Source
from accord.reading.attribution.quoted import speech_cue
from accord.reading.attribution.sources import source_of_verb
from accord.reading.attribution.trees import is_verb
from accord.reading.attribution.utterances import Line, Page

_LONGEST_NAME = 7
_LONGEST_ACRONYM = 6
_HEADLINE_RATE = 0.75
_TRANSCRIPT_RATE = 0.85
_SIGNED_RATE = 0.85
_BLOCK_RATE = 0.6
_DASHES = frozenset(("―", "—", "–"))
_ENDS = frozenset((".", "?", "!"))
_LEAST_SPEAKERS = 2
_QUOTES = frozenset(("“", '"', "''", "‘", "'", "«"))


def take_turns(page: Page) -> list[Candidate]:
    """The turns of a transcript ("HOST: ..."); their quotation marks are taken off the page, which they frame."""
    doc = page.doc
    turns = {k: turn for k, line in enumerate(page.lines) if (turn := _turn(doc, line)) is not None}
    turns = {k: turn for k, turn in turns.items() if doc[turn[0] : turn[1]].text.isupper()}
    if len({doc[start:colon].text for start, colon in turns.values()}) < _LEAST_SPEAKERS:
        return []
    found = [_spoken_turn(page, k, start, colon, turns) for k, (start, colon) in turns.items()]
    spoken = {
        k for k, line in enumerate(page.lines) for c in found for r in c.contents if r[0] <= line.tokens[1] - 1 < r[1]
    }
    page.drop_utterances(spoken)
    return found


def find_in_lines(page: Page, cues: Cues) -> Iterator[Candidate]:
    """One candidate for each line that names its speaker by its layout."""
    for k, line in enumerate(page.lines):
        turn = _turn(page.doc, line)
        found = (
            _headline(page, k, *turn, cues) if turn is not None else _signed(page.doc, line) or _block(page, k, cues)
        )
        if found is not None:
            yield found


def _turn(doc: Doc, line: Line) -> tuple[int, int] | None:
    """Where a line's opening name and its colon stand, where it has them."""
    start, end = line.tokens
    while start < end and (doc[start].text in _QUOTES or doc[start].is_space):
        start += 1
    for i in range(start, min(end, start + _LONGEST_NAME + 1)):
        if doc[i].text == ":":
            return (start, i) if i > start and i + 2 < end else None
        if doc[i].is_space or (
            is_verb(doc[i]) and not doc[i].is_upper and doc[i].tag_ not in ("VBG", "VBN") and not doc[i].is_title
        ):
            return None
    return None


def _headline(page: Page, k: int, start: int, colon: int, cues: Cues) -> Candidate | None:
    """ "Minister: talks will resume": a short line whose first words name somebody."""
    doc, line = page.doc, page.lines[k]
    if any(u.tokens[0] <= colon + 1 for u in line.utterances) and doc[colon + 1].text in _QUOTES:
        return None  # a quotation: found as such
    end = line.tokens[1]
    if not _names_somebody(doc, start, colon, cues) or end - colon > 40:
        return None
    if not any(is_verb(doc[i]) for i in range(colon + 1, end)):
        return None
    if sum(doc[i].text in _ENDS for i in range(colon + 1, end)) > 1:
        return None
    head = doc[start:colon].root
    source = Source((start, colon), head, "headline")
    return Candidate(None, (colon, colon + 1), doc[colon], source, [(colon + 1, end)], "headline", _HEADLINE_RATE)


def _names_somebody(doc: Doc, start: int, colon: int, cues: Cues) -> bool:
    """Whether words before a colon name a person, a body or a document; a rubric ("CORRECTION") does not."""
    words = doc[start:colon]
    if any(t.is_punct for t in words) or (len(words) == 1 and words[0].is_upper and len(words[0]) > _LONGEST_ACRONYM):
        return False
    if words.root.lemma_.lower() in cues.documents:
        return True
    return all(t.pos_ == "PROPN" for t in words)


def _spoken_turn(page: Page, k: int, start: int, colon: int, turns: dict[int, tuple[int, int]]) -> Candidate:
    """One turn of a transcript, to the next speaker."""
    doc = page.doc
    source = Source((start, colon), doc[start:colon].root, "transcript")
    contents = [(colon + 1, page.lines[k].tokens[1])]
    for later in range(k + 1, len(page.lines)):
        first = doc[page.lines[later].tokens[0]]
        opens = first.nbor().text if first.text in _QUOTES and first.i + 1 < len(doc) else first.text
        if later in turns or opens.startswith(("(", "[")):
            break
        contents.append(page.lines[later].tokens)
    else:
        contents = contents[:1]
    return Candidate(None, (colon, colon + 1), doc[colon], source, contents, "transcript", _TRANSCRIPT_RATE)


def _signed(doc: Doc, line: Line) -> Candidate | None:
    """A post signed with a dash: "No deal today ― Office of the Envoy (@envoy) March 3"."""
    start, end = line.tokens
    for i in range(end - 2, start + 2, -1):
        if doc[i].text not in _DASHES:
            continue
        rest = doc[i + 1 : end].text
        if not rest[:1].isupper() or "(@" not in rest or len(rest) > 120:
            return None
        stop = next((j for j in range(i + 1, end) if doc[j].text.startswith("(")), end)
        if stop == i + 1:
            return None
        source = Source((i + 1, stop), doc[i + 1 : stop].root, "signature")
        return Candidate(None, (i, i + 1), doc[i], source, [(start, i)], "signed post", _SIGNED_RATE)
    return None


def _block(page: Page, k: int, cues: Cues) -> Candidate | None:
    """A paragraph without marks after "He added:" on a line of its own."""
    if k == 0 or (page.lines[k].utterances and page.lines[k].utterances[0].tokens[0] == page.lines[k].tokens[0]):
        return None
    doc, before = page.doc, page.lines[k - 1]
    last = before.tokens[1] - 1
    while last > before.tokens[0] and doc[last].is_space:
        last -= 1
    if doc[last].text != ":":
        return None
    verb: Token | None = None
    for i in range(last - 1, max(before.tokens[0], last - 12) - 1, -1):
        if doc[i].text in (".", "?", "!"):
            break
        if speech_cue(doc[i], cues) is not None:
            verb = doc[i]
            break
    source = source_of_verb(verb, cues) if verb is not None else None
    if verb is None or source is None:
        return None
    cue = speech_cue(verb, cues)
    return Candidate(cue, (verb.i, verb.i + 1), verb, source, [page.lines[k].tokens], "block", _BLOCK_RATE)
