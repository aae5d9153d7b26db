"""The actors of a model's answers: only those whose names the report has, under the names that Accord gives them."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from accord.model.actor import Actor, ActorKind, actor_id
from accord.model.vocabulary import organisations, states
from accord.model.vocabulary.matching import matching
from accord.model.vocabulary.states import State
from accord.reading.llm.forms import Named
from accord.reading.llm.haystack import Haystack

_LONGEST = 100
_APOSTROPHES = str.maketrans(dict.fromkeys("‘’ʼ`", "'"))


class Cast:
    """Who is who in one report, from the actors that the answers about it name."""

    def __init__(self, haystack: Haystack, named: Iterable[Named]) -> None:
        self._haystack = haystack
        self._told: dict[str, Named] = {}
        for one in named:
            self._told.setdefault(_plain(one.name), one)
        self._surnames: dict[str, set[str]] = {}
        for name, one in self._told.items():
            if one.kind == "person" and " " in name and haystack.names(name):
                self._surnames.setdefault(name.rpartition(" ")[2], set()).add(name)
        self._found: dict[str, Actor | None] = {}
        self.used: dict[str, Actor] = {}

    def find(self, name: str) -> str | None:
        """The id of the actor of this name; None where the report does not name it."""
        plain = _plain(name)
        if plain not in self._found:
            self._found[plain] = self._make(plain)
        actor = self._found[plain]
        if actor is None:
            return None
        known = self.used.get(actor.id)
        if known is not None and known != actor:
            aliases = tuple(sorted({*known.aliases, *actor.aliases}))
            actor = msgspec.structs.replace(known, aliases=aliases, party=known.party or actor.party)
        self.used[actor.id] = self._found[plain] = actor
        if actor.party is None and (party := self._party(plain, actor)):
            self._found[plain] = self.used[actor.id] = msgspec.structs.replace(actor, party=party)
        return actor.id

    def binds(self, actor: str) -> str:
        """The party that is bound when this actor takes a stand: whom it speaks for, or itself."""
        return self.used[actor].party or actor

    def _party(self, name: str, actor: Actor) -> str | None:
        """Whom a person or body speaks for, as the model has it, where the report names that party."""
        told = self._told.get(name)
        if told is None or not told.party or actor.kind == "state" or _plain(told.party) == name:
            return None
        party = self._found.get(_plain(told.party)) or self._make(_plain(told.party))
        if party is None or party.kind == "person" or party.id == actor.id:
            return None
        self._found[_plain(told.party)] = party
        self.used.setdefault(party.id, party)
        return party.id

    def _make(self, name: str) -> Actor | None:
        if not 0 < len(name) <= _LONGEST or not name.isprintable() or _is_empty(name):
            return None
        state = states.names().get(name) or states.capitals().get(name) or states.peoples().get(name)
        seat = organisations.seat_names().get(name)
        state = state or states.by_name().get(seat or "")
        if state is not None:
            return _state(state) if any(map(self._haystack.names, _forms(state))) else None
        body = organisations.by_form().get(seat or name)
        if body is not None:
            forms = (*body.forms, name)
            return _actor(body.kind, body.name, name) if any(map(self._haystack.names, forms)) else None
        return self._other(name)

    def _other(self, name: str) -> Actor | None:
        """A person or body that the vocabulary does not know, by the fullest name that the report has."""
        full = self._surnames.get(name, set())
        if len(full) == 1 and self._kind(name) in ("person", "organisation"):
            return _actor("person", next(iter(full)), name)
        kind = self._kind(name)
        if kind == "person":
            words = name.split()
            # the model knows the given name, the report has the surname alone
            tails = (" ".join(words[i:]) for i in range(len(words)))
            name = next((t for t in tails if t[:1].isupper() and self._haystack.names(t) and not _is_empty(t)), "")
            return _actor(kind, name) if name else None
        return _actor(kind, name) if self._haystack.names(name) else None

    def _kind(self, name: str) -> ActorKind:
        told = self._told.get(name)
        if told is not None:
            return told.kind
        words = name.split()
        if not all(word[:1].isupper() for word in words):
            return "group"
        return "person" if 1 < len(words) < 5 else "organisation"


def _plain(name: str) -> str:
    """The name without an article before it or a possessive after it, white space single."""
    words = " ".join(name.split()).translate(_APOSTROPHES)
    return words.removesuffix("'s").removesuffix("'").removeprefix("the ").removeprefix("The ")


def _is_empty(name: str) -> bool:
    """Whether a name has no word that names: pronouns, "the president", digits."""
    stop = matching().words.stop | matching().names.titles
    words = re.findall(r"[^\W\d_]+", name.casefold())
    return all(word in stop or len(word) < 2 for word in words)


def _forms(state: State) -> tuple[str, ...]:
    seats = (name for name, owner in organisations.seat_names().items() if owner == state.name)
    return (state.name, *state.aliases, *state.capitals, *state.demonyms, *state.people, state.official, *seats)


def _state(state: State) -> Actor:
    kind: ActorKind = "group" if state.community else "state"
    return Actor(id=actor_id(kind, state.name), name=state.name, kind=kind, code=state.code)


def _actor(kind: ActorKind, name: str, other: str | None = None) -> Actor:
    aliases = (other,) if other and other != name else ()
    return Actor(id=actor_id(kind, name), name=name, kind=kind, aliases=aliases)
