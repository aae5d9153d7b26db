# ruff: noqa: E501 - one case a line reads best
"""Positions in the many forms that agencies give them, over conflicts on four continents, and what is none."""

from __future__ import annotations

import pytest

HELD = [
    # refusals and what is shut out
    (
        "Bourita told reporters that independence was not on the table, Morocco's foreign minister Nasser Bourita said.",
        "Morocco",
        "status-recognition",
        "against",
    ),
    (
        "The FNL rebels of Burundi said there could be no ceasefire without the release of political prisoners.",
        "FNL",
        "ceasefire",
        "against",
    ),
    (
        "The FNL rebels of Burundi said there could be no ceasefire without the release of political prisoners.",
        "FNL",
        "prisoners-hostages",
        "for",
    ),
    (
        '"Our position is clear: no talks until the troops leave," Eritrean spokesman Yemane Gebremeskel said.',
        "Eritrea",
        "withdrawal",
        "for",
    ),
    (
        "Georgia's president Mikheil Saakashvili said his country would not go back to the peace talks.",
        "Georgia",
        "peace-agreement",
        "against",
    ),
    ("Serbia circulated a paper, saying Kosovo must hold new elections.", "Serbia", "elections", "for"),
    ("The Abkhaz leaders are not keen on extending the truce.", "Abkhazia", "ceasefire", "against"),
    ("Turkey refused to discuss autonomy for the region.", "Turkey", "status-recognition", "against"),
    # readiness
    (
        "Ethiopia's government said it was willing to discuss a prisoner exchange.",
        "Ethiopia",
        "prisoners-hostages",
        "open",
    ),
    ("The Basque group ETA said it was ready to give up its weapons.", "ETA", "disarmament", "for"),
    ("The Kremlin said it would only agree to a truce if arms deliveries stopped.", "Russia", "ceasefire", "for"),
    (
        "Armenia and Azerbaijan agreed to the cessation of hostilities as well as to systematic disarmament.",
        "Armenia",
        "disarmament",
        "for",
    ),
    # demands told in lists, deadlines and conditions
    (
        "The rebels of Burundi repeated their demands. These include an amnesty and new elections.",
        "Burundian rebels",
        "elections",
        "for",
    ),
    ("One of Ecuador's goals is to extend the ceasefire in Colombia.", "Ecuador", "ceasefire", "for"),
    ("Uganda gave the M23 rebels two days to leave the city of Goma.", "Uganda", "withdrawal", "for"),
    (
        "The Polisario threatened to quit the peace talks unless Morocco released the prisoners.",
        "Polisario",
        "prisoners-hostages",
        "for",
    ),
    (
        "Azerbaijan has made the withdrawal of Armenian troops a precondition for talks.",
        "Azerbaijan",
        "withdrawal",
        "for",
    ),
    (
        "Colombia's government has made it a condition that the guerrillas stop kidnapping.",
        "Colombia",
        "prisoners-hostages",
        "for",
    ),
    (
        "Kosovo's prime minister said that his country would accept nothing less than full independence.",
        "Kosovo",
        "status-recognition",
        "for",
    ),
    ("Georgia says the return of refugees must come first.", "Georgia", "refugees-return", "for"),
    ("Turkey refuses to drop its demand for a withdrawal of the peacekeepers.", "Turkey", "foreign-forces", "for"),
    ("Nepal's Maoists were told of it after Nepal told the army to return to barracks.", "Nepal", "withdrawal", "for"),
]


@pytest.mark.parametrize(("text", "party", "issue", "stance"), HELD)
def test_a_position_is_found_in_this_form(read, text, party, issue, stance):
    assert (party, issue, stance) in [(name, p.issue, p.stance) for name, p in read(text)]


NOT_HELD = [
    # asserted, doubted, not said, only awaited
    ("Serbia's minister insisted that he and his counterpart did not discuss a peace agreement.", "Serbia"),
    ("There was little sign that Sudan was ready to make a deal with the rebels.", "Sudan"),
    ("Georgia has not said it would launch an offensive against Abkhazia.", "Georgia"),
    ("North Korea wants food aid before it gives up any nuclear weapons.", "disarmament"),
    # force and taking sides are no stand on a matter of the talks
    ("Ethiopia has threatened to attack the rebels in the north.", "Ethiopia"),
    ("The Syrian army tried to capture a suburb of Damascus.", "Syria"),
    ("An official of Kenya who asked not to be identified spoke of talks.", "Kenya"),
]


@pytest.mark.parametrize(("text", "none_of"), NOT_HELD)
def test_what_is_only_told_of_is_no_position(read, text, none_of):
    assert [p.proposition for name, p in read(text) if none_of in (name, p.issue)] == []


def test_an_end_to_several_things_is_not_a_wish_for_each(read):
    found = read("Lebanon wanted an end to air strikes and sieges of towns.")
    assert {p.stance for _, p in found if p.proposition.lower().startswith(("air strikes", "sieges"))} == set()
