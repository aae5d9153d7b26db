"""Who is meant where: the one answer that every extractor asks for.

`actors.py` finds the mentions; this file holds what they are and how they are asked.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Token

from accord.model.actor import Actor
from accord.model.vocabulary.states import by_code

MentionForm = Literal["name", "description", "pronoun", "people", "quoted"]
"""How somebody is mentioned: by name, by description or title ("the vice president"), by pronoun, as a
people or its adjective ("Russian officials"), or as the first or second person of a quotation."""


@dataclass(frozen=True)
class Mention:
    """Tokens `start` to `end` (excluded), headed by `head`, mean `actors` (several for "both sides").

    `heads` are further tokens that lead to this mention when a parse takes one of them for the head ("Kremlin
    spokesman Dmitry Peskov"). `locative`: a state named as a place ("in Ukraine").
    """

    start: int
    end: int
    head: int
    actors: tuple[str, ...]
    form: MentionForm
    why: str = ""
    heads: tuple[int, ...] = ()
    locative: bool = False


class Mentions:
    """All mentions of a report, asked by token.

    `sides` are the two parties that the report most often sets beside or against each other (for "the talks" without
    a name beside them), `home` the state that it speaks of most; empty and None where it shows none. `lone` are persons
    who lead on their own account and so are parties themselves.
    """

    def __init__(
        self,
        actors: Iterable[Actor],
        mentions: Iterable[Mention],
        *,
        sides: tuple[str, ...] = (),
        home: str | None = None,
        genders: Mapping[str, str] | None = None,
        lone: Iterable[str] = (),
    ) -> None:
        self.sides = sides
        self._lone = frozenset(lone)
        self.home = home
        self._genders = dict(genders or {})
        self._actors = {actor.id: actor for actor in actors}
        self.all = tuple(sorted(mentions, key=lambda m: (m.start, -m.end)))
        self._by_head: dict[int, Mention] = {}
        self._by_token: dict[int, Mention] = {}
        for mention in self.all:
            self._by_head.setdefault(mention.head, mention)
            for i in range(mention.start, mention.end):
                self._by_token[i] = mention  # sorted outermost first: the innermost stays
        for mention in self.all:
            for head in mention.heads:
                self._by_head.setdefault(head, mention)

    def revised(self, made: Iterable[Mention]) -> Mentions:
        """The same mentions with others put in; one with the head of an earlier one takes its place.

        A mention without actors only removes what stood there.
        """
        new = {mention.head: mention for mention in made}
        kept = [mention for mention in self.all if mention.head not in new or mention.end - mention.start > 1]
        found = [*kept, *(mention for mention in new.values() if mention.actors)]
        return Mentions(
            self._actors.values(),
            found,
            sides=self.sides,
            home=self.home,
            genders=self._genders,
            lone=self._lone,
        )

    def before(self, token: int, count: int) -> tuple[Mention, ...]:
        """The last so many mentions that begin before token `token`, the nearest first."""
        at = bisect_left(self.all, token, key=lambda m: m.start)
        return tuple(reversed(self.all[max(0, at - count) : at]))

    def gender(self, actor_id: str) -> str | None:
        """ "she" or "he" where the report itself tells how it speaks of a person, else None."""
        return self._genders.get(actor_id)

    @property
    def actors(self) -> tuple[Actor, ...]:
        """Every actor of the report, by name."""
        return tuple(sorted(self._actors.values(), key=lambda a: (a.name, a.id)))

    def actor(self, actor_id: str) -> Actor:
        """The actor with this id. Raises KeyError for an id that is not of this report."""
        return self._actors[actor_id]

    def headed_by(self, token: Token) -> Mention | None:
        """The mention whose head is this token."""
        return self._by_head.get(token.i)

    def covering(self, token: Token) -> Mention | None:
        """The innermost mention that holds this token."""
        return self._by_token.get(token.i)

    def who(self, token: Token) -> tuple[str, ...]:
        """The actors that the noun phrase headed by `token` stands for, its conjuncts included; () for none."""
        found: list[str] = []
        for word in (token, *token.conjuncts, *self._beyond_state(token)):
            mention = self._by_head.get(word.i)
            if mention is not None:
                found.extend(a for a in mention.actors if a not in found)
        return tuple(found)

    def _beyond_state(self, token: Token) -> Iterator[Token]:
        """Persons hung on the state of the first: "Sarkisian of Armenia and Azerbaijan's Ilham Aliyev"."""
        if not self._person(token):
            return
        for preposition in token.children:
            if preposition.dep_ == "prep" and preposition.lower_ == "of":
                for state in (c for c in preposition.children if c.dep_ == "pobj" and not self._person(c)):
                    yield from (word for word in state.conjuncts if self._person(word))

    def _person(self, token: Token) -> bool:
        mention = self._by_head.get(token.i)
        return mention is not None and any(self._actors[a].kind == "person" for a in mention.actors)

    def is_place(self, actor_id: str) -> bool:
        """Whether this is a region, known by a name of its own, that is no party to anything."""
        state = by_code().get(self._actors[actor_id].code or "")
        return state is not None and state.place

    def party_of(self, actor_id: str) -> str | None:
        """The party bound when this actor speaks: itself for a state or body, the party spoken for of a person."""
        actor = self._actors[actor_id]
        if actor.party is not None:
            return actor.party
        if self.is_place(actor_id):
            return None
        if actor_id in self._lone:
            return actor_id
        return None if actor.kind in ("person", "unnamed", "media") else actor.id
