"""Who holds a lever over whom: the holder is who acts, the target what is acted on, or whose conduct decides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from accord.model.vocabulary.levers import lever_words
from accord.reading.context import Context
from accord.reading.events.arguments import VERBS, of_noun, of_verb
from accord.reading.levers.bargains import captives_before
from accord.reading.levers.pulls import Pull
from accord.reading.proposals.hands import Hands, is_forum
from accord.reading.supposed import conditional_clause

_MOST = 8
_CLAUSE_ENDS = ("relcl", "parataxis")
_RELATIVE = ("who", "which", "that")
_SUBJECTS = ("nsubj", "nsubjpass", "csubj")


class Ends:
    """Finds holder and target of a pull, as parties."""

    def __init__(self, context: Context, hands: Hands) -> None:
        self._context = context
        self._hands = hands

    def holders(self, pull: Pull) -> tuple[str, ...]:
        """The parties that hold it: the doer, else whose instrument it is, else who speaks."""
        if pull.price:
            return self._payers(pull)
        if not pull.suffered and not pull.befalls:
            for word in _doers(pull):
                found = self._first(word)
                if found:
                    return found
            for word in _doers(pull):  # "an official of the rebels' political wing"
                found = self._hands.at(*of_noun(word).after("with", "of", "from", "in"))
                if found and word.pos_ == "NOUN":
                    return found[:1]
        owned = () if pull.befalls else self._owners(pull)
        if owned:
            return owned
        if pull.cue.pos_ in VERBS and not of_verb(pull.cue).passive and pull.cue.i != pull.at.i and not pull.suffered:
            return ()  # somebody does it whom the parse does not name
        spoken = tuple(p for p in self._hands.speaker(pull.cue) if not self._is_person(p))
        return spoken or self._opening(pull)

    def _payers(self, pull: Pull) -> tuple[str, ...]:
        """Who gives what is given in exchange: whose it is, else the other side of the talks."""
        owned = self._owners(pull)
        if owned:
            return owned
        for word in (*_doers(pull), *(t for t in pull.at.subtree if t.i > pull.at.i)):
            for party in self._first(word):
                found = self._hands.counterpart(pull.at, party)
                if found:
                    return found
        return ()

    def _opening(self, pull: Pull) -> tuple[str, ...]:
        """With whom the sentence begins, where the parse shows no doer: "Egypt's strategy hinges on ... lead to"."""
        sentence = pull.at.sent
        for token in sentence[:3]:
            mention = self._context.mentions.covering(token)
            if mention is not None and not mention.locative and mention.end < pull.cue.left_edge.i:
                return self._hands.bound(mention.actors)[:1]
        return ()

    def _is_person(self, party: str) -> bool:
        return self._context.mentions.actor(party).kind == "person"

    def targets(self, pull: Pull, holder: str) -> tuple[str, ...]:
        """The parties over whom it is held."""
        for words in self._places(pull):
            found = tuple(p for p in self._hands.at(*words) if p != holder and not self._is_person(p))
            if found:
                return found
        return self._others(pull, holder)

    def is_observed(self, pull: Pull) -> bool:
        """Whether it stands in the words of somebody who binds no party."""
        around = self._context.attributions.around(pull.cue)
        if not around or not around[-1].speakers:
            return False
        speaker = around[-1].speakers[0]
        mentions = self._context.mentions
        actor = mentions.actor(speaker)
        return actor.observer or (mentions.party_of(speaker) is None and actor.kind != "unnamed")

    def _first(self, word: Token) -> tuple[str, ...]:
        if is_forum(word):
            own = self._hands.at(*of_noun(word).after("with", "between", "among"))
            return own[:1] or self._hands.at(word)[:1]
        return self._hands.at(word)

    def _owners(self, pull: Pull) -> tuple[str, ...]:
        """Whose an instrument is: "U.S. sanctions", "sanctions by the EU"."""
        noun = pull.at
        if noun.pos_ in VERBS:
            return ()
        for word in (noun, *(w for w in pull.path[:2] if w.pos_ == "NOUN")):
            around = of_noun(word)
            before = (m for m in around.modifiers if m.pos_ in ("PROPN", "ADJ"))
            found = self._hands.at(*around.after("by")) or self._hands.at(*before)
            if pull.worth == "harm" or pull.suffered:
                found = found or self._hands.at(*around.possessors) or self._hands.at(*around.after("from"))
            if found:
                return found
        return ()

    def _places(self, pull: Pull) -> Iterator[tuple[Token, ...]]:
        """The noun phrases where a target may stand, the surest first."""
        toward = lever_words().toward
        verb = pull.verb if pull.verb.pos_ in VERBS else None
        around = of_verb(verb) if verb is not None else None
        if pull.suffered and around is not None:
            yield around.subjects
        if pull.hit is not None:
            yield (pull.hit,)
        if pull.at.pos_ in VERBS:
            own = of_verb(pull.at)
            for place in pull.targets:
                yield own.objects if place == "obj" else own.after(place)
            if pull.instrument in ("prisoners", "recognition"):
                yield tuple(_inside(own.objects))
                yield tuple(_inside(filter(None, map(captives_before, own.objects))))
        else:
            for noun in (pull.at, *(w for w in pull.path if w.pos_ == "NOUN")):
                yield tuple(h for name in toward for h in of_noun(noun).after(name))
        if pull.told == "offer":  # "offered Cuba sanctions relief", parsed as one noun phrase
            words = (pull.at, *(w for w in pull.path if w.pos_ == "NOUN"))
            yield tuple(c for w in words for c in w.children if c.dep_ == "compound" and c.pos_ == "PROPN")
        if around is not None:
            yield tuple(c for c in verb.children if c.dep_ == "dative")  # type: ignore[union-attr]
            if pull.at.pos_ not in VERBS:
                yield around.after(*(name for name in toward if name != "with"))
        if pull.told_by is not None and pull.told_by.pos_ in VERBS:
            yield tuple(o for o in of_verb(pull.told_by).objects if o.i != pull.at.i)
            yield of_verb(pull.told_by).after("to", "against")
        yield tuple(_deciding(pull))
        for clause in _conditions(pull):
            yield from ((word,) for word in clause.subtree if word.pos_ == "PROPN")
        if pull.at.pos_ not in VERBS and pull.worth == "good":
            yield of_noun(pull.at).possessors

    def _others(self, pull: Pull, holder: str) -> tuple[str, ...]:
        """Else the next party named in the sentence, else the other side of the talks."""
        sentence = pull.at.sent
        speakers = {s for a in self._context.attributions.around(pull.cue) for s in a.speakers}
        condition = {t.i for c in _conditions(pull) for t in c.subtree}
        told = (t for t in sentence if t.i not in condition)
        near = sorted(told, key=lambda t: (t.i < pull.at.i, abs(t.i - pull.at.i)))
        for token in near:
            mention = self._context.mentions.headed_by(token)
            if token.head.i == pull.at.i and token.i < pull.at.i:
                continue  # "UN sanctions": whose they are
            if mention is None or mention.locative or set(mention.actors) & speakers:
                continue
            whole = self._hands.bound(mention.actors)
            if (
                len(whole) > 1
                and mention.form == "description"
                and holder not in whole
                and pull.instrument != "walk-out"
            ):
                continue  # "the two sides" of something else
            if token.lemma_.lower() in lever_words().captives:
                whole = self._hands.at(*of_noun(token).modifiers, *of_noun(token).possessors)
            found = tuple(p for p in whole if p != holder and not self._is_person(p))
            if found and pull.told_by is not token:
                return found[:2] if mention.form in ("description", "pronoun") else found[:1]
        return self._opposite(pull, holder)

    def _opposite(self, pull: Pull, holder: str) -> tuple[str, ...]:
        """The other side of the talks."""
        found = self._hands.counterpart(pull.at, holder)
        if not found and pull.instrument == "walk-out":
            found = self._hands.before(pull.at)  # a mediator leaves those between whom he mediates
        return tuple(p for p in found if not self._is_person(p))

    def is_aimed(self, pull: Pull) -> bool:
        """Whether an act without a word of threat is done to a party: "strike Iran", "recognise Georgia"."""
        doubtful = (pull.threat_only and pull.told is None) or pull.instrument == "recognition"
        if pull.bargain or pull.at.pos_ not in VERBS or not doubtful or "obj" not in pull.targets:
            return True
        objects = of_verb(pull.at).objects
        return bool(self._hands.at(*objects)) or bool(self._hands.at(*_inside(objects)))


def _doers(pull: Pull) -> Iterator[Token]:
    """The subjects from the word that tells the effect upward: of its own verb, then of what governs it."""
    here = pull.cue
    if here.pos_ not in VERBS:
        around = of_noun(here)
        if here.i != pull.at.i:
            yield from around.possessors
            yield from around.after("by")
        yield from around.subjects
    for _ in range(_MOST):
        if here.pos_ in VERBS:
            around = of_verb(here)
            yield from (s for s in around.subjects if s.i != pull.at.i)
            if here.dep_ == "relcl" and any(c.lower_ in _RELATIVE and c.dep_ == "nsubj" for c in here.children):
                return  # "countries that recognise it"
            yield from around.after("by") if around.passive else ()
        if here.head.i == here.i or here.dep_ in _CLAUSE_ENDS:
            return
        if here.dep_ == "acl" and here.head.dep_ in _SUBJECTS:
            return  # "any attempt to stop the flow would be"
        if here.dep_ == "ccomp" and any(c.dep_ in _SUBJECTS and c.i != pull.at.i for c in here.children):
            return
        here = here.head


def _inside(heads: Iterable[Token]) -> Iterator[Token]:
    """Whose the captives are, or who claims what is recognised: "Israeli hostages", "the sovereignty of Morocco"."""
    for head in heads:
        for word in head.subtree:
            captive = word.lemma_.lower() in lever_words().captives
            if word.dep_ in ("amod", "poss", "pobj", "compound", "nmod") and not captive:
                yield word


def _deciding(pull: Pull) -> Iterator[Token]:
    """Whose conduct decides, from the condition: "if Serbia refuses", "unless Putin's intentions are genuine"."""
    for clause in _conditions(pull):
        yield from (c for c in clause.children if c.dep_ in _SUBJECTS)


def _conditions(pull: Pull) -> Iterator[Token]:
    """The clauses that tell the condition, by their verbs."""
    here = pull.verb if pull.verb.pos_ in VERBS else pull.at
    for _ in range(_MOST):
        for child in here.children:
            if child.dep_ in ("advcl", "ccomp", "prep", "dep") and conditional_clause(child):
                yield child
        if here.head.i == here.i or here.dep_ in _CLAUSE_ENDS:
            return
        here = here.head
