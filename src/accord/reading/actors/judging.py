"""Judges what a proper name names by what stands beside it and by what it does, over the whole report."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Literal

from spacy.tokens import Doc, Span, Token

from accord.model.vocabulary import gazetteer, roles
from accord.model.vocabulary.groups import groups

NameKind = Literal["person", "body", "place", "other"]
_ACRONYM = re.compile(r"[A-Z][A-Za-z]*[A-Z0-9][A-Z0-9a-z/&-]*$")
_NUMERAL = re.compile(r"[IVX]+$")
_AGE = re.compile(r"\d{1,3}$")
_SUBJECTS = ("nsubj", "nsubjpass")


@dataclass(frozen=True)
class Name:
    """Tokens `start` to `end` are a name; `lead` is where its run of capitalised words begins (titles, peoples)."""

    start: int
    end: int
    lead: int
    text: str


@dataclass
class Judgement:
    """What speaks for each reading of a name, over the whole report."""

    person: int = 0
    body: int = 0
    place: int = 0
    seen: int = 0
    spans: list[Name] = field(default_factory=list)

    @property
    def kind(self) -> NameKind:
        """The reading with most in its favour; `other` where nothing speaks for any."""
        best = max(self.person, self.body, self.place)
        if best <= 0:
            return "other"
        if self.body == best:
            return "body" if self.body > 1 else "other"
        return "person" if self.person == best else "place"


def speaks(token: Token) -> bool:
    """Whether a name is the subject of a verb of saying."""
    return token.dep_ in _SUBJECTS and token.head.lemma_ in groups().saying_verbs


def judge(doc: Doc, titles: set[int], name: Name, judgement: Judgement) -> None:
    """Add what one occurrence says about a name."""
    words = name.text.split(" ")
    first, last = doc[name.start], doc[name.end - 1]
    before = doc[name.start - 1] if name.start > 0 and not first.is_sent_start else None
    root = doc[name.start : name.end].root
    vocabulary = groups()
    inner = doc[name.start : name.end] if len(words) > 2 else doc[name.end - 1 : name.end]
    if any(w.text in vocabulary.body_words for w in inner):
        judgement.body += 5
    if last.text in vocabulary.place_words or (words[0] in vocabulary.place_openers and len(words) > 1):
        judgement.place += 5
    thing = last.text in vocabulary.not_actors or last.text in vocabulary.thing_words or last.pos_ == "NOUN"
    if thing and not (len(words) > 1 and _given(words[0]) and last.pos_ == "PROPN"):
        judgement.person -= 3
    heads_phrase = root.dep_ not in ("compound", "nmod", "amod", "poss") or root.head.i < name.end
    if before is not None and before.lower_ == "the" and heads_phrase:
        judgement.person -= 4
        judgement.body += 1
    if name.text in gazetteer.places():
        judgement.place += 2
    if (
        len(words) == 1
        and not _NUMERAL.match(name.text)
        and _ACRONYM.match(name.text)
        and name.text.isupper()
        and len(name.text) <= 8
    ):
        argument = root.dep_ in (*_SUBJECTS, "poss", "compound", "agent", "pobj")
        judgement.body += 2 if argument and not _NUMERAL.match(name.text) else 0
        judgement.person -= 3
        return
    judgement.person += _personal(doc, titles, name, before, root)
    if before is not None and before.lower_ in ("in", "at", "near", "outside", "around"):
        judgement.place += 2
    if 2 <= len(words) <= 5 and root.tag_ in ("NNP", "NNPS"):
        judgement.person += _like_a_person(words, root)


def _given(word: str) -> bool:
    """Whether a word, or its part before a hyphen, can be a given name."""
    plain = unicodedata.normalize("NFKD", word.split("-")[0]).encode("ascii", "ignore").decode()
    return plain in gazetteer.given_names()


def _like_a_person(words: list[str], root: Token) -> int:
    """What the form of a name of several words says: a known given name first, or somebody who acts."""
    if _given(words[0]):
        return 2
    initial = len(words[0].rstrip(".")) <= 2 and words[0][0].isupper()
    by_somebody = root.dep_ == "pobj" and root.head.lower_ in ("by", "with", "to", "between", "against", "for", "of")
    taking_part = root.dep_ in (*_SUBJECTS, "agent", "poss", "conj", "appos", "dobj") or by_somebody
    return 1 if initial or (taking_part and 2 <= len(words) <= 4) else 0


def recall(judged: dict[str, Judgement]) -> None:
    """Let a short form and its full name support each other: "Getachew Reda" and, later, "Getachew said"."""
    for text, judgement in judged.items():
        words = text.split(" ")
        if len(words) > 1:
            alone = [judged[w] for w in (words[0], words[-1]) if w in judged]
            if any(one.person > 0 and one.person > one.body for one in alone):
                judgement.person += 1


def _personal(doc: Doc, titles: set[int], name: Name, before: Token | None, root: Token) -> int:
    """What speaks for a person at this place: titles and honorifics, speech, age, "who", apposition."""
    after = doc[name.end] if name.end < len(doc) and not doc[name.end].is_sent_start else None
    points = 0
    if name.start - 1 in titles and not doc[name.start].is_sent_start:
        points += 4
    if speaks(root):
        points += 2
    if before is not None and before.lower_ in ("said", "says", "added", "told"):
        points += 2
    if after is None:
        return points
    if after.text == ",":
        points += _apposed(doc[name.end + 1 : name.end + 8], titles)
    if after.lower_ in ("who", "himself", "herself"):
        points += 3
    if after.tag_ == "POS" and doc[name.end - 1].pos_ == "PROPN":
        points += 1
    if after.lower_ in ("said", "says", "told", "added", "warned"):
        points += 2
    return points


def _apposed(follow: Span, titles: set[int]) -> int:
    """Points for an age, a role or "who" right after the comma that follows a name."""
    points = 0
    tokens = list(follow)
    if len(tokens) > 1 and _AGE.match(tokens[0].text) and tokens[1].text in (",", "."):
        points += 4
    for token in tokens:
        if token.text in (",", ".", ";") or token.pos_ == "VERB":
            break
        if token.i in titles or token.lower_ in roles.class_of():
            points += 3
            break
    if tokens and tokens[0].lower_ == "who":
        points += 3
    return points
