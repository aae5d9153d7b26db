"""Steps in the life of a proposal: where a cue meets a mention, and who takes the step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from accord.model.findings import ProposalStatus
from accord.model.vocabulary.proposals import Part, StepCue, proposal_words
from accord.reading.context import Context
from accord.reading.events.arguments import VERBS, Arguments, arguments, of_verb
from accord.reading.modality import negated, standing
from accord.reading.proposals.deals import Deal, Deals
from accord.reading.proposals.hands import Hands
from accord.reading.proposals.outcome import Outcome, outcome
from accord.reading.proposals.slots import Slots

_PARTS: dict[str, Part] = {"VERB": "VERB", "AUX": "VERB", "NOUN": "NOUN", "PROPN": "NOUN", "ADJ": "ADJ"}
_TOGETHER = frozenset({"agreed", "signed", "assented", "announced", "in-force"})
_PARTNERS = ("with", "between", "among", "amongst")
SHARED: frozenset[ProposalStatus] = frozenset({"agreed", "signed", "in-force", "stalled", "expired"})
"""Statuses that a proposal has for all its parties at once."""
_WINDOW = 9
_CEREMONIES = frozenset({"ceremony", "event"})
_FIRST = 5  # tokens after a verb within which its first further word must stand


@dataclass(frozen=True)
class Step:
    """One step at one place of a report. `deal` is None where "it" stands for the proposal told last.

    `assent`: one party agreed to it. `nearby`: who took part in the talks told last, where all take the step
    and nobody is named. `signers`: the persons who put their names to it.
    """

    deal: Deal | None
    status: ProposalStatus
    at: Token
    by: tuple[str, ...]
    rule: str
    confidence: float
    why: tuple[str, ...] = ()
    assent: bool = False
    nearby: tuple[str, ...] = ()
    signers: tuple[str, ...] = ()


class Steps:
    """Finds the steps of a report."""

    def __init__(self, context: Context, deals: Deals, hands: Hands) -> None:
        self._context = context
        self._deals = deals
        self._hands = hands
        self._slots = Slots(deals, hands)

    def find(self) -> Iterator[Step]:
        """Every step, in the order of the words that tell them."""
        cues = proposal_words().cues
        for token in self._context.document.doc:
            part = _PARTS.get(token.pos_)
            entries = cues.get((part, token.lemma_.lower()), ()) if part else ()
            if part == "VERB" and token.tag_ == "VBN":
                entries = cues.get(("ADJ", token.lower_), ()) or entries  # "was opposed to", parsed as a verb
            if entries:
                around = arguments(token)
                for cue in entries:
                    found = list(self._by(token, cue, around))
                    if found:
                        yield from found
                        break
            deal = self._deals.at(token)
            if deal is not None:
                yield from self._of_noun(token, deal)
            elif token.lower_ == "signing" and token.head.lemma_.lower() in _CEREMONIES and token.head.i > token.i:
                by = self._hands.latest(token)
                yield Step(None, "signed", token.head, by, "signing ceremony", 0.55)

    def _by(self, token: Token, cue: StepCue, around: Arguments) -> Iterator[Step]:
        if not _followed(token, cue.after) or (cue.passive and not around.passive):
            return
        for deal in self._slots.find(token, cue, around):
            if deal is not None and not _fits(deal, cue):
                continue
            if token.pos_ == "NOUN" and deal is not None and deal.head.i == token.i:
                continue
            step = self._step(token, cue, around, deal)
            if step is not None:
                yield step

    def _step(self, token: Token, cue: StepCue, around: Arguments, deal: Deal | None) -> Step | None:
        by = self._whose(token, cue, around, deal)
        if deal is not None and deal.act is not None and deal.act.mutual and len(by) < 2 and cue.telling != "proposed":
            return None
        if cue.mutual and len(by) < 2:
            return None
        status, by = _told(cue, deal, by)
        reported = bool(self._context.attributions.around(token))
        result = outcome(cue, token, status, reported=reported)
        if result is not None and result.status == "stalled" and status == "in-force" and _is_charged(token):
            result = replace(result, status="violated")  # "accused them of failing to honour the accord"
        if deal is not None and deal.denied:
            ahead = any(c.dep_ == "aux" and c.tag_ == "MD" for c in token.children)  # "no deal would be signed"
            none = status in ("agreed", "signed") and not ahead
            result = Outcome("stalled", 0.9, ("no deal: stalled",)) if none else None
        if result is None:
            return None
        signers = self._hands.named(around.subjects) if result.status == "signed" else ()
        score = 0.72 * result.share
        score -= 0.08 * (not by) + 0.1 * (deal is None) + 0.06 * (cue.part != "VERB")
        rule = f"{cue.part.lower()} {' '.join((cue.lemma, *cue.after))}"
        assent = cue.telling == "assented" and result.status == "agreed"
        nearby = self._hands.latest(token) if not by and result.status in SHARED else ()
        return Step(deal, result.status, token, by, rule, round(score, 2), result.why, assent, nearby, signers)

    def _whose(self, token: Token, cue: StepCue, around: Arguments, deal: Deal | None) -> tuple[str, ...]:
        if cue.by == "none":
            return ()
        if cue.by == "parties":
            return deal.parties if deal is not None and len(deal.parties) > 1 else ()
        if "subj" in cue.slots and not around.passive and cue.part == "VERB" and cue.slots != ("subj", "obj"):
            return deal.parties if deal is not None and len(deal.parties) > 1 else ()
        if cue.part == "NOUN":
            named = (*deal.owners, *deal.parties) if deal is not None and cue.telling != "violated" else ()
            return self._of_act(token, around) or named
        subjects = _accused(token) or around.subjects
        if cue.part == "ADJ" and around.passive:
            subjects = around.objects  # "is prepared for", parsed as a passive
        if cue.part == "ADJ" and cue.slots[0] in ("subj", "noun"):
            return self._hands.speaker(token) if cue.slots[0] == "subj" else ()
        found = self._hands.at(*subjects)
        if deal is not None and len(deal.parties) > 1 and len(found) > 1 and self._hands.described(subjects):
            return deal.parties  # "the two sides did not sign the deal between X and Y"
        if found and cue.telling in _TOGETHER and "with" not in cue.slots:
            with_whom = self._hands.at(*around.after(*_PARTNERS))
            named = deal.parties if deal is not None and cue.telling not in ("in-force", "announced") else ()
            found = tuple(dict.fromkeys((*found, *with_whom, *named)))
        if not found and deal is not None and cue.telling in ("agreed", "signed", "in-force", "assented", "yielded"):
            return deal.parties
        return found

    def _of_act(self, token: Token, around: Arguments) -> tuple[str, ...]:
        """Whose a rejection, a signing, a violation is."""
        owners = self._hands.at(*around.possessors) or self._hands.at(*around.after("by"))
        if owners:
            return owners
        owners = self._hands.at(*(m for m in around.modifiers if m.pos_ in ("ADJ", "PROPN")))
        head = token.head
        if not owners and token.dep_ == "pobj" and head.head.pos_ in VERBS:
            verb, doers = of_verb(head.head), _accused(head.head)
            if head.lower_ == "in":
                owners = self._hands.at(*(doers or verb.subjects))  # "bombed it in violation of the truce"
            elif head.lower_ in ("of", "for"):
                owners = self._hands.at(*(verb.objects or verb.subjects))
        return owners or self._hands.at(*around.subjects)

    def _of_noun(self, token: Token, deal: Deal) -> Iterator[Step]:
        """What a noun tells by itself: somebody's proposal is proposed; no deal at the end of talks is stalled."""
        if deal.denied:
            yield from self._closed(token, deal)
            return
        yield from self._of_clause(token, deal)
        if _exists(token) and deal.noun is not None and deal.noun.implied and deal.owners and not deal.inside:
            rule = f"{token.lemma_.lower()} of somebody"
            yield Step(deal, "proposed", token, deal.owners, rule, 0.5)
        for child in token.children:
            proposers = _proposed_before(child)
            if proposers:
                by = self._hands.at(*proposers)
                if by:
                    yield Step(deal, "proposed", child, by, f"participle {child.lemma_}", 0.55)

    def _of_clause(self, token: Token, deal: Deal) -> Iterator[Step]:
        """ "A proposed agenda"; "a swap in which the rebels freed two nurses"."""
        words = proposal_words()
        for child in token.children:
            if child.lower_ in words.put_forward and child.dep_ == "amod" and not any(child.children):
                yield Step(deal, "proposed", token, deal.owners, f"{child.lower_} {token.lemma_}", 0.5)
            done = child.dep_ == "relcl" and child.tag_ == "VBD" and deal.kind == "exchange"
            if done and child.lemma_.lower() in words.handing:
                by = self._hands.at(*of_verb(child).subjects)
                yield Step(deal, "in-force", child, by, f"exchange with {child.lemma_}", 0.6)

    def _closed(self, token: Token, deal: Deal) -> Iterator[Step]:
        """ "The talks ended without agreement", "they parted with no truce"."""
        here = token
        there = token.dep_ in ("attr", "nsubj", "dobj") and any(c.dep_ == "expl" for c in token.head.children)
        if there and token.head.lemma_ == "be" and not any(c.tag_ == "MD" for c in token.head.children):
            yield Step(deal, "stalled", token, deal.parties or self._hands.speaker(token), "there is none", 0.6)
            return
        for _ in range(4):
            if here.dep_ == "pobj" and here.head.lower_ in ("without", "with") and here.head.head.pos_ in VERBS:
                verb = here.head.head
                if verb.lemma_.lower() in proposal_words().closings:
                    by = self._hands.at(*of_verb(verb).subjects) or deal.parties
                    yield Step(
                        deal, "stalled", verb, by, f"{verb.lemma_} {here.head.lower_} none", 0.7 - 0.1 * (not by)
                    )
                return
            if here.dep_ == "pobj" and here.head.head.pos_ == "NOUN":
                here = here.head.head
            elif here.dep_ == "nsubj" and here.head.dep_ == "pcomp":
                here = here.head  # "without a deal being struck"
            else:
                return


def _exists(noun: Token) -> bool:
    """Whether somebody's proposal was made: it was rejected or signed, or nothing says that it is still to come."""
    verb = noun.head if noun.dep_ in ("dobj", "nsubjpass", "nsubj") else noun.head.head if noun.dep_ == "pobj" else None
    if verb is None or verb.pos_ not in VERBS:
        return standing(noun).status == "occurred"
    cues = proposal_words().cues.get(("VERB", verb.lemma_.lower()), ())
    return any(cue.telling != "proposed" for cue in cues) or not cues or standing(noun).status == "occurred"


def _followed(token: Token, words: tuple[str, ...]) -> bool:
    """Whether the further words of a cue stand after it, within its phrase."""
    if token.dep_ == "acl" and negated(token.head) and any(c.lower_ == "to" for c in token.lefts):
        return False  # "there is no agreement to prolong the truce"
    if not words:
        return True
    doc, near = token.doc, []
    for i in range(token.i + 1, min(token.i + _WINDOW, len(doc))):
        word = doc[i]
        if word.is_sent_start:
            break
        near.append((word.lower_, word.lemma_.lower()))
        if len(near) == _FIRST and not any(words[0] in forms for forms in near):
            return False
    if not any(words[0] in forms for forms in near[:_FIRST]):
        return False
    return all(any(w in forms for forms in near) for w in words)


def _fits(deal: Deal, cue: StepCue) -> bool:
    kind = deal.kind or deal.then
    if cue.kinds and kind not in cue.kinds and not (kind is None and deal.definite):
        return False
    return not (cue.indefinite and deal.definite)


def _told(cue: StepCue, deal: Deal | None, by: tuple[str, ...]) -> tuple[ProposalStatus, tuple[str, ...]]:
    """The status that a cue tells, by who tells it and by the kind of proposal."""
    match cue.telling:
        case "announced":
            parties = by if len(by) > 1 else deal.parties if deal is not None else ()
            if len(parties) > 1:
                return "agreed", parties
            if (
                deal is not None
                and deal.definite
                and deal.noun is not None
                and deal.noun.kind is None
                and not deal.noun.implied
            ):
                return "agreed", deal.parties
            quiet = deal is not None and deal.kind in ("ceasefire", "partial-truce") and not deal.definite
            return ("in-force" if quiet and by else cue.gives), by
        case "assented":
            known = deal is None or deal.definite or bool(deal.noun and (deal.noun.implied or deal.noun.takes_up))
            return ("accepted" if len(by) == 1 and known else cue.gives), by
        case "yielded":
            done = deal is not None and deal.kind in ("exchange", "withdrawal")
            return ("in-force" if done else "agreed"), by
        case "collapsed":
            ran = deal is not None and deal.kind in ("ceasefire", "partial-truce")
            return ("expired" if ran else "stalled"), by
        case _:
            return cue.gives, by


def _is_charged(token: Token) -> bool:
    """Whether it is what somebody is accused of."""
    doers = _accused(token)
    return bool(doers) and any(doer.head.lemma_.lower() in proposal_words().charging for doer in doers)


def _accused(token: Token) -> tuple[Token, ...]:
    """Whom somebody is said to accuse of it: "accused the rebels of violating", "blamed them for breaking"."""
    here = token
    while here.dep_ in ("conj", "xcomp") and here.head.pos_ in VERBS:
        here = here.head
    if here.dep_ != "pcomp":
        return ()
    above = here.head.head
    each = {"other", "another"} & {above.lower_, *(c.lower_ for c in above.children)}
    if above.dep_ == "dobj" and each:
        above = above.head
    if above.pos_ not in VERBS:
        return ()
    verb = of_verb(above)
    if here.head.lower_ not in ("of", "for", "from"):
        return verb.subjects  # "left without signing"
    each = each or {o.lower_ for o in verb.objects} & {"other", "another"}
    return verb.subjects if each else verb.objects


def _proposed_before(participle: Token) -> tuple[Token, ...]:
    """Who stands before "-proposed" in "the UN-proposed roadmap"."""
    if participle.dep_ != "amod" or participle.tag_ != "VBN":
        return ()
    cues = proposal_words().cues.get(("VERB", participle.lemma_.lower()), ())
    if not any(cue.telling == "proposed" for cue in cues):
        return ()
    found = tuple(c for c in participle.children if c.dep_ in ("npadvmod", "compound", "nsubj", "amod"))
    hyphen = participle.i > 1 and participle.nbor(-1).text == "-"
    return found or ((participle.nbor(-2),) if hyphen else ())
