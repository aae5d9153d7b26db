"""Mentions of deals, plans, truces and exchanges: nouns that name one, and verbs that tell one."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from accord.model.findings import ProposalKind
from accord.model.vocabulary.proposals import DealAct, DealNoun, proposal_words
from accord.reading.context import Context
from accord.reading.modality import negated
from accord.reading.proposals.hands import Hands
from accord.reading.proposals.phrases import (
    ABOUT,
    beside,
    content_words,
    is_any,
    is_bare,
    is_definite,
    is_for_meeting,
    is_label,
    is_vague,
    match_act,
    names,
    narrowed,
    nouns,
    numbers,
    outer,
    places,
    topic,
    under_without,
)
from accord.reading.subjects import issue_scores

_OF_OWNER = frozenset({"by", "from", "of"})
_BETWEEN = frozenset({"between", "among", "amongst", "with"})


def _by_issue(head: Token) -> ProposalKind | None:
    """What somebody's plan or offer is about, by the subject of the talks that its other words name."""
    told = [t for t in head.subtree if t.i != head.i and t.pos_ in ("NOUN", "VERB", "ADJ")]
    scores = issue_scores(told)
    best = max(scores, key=lambda issue: (scores[issue], issue), default=None)
    return proposal_words().of_issue.get(best) if best is not None and scores[best] >= 1 else None


@dataclass(frozen=True, eq=False)
class Deal:
    """One mention. `kind` is what its own words tell, `then` what it is where nothing else tells.

    `taken_up`: its noun counts only if it takes up a proposal told before by that noun. `words`, `numbers`,
    `names` ("Easter truce") and `places` tell it from others; `owners` are whose it is, `parties` between whom.
    `inside`: part of another's name, or only before a noun ("truce talks"). `idle`: names nothing ("in agreement").
    """

    head: Token
    noun: DealNoun | None
    kind: ProposalKind | None
    then: ProposalKind | None
    definite: bool
    denied: bool
    taken_up: bool
    words: frozenset[str]
    numbers: frozenset[str]
    names: frozenset[str]
    places: frozenset[str]
    owners: tuple[str, ...]
    parties: tuple[str, ...]
    inside: bool = False
    idle: bool = False
    act: DealAct | None = None

    @property
    def at(self) -> int:
        """The token of its head."""
        return self.head.i


class Deals:
    """All mentions of a report, by token; verbs that tell a deal are asked for when a cue leads to them."""

    def __init__(self, context: Context, hands: Hands) -> None:
        self._hands = hands
        self._nouns = dict(nouns(context.document.doc))
        self._outer = {i: o for i in self._nouns if (o := outer(context.document.doc[i], self._nouns)) is not None}
        self.by_token = {i: self._noun(context.document.doc[i], noun) for i, noun in self._nouns.items()}
        self._acts: dict[int, Deal | None] = {}

    def at(self, word: Token) -> Deal | None:
        """The mention headed by this noun."""
        deal = self.by_token.get(word.i)
        return None if deal is None or deal.idle else deal

    @property
    def free(self) -> tuple[Deal, ...]:
        """The mentions that are not part of another's name, in the order of the text."""
        found = (self.by_token[i] for i in sorted(self.by_token))
        return tuple(deal for deal in found if not deal.inside and not deal.idle)

    def act(self, verb: Token) -> Deal | None:
        """The deal that a verb with its object tells: "exchange prisoners", "halt strikes"."""
        if verb.i not in self._acts:
            self._acts[verb.i] = self._told(verb)
        return self._acts[verb.i]

    def _told(self, verb: Token) -> Deal | None:
        form = match_act(verb)
        if form is None or form.noun_only:
            return None
        words = frozenset(content_words(verb))
        return Deal(
            head=verb,
            noun=None,
            kind=narrowed(form.kind, words),
            then=None,
            definite=False,
            denied=negated(verb),
            taken_up=False,
            words=words - proposal_words().vague,
            numbers=numbers(verb),
            names=frozenset(),
            places=frozenset(),
            act=form,
            owners=(),
            parties=(),
        )

    def _noun(self, head: Token, noun: DealNoun) -> Deal:
        words_beside = frozenset(beside(head))
        kind = noun.kind or topic(head) or self._inner(head) or (_by_issue(head) if noun.implied else None)
        owners, parties = self._sides(head, noun)
        definite = head.tag_ in ("NNP", "NNPS") or is_definite(head)
        words = proposal_words()
        return Deal(
            head=head,
            noun=noun,
            kind=narrowed(kind, words_beside) if kind else None,
            then=noun.then,
            definite=definite,
            denied=negated(head) or under_without(head),
            taken_up=noun.takes_up or (bool(noun.beside) and not words_beside & noun.beside),
            words=words_beside - words.vague - (frozenset(words.topics) - words.partial),
            numbers=numbers(head),
            names=frozenset(t.lower_ for t in names(head) if not self._is_owner(t, noun)),
            places=frozenset(places(head)),
            owners=owners,
            parties=parties,
            inside=head.i in self._outer or is_label(head),
            idle=is_for_meeting(head)
            or is_any(head)
            or is_vague(head, noun, kind)
            or (kind is None and (is_bare(head) or self._is_elsewhere(head))),
        )

    def _inner(self, head: Token) -> ProposalKind | None:
        """The kind of the mention that completes an open noun: "agreement on a buffer zone"."""
        for prep in head.rights:
            for word in prep.children if prep.dep_ == "prep" and prep.lower_ in ABOUT else ():
                noun = self._nouns.get(word.i)
                if noun is not None and noun.kind and (not noun.beside or noun.beside & set(beside(word))):
                    return noun.kind
        return None

    def _is_elsewhere(self, head: Token) -> bool:
        """Whether a word before an open noun tells that it is about something else: "tax plan"."""
        words = proposal_words()
        known = words.forms | words.vague | frozenset(words.topics) | words.partial
        about = [c for c in head.lefts if c.dep_ in ("compound", "nmod") and c.pos_ == "NOUN"]
        return any(
            w.lemma_.lower() not in known and not any(c.like_num for c in w.children) and not self._hands.at(w)
            for w in about
        )

    def _is_owner(self, word: Token, noun: DealNoun) -> bool:
        """Whether a name before the noun tells whose it is: "UN plan", "U.S.-Ukraine deal"; not "Dayton agreement"."""
        return bool(self._hands.joined(word)) or (noun.implied and bool(self._hands.named_at(word)))

    def _sides(self, head: Token, noun: DealNoun) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Whose it is and between whom."""
        owners: list[str] = []
        before: list[str] = []
        parties: list[str] = []
        for word in head.doc[head.left_edge.i : head.i]:
            parties.extend(self._hands.joined(word))
        for child in head.children:
            if child.dep_ == "poss":
                owners.extend(self._hands.at(child))
            elif child.dep_ in ("amod", "compound", "nmod") and child.pos_ in ("PROPN", "ADJ", "NOUN"):
                place = child.pos_ == "PROPN" and child.dep_ != "amod" and not noun.implied
                before.extend(() if place and not child.conjuncts else self._hands.at(child))
            elif child.dep_ in ("prep", "agent") and child.lower_ in _OF_OWNER | _BETWEEN:
                for inner in child.children:
                    if inner.dep_ == "pobj" and inner.i not in self._nouns:
                        (parties if child.lower_ in _BETWEEN else owners).extend(self._hands.at(inner))
        if len(set(before)) > 1 or parties:
            return tuple(dict.fromkeys(owners)), tuple(dict.fromkeys((*before, *parties)))
        return tuple(dict.fromkeys((*owners, *before))), ()
