"""Finds the names that the vocabulary knows: states, capitals, peoples, seats and bodies."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from accord.model.vocabulary import organisations, states
from accord.model.vocabulary.groups import groups
from accord.reading.pipeline import model

HitKind = Literal["state", "body", "seat", "capital", "people", "demonym", "found", "none"]


_COMPASS = frozenset({"West", "East", "North", "South"})


@dataclass(frozen=True)
class Hit:
    """Tokens `start` to `end` are a form of `value`: the name of a state or of a body.

    Of kind `found`, a body that only the report knows; `value` is then its actor's id.
    """

    start: int
    end: int
    kind: HitKind
    value: str


@cache
def _forms() -> dict[str, tuple[HitKind, str]]:
    """Every form that the vocabulary knows, each with what it means; where two claim one, the order here decides."""
    found: dict[str, tuple[HitKind, str]] = {}

    def add(form: str, kind: HitKind, value: str) -> None:
        for spelling in (form, form.replace("'", "’")):
            found.setdefault(spelling, (kind, value))

    for form, state in states.names().items():
        add(form, "state", state.name)
    for form, body in organisations.by_form().items():
        add(form, "body", body.name)
    for form, name in organisations.seat_names().items():
        add(form, "seat", name)
    for form, state in states.capitals().items():
        add(form, "capital", state.name)
    for form, state in states.peoples().items():
        add(form, "people", state.name)
    for form, state in states.demonyms().items():
        add(form, "demonym", state.name)
    for form in sorted(groups().not_actors):
        add(form, "none", form)
    for form, (kind, value) in list(found.items()):
        if kind in ("state", "demonym", "capital") and len(form) > 3:
            found.setdefault(form.upper(), (kind, value))  # headlines in capitals
    return found


@cache
def _matcher() -> PhraseMatcher:
    nlp: Any = model()
    matcher = PhraseMatcher(nlp.vocab, attr="ORTH")
    forms = sorted(_forms())
    for form, pattern in zip(forms, nlp.tokenizer.pipe(forms), strict=True):
        matcher.add(form, [pattern])
    return matcher


def find_hits(doc: Doc) -> tuple[Hit, ...]:
    """All forms of the vocabulary in a report, longest first where they overlap, in order."""
    strings, forms = doc.vocab.strings, _forms()
    found = [(start, end, *forms[strings[key]]) for key, start, end in _matcher()(doc)]
    found.sort(key=lambda f: (f[0] - f[1], f[0]))
    taken: set[int] = set()
    hits: list[Hit] = []
    for start, end, kind, value in found:
        if _of_longer_name(doc, end):
            continue
        if not taken.intersection(range(start, end)):
            taken.update(range(start, end))
            hits.append(Hit(start, end, kind, value))
    own = _own_short_forms(doc, hits)
    hits = [hit for hit in hits if not (hit.end == hit.start + 1 and doc[hit.start].text in own)]
    hits.extend(_joined(doc, taken))
    return tuple(sorted(hits, key=lambda h: h.start))


def _of_longer_name(doc: Doc, end: int) -> bool:
    """Whether a form that ends with a point of the compass is only the beginning of a name: "the West African bloc"."""
    after = doc[end] if end < len(doc) else None
    return doc[end - 1].text in _COMPASS and after is not None and after.is_title and not after.is_sent_start


def _own_short_forms(doc: Doc, hits: list[Hit]) -> set[str]:
    """Short forms that the report introduces for a body of its own, whoever else goes by them: "the National
    Salvation Committee (NSC)". A short form after the known name that it is short for stays known."""
    known = {hit.end: hit.value for hit in hits}
    values = {hit.start: hit.value for hit in hits if hit.end == hit.start + 1}
    found: set[str] = set()
    for token in doc[1:-2]:
        short, before = doc[token.i + 1], doc[token.i - 1]
        bracketed = token.text == "(" and doc[token.i + 2].text == ")" and len(short.text) > 1 and short.text.isupper()
        if bracketed and before.text[:1].isupper() and known.get(token.i) != values.get(short.i):
            initials = "".join(t.text[0] for t in doc[max(0, token.i - 8) : token.i] if t.text[:1].isupper())
            if initials.endswith(short.text) or short.text[0] in initials:
                found.add(short.text)
    return found


def title_hits(title: str | None) -> tuple[Hit, ...]:
    """All forms of the vocabulary in a report's title."""
    return find_hits(model().make_doc(title)) if title else ()


def _joined(doc: Doc, taken: set[int]) -> list[Hit]:
    """Hits for words that the tokenizer leaves in one piece with a hyphen ("U.S.-Ukraine")."""
    forms, hits = _forms(), []
    for token in doc:
        if token.i in taken or "-" not in token.text.strip("-"):
            continue
        for part in token.text.split("-"):
            kind, value = forms.get(part, ("none", ""))
            if kind in ("state", "demonym"):
                hits.append(Hit(token.i, token.i + 1, kind, value))
    return hits
