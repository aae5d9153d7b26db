"""What a cue of stance is about: from "demanded", "readiness", "opposed" to the clause or noun phrase they take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Literal

from spacy.tokens import Token

from accord.model.vocabulary.stance import stance_cues
from accord.reading.attribution.trees import child, children, has_to, is_gerund, is_passive, is_verb, reach

Form = Literal["clause", "infinitive", "gerund", "phrase"]


@dataclass(frozen=True)
class Matter:
    """Tokens `start` to `end` (excluded), headed by `head`. `subject` is the matter's own subject, where it has one."""

    head: Token
    start: int
    end: int
    form: Form
    subject: Token | None = None

    @cached_property
    def core(self) -> list[Token]:
        """The tokens of the matter without clauses that only describe a noun of it or say on what it depends."""
        whole = self.head.doc[self.start : self.end]
        aside: set[int] = set()
        for token in whole:
            marked = token.dep_ == "advcl" and any(c.dep_ == "mark" for c in token.children)
            if (token.dep_ == "relcl" or marked) and token.i != self.head.i and not token.is_ancestor(self.head):
                aside.update(t.i for t in token.subtree)
        return [t for t in whole if t.i not in aside]


def find_matter(cue: Token, takes: tuple[str, ...], via: tuple[str, ...] = ()) -> Matter | None:
    """The first matter that `cue` takes, in the order of `takes`; None where the parse shows none.

    `via` are the prepositions whose object is to act ("called on the rebels to disarm").
    """
    for kind in takes:
        for matter in _of_kind(cue, kind, via):
            return matter
    return None


def split(matter: Matter) -> list[Matter]:
    """The matter's members: "that they withdraw, disarm and limit their army" is three matters."""
    others = [c for c in matter.head.conjuncts if is_verb(c) and matter.start <= c.i < matter.end]
    strange = [c for c in others if c.tag_ in ("VBD", "VBZ")] if matter.head.tag_ == "VB" else []
    if strange:  # "urged them to return and offered aid": offering is no part of it
        others = [c for c in others if c not in strange]
        first = min(min(c.left_edge.i, c.i) for c in strange)
        end = first - (first > 0 and matter.head.doc[first - 1].dep_ == "cc")
        matter = replace(matter, end=max(matter.head.i + 1, end))
    if matter.form == "phrase" or not others:
        return [matter]
    verbs = [matter.head, *sorted(others, key=lambda t: t.i)]
    ends = [min((t.i for t in (v.left_edge, v) if t.i > before.i), default=v.i) for before, v in pairwise(verbs)]
    members = []
    for verb, start, end in zip(verbs, [matter.start, *ends], [*ends, matter.end], strict=True):
        while end > verb.i + 1 and (verb.doc[end - 1].is_punct or verb.doc[end - 1].dep_ == "cc"):
            end -= 1
        subject = child(verb, "nsubj", "nsubjpass") or matter.subject
        members.append(Matter(verb, start, end, matter.form, subject))
    return members


def adjuncts(matter: Matter) -> Iterator[Token]:
    """What in a matter tells only when or what for: "after the vote", "to end the war" in "sign a truce to end it"."""
    inside = range(matter.start, matter.end)
    for token in matter.core:
        if token.i == matter.head.i or token.head.i not in inside:
            continue
        timed = token.dep_ == "prep" and token.lower_ in stance_cues().timing
        purpose = token.dep_ in ("advcl", "acl", "relcl", "xcomp") and has_to(token) and token.head.pos_ == "NOUN"
        aimed = token.dep_ in ("advcl", "xcomp") and has_to(token) and token.head.i == matter.head.i
        aimed = aimed and (token.dep_ == "advcl" or _has_object(token.head, token))
        if timed or purpose or aimed:
            yield token


def _has_object(verb: Token, aim: Token) -> bool:
    """Whether an infinitive after the object tells what for: "sign a truce to end it", not "urge them to end it"."""
    cue = stance_cues().verbs.get(verb.lemma_.lower())
    noun = child(verb, "dobj")
    return noun is not None and noun.i < aim.i and (cue is None or "to" not in cue.takes)


def listed(matter: Matter) -> Iterator[list[Matter]]:
    """The lists in a matter, each as its members: "an amnesty and half of the ministries"."""
    verb = is_verb(matter.head)
    hosts = [matter.head] if not verb else list(children(matter.head, "dobj", "attr"))
    for prep in children(matter.head, "prep"):
        if matter.head.lemma_.lower() in stance_cues().endings:
            break  # "an end to raids and sieges" is for neither
        hosts += [n for n in children(prep, "pobj") if any(n.conjuncts)]
    for noun in hosts:
        nouns = [t for t in (noun, *noun.conjuncts) if matter.start <= t.i < matter.end and t.pos_ in ("NOUN", "PROPN")]
        if len(nouns) > 1:
            nouns.sort(key=lambda t: t.i)
            starts = [t.left_edge.i for t in nouns]
            ends = [*starts[1:], min(matter.end, nouns[-1].right_edge.i + 1)]
            yield [_member(*part) for part in zip(nouns, starts, ends, strict=True)]


def _member(noun: Token, start: int, end: int) -> Matter:
    while end > noun.i + 1 and (noun.doc[end - 1].is_punct or noun.doc[end - 1].dep_ == "cc"):
        end -= 1
    return Matter(noun, start, max(end, noun.i + 1), "phrase")


def _of_kind(cue: Token, kind: str, via: tuple[str, ...]) -> Iterator[Matter]:
    if kind == "that":
        yield from _finite(cue)
    elif kind == "to":
        yield from sorted((*_infinitive(cue, via), *_after_preposition(cue, "to")), key=lambda m: m.head.i)
    elif kind == "ing":
        yield from (_clause(c, "gerund") for c in children(cue, "xcomp", "ccomp", "dobj") if is_gerund(c))
    elif kind == "obj":
        yield from _object(cue)
    elif kind == "necessity":
        yield from _necessity(cue)
    else:
        yield from _after_preposition(cue, kind)


def _finite(cue: Token) -> Iterator[Matter]:
    for clause in children(cue, "ccomp", "acl", "relcl"):
        relative = clause.dep_ in ("acl", "relcl") and not any(
            c.lower_ == "that" and c.dep_ == "mark" for c in clause.lefts
        )
        if is_verb(clause) and not relative and not has_to(clause) and not is_gerund(clause) and clause.i > cue.i:
            yield _clause(clause, "clause")


def _infinitive(cue: Token, via: tuple[str, ...] = ()) -> Iterator[Matter]:
    for clause in children(cue, "xcomp", "ccomp", "acl", "relcl", "advcl"):
        if not has_to(clause) or clause.i < cue.i:
            continue
        own = child(clause, "nsubj", "nsubjpass")
        if via:  # "called on them to leave", not "called their will to leave a miracle"
            own = next((n for word in via if (n := _pobj(cue, word)) is not None), None)
            if own is None:
                continue
        if own is None and clause.dep_ in ("xcomp", "advcl", "ccomp"):
            own = child(cue, "dobj")
        if own is None and is_verb(cue) and is_passive(cue):
            own = child(cue, "nsubjpass")
        yield _clause(clause, "infinitive", own)


def _after_preposition(cue: Token, word: str) -> Iterator[Matter]:
    """What follows "for", "to", "on" ...: a noun phrase, a gerund, or a subject with its infinitive."""
    for prep in _prepositions(cue):
        if prep.lower_ != word:
            continue
        noun, verb = child(prep, "pobj"), child(prep, "pcomp")
        if verb is not None:
            yield _clause(verb, "gerund" if is_gerund(verb) else "clause")
        elif noun is not None and noun.tag_ not in ("WDT", "WP"):
            act = next((c for c in children(noun, "acl", "relcl") if has_to(c)), None)
            yield _clause(act, "infinitive", noun) if act is not None and word == "for" else _phrase(noun)
    for clause in children(cue, "advcl", "ccomp", "xcomp"):
        marked = any(c.dep_ in ("mark", "prep") and c.lower_ == word for c in clause.lefts)
        if marked and has_to(clause):
            yield _clause(clause, "infinitive", child(clause, "nsubj", "nsubjpass"))


def _prepositions(cue: Token) -> Iterator[Token]:
    """The cue's prepositions, and one right after a noun that the parse has hung on the noun's verb."""
    for part in children(cue, "prep", "dative", "agent", "prt", "advmod"):
        yield part
        yield from children(part, "prep")  # "walked out of the talks", "backed away from it"
    if cue.dep_ == "dobj" and cue.right_edge.i + 1 < len(cue.doc):
        after = cue.doc[cue.right_edge.i + 1]
        if after.dep_ in ("prep", "dative") and after.head.i == cue.head.i:
            yield after


def _object(cue: Token) -> Iterator[Matter]:
    if is_verb(cue) and is_passive(cue):
        yield from (_phrase(c) for c in children(cue, "nsubjpass"))
        if cue.dep_ == "acl":
            yield _phrase_before(cue.head, cue)
        return
    objects = list(children(cue, "dobj", "attr", "oprd"))
    for noun in objects:
        yield _relative(cue) if noun.tag_ in ("WDT", "WP") and cue.dep_ == "relcl" else _phrase(noun)
    subject = child(cue, "nsubj")
    if not objects and cue.dep_ == "relcl" and subject is not None and subject.tag_ not in ("WDT", "WP"):
        yield _relative(cue)  # "the deal they rejected last month"


def _relative(cue: Token) -> Matter:
    return _phrase_before(cue.head, cue)


def _necessity(cue: Token) -> Iterator[Matter]:
    for noun in children(cue, "dobj"):
        if noun.lemma_.lower() in stance_cues().necessity:
            # "the necessity of involving the rebels" does not say who is to involve them: no subject is lent
            yield from (replace(m, form="phrase") for m in _after_preposition(noun, "for") if m.form != "infinitive")
            yield from (replace(m, form="phrase") for m in _after_preposition(noun, "of"))
            yield from _infinitive(noun)


def _pobj(cue: Token, word: str) -> Token | None:
    prep = next((c for c in children(cue, "prep") if c.lower_ == word), None)
    return child(prep, "pobj") if prep is not None else None


def _clause(verb: Token, form: Form, subject: Token | None = None) -> Matter:
    start, end = reach(verb)
    own = child(verb, "nsubj", "nsubjpass") or subject
    if subject is not None and subject.left_edge.i < start:
        start = subject.left_edge.i
    return Matter(verb, start, end, form, own)


def _phrase(noun: Token) -> Matter:
    start, end = reach(noun)
    return Matter(noun, start, end, "phrase")


def _phrase_before(noun: Token, verb: Token) -> Matter:
    """A noun phrase without the clause that describes it."""
    start = noun.left_edge.i
    return Matter(noun, start, max(noun.i + 1, min(verb.left_edge.i, noun.right_edge.i + 1)), "phrase")
