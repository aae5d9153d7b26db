"""Cues in a parenthesis: "..., the envoy said, ..." with what stands around them."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from accord.reading.attribution.candidate import Range
from accord.reading.attribution.trees import child, is_gerund, is_passive, is_verb, subject_of

_PAUSES = frozenset((",", "—", "–", "-", "--", "”", '"', "''", "…", "..."))
_FINITE = frozenset(("VBD", "VBZ", "VBP", "VBN", "VB"))
_MARKS = frozenset(("“", "‘", "«", '"', "''", "'", "``"))
_LONGEST = 25
"""Tokens of a parenthesis: speakers are introduced with their office, age and town."""
_STOPS = frozenset((*_PAUSES, ".", "?", "!", ";", ":", "“", "``", "‘", "’", "«", "»"))


@dataclass(frozen=True)
class Aside:
    """A cue set off by stops with its speaker ("..., the envoy said, ..."), and what stands around it."""

    contents: list[Range]
    speaker: Token | None
    span: Range


def aside(verb: Token, listener: bool = False, scene: frozenset[str] = frozenset()) -> Aside | None:
    """The parenthesis around a verb, where it holds only the verb, its speaker and light modifiers.

    `listener`: the verb may have its listener for an object ("..., she told reporters"). `scene`: words that
    begin a remark on the scene rather than more of what is said ("..., she said, as the crowd cheered").
    """
    if verb.tag_ not in _FINITE or is_passive(verb) or (verb.tag_ == "VB" and child(verb, "aux") is not None):
        return None
    doc, sentence = verb.doc, verb.sent
    first, last = sentence.start, sentence.end
    left, right = verb.i, verb.i + 1
    while (
        left > first and (not _is_stop(doc[left - 1]) or _opens_quotation(doc[left - 1])) and verb.i - left < _LONGEST
    ):
        left -= 1
    while right < last and (not _is_stop(doc[right]) or _opens_quotation(doc[right])) and right - verb.i < _LONGEST:
        right += 1
    if left <= first or not _is_stop(doc[left - 1]) or (right < last and not _is_stop(doc[right])):
        return None
    inside = doc[left:right]
    if any(_is_heavy(t, verb, listener) for t in inside):
        return None
    speaker = _speaker_in(verb, left, right)
    if speaker is not None and verb.i < speaker.i < right <= speaker.right_edge.i < last:
        right = speaker.right_edge.i + 1  # "said Baker, an adviser": the description is no content
    final = right >= last or not _has_words(verb, (right, last))
    if not final and (doc[left - 1].text not in _PAUSES or (right < last and doc[right].text not in _PAUSES)):
        return None
    start = next((i + 1 for i in range(left - 2, first, -1) if doc[i].text in (":", ";")), first)
    pieces = [(start, left)]
    if not final and not _returns_to(verb, right, last) and not _is_scene(doc, right, scene):
        pieces.append((right, last))
    pieces = [p for p in pieces if _has_words(verb, p)]
    if not pieces or (not final and not any(is_verb(t) for start, end in pieces for t in doc[start:end])):
        return None
    return Aside(pieces, speaker, (left, right))


def _opens_quotation(token: Token) -> bool:
    """Whether a quotation mark opens: no space after it, one before."""
    if token.text not in _MARKS or token.i == 0:
        return False
    return token.text in "“‘«" or (not token.whitespace_ and bool(token.nbor(-1).whitespace_))


def _is_scene(doc: Doc, start: int, scene: frozenset[str]) -> bool:
    """Whether what follows a parenthesis begins with a word of the scene."""
    first = next((t for t in doc[start : start + 3] if not t.is_punct and not t.is_space), None)
    return first is not None and first.lower_ in scene


def _is_stop(token: Token) -> bool:
    """Whether a token parts clauses; a hyphen within a word does not."""
    if token.text == "-" and token.i > 0:
        return bool(token.nbor(-1).whitespace_)
    return token.text in _STOPS


def _is_heavy(token: Token, verb: Token, listener: bool) -> bool:
    """Whether a token shows that a stretch is a clause of its own rather than a parenthetical "he said"."""
    if token.i == verb.i:
        return False
    if token.tag_ == "VBN" and child(token, "nsubj", "aux") is None and token.dep_ != "relcl":
        return False  # "said in a statement mailed on Friday"
    if token.dep_ in ("ccomp", "mark", "relcl", "xcomp", "pcomp") or token.tag_ in ("WP", "WDT", "WRB", "TO"):
        return token.i > verb.i or token.dep_ != "mark"
    if token.head.i == verb.i and token.dep_ == "dobj":
        return not listener and not _is_speaker(token, verb)
    return is_verb(token) and token.dep_ not in ("aux", "auxpass", "amod", "acl") and token.tag_ != "VBG"


def _is_speaker(token: Token, verb: Token) -> bool:
    """Whether what the parse calls the object of an inverted "said the envoy" is its subject."""
    joined = verb.i > 0 and verb.nbor(-1).dep_ == "cc"  # "and questioned the figures" has its subject before
    return not joined and child(verb, "nsubj") is None and token.left_edge.i == verb.i + 1


def _returns_to(verb: Token, start: int, end: int) -> bool:
    """Whether what follows a parenthesis hangs on its verb ("..., he said, adding that ...")."""
    return any(start <= c.i < end and (c.dep_ == "conj" or (c.dep_ == "advcl" and is_gerund(c))) for c in verb.rights)


def _speaker_in(verb: Token, left: int, right: int) -> Token | None:
    """The noun that a parenthetical verb has beside it."""
    doc = verb.doc
    subject = subject_of(verb)
    if subject is not None and left <= subject.i < right:
        return subject
    before = [t for t in doc[left : verb.i] if t.pos_ in ("NOUN", "PROPN", "PRON")]
    after = [t for t in doc[verb.i + 1 : right] if t.pos_ in ("NOUN", "PROPN", "PRON")]
    if before:
        return before[-1]
    return (
        after[0].head
        if after and after[0].dep_ == "compound" and after[0].head in after
        else (after[0] if after else None)
    )


def _has_words(head: Token, span: Range) -> bool:
    """Whether a range holds more than stops and spaces."""
    return any(not t.is_space and not t.is_punct for t in head.doc[span[0] : span[1]])
