"""Whether an act happened: negation, modality, plans, proposals, refusals, conditions; several conflicts."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc, Token

from accord.errors import VocabularyError
from accord.model.vocabulary import modality as vocabulary
from accord.reading.modality import combine, negated, standing
from accord.reading.pipeline import model
from accord.reading.supposed import conditional_clause

CASES = [
    ("The two sides met in Oslo on Monday.", "met", "occurred"),
    ("The parties have been meeting for weeks.", "meeting", "occurred"),
    ("They began withdrawing their forces.", "withdrawing", "occurred"),
    ("The general was accused of attacking civilians.", "attacking", "occurred"),
    ("Macron, who met the king on Monday, said he would return.", "met", "occurred"),
    ("He told them that the commission had finished its work.", "finished", "occurred"),
    ("The raid will anger the clans.", "raid", "occurred"),
    ("The rebels agreed to release the prisoners.", "release", "planned"),
    ("Parliament is to convene next week.", "convene", "planned"),
    ("They are set to hold talks.", "talks", "planned"),
    ("There is a plan for a meeting in June.", "meeting", "planned"),
    ("He said the negotiations would resume on Friday.", "resume", "planned"),
    ("She called for talks with the rebels.", "talks", "proposed"),
    ("The mission asked the army to leave the town.", "leave", "proposed"),
    ("The militia must disarm, the envoy said.", "disarm", "proposed"),
    ("The army did not attack the town.", "attack", "refused"),
    ("No deal was signed.", "signed", "refused"),
    ("The rebels denied attacking the village.", "attacking", "refused"),
    ("The two sides failed to reach an agreement.", "agreement", "refused"),
    ("They left without signing the accord.", "signing", "refused"),
    ("The talks ended with no ceasefire.", "ceasefire", "refused"),
    ("The president said he had not met the rebels.", "met", "refused"),
    ("Kenya refused to extradite the deputy.", "extradite", "refused"),
    ("The army might withdraw if the rebels disarm.", "withdraw", "conditional"),
    ("The army might withdraw if the rebels disarm.", "disarm", "conditional"),
    ("Should he fail to negotiate, further sanctions could be imposed.", "sanctions", "conditional"),
    ("Washington threatened to impose sanctions.", "impose", "conditional"),
    ("A possible meeting was discussed.", "meeting", "conditional"),
    ("Manila offered a truce in exchange for the release of the hostages.", "release", "conditional"),
]


@pytest.fixture(scope="module")
def parsed() -> dict[str, Doc]:
    texts = list(dict.fromkeys(text for text, _, _ in CASES))
    return dict(zip(texts, model().pipe(texts), strict=True))


def last(doc: Doc, word: str) -> Token:
    return [t for t in doc if t.text == word][-1]


@pytest.mark.parametrize(("text", "word", "status"), CASES)
def test_status_is_worked_out_on_the_parse(parsed: dict[str, Doc], text: str, word: str, status: str) -> None:
    assert standing(last(parsed[text], word)).status == status


def test_a_purpose_is_no_act() -> None:
    doc = model()("They met in an effort to end the war.")
    assert standing(last(doc, "end")).purpose
    assert not standing(last(doc, "met")).purpose


def test_cues_say_why() -> None:
    doc = model()("Kenya refused to extradite the deputy.")
    assert standing(last(doc, "extradite")).cues == ("refuse: refused",)


def test_negation_belongs_to_its_own_verb() -> None:
    doc = model()("The envoy said that the rebels had not left, and he stayed.")
    assert negated(last(doc, "left"))
    assert not negated(last(doc, "said"))
    assert not negated(last(doc, "stayed"))


def test_inversion_opens_a_condition_and_a_question_does_not() -> None:
    doc = model()("Should the king refuse, the council will meet.")
    assert conditional_clause(last(doc, "refuse"))
    doc = model()("Should the king refuse?")
    assert conditional_clause(last(doc, "refuse")) is None


def test_the_frame_makes_an_act_less_real_never_more() -> None:
    assert combine("occurred", "planned") == "planned"
    assert combine("planned", "occurred") == "planned"
    assert combine("proposed", "planned") == "proposed"
    assert combine("planned", "conditional") == "conditional"
    assert combine("refused", "occurred") == "refused"
    assert combine("conditional", "refused") == "refused"


def test_a_lemma_with_two_statuses_is_refused() -> None:
    with pytest.raises(VocabularyError, match="a lemma must have one status"):
        vocabulary._by_lemma({"planned": ["aim"], "proposed": ["aim"]}, "governors")
