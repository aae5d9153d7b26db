"""Actors across reports: who is merged, under which name, and who is kept apart."""

from __future__ import annotations

from build_readings import Notes

from accord.model.actor import Actor, actor_id
from accord.model.record import Record
from accord.record import merge


def merged(*notes: Notes) -> Record:
    return merge([n.report for n in notes], [n.reading for n in notes])


def named(record: Record, name: str) -> Actor:
    found = [a for a in record.actors if a.name == name]
    assert len(found) == 1, [a.name for a in record.actors]
    return found[0]


def report(text: str, published: str = "2023-05-01") -> Notes:
    return Notes(text, published)


def test_one_person_in_four_spellings_keeps_each_reports_own() -> None:
    spellings = ["Abdel Fattah al-Burhan", "Abdel Fattah Burhan", "Abdul Fattah al-Burhan", "Abdel Fattah al-Burhan"]
    notes = [report(f"{name} left for Port Sudan.", f"2023-05-0{i + 1}") for i, name in enumerate(spellings)]
    for note, name in zip(notes, spellings, strict=True):
        note.person(name, "Burhan")
    record = merged(*notes)
    general = named(record, "Abdel Fattah al-Burhan")
    assert [general.name_in(n.report.id) for n in notes] == spellings
    assert set(general.aliases) == {"Abdel Fattah Burhan", "Abdul Fattah al-Burhan", "Burhan"}


def test_a_surname_goes_to_the_only_one_who_bears_it() -> None:
    full, short = report("Mohamed Hamdan Dagalo spoke."), report("Dagalo spoke again.", "2023-05-02")
    full.person("Mohamed Hamdan Dagalo", "Hemedti")
    short.person("Dagalo")
    assert [a.name for a in merged(full, short).actors] == ["Mohamed Hamdan Dagalo"]


def test_an_assumed_name_that_a_report_explains_is_known_elsewhere() -> None:
    full, short = report("Mohamed Hamdan Dagalo, known as Hemedti, spoke."), report("Hemedti spoke.", "2023-05-02")
    full.person("Mohamed Hamdan Dagalo", "Hemedti")
    short.person("Hemedti")
    assert [a.name for a in merged(full, short).actors] == ["Mohamed Hamdan Dagalo"]


def test_a_surname_that_two_bear_goes_to_neither() -> None:
    notes = [
        report("Mwai Kibaki spoke."),
        report("Lucy Kibaki spoke.", "2023-05-02"),
        report("Kibaki spoke.", "2023-05-03"),
    ]
    for note, name in zip(notes, ("Mwai Kibaki", "Lucy Kibaki", "Kibaki"), strict=True):
        note.person(name)
    assert {a.name for a in merged(*notes).actors} == {"Mwai Kibaki", "Lucy Kibaki", "Kibaki"}


def test_a_surname_does_not_go_to_one_of_another_party() -> None:
    one, other = report("David Owen of Britain spoke."), report("Owen, for the United States, spoke.", "2023-05-02")
    one.person("David Owen", party=one.state("United Kingdom", "GBR"))
    other.person("Owen", party=other.state("United States", "USA"))
    assert len([a for a in merged(one, other).actors if a.kind == "person"]) == 2


def test_states_merge_by_code_and_never_with_bodies() -> None:
    one, other, third = report("Ivory Coast."), report("Côte d'Ivoire."), report("Kosovo, a band.", "2023-05-03")
    one.state("Ivory Coast", "CIV")
    other.state("Côte d'Ivoire", "CIV")
    third.body("Ivory Coast")
    record = merged(one, other, third)
    assert sorted((a.kind, a.name) for a in record.actors) == [
        ("organisation", "Ivory Coast"),
        ("state", "Ivory Coast"),
    ]


def test_a_body_by_its_acronym_once_a_report_has_both() -> None:
    both, short, other = (
        report("The FARC talked.", "2016-01-01"),
        report("FARC talked.", "2016-01-02"),
        report("ELN.", "2016-01-03"),
    )
    both.actor("Revolutionary Armed Forces of Colombia", "armed-group", "FARC")
    short.actor("FARC", "armed-group")
    other.actor("ELN", "armed-group")
    record = merged(both, short, other)
    assert {a.name for a in record.actors} == {"Revolutionary Armed Forces of Colombia", "ELN"}


def test_an_acronym_without_explanation_goes_to_the_only_body_with_these_initials() -> None:
    full, short = report("Rapid Support Forces."), report("RSF.", "2023-05-02")
    full.body("Rapid Support Forces")
    short.body("RSF")
    assert len(merged(full, short).actors) == 1
    rival = report("Royal Scottish Foresters.", "2023-05-03")
    rival.body("Royal Scottish Foresters")
    assert len(merged(full, short, rival).actors) == 3


def test_ministries_of_two_states_stay_two() -> None:
    one, other = report("Armenia's Foreign Ministry."), report("Azerbaijan's Foreign Ministry.", "2023-05-02")
    one.body("Foreign Ministry of Armenia", "Foreign Ministry", party=one.state("Armenia", "ARM"))
    other.body("Foreign Ministry of Azerbaijan", "Foreign Ministry", party=other.state("Azerbaijan", "AZE"))
    assert len([a for a in merged(one, other).actors if a.kind == "organisation"]) == 2


def test_unnamed_sources_are_descriptions_not_persons() -> None:
    one, other = report("A senior official spoke."), report("A senior official of Sudan spoke.", "2023-05-02")
    one.actor("senior official", "unnamed")
    other.actor("senior Sudanese official", "unnamed")
    assert len(merged(one, other).actors) == 2


def test_everything_names_the_merged_actor() -> None:
    one, other = report("Nikol Pashinyan met Ilham Aliyev."), report("Pashinian and Aliev met.", "2023-05-02")
    a = one.person("Nikol Pashinyan", party=one.state("Armenia", "ARM"))
    one.event("Nikol Pashinyan met Ilham Aliyev", "CONSULT", (a, one.person("Ilham Aliyev")))
    b = other.person("Pashinian")
    other.event("Pashinian and Aliev met", "CONSULT", (b, other.person("Aliev")))
    record = merged(one, other)
    known = {actor.id for actor in record.actors}
    assert all(set(e.actors) <= known for e in record.events)
    assert named(record, "Nikol Pashinyan").party == actor_id("state", "Armenia")
    assert record.members[named(record, "Nikol Pashinyan").id] == (a, b)


def test_who_holds_an_office_for_different_parties_is_one_person_of_the_most_frequent() -> None:
    notes = [report(f"Kofi Annan spoke, report {i}.", f"2008-02-0{i}") for i in range(1, 4)]
    for note, party in zip(notes, ("United Nations", "African Union", "African Union"), strict=True):
        note.person("Kofi Annan", party=note.body(party))
    record = merged(*notes)
    assert named(record, "Kofi Annan").party == named(record, "African Union").id
