"""Date expressions of a report, asked by the word whose time is wanted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from accord.model.vocabulary.events import event_words
from accord.model.when import When

_VERBS = ("VERB", "AUX")
_MOST_STEPS = 12
_BOUNDS = frozenset({"since", "before", "after", "until", "following"})


@dataclass(frozen=True)
class TimeExpression:
    """Tokens `start` to `end` (excluded), headed by `head`, name the interval `when`.

    `anchor` is the token of another happening from which it is counted ("a day after they *agreed*").
    """

    start: int
    end: int
    head: int
    when: When
    anchor: int | None = None


class Dates:
    """All date expressions of a report. `reference` is the day from which "today" is counted, where known.

    `counted` has the dates of happenings that are told by counting from them ("on Tuesday, a day after they
    agreed": agreed on Monday), by token.
    """

    def __init__(
        self,
        expressions: Iterable[TimeExpression],
        reference: dt.date | None = None,
        counted: Mapping[int, When] | None = None,
    ) -> None:
        self.all = tuple(sorted(expressions, key=lambda e: (e.start, e.end)))
        self.reference = reference
        self._counted = dict(counted or {})
        self._token = {i: e for e in self.all for i in range(e.start, e.end)}

    def within(self, start: int, end: int) -> tuple[TimeExpression, ...]:
        """The expressions within tokens `start` to `end`."""
        return tuple(e for e in self.all if start <= e.start and e.end <= end)

    def at(self, token: Token) -> TimeExpression | None:
        """The expression that holds this token."""
        return self._token.get(token.i)

    def of(self, token: Token) -> When | None:
        """The date of what `token` (a verb or a noun of happening) says.

        The nearest expression that hangs on the word without another clause between them; else, for a verb
        without one, that of the clause it shares its time with ("On Monday X met Y and signed ...").
        """
        found = self._own(token)
        counted = self._counted.get(token.i)
        if counted is None and token.dep_ == "xcomp" and token.pos_ in _VERBS:
            counted = self._counted.get(token.head.i)  # "a day after they failed to agree"
        if found is None and counted is not None:
            return counted
        if found is None:
            found = self._shared(token) or self._explained(token)
        return found.when if found else None

    def _explained(self, token: Token) -> TimeExpression | None:
        """The date that the clause of `token` says more about: "since 2003, when the talks broke down"."""
        here = token
        while here.head.i != here.i and here.dep_ not in ("relcl", "advcl"):
            if here.dep_ not in ("conj", "nsubj", "nsubjpass", "dobj"):
                return None
            here = here.head
        opening = next((c for c in here.lefts if c.dep_ == "advmod" and c.lower_ == "when"), None)
        if opening is None or opening.i < 2:
            return None
        before = opening.i - 1 if opening.nbor(-1).text != "," else opening.i - 2
        return self._token.get(before)

    def _own(self, token: Token) -> TimeExpression | None:
        best: tuple[int, int, TimeExpression] | None = None
        for expression in self.within(token.left_edge.i, token.right_edge.i + 1):
            if expression.anchor == token.i or expression.start <= token.i < expression.end:
                continue
            steps = _steps(token.doc[expression.head], token, expression.anchor)
            if steps is None:
                continue
            rank = (0 if expression.when.known else 1, steps)
            if best is None or rank < best[:2]:
                best = (*rank, expression)
        return best[2] if best else None

    def _shared(self, token: Token) -> TimeExpression | None:
        if token.pos_ not in _VERBS:
            return None
        head = token.head
        if token.dep_ == "conj" and head.pos_ in _VERBS:
            found = self._own(head)
            return found if found and found.start < head.i else None
        if token.dep_ == "advcl" and token.tag_ == "VBG" and head.pos_ in _VERBS:
            return self._own(head)
        if token.dep_ == "pcomp" and head.lower_ == "with" and head.head.pos_ in _VERBS:
            return self._own(head.head)  # "War broke out in May, with each side blaming the other"
        if token.dep_ == "acl" and token.tag_ == "VBG" and head.lemma_.lower() in event_words().documents:
            return self._own(head.head) if head.dep_ == "dobj" and head.head.pos_ in _VERBS else None
        if token.dep_ in ("xcomp", "pcomp") and head.pos_ in _VERBS and token.tag_ == "VBG":
            return self._own(head)
        return None


def _steps(start: Token, goal: Token, anchor: int | None) -> int | None:
    """How many steps up lead from an expression to a word, or None where another clause lies between."""
    here = start
    for steps in range(_MOST_STEPS):
        if here.i == goal.i:
            return steps
        if here.i == here.head.i:
            return None
        if here.i not in (start.i, anchor) and (_opens_clause(here, goal) or _is_bound(here)):
            return None  # "said he met X on Friday" does not date the saying
        here = here.head
    return None


def _is_bound(noun: Token) -> bool:
    """Whether a happening only bounds another: "their first talk since the quarrel of May" was not in May."""
    return noun.dep_ == "pobj" and noun.head.lower_ in _BOUNDS and noun.pos_ in ("NOUN", "PROPN")


def _opens_clause(verb: Token, goal: Token) -> bool:
    if verb.pos_ not in _VERBS or verb.dep_ in ("aux", "auxpass", "acomp", "oprd"):
        return False
    if verb.dep_ == "xcomp":  # "agreed to meet within two weeks" dates the meeting
        return any(c.dep_ == "aux" and c.tag_ == "TO" for c in verb.children)
    return not (verb.dep_ == "acl" and verb.tag_ == "VBN" and goal.pos_ == "NOUN")  # "talks held on Friday"
