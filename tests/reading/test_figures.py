"""Figures: which numbers count, how large, bounded how, of what."""

from __future__ import annotations

import pytest

from accord.model.report import Report
from accord.reading.offline import OfflineReader

FOUND = [
    ("Uganda gave the M23 rebels two days to leave Goma.", 2, None, None, "days"),
    ("The front wants a presidential election within nine months.", 9, None, None, "months"),
    ("The insurgency has killed at least 40,000 people since 2009.", 40000, 40000, None, "people"),
    ("Officials in Juba said more than two million civilians had been displaced.", 2e6, 2e6, None, "civilians"),
    ("The truce between Colombo and the rebels lasted for nearly six years.", 6, None, 6, "years"),
    ("Serbia agreed to withdraw up to 15,000 troops from the province.", 15000, None, 15000, "troops"),
    ("The rebels freed 27 hostages on Monday.", 27, None, None, "hostages"),
    ("About 37% of the island is under Turkish control.", 37, None, None, "percent"),
    ("Donors pledged $1.5 billion for reconstruction in Mindanao.", 1.5e9, None, None, "US dollars"),
    ("Tens of thousands of refugees fled to Chad.", 10000, 10000, None, "refugees"),
    ("Dozens of fighters were killed in clashes near Stepanakert.", 24, 24, None, "fighters"),
    ("Several hundred were wounded in the shelling of Goma.", 300, 300, None, "people"),
    ("Between 200 and 300 prisoners will be released under the deal.", 200, 200, 300, "prisoners"),
    ("They proposed a 60-day truce.", 60, None, None, "days"),
    ("The siege dragged on for more than a decade.", 10, 10, None, "years"),
    ("Casualties exceeded 5,000.", 5000, 5000, None, "casualties"),
    ("The accord doubled the size of the border zone.", 2, None, None, "times"),
    ("The talks in Geneva took an hour and a half.", 1.5, None, None, "hours"),
    ("Half a million people were uprooted by the fighting in Aceh.", 5e5, None, None, "people"),
    ("The four-year NATO intervention in Libya ended.", 4, None, None, "years"),
    ("The Polisario Front freed three teachers on Sunday.", 3, None, None, "teachers"),
    ("The two presidents spoke for about four hours in Nicosia.", 4, None, None, "hours"),
    ("The ten-year-old dispute over the border went on.", 10, None, None, "years"),
    ("The decade-long insurgency in Burundi is over.", 10, None, None, "years"),
    ("A weeklong truce held in Mali.", 1, None, None, "week"),
    ("A nine-member delegation of the rebels flew to Libreville.", 9, None, None, "members"),
    ("More than two million have been driven from their homes in Myanmar.", 2e6, 2e6, None, "people"),
    ("The war in Myanmar has killed thousands and displaced millions.", 1000, 1000, None, "people"),
    ("Three years into the war, Libya has two governments.", 3, None, None, "years"),
    ("More than 300 000 people have died in Burundi.", 3e5, 3e5, None, "people"),
    ("The truce in Bougainville takes effect within 48 hours.", 48, None, None, "hours"),
    ("The government would cede two-thirds of the territory.", 66.666667, None, None, "percent"),
]

LABELS = [
    "The war began in 1983.",
    "The rebels signed Resolution 1325 in the capital.",
    "Maria Santos, 54, said she wanted to go home.",
    "A 17-year-old boy watched the convoy leave.",
    "The delegations will meet at 10:30 in Naivasha.",
    "The two leaders met in Addis Ababa.",
    "The talks will resume on March 14.",
    "They discussed item five of the agenda.",
    "Fighting broke out three months ago.",
    "One of the ministers walked out.",
    "A ten-year-old girl crossed the bridge.",
    "The envoy flew home within two hours.",
    "The 15-nation bloc sent a letter.",
    "Peace came to an island of two million people.",
    "He had a lifelong love of Cyprus.",
]


@pytest.fixture(scope="module")
def figures():
    reader = OfflineReader()

    def read(text: str):
        (reading,) = reader.read([Report.make(text, "test.txt")])
        assert reading.failed is None
        return reading.figures

    return read


@pytest.mark.parametrize(("text", "value", "low", "high", "unit"), FOUND)
def test_a_number_that_matters_is_a_figure(figures, text, value, low, high, unit):
    found = [f for f in figures(text) if f.value == pytest.approx(value)]
    assert found, [f.value for f in figures(text)]
    assert (found[0].low, found[0].high, found[0].unit) == (low, high, unit)


@pytest.mark.parametrize("text", LABELS)
def test_a_number_that_counts_nothing_is_no_figure(figures, text):
    assert [(f.value, f.measure) for f in figures(text)] == []


def test_a_figure_says_what_it_measures(figures):
    (figure,) = figures("The army said that 120 rebel fighters were killed or wounded.")
    assert figure.measure == "rebel fighters killed or wounded"


def test_a_rate_keeps_its_unit_of_time(figures):
    (figure,) = figures("The famine is killing 300 children a day in the camps.")
    assert "a day" in figure.measure


def test_a_length_told_twice_is_one_figure_with_two_evidences(figures):
    (figure,) = figures("A 48-hour truce began in Kashmir on Monday. The army said the two-day ceasefire was holding.")
    assert (figure.value, figure.unit, len(figure.evidence)) == (48, "hours", 2)
