"""Two tables side by side, and what-ifs: a table before and after a change, with who gains."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from accord.bargaining.arrays import compile_table
from accord.bargaining.changes import Change, apply
from accord.bargaining.conflicts import blockers_of, concessions_of, violations_of
from accord.bargaining.demands import Prices
from accord.bargaining.inputs import inputs
from accord.bargaining.limits import Limits
from accord.bargaining.solutions import solutions_of
from accord.bargaining.zone import zone_of
from accord.model.derived import derived
from accord.model.outcome import Difference, PartyShift, Situation
from accord.model.table import Table


def situation(table: Table, limits: Limits | None = None, prices: Prices | None = None) -> Situation:
    """What a table comes to. Worked out once for a table, however many others it is compared with."""
    limits = limits or Limits()
    return derived(table, ("situation", limits, prices), lambda: _situation(table, limits, prices))


def _situation(table: Table, limits: Limits, prices: Prices | None) -> Situation:
    arrays = compile_table(table, prices)
    found = violations_of(arrays, limits)
    return Situation(
        zone=zone_of(arrays, limits),
        blockers=blockers_of(arrays, found, limits),
        concessions=concessions_of(arrays, found, limits),
        solution=solutions_of(arrays, ["Nash"], limits, pareto=False).points[0],
    )


def whatif(table: Table, *changes: Change, limits: Limits | None = None, prices: Prices | None = None) -> Difference:
    """The table before and after the changes, made one after the other. Raises TableError when one cannot be made."""
    after = table
    for change in changes:
        after = apply(after, change)
    return diff(table, after, limits, prices)


def diff(before: Table, after: Table, limits: Limits | None = None, prices: Prices | None = None) -> Difference:
    """What differs between two tables and what that does. Parties are the same where their ids are."""
    old, new = situation(before, limits, prices), situation(after, limits, prices)
    ids = list(dict.fromkeys([*(p.id for p in before.parties), *(p.id for p in after.parties)]))
    return Difference(
        **inputs(before, "what if", "comparison of two tables"),
        table_after=after.digest,
        changes=tuple(_paths(before, after)),
        before=old,
        after=new,
        opened=bool(old.zone.empty) and new.zone.empty is False,
        closed=old.zone.empty is False and bool(new.zone.empty),
        shifts=tuple(_shift(i, (before, old), (after, new)) for i in ids),
        exact=all(o.exact for s in (old, new) for o in (s.zone, s.blockers, s.concessions, s.solution)),
    )


def _shift(party: str, before: tuple[Table, Situation], after: tuple[Table, Situation]) -> PartyShift:
    at_old, best_old = _worth(party, *before)
    at_new, best_new = _worth(party, *after)
    return PartyShift(party=party, before=at_old, after=at_new, best_before=best_old, best_after=best_new)


def _worth(party: str, table: Table, now: Situation) -> tuple[float | None, float | None]:
    for place, known in enumerate(table.parties):
        if known.id == party:
            chosen = now.solution.agreement
            fallback = known.reservation.value
            best = now.zone.best[place].agreement.utilities[place] if now.zone.best else fallback
            return (chosen.utilities[place] if chosen else fallback), best
    return None, None


def _paths(before: Any, after: Any, path: str = "") -> Iterator[str]:
    """Where two values differ: lists of things with an id or name are matched by it, others by place."""
    if before is after or before == after:
        return
    if isinstance(before, msgspec.Struct) and isinstance(after, msgspec.Struct):
        for key in dict.fromkeys([*before.__struct_fields__, *after.__struct_fields__]):
            yield from _paths(getattr(before, key, None), getattr(after, key, None), f"{path}.{key}" if path else key)
    elif isinstance(before, tuple) and isinstance(after, tuple) and (before or after):
        old, new = _keyed(before), _keyed(after)
        for key in dict.fromkeys([*old, *new]):
            if key not in new:
                yield f"{path}[{key}]: taken away"
            elif key not in old:
                yield f"{path}[{key}]: added"
            else:
                yield from _paths(old[key], new[key], f"{path}[{key}]")
    else:
        yield f"{path}: {_plain(before)} -> {_plain(after)}"


def _plain(value: Any) -> Any:
    return msgspec.json.decode(msgspec.json.encode(value))


_NAMED = ("id", "label", "party", "question", "what")


def _keyed(items: tuple[Any, ...]) -> dict[str, Any]:
    keyed: dict[str, Any] = {}
    for place, item in enumerate(items):
        named = [str(found) for name in _NAMED if (found := getattr(item, name, None)) is not None]
        key = " / ".join(named) or str(place)
        options = getattr(item, "options", None)
        if isinstance(options, tuple) and hasattr(item, "party"):
            key += f" / {' '.join(options)}"
        while key in keyed:
            key += "'"
        keyed[key] = item
    return keyed
