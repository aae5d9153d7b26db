# ruff: noqa: E501 - one case a line reads best
"""Levers: who holds what over whom, and how; sentences of conflicts on four continents."""

from __future__ import annotations

from functools import cache

import pytest

from accord.model.findings import Lever
from accord.model.report import Report
from accord.model.vocabulary.levers import lever_words
from accord.reading.levers import extract
from accord.reading.offline import understand
from accord.reading.pipeline import model

Told = tuple[str, str | None, str, str, str]


@cache
def read(text: str) -> tuple[tuple[Lever, ...], dict[str, str], Report]:
    report = Report.make(text, "test")
    context = understand(report, model()(text))
    return extract(context), {a.id: a.name for a in context.mentions.actors}, report


def told(text: str) -> list[Told]:
    """Holder, target, instrument, direction and status of each lever."""
    levers, names, _ = read(text)
    return [
        (names[lv.holder], names[lv.target] if lv.target else None, lv.instrument, lv.direction, lv.status)
        for lv in levers
    ]


LEVERS = [
    # the table
    ("The Polisario said it would not go back to the talks unless Morocco freed the prisoners.", "Polisario", "Morocco", "walk-out", "pressure threatened"),
    # sanctions
    ("The European Union imposed sanctions on Belarus.", "European Union", "Belarus", "sanctions", "pressure applied"),
    ("Sanctions were imposed on Mali by France.", "France", "Mali", "sanctions", "pressure applied"),
    ("Washington threatened Sudan with further sanctions.", "United States", "Sudan", "sanctions", "pressure threatened"),
    ("Should Iran refuse, the United States could impose new sanctions.", "United States", "Iran", "sanctions", "pressure threatened"),
    ("Switzerland is considering sanctions against Serbia.", "Switzerland", "Serbia", "sanctions", "pressure threatened"),
    ("Britain lifted its sanctions on Zimbabwe.", "United Kingdom", "Zimbabwe", "sanctions", "pressure lifted"),
    ("Washington offered Cuba sanctions relief.", "United States", "Cuba", "sanctions", "inducement offered"),
    ("Canada will ease sanctions on Myanmar if the junta frees its prisoners.", "Canada", "Myanmar", "sanctions", "inducement offered"),
    ("The United States refused to lift sanctions on Syria.", "United States", "Syria", "sanctions", "pressure applied"),
    # aid and intelligence
    ("The United States suspended military aid to Egypt.", "United States", "Egypt", "military-aid", "pressure applied"),
    ("France announced the suspension of military aid to Mali.", "France", "Mali", "military-aid", "pressure applied"),
    ("Germany resumed arms deliveries to Israel.", "Germany", "Israel", "military-aid", "pressure lifted"),
    ("Spain threatened to halt arms sales to Saudi Arabia.", "Spain", "Saudi Arabia", "military-aid", "pressure threatened"),
    ("Washington cut off intelligence sharing with Georgia.", "United States", "Georgia", "intelligence", "pressure applied"),
    # trade and resources
    ("Turkey offered economic incentives to Armenia.", "Turkey", "Armenia", "trade", "inducement offered"),
    ("India imposed a blockade on Nepal.", "India", "Nepal", "trade", "pressure applied"),
    ("Washington threatened to put tariffs on Colombia.", "United States", "Colombia", "trade", "pressure threatened"),
    ("Saudi Arabia eased its blockade of Qatar.", "Saudi Arabia", "Qatar", "trade", "pressure lifted"),
    ("Rwanda closed its border with Burundi.", "Rwanda", "Burundi", "trade", "pressure applied"),
    ("Russia cut gas supplies to Moldova.", "Russia", "Moldova", "resources", "pressure applied"),
    ("Ethiopia could cut off the flow of water to Egypt.", "Ethiopia", "Egypt", "resources", "pressure threatened"),
    ("Israel withheld tax revenues from the Palestinian Authority.", "Israel", "Palestinian Authority", "resources", "pressure applied"),
    # force
    ("NATO threatened air strikes against Serbia if it did not withdraw.", "NATO", "Serbia", "force", "pressure threatened"),
    ("Israel threatened to resume its offensive against Hamas.", "Israel", "Hamas", "force", "pressure threatened"),
    ("Ethiopia massed troops on the border with Eritrea.", "Ethiopia", "Eritrea", "force", "pressure applied"),
    ("If Georgia refuses, Russia will attack Georgia.", "Russia", "Georgia", "force", "pressure threatened"),
    ("The American base serves as a deterrent against North Korea.", "United States", "North Korea", "force", "pressure threatened"),
    # walking out
    ("Norway could abandon its mediation if Eritrea refuses to negotiate.", "Norway", "Eritrea", "walk-out", "pressure threatened"),
    ("Hamas walked out of the talks with Israel.", "Hamas", "Israel", "walk-out", "pressure applied"),
    ("Colombia suspended peace talks with the ELN.", "Colombia", "ELN", "walk-out", "pressure applied"),
    ("Qatar might step back unless Israel returns to the negotiations.", "Qatar", "Israel", "walk-out", "pressure threatened"),
    # recognition and prisoners
    ("Washington offered to recognise the independence of Somaliland.", "United States", "Somaliland", "recognition", "inducement offered"),
    ("Bolivia recalled its ambassador to Israel.", "Bolivia", "Israel", "recognition", "pressure applied"),
    ("The Houthis released the last of their Saudi prisoners.", "Houthis", "Saudi Arabia", "prisoners", "pressure lifted"),
    ("Hamas still holds twenty Israeli hostages.", "Hamas", "Israel", "prisoners", "pressure applied"),
    ("Hezbollah offered to free its Israeli captives.", "Hezbollah", "Israel", "prisoners", "inducement offered"),
    ("The Polisario Front freed two Moroccan teachers whom it had held captive.", "Polisario", "Morocco", "prisoners", "pressure lifted"),
    ("The Houthis took dozens of Saudi prisoners. On Sunday the Houthis released 20 of them.", "Houthis", "Saudi Arabia", "prisoners", "pressure lifted"),
    # held over the other side only as part of a bargain
    ("Ethiopia refused to talk to Eritrea until its troops left.", "Ethiopia", "Eritrea", "walk-out", "pressure applied"),
    ("Pakistan will not sit down with India without a ceasefire.", "Pakistan", "India", "walk-out", "pressure threatened"),
    ("The M23 warned that the talks with Congo could collapse if the raids went on.", "M23", "Democratic Republic of the Congo", "walk-out", "pressure threatened"),
    ("Hezbollah agreed to give up its rockets in exchange for a withdrawal by Israel.", "Hezbollah", "Israel", "force", "inducement offered"),
    ("Hezbollah must free its captives before Israel will talk.", "Israel", "Hezbollah", "walk-out", "pressure threatened"),
    ("Hezbollah will not disarm until Israel withdraws.", "Hezbollah", "Israel", "force", "pressure threatened"),
    ("Washington will not recognise the Taliban unless the group breaks with al-Qaeda.", "United States", "Taliban", "recognition", "pressure threatened"),
    ("Hamas sees the Israeli hostages as a bargaining chip.", "Hamas", "Israel", "prisoners", "pressure applied"),
    ("Negotiators from Russia and Georgia met in Geneva. Georgia would renounce force in return for the lifting of Russian sanctions.", "Russia", "Georgia", "sanctions", "inducement offered"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "holder", "target", "instrument", "state"), LEVERS)
def test_a_lever_is_found_with_its_ends(text, holder, target, instrument, state):
    assert (holder, target, instrument, *state.split()) in told(text)


NOTHING = [
    "The sanctions committee met on Tuesday in Vienna.",
    "Sanctions have hurt the economy of Iran.",
    "Ukraine called for tougher sanctions on Belarus.",
    "The United Nations urged Israel to lift the blockade.",
    "Aid workers were killed in an attack in Sudan.",
    "The army of Chad attacked the town.",
    "Kenya's president left the meeting early.",
    "If sanctions were lifted, Iran would sign.",
    "Would Turkey impose an embargo on Armenia?",
    "Poland received weapons from Germany.",
    "We will walk away with good memories of Nepal.",
    "Iran would limit enrichment in return for the lifting of sanctions.",
    "Egypt did not impose sanctions on Libya.",
    "Iraq and Iran released 300 prisoners in an exchange.",
    "The court of Peru struck the law down.",
    "Serbia spoke of the threat of floods.",
    "The war in Yemen has killed thousands.",
    "Zambia trades with Angola.",
    "Hezbollah agreed to disarm.",
    "Eritrea did not attend the talks.",
    "Ethiopia will not talk to reporters before Friday.",
    "Serbia withdrew its troops from Kosovo.",
    "Syria called on Israel to stop its attacks in exchange for talks.",
    "The army released a report on the fighting in Mali.",
    "The Houthis freed the road from mines.",
]


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_held_over_nobody_is_no_lever(text):
    assert told(text) == []


def test_the_official_who_speaks_names_the_holder_where_nobody_acts():
    text = "U.S. Treasury Secretary Janet Yellen said that further sanctions could be imposed should Iran fail to negotiate."
    assert ("United States", "Iran", "sanctions", "pressure", "threatened") in told(text)


def test_what_an_expert_thinks_possible_is_nobodys_lever():
    text = (
        "John Smith, a professor at the University of Oslo, said that Washington could lift sanctions on Iran. "
        '"Washington might cut aid to Egypt," Smith added.'
    )
    assert told(text) == []


def test_a_mediator_who_walks_away_leaves_both_sides():
    text = "Ethiopia and Eritrea met for talks in Doha. Qatar threatened to walk away."
    assert {(holder, target) for holder, target, *_ in told(text)} == {("Qatar", "Ethiopia"), ("Qatar", "Eritrea")}


def test_a_lever_told_twice_is_one_with_two_evidences():
    levers, _, _ = read(
        "Washington suspended military aid to Egypt in July. The United States suspended the aid to Egypt after a coup."
    )
    assert [len(lever.evidence) for lever in levers] == [2]


def test_a_target_told_elsewhere_is_taken_from_the_lever_told_before():
    text = (
        "The United States cut off intelligence sharing with Georgia. A week later Washington halted arms deliveries."
    )
    assert ("United States", "Georgia", "military-aid", "pressure", "applied") in told(text)


def test_a_condition_stays_in_the_evidence():
    levers, _, _ = read("Norway said that if the rebels refused a deal, it might step back from the talks with Serbia.")
    assert levers[0].evidence[0].quote.startswith("if the rebels refused a deal")


def test_every_lever_rests_on_a_slice_of_the_report():
    for text, *_ in LEVERS:
        levers, _, report = read(text)
        for lever in levers:
            assert lever.why
            assert 0.3 <= lever.confidence <= 0.95
            for evidence in lever.evidence:
                evidence.check(report)


def test_every_entry_of_the_vocabulary_fires_in_its_example():
    words = lever_words()
    entries = [*(n for ns in words.nouns.values() for n in ns), *(a for acts in words.acts.values() for a in acts)]
    silent = [
        entry.example for entry in entries if entry.instrument not in [kind for _, _, kind, _, _ in told(entry.example)]
    ]
    assert silent == []
