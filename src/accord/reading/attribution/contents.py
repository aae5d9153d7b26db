"""Where what is said stands under a cue, frame by frame."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from accord.reading.attribution.candidate import Range
from accord.reading.attribution.trees import (
    child,
    children,
    has_to,
    is_finite,
    is_gerund,
    is_passive,
    is_relative,
    is_verb,
    marker,
    reach,
    start_with_joint,
    true_head,
)

Words = Sequence[Token]
"""The tokens that match a cue's words, the head first."""

_WH = frozenset(("WP", "WDT", "WRB"))
_PAUSES = frozenset((",", "—", "–", "-", "--", "”", '"', "''", "…", "..."))
_FINITE = frozenset(("VBD", "VBZ", "VBP", "VBN", "VB"))
_MARKS = frozenset(("“", "‘", "«", '"', "''", "'", "``"))
_LONGEST_ASIDE = 25
_STOPS = frozenset(
    (",", ".", "—", "–", "-", "--", "?", "!", ";", ":", "“", "”", '"', "''", "``", "‘", "’", "«", "»", "…", "...")
)


def content_of(words: Words, frame: str) -> list[Range]:
    """The token ranges of what is said, for the verb cue `words` in `frame`; [] where the frame is not there."""
    if frame.startswith("object ") and frame not in _FRAMES:
        return _object_with(words, frame.removeprefix("object "))
    return _FRAMES[frame](words)


def _under(words: Words, *deps: str) -> list[Token]:
    """The children of the cue's words with one of these relations, in order of the text."""
    inside = {w.i for w in words}
    found = [c for w in words for c in w.children if c.dep_ in deps and c.i not in inside]
    return sorted(found, key=lambda c: c.i)


def _clause(words: Words) -> list[Range]:
    """A finite clause under the cue, after it or before it."""
    head = words[0]
    found = [c for c in _under(words, "ccomp") if is_finite(c) and not _is_small(c)]
    if not found:
        found = [c for c in _under(words, "xcomp", "advcl") if marker(c) in ("that", "whether") and _says_or_asks(c)]
    if not found:
        found = [c for c in _under(words, "advcl") if _is_stray_report(c, head)]
    if not found and head.dep_ == "xcomp":  # "continues to insist, in every speech, that ..."
        found = [c for c in head.head.rights if c.dep_ == "ccomp" and c.i > head.i and marker(c) == "that"]
    if not found and len(words) > 1:  # "made it clear the war would end": the clause may hang on "clear"
        found = [c for c in _under(words, "advcl", "acl", "relcl") if is_finite(c) and marker(c) in ("", "that", "how")]
    if not found:
        found = _behind_listener(head)
    if not found:
        return []
    clause = next((c for c in found if c.i > head.i), found[-1])
    if clause.i < head.i and any(c.dep_ == "dobj" and c.i > head.i for c in head.rights):
        return []  # "having sent an envoy, he announced a meeting": not what he announced
    found_ranges = finite_range(clause, head)
    above = head.head
    own_subject = child(above, "nsubj", "nsubjpass", "expl")
    is_main = own_subject is not None and own_subject.i > clause.i and not any(c.dep_ == "ccomp" for c in above.rights)
    if found_ranges and head.dep_ == "ccomp" and above.i > clause.right_edge.i and is_main and aside(above) is None:
        # "stressed that should he fail, sanctions would follow": the main clause has swallowed its own report
        return [(found_ranges[0][0], above.right_edge.i + 1)]
    return found_ranges


def _is_stray_report(clause: Token, head: Token) -> bool:
    """Whether what the parse calls a circumstance is what is said: "said after the summit he would leave"."""
    if clause.i < head.i or not is_finite(clause) or child(clause, "nsubj", "nsubjpass", "expl") is None:
        return False
    first = clause.left_edge
    asks = first.tag_ == "WRB" and first.i == head.i + 1
    return asks or (marker(clause) == "" and first.tag_ not in _WH and first.nbor(-1).text != ",")


def _says_or_asks(clause: Token) -> bool:
    """Whether a clause is finite, or an infinitive that asks ("whether to reply")."""
    return is_finite(clause) or marker(clause) == "whether"


def _is_small(clause: Token) -> bool:
    """Whether a clause has no verb ("made it clear")."""
    return (
        clause.pos_ in ("ADJ", "NOUN", "PROPN", "ADV")
        and child(clause, "cop", "aux") is None
        and not list(clause.rights)
    )


def _behind_listener(head: Token) -> list[Token]:
    """A that-clause that the parse has hung on the listener ("told the council that ...")."""
    noun = child(head, "dobj", "dative")
    if noun is None:
        to = next((c for c in children(head, "prep") if c.lower_ == "to"), None)
        noun = child(to, "pobj") if to is not None else None
    if noun is None:
        return []
    return [
        c
        for c in noun.rights
        if c.dep_ in ("acl", "relcl", "ccomp")
        and any(m.lower_ == "that" for m in c.lefts)
        and child(c, "nsubj", "nsubjpass", "expl") is not None
    ]


def finite_range(clause: Token, head: Token) -> list[Range]:
    """The tokens of a clause without its "that", cut around a cue that stands inside it and before what is not its own."""
    start, end = clause.left_edge.i, _own_end(clause)
    first = clause.doc[start]
    if first.lower_ == "that" and first.dep_ in ("mark", "dobj", "dative", "det") and start > head.i:
        start += 1
    elif start == head.i + 1:
        start = _after_day(clause, start)
    if start <= head.i < end:  # the cue is inside: keep what is on the clause's own side of it
        edges = [c for c in head.children if c.i != clause.i and clause not in c.ancestors]
        if clause.i < head.i:
            end = min([head.i, *(c.left_edge.i for c in edges if c.i < head.i and c.i > clause.i)])
        else:
            start = max([head.i + 1, *(c.right_edge.i + 1 for c in edges if head.i < c.i < clause.i)])
    return [(start, end)] if start < end else []


def _after_day(clause: Token, start: int) -> int:
    """The start of a clause behind a day that the parse has drawn into it: "said on Monday the road was shut"."""
    doc = clause.doc
    first = doc[start]
    lead = first.head if first.dep_ in ("compound", "amod", "det") else first
    is_day = lead.dep_ == "npadvmod" or (first.dep_ == "prep" and first.lower_ in ("on", "in", "at"))
    edge = lead.right_edge.i + 1
    if is_day and lead.head.i == clause.i and edge < clause.i and doc[edge].text != ",":
        return edge
    return start


def _own_end(clause: Token) -> int:
    """Where a reported clause ends: before a verb that belongs beside the cue."""
    end = clause.right_edge.i + 1
    for word in clause.rights:
        if word.dep_ == "conj" and true_head(word) is not None:
            end = min(end, start_with_joint(word))
    return end


def _infinitive(words: Words) -> list[Range]:
    """An infinitive whose subject is the speaker."""
    for verb in _under(words, "xcomp", "ccomp", "advcl"):
        if verb.i > words[0].i and has_to(verb) and child(verb, "nsubj") is None and child(words[0], "dobj") is None:
            return [reach(verb)]
    return []


def _gerund(words: Words) -> list[Range]:
    """An -ing clause whose subject is the speaker, or the object of the cue's preposition."""
    for verb in _under(words, "xcomp", "ccomp", "pcomp", "dobj"):
        if verb.i > words[0].i and is_gerund(verb) and is_verb(verb):
            return [reach(verb)]
    return []


def object_of(words: Words) -> Token | None:
    """The object of the cue: of its last word where that is a preposition, else of the verb."""
    last = words[-1]
    if last.pos_ in ("ADP", "SCONJ", "PART") and last.dep_ in ("prep", "dative", "agent", "aux", "prt"):
        inside = child(last, "pobj", "pcomp")
        if inside is not None or last.dep_ != "prt":
            return inside
    return next((o for o in _under(words, "dobj") if o.i > words[0].i), None)


def _object(words: Words) -> list[Range]:
    """The object; for a passive, its subject; for a relative clause without an object, what it describes."""
    head = words[0]
    found = object_of(words)
    if found is None:
        found = next((c for c in _under(words, "ccomp") if c.i > head.i and c.doc[c.left_edge.i].tag_ in _WH), None)
        return [(found.left_edge.i, _own_end(found))] if found is not None else _gap(words)
    start, end = reach(found) if found.dep_ == "pcomp" else _noun_range(found, words)
    return [(start, _with_adverbials(words, end))]


def _with_adverbials(words: Words, end: int) -> int:
    """The end of an object together with the phrases that follow it under the same verb, up to a comma."""
    doc = words[0].doc
    while True:
        later = next((c for c in _under(words, "prep", "npadvmod", "advcl", "advmod") if c.left_edge.i == end), None)
        if later is None or (later.dep_ == "advcl" and is_gerund(later)) or doc[end].is_punct:
            return end
        end = later.right_edge.i + 1


def _gap(words: Words) -> list[Range]:
    """The object of a cue that stands before it: the subject of a passive, or what a relative clause describes."""
    head = words[0]
    if is_passive(head):
        subject = child(head, "nsubjpass")
        if subject is not None and not is_relative(subject):
            return [_noun_range(subject, words)]
        noun = head.head if head.dep_ in ("acl", "relcl") else None
    elif head.dep_ == "relcl" and any(is_relative(c) and c.dep_ == "dobj" for c in head.lefts):
        noun = head.head
    else:
        noun = None
    return [(noun.left_edge.i, max(noun.i + 1, head.left_edge.i))] if noun is not None else []


def _noun_range(noun: Token, words: Words) -> Range:
    """The noun phrase, not running over the cue."""
    start, end = reach(noun)
    at = words[0].i
    if noun.i < at < end:
        end = at
    elif start <= at < noun.i:
        start = words[-1].i + 1
    return start, end


def _object_to_do(words: Words) -> list[Range]:
    """Whom the speaker wants to do something, with what they should do."""
    head = words[0]
    if words[-1].dep_ == "mark":  # "called for the road to be opened"
        below = words[-1].head
        return [(words[-1].i + 1, below.right_edge.i + 1)] if has_to(below) else []
    for verb in _under(words, "ccomp", "xcomp", "advcl"):
        if verb.i <= head.i or not has_to(verb):
            continue
        subject = child(verb, "nsubj")
        if subject is not None:
            return [(min(subject.left_edge.i, verb.left_edge.i), verb.right_edge.i + 1)]
        whom = object_of(words) or child(head, "dative")
        if whom is not None and whom.i < verb.i:
            return [(whom.left_edge.i, verb.right_edge.i + 1)]
    noun = object_of(words)
    if noun is not None:  # the infinitive hung on the noun: "urged the sides to talk"
        verb_below = next((c for c in noun.rights if c.dep_ in ("acl", "relcl", "xcomp") and has_to(c)), None)
        if verb_below is not None:
            return [(noun.left_edge.i, verb_below.right_edge.i + 1)]
    return []


def _object_complement(words: Words) -> list[Range]:
    """What is named, with the name it is given."""
    head = words[0]
    named = [c for c in _under(words, "dobj", "nsubj", "ccomp") if c.i > head.i]
    given = [
        c
        for c in _under(words, "oprd", "xcomp", "acomp", "attr")
        if c.i > head.i and not has_to(c) and not is_gerund(c)
    ]
    small = next((c for c in named if c.dep_ == "ccomp" and child(c, "nsubj") is not None and c.pos_ != "AUX"), None)
    if small is not None and not is_verb(small):
        return [reach(small)]
    named = [c for c in named if c.dep_ != "ccomp"]
    if named and given:
        return [(min(named[0].left_edge.i, given[0].left_edge.i), max(c.right_edge.i for c in (*named, *given)) + 1)]
    if is_passive(head) and given:
        subject = child(head, "nsubjpass")
        if subject is not None and child(head, "agent") is not None:
            return [reach(subject), reach(given[0])]
    return []


def _object_with(words: Words, preposition: str) -> list[Range]:
    """The object together with a prepositional phrase ("accused X of Y")."""
    head = words[0]
    whom = object_of(words)
    if whom is not None and whom.i > head.i:
        for prep in (*children(head, "prep"), *children(whom, "prep")):
            if prep.i > whom.i and prep.lower_ == preposition and _word_before(prep) != "such":
                return [(whom.left_edge.i, prep.right_edge.i + 1)]
    elif is_passive(head) and child(head, "agent") is not None:
        subject = child(head, "nsubjpass")
        phrase = next((c for c in children(head, "prep") if c.lower_ == preposition), None)
        if subject is not None and phrase is not None:
            return [reach(subject), reach(phrase)]
    return []


def _word_before(token: Token) -> str:
    """The word before a token, in lower case, or ""."""
    return token.nbor(-1).lower_ if token.i > 0 else ""


def after_noun(noun: Token, frame: str) -> list[Range]:
    """The content of a noun or adjective cue: its that-clause, its infinitive, or what its preposition leads to."""
    if frame == "clause":
        for clause in children(noun, "acl", "ccomp", "relcl", "advcl"):
            if clause.i > noun.i and is_finite(clause) and _has_that(clause, noun):
                return finite_range(clause, noun)
        return []
    if frame == "to":
        for verb in children(noun, "acl", "xcomp", "relcl", "advcl"):
            if verb.i > noun.i and has_to(verb) and child(verb, "nsubj", "dobj") is not verb:
                return [reach(verb)]
    for prep in children(noun, "prep"):
        if prep.lower_ == frame and prep.i > noun.i:
            inside = child(prep, "pobj", "pcomp")
            if inside is not None:
                return [(prep.i + 1, inside.right_edge.i + 1)]
    return []


def _has_that(clause: Token, noun: Token) -> bool:
    """Whether a clause under a noun says what the noun is about, rather than which one it is."""
    mark = next((m for m in clause.lefts if m.dep_ == "mark"), None)
    if mark is not None:
        return mark.lower_ in ("that", "whether")
    if clause.dep_ == "acl" and clause.doc[clause.left_edge.i].lower_ == "that":  # "that" taken for a pronoun
        return True
    return noun.pos_ == "ADJ" and clause.dep_ == "ccomp"


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
    if verb.tag_ not in _FINITE or is_passive(verb) or has_to(verb):
        return None
    doc, sentence = verb.doc, verb.sent
    first, last = sentence.start, sentence.end
    left, right = verb.i, verb.i + 1
    while (
        left > first
        and (not _is_stop(doc[left - 1]) or _opens_quotation(doc[left - 1]))
        and verb.i - left < _LONGEST_ASIDE
    ):
        left -= 1
    while (
        right < last and (not _is_stop(doc[right]) or _opens_quotation(doc[right])) and right - verb.i < _LONGEST_ASIDE
    ):
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
    return token.text in _STOPS and token.tag_ != "HYPH"


def _is_heavy(token: Token, verb: Token, listener: bool) -> bool:
    """Whether a token shows that a stretch is a clause of its own rather than a parenthetical "he said"."""
    if token.i == verb.i:
        return False
    if token.dep_ in ("ccomp", "mark", "relcl", "xcomp", "pcomp") or token.tag_ in ("WP", "WDT", "WRB", "TO"):
        return token.i > verb.i or token.dep_ != "mark"
    if token.head.i == verb.i and token.dep_ == "dobj":
        return not listener and not _is_speaker(token, verb)
    return is_verb(token) and token.dep_ not in ("aux", "auxpass", "amod", "acl") and token.tag_ != "VBG"


def _is_speaker(token: Token, verb: Token) -> bool:
    """Whether what the parse calls the object of an inverted "said the envoy" is its subject."""
    return child(verb, "nsubj") is None and token.left_edge.i == verb.i + 1


def _returns_to(verb: Token, start: int, end: int) -> bool:
    """Whether what follows a parenthesis hangs on its verb ("..., he said, adding that ...")."""
    return any(start <= c.i < end and (c.dep_ == "conj" or (c.dep_ == "advcl" and is_gerund(c))) for c in verb.rights)


def _speaker_in(verb: Token, left: int, right: int) -> Token | None:
    """The noun that a parenthetical verb has beside it."""
    doc = verb.doc
    subject = child(verb, "nsubj")
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


_FRAMES: dict[str, Callable[[Words], list[Range]]] = {
    "clause": _clause,
    "quote": lambda words: [],
    "to": _infinitive,
    "gerund": _gerund,
    "object": _object,
    "object to do": _object_to_do,
    "object complement": _object_complement,
}
