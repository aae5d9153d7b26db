"""Whose step it is: the states, organisations and factions behind subjects, talks and "both sides"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from accord.model.vocabulary.proposals import proposal_words
from accord.reading.context import Context
from accord.reading.events.arguments import of_noun, of_verb
from accord.reading.events.roles import Parties

_NOBODY = frozenset({"unnamed", "media"})
_BETWEEN = ("between", "among", "amongst", "with", "involving", "of")
_FARTHEST = 260  # tokens back to the talks that "the talks" takes up


class Hands:
    """Who acts, as parties: the state, body or faction bound, or a person who is bound to none."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._parties = Parties(context)
        self._forums = tuple(self._find_forums())

    @property
    def met(self) -> bool:
        """Whether the report tells of talks between parties."""
        return bool(self._forums)

    def bound(self, actors: Iterable[str]) -> tuple[str, ...]:
        """The parties that these actors bind, each once, in order; a person who binds none stands for himself."""
        mentions = self._context.mentions
        found: list[str] = []
        for one in actors:
            actor = mentions.actor(one)
            party = mentions.party_of(one)
            if party is None:
                if actor.kind in _NOBODY:
                    continue
                party = one
            if party not in found:
                found.append(party)
        return tuple(found)

    def named(self, words: Iterable[Token]) -> tuple[str, ...]:
        """The persons named by these words."""
        mentions = self._context.mentions
        found = (a for w in words for a in mentions.who(w) if mentions.actor(a).kind == "person")
        return tuple(dict.fromkeys(found))

    def at(self, *words: Token) -> tuple[str, ...]:
        """The parties at these words; for talks and meetings those who take part."""
        found: list[str] = []
        for word in words:
            here = self.participants(word) if is_forum(word) else self._called(word)
            found.extend(p for p in here if p not in found)
        return tuple(found)

    def described(self, words: Iterable[Token]) -> bool:
        """Whether parties are told by a description or pronoun only: "the two sides", "they"."""
        found = [self._context.mentions.headed_by(w) for w in words]
        return bool(found) and all(m is not None and m.form in ("description", "pronoun") for m in found)

    def _called(self, word: Token) -> tuple[str, ...]:
        """The parties at a word, by the name beside it where it only describes: "a rebel group, the ELN"."""
        mention = self._context.mentions.headed_by(word)
        if mention is None or mention.form != "name":
            for other in word.children:
                if other.dep_ == "appos" and other.pos_ == "PROPN" and (found := self._context.mentions.who(other)):
                    return self.bound(found)
        return self.bound(self._parties.at(word))

    def named_at(self, word: Token) -> tuple[str, ...]:
        """The parties of the mention that holds this word."""
        mention = self._context.mentions.covering(word)
        return self.bound(mention.actors) if mention is not None else ()

    def speaker(self, word: Token) -> tuple[str, ...]:
        """The party in whose words `word` stands, or ()."""
        around = self._context.attributions.around(word)
        return self.bound(around[-1].speakers[:1]) if around else ()

    def participants(self, forum: Token) -> tuple[str, ...]:
        """Who takes part in the talks at `forum`: as told there, or of the latest talks told before."""
        own = self._own(forum)
        if len(own) > 1:
            return own
        for at, parties in reversed(self._forums):
            if forum.i - _FARTHEST < at < forum.i and (not own or own[0] in parties):
                return parties
        return own

    def latest(self, word: Token) -> tuple[str, ...]:
        """Who took part in the talks told last before `word`, in its sentence or the one before."""
        first = word.sent.start
        first = word.doc[first - 1].sent.start if first else first
        return next((p for at, p in reversed(self._forums) if first <= at < word.i), ())

    def before(self, word: Token) -> tuple[str, ...]:
        """Who took part in the talks told last before `word`, however far back."""
        return next((parties for at, parties in reversed(self._forums) if at < word.i), ())

    def counterpart(self, word: Token, party: str) -> tuple[str, ...]:
        """The other side of the talks with this party told last before `word`, or first after it."""
        before = [parties for at, parties in self._forums if at < word.i and party in parties]
        after = [parties for at, parties in self._forums if at >= word.i and party in parties]
        found = before[-1] if before else after[0] if after else ()
        return tuple(p for p in found if p != party)

    def _find_forums(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        verbs = proposal_words().forum_verbs
        for word in self._context.document.doc:
            pos = word.pos_
            if pos in ("NOUN", "PROPN"):
                if not is_forum(word):
                    continue
                found = self._own(word)
            elif pos == "VERB" and word.lemma_.lower() in verbs:
                around = of_verb(word)
                found = self.bound(
                    self._parties.of((*around.subjects, *around.objects, *around.after("with", "between")))
                )
            else:
                continue
            if len(found) > 1:
                yield word.i, found

    def _own(self, forum: Token) -> tuple[str, ...]:
        around = of_noun(forum)
        words = (*around.possessors, *around.modifiers, *around.after(*_BETWEEN), *around.subjects)
        own = self.bound(self._parties.of(words))
        if len(own) < 2 and any(p.tag_ == "PRP$" for p in around.possessors):
            return self.bound(self._parties.of(_clause_subjects(forum))) or own
        return own

    def joined(self, word: Token) -> tuple[str, ...]:
        """The parties joined in one token: "U.S.-Ukraine"."""
        if "-" not in word.text and "–" not in word.text:
            return ()
        parts = word.text.replace("–", "-").split("-")
        found = [a.id for part in parts for a in self._context.mentions.actors if part in (a.name, *a.aliases)]
        return self.bound(found) if len(found) == len(parts) > 1 else ()


def _clause_subjects(word: Token) -> tuple[Token, ...]:
    """The subjects of the clause that the word stands in: "during their talks, the two presidents"."""
    here = word
    while here.dep_ not in ("ROOT", "ccomp", "advcl", "relcl", "conj") and here.head.i != here.i:
        here = here.head
    return of_verb(here).subjects if here.pos_ in ("VERB", "AUX") else ()


def is_forum(word: Token) -> bool:
    """Whether the word is a meeting or talks: "negotiations", "summit", also "days of talks"."""
    if word.pos_ not in ("NOUN", "PROPN"):
        return False
    if word.lemma_.lower() in proposal_words().forums:
        return True
    if word.i + 1 >= len(word.doc) or word.nbor(1).lower_ != "of":
        return False
    return any(
        inner.lemma_.lower() in proposal_words().forums
        for of in word.children
        if of.lower_ == "of"
        for inner in of.children
    )
