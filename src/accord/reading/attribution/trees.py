"""Small questions to the parse that several finders ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from accord.reading.attribution.candidate import Range

Words = Sequence[Token]
"""The tokens that match a cue's words, the head first."""

SUBJECTS = frozenset(("nsubj", "nsubjpass"))
CLAUSES = frozenset(("ROOT", "ccomp", "advcl", "relcl", "acl", "conj", "parataxis", "pcomp", "xcomp", "csubj"))
_RELATIVE = frozenset(("WP", "WDT", "WP$"))


def child(token: Token, *deps: str) -> Token | None:
    """The first child with one of these relations."""
    return next((c for c in token.children if c.dep_ in deps), None)


def children(token: Token, *deps: str) -> Iterator[Token]:
    """The children with one of these relations, in order."""
    return (c for c in token.children if c.dep_ in deps)


def reach(token: Token) -> Range:
    """The tokens from the leftmost to the rightmost under `token`."""
    return token.left_edge.i, token.right_edge.i + 1


def under(words: Words, *deps: str) -> list[Token]:
    """The children of the cue's words with one of these relations, in order of the text."""
    inside = {w.i for w in words}
    found = [c for w in words for c in w.children if c.dep_ in deps and c.i not in inside]
    return sorted(found, key=lambda c: c.i)


def subject_of(verb: Token) -> Token | None:
    """The subject of an active verb: the nearest before it, since a dateline may look like another, else after it."""
    before = [c for c in verb.lefts if c.dep_ == "nsubj"]
    return before[-1] if before else child(verb, "nsubj")


def is_verb(token: Token) -> bool:
    """Whether the token heads a clause."""
    return token.pos_ in ("VERB", "AUX")


def has_to(verb: Token) -> bool:
    """Whether the verb is a to-infinitive."""
    return any(c.tag_ == "TO" and c.dep_ == "aux" for c in verb.lefts)


def is_gerund(verb: Token) -> bool:
    """Whether the verb is an -ing form without an auxiliary."""
    return verb.tag_ == "VBG" and not any(c.dep_ in ("aux", "auxpass") for c in verb.children)


def is_finite(verb: Token) -> bool:
    """Whether the token heads a clause of its own: not an infinitive, not an -ing form."""
    return not has_to(verb) and not is_gerund(verb)


def is_passive(verb: Token) -> bool:
    """Whether the verb is in the passive, or a participle that describes a noun ("the plan backed by ...")."""
    if child(verb, "nsubjpass", "auxpass") is not None:
        return True
    if is_lost_main(verb):
        return False
    return verb.tag_ == "VBN" and verb.dep_ in ("acl", "amod", "advcl") and child(verb, "nsubj", "aux") is None


def is_lost_main(verb: Token) -> bool:
    """Whether a main verb was taken for a participle: "Britain, the third guarantor, offered to ..."."""
    noun = verb.head
    while noun.dep_ == "appos":
        noun = noun.head
    complement = child(verb, "dobj", "xcomp", "ccomp")
    after_comma = verb.i > 0 and verb.nbor(-1).text == ","
    return (
        verb.dep_ == "acl"
        and noun.dep_ == "ROOT"
        and after_comma
        and complement is not None
        and verb.tag_ in ("VBN", "VBD")
    )


def is_relative(token: Token) -> bool:
    """Whether the token is a relative pronoun: "who", "which", and "that" under a relative clause."""
    return token.tag_ in _RELATIVE or (token.lower_ == "that" and token.head.dep_ == "relcl")


def marker(verb: Token) -> str:
    """The word that introduces a clause ("that", "as", "if"), in lower case, or ""."""
    found = next((c for c in verb.lefts if c.dep_ == "mark" or (c.dep_ == "advmod" and c.lower_ == "as")), None)
    return found.lower_ if found is not None else ""


def is_negated(verb: Token) -> bool:
    """Whether the verb, or the auxiliary chain above it, is negated."""
    if any(c.dep_ == "neg" for c in verb.children):
        return True
    if verb.dep_ != "conj" or child(verb, "nsubj", "nsubjpass", "aux") is not None:
        return False  # "did not lay out a plan or say who would lead"
    joint = any(c.dep_ == "cc" and c.lower_ in ("or", "nor") for c in verb.head.children)
    return joint and any(c.dep_ == "neg" for c in verb.head.children)


_SUBORDINATE = frozenset(("ccomp", "xcomp", "advcl", "conj", "pcomp", "relcl", "acl"))
_FARTHEST = 5


def true_head(verb: Token, reports: bool = False) -> Token | None:
    """The reporting verb that a verb belongs beside, where the parse has hung it on what is reported.

    "He said the army would leave and warned against ...": "warned" is joined to "leave" though only "said" has
    its form. "She said talks had failed, adding that ...": "adding" hangs on "failed" though she adds. "He said
    the truce was dead and urged ...": what is dead does not urge, if the verb `reports`. None where the parse may
    be right.
    """
    clause = verb.head
    mark = child(verb, "mark")
    if reports and _is_left_unsaid(verb):
        return _first_above(clause, "VBD")
    if child(verb, "nsubj", "nsubjpass", "aux", "auxpass") is not None or not is_verb(clause):
        return None
    if _is_contrast(clause, verb):
        return None
    if mark is not None and mark.lower_ != "while":
        return None
    if verb.dep_ == "advcl":
        after_pause = verb.left_edge.i > 0 and verb.doc[verb.left_edge.i - 1].text in _CLAUSE_PAUSES
        outer = clause
        while outer.dep_ == "ccomp" and is_verb(outer.head) and outer.head.i < outer.i:
            outer = outer.head
        return outer if is_gerund(verb) and after_pause and outer.i != clause.i else None
    equates = reports and clause.lemma_ == "be" and clause.dep_ == "ccomp"
    if verb.dep_ != "conj" or verb.tag_ not in ("VBD", "VBN", "VBZ", "VBP"):
        return None
    described = child(clause, "auxpass") is not None and not reports  # "they were exhausted and wanted peace"
    if described or (_can_join(clause, verb) and not equates):
        return None
    outer = clause
    for _ in range(_FARTHEST):
        if outer.dep_ not in _SUBORDINATE or outer.head.i > outer.i or not is_verb(outer.head):
            return None
        outer = outer.head
        if _can_join(outer, verb) and child(outer, "nsubj", "nsubjpass") is not None:
            return outer
    return None


def _is_left_unsaid(verb: Token) -> bool:
    """ "He said it was working but did not say when": what he did not say is no part of what he said."""
    did = next((c for c in verb.lefts if c.dep_ == "aux" and c.lemma_ == "do"), None)
    own = child(verb, "nsubj", "nsubjpass") is not None
    return verb.dep_ == "conj" and did is not None and did.tag_ == "VBD" and not own and is_negated(verb)


def _first_above(clause: Token, tag: str) -> Token | None:
    """The nearest verb over a reported clause, in this form and with a subject, before it."""
    outer = clause
    for _ in range(_FARTHEST):
        if outer.dep_ not in _SUBORDINATE or outer.head.i > outer.i or not is_verb(outer.head):
            return None
        reported, outer = outer.dep_ == "ccomp", outer.head
        if reported and outer.tag_ == tag and child(outer, "nsubj") is not None:
            return outer
    return None


def _is_contrast(clause: Token, verb: Token) -> bool:
    """ "was not a peace deal but set out its terms": what is set against a negation has the same subject."""
    but = any(c.dep_ == "cc" and c.lower_ == "but" and c.i < verb.i for c in clause.rights)
    return but and verb.dep_ == "conj" and any(c.dep_ == "neg" for c in clause.children)


_CLAUSE_PAUSES = frozenset((",", "”", '"', "''", "—", "–"))


def _can_join(first: Token, second: Token) -> bool:
    """Whether "and" can join the forms of two verbs: "left and warned", not "would leave and warned"."""
    if first.tag_ == "VBN" and child(first, "aux", "auxpass") is not None:
        have = next((c for c in first.lefts if c.dep_ == "aux" and c.lemma_ == "have"), None)
        present = have is not None and have.tag_ in ("VBP", "VBZ")  # "have said they are not ready and insist"
        return second.tag_ == "VBN" or (present and second.tag_ in ("VBP", "VBZ"))
    if first.tag_ in ("VBD", "VBN"):
        return second.tag_ in ("VBD", "VBN")
    return first.tag_ in ("VBZ", "VBP") and second.tag_ in ("VBZ", "VBP")


def start_with_joint(verb: Token) -> int:
    """Where a verb's clause begins, the "and" and the comma before it included."""
    first = verb.left_edge.i
    while first > verb.sent.start and (verb.doc[first - 1].dep_ == "cc" or verb.doc[first - 1].text in _CLAUSE_PAUSES):
        first -= 1
    return first
