"""Reported clauses: which clause under a cue is what is said, and where it begins and ends."""

from __future__ import annotations

from spacy.tokens import Token

from accord.reading.attribution.asides import aside
from accord.reading.attribution.candidate import Range
from accord.reading.attribution.trees import (
    Words,
    child,
    children,
    is_finite,
    marker,
    start_with_joint,
    true_head,
    under,
)

_LEADING_ON = frozenset(("to", "in", "at", "on", "during", "after", "via", "through"))
_WH = frozenset(("WP", "WDT", "WRB"))


def clause_of(words: Words) -> list[Range]:
    """A finite clause under the cue, after it or before it."""
    head = words[0]
    found = [c for c in under(words, "ccomp") if is_finite(c) and not _is_small(c)]
    if not found:
        found = [c for c in under(words, "xcomp", "advcl") if marker(c) in ("that", "whether") and _says_or_asks(c)]
    if not found:
        found = [c for c in under(words, "advcl") if _is_stray_report(c, head)]
    if not found and head.dep_ == "xcomp":  # "continues to insist, in every speech, that ..."
        found = [c for c in head.head.rights if c.dep_ == "ccomp" and c.i > head.i and marker(c) == "that"]
    if not found and len(words) > 1:  # "made it clear the war would end": the clause may hang on "clear"
        found = [c for c in under(words, "advcl", "acl", "relcl") if is_finite(c) and marker(c) in ("", "that", "how")]
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
    """Whether a clause has no verb ("made it clear"), or only a participle ("said in a letter sent on Friday")."""
    if clause.tag_ == "VBN":
        return child(clause, "nsubj", "nsubjpass", "aux", "auxpass", "mark") is None
    verbless = clause.pos_ in ("ADJ", "NOUN", "PROPN", "ADV") and child(clause, "cop", "aux") is None
    return verbless and not list(clause.rights)


def _behind_listener(head: Token) -> list[Token]:
    """A that-clause that the parse has hung on a listener or occasion ("told the council that", "said in May that")."""
    noun = child(head, "dobj", "dative")
    if noun is None:
        prep = next((c for c in children(head, "prep") if c.lower_ in _LEADING_ON and c.i > head.i), None)
        noun = child(prep, "pobj") if prep is not None else None
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
    """The tokens of a clause without its "that", cut around a cue inside it and before what is not its own."""
    start, end = clause.left_edge.i, own_end(clause)
    first = clause.doc[start]
    if first.lower_ == "that" and start > head.i and (first.dep_ != "nsubj" or _has_other_subject(clause, first)):
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


def _has_other_subject(clause: Token, that: Token) -> bool:
    """Whether a clause has a subject besides a "that" which the parse takes for one."""
    return any(c.dep_ in ("nsubj", "nsubjpass", "expl") and c.i != that.i for c in clause.lefts)


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


def own_end(clause: Token) -> int:
    """Where a reported clause ends: before a verb that belongs beside the cue."""
    end = clause.right_edge.i + 1
    for word in clause.rights:
        if word.dep_ == "conj" and true_head(word) is not None:
            end = min(end, start_with_joint(word))
    return min(end, _scene_start(clause) or end)


def _scene_start(clause: Token) -> int | None:
    """Where the reporter's own "as" begins: "said it was ready to sign as mediators flew in"."""
    for word in clause.subtree:
        subject = child(word, "nsubj") if word.dep_ == "advcl" and word.tag_ == "VBD" else None
        if subject is None or subject.pos_ == "PRON" or word.right_edge.i < clause.right_edge.i:
            continue
        first = word.left_edge
        if word.i > clause.i and first.lower_ == "as" and marker(word) == "as" and first.nbor(-1).lower_ != "just":
            return first.i
    return None
