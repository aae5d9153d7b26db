"""The half of the Python API that computes: the table that the record sets up, or one that an analyst wrote.

Every method takes the record's filters and `at`, or in their place `table`: a table, or the file of one in YAML
or JSON.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack, cast

import msgspec

from accord.errors import FilterError, TableError
from accord.model.derived import derived
from accord.model.place import Place
from accord.model.query import Selection, make_filter, sure_enough
from accord.model.record import Filter, Record
from accord.model.table import LeftOut, Table
from accord.workbench.filters import Filters

if TYPE_CHECKING:
    from accord.bargaining.limits import Limits
    from accord.model import outcome as answer
    from accord.publishing.brief import Answers
    from accord.publishing.outcomes import Computed
    from accord.workbench.changes import Words

Given = Table | Path | str
"""A table, or the file of one."""
_MOST_DAYS, _MOST_TABLES = 60, 64


class Setting(Filters, total=False):
    """Which table is computed on, how long a call of a solver may take (`seconds`), how many `sets` are listed."""

    at: dt.date | str | None
    table: Given | None
    seconds: float | None
    sets: int | None


class Changes(TypedDict, total=False):
    """What a what-if changes, each in the words of `accord.workbench.changes`; or the table that it compares with."""

    without: Words
    no_consent: Words
    consent: Words
    relax: Words
    harden: Words
    no_condition: Words
    lever: Words
    lift: Words
    reservation: Words
    weight: Words
    add_option: Words
    against: Given | None


class WhatIf(Setting, Changes, total=False):
    """A table and what changes on it."""


CHANGES: tuple[str, ...] = tuple(Changes.__annotations__)
"""The words of everything that a what-if can change."""


class Computing:
    """What can be computed. Each method gives the answer; `compute` gives it with the tables that it is about.

    Methods raise TableError when there is no table to compute or it breaks a rule.
    """

    place: Place

    def record(self) -> Record:
        """The merged record as a value."""
        raise NotImplementedError

    def table(self, **setting: Unpack[Setting]) -> Table:
        """The negotiating table that the positions set up at a day (by default the last that one names)."""
        return cast("Table", self.compute("table", **setting).answer)

    def table_yaml(self, **setting: Unpack[Setting]) -> str:
        """The same as YAML that an analyst edits and computes again with `table=`."""
        from accord.bargaining.form.write import table_to_yaml

        return table_to_yaml(self.table(**setting))

    def zone(self, **setting: Unpack[Setting]) -> answer.Zone:
        """The packages that no consenting party must refuse."""
        return cast("answer.Zone", self.compute("zone", **setting).answer)

    def blockers(self, **setting: Unpack[Setting]) -> answer.Blockers:
        """The minimal sets of demands that together leave no package."""
        return cast("answer.Blockers", self.compute("blockers", **setting).answer)

    def concessions(self, **setting: Unpack[Setting]) -> answer.Concessions:
        """The minimal sets of concessions that would open the zone, cheapest first."""
        return cast("answer.Concessions", self.compute("concessions", **setting).answer)

    def solutions(self, **setting: Unpack[Setting]) -> answer.Solutions:
        """The Nash, Kalai-Smorodinsky, egalitarian and utilitarian solutions, and the Pareto set."""
        return cast("answer.Solutions", self.compute("solutions", **setting).answer)

    def forecast(
        self, method: str = "mean", *, draws: int = 1_000, seed: int = 1, **setting: Unpack[Setting]
    ) -> answer.Forecast:
        """Where each question is expected to settle, by `mean`, `median`, `challenge` or `exchange`."""
        return cast(
            "answer.Forecast",
            self.compute("forecast", {"method": method, "draws": draws, "seed": seed}, **setting).answer,
        )

    def uncertainty(self, *, draws: int = 2_000, seed: int = 1, **setting: Unpack[Setting]) -> answer.Uncertainty:
        """How often a zone exists over all that the table leaves open, and what that hangs on."""
        return cast("answer.Uncertainty", self.compute("uncertainty", {"draws": draws, "seed": seed}, **setting).answer)

    def whatif(self, **setting: Unpack[WhatIf]) -> answer.Difference:
        """The table before and after changes, side by side, with who gains; `accord.workbench.changes` has the words.

        `against` compares with another table instead. Raises TableError when a change cannot be made.
        """
        asked = {word: setting[word] for word in CHANGES if word in setting}  # type: ignore[literal-required]
        rest = {word: value for word, value in setting.items() if word not in asked}
        return cast("answer.Difference", self.compute("whatif", asked, **cast("Setting", rest)).answer)

    def path(self, **setting: Unpack[Setting]) -> answer.Path:
        """The cheapest sequence of single concessions that opens the zone."""
        return cast("answer.Path", self.compute("path", **setting).answer)

    def ripeness(self, *, tables: Sequence[Given] = (), **setting: Unpack[Setting]) -> answer.Ripeness:
        """What the parties could get together against what no agreement is worth, over time.

        The days are those on which a position of the record is dated, from `since` to `until`; or `tables`, one a day.
        """
        return cast("answer.Ripeness", self.compute("ripeness", {"tables": tables}, **setting).answer)

    def answers(self, **setting: Unpack[Setting]) -> Answers:
        """The table with its zone, blockers and concessions. Raises TableError when there is none to compute."""
        from accord.bargaining.diff import situation
        from accord.publishing.brief import Answers

        table = self._set(setting)
        now = situation(table, _limits(setting))
        return Answers(table=table, zone=now.zone, blockers=now.blockers, concessions=now.concessions)

    def compute(self, word: str, options: dict[str, Any] | None = None, **setting: Unpack[Setting]) -> Computed:
        """The outcome of this word (see `accord.publishing.outcomes.OUTCOMES`) with the tables that it is about."""
        from accord.workbench import answers

        options, limits = options or {}, _limits(setting)
        if word == "table":
            return answers.table(self._set(setting, empty=True))
        if word == "ripeness":
            given = options.get("tables") or ([setting["table"]] if setting.get("table") else [])
            tables = [_given(one) for one in given] or self._over_time(setting)
            return answers.ripeness(tables, limits)
        table = self._set(setting)
        if word == "whatif":
            against = options.pop("against", None)
            return answers.whatif(table, options, None if against is None else _given(against), limits)
        return answers.COMPUTED[word](table, options, limits)

    def _set(self, setting: Setting, *, empty: bool = False) -> Table:
        """The table that is asked for. Raises TableError when nobody differs, unless an `empty` one will do."""
        given, at, where = _split(setting)
        table = self._table(make_filter(**where), at) if given is None else _given(given)
        if not table.questions and not empty:
            raise TableError("no two parties differ on anything that is on record, so there is no table to compute")
        return table

    def _table(self, where: Filter, at: dt.date | str | None = None) -> Table:
        """The table that the record sets up: the same object as long as the record is the same, for the last asked."""
        record, day = self.record(), make_filter(until=at).until
        tables: Tables = derived(record, Tables, Tables)
        return tables.get((self.place.stem, where, day), lambda: _laid(record, where, day, self.place.stem))

    def _over_time(self, setting: Setting) -> list[Table]:
        """The tables on the days on which a position is dated, within `since` and `until`, the last ones at most."""
        from accord.bargaining.ripeness import tables_over

        _, at, where = _split(setting)
        since, until = where.pop("since", None), where.pop("until", None)
        span = make_filter(since=since, until=until if at is None else at)
        seen = Selection(self.record(), sure_enough(make_filter(**where)))
        positions = seen.items(seen.record.positions)
        days = sorted({d for p in positions if p.date is not None and (d := p.date.end or p.date.start) is not None})
        days = [d for d in days if (not span.since or d >= span.since) and (not span.until or d <= span.until)]
        made = tables_over(positions, seen.record.actors, days[-_MOST_DAYS:], levers=seen.items(seen.record.levers))
        if not made:
            raise TableError("ripeness: on no day within the record do two parties differ: there is nothing to compare")
        return list(made)


class Tables:
    """The tables that were asked for last, each with what was computed on it (see `accord.bargaining.diff`)."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, Table] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], Table]) -> Table:
        """The table of this key, made where it is not kept any more."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        with self._lock:
            made = self._kept.setdefault(key, made)
            while len(self._kept) > _MOST_TABLES:
                self._kept.popitem(last=False)
        return made


def _laid(record: Record, where: Filter, day: dt.date | None, title: str) -> Table:
    """The table that the positions that pass the filter set up."""
    from accord.bargaining.standing import Spoken
    from accord.bargaining.table import table_of

    seen = Selection(record, sure_enough(where))
    known = {actor.id: actor for actor in record.actors}
    spoken = derived(record, Spoken, lambda: Spoken(record.positions, known))
    levers = seen.items(record.levers)
    made = table_of(spoken, seen.passing("positions"), known, at=day, levers=levers, title=title)
    return msgspec.structs.replace(made, left_out=(*made.left_out, *_unsure(seen, where)))


def _unsure(seen: Selection, where: Filter) -> tuple[LeftOut, ...]:
    """What was left out as not sure enough, where the filter did not ask for a confidence itself."""
    import numpy as np

    every = Selection(seen.record, where)
    lost = np.flatnonzero(every.passing("positions") & ~seen.passing("positions"))
    left = tuple(seen.record.positions[place].id for place in lost.tolist())
    what = f"{len(left)} position{'' if len(left) == 1 else 's'} of less confidence than {seen.where.confidence:g}"
    why = "more of them are misread than not; --confidence 0.01 takes in all"
    return (LeftOut(what=what, why=why, findings=left),) if left else ()


def _split(setting: Setting) -> tuple[Given | None, dt.date | str | None, Filters]:
    """The table given, the day, and the filters. Raises FilterError when a given table is to be narrowed as well."""
    given, at = setting.get("table"), setting.get("at")
    where = cast(
        "Filters", {key: value for key, value in setting.items() if key not in ("table", "at", "seconds", "sets")}
    )
    narrowed = [key for key, value in (*where.items(), ("at", at)) if value not in (None, 0.0)]
    if given is not None and narrowed:
        raise FilterError(f"table: a table that is given is computed as it is; leave out {', '.join(narrowed)}")
    return given, at, where


def _given(table: Given) -> Table:
    if isinstance(table, Table):
        return table
    from accord.bargaining.form.read import table_from_json, table_from_yaml

    path = Path(table)
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise TableError(f"{path}: a table must be text in UTF-8; it is not") from None
    except OSError as problem:
        raise TableError(f"{path}: the table cannot be read: {problem.strerror or problem}") from None
    return table_from_json(text, str(path)) if path.suffix == ".json" else table_from_yaml(text, str(path))


def _limits(setting: Setting) -> Limits:
    from accord.bargaining.limits import Limits

    seconds, sets = setting.get("seconds"), setting.get("sets")
    limits = Limits()
    if seconds is not None:
        if not seconds > 0:
            raise FilterError(f"seconds: must be above 0; got {seconds}")
        limits = msgspec.structs.replace(limits, seconds=seconds)
    if sets is not None:
        if sets < 1:
            raise FilterError(f"sets: must be at least 1; got {sets}")
        limits = msgspec.structs.replace(limits, sets=sets)
    return limits
