from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any

import msgspec
import pytest
from golden import agrees

from accord.errors import ExportError, NotFound
from accord.model.findings import ProposalStep
from accord.model.outcome import Agreement, Best, Zone
from accord.model.record import Dating, Filter, Record
from accord.publishing import BRIEF_FORMS, publish
from accord.publishing.brief import Brief, build
from accord.publishing.brief.content import Line, Section
from accord.publishing.references import References
from aceh import (
    ACTORS,
    AGREED,
    ANSWERS,
    DISARM,
    FEBRUARY,
    GAM,
    INDONESIA,
    JANUARY,
    LEAVE,
    POSITIONS,
    RECORD,
    UNDATED,
    cite,
    day,
    position,
)


@pytest.fixture(scope="module")
def brief() -> Brief:
    return build(RECORD, title="aceh", answers=ANSWERS)


def sections(brief: Brief) -> tuple[Section, ...]:
    held = brief.levers, brief.figures
    return (brief.parties, brief.changes, brief.ahead, brief.proposals, *held, brief.discrepancies, brief.agreement)


def texts(section: Section) -> list[str]:
    return [line.text for line in section.lines]


@pytest.mark.parametrize("form", BRIEF_FORMS)
def test_the_brief_is_what_it_was(brief: Brief, form: str) -> None:
    assert agrees(f"aceh.brief.{form}", publish(brief, form, record="aceh.accord"))


def test_in_colour_it_says_the_same(brief: Brief) -> None:
    coloured = publish(brief, "text", record="aceh.accord", colour=True)
    assert "\x1b[" in coloured
    bare = "".join(line.rstrip() + "\n" for line in re.sub(r"\x1b\[[0-9;]*m", "", coloured).splitlines())
    assert bare == publish(brief, "text", record="aceh.accord")


@pytest.mark.parametrize("width", [60, 80, 100])
def test_the_text_stays_within_its_width(brief: Brief, width: int) -> None:
    lines = publish(brief, "text", width=width).splitlines()
    assert max(map(len, lines)) <= width
    assert len(lines) <= (85 if width >= 80 else 110)


def test_an_unknown_form_is_refused_with_those_there_are(brief: Brief) -> None:
    with pytest.raises(ExportError, match=r"text, md, html, json; got 'pdf'"):
        publish(brief, "pdf")


def test_every_line_that_says_something_rests_on_words(brief: Brief) -> None:
    for section in sections(brief):
        bare = [line.text for line in section.lines if not line.quotes]
        assert section.key == "agreement" or not bare
    cells = [cell for row in brief.matrix.rows for cell in row.cells if cell]
    assert cells
    assert all(cell.quotes for cell in cells)


def test_every_quote_stands_in_the_sentence_that_it_names(brief: Brief) -> None:
    lines: list[Line] = [line for section in sections(brief) for line in section.lines]
    quotes = [quote for line in lines for quote in line.quotes]
    assert len(quotes) > 20
    for quote in quotes:
        report, sentence = References(RECORD).resolve(quote.ref)
        assert report is RECORD.reports[quote.report - 1]
        assert quote.before + quote.words + quote.after == report.text[sentence.start : sentence.end]
        assert quote.ref == f"{quote.report}:{quote.sentence}"


def test_a_party_comes_with_its_voices_and_red_lines(brief: Brief) -> None:
    assert texts(brief.parties)[0] == (
        "Free Aceh Movement (armed group): 4 positions, 2 red lines, 5 events; "
        "voices: spokesman Bakhtiar Abdullah, prime minister in exile Malik Mahmud"
    )
    assert "Nadia Rahim" not in " ".join(texts(brief.parties))


def test_a_shift_is_told_with_what_was_before(brief: Brief) -> None:
    shift = next(line for line in brief.changes.lines if ", now " in line.text)
    assert shift.text == (
        "2005-02-22 Free Aceh Movement: for (red line), now open (preference) on “Aceh becomes independent”"
    )
    assert [quote.ref for quote in shift.quotes] == ["2:1", "1:4"]


def test_what_changed_last_comes_first_and_once(brief: Brief) -> None:
    refs = [line.quotes[0].ref for line in brief.changes.lines]
    assert refs[0] == "4:1"
    assert len(refs) == len(set(refs))
    signed = [line.text for line in brief.changes.lines if line.quotes[0].ref == "4:1"]
    assert signed == ["2005-08-15 memorandum of understanding: signed by Hamid Awaludin, Malik Mahmud"]


def test_what_is_announced_stands_apart(brief: Brief) -> None:
    assert texts(brief.ahead) == ["until 2005-12-31 Free Aceh Movement → Indonesia: retreat (planned)"]
    assert not any("planned" in text for text in texts(brief.changes))


def test_the_matrix_has_the_latest_stance_and_what_it_was(brief: Brief) -> None:
    assert brief.matrix.parties == ("Free Aceh Movement", "Indonesia", "European Union")
    rows = {row.proposition: row for row in brief.matrix.rows}
    gam, indonesia, union = rows["Aceh becomes independent"].cells
    assert gam
    assert (gam.stance, gam.strength, gam.was) == ("open", "preference", "for (red line)")
    assert indonesia
    assert (indonesia.stance, indonesia.strength, indonesia.was) == ("against", "red-line", None)
    assert union is None
    assert brief.matrix.rows[0].proposition == "GAM disarms before the soldiers leave"


def test_two_stances_of_one_day_stand_beside_each_other() -> None:
    same = position(
        GAM.id,
        "Aceh becomes independent",
        "against",
        "preference",
        cite(FEBRUARY, "he told reporters"),
        issue="status-recognition",
        date=day("2005-02-22"),
    )
    brief = build(msgspec.structs.replace(RECORD, positions=(*POSITIONS[:3], same)))
    cell = brief.matrix.rows[0].cells[brief.matrix.parties.index("Free Aceh Movement")]
    assert cell
    assert (cell.stance, cell.was, cell.beside) == ("against", None, "open (preference)")


def test_a_discrepancy_shows_every_side_with_its_sentence(brief: Brief) -> None:
    assert texts(brief.discrepancies) == [
        "people killed in the war: 15,000 4:3 against 30,000 5:1",
        "fighters of GAM: 2,500 (Indonesian army) 1:6 against 3,000 (Free Aceh Movement) 2:6",
    ]


def test_a_proposal_is_told_in_time_and_a_long_life_in_short() -> None:
    steps = tuple(
        ProposalStep(status=status, date=day(f"2005-0{month}-01"), evidence=AGREED)
        for month, status in enumerate(
            ("proposed", "rejected", "proposed", "accepted", "stalled", "agreed", "signed"), start=1
        )
    )
    proposal = msgspec.structs.replace(RECORD.proposals[0], history=steps[::-1], by=())
    record = msgspec.structs.replace(RECORD, proposals=(proposal,))
    assert texts(build(record).proposals) == [
        "memorandum of understanding (framework): proposed 2005-01-01 3:1 → … → accepted 2005-04-01 3:1 → "
        "stalled 2005-05-01 3:1 → agreed 2005-06-01 3:1 → signed 2005-07-01 3:1"
    ]


def test_what_moved_last_comes_first_and_the_future_has_not_moved() -> None:
    late = msgspec.structs.replace(
        RECORD.proposals[1],
        history=(ProposalStep(status="expired", date=day("2009-01-01"), evidence=RECORD.proposals[1].evidence),),
    )
    record = msgspec.structs.replace(RECORD, proposals=(late, RECORD.proposals[0]))
    assert [line.items for line in build(record).proposals.lines] == [(RECORD.proposals[0].id,), (late.id,)]


def test_no_zone_is_said_with_what_closes_and_what_would_open_it(brief: Brief) -> None:
    question = "“GAM disarms before the soldiers leave”"
    assert texts(brief.agreement) == [
        "No zone. No agreement is possible as it stands: of 2 ways to settle 1 question none suits "
        "Free Aceh Movement, Indonesia.",
        f"These cannot stand together: Free Aceh Movement rules out {question}, and Indonesia insists on {question}.",
        f"The least concession that opens a zone (cost 1.20): Free Aceh Movement no longer rules out {question}.",
        f"Or (cost 1.50): Indonesia no longer insists on {question}.",
    ]
    assert [quote.ref for quote in brief.agreement.lines[1].quotes] == ["2:5", "2:4"]
    assert brief.agreement.granted == ("Every party weighs the same",)


def test_a_zone_is_said_with_what_all_its_packages_share() -> None:
    best = Best(party=GAM.id, agreement=Agreement(("no",), (1.0, 0.0)))
    zone = Zone(method="zone", empty=False, size=1, total=2, best=(best,), shares=((1.0, 0.0),))
    answers = msgspec.structs.replace(
        ANSWERS,
        zone=zone,
        blockers=msgspec.structs.replace(ANSWERS.blockers, open=True, sets=()),
        concessions=msgspec.structs.replace(ANSWERS.concessions, open=True, sets=()),
    )
    assert texts(build(RECORD, answers=answers).agreement) == [
        "A zone. An agreement is possible: 1 of 2 ways to settle 1 question suit Free Aceh Movement, Indonesia.",
        "All of them have “GAM disarms before the soldiers leave”: no.",
    ]


def test_an_undecided_zone_is_not_called_empty() -> None:
    zone = Zone(method="zone", empty=None, size=None, total=10**30, cut="the time limit of 10 s")
    said = texts(build(RECORD, answers=msgspec.structs.replace(ANSWERS, zone=zone)).agreement)[0]
    assert said == "Not decided: the time limit of 10 s; no package that all can accept was found so far."


def test_without_a_table_the_reason_is_given() -> None:
    assert build(RECORD, answers="no two parties differ.").agreement.nothing == "No two parties differ."
    assert build(RECORD).agreement.nothing == "No table was computed."


def test_wordings_of_one_matter_share_a_row_and_a_direction() -> None:
    keep = position(
        GAM.id,
        "Soldiers stay",
        "against",
        "red-line",
        LEAVE,
        issue="withdrawal",
        key="pp-1",
        common="The soldiers leave Aceh",
        common_stance="for",
        date=day("2005-02-22"),
    )
    pull_out = position(
        INDONESIA.id,
        "Troops pull out",
        "against",
        "demand",
        DISARM,
        issue="withdrawal",
        key="pp-1",
        common="The soldiers leave Aceh",
        common_stance="against",
        date=day("2005-02-21"),
    )
    rows = build(msgspec.structs.replace(RECORD, positions=(pull_out, keep))).matrix.rows
    assert [row.proposition for row in rows] == ["The soldiers leave Aceh"]
    assert [cell.stance for cell in rows[0].cells if cell] == ["for", "against"]


def test_confidence_cuts_what_is_shown() -> None:
    sure = build(RECORD, Filter(confidence=0.85))
    assert len(sure.matrix.rows) == 1
    assert sure.narrowed == "confidence at least 0.85"
    assert len(sure.changes.lines) < len(build(RECORD).changes.lines)


def test_a_filter_that_finds_nobody_is_an_error_with_the_nearest_names() -> None:
    with pytest.raises(NotFound, match="did you mean Indonesia"):
        build(RECORD, Filter(party="Indonesien"))


def test_an_undated_report_is_dated_by_others_where_they_tell() -> None:
    start, end = JANUARY.published, FEBRUARY.published
    assert start
    assert end
    why = (f"what it dates 'on Monday', report {FEBRUARY.id} dates Monday 2005-02-21",)
    dating = Dating(report=UNDATED.id, start=start, end=end, evidence=cite(UNDATED, "leaflet"), why=why, confidence=0.5)
    brief = build(msgspec.structs.replace(RECORD, datings=(dating,)))
    assert brief.reports[4].when == "undated, 2005-01-29 to 2005-02-22 by other reports"
    assert "undated, 2005-01-29 to 2005-02-22" in publish(brief, "text")
    assert brief.reports[4].why == "what it dates 'on Monday', report 2 dates Monday 2005-02-21"
    assert "report 2 dates Monday 2005-02-21" in publish(brief, "md")
    assert "report 2 dates Monday" in publish(brief, "html")


def test_a_lever_is_one_line_with_its_states_in_time() -> None:
    (lever,) = RECORD.levers
    lifted = msgspec.structs.replace(
        lever, id="le-2", status="lifted", date=day("2005-08-15"), evidence=cite(FEBRUARY, "amnesty")
    )
    (line,) = build(msgspec.structs.replace(RECORD, levers=(lifted, lever))).levers.lines
    assert line.text.startswith("Indonesia → Free Aceh Movement: prisoners (inducement): offered by 2005-02-22 ")
    assert "lifted 2005-08-15" in line.text
    assert set(line.items) == {lever.id, "le-2"}


def test_a_figure_says_its_bounds_and_who_claims_it() -> None:
    figure = msgspec.structs.replace(RECORD.figures[0], low=2000.0, high=None, value=2000.0, unit=None)
    (line,) = build(msgspec.structs.replace(RECORD, figures=(figure,))).figures.lines
    assert ": at least 2,000" in line.text
    both = msgspec.structs.replace(figure, high=3500.0)
    (line,) = build(msgspec.structs.replace(RECORD, figures=(both,))).figures.lines
    assert ": 2,000 to 3,500" in line.text


def test_levers_and_figures_share_a_title_on_a_screen_and_have_their_own_on_a_page(brief: Brief) -> None:
    assert "LEVERS AND FIGURES" in publish(brief, "text")
    for form in ("md", "html"):
        page = publish(brief, form)
        assert brief.levers.title in page
        assert brief.figures.title in page


def test_an_empty_record_makes_a_brief_that_says_so() -> None:
    for form in BRIEF_FORMS:
        text = publish(build(Record()), form)
        assert form == "json" or "No position is on record." in text
        assert form == "json" or "No proposal is on record." in text


def test_the_json_is_the_content(brief: Brief) -> None:
    read: dict[str, Any] = json.loads(publish(brief, "json"))
    assert msgspec.convert(read, Brief) == brief


class Links(HTMLParser):
    """Collects what a page refers to and what it could be referred by."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.outside: list[str] = []
        self.inside: list[str] = []
        self.ids: list[str] = []
        self.tags: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for key, value in attrs:
            if key == "id" and value:
                self.ids.append(value)
            if key in ("href", "src", "srcset", "action", "data", "poster", "background"):
                (self.inside if value and value.startswith("#") else self.outside).append(f"{tag} {key}={value}")


def test_the_page_stands_alone(brief: Brief) -> None:
    page = publish(brief, "html")
    links = Links(page)
    assert not links.outside
    assert not links.tags & {"script", "link", "img", "iframe", "object", "embed", "form", "base"}
    assert "url(" not in page
    assert "@import" not in page
    assert len(page.encode()) < 2_000_000
    assert "default-src 'none'" in page


def test_every_anchor_of_the_page_is_there_once(brief: Brief) -> None:
    links = Links(publish(brief, "html"))
    assert len(links.ids) == len(set(links.ids))
    assert {link.partition("#")[2] for link in links.inside} <= set(links.ids)


def test_a_large_record_still_makes_a_page_that_can_be_mailed() -> None:
    reports = tuple(
        msgspec.structs.replace(JANUARY, id=f"re-{n}", title=f"Report {n}", text=JANUARY.text) for n in range(2000)
    )
    positions = tuple(
        msgspec.structs.replace(
            p,
            id=f"{p.id}-{n}",
            proposition=f"{p.proposition} {n % 700}",
            evidence=tuple(msgspec.structs.replace(e, report=f"re-{n}") for e in p.evidence),
        )
        for n in range(2000)
        for p in POSITIONS[:2]
    )
    brief = build(Record(reports=reports, actors=ACTORS, positions=positions))
    assert len(publish(brief, "html").encode()) < 2_000_000
    assert len(publish(brief, "text").splitlines()) < 100
    assert brief.matrix.more == 1400 - len(brief.matrix.rows) or brief.matrix.more == 700 - len(brief.matrix.rows)
    assert INDONESIA.name in brief.matrix.parties
