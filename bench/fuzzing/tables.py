"""Tables, dates, filters, queries, references: what a person writes by hand."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import yaml

from accord.bargaining.files.genius import from_genius, to_genius
from accord.bargaining.form.read import table_from_json, table_from_yaml
from accord.bargaining.form.write import table_to_yaml
from accord.model.query import ISSUES, make_filter
from accord.model.table import Table
from accord.model.when import When
from accord.reports import dates
from accord.workbench.changes import WORDS, apply_all, changes
from fuzzing.mutate import NASTY_TEXT, spoilt_bytes, spoilt_text, spoilt_tree, word, written
from fuzzing.target import Bug, Target

EXAMPLES = Path(__file__).resolve().parents[2] / "tests" / "examples"
DAYS = (
    "2025-02-28", "2025-02", "2025", "2024-02-29", "28 February 2025", "Feb. 28, 2025", "28/02/2025", "20250228",
    "le 6 mai 2014", "6 мая 2014", "1399334400", "2025-02-28T10:00:00+02:00", "Tue, 6 May 2014 23:30:00 -0400",
    "../2025", "2025/..", "2025-03/2025-05", "3 Şubat 2025", "2025年2月28日",
)  # fmt: skip
SPOKEN = (
    "on Friday", "last month", "two weeks ago", "since 2014", "from 3 to 5 May", "the end of March", "Easter Sunday",
    "3 May 2013", "by mid-June 2025", "in the first half of 2019", "the day before yesterday", "early 2020s",
)  # fmt: skip
QUERIES = ("truce", '"exchange of prisoners"', "cease* -fire", "“red line” NOT x", "a AND (b OR c)", "NEAR(a b, 5)")


@cache
def texts() -> tuple[str, ...]:
    return tuple(path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.yaml")))


@cache
def trees() -> tuple[Any, ...]:
    return tuple(yaml.load(text, yaml.BaseLoader) for text in texts())


@cache
def tables() -> tuple[Table, ...]:
    return tuple(table_from_yaml(text) for text in texts())


def _same(table: Table) -> None:
    """A table that was taken in can be written and comes back."""
    if table_from_yaml(table_to_yaml(table)) is None:
        raise Bug("a table must come back as it was written")


def yaml_text(random: Random) -> None:
    _same(table_from_yaml(spoilt_text(random, random.choice(texts()), texts())))


def yaml_tree(random: Random) -> None:
    text = yaml.safe_dump(_plain(spoilt_tree(random, random.choice(trees()))), allow_unicode=True, sort_keys=False)
    _same(table_from_yaml(text))


def _plain(tree: Any) -> Any:
    """A tree that YAML can be written of."""
    if isinstance(tree, dict):
        return {written(str(key)): _plain(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_plain(one) for one in tree]
    return written(tree) if isinstance(tree, str) else tree


def json_tree(random: Random) -> None:
    tree = spoilt_tree(random, msgspec.to_builtins(random.choice(tables())))
    raw = json.dumps(tree).encode()
    if random.random() < 0.2:
        raw = spoilt_bytes(random, raw, (raw,))
    _same(table_from_json(raw))


def genius(random: Random) -> None:
    files = to_genius(random.choice(tables()))
    domain, others = files.domain, dict(files.preferences)
    if random.random() < 0.5:
        domain = spoilt_text(random, domain, NASTY_TEXT)
    else:
        name = random.choice(sorted(others))
        others[name] = spoilt_text(random, others[name], (domain,))
    from_genius(domain, others)


def change(random: Random) -> None:
    """What-ifs in words."""
    table = random.choice(tables())
    names = (
        [party.name for party in table.parties] + [q.text for q in table.questions] + [q.id for q in table.questions]
    )
    names += ["0.5", *(lever.id for lever in table.levers)]
    asked = {}
    for _ in range(random.randrange(1, 4)):
        said = random.choice((": ", " = ", ", ", " ")).join(random.choice(names) for _ in range(random.randrange(1, 5)))
        asked[random.choice((*WORDS,))] = spoilt_text(random, said, names) if random.random() < 0.6 else said
    apply_all(table, changes(table, asked))


def day(random: Random) -> None:
    """Dates of reports, of filters, of edits."""
    said = random.choice(DAYS)
    if random.random() < 0.9:
        said = spoilt_text(random, said, DAYS)
    given: Any = said if random.random() < 0.9 else random.choice((1e300, -5, 10**30, float("nan"), True, None, 1.4e9))
    kind = random.randrange(4)
    if kind == 0:
        if not isinstance(dates.read(given), dt.date):
            raise Bug("a date must be one")
    elif kind == 1:
        dates.only_a_date(said)
    elif kind == 2:
        When.parse(said)
    else:
        make_filter(since=said, until=random.choice(DAYS))


def spoken(random: Random) -> None:
    """Date expressions as reports have them."""
    from accord.reading.dates.alone import resolve

    resolve(
        written(spoilt_text(random, random.choice(SPOKEN), SPOKEN)),
        dt.date(random.choice((1, 1900, 2024, 9999)), 2, 28),
    )


def asked(random: Random) -> None:
    """Filters and queries."""
    odd = [word(random) for _ in range(4)]
    issue = random.choice((None, random.choice(ISSUES), odd[0]))
    confidence = random.choice((0.0, 0.5, 1.0, -1.0, float("nan"), float("inf"), 10**400))
    make_filter(party=odd[1], issue=issue, since=random.choice((None, *DAYS)), report=odd[2], confidence=confidence)


TARGETS = (
    Target("table-text", yaml_text),
    Target("table-tree", yaml_tree),
    Target("table-json", json_tree),
    Target("genius", genius),
    Target("what-if", change),
    Target("days", day),
    Target("spoken-days", spoken),
    Target("filters", asked),
)
