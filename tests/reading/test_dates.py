"""Date expressions of news English, placed on the calendar from a publication date, by tense, or not at all."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.model.report import Report
from accord.model.vocabulary.time import time_words
from accord.model.when import When
from accord.reading.dates import Dates, arithmetic, find_dates
from accord.reading.dates.holidays import days_of
from accord.reading.document import Document
from accord.reading.pipeline import model

PUBLISHED = dt.date(2025, 3, 5)  # a Wednesday

ONE = [
    # absolute
    ("The war began on Feb. 24, 2022.", "on Feb. 24, 2022", "2022-02-24"),
    ("The accord was signed on 10 April 1998.", "on 10 April 1998", "1998-04-10"),
    ("It was signed on the 26th of September 2016.", "on the 26th of September 2016", "2016-09-26"),
    ("The order is dated 2019-08-05.", "2019-08-05", "2019-08-05"),
    ("The truce of May 2000 failed.", "May 2000", "2000-05"),
    ("The island was divided in 1974.", "in 1974", "1974"),
    ("He was jailed in the 1990s.", "in the 1990s", "1990-01-01/1999-12-31"),
    ("They fled in 2014-15.", "in 2014-15", "2014-01-01/2015-12-31"),
    ("Talks were held in the first quarter of 2024.", "in the first quarter of 2024", "2024-01-01/2024-03-31"),
    ("The rebels rose in the spring of 2012.", "in the spring of 2012", "2012-03-01/2012-05-31"),
    # parts of periods
    ("The fighting eased in early 2022.", "in early 2022", "2022-01-01/2022-04-30"),
    ("Talks broke down late last month.", "late last month", "2025-02-19/2025-02-28"),
    ("Violence rose at the close of last year.", "at the close of last year", "2024-12"),
    ("Macron came earlier this week.", "earlier this week", "2025-03-03/2025-03-05"),
    # the tense decides
    ("The ministers met on Friday.", "on Friday", "2025-02-28"),
    ("The ministers will meet on Friday.", "on Friday", "2025-03-07"),
    ("The negotiations would resume Friday, he said.", "Friday", "2025-03-07"),
    ("The truce expires on March 18.", "on March 18", "2025-03-18"),
    ("The vote was held in October.", "in October", "2024-10"),
    ("Elections are due in October.", "in October", "2025-10"),
    ("They may march in May.", "in May", "2025-05"),
    # relative
    ("He arrived yesterday.", "yesterday", "2025-03-04"),
    ("They signed it this afternoon.", "this afternoon", "2025-03-05"),
    ("Parliament convenes next week.", "next week", "2025-03-10/2025-03-16"),
    ("They signed it last July.", "last July", "2024-07"),
    ("Rebels took the town ten years ago.", "ten years ago", "2015"),
    ("He left three months ago.", "three months ago", "2024-12"),
    ("He left five days ago.", "five days ago", "2025-02-28"),
    ("Kenya will send officers in three weeks.", "in three weeks", "2025-03-24/2025-03-30"),
    ("Forty people died in the past three weeks.", "in the past three weeks", "2025-02-12/2025-03-05"),
    ("More than a decade ago he left.", "More than a decade ago", "../2017-12-31"),
    ("A few days ago it rained.", "A few days ago", "2025-02-28/2025-03-03"),
    # stretches, bounds, ranges
    ("The sides have been meeting for nearly five weeks.", "for nearly five weeks", "2025-01-29/2025-03-05"),
    ("The guerrillas have fought since 1964.", "since 1964", "1964-01-01/.."),
    ("Talks took place from May 5 to May 7.", "from May 5 to May 7", "2024-05-05/2024-05-07"),
    ("It must be signed by the end of the month.", "by the end of the month", "2025-03-05/2025-03-31"),
    # holidays
    ("The guns fell silent over Easter.", "over Easter", "2024-03-29/2024-04-01"),
    ("A truce will be kept on Orthodox Easter Sunday.", "on Orthodox Easter Sunday", "2025-04-20"),
    ("They met on Christmas Eve.", "on Christmas Eve", "2024-12-24"),
]  # fmt: skip


def dates(text: str, published: dt.date | None = PUBLISHED) -> Dates:
    return find_dates(Document(Report.make(text, "test", published=published), model()(text)))


def of(text: str, word: str, published: dt.date | None = PUBLISHED) -> When | None:
    found = dates(text, published)
    token = next(t for t in model()(text) if t.text == word)
    return found.of(token)


@pytest.mark.parametrize(("text", "words", "when"), ONE, ids=[words for _, words, _ in ONE])
def test_an_expression_is_placed_as_finely_as_its_words(text: str, words: str, when: str) -> None:
    assert [(e.when.text, str(e.when)) for e in dates(text).all] == [(words, when)]


@pytest.mark.parametrize(
    "text",
    [
        "About 2000 people fled the town.",
        "The 30-day truce held.",
        "The five-week siege ended.",
        "He may march against the second army.",
        "They demanded $1990 in fees.",
    ],
)
def test_numbers_terms_and_other_words_are_no_dates(text: str) -> None:
    assert dates(text).all == ()


def test_without_a_publication_date_relative_words_are_kept_and_not_placed() -> None:
    found = dates("The ministers met on Friday. The war began on Feb. 24, 2022.", published=None).all
    assert [(e.when.text, e.when.known) for e in found] == [("on Friday", False), ("on Feb. 24, 2022", True)]


def test_a_date_alone_at_the_head_of_the_text_stands_for_the_publication_date() -> None:
    found = dates("Truce in Aceh\nMonday, August 15, 2005\nThe two sides met on Friday.", published=None)
    assert found.reference == dt.date(2005, 8, 15)
    assert str(found.all[-1].when) == "2005-08-12"


def test_a_happening_dates_another() -> None:
    text = "Russia invaded on February 24, 2022. On the third anniversary of the invasion, leaders met."
    assert str(of(text, "met")) == "2025-02-24"
    text = "The summit took place on January 14. Two days before the summit, the rebels freed a pilot."
    assert str(of(text, "freed")) == "2025-01-12"


def test_a_happening_is_dated_by_counting_back_to_it() -> None:
    text = "The armies traded fire on Tuesday, a day after the two sides agreed to a truce."
    assert str(of(text, "traded")) == "2025-03-04"
    assert str(of(text, "agreed")) == "2025-03-03"


def test_days_are_counted_from_the_last_one_told() -> None:
    text = "The two met on Monday. The next day they signed a deal, and two days later it collapsed."
    assert str(of(text, "signed")) == "2025-03-04"
    assert str(of(text, "collapsed")) == "2025-03-06"


def test_tomorrow_in_a_quotation_is_the_day_after_it_was_spoken() -> None:
    assert str(of('"Tomorrow we will vote," he said on Thursday.', "vote")) == "2025-02-28"


def test_a_date_belongs_to_its_own_clause() -> None:
    text = "The envoy said on Monday that talks would resume on Friday."
    assert str(of(text, "said")) == "2025-03-03"
    assert str(of(text, "resume")) == "2025-03-07"
    assert of("The envoy said that he had met the king on Sunday.", "said") is None


def test_a_date_belongs_to_the_infinitive_it_hangs_on() -> None:
    text = "The king agreed to meet the rebels within two weeks."
    assert str(of(text, "meet")) == "2025-03-05/2025-03-19"
    assert of(text, "agreed") is None


def test_acts_joined_by_and_share_the_date_told_first() -> None:
    assert str(of("On Sunday the king met the rebels and freed two hostages.", "freed")) == "2025-03-02"


def test_a_noun_is_dated_by_what_hangs_on_it() -> None:
    assert str(of("They recalled the talks held in Geneva on Saturday.", "talks")) == "2025-03-01"


def test_impossible_days_are_no_dates() -> None:
    assert all(e.when.start != e.when.end for e in dates("He spoke on February 30, 2024.").all)


@given(st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2099, 12, 31)), st.integers(-600, 600))
def test_months_added_and_taken_away_come_back_to_the_month(day: dt.date, months: int) -> None:
    there = arithmetic.add_months(day, months)
    back = arithmetic.add_months(there, -months)
    assert (back.year, back.month) == (day.year, day.month)
    assert (there.year * 12 + there.month) - (day.year * 12 + day.month) == months


@given(st.dates(min_value=dt.date(1950, 1, 1), max_value=dt.date(2050, 12, 31)))
def test_the_thirds_of_a_period_cover_it_without_overlap(day: dt.date) -> None:
    for whole in (arithmetic.month(day.year, day.month), arithmetic.year(day.year), arithmetic.week(day)):
        early, mid, late = (arithmetic.part(whole, which, day) for which in ("early", "mid", "late"))
        assert early[0] == whole[0]
        assert late[1] == whole[1]
        for before, after in ((early[1], mid[0]), (mid[1], late[0])):
            assert before is not None
            assert after is not None
            assert (after - before).days == 1


def test_holidays_fall_where_almanacs_have_them() -> None:
    named = {phrase: h for group in time_words().holidays.values() for phrase, h in group}
    assert days_of(named["easter", "sunday"], 2025) == ((dt.date(2025, 4, 20), dt.date(2025, 4, 20)),)
    assert days_of(named["orthodox", "easter", "sunday"], 2024) == ((dt.date(2024, 5, 5), dt.date(2024, 5, 5)),)
    start, end = days_of(named["ramadan",], 2024)[0]
    assert start is not None
    assert end is not None
    assert abs((start - dt.date(2024, 3, 11)).days) <= 1
    assert abs((end - dt.date(2024, 4, 9)).days) <= 1


def test_every_holiday_of_the_vocabulary_has_a_day_in_most_years() -> None:
    for group in time_words().holidays.values():
        for phrase, holiday in group:
            found = [days_of(holiday, year) for year in range(2015, 2025)]
            assert sum(bool(days) for days in found) >= 9, phrase


def test_a_happening_that_only_bounds_another_does_not_date_it() -> None:
    text = "It will be their first conversation since the quarrel of 2 March."
    assert of(text, "conversation") is None
    quarrel = of(text, "quarrel")
    assert quarrel is not None
    assert quarrel.start is not None
    assert quarrel.start <= PUBLISHED


def test_since_then_is_since_the_period_told_last() -> None:
    found = dates("Fighting erupted in Bouaké last December. Since then, thousands have fled.")
    assert [str(e.when) for e in found.all] == ["2024-12", "2024-12-01/.."]


def test_a_clause_that_a_day_is_counted_from_keeps_its_own_dates() -> None:
    text = "He made the request hours after parliament on Monday extended the curfew."
    assert str(of(text, "extended")) == "2025-03-03"
    assert str(of(text, "made")) == "2025-03-03"


def test_a_happening_is_counted_back_to_from_the_day_of_the_line_before() -> None:
    text = "The envoys met on Monday. The talks came a day after the rebels failed to reach a deal."
    assert str(of(text, "reach")) == "2025-03-02"


def test_last_weeks_raid_was_last_week() -> None:
    assert str(of("The curfew was imposed after last week's raid.", "raid")) == "2025-02-24/2025-03-02"


def test_what_a_report_accuses_of_it_does_on_the_day_of_its_release() -> None:
    text = "On Tuesday, the commission released a report accusing the army of torture."
    assert str(of(text, "accusing")) == "2025-03-04"


def test_a_clause_that_says_more_about_a_date_has_it() -> None:
    text = "Nothing was heard since 2003, when the talks broke down and the army launched an offensive."
    assert str(of(text, "broke")).startswith("2003-01-01")
    assert str(of(text, "launched")).startswith("2003-01-01")


def test_a_day_on_the_object_says_when_it_was_done() -> None:
    assert str(of("Sudan set Chad a deadline of 15 days on 14 July.", "set")) == "2024-07-14"


def test_later_counts_from_the_period_told_last() -> None:
    text = (
        "Togo met the envoys on 12 February. In July 2022 it had brokered the pact; Mali withdrew from it a year later."
    )
    assert str(of(text, "withdrew")) == "2023"
    finer = (
        "Togo met the envoys on 12 February. In July 2022 it had brokered the pact; Mali withdrew from it a week later."
    )
    assert (of(finer, "withdrew") or When()).start is None
