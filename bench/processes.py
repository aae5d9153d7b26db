"""Synthetic peace processes with known truth: what happened, and reports that tell it in many ways.

Each process has parties with officials, a year of events, propositions on which the parties take stances, and
outlets that spell names in their own ways, leave things out, date things coarsely, err, and copy each other. The
readings are what a reader would find in the reports, its errors included. Everything comes from one seed.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from random import Random
from typing import Any

from accord.model.actor import Actor, actor_id
from accord.model.evidence import Evidence, Span
from accord.model.findings import Event, Figure, Position, Statement
from accord.model.ids import content_id
from accord.model.reading import Reading
from accord.model.report import Report
from accord.model.when import When

START = dt.date(2031, 1, 1)
READER = "synthetic/1"

GIVEN = (
    ("Mohammed", "Muhammad", "Mohamed"),
    ("Yusuf", "Yousef", "Youssef"),
    ("Dmitry", "Dmitri", "Dmitriy"),
    ("Alexei", "Aleksey", "Alexey"),
    ("Serhat",),
    ("Ibrahim", "Ebrahim"),
    ("Mikhail", "Michail"),
    ("Katarina", "Katharina"),
    ("Leyla", "Laila"),
    ("Tesfaye", "Tesfay"),
    ("Amina", "Aminah"),
    ("José", "Jose"),
    ("Zoran",),
    ("Nikola",),
    ("Farid", "Fareed"),
    ("Grace",),
    ("Peter",),
    ("Aung",),
    ("Marta",),
    ("Olivier",),
)
SURNAMES = (
    ("Karimov", "Karimow", "Kerimov"),
    ("Haddad",),
    ("Zubairi", "Zubayri"),
    ("Petrenko", "Petrenka"),
    ("Volsky", "Volskyy", "Volskiy"),
    ("Aslanyan", "Aslanian"),
    ("Dagher",),
    ("Mensah",),
    ("Okello",),
    ("Khoury", "Khouri"),
    ("Lindqvist",),
    ("Marković", "Markovic"),
    ("Tadesse", "Tadese"),
    ("Quadri", "Kadri"),
    ("Restrepo",),
    ("Wanjiru",),
    ("Thein",),
    ("Bakiev", "Bakiyev"),
    ("Sayegh",),
    ("Moreau",),
    ("Castellanos",),
    ("Dushku",),
    ("Yermolenko", "Ermolenko"),
    ("Salman",),
    ("Gbagbo",),
    ("Novak", "Novák"),
    ("Hoxha",),
    ("Idris", "Idriss"),
    ("Sharif", "Shareef"),
    ("Tanaka",),
)
STATES = (
    "Norland", "Sudland", "Westmark", "Ostria", "Velania", "Caldera", "Marovia", "Tessaly", "Kirovia", "Ambara",
    "Dorrin", "Elbonia", "Ferrania", "Galdor", "Hesperia", "Istria Nova", "Jurania", "Kaldia", "Lothar", "Mirania",
    "Nembia", "Orsinia", "Pontevia", "Qumar", "Ruritania", "Syldavia", "Taronia", "Uqbar", "Vulgaria", "Zembla",
)  # fmt: skip
BODIES = ("Liberation Front", "People's Army", "Resistance Council", "Patriotic Movement", "Defence Committee")
TOWNS = (
    "Arvika", "Belmare", "Corvo", "Dunholm", "Estrel", "Farrow", "Gorsk", "Harlan", "Ilmen", "Jastrow", "Kestrel",
    "Lumos", "Morava", "Neston", "Orlik", "Pirna", "Quint", "Rosh", "Selby", "Tarn", "Ulm", "Varna", "Wexford",
)  # fmt: skip
TOPICS = (
    "the exchange of prisoners", "the withdrawal of heavy weapons", "a permanent ceasefire", "the border crossings",
    "humanitarian corridors", "the return of refugees", "power sharing", "the status of the eastern districts",
    "demining", "elections under international monitoring", "oil revenues", "the release of hostages",
    "constitutional reform", "the disarming of militias", "compensation for victims", "gas deliveries",
)  # fmt: skip
# what each kind of act is told like; {a} does it to or with {b}
TELLINGS: dict[str, tuple[str, ...]] = {
    "CONSULT": (
        "{a} met {b}{at}{when} to discuss {topic}",
        "{a} and {b} held talks{at}{when} on {topic}",
        "Negotiators of {a} and {b} sat down{at}{when}",
        "{topic} was on the table when {a} received {b}{at}{when}",
        "A meeting between {a} and {b}{at}{when} centred on {topic}",
        "{a} conferred with {b}{when}",
    ),
    "AGREE": (
        "{a} and {b} signed an agreement on {topic}{at}{when}",
        "{a} reached a deal with {b} over {topic}{when}",
        "An accord about {topic} was concluded by {a} and {b}{at}{when}",
        "{a} and {b} shook hands on {topic}{when}",
    ),
    "ASSAULT": (
        "{a} shelled {site}{when}, killing {n} people",
        "{n} people died when forces of {a} struck {site}{when}",
        "{a} bombarded {site}{when} and hit positions of {b}",
        "Rockets fired by {a} landed in {site}{when}; {n} civilians were killed",
        "{a} attacked troops of {b} near {site}{when}",
    ),
    "REQUEST": (
        "{a} urged {b} to agree to {topic}{when}",
        "{a} called on {b}{when} to accept {topic}",
        "{a} demanded {topic} from {b}{when}",
        "{a} proposed {topic} to {b}{when}",
    ),
    "REJECT": (
        "{a} turned down the offer of {b} on {topic}{when}",
        "{a} rejected what {b} had proposed on {topic}{when}",
        "{a} refused {topic}{when}, a demand of {b}",
    ),
    "ACCUSE": (
        "{a} accused {b} of blocking {topic}{when}",
        "{a} blamed {b}{when} for the failure over {topic}",
        "{a} said{when} that {b} had sabotaged {topic}",
    ),
    "SANCTION": (
        "{a} imposed sanctions on {b} over {topic}{when}",
        "{a} cut trade ties with {b}{when} because of {topic}",
        "New penalties by {a} against {b} took effect{when}, linked to {topic}",
    ),
    "AID": (
        "{a} delivered aid to {b}{at}{when}",
        "{a} sent a convoy of relief goods to {b}{when}",
        "{b} received humanitarian assistance from {a}{at}{when}",
    ),
    "RETREAT": (
        "{a} pulled its troops out of {site}{when}",
        "{a} withdrew from {site}{when} as agreed with {b}",
        "Forces of {a} left {site}{when}",
    ),
    "MOBILIZE": (
        "{a} moved two brigades to {site}{when}",
        "{a} deployed troops at {site}{when}, facing {b}",
        "{a} reinforced its positions around {site}{when}",
    ),
}  # fmt: skip
MUTUAL = ("CONSULT", "AGREE")
# propositions: issue, how it can be put; {a} is a party, {b} another, {s} a town
PROPOSITIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("territory", ("{a} cedes {s} to {b}", "{a} gives up {s}", "{a} hands over {s} to {b}")),
    ("alliance-membership", ("{a} joins the Northern Pact", "{a} becomes a member of the Northern Pact",
                             "membership of {a} in the Northern Pact")),
    ("withdrawal", ("{a} withdraws from {s}", "{a} pulls its troops out of {s}", "withdrawal of {a} from {s}")),
    ("ceasefire", ("{a} observes a 30-day ceasefire", "a 30-day truce by {a}", "{a} accepts a 30-day truce")),
    ("ceasefire", ("{a} agrees to an unconditional ceasefire", "an unconditional truce by {a}",
                   "{a} halts fighting without conditions")),
    ("prisoners-hostages", ("{a} releases all prisoners", "{a} frees all prisoners of war",
                            "release of all prisoners held by {a}")),
    ("sanctions", ("sanctions on {a} are lifted", "{b} lifts its sanctions on {a}", "lifting of sanctions on {a}")),
    ("humanitarian-access", ("{a} opens a humanitarian corridor to {s}", "{a} lets aid convoys into {s}",
                             "humanitarian access to {s} through {a}")),
    ("status-recognition", ("{b} recognises the independence of {s}", "recognition of an independent {s} by {b}",
                            "{b} recognises {s} as independent")),
    ("governance", ("{a} shares power with {b}", "a power-sharing government of {a} and {b}",
                    "{a} and {b} form a unity government")),
    ("disarmament", ("{a} lays down its arms", "{a} disarms", "disarmament of {a}")),
    ("elections", ("{a} holds early elections", "early elections in {a}", "an early vote in {a}")),
    ("justice", ("a tribunal tries war crimes by {a}", "an international court prosecutes {a}",
                 "war crimes of {a} go before a tribunal")),
    ("refugees-return", ("refugees return to {s}", "displaced people go back to {s}", "return of refugees to {s}")),
)  # fmt: skip
SAYINGS = (
    "we will talk about {x} only when {y} is settled in {z}",
    "nobody who lost a child in {z} will forgive us if we trade away {x}",
    "there is a chance for {x}, and we must not waste it",
    "they promised {x} and gave us {y} instead",
    "my government has never agreed to {x} and will not do so in {z}",
    "the road to {z} is open to anyone who is serious about {x}",
    "ask them why {y} is still not on paper",
    "I have come to {z} with a mandate on {x} and nothing else",
)
MEASURES = (
    "soldiers of {a} killed",
    "civilians displaced from {s}",
    "prisoners held by {a}",
    "tons of grain sent to {s}",
)


@dataclass
class Person:
    """An official with the spellings that outlets choose from."""

    given: tuple[str, ...]
    surname: tuple[str, ...]
    party: str
    key: str


@dataclass
class Happening:
    """One true event."""

    key: str
    type: str
    a: str
    b: str
    who_a: Person | None
    who_b: Person | None
    day: dt.date
    town: str
    topic: str
    dead: int


@dataclass
class Process:
    """One conflict and its talks."""

    parties: list[str]
    bodies: set[str]
    people: dict[str, list[Person]]
    happenings: list[Happening]
    propositions: list[tuple[str, str, tuple[str, ...], str]]  # key, issue, wordings, party whom it is about
    figures: list[tuple[str, str, str, int, dt.date]]  # key, measure, party, value, day


@dataclass
class Truth:
    """To what each finding really belongs."""

    events: dict[str, str] = field(default_factory=dict)
    propositions: dict[str, str] = field(default_factory=dict)
    figures: dict[str, str] = field(default_factory=dict)
    statements: dict[str, str] = field(default_factory=dict)
    persons: dict[str, str] = field(default_factory=dict)
    copies: dict[str, str] = field(default_factory=dict)


@dataclass
class World:
    """Reports, their readings, and the truth about them."""

    reports: list[Report]
    readings: list[Reading]
    truth: Truth


def make_world(reports: int, seed: int, *, rich: int = 1) -> World:
    """So many reports, on one process for every thousand of them; `rich` times as much in each as is usual."""
    random = Random(seed)
    world = World([], [], Truth())
    count = max(1, reports // 1000)
    names = random.sample(STATES, min(len(STATES), 3 * count))
    surnames = random.sample(SURNAMES, 12 * min(2, count)) * count
    size = reports / count
    processes = [
        _process(random, i, names[3 * i : 3 * i + 3], surnames[12 * i : 12 * i + 12], size) for i in range(count)
    ]
    for number in range(reports):
        process = processes[number % count]
        if number > 20 and random.random() < 0.04:
            _copy(random, world, random.choice(world.reports[-20:]), number)
        else:
            _Desk(random, process, world, number, rich).write()
    return world


def _process(random: Random, index: int, states: list[str], surnames: list[tuple[str, ...]], size: float) -> Process:
    body = f"{random.choice(states)} {random.choice(BODIES)}"
    parties = [*states, body]
    people: dict[str, list[Person]] = {}
    for i, party in enumerate(parties):
        people[party] = [
            Person(random.choice(GIVEN), surnames[3 * i + j], party, f"{index}:{party}:{j}") for j in range(3)
        ]
    towns = random.sample(TOWNS, 10)
    happenings = []
    for n in range(int(0.6 * size)):
        kind = random.choice(list(TELLINGS))
        a, b = random.sample(parties, 2)
        who = random.random() < 0.5
        happenings.append(
            Happening(
                f"{index}:{n}", kind, a, b,
                random.choice(people[a]) if who else None,
                random.choice(people[b]) if who else None,
                START + dt.timedelta(days=random.randrange(360)),
                random.choice(towns), random.choice(TOPICS), random.randint(2, 60),
            )
        )  # fmt: skip
    propositions = []
    for n, (issue, wordings) in enumerate(PROPOSITIONS):
        for variant in range(2):
            a, b = random.sample(parties, 2)
            town = random.choice(towns)
            texts = tuple(w.format(a=a, b=b, s=town) for w in wordings)
            if all(texts != known[2] for known in propositions):
                propositions.append((f"{index}:{n}:{variant}", issue, texts, a))
    figures = []
    for n in range(int(0.25 * size)):
        party, day = random.choice(parties), START + dt.timedelta(days=random.randrange(360))
        measure = random.choice(MEASURES).format(a=party, s=random.choice(towns))
        figures.append((f"{index}:{n}", measure, party, random.randint(11, 9999), day))
    bodies = {body}
    return Process(parties, bodies, people, happenings, propositions, figures)


class _Desk:
    """Writes one report, and notes what a reader would find in it."""

    def __init__(self, random: Random, process: Process, world: World, number: int, rich: int) -> None:
        self.random, self.process, self.world, self.rich = random, process, world, rich
        self.outlet = f"Outlet {random.randrange(8)}"
        self.day = START + dt.timedelta(days=random.randrange(3, 365))
        self.dated = random.random() > 0.03
        self.text = f"Report {number}. "
        self.actors: dict[str, Actor] = {}
        self.notes: list[tuple[str, int, int, dict[str, Any], str]] = []
        self.introduced: set[str] = set()

    def write(self) -> None:
        random = self.random
        recent = [h for h in self.process.happenings if 0 <= (self.day - h.day).days <= 6]
        old = [h for h in self.process.happenings if 6 < (self.day - h.day).days <= 120]
        for happening in random.sample(recent, min(len(recent), random.randint(2, 6))):
            self._tell(happening, recent=True)
        for happening in random.sample(old, min(len(old), random.randint(0, 3))):
            self._tell(happening, recent=False)
        for _ in range(self.rich * random.randint(2, 7)):
            self._take_stance()
        for _ in range(self.rich * random.randint(2, 8)):
            self._quote()
        near = [f for f in self.process.figures if 0 <= (self.day - f[4]).days <= 3]
        for figure in near[:1]:
            self._count(figure)
        self._file()

    # who

    def _party(self, party: str) -> str:
        kind = "armed-group" if party in self.process.bodies else "state"
        i = actor_id(kind, party)  # type: ignore[arg-type]
        self.actors[i] = Actor(id=i, name=party, kind=kind)  # type: ignore[arg-type]
        return i

    def _person(self, person: Person) -> tuple[str, str]:
        """How the report writes a person here, and the actor's id."""
        choose = Random(f"{self.outlet}{person.key}")
        given, surname = choose.choice(person.given), choose.choice(person.surname)
        full = f"{given} {surname}"
        surname_only = self.random.random() < 0.15 and person.key not in self.introduced
        name = surname if surname_only else full
        known = next((a for a in self.actors.values() if a.kind == "person" and surname in a.name), None)
        i = known.id if known else actor_id("person", name)
        if known is None:
            party = self._party(person.party)
            self.actors[i] = Actor(id=i, name=name, kind="person", aliases=(surname,), party=party)
            self.world.truth.persons[i] = person.key
        shown = surname if person.key in self.introduced else name
        self.introduced.add(person.key)
        return shown, i

    def _side(self, party: str, person: Person | None) -> tuple[str, str]:
        if person is not None and self.random.random() < 0.7:
            return self._person(person)
        return party, self._party(party)

    # what

    def _note(self, layer: str, sentence: str, fields: dict[str, Any], key: str) -> None:
        start = len(self.text)
        self.text += sentence + ". "
        self.notes.append((layer, start, start + len(sentence), fields, key))

    def _when(self, day: dt.date, recent: bool) -> tuple[str, When | None]:
        roll = self.random.random()
        if self.random.random() < 0.03:
            day += dt.timedelta(days=self.random.choice((-1, 1)))
        if recent and roll < 0.8:
            words = f"on {day:%A}"
            return f" {words}", When.day(day, words) if self.dated else When(None, None, words)
        if roll < 0.5:
            words = f"on {day:%B} {day.day}"
            return f" {words}", When.day(day, words)
        if roll < 0.75:
            return f" in {day:%B}", When.month(day.year, day.month, f"in {day:%B}")
        return "", None

    def _tell(self, h: Happening, *, recent: bool) -> None:
        random = self.random
        (a, a_id), (b, b_id) = self._side(h.a, h.who_a), self._side(h.b, h.who_b)
        words, when = self._when(h.day, recent)
        town = h.town if random.random() > 0.03 else random.choice(TOWNS)
        sentence = random.choice(TELLINGS[h.type])
        at = f" in {town}" if "{at}" in sentence and random.random() < 0.7 else ""
        told = sentence.format(a=a, b=b, at=at, when=words, topic=h.topic, site=town, n=h.dead)
        actors, recipients = [a_id], [b_id]
        if random.random() < 0.07:  # the reader misses one side
            recipients = []
        if h.type in MUTUAL:
            actors, recipients = actors + recipients, []
        kind = h.type if random.random() > 0.02 else random.choice(list(TELLINGS))
        place = town if at or "{site}" in sentence else None
        fields = {
            "type": kind, "actors": tuple(actors), "recipients": tuple(recipients), "status": "occurred",
            "date": when, "place": place,
        }  # fmt: skip
        self._note("events", told[0].upper() + told[1:], fields, h.key)

    def _take_stance(self) -> None:
        key, issue, wordings, about = self.random.choice(self.process.propositions)
        party = self.random.choice(self.process.parties)
        wording = self.random.choice(wordings)
        self._party(about)
        for name in self.process.parties:
            if name in wording:
                self._party(name)
        stance = self.random.choice(("for", "against"))
        fields = {
            "party": self._party(party), "issue": issue, "proposition": wording, "stance": stance,
            "strength": self.random.choice(("red-line", "demand", "preference")),
        }  # fmt: skip
        self._note("positions", f"{party} said it was {stance} this: {wording}", fields, key)

    def _quote(self) -> None:
        random = self.random
        party = random.choice(self.process.parties)
        person = random.choice(self.process.people[party])
        shown, i = self._person(person)
        number = random.randrange(30 * self.rich**2)
        maker = Random(f"{person.key}{number}")
        blanks = {"x": maker.choice(TOPICS), "y": maker.choice(TOPICS), "z": maker.choice(TOWNS)}
        words = maker.choice(SAYINGS).format(**blanks)
        content = words[0].upper() + words[1:]
        fields = {"speaker": i, "role": "party", "mode": "direct", "content": content}
        self._note("statements", f"“{content},” {shown} said", fields, f"{person.key}{words}")

    def _count(self, figure: tuple[str, str, str, int, dt.date]) -> None:
        key, measure, party, value, day = figure
        fields = {"measure": measure, "value": float(value), "claimed_by": self._party(party), "date": When.day(day)}
        self._note("figures", f"{party} put the number of {measure} at {value}", fields, key)

    def _file(self) -> None:
        published = self.day if self.dated else None
        report = Report.make(self.text, f"{content_id('x', self.text)}.txt", outlet=self.outlet, published=published)
        self.world.reports.append(report)
        self.world.readings.append(_reading(report, list(self.actors.values()), self.notes, self.world.truth))


FORMS: dict[str, tuple[str, Any]] = {
    "events": ("ev", Event), "positions": ("po", Position), "statements": ("st", Statement), "figures": ("fi", Figure),
}  # fmt: skip


def _reading(report: Report, actors: list[Actor], notes: list[Any], truth: Truth) -> Reading:
    layers: dict[str, list[Any]] = {name: [] for name in FORMS}
    known = {"events": truth.events, "positions": truth.propositions}
    known |= {"statements": truth.statements, "figures": truth.figures}
    for layer, start, end, fields, key in notes:
        prefix, form = FORMS[layer]
        i = content_id(prefix, report.id, start, end)
        if layer == "statements":
            at = report.text.index(fields["content"], start)
            fields = {**fields, "content_span": Span(report.id, at, at + len(fields["content"]))}
        item = form(id=i, evidence=(Evidence.cut(report, start, end),), confidence=0.7, **fields)
        layers[layer].append(item)
        known[layer][i] = key
    named = [Actor(**{**_fields(a), "names": ((report.id, a.name),)}) for a in actors]
    return Reading(report=report.id, reader=READER, actors=tuple(named), **{k: tuple(v) for k, v in layers.items()})


def _fields(actor: Actor) -> dict[str, Any]:
    return {name: getattr(actor, name) for name in actor.__struct_fields__}


def _copy(random: Random, world: World, original: Report, number: int) -> None:
    """The same text with another head and, sometimes, another tail, a day later; read the same way."""
    old = next(r for r in world.readings if r.report == original.id)
    head = f"From our agencies, {number}. "
    text = head + original.text + random.choice(("", "More to follow. "))
    day = original.published + dt.timedelta(days=random.randint(0, 1)) if original.published else None
    report = Report.make(text, f"{content_id('x', text)}.txt", outlet=f"Outlet {random.randrange(8)}", published=day)
    truth = world.truth
    known = {"events": truth.events, "positions": truth.propositions}
    known |= {"statements": truth.statements, "figures": truth.figures}
    notes = []
    for layer in FORMS:
        for item in old.layer(layer):
            fields = {
                name: getattr(item, name)
                for name in item.__struct_fields__
                if name not in ("id", "evidence", "confidence", "content_span", "why")
            }
            at = item.evidence[0].start + len(head)
            notes.append((layer, at, item.evidence[0].end + len(head), fields, known[layer][item.id]))
    world.reports.append(report)
    world.readings.append(_reading(report, list(old.actors), notes, truth))
    truth.copies[report.id] = original.id
