"""Compares Accord's date grammar with dateparser on phrases of news English with known answers.

    python bench/dates.py [--all]

The phrases, their sentences and their answers were written for this comparison; each is said in a report of
Wednesday 5 March 2025. An answer is an interval of days. dateparser is given the phrase alone and, where the tense
says so, told to prefer the future; what it gives (always one day) counts as right if it is the interval's first day
and as exact if the interval is that day. Without dateparser's help the phrase is also searched for in its sentence
(`search_dates`). Prints one line per phrase that differs (with --all every one) and the totals.
"""

from __future__ import annotations

import argparse
import datetime as dt
import time
import warnings
from typing import NamedTuple

import dateparser
from dateparser.search import search_dates

from accord.model.report import Report
from accord.model.when import When
from accord.reading.dates import find_dates
from accord.reading.document import Document
from accord.reading.pipeline import model

SAID = dt.date(2025, 3, 5)


class Phrase(NamedTuple):
    sentence: str
    phrase: str
    start: str | None
    end: str | None
    ahead: bool = False


def day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


PHRASES = [
    Phrase("The ministers met on Friday.", "Friday", "2025-02-28", "2025-02-28"),
    Phrase("The ministers will meet on Friday.", "Friday", "2025-03-07", "2025-03-07", True),
    Phrase("The deputies voted on Wednesday.", "Wednesday", "2025-03-05", "2025-03-05"),
    Phrase("He arrived yesterday.", "yesterday", "2025-03-04", "2025-03-04"),
    Phrase("The king will speak tomorrow.", "tomorrow", "2025-03-06", "2025-03-06", True),
    Phrase("They signed it this morning.", "this morning", "2025-03-05", "2025-03-05"),
    Phrase("The truce broke down last night.", "last night", "2025-03-04", "2025-03-04"),
    Phrase("The war began on Feb. 24, 2022.", "Feb. 24, 2022", "2022-02-24", "2022-02-24"),
    Phrase("The accord was signed on 10 April 1998.", "10 April 1998", "1998-04-10", "1998-04-10"),
    Phrase("It was signed on the 26th of September 2016.", "26th of September 2016", "2016-09-26", "2016-09-26"),
    Phrase("The camp was shelled on 12 December.", "12 December", "2024-12-12", "2024-12-12"),
    Phrase("The truce expires on March 18.", "March 18", "2025-03-18", "2025-03-18", True),
    Phrase("The island was divided in 1974.", "1974", "1974-01-01", "1974-12-31"),
    Phrase("The charter of May 2000 was renewed.", "May 2000", "2000-05-01", "2000-05-31"),
    Phrase("The vote was held in October.", "October", "2024-10-01", "2024-10-31"),
    Phrase("Elections are due in October.", "October", "2025-10-01", "2025-10-31", True),
    Phrase("They signed it last July.", "last July", "2024-07-01", "2024-07-31"),
    Phrase("Parliament will convene next week.", "next week", "2025-03-10", "2025-03-16", True),
    Phrase("Talks broke down last week.", "last week", "2025-02-24", "2025-03-02"),
    Phrase("The envoy came earlier this week.", "earlier this week", "2025-03-03", "2025-03-05"),
    Phrase("The envoy will come later this week.", "later this week", "2025-03-05", "2025-03-09", True),
    Phrase("The talks failed late last month.", "late last month", "2025-02-19", "2025-02-28"),
    Phrase("The fighting eased in early 2022.", "early 2022", "2022-01-01", "2022-04-30"),
    Phrase("Violence rose at the end of last year.", "the end of last year", "2024-12-01", "2024-12-31"),
    Phrase("Rebels took the town ten years ago.", "ten years ago", "2015-01-01", "2015-12-31"),
    Phrase("He left three months ago.", "three months ago", "2024-12-01", "2024-12-31"),
    Phrase("He left five days ago.", "five days ago", "2025-02-28", "2025-02-28"),
    Phrase("The mission left two weeks ago.", "two weeks ago", "2025-02-17", "2025-02-23"),
    Phrase("More than a decade ago he fled.", "More than a decade ago", None, "2017-12-31"),
    Phrase("Kenya will send officers in three weeks.", "in three weeks", "2025-03-24", "2025-03-30", True),
    Phrase("Forty people died in the past three weeks.", "the past three weeks", "2025-02-12", "2025-03-05"),
    Phrase("The sides have been meeting for nearly five weeks.", "for nearly five weeks", "2025-01-29", "2025-03-05"),
    Phrase("The guerrillas have fought since 1964.", "since 1964", "1964-01-01", None),
    Phrase("Talks took place from May 5 to May 7.", "from May 5 to May 7", "2024-05-05", "2024-05-07"),
    Phrase("He was jailed in the 1990s.", "the 1990s", "1990-01-01", "1999-12-31"),
    Phrase("They fled in 2014-15.", "2014-15", "2014-01-01", "2015-12-31"),
    Phrase("Talks were held in the first quarter of 2024.", "the first quarter of 2024", "2024-01-01", "2024-03-31"),
    Phrase("The rebels rose in the spring of 2012.", "the spring of 2012", "2012-03-01", "2012-05-31"),
    Phrase("The guns fell silent over Easter.", "Easter", "2024-03-29", "2024-04-01"),
    Phrase("They met on Christmas Eve.", "Christmas Eve", "2024-12-24", "2024-12-24"),
    Phrase("It must be signed by the end of the month.", "the end of the month", "2025-03-05", "2025-03-31", True),
]  # fmt: skip


def ours(phrase: Phrase) -> When | None:
    """The interval of the expression that holds the phrase."""
    doc = model()(phrase.sentence)
    found = find_dates(Document(Report.make(phrase.sentence, "bench", published=SAID), doc)).all
    return next(
        (e.when for e in found if phrase.phrase in (e.when.text or "") or (e.when.text or "-") in phrase.phrase), None
    )


def theirs(phrase: Phrase) -> dt.date | None:
    """What dateparser makes of the phrase alone, with the hint that it needs."""
    settings = {
        "RELATIVE_BASE": dt.datetime(SAID.year, SAID.month, SAID.day),
        "PREFER_DATES_FROM": "future" if phrase.ahead else "past",
        "PREFER_DAY_OF_MONTH": "first",
    }
    found = dateparser.parse(phrase.phrase, languages=["en"], settings=settings)
    return found.date() if found else None


def searched(phrase: Phrase) -> dt.date | None:
    """What dateparser finds in the sentence by itself."""
    settings = {"RELATIVE_BASE": dt.datetime(SAID.year, SAID.month, SAID.day), "PREFER_DATES_FROM": "past"}
    found = search_dates(phrase.sentence, languages=["en"], settings=settings)
    return found[0][1].date() if found else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all", action="store_true", help="show every phrase")
    args = parser.parse_args()
    warnings.simplefilter("ignore")
    right = {"ours": 0, "alone: first day": 0, "alone: exact": 0, "searched: first day": 0}
    for phrase in PHRASES:
        start, end = day(phrase.start), day(phrase.end)
        when, alone, found = ours(phrase), theirs(phrase), searched(phrase)
        good = when is not None and (when.start, when.end) == (start, end)
        right["ours"] += good
        right["alone: first day"] += alone is not None and alone == start
        right["alone: exact"] += alone is not None and alone == start == end
        right["searched: first day"] += found is not None and found == start
        if args.all or not good or alone != start:
            shown = f"{start or '..'}/{end or '..'}"
            print(f"{phrase.phrase:28} {shown:24} ours {when!s:24} dateparser {alone!s:11} searched {found!s:11}")
    print(f"of {len(PHRASES)} phrases right:", ", ".join(f"{name} {count}" for name, count in right.items()))
    text = " ".join(p.sentence for p in PHRASES)
    doc = model()(text)
    report = Document(Report.make(text, "bench", published=SAID), doc)
    began = time.perf_counter()
    for _ in range(10):
        find_dates(report)
    print(f"ours: {10 * len(PHRASES) / (time.perf_counter() - began):,.0f} phrases/s on a parsed text")
    began = time.perf_counter()
    for phrase in PHRASES:
        theirs(phrase)
    print(f"dateparser: {len(PHRASES) / (time.perf_counter() - began):,.0f} phrases/s alone")


if __name__ == "__main__":
    main()
