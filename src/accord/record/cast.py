"""Who is who: the actors of all readings, merged, and for each the party that it speaks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import msgspec

from accord.model.actor import Actor
from accord.model.reading import Reading
from accord.model.report import Report
from accord.model.vocabulary import states
from accord.record.identity.actors import ActorRule, ActorTraits, Entry, actor_traits, unite_actor
from accord.record.identity.names import fold
from accord.record.identity.scene import UNDATED
from accord.record.linking import Bonds, Linker
from accord.record.shelves import Backing, Shelf

_DEPTH = 4  # persons speak for bodies, bodies for states: longer chains are loops


class Known(msgspec.Struct, frozen=True, array_like=True):
    """What the rest of the record was last told of an actor of a reading."""

    one: str
    side: str
    person: bool
    kind: str  # of the party


class MergedActor(msgspec.Struct, frozen=True, array_like=True):
    """A merged actor and the ids that it was merged from."""

    members: tuple[str, ...]
    actor: Actor


class ActorStage:
    """Keeps the cast: put readings in and out, and learn which actors became others."""

    def __init__(self, backing: Backing | None = None) -> None:
        self.linker: Linker[ActorTraits] = Linker(ActorRule(), backing)
        self.merged: Shelf[MergedActor] = Shelf("actors/merged", MergedActor, backing)
        self._entries: Shelf[tuple[Entry, ...]] = Shelf("actors/entries", tuple[Entry, ...], backing)
        self._known: Shelf[Known] = Shelf("actors/known", Known, backing)
        self._speakers: Shelf[tuple[str, ...]] = Shelf("actors/speakers", tuple[str, ...], backing)
        self._of_report: Shelf[tuple[str, ...]] = Shelf("actors/of_report", tuple[str, ...], backing)

    def flush(self) -> None:
        """Hand what changed to the backing."""
        self.linker.flush()
        for shelf in (self.merged, self._entries, self._known, self._speakers, self._of_report):
            shelf.flush()

    def one(self, actor: str) -> str:
        """The id of the merged actor; what is no known actor's id stays as it is."""
        found = self._known.get(actor)
        return found.one if found else actor

    def side(self, actor: str) -> str:
        """The id of the merged party that the actor speaks for, or of the merged actor itself."""
        found = self._known.get(actor)
        return found.side if found else actor

    def is_person(self, actor: str) -> bool:
        """Whether the actor is a person."""
        found = self._known.get(actor)
        return found is not None and found.person

    def kind(self, actor: str) -> str:
        """The kind of the party that the actor speaks for, or an empty text."""
        found = self._known.get(actor)
        return found.kind if found else ""

    def has(self, actor: str) -> bool:
        """Whether some reading has an actor with this id."""
        return bool(self._entries.get(actor))

    def reports_of(self, actors: Iterable[str]) -> set[str]:
        """The reports in which some of these actors occur."""
        actors = list(actors)
        self._entries.load(actors)
        return {e.report for actor in actors for e in self._entries.get(actor) or ()}

    def load_report(self, reading: Reading) -> None:
        """Bring what is known of a reading's actors into memory in one go."""
        self._known.load(actor.id for actor in reading.actors)

    def replace(self, out: Iterable[str], put: Iterable[tuple[Report, Reading]]) -> set[str]:
        """Take the readings of some reports out and put others in; answer the actors that this touches."""
        put = list(put)
        out = sorted(set(out))
        self._of_report.load(out)
        touched: dict[str, list[Entry]] = {}
        dropped: dict[str, set[str]] = {}
        for report_id in out:
            for actor in self._of_report.get(report_id) or ():
                dropped.setdefault(actor, set()).add(report_id)
            self._of_report.drop(report_id)
        for report, reading in put:
            for entry in _entries(report, reading):
                touched.setdefault(entry.actor.id, []).append(entry)
            self._of_report.put(report.id, tuple(sorted({actor.id for actor in reading.actors})))
        changed = touched.keys() | dropped.keys()
        self._entries.load(changed)
        for actor in changed:
            gone = dropped.get(actor, set())
            kept = [e for e in self._entries.get(actor) or () if e.report not in gone]
            entries = sorted((*kept, *touched.get(actor, ())), key=lambda e: (e.place, e.report))
            if entries:
                self._entries.put(actor, tuple(entries))
            else:
                self._entries.drop(actor)
        return set(changed)

    def relink(
        self,
        touched: set[str],
        bonds: Bonds,
        amend: Callable[[Actor, tuple[str, ...]], Actor],
    ) -> set[str]:
        """Merge anew what is touched; answer the actors that now are another, speak for another or are no more."""
        self._entries.load(touched)
        self.linker.nodes.load(touched)
        removed, put = [], {}
        for actor in touched:
            entries = self._entries.get(actor)
            if not entries:
                removed.append(actor)
            else:
                put[actor] = actor_traits(entries)
        changes = self.linker.update(removed, put, bonds)
        for cluster in changes.gone:
            self.merged.drop(cluster)
        for actor in removed:
            self._known.drop(actor)
        stale = set(changes.made) | {c for actor in put if (c := self.linker.cluster_of(actor))}
        moved: set[str] = set(removed)
        self._index_speakers(touched)
        for _ in range(_DEPTH):
            fresh = self._unite(stale, amend)
            if not fresh:
                break
            moved |= fresh
            self._speakers.load(fresh)
            speakers = {s for actor in fresh for s in self._speakers.get(actor) or ()}
            stale = {c for s in speakers if (c := self.linker.cluster_of(s))}
        return moved

    def _index_speakers(self, touched: set[str]) -> None:
        """Note under each party which actors speak for it. Notes of readings that are gone do no harm."""
        found: dict[str, set[str]] = {}
        for actor in touched:
            for entry in self._entries.get(actor) or ():
                if entry.actor.party:
                    found.setdefault(entry.actor.party, set()).add(actor)
        self._speakers.load(found)
        for party, actors in found.items():
            known = set(self._speakers.get(party) or ())
            if not actors <= known:
                self._speakers.put(party, tuple(sorted(known | actors)))

    def _unite(self, clusters: set[str], amend: Callable[[Actor, tuple[str, ...]], Actor]) -> set[str]:
        """Unite these clusters anew; answer the actors of readings for which something changed."""
        self.linker.members.load(clusters)
        self._entries.load(a for c in clusters for a in self.linker.members[c])
        for cluster in sorted(clusters):
            members = self.linker.members[cluster]
            entries = (e for actor in members for e in self._entries.get(actor) or ())
            whole = amend(unite_actor(entries, cluster, self._cast), members)
            self.merged.put(cluster, MergedActor(members, whole))
        fresh = set()
        for cluster in sorted(clusters):
            found = self.merged[cluster]
            side = self._side(cluster)
            party = self.merged.get(side)
            now = Known(cluster, side, found.actor.kind == "person", party.actor.kind if party else "")
            self._known.load(found.members)
            for actor in found.members:
                if self._known.get(actor) != now:
                    self._known.put(actor, now)
                    fresh.add(actor)
        return fresh

    def _cast(self, actor: str) -> str:
        return self.linker.cluster_of(actor) or actor

    def _side(self, cluster: str) -> str:
        seen = [cluster]
        for _ in range(_DEPTH):
            found = self.merged.get(seen[-1])
            party = found.actor.party if found else None
            if party is None or party in seen:
                break
            seen.append(party)
        return seen[-1]

    def names_of(self, reading: Reading) -> list[tuple[str, str]]:
        """Every name of the reading's actors with their party's id; those of parties come last, as the last counts.

        A state's adjective and its people stand for it too.
        """
        self.load_report(reading)
        found: list[tuple[str, str]] = []
        for actor in sorted(reading.actors, key=lambda a: (self.side(a.id) == self.one(a.id), a.id)):
            state = states.by_code().get(actor.code or "")
            names = (*actor.aliases, actor.name, *((*state.demonyms, *state.people) if state else ()))
            found += ((name, self.side(actor.id)) for name in names if name[:1].isupper() or name[:1].isdigit())
        return found


def _entries(report: Report, reading: Reading) -> list[Entry]:
    day = report.published.isoformat() if report.published else UNDATED
    by_id: Mapping[str, Actor] = {actor.id: actor for actor in reading.actors}
    found: dict[str, Entry] = {}
    for i, actor in enumerate(reading.actors):
        party = by_id.get(actor.party) if actor.party else None
        sides = (party.code or fold(party.name),) if party else ()
        found.setdefault(actor.id, Entry(f"{day}|{report.id}|{i:04d}", report.id, actor, sides))
    return list(found.values())
