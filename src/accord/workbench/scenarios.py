"""Scenarios: what-ifs kept under a name in the record's file, beside the record and never part of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from accord.errors import FilterError, NotFound, TableError
from accord.model.query import make_filter
from accord.model.scenario import Scenario
from accord.workbench.changes import WORDS

if TYPE_CHECKING:
    from accord.record.store import Store

_LONGEST, _MOST = 80, 200
_FILTERS = ("party", "issue", "since", "until", "report")


class Scenarios:
    """What is kept under a name."""

    def _open(self, *, create: bool = False) -> Store:
        raise NotImplementedError

    def scenarios(self) -> tuple[Scenario, ...]:
        """All scenarios, by name."""
        return self._open().scenarios()

    def scenario(self, name: str) -> Scenario:
        """The scenario of this name. Raises NotFound where there is none."""
        known = self.scenarios()
        found = next((one for one in known if one.name == name), None)
        if found is None:
            names = ", ".join(one.name for one in known) or "none"
            raise NotFound(f"there is no scenario {name!r}; there are {names}")
        return found

    def keep_scenario(
        self,
        name: str,
        changes: Iterable[tuple[str, str]],
        *,
        setting: Iterable[tuple[str, str]] = (),
        author: str = "",
        at: dt.datetime | None = None,
    ) -> Scenario:
        """Keep changes under a name, in place of one of that name.

        Raises TableError where name, changes or setting cannot be, FilterError where a filter of the setting cannot.
        """
        name, made, setting = " ".join(name.split()), tuple(changes), tuple(setting)
        _check_setting(dict(setting))
        if not 1 <= len(name) <= _LONGEST:
            raise TableError(f"scenario: a name must have 1 to {_LONGEST} characters; got {len(name)}")
        if not made:
            raise TableError("scenario: there is no change to keep; change something at the table first")
        unknown = [word for word, _ in made if word not in WORDS]
        if unknown:
            raise TableError(f"scenario: a change must be one of {', '.join(WORDS)}; got {unknown[0]!r}")
        _check_words(name, author, *(word for pair in (*made, *setting) for word in pair))
        known = self.scenarios()
        if len(known) >= _MOST and name not in {one.name for one in known}:
            raise TableError(f"scenario: a record keeps at most {_MOST}; drop one first")
        now = (at or dt.datetime.now(dt.UTC)).astimezone(dt.UTC)
        kept = now.isoformat(timespec="seconds").replace("+00:00", "Z")
        one = Scenario(name=name, changes=made, setting=setting, author=author.strip(), kept=kept)
        self._open().keep_scenarios(tuple(sorted((*(o for o in known if o.name != name), one), key=_by_name)))
        return one

    def drop_scenario(self, name: str) -> None:
        """Forget a scenario. Raises NotFound where there is none of this name."""
        gone = self.scenario(name)
        self._open().keep_scenarios(tuple(one for one in self.scenarios() if one != gone))


def options_of(changes: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Changes as `compute` takes them: each word with all that it names."""
    made: dict[str, list[str]] = {}
    for word, named in changes:
        made.setdefault(word, []).append(named)
    return dict(made)


def _check_words(*words: str) -> None:
    """Refuse what no file can hold."""
    for word in words:
        try:
            word.encode()
        except UnicodeEncodeError:
            raise TableError(f"scenario: every word must be text; {word!a} holds half of a character") from None


def _check_setting(setting: dict[str, str]) -> None:
    """Refuse what could not set up a table when the scenario is looked at again."""
    unknown = sorted(set(setting) - {*_FILTERS, "confidence", "at"})
    if unknown:
        raise TableError(
            f"scenario: a setting must be one of {', '.join(_FILTERS)}, confidence, at; got {unknown[0]!r}"
        )
    try:
        level = float(setting.get("confidence") or 0)
    except ValueError:
        raise FilterError(f"confidence: must be a number from 0 to 1; got {setting['confidence']!r}") from None
    make_filter(until=setting.get("at") or None)
    make_filter(**{name: setting.get(name) or None for name in _FILTERS}, confidence=level)


def _by_name(one: Scenario) -> str:
    return one.name
