"""Where a cue has its proposal: the object, the subject, a clause, what follows a preposition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from accord.model.vocabulary.proposals import StepCue, proposal_words
from accord.reading.events.arguments import VERBS, Arguments, of_verb
from accord.reading.proposals.deals import Deal, Deals
from accord.reading.proposals.hands import Hands

_IT = frozenset({"it", "this", "that"})


class Slots:
    """Finds the mentions that a cue is about."""

    def __init__(self, deals: Deals, hands: Hands) -> None:
        self._deals = deals
        self._hands = hands

    def find(self, token: Token, cue: StepCue, around: Arguments) -> Iterator[Deal | None]:
        """The mentions in the places where the cue has its proposal; None for "it"."""
        taken_up = False
        for slot in cue.slots:
            found = list(self._slot(slot, token, cue, around))
            deals = {deal.at: deal for deal in found if deal is not None}
            if deals:
                yield from deals.values()
                return
            taken_up = taken_up or bool(found)
        if taken_up or (cue.it and _is_charge(token)):
            yield None

    def _slot(self, slot: str, token: Token, cue: StepCue, around: Arguments) -> Iterator[Deal | None]:
        match slot:
            case "obj":
                heads: Iterable[Token] = around.objects or around.after(*cue.after) or _before_comma(token)
            case "subj" if token.pos_ in VERBS and any(c.dep_ == "xcomp" for c in token.children):
                return  # "it failed to", "the truce began to"
            case "subj":
                heads = _subjects(token, cue, around)
            case "clause":
                yield from self._content(token)
                return
            case "self":
                act = self._deals.act(token)
                if act is not None:
                    yield act
                return
            case "modifier":
                heads = (m for m in around.modifiers if m.pos_ in ("NOUN", "PROPN"))
            case "noun":
                heads = (token.head,) if token.dep_ == "amod" else ()
            case _:
                agents = around.subjects if around.passive and slot == "by" else ()  # "abided by the truce"
                heads = around.after(slot) or _past_adverb(token, slot) or agents
        for head in heads:
            head = self._meant(head, token)
            if cue.it and head.lower_ in _IT and head.pos_ in ("PRON", "DET"):
                yield None
                continue
            found = list(self._expand(head, carried=False))
            yield from (deal for deal, carried in found if carried or not cue.carried)

    def _meant(self, head: Token, verb: Token) -> Token:
        """What "which" stands for where the parser hung the clause on a later noun: "a truce over Easter, which"."""
        if verb.dep_ != "relcl" or head.i != verb.head.i or self._deals.at(head) is not None or head.i > verb.i:
            return head
        if not any(c.tag_ == "WDT" for c in verb.children) or self._hands.at(head):
            return head
        first = verb.sent.start
        return next((t for t in reversed(verb.doc[first : head.i]) if _is_free(self._deals.at(t))), head)

    def _expand(self, head: Token, *, carried: bool, steps: int = 0) -> Iterator[tuple[Deal, bool]]:
        """The mentions at a noun phrase: its head, what a carrier carries, what is joined, a verb that tells one."""
        deal = self._deals.at(head)
        if deal is not None:
            yield deal, carried
        elif head.pos_ in VERBS:
            yield from ((found, carried) for found in self._clause(head, 0))
        elif (head.lemma_.lower() in proposal_words().carriers or head.pos_ == "NUM") and steps < 4:
            for inner in _carried(head):
                found = list(self._expand(inner, carried=True, steps=steps + 1))
                yield from found
                if found:
                    break
        if steps == 0:
            for other in head.conjuncts:
                if other.i > head.i and self._deals.at(other) is not None:
                    yield self._deals.by_token[other.i], carried

    def _content(self, token: Token) -> Iterator[Deal]:
        """Deals told by the clauses that a cue takes: "proposed to halt strikes", "discussed deploying observers"."""
        for child in token.children:
            if child.dep_ in ("xcomp", "ccomp", "dobj", "advcl") and child.pos_ in VERBS and child.i > token.i:
                if child.dep_ in ("dobj", "advcl") and child.tag_ != "VBG":
                    continue
                yield from self._clause(child, 0)
            elif child.dep_ == "prep":
                for inner in child.children:
                    if inner.dep_ == "pcomp" and inner.pos_ in VERBS:
                        yield from self._clause(inner, 0)

    def _clause(self, verb: Token, depth: int) -> Iterator[Deal]:
        act = self._deals.act(verb)
        if act is not None:
            yield act
        elif verb.lemma_.lower() in proposal_words().carrying_verbs and depth < 3:
            around = of_verb(verb)
            for head in (*around.objects, *around.after("to", "into", "by", "on", "for")):
                for deal, _ in self._expand(head, carried=True):
                    yield deal
            for other in verb.children:
                if other.dep_ == "xcomp" and other.pos_ in VERBS:  # "agreed to start sharing power"
                    yield from self._clause(other, depth + 1)
        if depth < 3:
            for other in verb.children:
                if other.dep_ == "conj" and other.pos_ in VERBS:
                    yield from self._clause(other, depth + 1)


def _before_comma(token: Token) -> tuple[Token, ...]:
    """What a participle describes that the parse hangs on a later verb: "the ceasefire, reached in May, was kept"."""
    lost = token.tag_ == "VBN" and token.dep_ == "advcl" and not any(c.dep_ in ("nsubj", "aux") for c in token.children)
    if not lost or token.i < 2 or token.nbor(-1).text != ",":
        return ()
    noun = token.nbor(-2)
    return (noun,) if noun.pos_ in ("NOUN", "PROPN") else ()


def _is_charge(token: Token) -> bool:
    """Whether a noun stands bare as what somebody is accused of: "accused the rebels of violations"."""
    if token.dep_ != "pobj" or token.head.lower_ != "of" or any(c.dep_ == "prep" for c in token.children):
        return False
    verb = token.head.head
    return verb.pos_ in VERBS and any(c.dep_ in ("dobj", "nsubjpass") for c in verb.children)


def _past_adverb(token: Token, slot: str) -> tuple[Token, ...]:
    """What follows a preposition that hangs on an adverb: "walked away from the deal"."""
    return tuple(
        noun
        for adverb in token.children
        if adverb.dep_ in ("advmod", "prt")
        for prep in adverb.children
        if prep.dep_ == "prep" and prep.lower_ == slot
        for noun in prep.children
        if noun.dep_ == "pobj"
    )


def _carried(head: Token) -> Iterator[Token]:
    """What a carrier may carry: the word before it, then what "of", "for", "to" add."""
    yield from (c for c in head.children if c.dep_ == "compound")
    for prep in head.children:
        if prep.dep_ == "prep" and prep.lower_ in ("of", "for", "to", "on", "in"):
            yield from (c for c in prep.children if c.dep_ in ("pobj", "pcomp"))


def _is_free(deal: Deal | None) -> bool:
    return deal is not None and not deal.inside


def _subjects(token: Token, cue: StepCue, around: Arguments) -> tuple[Token, ...]:
    """What a verb or a predicate is said of."""
    if _is_lost_main(token):
        return (token.head,)
    if token.pos_ != "ADJ":
        described = token.tag_ == "VBN" and cue.part == "ADJ"
        return around.objects if described else () if around.passive else around.subjects
    own = tuple(c for c in token.children if c.dep_ in ("nsubj", "nsubjpass"))
    if own:
        return own
    if token.dep_ == "oprd":
        return tuple(c for c in token.head.children if c.dep_ in ("dobj", "nsubjpass"))
    if token.dep_ != "acomp":
        return ()
    return tuple(c for c in token.head.children if c.dep_ == "nsubj" and c.lower_ != "there")


def _is_lost_main(verb: Token) -> bool:
    """Whether the parser took the only verb for a participle: "A truce held through the night"."""
    if verb.dep_ != "acl" or verb.tag_ != "VBN" or verb.head.dep_ != "ROOT" or verb.head.i + 1 != verb.i:
        return False
    return not any(c.dep_ in ("agent", "aux", "auxpass") for c in verb.children)
