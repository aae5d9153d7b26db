"""Who did it to whom: actors and recipients of an act, from its arguments and the mentions of the report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from accord.model.vocabulary.events import Trigger, event_words
from accord.reading.context import Context
from accord.reading.events.arguments import VERBS, Arguments, of_verb
from accord.reading.events.counting import deep

_TOWARDS = ("on", "against", "to", "at", "toward", "towards", "upon", "with", "for", "from", "into", "over")
_LAST = ("of", "about", "in")
_PARTNERS = ("with", "between", "among", "amongst", "and", "by", "from", "alongside", "to", "involving", "of")
_KIND_OF = {"person": "PERSON", "state": "STATE", "group": "STATE"}


class Parties:
    """Who a word stands for, looking into its noun phrase: "Russian troops", "the government of Sudan"."""

    def __init__(self, context: Context) -> None:
        self._mentions = context.mentions
        self._known: dict[int, tuple[str, ...]] = {}

    def at(self, word: Token) -> tuple[str, ...]:
        """The actors that the noun phrase headed by `word` stands for or belongs to."""
        if word.i not in self._known:
            self._known[word.i] = _unique(self._speaking_for(a) for a in self._look(word) if not self._medium(a))
        return self._known[word.i]

    def _speaking_for(self, actor: str) -> str:
        """The party of somebody who is only described: "a senior Georgian official" acts for Georgia."""
        if self._mentions.actor(actor).kind == "unnamed":
            return self._mentions.party_of(actor) or actor
        return actor

    def _medium(self, actor: str) -> bool:
        return self._mentions.actor(actor).kind == "media"

    def media(self, words: Iterable[Token]) -> bool:
        """Whether one of the words names a newspaper, broadcaster or agency."""
        return any(self._medium(a) for w in words for a in self._mentions.who(w))

    def acting(self, actors: Iterable[str]) -> tuple[str, ...]:
        """Those of the actors who can act: no region known as a place only."""
        return _unique(a for a in actors if not self._mentions.is_place(a))

    def kinds(self, word: Token) -> frozenset[str]:
        """The kinds of actor at this word: PERSON, STATE, PARTY (any); OWNED where it only belongs to one."""
        found = self.at(word)
        if not found:
            return frozenset()
        if not self.itself(word):
            return frozenset({"OWNED"})  # only belongs to somebody: "his decision" is no person
        kinds = {_KIND_OF.get(self._mentions.actor(a).kind, "PARTY") for a in found}
        return frozenset({"PARTY", *kinds})

    def itself(self, word: Token) -> tuple[str, ...]:
        """The actors that the noun phrase headed by `word` stands for, not those to whom it only belongs."""
        head = deep(word)
        return self._mentions.who(word) or (self._mentions.who(head) if head.i != word.i else ())

    def _look(self, word: Token) -> tuple[str, ...]:
        found = self.itself(word)
        if not found:
            return _unique(self._within(deep(word)))
        return _unique((*self._beside(word), *found))

    def _beside(self, word: Token) -> Iterator[str]:
        """Who is joined by "and" but hung on the noun: "Kiir and Vice President Machar", "army and rebel forces"."""
        for child in word.children:
            if child.dep_ == "nmod" and any(c.dep_ == "cc" for c in child.children):
                named, found = child.pos_ == "PROPN", self._mentions.who(child)
                yield from (a for a in found if (self._mentions.actor(a).kind == "person") == named)

    def others(self, actors: Iterable[str], doers: Iterable[str]) -> tuple[str, ...]:
        """Those of the actors who are not of the doers' own side: "the minister warned that the army would strike"."""
        own = {self._mentions.party_of(d) or d for d in doers}
        return tuple(a for a in actors if (self._mentions.party_of(a) or a) not in own)

    def unnamed(self, actors: Iterable[str]) -> bool:
        """Whether all of these are only described: "its ambassador"."""
        return all(self._mentions.actor(a).kind == "unnamed" for a in actors)

    def _within(self, head: Token) -> Iterator[str]:
        for child in head.children:
            if child.dep_ in ("compound", "amod", "nmod", "poss") and child.i < head.i:
                yield from self._mentions.who(child)
                mention = self._mentions.covering(child)
                if mention is not None and mention.start <= child.i < mention.end <= head.i + 1:
                    yield from mention.actors
        for child in head.children:
            if child.dep_ == "prep" and child.lower_ in ("of", "from", "by"):
                for inner in child.children:
                    if inner.dep_ == "pobj":
                        yield from self._mentions.who(inner)
        for child in head.children:
            if child.dep_ == "conj":
                yield from self.at(child)

    def of(self, words: Iterable[Token]) -> tuple[str, ...]:
        """The actors of several words, each once, in order."""
        return _unique(a for w in words for a in self.at(w))


def _unique(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found))


def roles(trigger: Trigger, around: Arguments, parties: Parties) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The actors and the recipients of an act."""
    sides = _of_noun(trigger, around, parties) if trigger.pos == "NOUN" else _of_verb(trigger, around, parties)
    actors, recipients = parties.acting(sides[0]), sides[1]
    if trigger.frame == "mutual":
        return _unique((*actors, *parties.acting(recipients))), ()
    if trigger.frame == "undergo":
        actors, recipients = recipients, actors
    return actors, tuple(r for r in recipients if r not in actors)


def _of_verb(trigger: Trigger, around: Arguments, parties: Parties) -> tuple[tuple[str, ...], tuple[str, ...]]:
    actors = parties.of(s for s in around.subjects if parties.itself(s) or not _thing(s))
    if trigger.frame == "mutual":
        partners = (*around.objects, *around.after(*_PARTNERS), *_under(around.objects, _PARTNERS))
        inner = [c for c in around.clauses if c.dep_ == "xcomp" and c.pos_ in VERBS] if trigger.type == "AGREE" else []
        if trigger.type == "CONSULT":  # "met in Brussels to discuss it with the president"
            inner = [c for c in around.word.children if c.dep_ in ("advcl", "xcomp") and _converses(c)]
        further = [w for c in inner for a in (of_verb(c),) for w in (*a.after("with"), *_under(a.objects, ("with",)))]
        return actors, parties.of((*partners, *further))  # "agreed to resume talks with the rebels"
    ways = (parties.others(recipients, actors) for recipients in _recipients(trigger, around, parties))
    found = [recipients for recipients in ways if recipients]
    named = next((r for r in found if not parties.unnamed(r)), None)
    return actors, named or (found[0] if found else ())


def _converses(verb: Token) -> bool:
    return any(
        t.type == "CONSULT" and t.frame == "mutual" for t in event_words().by_lemma.get(("VERB", verb.lemma_), ())
    )


def _thing(noun: Token) -> bool:
    """Whether a noun is a matter that does nothing itself, whoever stands before it: "the Syrian ceasefire"."""
    classes, lemma = event_words().classes, noun.lemma_.lower()
    return lemma in classes["deal"] or lemma in classes["truce"] or lemma in classes["talks"]


def _recipients(trigger: Trigger, around: Arguments, parties: Parties) -> Iterator[tuple[str, ...]]:
    """The ways to say to whom, the plainest first."""
    yield _unique(a for o in around.objects for a in parties.itself(o))
    if trigger.particles:
        yield parties.of(around.after(*trigger.particles))
    yield parties.of(_clause_subjects(around, around.word))
    yield parties.of(_under(around.objects, (*_TOWARDS, "of")))
    yield _towards(around, parties)
    yield _of_complement(around, parties)
    yield parties.of(around.objects)
    yield _inside(around.objects, parties)


def _of_complement(around: Arguments, parties: Parties) -> tuple[str, ...]:
    """To whom it would be done: "threatened to attack the village", "refused to extradite him to Spain"."""
    for clause in around.clauses:
        if clause.dep_ == "xcomp" and clause.pos_ in VERBS:
            inner = of_verb(clause)
            found = _unique(a for o in inner.objects for a in parties.itself(o)) or _towards(inner, parties)
            if found:
                return found
    return ()


def _towards(around: Arguments, parties: Parties) -> tuple[str, ...]:
    for name in (*_TOWARDS, *_LAST):
        found = parties.of(around.after(name))
        if found:
            return found
    return ()


def _under(nouns: Iterable[Token], names: tuple[str, ...]) -> Iterator[Token]:
    """What hangs on nouns by these prepositions: "held talks with", "launched an attack on"."""
    for noun in nouns:
        for child in noun.children:
            if child.dep_ == "prep" and child.lower_ in names:
                yield from (c for c in child.children if c.dep_ == "pobj")


def _inside(objects: Iterable[Token], parties: Parties) -> tuple[str, ...]:
    """Who is named in the noun phrases of the objects: "criticised the government's decision on Kashmir"."""
    found: list[str] = []
    for word in objects:
        for inner in word.subtree:
            if inner.dep_ in ("poss", "pobj", "compound", "amod") and not found:
                found.extend(parties.at(inner))
    return _unique(found)


def _clause_subjects(around: Arguments, word: Token) -> Iterator[Token]:
    for clause in around.clauses:
        for child in clause.children:
            if child.dep_ in ("nsubj", "nsubjpass") and child.i > word.i:
                yield child


def _of_noun(trigger: Trigger, around: Arguments, parties: Parties) -> tuple[tuple[str, ...], tuple[str, ...]]:
    owners = parties.of(around.possessors) or parties.of(m for m in around.modifiers if parties.kinds(m))
    of = parties.of(around.after("of"))
    agents = parties.of(around.after("by"))
    if trigger.frame == "mutual":
        both = parties.of((*around.subjects, *around.company)), owners, agents, of, parties.of(around.after(*_PARTNERS))
        return _unique(a for side in both for a in side), ()
    actors = agents or parties.of(around.subjects)
    if trigger.possessor == "recipient":
        recipients = owners
    else:
        actors, recipients = actors or owners, ()
        recipients = owners if actors != owners else ()
    if trigger.of == "actor":
        actors = actors or of
    else:
        recipients = recipients or (of if of != actors else ())
    if not actors:
        actors = parties.of(around.after("from", "between"))
    towards = tuple((n, h) for n, h in around.prepositions if n in (*_TOWARDS, "about", "in") and n != "from")
    recipients = recipients or parties.of(around.objects) or parties.of(h for _, h in towards)
    return actors, recipients
