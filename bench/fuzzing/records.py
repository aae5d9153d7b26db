"""Record files with flipped bits, logs of edits, scenarios, judgements."""

from __future__ import annotations

import atexit
import json
import shutil
import tempfile
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import msgspec

import accord
from accord.errors import AccordError
from accord.model.edit import EDITED, Action, Edit
from accord.model.query import make_filter
from accord.record import Store, merge
from accord.record.care import examine, rescue
from accord.workbench.editlog import read_log
from accord.workbench.scenarios import options_of
from build_talks import NOTES, HandReader, path_of
from fuzzing.mutate import spoilt_bytes, spoilt_text, spoilt_tree, word
from fuzzing.tables import DAYS, QUERIES
from fuzzing.target import Bug, Target

AT = "2025-03-01T09:30:00.000000Z"
REFERENCES = ("1:1", "2:1", "[1:2]", "MILF", "Philippines", "ev-", "po-", "last", "1:The front", "99:99")
VERDICTS = ("same", "different", "unsure")


@cache
def folder() -> Path:
    """A place for files, in memory where the system has one."""
    shared = Path("/dev/shm")
    made = Path(tempfile.mkdtemp(prefix="accord-fuzz-", dir=shared if shared.is_dir() else None))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


@cache
def talks() -> Any:
    """A workspace over a small record with edits and a scenario."""
    for notes in NOTES:
        path_of(folder(), notes).write_text(notes.written)
    workspace = accord.open(folder() / "talks.accord")
    workspace.read([path_of(folder(), notes) for notes in NOTES], reader=HandReader())
    workspace.reject(workspace.record().figures[0].id, author="Ada", reason="a typing error", at=AT)
    workspace.rename("MILF", "the front", author="Ada", at=AT)
    workspace.add("figures", {"measure": "commandos", "value": "44"}, note="So I was told.", author="Bo", at=AT)
    workspace.keep_scenario("no force", [("lift", "Philippines: the front")])
    workspace.record()
    return workspace


@cache
def kept() -> bytes:
    """The bytes of that record's file, all in one file."""
    talks().close()
    raw = (folder() / "talks.accord").read_bytes()
    talks().record()
    return raw


@cache
def contents() -> tuple[Any, ...]:
    store = talks()._open()
    return store.reports(), store.readings(), store.edits()


def file_bytes(random: Random) -> None:
    """A record file that was cut or had bits flipped: told, or as good as new."""
    path = folder() / "broken.accord"
    for old in folder().glob("broken.accord*"):
        old.unlink()
    raw = kept()
    if random.random() < 0.6:
        made = bytearray(raw)
        for _ in range(random.choice((1, 1, 1, 2, 20))):
            made[random.randrange(len(made))] ^= 1 << random.randrange(8)
        raw = bytes(made)
    else:
        raw = spoilt_bytes(random, raw, (raw,))
    path.write_bytes(raw)
    with Store.open(path) as store:
        record = store.record()
        store.scenarios()
        store.search("front", make_filter(), 3)
        store.judgements(record.actors[0].id)
    again = merge(store_reports(path), *_rest(path))
    if msgspec.msgpack.encode(again) != msgspec.msgpack.encode(_resolved(record)):
        raise Bug("a record that opens must be what its reports, readings and edits make")


def store_reports(path: Path) -> Any:
    with Store.open(path) as store:
        return store.reports()


def _rest(path: Path) -> Any:
    with Store.open(path) as store:
        return store.readings(), store.edits()


def _resolved(record: Any) -> Any:
    return msgspec.structs.replace(record, skipped=tuple(s for s in record.skipped if "gave up" in s.reason))


def damage(random: Random) -> None:
    """A bit flipped anywhere: the doctor tells, or the record is the same; what is saved is what was written."""
    broken, new = folder() / "flipped.accord", folder() / "saved.accord"
    for old in (*folder().glob("flipped.accord*"), *folder().glob("saved.accord*")):
        old.unlink()
    made = bytearray(kept())
    for _ in range(random.choice((1, 1, 1, 1, 3))):
        made[random.randrange(len(made))] ^= 1 << random.randrange(8)
    broken.write_bytes(made)
    if examine(broken).sound:
        with accord.open(broken) as workspace:
            if msgspec.msgpack.encode(workspace.record()) != whole():
                raise Bug("a damaged record was called whole")
        return
    saved = rescue(broken, new)
    if not examine(new).sound:
        raise Bug("what is saved must be whole")
    reports, readings, log = contents()
    with accord.open(new) as workspace:
        if any(one not in reports for one in workspace._open().reports()) or any(
            e not in log for e in workspace.edits()
        ):
            raise Bug("what is saved must be what was written")
        every = (saved.reports, saved.readings, saved.edits) == (len(reports), len(readings), len(log))
        if every and msgspec.msgpack.encode(workspace.record()) != whole():
            raise Bug("what is saved whole must be the record that it was")


@cache
def whole() -> bytes:
    return msgspec.msgpack.encode(talks().record())


def log_file(random: Random) -> None:
    """A log of edits with spoilt values: refused whole, or taken and merged."""
    good = json.loads(talks().export_edits())
    raw = json.dumps(spoilt_tree(random, good)).encode()
    if random.random() < 0.2:
        raw = spoilt_bytes(random, raw, (raw,))
    path = folder() / "edits.json"
    path.write_bytes(raw)
    read_log(path)


def edits(random: Random) -> None:
    """Edits with spoilt values whose ids are right, as another program might make them: refused, or merged."""
    from accord.record.corrections import check

    reports, readings, log = contents()
    made = []
    for _ in range(random.randrange(1, 3)):
        tree = spoilt_tree(random, msgspec.to_builtins(random.choice(log)))
        if random.random() < 0.5:
            tree["action"] = random.choice(Action.__args__)  # type: ignore[attr-defined]
        if random.random() < 0.5:
            tree["layer"] = random.choice(EDITED)
        try:
            edit = msgspec.json.decode(json.dumps(tree), type=Edit)
        except (msgspec.MsgspecError, AccordError):
            continue
        edit = Edit.make(
            edit.action, edit.layer, edit.items, author=edit.author, at=edit.at, fields=edit.fields, reason=edit.reason,
            ground=edit.ground,
        )  # fmt: skip
        check(edit)
        made.append(edit)
    msgspec.json.encode(merge(reports, readings, (*log, *made)))


def take(random: Random) -> None:
    """The same through a file into a record, which goes on working."""
    path, log = folder() / "taken.accord", folder() / "taken.json"
    if not path.exists() or random.random() < 0.05:
        for old in folder().glob("taken.accord*"):
            old.unlink()
        talks().close()
        shutil.copyfile(folder() / "talks.accord", path)
    good = json.loads(talks().export_edits())
    spoilt = spoilt_tree(random, good)
    for edit in spoilt.get("edits", ()) if isinstance(spoilt, dict) and isinstance(spoilt.get("edits"), list) else ():
        try:
            one = msgspec.json.decode(json.dumps(edit), type=Edit)
            edit["id"] = Edit.make(
                one.action, one.layer, one.items, author=one.author, at=one.at, fields=one.fields, reason=one.reason
            ).id
        except (msgspec.MsgspecError, AccordError, TypeError):
            continue
    log.write_text(json.dumps(spoilt))
    with accord.open(path) as workspace:
        workspace.import_edits(log)
        workspace.logged()
        workspace.accept(workspace.record().events[0].id, author="Cy")


def look(random: Random) -> None:
    """References, items, judgements, searches and filters on a record."""
    workspace = talks()
    named = random.choice((random.choice(REFERENCES), random.choice(REFERENCES) + word(random), word(random)))
    kind = random.randrange(6)
    if kind == 0:
        workspace.evidence(named)
    elif kind == 1:
        workspace.explain(named)
    elif kind == 2:
        workspace.trace("judgements", {"item": named, "verdict": random.choice((None, *VERDICTS, word(random)))})
    elif kind == 3:
        workspace.passages(random.choice(QUERIES) + named, limit=3)
    elif kind == 4:
        workspace.similar_passages(named, limit=2)
    else:
        day = random.choice((None, *DAYS))
        workspace.frame(random.choice(("timeline", "reports")) if random.random() < 0.05 else "positions",
                        party=random.choice((None, named)), since=day, report=random.choice((None, named)))  # fmt: skip


def query(random: Random) -> None:
    """What a person looks for."""
    said = spoilt_text(random, random.choice(QUERIES), QUERIES)
    for passage in talks().passages(said, limit=3):
        if any(mark.report != passage.report for mark in passage.marks):
            raise Bug("what is marked must be in the passage")


def scenario(random: Random) -> None:
    """What-ifs kept under a name, and computed again."""
    workspace = talks()
    words = ("without", "relax", "lift", "weight", "reservation", "harden", word(random))
    named = ("Philippines", "the front", "Philippines: the front", "the front = 2", "the front: arms", word(random))
    changes = [(random.choice(words), random.choice(named)) for _ in range(random.randrange(3))]
    setting = [
        (random.choice(("party", "since", "at", "confidence", word(random))), random.choice((*DAYS, word(random))))
    ]
    name = random.choice(("a", "b", word(random)))
    one = workspace.keep_scenario(name, changes, setting=setting if random.random() < 0.5 else ())
    try:
        workspace.whatif(**options_of(one.changes))
    finally:
        workspace.drop_scenario(one.name)


TARGETS = (
    Target("record-file", file_bytes, limit=10.0),
    Target("record-damage", damage, limit=10.0),
    Target("edit-log", log_file),
    Target("edits", edits),
    Target("edits-taken", take, limit=10.0),
    Target("looking", look, limit=20.0),
    Target("queries", query),
    Target("scenarios", scenario, limit=10.0),
)
