"""Mentions of deals, plans, truces and exchanges: nouns that name one, and verbs that tell one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from accord.model.findings import ProposalKind
from accord.model.vocabulary.proposals import DealAct, DealNoun, proposal_words
from accord.reading.context import Context
from accord.reading.events.arguments import of_verb
from accord.reading.modality import negated
from accord.reading.proposals.hands import Hands

_BESIDE = ("compound", "amod", "nmod", "nummod", "npadvmod")
_ABOUT = frozenset(
    {"for", "of", "on", "about", "to", "toward", "towards", "regarding", "as", "in", "over", "from", "at", "with"}
)
_OF_OWNER = frozenset({"by", "from", "of"})
_BETWEEN = frozenset({"between", "among", "amongst", "with"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both"})
_OBJECT_OF = ("from", "in", "to", "on", "of", "into", "by")
_MOST = 8


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
        self._nouns = dict(_nouns(context.document.doc))
        self._outer = {i: o for i in self._nouns if (o := _outer(context.document.doc[i], self._nouns)) is not None}
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
            kind=_narrowed(form.kind, words),
            then=None,
            definite=False,
            denied=negated(verb),
            taken_up=False,
            words=words - proposal_words().vague,
            numbers=_numbers(verb),
            names=frozenset(),
            places=frozenset(),
            act=form,
            owners=(),
            parties=(),
        )

    def _noun(self, head: Token, noun: DealNoun) -> Deal:
        beside = frozenset(_beside(head))
        kind = noun.kind or _topic(head)
        owners, parties = self._sides(head)
        definite = head.tag_ in ("NNP", "NNPS") or any(
            c.dep_ == "poss" or (c.dep_ == "det" and c.lower_ in _DEFINITE) for c in head.children
        )
        words = proposal_words()
        return Deal(
            head=head,
            noun=noun,
            kind=_narrowed(kind, beside) if kind else None,
            then=noun.then,
            definite=definite,
            denied=negated(head) or _under_without(head),
            taken_up=noun.takes_up or (bool(noun.beside) and not beside & noun.beside),
            words=beside - words.vague - (frozenset(words.topics) - words.partial),
            numbers=_numbers(head),
            names=frozenset(t.lower_ for t in _names(head) if not self._hands.joined(t)),
            places=frozenset(_places(head)),
            owners=owners,
            parties=parties,
            inside=head.i in self._outer or _is_label(head),
            idle=_is_for_meeting(head)
            or _is_any(head)
            or _is_vague(head, noun)
            or (kind is None and (_is_bare(head) or self._is_elsewhere(head))),
        )

    def _is_elsewhere(self, head: Token) -> bool:
        """Whether the words beside an open noun tell that it is about something else: "tax plan", "plan for schools"."""
        words = proposal_words()
        known = words.forms | words.vague | frozenset(words.topics) | words.partial
        about = [c for c in head.lefts if c.dep_ in ("compound", "nmod") and c.pos_ == "NOUN"]
        for prep in head.rights:
            if prep.dep_ == "prep" and prep.lower_ in ("for", "on", "about"):
                about.extend(c for c in prep.children if c.dep_ == "pobj" and c.pos_ == "NOUN")
        return any(
            w.lemma_.lower() not in known and not any(c.like_num for c in w.children) and not self._hands.at(w)
            for w in about
        )

    def _sides(self, head: Token) -> tuple[tuple[str, ...], tuple[str, ...]]:
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
                before.extend(self._hands.at(child))
            elif child.dep_ in ("prep", "agent") and child.lower_ in _OF_OWNER | _BETWEEN:
                for inner in child.children:
                    if inner.dep_ == "pobj" and inner.i not in self._nouns:
                        (parties if child.lower_ in _BETWEEN else owners).extend(self._hands.at(inner))
        if len(set(before)) > 1 or parties:
            return tuple(dict.fromkeys(owners)), tuple(dict.fromkeys((*before, *parties)))
        return tuple(dict.fromkeys((*owners, *before))), ()


def match_act(verb: Token) -> DealAct | None:
    """The entry for a verb and its object, or None."""
    for form in proposal_words().acts.get(verb.lemma_.lower(), ()):
        around = of_verb(verb)
        heads = [*around.objects, *around.after(*_OBJECT_OF)]
        found = {w for head in heads for w in _phrase_words(head)}
        if found & form.objects and not found & form.without:
            return form
    return None


def content_words(verb: Token) -> Iterator[str]:
    """The lemmas of what a verb takes."""
    for word in verb.subtree:
        if word.i > verb.i and word.pos_ in ("NOUN", "PROPN", "ADJ", "ADV") and word.i - verb.i < 15:
            yield word.lemma_.lower()


def _nouns(doc: Doc) -> Iterator[tuple[int, DealNoun]]:
    entries = proposal_words().nouns
    for token in doc:
        if token.pos_ not in ("NOUN", "PROPN", "ADJ", "VERB"):
            continue
        lower = token.lower_
        found = entries.get(token.lemma_.lower()) or entries.get(lower) or entries.get(lower.removesuffix("s"))
        for noun in found or ():
            if token.pos_ in ("VERB", "ADJ") and noun.kind != "ceasefire":
                continue
            if _stands_before(token, noun.before):
                yield token.i, noun
                break


def _stands_before(token: Token, words: tuple[str, ...]) -> bool:
    here = token.i - 1
    for word in reversed(words):
        while here >= 0 and token.doc[here].text in ("-", "–"):
            here -= 1
        if here < 0 or token.doc[here].lower_ != word:
            return False
        here -= 1
    return True


def _outer(token: Token, nouns: dict[int, DealNoun]) -> int | None:
    """The mention of whose name this noun is a part: "truce" in "proposal for a truce", "ceasefire deal"."""
    here = token
    for _ in range(_MOST):
        head = here.head
        if head.i == here.i:
            return None
        if here.dep_ in (*_BESIDE, "conj") and head.i in nouns and here.i < head.i:
            return head.i
        if here.dep_ == "pobj" and head.dep_ == "prep" and head.lower_ in _ABOUT and head.head.i in nouns:
            return None if nouns[head.head.i].kind == "ceasefire" else head.head.i
        if here.dep_ == "dobj" and head.dep_ in ("acl", "relcl") and head.head.i in nouns and _infinitive(head):
            return head.head.i if head.lemma_.lower() in proposal_words().carrying_verbs else None
        if here.dep_ not in _BESIDE:
            return None
        here = head
    return None


def _is_label(token: Token) -> bool:
    """Whether the noun only stands before another that is no deal: "ceasefire monitors", "truce talks"."""
    return token.dep_ in ("compound", "nmod", "amod") and token.head.i > token.i


def _is_bare(head: Token) -> bool:
    """Whether an open noun stands bare: "in agreement"."""
    if not any(c.dep_ in ("det", "poss", *_BESIDE) for c in head.children):
        return head.tag_ == "NN" and not _under_without(head)
    return False


def _is_any(head: Token) -> bool:
    """Whether no deal in particular is meant: "any plan that would"; not "without any deal"."""
    return any(c.lower_ == "any" and c.dep_ == "det" for c in head.children) and not _under_without(head)


def _is_vague(head: Token, noun: DealNoun) -> bool:
    """Whether plans and proposals in the plural are nothing in particular: "plans for a new port"."""
    if not noun.implied or head.tag_ != "NNS":
        return False
    if not noun.single and any(c.dep_ in ("poss", "det") for c in head.children):
        return False
    return not any(w in proposal_words().topics for c in head.lefts if c.dep_ in _BESIDE for w in _phrase_words(c))


def _is_for_meeting(head: Token) -> bool:
    """Whether a plan or proposal is for a meeting only."""
    forums = proposal_words().forums
    return any(
        inner.lemma_.lower() in forums
        for child in head.children
        if child.dep_ == "prep" and child.lower_ in ("for", "of", "on")
        for inner in child.children
    )


def _beside(head: Token) -> Iterator[str]:
    """The words that stand beside the noun: before it, and in the phrases and clauses that complete it."""
    for child in head.children:
        if child.dep_ in _BESIDE and child.i < head.i:
            yield from _phrase_words(child)
        elif child.dep_ == "prep" and child.lower_ in _ABOUT:
            for inner in child.children:
                if inner.dep_ in ("pobj", "pcomp"):
                    yield from _phrase_words(inner)
        elif child.dep_ in ("acl", "relcl") and (child.tag_ == "VBG" or _infinitive(child)):
            yield from content_words(child)


def _phrase_words(head: Token) -> Iterator[str]:
    """Lemmas and forms of a noun phrase: its head, what stands before it, and what "of" and "on" add."""
    yield head.lemma_.lower()
    yield head.lower_
    for child in head.children:
        if child.dep_ in (*_BESIDE, "quantmod", "conj"):
            yield from _phrase_words(child)
        elif child.dep_ == "prep" and child.lower_ in ("of", "on", "for", "in", "to", "from"):
            for inner in child.children:
                if inner.dep_ == "pobj":
                    yield from _phrase_words(inner)


def _topic(head: Token) -> ProposalKind | None:
    """What an open noun is about: by the words before it, else by what follows "on", "for" or "to"."""
    words = proposal_words()
    before: set[str] = set()
    after: set[str] = set()
    acts: list[ProposalKind] = []
    for child in head.children:
        if child.dep_ in (*_BESIDE, "dep") and child.i < head.i:
            before.update(_phrase_words(child))
        elif child.dep_ == "prep" and child.lower_ in _ABOUT:
            for inner in child.children:
                if inner.dep_ == "pobj":
                    after.update(_phrase_words(inner))
                elif inner.dep_ == "pcomp":
                    acts.extend(_kinds_told(inner))
        elif child.dep_ in ("acl", "relcl"):
            acts.extend(_kinds_told(child))
    for found in (before, after):
        kinds = {words.topics[w] for w in found if w in words.topics}
        if kinds:
            return next(kind for kind in words.topic_order if kind in kinds)
    return acts[0] if acts else None


def _kinds_told(verb: Token) -> Iterator[ProposalKind]:
    """The kinds that a clause under a noun tells: "a deal to free hostages", "a plan that would end the war"."""
    for word in (verb, *(c for c in verb.children if c.dep_ in ("xcomp", "conj", "advcl", "ccomp"))):
        form = match_act(word)
        if form is not None:
            yield form.kind
        elif word.lemma_.lower() in proposal_words().carrying_verbs:
            for head in of_verb(word).objects:
                if head.i == verb.head.i:
                    continue
                kinds = {proposal_words().topics[w] for w in _phrase_words(head) if w in proposal_words().topics}
                yield from (kind for kind in proposal_words().topic_order if kind in kinds)


def _narrowed(kind: ProposalKind, words: frozenset[str]) -> ProposalKind:
    """A ceasefire that is limited in time, arms or place is a partial truce."""
    return "partial-truce" if kind == "ceasefire" and words & proposal_words().partial else kind


def _numbers(head: Token) -> frozenset[str]:
    """The numbers before the noun, with their measure: "30-day", "nine-for-nine"."""
    found: set[str] = set()
    for child in head.children:
        if child.i < head.i and child.dep_ in _BESIDE:
            number = next((t for t in child.subtree if t.like_num), None)
            if number is not None:
                found.add(f"{number.lower_} {child.lemma_.lower() if child.i != number.i else ''}".strip())
    return frozenset(found)


def _names(head: Token) -> Iterator[Token]:
    """The proper names before the noun: "Easter truce", "Black Sea ceasefire"."""
    for child in head.children:
        if child.dep_ in _BESIDE and child.i < head.i:
            known = proposal_words().topics
            yield from (t for t in child.subtree if t.pos_ == "PROPN" and t.lemma_.lower() not in known)


def _places(head: Token) -> Iterator[str]:
    """The proper names after it: "truce in Gaza"."""
    for child in head.children:
        if child.dep_ == "prep" and child.lower_ in ("in", "for", "over", "during"):
            yield from (t.lower_ for inner in child.children for t in inner.subtree if t.pos_ == "PROPN")


def _under_without(head: Token) -> bool:
    """Whether the noun stands after "without", also past what only carries it."""
    here = head
    for _ in range(4):
        if here.dep_ == "pobj" and here.head.lower_ == "without":
            return True
        if here.dep_ == "pobj" and here.head.lower_ in ("of", "on") and here.head.head.pos_ == "NOUN":
            here = here.head.head
        else:
            return False
    return False


def _infinitive(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)
