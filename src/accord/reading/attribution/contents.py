"""Where what is said stands under a cue, frame by frame."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

from accord.reading.attribution.candidate import Range
from accord.reading.attribution.clauses import clause_of, finite_range, own_end
from accord.reading.attribution.trees import (
    Words,
    child,
    children,
    has_to,
    is_finite,
    is_gerund,
    is_passive,
    is_relative,
    is_verb,
    reach,
    under,
)

_SETTING = frozenset(("on", "in", "at", "after", "before", "during", "since"))
_WH = frozenset(("WP", "WDT", "WRB"))


def content_of(words: Words, frame: str) -> list[Range]:
    """The token ranges of what is said, for the verb cue `words` in `frame`; [] where the frame is not there."""
    if frame.startswith("object ") and frame not in _FRAMES:
        return _object_with(words, frame.removeprefix("object "))
    return _FRAMES[frame](words)


def _infinitive(words: Words) -> list[Range]:
    """An infinitive whose subject is the speaker."""
    for verb in under(words, "xcomp", "ccomp", "advcl"):
        if verb.i > words[0].i and has_to(verb) and child(verb, "nsubj") is None and child(words[0], "dobj") is None:
            return [reach(verb)]
    return []


def _gerund(words: Words) -> list[Range]:
    """An -ing clause whose subject is the speaker, or the object of the cue's preposition."""
    for verb in under(words, "xcomp", "ccomp", "pcomp", "dobj"):
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
    return next((o for o in under(words, "dobj") if o.i > words[0].i), None)


def _object(words: Words) -> list[Range]:
    """The object; for a passive, its subject; for a relative clause without an object, what it describes."""
    head = words[0]
    found = object_of(words)
    if found is None:
        found = next((c for c in under(words, "ccomp") if c.i > head.i and c.doc[c.left_edge.i].tag_ in _WH), None)
        return [(found.left_edge.i, own_end(found))] if found is not None else _gap(words)
    start, end = reach(found) if found.dep_ == "pcomp" else _noun_range(found, words)
    return [(start, _with_adverbials(words, end))]


def _with_adverbials(words: Words, end: int) -> int:
    """The end of an object together with the phrases that follow it under the same verb, up to a comma."""
    doc = words[0].doc
    while True:
        later = next((c for c in under(words, "prep", "npadvmod", "advcl", "advmod") if c.left_edge.i == end), None)
        if later is None or (later.dep_ == "advcl" and is_gerund(later)) or doc[end].is_punct:
            return end
        if later.dep_ == "npadvmod" or later.lower_ in _SETTING:
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
    for verb in under(words, "ccomp", "xcomp", "advcl"):
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
    named = [c for c in under(words, "dobj", "nsubj", "ccomp") if c.i > head.i]
    given = [
        c for c in under(words, "oprd", "xcomp", "acomp", "attr") if c.i > head.i and not has_to(c) and not is_gerund(c)
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
        joined = (p for other in whom.conjuncts for p in children(other, "prep"))
        for prep in (*children(head, "prep"), *children(whom, "prep"), *joined):
            if prep.i > whom.i and prep.lower_ == preposition and _word_before(prep) != "such":
                return [(whom.left_edge.i, prep.right_edge.i + 1)]
    elif head.dep_ == "relcl" and any(is_relative(c) and c.dep_ == "dobj" for c in head.lefts):
        prep_ = next((c for c in children(head, "prep") if c.lower_ == preposition and c.i > head.i), None)
        if prep_ is not None:  # "Chad, which Sudan accuses of hiding rebels"
            return [(head.head.left_edge.i, head.head.i + 1), reach(prep_)]
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


_FRAMES: dict[str, Callable[[Words], list[Range]]] = {
    "clause": clause_of,
    "quote": lambda words: [],
    "to": _infinitive,
    "gerund": _gerund,
    "object": _object,
    "object to do": _object_to_do,
    "object complement": _object_complement,
}
