"""The negotiating table and what it comes to, as JSON: of the record, or of a table that is sent."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import Response

from accord.bargaining.check import problems
from accord.errors import TableError
from accord.model import outcome
from accord.model.table import Table
from accord.web.api.answering import found, fresh, read
from accord.web.api.asking import KNOWN, MOST_SECONDS, Laid, OnTable, SecondsAsked, Sent
from accord.web.api.asking_changes import Asked
from accord.web.api.describing import answers, body_of
from accord.web.pages import desk_of
from accord.workbench import Setting, Workspace

router = APIRouter(prefix="/api", tags=["bargaining"], dependencies=KNOWN)

MOST_DRAWS, MOST_TABLES = 5_000, 40
_MOST = {"parties": 40, "questions": 40, "levers": 200, "red_lines": 2_000, "conditions": 500}
_MOST_OPTIONS = 50
_AT_ONCE, _PATIENCE = 2, 20.0  # computations that run at a time, and seconds that one waits for its turn
_turns = threading.BoundedSemaphore(_AT_ONCE)

OF_ONE: dict[str, tuple[type[outcome.Outcome], str]] = {
    "zone": (outcome.Zone, "Is there an agreement that nobody must refuse?"),
    "blockers": (outcome.Blockers, "Which demands together leave no agreement."),
    "concessions": (outcome.Concessions, "The least concessions that would open a zone."),
    "path": (outcome.Path, "The cheapest way to an agreement, one concession at a time."),
    "solutions": (outcome.Solutions, "Which of the possible agreements would be fair."),
}
"""The outcomes of one table that need no options of their own."""
_FORECAST = answers(outcome.Forecast, "Where each question is expected to settle, as a distribution.")
_UNCERTAIN = answers(outcome.Uncertainty, "How sure it is that a zone exists, and what that hangs on.")
_WHATIF = answers(outcome.Difference, "The table before and after, side by side, and who gains.", more=(501,))
_RIPE = answers(outcome.Ripeness, "The margins, day by day.")

Method = Annotated[
    Literal["mean", "median", "challenge", "exchange"], Query(description="The model; the mean is hard to beat.")
]
Draws = Annotated[int, Query(ge=1, le=MOST_DRAWS, description="Draws over what the table leaves open.")]
Seed = Annotated[int, Query(ge=0, le=2**31 - 1, description="The same seed gives the same answer.")]


class Played(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table to change by the words of the query, or to compare with another."""

    table: Table
    against: Table | None = None


class Series(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Tables, one a day."""

    tables: Annotated[tuple[Table, ...], msgspec.Meta(min_length=1, max_length=MOST_TABLES)]


def _of_record(request: Request, at: Laid, word: str, **options: Any) -> Response:
    """An outcome of the table that the record sets up."""
    workspace = desk_of(request).workspace

    def make(scene: Any) -> object:
        if word in ("table", "ripeness"):
            return _computed(workspace, word, options, at.setting)
        seconds = at.setting.get("seconds")
        return _computed(workspace, word, options, Setting(table=_table(scene, workspace, at), seconds=seconds))

    return found(request, make, quick=False)


def _table(scene: Any, workspace: Workspace, at: Laid) -> Table:
    made: Table = scene.once(("api table", *at.key), lambda: workspace.compute("table", **at.setting).answer)
    if not made.questions:
        raise TableError("no two parties differ on anything that is on record, so there is no table to compute")
    return made


def _of_sent(request: Request, word: str, table: Table, seconds: float, **options: Any) -> Response:
    """An outcome of a table that was sent. Raises TableError where it breaks a rule or is too large."""
    setting = Setting(table=_checked(table), seconds=seconds)
    return fresh(_computed(desk_of(request).workspace, word, options, setting))


def _computed(workspace: Workspace, word: str, options: dict[str, Any], setting: Setting) -> object:
    with _turn():
        return workspace.compute(word, options, **setting).answer


@contextmanager
def _turn() -> Iterator[None]:
    """A turn at computing, so that heavy tables leave time for those who read."""
    if not _turns.acquire(timeout=_PATIENCE):
        raise HTTPException(503, "Too much is being computed just now: ask again.", {"retry-after": "10"})
    try:
        yield
    finally:
        _turns.release()


def _checked(table: Table) -> Table:
    for name, most in _MOST.items():
        if len(getattr(table, name)) > most:
            raise TableError(f"table: at most {most} {name} are computed here; got {len(getattr(table, name))}")
    for question in table.questions:
        if len(question.options) > _MOST_OPTIONS:
            raise TableError(f"table: question {question.id}: at most {_MOST_OPTIONS} options are computed here")
    for problem in problems(table):
        raise TableError(f"table: {problem}")
    return table


def _outcome(word: str) -> tuple[Callable[..., Response], Callable[..., Response]]:
    def of_record(request: Request, at: OnTable) -> Response:
        return _of_record(request, at, word)

    def of_sent(request: Request, body: Sent, seconds: SecondsAsked = MOST_SECONDS) -> Response:
        return _of_sent(request, word, read(body, Table), seconds)

    of_record.__name__, of_sent.__name__ = word, f"{word}_of_table"
    of_record.__doc__ = OF_ONE[word][1]
    of_sent.__doc__ = f"{OF_ONE[word][1]} Of a table that is sent."
    return of_record, of_sent


for _word, (_kind, _about) in OF_ONE.items():
    _here, _there = _outcome(_word)
    router.get(f"/{_word}", responses=answers(_kind, _about, more=(501,)))(_here)
    router.post(f"/{_word}", responses=answers(_kind, _about, more=(501,), writing=True), openapi_extra=body_of(Table))(
        _there
    )


@router.get("/table", responses=answers(Table, "The table."))
def table(request: Request, at: OnTable) -> Response:
    """The negotiating table that the positions set up, with what it takes for granted."""
    return _of_record(request, at, "table")


@router.get("/forecast", responses=_FORECAST)
def forecast(request: Request, at: OnTable, method: Method = "mean", draws: Draws = 1_000, seed: Seed = 1) -> Response:
    """Where each question is expected to settle, as a distribution."""
    return _of_record(request, at, "forecast", method=method, draws=draws, seed=seed)


@router.post(
    "/forecast",
    responses=_FORECAST | answers(outcome.Forecast, "The forecast.", writing=True),
    openapi_extra=body_of(Table),
)
def forecast_of_table(
    request: Request, body: Sent, method: Method = "mean", draws: Draws = 1_000, seed: Seed = 1
) -> Response:
    """The same of a table that is sent."""
    sent = read(body, Table)
    return _of_sent(request, "forecast", sent, MOST_SECONDS, method=method, draws=draws, seed=seed)


@router.get("/uncertainty", responses=_UNCERTAIN)
def uncertainty(request: Request, at: OnTable, draws: Draws = 2_000, seed: Seed = 1) -> Response:
    """How sure it is that a zone exists, and what that hangs on."""
    return _of_record(request, at, "uncertainty", draws=draws, seed=seed)


@router.post(
    "/uncertainty",
    responses=answers(outcome.Uncertainty, "How sure it is.", writing=True),
    openapi_extra=body_of(Table),
)
def uncertainty_of_table(request: Request, body: Sent, draws: Draws = 2_000, seed: Seed = 1) -> Response:
    """The same of a table that is sent."""
    return _of_sent(request, "uncertainty", read(body, Table), MOST_SECONDS, draws=draws, seed=seed)


@router.get("/whatif", responses=_WHATIF)
def whatif(request: Request, at: OnTable, changes: Asked) -> Response:
    """The table before and after changes, side by side, and who gains. Each word may be given several times."""
    return _of_record(request, at, "whatif", **changes)


@router.post(
    "/whatif",
    responses=answers(outcome.Difference, "Before and after.", more=(501,), writing=True),
    openapi_extra=body_of(Played),
)
def whatif_of_table(request: Request, body: Sent, changes: Asked, seconds: SecondsAsked = MOST_SECONDS) -> Response:
    """The same of a table that is sent, or of two tables beside each other."""
    sent = read(body, Played)
    against = {} if sent.against is None else {"against": _checked(sent.against)}
    return _of_sent(request, "whatif", sent.table, seconds, **changes, **against)


@router.get("/ripeness", responses=_RIPE)
def ripeness(request: Request, at: OnTable) -> Response:
    """Was there a moment at which all could have gained? The days on which a position is dated."""
    return _of_record(request, at, "ripeness")


@router.post(
    "/ripeness",
    responses=answers(outcome.Ripeness, "The margins, table by table.", writing=True),
    openapi_extra=body_of(Series),
)
def ripeness_of_tables(request: Request, body: Sent, seconds: SecondsAsked = MOST_SECONDS) -> Response:
    """The same of tables that are sent, one a day."""
    tables = [_checked(one) for one in read(body, Series).tables]
    return fresh(_computed(desk_of(request).workspace, "ripeness", {"tables": tables}, Setting(seconds=seconds)))
