"""The negotiating table: change what parties insist on, and see what becomes of the zone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

import msgspec
from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from accord.errors import AccordError
from accord.model.outcome import Concession, Difference, Situation
from accord.model.scenario import Scenario
from accord.model.table import Question, Table, TableLever, TableParty
from accord.publishing.brief.agreement import blocker_lines, concession_lines, zone_lines
from accord.publishing.brief.content import Line, Quote
from accord.publishing.outcomes import Computed, as_rows, as_svg
from accord.publishing.outcomes.whatif import gain, headline
from accord.web.access.roles import who_of
from accord.web.asking import Asked, Where
from accord.web.asking_table import Play, play_of, with_numbers
from accord.web.authors import author_of
from accord.web.desk import Desk, Scene
from accord.web.pages import Context, desk_of, fresh
from accord.web.seeing import Seeing
from accord.web.views.overview import MOST_SETS
from accord.workbench.scenarios import options_of

router = APIRouter(include_in_schema=False)

Show = Literal["zone", "solutions", "forecast", "uncertainty", "path"]
SHOWS: tuple[Show, ...] = ("zone", "solutions", "forecast", "uncertainty", "path")
_PICTURE = {"content-security-policy": "default-src 'none'; style-src 'unsafe-inline'"}


class Way(msgspec.Struct, frozen=True):
    """A set of concessions that would open the zone, and the address of the table with it made."""

    line: Line
    query: str


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """A party's view of a question: `named` is how changes name it, `quoted` the words that it rests on first."""

    named: str
    text: str
    stance: str
    finding: str
    quoted: Quote | None
    refuses: bool
    ties: bool


class Seat(msgspec.Struct, frozen=True, kw_only=True):
    """A party at the table with its views, in the order of the table."""

    party: TableParty
    views: tuple[Held, ...]


class Gain(msgspec.Struct, frozen=True):
    """What a table is worth to a party before and after the changes, from 0 to 1; None where it is not at the table."""

    party: str
    before: float | None
    after: float | None
    said: str


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What the table comes to as it is now played."""

    table: Table
    headline: str
    asked: tuple[str, ...]
    zone: tuple[Line, ...]
    cut: str | None
    blockers: tuple[Line, ...]
    more_blockers: bool
    ways: tuple[Way, ...]
    more_ways: bool
    fairest: tuple[tuple[str, str], ...]
    gains: tuple[Gain, ...]


@router.get("/table")
def table(request: Request, asked: Where, show: Annotated[Show, Query()] = "zone") -> Response:
    """The table with its levers to move, and what it comes to."""
    desk = desk_of(request)

    def make(scene: Scene) -> Context:
        laid, play = lay(request, desk, scene, asked)
        seeing = scene.once("seeing", lambda: Seeing(scene))
        made = computed(desk, scene, laid, play)
        context: dict[str, Any] = {
            "laid": laid,
            "play": play,
            "show": show,
            "shows": SHOWS,
            "result": result(made, play, seeing),
            "seats": scene.once(("seats", laid.digest), lambda: seats(laid, seeing)),
            "levers": levers(scene, laid, play),
            "rows": (),
            "chart": has_chart(show, made),
            "scenarios": desk.workspace.scenarios(),
            "author": author_of(request),
        }
        if show != "zone":
            context["rows"] = as_rows(desk.workspace.compute(show, table=made.tables[-1]))
        return context

    # a change on the page asks for what the table comes to, and takes that alone out of the answer
    alone = request.headers.get("hx-request") == "true" and request.headers.get("hx-target", "").endswith("result")
    return fresh(request, "_result.html" if alone else "table.html", make, asked)


@router.get("/table/chart.svg")
def chart(request: Request, asked: Where, show: Annotated[Show, Query()] = "zone") -> Response:
    """The picture of what the table comes to."""
    desk = desk_of(request)
    scene = desk.scene()
    laid, play = lay(request, desk, scene, asked)
    made = computed(desk, scene, laid, play)
    if show != "zone" or not play.changes:
        made = desk.workspace.compute(show, table=made.tables[-1])
    headers = {**_PICTURE, "cache-control": "private, no-cache"}
    return Response(as_svg(made), media_type="image/svg+xml", headers=headers)


@router.post("/scenarios")
async def keep(request: Request) -> Response:
    """Keep the changes of a table under a name, or drop a scenario."""
    from starlette.concurrency import run_in_threadpool

    form = {key: str(value) for key, value in (await request.form()).items()}
    desk, author = desk_of(request), who_of(request).author(form.get("author", ""))

    def write() -> str:
        with desk.writing:
            if form.get("drop"):
                desk.workspace.drop_scenario(form["drop"])
                return "/scenarios"
            known = parsed(form.get("play", ""))
            one = desk.workspace.keep_scenario(form.get("name", ""), known[0], setting=known[1], author=author)
            return f"/scenarios#{one.name}"

    return RedirectResponse(await run_in_threadpool(write), status_code=303)


@router.get("/scenarios")
def scenarios(request: Request) -> Response:
    """The scenarios that are kept, side by side."""
    desk = desk_of(request)

    def make(scene: Scene) -> Context:
        columns = tuple(_column(desk, scene, one) for one in desk.workspace.scenarios())
        return {"columns": columns, "author": author_of(request)}

    return fresh(request, "scenarios.html", make)


def seats(laid: Table, seeing: Seeing) -> tuple[Seat, ...]:
    """The parties with what each wants."""
    texts = {question.id: question.text for question in laid.questions}
    refused = {(line.party, line.question) for line in laid.red_lines}
    tied = {(condition.party, condition.question) for condition in laid.conditions}
    held: dict[str, list[Held]] = {party.id: [] for party in laid.parties}
    for view in laid.views:
        held[view.party].append(
            Held(
                named=f"{view.party}: {view.question}",
                text=texts[view.question],
                stance=view.stance or "",
                finding=view.findings[0] if view.findings else "",
                quoted=next(iter(seeing.ground.quotes_of(view.findings[:1])), None),
                refuses=(view.party, view.question) in refused,
                ties=(view.party, view.question) in tied,
            )
        )
    return tuple(Seat(party=party, views=tuple(held[party.id])) for party in laid.parties)


def levers(scene: Scene, laid: Table, play: Play) -> tuple[TableLever, ...]:
    """The levers to pull: of those that one party has over another, of one kind, the one told of last.

    Those that are pulled or lifted are among them in any case.
    """
    moved = {named for word, named in play.changes if word in ("lever", "lift")}
    known = {one.id: one for one in laid.levers}
    told = [known[lever.id] for lever in scene.record.levers if lever.id in known]
    last = {(one.holder, one.target, one.instrument, one.direction): one for one in told}
    kept = {one.id for one in last.values()} | moved
    return tuple(one for one in told if one.id in kept)


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """A scenario with what its table comes to, or why it can no longer be set up."""

    scenario: Scenario
    query: str
    result: Result | None
    why: str = ""


def _column(desk: Desk, scene: Scene, one: Scenario) -> Column:
    """A scenario may name what later reports or corrections took off the table: that one alone then has no answer."""
    from accord.web.asking import asked as asked_of

    said = dict(one.setting)
    try:
        filters = asked_of(**{key: value for key, value in said.items() if key != "at"})
        play = Play(asked=filters, at=said.get("at", ""), changes=one.changes)
        made = computed(desk, scene, _laid(desk, scene, play), play)
    except AccordError as problem:
        return Column(scenario=one, query=urlencode((*one.setting, *one.changes)), result=None, why=str(problem))
    seeing = scene.once("seeing", lambda: Seeing(scene))
    return Column(scenario=one, query=play.query, result=result(made, play, seeing))


def parsed(query: str) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """The changes and the setting of the address of a table."""
    from urllib.parse import parse_qsl

    from accord.workbench.changes import WORDS

    pairs = parse_qsl(query[:8_000])
    return tuple(p for p in pairs if p[0] in WORDS), tuple(p for p in pairs if p[0] not in WORDS)


def lay(request: Request, desk: Desk, scene: Scene, asked: Asked) -> tuple[Table, Play]:
    """The table as the record sets it up, and what is changed on it."""
    play = play_of(request, asked)
    laid = _laid(desk, scene, play)
    return laid, with_numbers(request, play, laid)


def _laid(desk: Desk, scene: Scene, play: Play) -> Table:
    def make() -> Table:
        return desk.workspace.table(at=play.at or None, **play.asked.filters)

    return scene.once(("table", play.asked.where, play.at), make)


def computed(desk: Desk, scene: Scene, laid: Table, play: Play) -> Computed:
    """The table before and after the changes; without any, the same twice. Computed once for a state of the record."""
    return scene.once(("computed", laid.digest, play.changes), lambda: _compute(desk, laid, play))


def _compute(desk: Desk, laid: Table, play: Play) -> Computed:
    options = options_of(play.changes) if play.changes else {"against": laid}
    return desk.workspace.compute("whatif", options, table=laid, sets=MOST_SETS)


def has_chart(show: Show, made: Computed) -> bool:
    """Whether there is something to draw."""
    after = _difference(made).after.zone
    return show == "forecast" or (after.empty is False) or (show == "zone" and bool(made.asked)) or show == "path"


def result(made: Computed, play: Play, seeing: Seeing) -> Result:
    """What the page says of it."""
    found, after = _difference(made), made.tables[-1]
    now = found.after
    quoted = seeing.ground.quotes_of
    ways = concession_lines(after, now.concessions, quoted, MOST_SETS)
    blockers = blocker_lines(after, now.blockers, quoted, MOST_SETS)
    return Result(
        table=after,
        headline=headline(found) if play.changes else "",
        asked=made.asked,
        zone=zone_lines(after, now.zone),
        blockers=blockers,
        cut=next(
            (found.cut for found in (now.blockers, now.concessions) if found.cut and len(found.sets) < MOST_SETS), None
        ),
        more_blockers=now.blockers.cut is not None and len(blockers) == MOST_SETS,
        ways=tuple(
            Way(line, play.also(_made(after, one))) for line, one in zip(ways, now.concessions.sets, strict=False)
        ),
        more_ways=now.concessions.cut is not None and len(ways) == MOST_SETS,
        fairest=_fairest(after, now),
        gains=tuple(Gain(made.party(s.party), s.before, s.after, gain(s)) for s in found.shifts),
    )


def _made(table: Table, concession: Concession) -> Iterator[tuple[str, str]]:
    """The changes that make a concession."""
    worth = dict(zip((party.id for party in table.parties), concession.opens.utilities, strict=True))
    for demand in concession.demands:
        if demand.kind == "reservation":
            yield "reservation", f"{demand.party} = {max(0.0, int(worth[demand.party] * 1000) / 1000):g}"
        else:
            word = "relax" if demand.kind == "red-line" else "no_condition"
            yield word, f"{demand.party}: {demand.question}"


def _fairest(table: Table, now: Situation) -> tuple[tuple[str, str], ...]:
    chosen = now.solution.agreement
    if chosen is None:
        return ()
    return tuple((q.text, _option(q, option)) for q, option in zip(table.questions, chosen.options, strict=True))


def _option(question: Question, option: str) -> str:
    """An option beside its question: of a question of yes or no these words, else its own."""
    if {known.id for known in question.options} == {"no", "yes"}:
        return option
    return question.options[question.index(option)].text


def _difference(made: Computed) -> Difference:
    assert isinstance(made.answer, Difference)
    return made.answer
