"""The actors of one report while they are being found: made once, named, given roles, then frozen."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from accord.model.actor import Actor, ActorKind, Role, actor_id
from accord.model.vocabulary import organisations, states
from accord.model.vocabulary.organisations import Organisation
from accord.model.vocabulary.roles import Gender
from accord.model.vocabulary.states import State

LEADER = 2
"""The weight of a party that only the packaged list of leaders tells."""


@dataclass
class Draft:
    """An actor whose name is settled and whose aliases, roles and party still grow."""

    id: str
    name: str
    kind: ActorKind
    aliases: Counter[str] = field(default_factory=Counter)
    roles: list[Role] = field(default_factory=list)
    party: str | None = None
    party_weight: int = 0
    code: str | None = None
    observer: bool = False
    gender: Gender | None = None
    former: bool = False
    lone: bool = False  # leads on his own account
    several: bool = False  # some people who are quoted together

    @property
    def singular(self) -> bool:
        """Whether "he" or "she" can point to it."""
        return self.kind in ("person", "unnamed") and not self.several


class Registry:
    """All drafts of a report by id."""

    def __init__(self, published: str | None) -> None:
        self.drafts: dict[str, Draft] = {}
        self.published = published
        self._forms = organisations.by_form()
        self._within: dict[str, set[str]] = {}
        self._domestic: dict[str, list[str]] = {}

    def __getitem__(self, key: str) -> Draft:
        return self.drafts[key]

    def add(self, kind: ActorKind, name: str, canonical: str | None = None) -> Draft:
        """The draft of this kind and name, made if need be. `canonical` is what its id is worked out from."""
        key = actor_id(kind, canonical or name)
        return self.drafts.setdefault(key, Draft(key, name, kind))

    def state(self, name: str) -> Draft:
        """The draft of a state of the vocabulary (a community is a group)."""
        entry: State = states.by_name()[name]
        draft = self.add("group" if entry.community else "state", entry.name)
        draft.code = entry.code
        if entry.part_of is not None and draft.party is None and not entry.place:
            draft.party = None
        return draft

    def body(self, name: str) -> Draft:
        """The draft of a body of the vocabulary, with the state or body that it acts for."""
        entry: Organisation = self._forms[name]
        draft = self.add(entry.kind, entry.name)
        draft.observer = entry.observer
        if entry.speaks_for is not None and draft.party is None:
            draft.party = self.named(entry.speaks_for).id
        return draft

    def named(self, name: str) -> Draft:
        """The draft of a state or body of the vocabulary, whichever has this name."""
        return self.state(name) if name in states.by_name() else self.body(name)

    def domestic(self, state: str, what: str) -> Draft:
        """A party or body within a state that has no name of its own: "Kenyan opposition", "Kenyan parliament"."""
        entry = states.by_name()[state]
        adjective = entry.demonyms[0] if entry.demonyms else entry.name
        draft = self.add(
            "organisation",
            f"{adjective} {what}" if what in ("opposition", "parliament") else f"{adjective} {what.title()}",
        )
        if what != "opposition":
            draft.party = self.state(state).id
        self._within.setdefault(self.state(state).id, set()).add(draft.id)
        if draft.id not in self._domestic.setdefault(what, []):
            self._domestic[what].append(draft.id)
        return draft

    def only_domestic(self, what: str) -> str | None:
        """The one opposition, parliament or the like that has been told of so far; None for none or several."""
        told = self._domestic.get(what, [])
        return told[0] if len(told) == 1 else None

    def within(self, state: str) -> set[str]:
        """A state and its domestic parties without names of their own."""
        return {state, *self._within.get(state, ())}

    def armed_within(self, state: str, name: str) -> Draft:
        """An armed group of a state without a name of its own."""
        draft = self.add("armed-group", name)
        self._within.setdefault(state, set()).add(draft.id)
        return draft

    def is_elsewhere(self, draft: str, state: str) -> bool:
        """Whether an actor without a name of its own is of another state."""
        return any(draft in within for home, within in self._within.items() if home != state)

    def is_usual(self, draft: Draft) -> bool:
        """Whether the vocabulary lists a body among those of states, that "the bloc" and the like can mean."""
        entry = self._forms.get(draft.name)
        return entry is not None and entry.usual and not entry.observer

    def forms_of(self, draft: Draft) -> tuple[str, ...]:
        """Every form that the vocabulary has for a body; none for another actor."""
        entry = self._forms.get(draft.name)
        return entry.forms if entry is not None else ()

    def speak_for(self, draft: Draft, party: str | None, weight: int) -> None:
        """Let the draft speak for a party, unless better evidence already says for which."""
        if party is not None and party != draft.id and weight > draft.party_weight:
            party_draft = self.drafts[party]
            draft.party = party_draft.party if party_draft.kind == "person" else party
            draft.party_weight = weight

    def party_of(self, key: str) -> str | None:
        """The party bound when this actor acts: itself for a state or body."""
        draft = self.drafts[key]
        if draft.party is not None:
            return draft.party
        return None if draft.kind in ("person", "unnamed", "media") and not draft.lone else draft.id

    def actors(self, used: set[str]) -> list[Actor]:
        """The finished actors among `used`, and the parties they speak for."""
        keep = set(used)
        for key in used:
            party = self.drafts[key].party
            if party is not None:
                keep.add(party)
        return [self._finish(self.drafts[key]) for key in sorted(keep)]

    def _finish(self, draft: Draft) -> Actor:
        canonical, name = draft.name, self._best_name(draft)
        aliases = {form for form in draft.aliases if form != name} | ({canonical} - {name})
        return Actor(
            id=draft.id,
            name=name,
            kind=draft.kind,
            aliases=tuple(sorted(aliases)),
            roles=tuple(dict.fromkeys(draft.roles)),
            party=draft.party,
            code=draft.code,
            observer=draft.observer,
        )

    def _best_name(self, draft: Draft) -> str:
        """The vocabulary's name, unless that is an acronym that the report never uses: then its fullest form there."""
        entry = self._forms.get(draft.name)
        if entry is None or entry.usual or draft.kind in ("state", "person") or not draft.aliases:
            return draft.name
        if draft.name.casefold() in {form.casefold() for form in draft.aliases}:
            return draft.name
        forms = [form for form in draft.aliases if form in self._forms]
        acronyms = sorted(form for form in forms if form.isupper())
        if acronyms:
            return acronyms[0]
        if not draft.name.isupper() and "-" not in draft.name:
            return draft.name
        if not forms:
            return draft.name
        fullest = max(forms, key=lambda form: (len(form.split()), draft.aliases[form], form))
        return f"{fullest}s" if f"{fullest}s" in self._forms else fullest  # "Tamil Tiger rebels" are the Tamil Tigers
