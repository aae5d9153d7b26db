"""Whose utterance: each direct quotation to the cue before or after it, or to the speaker at hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from accord.model.vocabulary.cues import Cue, Cues
from accord.reading.attribution.candidate import Candidate, Range, Source
from accord.reading.attribution.sources import source_of_verb
from accord.reading.attribution.trees import child, is_negated, is_verb, reach
from accord.reading.attribution.utterances import Line, Page, Utterance

_ENDS = frozenset((".", "?", "!"))
_SINGLE = frozenset(("‘", "'"))
_DASHES = frozenset(("―", "—", "–", "-", "--"))
_ASIDES = frozenset(("relcl", "acl", "amod", "csubj"))
_SIGNED_RATE = 0.85
_COLON_RATE = 0.7
_NAMED_RATE = 0.6
_FOLLOWING_RATE = 0.6
_LATER_RATE = 0.5
_REPORTING = frozenset(("ROOT", "conj", "advcl", "parataxis"))
_VOICED = frozenset(("speech", "judgement"))
_LONGEST_GROUP = 20
"""Paragraphs of one quotation after which its speaker may still be named."""
_FAR = 3
"""Paragraphs over which a quotation without a cue may still belong to the last speaker."""


@dataclass
class _Voice:
    """What an utterance is put down to: a cue verb with its source, or a source alone."""

    key: int
    verb: Token | None
    cue: Cue | None
    source: Source | None
    rule: str
    rate: float


def find_quoted(page: Page, cues: Cues) -> Iterator[Candidate]:
    """One candidate for each voice, with all its pieces in order."""
    voices: dict[int, _Voice] = {}
    groups: dict[int, _Voice] = {}
    order: list[tuple[_Voice, Utterance]] = []
    for at, utterance in enumerate(page.utterances):
        voice = groups.get(utterance.group) or _by_cue(page, utterance, cues) or _by_group_end(page, at, cues)
        if voice is not None:
            groups.setdefault(utterance.group, voice)
            voices.setdefault(voice.key, voice)
        order.append((voice or _nobody(), utterance))
    pieces: dict[int, list[Utterance]] = {}
    last: tuple[_Voice, Utterance] | None = None
    for voice, utterance in order:
        if voice.key < 0:
            voice = _by_context(page, utterance, last, cues) or voice
        if voice.key >= 0:
            voices.setdefault(voice.key, voice)
            pieces.setdefault(voice.key, []).append(utterance)
            last = (voice, utterance)
    for key, spoken in pieces.items():
        voice = voices[key]
        head = voice.verb
        yield Candidate(
            voice.cue,
            (head.i, head.i + 1) if head is not None else None,
            head,
            voice.source,
            [],
            f"quotation {voice.rule}",
            voice.rate,
            quoted=[u.inner for u in spoken],
            addressees=_listeners(head) if head is not None else [],
            negated=is_negated(head) if head is not None else False,
        )


def _nobody() -> _Voice:
    return _Voice(-1, None, None, None, "", 0.0)


def speech_cue(token: Token, cues: Cues) -> Cue | None:
    """The entry of a verb that can introduce a quotation."""
    if token.pos_ != "VERB" and not token.tag_.startswith("VB"):
        return None
    lemma = token.lemma_.lower()
    for entry in cues.verbs.get(cues.misread.get(lemma, lemma), ()):
        if entry.group in _VOICED and {"clause", "quote"} & set(entry.frames) and _has_words(token, entry):
            return entry
        if "quote" in entry.frames and _has_words(token, entry):
            return entry
    return None


def _has_words(token: Token, entry: Cue) -> bool:
    return all(any(word in (c.lower_, c.lemma_) for c in token.rights) for word in entry.words[1:])


def _by_cue(page: Page, utterance: Utterance, cues: Cues) -> _Voice | None:
    """The voice of a cue in the same sentence: after the quotation, or before it."""
    line = page.lines[utterance.line]
    after = _gap_after(page, line, utterance)
    before = _gap_before(page, line, utterance)
    text = page.text
    final = text[utterance.inner[1] - 1 : utterance.inner[1]]
    follows = text[utterance.end : utterance.end + 1]
    behind = _signed(page.doc, after)
    if behind is None and (final != "." or follows == ","):
        behind = _cue_after(page.doc, after, cues)
    if behind is not None:
        return behind
    found = _cue_before(page.doc, before, cues, utterance)
    if found is not None:
        return found
    if utterance.begins and before[0] == before[1]:
        return _from_line_before(page, utterance, cues)
    return _by_colon_or_name(page, before, utterance)


def _by_group_end(page: Page, at: int, cues: Cues) -> _Voice | None:
    """The voice of a later paragraph of the same quotation, where the first has none."""
    for later in page.utterances[at + 1 : at + 1 + _LONGEST_GROUP]:
        if later.group != page.utterances[at].group:
            return None
        voice = _by_cue(page, later, cues)
        if voice is not None:
            return voice
    return None


def _gap_after(page: Page, line: Line, utterance: Utterance) -> Range:
    """The tokens from a quotation to the end of its sentence or the next quotation."""
    start = utterance.tokens[1]
    end = next((u.tokens[0] for u in line.utterances if u.tokens[0] >= start), line.tokens[1])
    for i in range(start, end):
        if page.doc[i].text in _ENDS:
            return start, i
    return start, end


def _gap_before(page: Page, line: Line, utterance: Utterance) -> Range:
    """The tokens from the start of the sentence, or the last quotation, to a quotation."""
    end = utterance.tokens[0]
    start = max((u.tokens[1] for u in line.utterances if u.tokens[1] <= end), default=line.tokens[0])
    for i in range(end - 1, start - 1, -1):
        if page.doc[i].text in _ENDS:
            return i + 1, end
    return start, end


def _signed(doc: Doc, gap: Range) -> _Voice | None:
    """The name behind a dash after a quotation."""
    start, end = gap
    if end - start < 2 or doc[start].text not in _DASHES or not doc[start + 1].text[:1].isupper():
        return None
    left, right = _phrase_at(doc, start + 1, end)
    right = max(right, start + 2)
    if any(is_verb(doc[i]) for i in range(right, end)):
        return None
    return _Voice(start, None, None, Source((left, right), doc[right - 1], "dash"), "signed", _SIGNED_RATE)


def _cue_after(doc: Doc, gap: Range, cues: Cues) -> _Voice | None:
    """The cue of "..., he said": the first verb after the quotation that is not within the speaker's description."""
    start, end = gap
    for i in range(start, end):
        token = doc[i]
        if not ((is_verb(token) and token.pos_ == "VERB") or (token.tag_.startswith("VB") and token.pos_ == "NOUN")):
            continue
        entry = speech_cue(token, cues)
        if entry is None:
            if token.dep_ in _ASIDES or token.pos_ != "VERB":
                continue
            return None
        if (
            token.dep_ in ("relcl", "acl")
            and i > start + 1
            and (token.tag_ != "VBD" or _is_description(token, end, cues))
        ):
            continue
        if token.tag_ == "VBG" and not any(doc[k].pos_ in ("NOUN", "PROPN", "PRON") for k in range(start, i)):
            return None  # “...,” adding that ...: the quotation was somebody's before
        source = _source_in_gap(token, gap, cues)
        if source is None:
            return None
        return _Voice(i, token, entry, source, "before its cue", cues.rate(entry, _frame(entry)))
    return None


def _is_description(verb: Token, end: int, cues: Cues) -> bool:
    """ "..., the aide, who asked to remain unnamed, told a reporter": a clause that only says who the speaker is."""
    who = any(c.dep_ == "nsubj" and c.tag_ == "WP" for c in verb.lefts)
    return who and any(speech_cue(t, cues) is not None and t.dep_ != "relcl" for t in verb.doc[verb.i + 1 : end])


def _frame(entry: Cue) -> str:
    return "clause" if "clause" in entry.frames else "quote"


def _source_in_gap(verb: Token, gap: Range, cues: Cues) -> Source | None:
    """The speaker of a cue beside a quotation: by the parse if outside the quotation, else the nearest noun."""
    found = source_of_verb(verb, cues)
    if found is not None and (gap[0] <= found.head.i < gap[1] or found.how in ("relative", "possessor")):
        start, end = found.span
        return Source(
            (max(start, gap[0]) if start < gap[0] <= found.head.i else start, min(end, gap[1])), found.head, found.how
        )
    doc = verb.doc
    after = _phrase_at(doc, verb.i + 1, gap[1])
    if verb.i <= gap[0] + 1 and after[0] < after[1]:
        return Source(after, _head_in(doc, after), "after the cue")
    last = verb.i - 1
    if last > gap[0] and doc[last].text == ",":  # "Peña, the envoy in the 1990s, said": the name before the apposition
        last = next((i - 1 for i in range(last - 1, gap[0], -1) if doc[i].text == ","), last)
    for i in range(last, gap[0] - 1, -1):
        if doc[i].pos_ in ("NOUN", "PROPN", "PRON"):
            start = max(doc[i].left_edge.i, gap[0])
            return Source((start, i + 1), doc[i], "before the cue")
    return found


def _phrase_at(doc: Doc, start: int, end: int) -> Range:
    """The noun phrase that begins at `start`."""
    i = start
    while i < end and (
        doc[i].pos_ in ("DET", "ADJ", "NOUN", "PROPN", "PRON", "NUM")
        or doc[i].dep_ in ("compound", "amod", "case", "poss")
    ):
        i += 1
    return start, i


def _head_in(doc: Doc, span: Range) -> Token:
    """The token of a range that the others hang on."""
    return doc[span[0] : span[1]].root


def _cue_before(doc: Doc, gap: Range, cues: Cues, utterance: Utterance) -> _Voice | None:
    """The cue of "He said: ...": the last one before the quotation, with nothing but listeners between."""
    start, end = gap
    if start == end:
        return None
    final = doc[end - 1]
    for i in range(end - 1, start - 1, -1):
        token = doc[i]
        entry = speech_cue(token, cues)
        if entry is None:
            continue
        adjacent = final.text in (",", ":") or final.lower_ == "that" or i >= end - 2 or final.text in _DASHES
        if not adjacent and not _ends_with_listener(token, final, cues):
            continue
        source = source_of_verb(token, cues)
        if source is None and token.i > start:
            source = _source_in_gap(token, gap, cues)
        return _Voice(
            i, token, entry, source, "after its cue", cues.rate(entry, _frame(entry)) * (1.0 if source else 0.5)
        )
    return None


def _ends_with_listener(verb: Token, final: Token, cues: Cues) -> bool:
    """Whether the words between a cue and a quotation only name the listener or the time."""
    return any(
        c.dep_ in ("dobj", "dative", "npadvmod", "prep", "advmod") and c.left_edge.i <= final.i <= c.right_edge.i
        for c in verb.rights
    )


def _from_line_before(page: Page, utterance: Utterance, cues: Cues) -> _Voice | None:
    """The voice of a paragraph that ends with a colon and leads to this one."""
    if utterance.line == 0 or page.lines[utterance.line].utterances[0] is not utterance:
        return None
    before = page.lines[utterance.line - 1]
    last = before.tokens[1] - 1
    while last > before.tokens[0] and page.doc[last].is_space:
        last -= 1
    if page.doc[last].text != ":" and not page.doc[last].text.endswith(":"):
        return None
    gap = (_sentence_start(page.doc, before.tokens[0], last), last + 1)
    return _cue_before(page.doc, gap, cues, utterance) or _introduced(page, gap)


def _sentence_start(doc: Doc, first: int, last: int) -> int:
    for i in range(last - 1, first - 1, -1):
        if doc[i].text in _ENDS:
            return i + 1
    return first


def _by_colon_or_name(page: Page, gap: Range, utterance: Utterance) -> _Voice | None:
    """A quotation after a colon without a cue verb, or right after a name and a comma."""
    start, end = gap
    if end - start < 2:
        return None
    doc = page.doc
    final, before = doc[end - 1], doc[end - 2]
    if final.text == ":":
        return _introduced(page, gap)
    words = utterance.tokens[1] - utterance.tokens[0]
    if final.text == "," and before.pos_ == "PROPN" and words > 8 and utterance.after_pause:
        name = before
        while name.dep_ in ("compound", "flat", "nmod") and start <= name.head.i < end:
            name = name.head
        left = max(start, name.left_edge.i)
        return _Voice(end - 1, None, None, Source((left, end - 1), name, "name before"), "after a name", _NAMED_RATE)
    return None


def _introduced(page: Page, gap: Range) -> _Voice | None:
    """Who introduces a quotation by a colon: the subject of the sentence, or whose "message" or "answer" it is."""
    doc = page.doc
    inside = [doc[i] for i in range(*gap) if not doc[i].is_space]
    subjects = [t for t in inside if t.dep_ in ("nsubj", "nsubjpass") and not page.inside[t.i]]
    for subject in subjects[:1]:
        owner = child(subject, "poss")
        head = owner or subject
        left, right = reach(head)
        return _Voice(
            gap[1] - 1,
            None,
            None,
            Source((max(left, gap[0]), min(right, gap[1])), head, "introduction"),
            "after a colon",
            _COLON_RATE,
        )
    names = [t for t in inside if t.pos_ in ("PROPN", "NOUN", "PRON")]
    if names and not subjects and len(inside) <= 12:
        head = doc[names[0].i : gap[1]].root
        head = head if head in names else names[-1]
        left, right = reach(head)
        return _Voice(
            gap[1] - 1,
            None,
            None,
            Source((max(left, gap[0]), min(right, gap[1] - 1) or gap[1]), head, "introduction"),
            "after a colon",
            _COLON_RATE,
        )
    return None


def _by_context(page: Page, utterance: Utterance, last: tuple[_Voice, Utterance] | None, cues: Cues) -> _Voice | None:
    """The speaker at hand, for a quotation that stands alone."""
    line = page.lines[utterance.line]
    if last is not None and last[1].line == utterance.line and (utterance.begins or utterance.resumes):
        voice, before = last
        between = range(before.tokens[1], utterance.tokens[0])
        ends = [i for i in between if page.doc[i].text in _ENDS]
        said_between = voice.verb is not None and voice.verb.i in between
        if len(ends) <= 1 or (said_between and len(ends) <= 1):
            return voice
    if not utterance.begins and not utterance.after_pause:
        return None
    if page.doc[utterance.tokens[0]].text in _SINGLE:
        return None
    near = _speaker_in_line(page, line, utterance, cues)
    if near is not None:
        return _Voice(utterance.tokens[0], None, None, near, "beside its speaker", _FOLLOWING_RATE)
    follows = last is not None and utterance.line - last[1].line <= _FAR and last[0].rule != "signed"
    if last is not None and follows and last[0].source is not None and utterance.begins:
        return _Voice(utterance.tokens[0], None, None, last[0].source, "after its speaker", _LATER_RATE)
    return None


def _speaker_in_line(page: Page, line: Line, utterance: Utterance, cues: Cues) -> Source | None:
    """The last one said to speak earlier in the paragraph, or else the subject of the sentence before."""
    doc = page.doc
    subject: Source | None = None
    for i in range(utterance.tokens[0] - 1, line.tokens[0] - 1, -1):
        token = doc[i]
        if page.inside[i] or not is_verb(token):
            continue
        if token.dep_ in _REPORTING and speech_cue(token, cues) is not None:
            found = source_of_verb(token, cues)
            if found is not None and found.head.lower_ not in ("what", "it", "that", "this"):
                return found
        if subject is None and token.dep_ == "ROOT":
            found = source_of_verb(token, cues)
            if found is not None and found.head.lower_ in ("he", "she", "they"):
                subject = found
    return subject


def _listeners(verb: Token) -> list[Token]:
    """Who is spoken to."""
    found = [c for c in verb.children if c.dep_ in ("dobj", "dative") and c.pos_ in ("NOUN", "PROPN", "PRON")]
    for prep in verb.children:
        who = child(prep, "pobj")
        if prep.dep_ in ("prep", "dative") and prep.lower_ == "to" and who is not None:
            found.append(who)
    return found
