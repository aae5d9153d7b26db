"""Statements: which attributions become one, and what each holds."""

from __future__ import annotations

import datetime as dt

import pytest

from accord.model.report import Report
from accord.reading.offline import OfflineReader


@pytest.fixture(scope="module")
def read():
    reader = OfflineReader()

    def reading(text: str, published: dt.date | None = None):
        (found,) = reader.read([Report.make(text, "test.txt", published=published)])
        assert found.failed is None, found.failed
        names = {actor.id: actor.name for actor in found.actors}
        return found.statements, names

    return reading


def test_joint_speakers_have_a_statement_each(read):
    found, names = read("Presidents Salva Kiir and Yoweri Museveni pledged to reopen the border.")
    assert sorted(names[s.speaker] for s in found) == ["Salva Kiir", "Yoweri Museveni"]
    assert {s.content for s in found} == {"to reopen the border"}
    assert {s.kind for s in found} == {"promised"}


def test_a_quotation_broken_by_he_said_is_one_statement_with_the_longer_piece(read):
    found, names = read(
        "President Alvaro Uribe spoke in Cali. “No,” President Uribe said. "
        "“This text rewards those who burned our towns.”"
    )
    (s,) = found
    assert (names[s.speaker], s.mode, s.kind) == ("Alvaro Uribe", "direct", "said")
    assert s.content == "This text rewards those who burned our towns"
    assert len(s.content_parts) == 2
    assert s.evidence[0].quote.startswith("President Uribe said. “This text")
    assert s.evidence[0].quote.endswith("our towns.”")


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("Rwanda's president Paul Kagame said: “We have no soldiers there.”", "direct"),
        ("Rwanda's president Paul Kagame said his country had “no soldiers there.”", "mixed"),
        ("Rwanda's president Paul Kagame said his country had no soldiers there.", "indirect"),
    ],
)
def test_the_mode_tells_how_much_is_quoted(read, text, mode):
    (s,), _ = read(text)
    assert s.mode == mode


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Hamas denied that it had fired the rockets.", "denied"),
        ("Turkey warned that it would close the strait.", "warned"),
        ("Ethiopia urged Eritrea to pull back its tanks.", "asked"),
        ("Serbia demanded that the tariffs be lifted.", "wanted"),
        ("Iran believes that the sanctions will fall.", "thought"),
        ("Armenia expects Azerbaijan to open the corridor.", "expected"),
        ("Egypt promised to open the crossing.", "promised"),
    ],
)
def test_the_kind_comes_from_the_cue(read, text, kind):
    (s,), _ = read(text)
    assert s.kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "Armenia agreed to withdraw from the villages.",
        "Nepal refused to sign the treaty.",
        "Sudan plans to rebuild the refinery.",
        "Britain welcomed the accord.",
        "Turkey did not say whether it would attend.",
        "Israel and Lebanon discussed the border.",
        "Critics complained about the remarks on the war.",
        "President Joseph Kabila's comments about the war angered the army.",
    ],
)
def test_acts_plans_and_topics_are_no_statements(read, text):
    found, _ = read(text)
    assert found == ()


def test_nested_words_of_another_speaker_keep_the_chain(read):
    found, names = read("Qatar said Hamas had announced that it would free the captives.")
    inner = next(s for s in found if names[s.speaker] == "Hamas")
    assert inner.content == "it would free the captives"
    assert [names[c] for c in inner.chain] == ["Qatar"]


def test_nested_words_of_the_same_speaker_are_one_statement(read):
    found, _ = read("Serbia said it believed the talks would fail.")
    assert [s.content for s in found] == ["it believed the talks would fail"]


def test_addressees_are_found(read):
    (s,), names = read("Ethiopia told Eritrea that the border was closed.")
    assert [names[a] for a in s.addressees] == ["Eritrea"]


def test_the_date_is_that_of_the_telling(read):
    (s,), _ = read("Sudan said on Monday that the port was open.", dt.date(2024, 5, 8))
    assert s.date is not None
    assert s.date.start == dt.date(2024, 5, 6)


def test_a_statement_of_a_document_is_its_makers(read):
    found, names = read(
        "The African Union issued a statement on Sunday. "
        "“The guns must fall silent before the rains,” the statement said."
    )
    assert [names[s.speaker] for s in found if s.mode == "direct"] == ["African Union"]


def test_parties_third_parties_and_observers(read):
    found, names = read(
        "Sudan and the Rapid Support Forces accused each other of breaking the truce in Khartoum.\n"
        "Sudan said that the Rapid Support Forces had shelled the market.\n"
        "The Rapid Support Forces said that Sudan had bombed a school.\n"
        "Norway said that both must return to the talks.\n"
        "Ali Verjee, an analyst at the Rift Valley Institute, said that neither side could win."
    )
    roles = {names[s.speaker]: s.role for s in found}
    assert roles["Sudan"] == "party"
    assert roles["Norway"] == "third-party"
    assert roles["Ali Verjee"] == "observer"


def test_a_headline_is_said_again_below(read):
    found, _ = read("Kenya says raid was a mistake\n\nKenya said on Friday that the raid had been a mistake.")
    assert [s.content for s in found] == ["the raid had been a mistake"]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "Diplomats said on Friday that Morocco had moved its lines.",
            "Morocco had moved its lines",
        ),
        (
            "The talks will move to Nicosia, officials said.",
            "The talks will move to Nicosia",
        ),
        (
            "Mali said it was ready to sign as mediators from Algeria flew to the north.",
            "it was ready to sign",
        ),
        (
            "Georgia said the road was being cleared but did not say when it would open.",
            "the road was being cleared",
        ),
        (
            "Pakistan issued a paper accusing both the army and the police of shooting at marchers.",
            "both the army and the police of shooting at marchers",
        ),
        (
            "“We were never asked,” an aide of the president, who asked not to be named, told a reporter in Bujumbura. "
            "“Burundi will decide alone on its borders and on its army.”",
            "Burundi will decide alone on its borders and on its army",
        ),
    ],
)
def test_the_words_end_where_the_speaker_ends(read, text, content):
    found, _ = read(text)
    assert content in [s.content for s in found]


@pytest.mark.parametrize(
    "text",
    [
        "Georgia declared a truce in the valley.",
        "Mali announced the deal on Monday.",
        "Morocco expressed gratitude to the mediators.",
        "The insurgency in Kashmir has claimed many lives.",
        "Burundi will not sign until Rwanda agrees that the camps must close.",
        "The army of Mali did not give a number or say who had fired.",
    ],
)
def test_an_act_a_courtesy_and_what_nobody_said_yet_is_no_statement(read, text):
    found, _ = read(text)
    assert [s.content for s in found] == []
