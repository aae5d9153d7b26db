"""A record on a PostgreSQL server is the record that a file would be: the same answers, whole at every moment."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from random import Random

import msgspec
import pytest
from build_readings import Notes
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import postgres_server
from accord.errors import RecordError
from accord.model.edit import Edit
from accord.model.place import Place
from accord.model.report import Skipped
from accord.model.scenario import Scenario
from accord.record import Store, merge
from accord.record.fulltext import stems
from processes import make_world

DRIVER = Path(__file__).with_name("adding_driver.py")
WORDS = ["talks", "talk", "Bogotá", "the", "cease-fire", "U.N.", "envoys", "O’Brien", "Đà", "2013", "ran", "running"]


def test_the_same_reports_give_the_same_record_and_the_same_answers(address: str, tmp_path: Path) -> None:
    world = make_world(16, 7)
    answers = []
    for place in (tmp_path / "talks.accord", address):
        with Store.open(place, create=True) as store:
            for report, reading in zip(world.reports, world.readings, strict=True):
                store.add(report, reading)
            store.skip([Skipped(source=name, reason="it is empty") for name in ("b.txt", "B.txt", "a b.txt", "é.txt")])
            event = store.record().events[0]
            made = Edit.make("reject", "events", (event.id,), author="Ada", at="2020-01-01T00:00:00Z")
            store.add_edit(made)
            store.add_edit(Edit.make("accept", "events", (store.record().events[0].id,), author="Ada", at="2020-01-02"))
            store.add_edit(Edit.make("undo", "edits", (made.id,), author="Ada", at="2020-01-03T00:00:00Z"))
            store.keep_scenarios((Scenario(name="without them", changes=(("without", "Kenya"),)),))
            first = store.record()
            assert store.rebuild() == first
            found = [store.search(query, limit=50) for query in ("talks", "talks ceasefire", '"the talks"', "cease*")]
            near = store.similar(event.evidence[0])
            answers.append((first, store.digest(), store.edits(), store.scenarios(), store.readers(), found, near))
        with Store.open(place) as again:
            assert again.record() == first
    assert msgspec.msgpack.encode(answers[0]) == msgspec.msgpack.encode(answers[1])
    assert any(answers[0][5])


@pytest.fixture(scope="module")
def pair(server: postgres_server.Server, tmp_path_factory: pytest.TempPathFactory) -> object:
    """The same passages of words from a small stock in a file and on the server."""
    random = Random(5)
    texts = ["\n\n".join(" ".join(random.choices(WORDS, k=random.randint(1, 9))) for _ in range(12)) for _ in range(6)]
    stores = []
    for place in (tmp_path_factory.mktemp("pair") / "talks.accord", server.address("postgres", record="pair")):
        store = Store.open(place, create=True)
        stores.append(store)
        for text in texts:
            notes = Notes(text, "2020-01-01")
            store.add(notes.report, notes.reading)
    yield stores
    for store in stores:
        store.close()


words = st.sampled_from([*WORDS, "run*", "t*", "Bogota", "_", "nowhere", "talks*"])
terms = st.one_of(words, st.lists(words, min_size=1, max_size=3).map(lambda some: f'"{" ".join(some)}"'))
queries = st.lists(st.tuples(st.sampled_from(["", "", "-"]), terms), min_size=1, max_size=3)


@given(queries.map(lambda some: " ".join(minus + term for minus, term in [("", "talks"), *some][-3:])))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_query_finds_the_same_passages_in_the_same_order(pair: list[Store], query: str) -> None:
    try:
        expected = pair[0].search(query, limit=30)
    except Exception as problem:
        with pytest.raises(type(problem)):
            pair[1].search(query, limit=30)
        return
    assert pair[1].search(query, limit=30) == expected


def test_stems_are_those_of_the_full_text_of_a_file() -> None:
    assert stems(["The U.N.’s envoys, running in Bogotá", ""]) == [
        ["the", "u", "n", "s", "envoi", "run", "in", "bogota"],
        [],
    ]


def test_a_word_of_any_length_and_a_passage_without_a_space_can_be_kept(address: str) -> None:
    notes = Notes("w" * 5000 + "\n\n" + "a,b." * 20_000 + "\n\nA quiet day in Juba.", "2020-01-01")
    with Store.open(address, create=True) as store:
        store.add(notes.report, notes.reading)
        store.skip([Skipped(source="s" * 9000, reason="".join(map(chr, range(256, 9000))))] * 2)
        assert len(store.search("juba")) == len(store.search("ww*")) == 1
        assert len(store.skipped()) == 1


def test_two_writers_at_once_lose_nothing(address: str) -> None:
    """Both add all reports, each as fast as it can; whichever is first with a report keeps it."""
    reports, seed = 16, 11
    command = [sys.executable, str(DRIVER), address, str(reports), str(seed)]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate() for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    world = make_world(reports, seed)
    with Store.open(address) as store:
        assert len(store.reports()) == reports
        assert {report.id for report in store.reports()} == {report.id for report in world.reports}
        assert sorted(store.record().events, key=lambda e: e.id) == sorted(
            merge(world.reports, world.readings).events, key=lambda e: e.id
        )
    assert all(out for out, _ in said), "one of the two did all the work"


def test_a_writer_killed_in_the_middle_leaves_the_record_whole(address: str) -> None:
    reports, seed, random = 24, 3, Random(2)
    command = [sys.executable, str(DRIVER), address, str(reports), str(seed)]
    landed: list[str] = []
    partial = 0
    for _ in range(2):
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        landed += [line.strip() for line, _ in zip(process.stdout, range(random.randint(1, 8)), strict=False)]
        time.sleep(random.choice((0.0, 0.005, 0.02)))
        process.kill()
        landed += [line.strip() for line in process.stdout if line.endswith("\n")]
        process.wait()
        with Store.open(address) as store:
            there = {report.id for report in store.reports()}
            assert set(landed) <= there, "a report that had landed was lost"
            assert {reading.report for reading in store.readings()} == there, "a report without its reading"
            partial += len(there) < reports
    assert partial, "no kill fell in the middle of the work"
    subprocess.run(command, check=True, capture_output=True)
    world = make_world(reports, seed)
    with Store.open(address) as store:
        assert msgspec.msgpack.encode(store.record()) == msgspec.msgpack.encode(merge(world.reports, world.readings))


def test_a_write_that_fails_leaves_nothing_behind(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    notes = Notes("Talks on water ended in Entebbe.", "2010-05-14")

    def broken(*_: object) -> None:
        raise RuntimeError("the power went")

    with Store.open(address, create=True) as store:
        monkeypatch.setattr("accord.record.tables.put_reading", broken)
        with pytest.raises(RuntimeError):
            store.add(notes.report, notes.reading)
        monkeypatch.undo()
        assert store.reports() == ()
        assert store.add(notes.report, notes.reading)
        assert len(store.search("entebbe")) == 1


def test_records_of_one_database_are_apart(server: postgres_server.Server) -> None:
    notes = Notes("Talks on water ended in Entebbe.", "2010-05-14")
    database = server.database()
    with Store.open(server.address(database), create=True) as store:
        store.add(notes.report, notes.reading)
    with Store.open(server.address(database, record="nile"), create=True) as store:
        assert store.reports() == ()
        assert str(store.place).endswith("&record=nile")
    assert Store.exists(server.address(database))
    assert not Store.exists(server.address(database, record="congo"))


def test_a_change_by_another_process_shows_in_the_stamp(address: str) -> None:
    notes = Notes("Talks on water ended in Entebbe.", "2010-05-14")
    with Store.open(address, create=True) as one, Store.open(address) as other:
        before = one.stamp()
        assert one.stamp() == before
        other.add(notes.report, notes.reading)
        assert one.stamp() != before


def test_a_server_that_came_back_is_found_again(server: postgres_server.Server, address: str) -> None:
    with Store.open(address, create=True) as store:
        server.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()", "postgres")
        assert store.reports() == ()


def test_only_one_watches_at_a_time(home: str) -> None:
    Store.open(home, create=True).close()
    first, second = Store.watching(home), Store.watching(home)
    assert first.take()
    assert not second.take()
    first.release()
    assert second.take()
    second.release()


def test_a_watcher_whose_server_came_back_takes_its_lock_again(server: postgres_server.Server, address: str) -> None:
    first, second = Store.watching(address), Store.watching(address)
    assert first.take()
    server.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()", "postgres")
    assert first.keep()
    assert not second.take()
    server.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()", "postgres")
    assert second.take()
    assert not first.keep()
    second.release()
    assert first.keep()
    first.release()


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("postgresql://ada@host", "must name a database"),
        ("postgresql://ada:tell%20nobody@host:port/db", "must be an address"),
        ("postgresql://host/db?record=Big-Name", "the name of a record"),
    ],
)
def test_an_address_that_cannot_be_is_refused(said: str, what: str) -> None:
    with pytest.raises(RecordError, match=what) as raised:
        Place.of(said)
    assert "nobody" not in str(raised.value)


def test_what_goes_wrong_is_said_with_what_to_do_and_without_the_password(server: postgres_server.Server) -> None:
    def problem(address: str, create: bool = False) -> str:
        with pytest.raises(RecordError) as raised:
            Store.open(address, create=create)
        return str(raised.value)

    database = server.database()
    wrong = problem(server.address(database, user="accord", password="guess-again"))
    assert "guess-again" not in wrong
    assert "accord:***@" in wrong
    assert "password authentication failed" in wrong
    assert "PGPASSWORD" in wrong
    right = server.address(database, user="accord", password="open%20sesame")
    assert "open" not in problem(right).replace("cannot be opened", "")
    assert "accord read PATHS" in problem(right)
    assert "ask for the right" in problem(right, create=True)
    assert "does not exist" in problem(server.address("nowhere"))
    assert "cannot be reached" in problem("postgresql://localhost:1/talks?connect_timeout=2")
    server.run("CREATE SCHEMA shop; CREATE TABLE shop.meta (key int); CREATE TABLE shop.goods (x int)", database)
    assert "another program" in problem(server.address(database, record="shop"), create=True)
    server.run("CREATE SCHEMA accord; CREATE SCHEMA newer", database)
    server.run("GRANT ALL ON SCHEMA accord TO accord", database)
    Store.open(right, create=True).close()
    server.run("UPDATE accord.meta SET value = '99' WHERE key = 'version'", database)
    assert "update Accord" in problem(right)


def test_the_extra_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(RecordError, match=r"accord\[postgres\]"):
        Store.open("postgresql://ada:hidden@host/db")
    with pytest.raises(RecordError) as raised:
        Store.exists("postgresql://ada:hidden@host/db")
    assert "hidden" not in str(raised.value)
