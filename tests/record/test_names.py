"""Personal names across spellings, titles and lengths: which two can be one person's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.model.vocabulary.matching import matching
from accord.record.identity.names import compare, name_keys, person_name

SAME = [
    ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
    ("Zelenskiy", "Zelensky"),
    ("Zelenskyj", "Zelenskyy"),
    ("Nikol Pashinyan", "Nikol Pashinian"),
    ("Ilham Aliyev", "Ilham Aliev"),
    ("Muammar Gaddafi", "Moammar Qaddafi"),
    ("Gaddafi", "Qaddafi"),
    ("Muammar al-Gadhafi", "Muammar Kadhafi"),
    ("Kim Jong-un", "Kim Jong Un"),
    ("Serzh Sargsyan", "Serzh Sarkisian"),
    ("Abdel Fattah al-Burhan", "Abdul Fattah Burhan"),
    ("Mohamed Hamdan Dagalo", "Mohammed Hamdan Daglo"),
    ("Juan Manuel Santos", "Juan Manuel Santos Calderón"),
    ("Massoud Barzani", "Masoud Barzani"),
    ("Hashim Thaçi", "Hashim Thaci"),
    ("Alyaksandr Lukashenka", "Alexander Lukashenko"),
    ("Ismail Haniyeh", "Ismail Haniya"),
    ("Gerry Adams", "Gerard Adams"),
    ("Bill Clinton", "William Jefferson Clinton"),
    ("Jean-Marie Guéhenno", "Jean Marie Guehenno"),
    ("Salva Kiir", "Salva Kiir Mayardit"),
    ("Slobodan Milošević", "Slobodan Milosevic"),
    ("President Mwai Kibaki", "Mwai Kibaki"),
    ("General Abdel Fattah al-Burhan", "Abdel Fattah Burhan"),
    ("J. Garang", "John Garang"),
]
DIFFERENT = [
    ("Mwai Kibaki", "Stanley Kibaki"),
    ("Kim Jong Un", "Kim Jong Il"),
    ("Raila Odinga", "Oburu Odinga"),
    ("Viktor Yushchenko", "Viktor Yanukovych"),
    ("Petro Poroshenko", "Petro Doroshenko"),
    ("Bill Clinton", "Hillary Clinton"),
    ("Masoud Barzani", "Marwan Barghouti"),
    ("Olga Ivanova", "Oleg Ivanov"),
    ("Hassan Rouhani", "Hassan Nasrallah"),
    ("Joseph Kabila", "Laurent Kabila"),
    ("Hun Sen", "Hun Manet"),
    ("Ali Khamenei", "Ali Sistani"),
    ("Harari", "Hariri"),
    ("Omar Torrijos Sr", "Omar Torrijos Jr"),
]
SHORT = [("Kibaki", "Mwai Kibaki"), ("Abiy", "Abiy Ahmed"), ("President Aliyev", "Ilham Aliyev")]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_one_person_in_two_spellings(a: str, b: str) -> None:
    x, y = person_name(a), person_name(b)
    assert compare(x, y) == compare(y, x) == "same"
    assert name_keys(x) & name_keys(y), "blocks must bring the two together"


@pytest.mark.parametrize(("a", "b"), DIFFERENT)
def test_two_persons(a: str, b: str) -> None:
    assert compare(person_name(a), person_name(b)) == compare(person_name(b), person_name(a)) == "different"


@pytest.mark.parametrize(("a", "b"), SHORT)
def test_a_part_of_a_name_is_no_proof(a: str, b: str) -> None:
    x, y = person_name(a), person_name(b)
    assert compare(x, y) == compare(y, x) == "short"
    assert name_keys(x) & name_keys(y)


def test_titles_and_particles_fall_away_unless_nothing_would_be_left() -> None:
    assert person_name("Prime Minister Nouri al-Maliki").words == ("nouri", "maliki")
    assert person_name("the President").words == ("the", "president")


names = st.sampled_from(sorted({name for pair in SAME + DIFFERENT for name in pair}))


@given(a=names, b=names)
def test_whoever_compares_the_same_shares_a_block(a: str, b: str) -> None:
    x, y = person_name(a), person_name(b)
    assert compare(x, y) == compare(y, x)
    if compare(x, y) != "different":
        assert name_keys(x) & name_keys(y)


def test_every_name_in_one_list_of_familiar_forms_is_in_no_other() -> None:
    lists = matching().names.familiar
    every = [name for names in lists for name in names]
    assert len(every) == len(set(every))
