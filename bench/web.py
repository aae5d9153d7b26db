"""Measures the workbench in the browser: how long pages and JSON take with several readers, and the first paint.

    python bench/web.py [--reports N] [--rich N] [--readers N] [--seconds N] [--pause S] [--paint]

Serves a record of synthetic reports from a process of its own, and lets readers ask for a mix of pages, each with
filters of its own choosing. First each reader stops to look at what it got, for up to twice --pause seconds (half a
second on the average: less than people take), then none of them ever stops. Prints the median, the 95th percentile and
the longest answer for each kind of page, and how long the server's processor worked on a request, which other programs
on the machine change less. With --paint it also opens the overview in Chromium and prints when the
first content was painted.

What the record is like: every finding is an item of its own (merging is measured by bench/merging.py), but positions on
one proposition have its key, as merging gives them: without, each wording would be a proposition, and no party would
have a history longer than a day. Four parties in each of two processes contradict each other at random on every
proposition, so each of the table's 12 questions has red lines on both sides, about 48 in all, and every one of its
4,096 packages is a minimal set of concessions: more than a real table has, which makes tables here as hard as they get.
"""

from __future__ import annotations

import argparse
import http.client
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from typing import Any, Unpack
from urllib.parse import quote

from msgspec.structs import replace
from sqlalchemy import StaticPool, create_engine

sys.path.insert(0, str(Path(__file__).resolve().parent))

from accord.bargaining.table import table_from
from accord.model.findings import LAYERS, Claim, Discrepancy, Event, Figure, Lever, Proposal, ProposalStep
from accord.model.ids import content_id
from accord.model.query import SURE_ENOUGH, make_filter
from accord.model.reading import Reading
from accord.model.record import Passage, Record
from accord.record import Store
from accord.record.search import search
from accord.web import create_app
from accord.web.desk import Desk
from accord.web.warming import warm
from accord.workbench import Filters, Workspace
from processes import make_world

PORT = 8765
ISSUES = ("ceasefire", "territory", "sanctions", "prisoners-hostages", "talks-format", "foreign-forces")
_ON_PAGE = {"HX-Request": "true", "HX-Target": "section#result"}
WORDS = ("ceasefire", "prisoners", "border", "inspectors", "grain", "withdrawal", "observers")


class Held(Workspace):
    """The workspace of a record that is held in memory; its file has the reports alone, for search."""

    def __init__(self, path: Path, record: Record) -> None:
        super().__init__(path)
        self._held = record
        self._lock = threading.Lock()
        self._engine = create_engine(
            f"sqlite:///{path}", poolclass=StaticPool, connect_args={"check_same_thread": False}
        )

    def record(self) -> Record:
        """The record as it is held."""
        return self._held

    def revision(self) -> str:
        """One revision for ever."""
        return "held"

    def passages(self, query: str, *, limit: int = 20, **filters: Unpack[Filters]) -> tuple[Passage, ...]:
        """Searched for in the file, with the items of the record that is held."""
        with self._lock, self._engine.connect() as connection:
            return tuple(search(connection, self._held, query, make_filter(**filters), limit))


def make(reports: int, rich: int) -> Record:
    """A record of synthetic reports, as merging leaves one: positions on one proposition have its key.

    The synthetic readings hold no proposals, levers or discrepancies; these are made from their events and figures, so
    that no page is empty.
    """
    world = make_world(reports, 7, rich=rich)
    actors = {actor.id: actor for reading in world.readings for actor in reading.actors}
    layers: dict[str, tuple[Any, ...]] = {
        name: tuple(item for reading in world.readings for item in reading.layer(name)) for name in LAYERS
    }
    keys = world.truth.propositions
    layers["positions"] = tuple(
        replace(position, key=content_id("pr", keys[position.id])) for position in layers["positions"]
    )
    layers["proposals"] = tuple(proposals(layers["events"]))
    layers["levers"] = tuple(levers(layers["events"]))
    return Record(
        reports=tuple(world.reports),
        actors=tuple(sorted(actors.values(), key=lambda actor: (actor.name, actor.id))),
        discrepancies=tuple(discrepancies(layers["figures"])),
        **layers,
    )


def proposals(events: Iterable[Event]) -> Iterator[Proposal]:
    """What was asked for, agreed and refused, four events a proposal."""
    status = {"REQUEST": "proposed", "AGREE": "agreed", "REJECT": "rejected"}
    telling = [event for event in events if event.type in status]
    for number in range(len(telling) // 4):
        some = telling[4 * number : 4 * number + 4]
        steps = tuple(
            ProposalStep(status=status[e.type], by=e.actors[:1], date=e.date, evidence=e.evidence, confidence=0.7)
            for e in some
        )
        yield Proposal(
            id=content_id("pp", some[0].id),
            evidence=some[0].evidence,
            confidence=0.7,
            name=f"plan {number}",
            kind="framework",
            by=some[0].actors[:1],
            history=steps,
        )


def levers(events: Iterable[Event]) -> Iterator[Lever]:
    """Sanctions and aid of one over another."""
    means = {"SANCTION": ("sanctions", "pressure"), "AID": ("trade", "inducement")}
    for event in events:
        if event.type in means and event.actors and event.recipients:
            instrument, direction = means[event.type]
            yield Lever(
                id=content_id("le", event.id),
                evidence=event.evidence,
                confidence=event.confidence,
                holder=event.actors[0],
                target=event.recipients[0],
                instrument=instrument,
                direction=direction,
                status="applied",
                date=event.date,
            )


def discrepancies(figures: Iterable[Figure]) -> Iterator[Discrepancy]:
    """Two values of one measure, claimed one after the other."""
    last: dict[str, Figure] = {}
    for figure in figures:
        other = last.get(figure.measure)
        last[figure.measure] = figure
        if other is not None and other.value != figure.value:
            claims = tuple(
                Claim(value=f"{one.value:g}", by=one.claimed_by, items=(one.id,), evidence=one.evidence)
                for one in (other, figure)
            )
            yield Discrepancy(
                id=content_id("di", other.id, figure.id), kind="number", about=figure.measure, claims=claims
            )


def serve(reports: int, rich: int) -> None:
    """Serve such a record until terminated."""
    import uvicorn

    record = make(reports, rich)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.accord"
        with Store.open(path, create=True) as store:
            for report in record.reports:
                store.add(report, Reading(report=report.id, reader="none"))
            store.refresh()
        desk = Desk(Held(path, record))
        warm(desk)
        print("ready", flush=True)
        uvicorn.run(create_app(desk), host="127.0.0.1", port=PORT, log_level="error", access_log=False)


def addresses(record: Record, random: Random) -> list[tuple[str, str]]:
    """A mix of what a desk asks for, as (kind, address), with filters that seldom repeat.

    A table is opened with a change that somebody sent; a what-if is two changes made on the page, which takes from the
    answer what the table comes to. Most of both are tables that nobody has asked for before.
    """
    parties = sorted({p.party for p in record.positions})
    names = {actor.id: actor.name for actor in record.actors}
    items = [item.id for layer in LAYERS for item in record.layer(layer)]
    days = sorted({str(report.published) for report in record.reports if report.published})
    made: list[tuple[str, str]] = []
    table = table_from([p for p in record.positions if p.confidence >= SURE_ENOUGH], record.actors)
    bound: dict[str, list[str]] = {}
    for line in table.red_lines:
        bound.setdefault(line.party, []).append(line.question)

    def where() -> str:
        said = [f"party={quote(names[random.choice(parties)])}"] if random.random() < 0.4 else []
        said += [f"issue={random.choice(ISSUES)}"] if random.random() < 0.3 else []
        said += [f"since={random.choice(days)}"] if random.random() < 0.4 else []
        said += [f"confidence={random.choice((0.5, 0.6, 0.7))}"] if random.random() < 0.2 else []
        return "?" + "&".join(said) if said else ""

    def change() -> str:
        party = random.choice(list(bound))
        matter = quote(f"{party}: {random.choice(bound[party])}")
        number = f"reservation={party}+%3D+0.{random.randrange(100):02}"
        return random.choice((f"without={party}", f"no_consent={party}", f"relax={matter}", number, number))

    lists = (
        "timeline",
        "positions",
        "statements",
        "figures",
        "levers",
        "discrepancies",
        "people",
        "reports",
        "proposals",
    )
    for _ in range(4000):
        kind = random.choice((*lists, "overview", "report", "item", "search", "table", "what-if", "api"))
        match kind:
            case "overview":
                address = "/" + where()
            case "report":
                address = f"/reports/{random.randint(1, len(record.reports))}"
            case "item":
                address = f"/items/{random.choice(items)}"
            case "search":
                address = f"/search?q={random.choice(WORDS)}+{random.choice(WORDS)}"
            case "table":
                address = f"/table?{change()}"
            case "what-if":
                address = f"/table?{change()}&{change()}"
            case "api":
                address = f"/api/{random.choice(('statements', 'positions', 'timeline', 'actors'))}{where()}"
            case _:
                address = f"/{kind}{where()}"
        made.append((kind, address))
    return made


def read(asked: list[tuple[str, str]], seconds: float, readers: int, pause: float = 0.0) -> dict[str, list[float]]:
    """The seconds that each answer took, by kind, with so many readers at once, who stop so long between two pages."""
    took: dict[str, list[float]] = defaultdict(list)
    lock, end = threading.Lock(), time.perf_counter() + seconds
    bad: dict[tuple[str, int], int] = defaultdict(int)

    def reader(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
        place, random = number, Random(number)
        while time.perf_counter() < end:
            kind, address = asked[place % len(asked)]
            place += readers
            begun = time.perf_counter()
            connection.request("GET", address, headers=_ON_PAGE if kind == "what-if" else {})
            answer = connection.getresponse()
            answer.read()
            with lock:
                took[kind].append(time.perf_counter() - begun)
                if answer.status >= 400:
                    bad[kind, answer.status] += 1
            if pause:
                time.sleep(random.uniform(0, 2 * pause))

    threads = [threading.Thread(target=reader, args=(number,)) for number in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if bad:
        print(f"refused: {dict(bad)}")
    return took


def worked(process: int) -> float | None:
    """The seconds for which a process has worked, where the system tells."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def line(kind: str, times: list[float]) -> str:
    """One row of the table, in milliseconds."""
    times = sorted(times)

    def at(share: float) -> float:
        return times[min(len(times) - 1, int(share * len(times)))] * 1000

    return f"{kind:<14}{len(times):>7}{at(0.5):>9.1f}{at(0.95):>9.1f}{times[-1] * 1000:>9.1f}"


def measure(server: int, asked: list[tuple[str, str]], seconds: float, readers: int, pause: float) -> None:
    """Let readers read, and print what they waited."""
    before = worked(server)
    took = read(asked, seconds, readers, pause)
    after, many = worked(server), sum(map(len, took.values()))
    stops = f"who stop for {pause:g} s" if pause else "who never stop"
    print(f"\n{readers} readers {stops}, {many / seconds:.0f} requests a second")
    if before is not None and after is not None:
        print(f"the server worked {(after - before) / many * 1000:.1f} ms a request")
    print(f"{'milliseconds':<14}{'asked':>7}{'median':>9}{'p95':>9}{'longest':>9}")
    for kind in sorted(took):
        print(line(kind, took[kind]))
    print(line("all", [one for some in took.values() for one in some]), flush=True)


def paint() -> None:
    """When Chromium paints the first content of the overview: the median of five, in a new context each time."""
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run"]
    found = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
        for _ in range(5):
            page = browser.new_context().new_page()
            page.goto(f"http://127.0.0.1:{PORT}/")
            script = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
            found.append(page.wait_for_function(script).json_value())
        browser.close()
    print(f"first contentful paint of the overview: {sorted(found)[2]:.0f} ms (median of 5)")


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=2000)
    parser.add_argument("--rich", type=int, default=5)
    parser.add_argument("--readers", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--pause", type=float, default=0.5)
    parser.add_argument("--paint", action="store_true")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.serve:
        serve(args.reports, args.rich)
        return
    record = make(args.reports, args.rich)
    print(f"{len(record.reports):,} reports, {sum(len(record.layer(layer)) for layer in LAYERS):,} items", flush=True)
    asked = addresses(record, Random(11))
    del record
    size = ["--reports", str(args.reports), "--rich", str(args.rich)]
    server = subprocess.Popen([sys.executable, __file__, "--serve", *size], stdout=subprocess.PIPE)
    try:
        assert server.stdout is not None
        server.stdout.readline()
        time.sleep(2)
        begun = time.perf_counter()
        read(asked[::-1], 10, 1)
        print(f"warmed by one reader for {time.perf_counter() - begun:.0f} s")
        middle = len(asked) // 2
        for pause, some in ((args.pause, asked[middle:]), (0.0, asked[:middle])):
            measure(server.pid, some, args.seconds, args.readers, pause)
        if args.paint:
            paint()
    finally:
        server.terminate()


if __name__ == "__main__":
    main()
