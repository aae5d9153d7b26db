"""What two pieces of text have in common, and what keeps them apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.record.identity.wording import name_index, telling, wording

NAMES = name_index(
    [
        ("Kosovo", "XKX"),
        ("Pristina", "XKX"),
        ("Serbia", "SRB"),
        ("Serbian", "SRB"),
        ("Belgrade", "SRB"),
        ("NATO", "NATO"),
    ]
)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Serbia recognises Kosovo", "recognition of Kosovo by Belgrade"),
        ("Kosovo joins NATO", "Pristina becomes a member of NATO"),
        ("Serbian troops withdraw from Merdare", "Belgrade pulls its soldiers out of Merdare"),
        ("The two sides exchange prisoners of war", "a swap of captives"),
        ("The militia lays down its weapons", "the militia disarms"),
    ],
)
def test_words_of_one_family_are_one(a: str, b: str) -> None:
    x, y = wording(a, NAMES), wording(b, NAMES)
    assert x.likeness(y) >= 0.6
    assert not x.clashes(y)


@pytest.mark.parametrize(
    ("a", "b", "why"),
    [
        ("Serbia cedes Presevo", "Serbia cedes Bujanovac", "each names a place of its own"),
        ("a truce of 30 days", "a truce of 60 days", "other numbers"),
        ("sanctions on Serbia are lifted", "sanctions on Serbia are imposed", "opposite words"),
        ("Serbia does not recognise Kosovo", "Serbia recognises Kosovo", "one is negated"),
        ("Serbia lifts its embargo on Kosovo", "the embargo on Serbia is lifted", "who does it to whom"),
    ],
)
def test_what_cannot_be_one(a: str, b: str, why: str) -> None:
    x, y = wording(a, NAMES), wording(b, NAMES)
    assert x.clashes(y), why
    assert y.clashes(x), why


def test_a_word_or_two_in_common_tell_little_where_that_is_all_there_is() -> None:
    short, long = wording("a meeting"), wording("a meeting on missing persons and mass graves")
    assert short.likeness(long) > short.likeness(long, least=3)


words = st.sets(st.sampled_from([f"w{'x' * (i % 7)}{i}" for i in range(40)]), min_size=1, max_size=15)


@given(a=words, b=words, least=st.sampled_from([0.25, 0.4, 0.5, 0.8]))
def test_sets_that_are_alike_share_a_telling_word(a: set[str], b: set[str], least: float) -> None:
    if len(a & b) / len(a | b) >= least:
        assert set(telling(a, least)) & set(telling(b, least))
