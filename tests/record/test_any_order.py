"""The record depends on what goes in, not on when: in any order, one by one or at once, the same bytes."""

from __future__ import annotations

from random import Random

import msgspec
import pytest
from build_readings import resolve
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from accord.errors import RecordError
from accord.model.edit import Edit
from accord.model.record import Record
from accord.record import Store, merge
from accord.record.engine import Engine
from accord.record.merge import Given
from processes import World, make_world

WITHOUT_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)  # a world shrinks for minutes and explains nothing


def encoded(record: Record) -> bytes:
    return msgspec.msgpack.encode(record)


def edits_for(record: Record, seed: int) -> tuple[Edit, ...]:
    """Some of every kind of edit, on items that the seed picks."""
    random = Random(seed)
    some = {name: list(record.layer(name)) for name in ("events", "positions", "statements", "figures")}
    made = []

    def note(action: str, layer: str, items: tuple[str, ...], **fields: object) -> None:
        at = f"2032-01-01T00:00:{len(made):02d}Z"
        made.append(Edit.make(action, layer, items, author="ada", at=at, fields=fields))  # type: ignore[arg-type]

    note("accept", "events", (random.choice(some["events"]).id,))
    note("reject", "statements", (random.choice(some["statements"]).id,))
    note("merge", "events", tuple(e.id for e in random.sample(some["events"], 2)))
    many = [i for i, members in record.members.items() if i.startswith("ev-") and len(members) > 1]
    if many:
        note("split", "events", (record.members[random.choice(many)][-1],))
    note("change", "positions", (random.choice(some["positions"]).id,), strength="red-line")
    note("merge", "propositions", tuple(p.id for p in random.sample(some["positions"], 2)))
    note("rename", "propositions", (random.choice(some["positions"]).id,), name="a matter of its own")
    note("rename", "actors", (random.choice(record.actors).id,), name="A New Name")
    states = [a.id for a in record.actors if a.kind == "state"]
    note("merge", "actors", tuple(states[:2]))
    note("undo", "edits", (random.choice(made).id,))
    return tuple(made)


def grown(world: World, order: list[int], cuts: list[int], edits: tuple[Edit, ...], late: int) -> Record:
    """The record of a world that came in by pieces, the edits somewhere in between, one report in and out again."""
    sources = Given(world.reports, world.readings)
    engine = Engine(sources, resolve)
    pieces = [order[a:b] for a, b in zip([0, *cuts], [*cuts, len(order)], strict=True)]
    for number, piece in enumerate(pieces):
        engine.update({world.reports[i].id for i in piece}, (), edits if number >= late else ())
    guest = world.reports[order[0]].id
    engine.update((), {guest}, edits)
    engine.update({guest}, (), edits)
    return engine.record(world.reports, (), edits)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow], phases=WITHOUT_SHRINKING)
@given(seed=st.integers(0, 10_000), shuffle=st.randoms(use_true_random=False), data=st.data())
def test_one_by_one_is_all_at_once(seed: int, shuffle: Random, data: st.DataObject) -> None:
    world = make_world(40, seed)
    whole = merge(world.reports, world.readings, resolve=resolve)
    edits = edits_for(whole, seed)
    order = list(range(len(world.reports)))
    shuffle.shuffle(order)
    cuts = sorted(data.draw(st.sets(st.integers(1, len(order) - 1), max_size=6)))
    late = data.draw(st.integers(0, len(cuts)))
    expected = merge(
        [world.reports[i] for i in order], [world.readings[i] for i in reversed(order)], edits[::-1], resolve=resolve
    )
    assert encoded(merge(world.reports, world.readings, edits, resolve=resolve)) == encoded(expected)
    assert encoded(grown(world, order, cuts, edits, late)) == encoded(expected)
    assert expected.members
    assert expected.events != whole.events


def test_a_file_that_grew_is_a_file_built_at_once(tmp_path: object) -> None:
    world = make_world(60, 5)
    expected = encoded(merge(world.reports, world.readings))
    path = f"{tmp_path}/grown.accord"
    for i, (report, reading) in enumerate(zip(world.reports, world.readings, strict=True)):
        with Store.open(path, create=True) as store:  # each by a process of its own, as it were
            store.add(report, reading)
            if i % 7 == 0:
                store.refresh()
    with Store.open(path) as store:
        assert encoded(store.record()) == expected
        assert encoded(store.rebuild()) == expected


def test_two_readings_of_one_report_are_refused() -> None:
    world = make_world(3, 1)
    other = msgspec.structs.replace(world.readings[0], reader="another/1")
    with pytest.raises(RecordError, match="one reading"):
        merge(world.reports, [*world.readings, other])


def test_one_id_in_two_reports_is_refused() -> None:
    world = make_world(3, 1)
    mine = world.readings[1].positions[0]
    stolen = msgspec.structs.replace(mine, id=world.readings[0].positions[0].id)
    readings = [world.readings[0], msgspec.structs.replace(world.readings[1], positions=(stolen,)), world.readings[2]]
    with pytest.raises(RecordError, match="one finding of one report"):
        merge(world.reports, readings)
