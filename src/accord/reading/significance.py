"""Which numbers matter: those of the conflict and the talks, and not years, ages, dates, times or labels."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from accord.model.vocabulary.quantities import quantities
from accord.reading.quantities import Quantity, counted

_AWAY = frozenset({"ago", "earlier", "later", "before", "after", "into", "since", "from", "away", "old", "hence"})
_WHEN = frozenset({"within", "in", "every", "per", "last", "past", "next", "for the next", "another"})
_CLOCK = frozenset({"a.m.", "p.m.", "am", "pm", "o'clock", "gmt", "utc", ":"})
_DATING = frozenset({"in", "since", "by", "from", "until", "of", "the", "to", "late", "early", "mid", "-"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_MONTHS = frozenset(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"])


def is_label(doc: Doc, number: Quantity) -> bool:
    """Whether a number counts nothing: a year, an age, a date, a clock time, a name ("item three")."""
    if number.unit is not None or number.low is not None or number.high is not None:
        return False
    words = quantities()
    before = doc[number.start - 1] if number.start else None
    after = doc[number.end] if number.end < len(doc) else None
    if _is_year(doc, number, before):
        return True
    if before is not None and before.lemma_.lower() in words.labels and before.pos_ in ("NOUN", "PROPN"):
        return True
    if any(t is not None and _is_month(t) for t in (before, after)):
        return True
    if after is not None and after.lower_ in _CLOCK:
        return True
    return _is_age(doc, number, before, after)


def _is_year(doc: Doc, number: Quantity, before: Token | None) -> bool:
    whole = number.value == int(number.value)
    if number.word or not whole or not 1000 <= number.value <= 2100 or "," in doc[number.last].text:
        return False
    noun = counted(doc, number)
    if noun is None or (before is not None and before.lower_ in _DATING):
        return True
    return number.value >= 1900 and noun.tag_ in ("NN", "NNP")  # "a 2007 peace agreement"


def is_conversion(doc: Doc, number: Quantity, kind: str) -> bool:
    """Whether a length, weight or sum in brackets only says in another unit what stands before them."""
    opened = next((i for i in range(number.start - 1, max(-1, number.start - 4), -1) if doc[i].text == "("), None)
    if opened is None or opened == 0 or kind not in ("area", "mass", "money"):
        return False
    before = doc[max(0, opened - 3) : opened]
    return any(t.like_num for t in before) or quantities().unit_kind.get(before[-1].lemma_.lower()) == kind


def _is_age(doc: Doc, number: Quantity, before: Token | None, after: Token | None) -> bool:
    """ "Paul, 72, said" and "a 56-year-old farmer" """
    aside = before is not None and before.text == "," and after is not None and after.text in (",", ".")
    old = [t.lower_ for t in doc[number.end : number.end + 5]]
    aged = "year" in old[:2] and "old" in old
    return (aside and 5 <= number.value <= 120) or (aged and not is_old_matter(doc, number))


def is_old_matter(doc: Doc, number: Quantity) -> bool:
    """ "a ten-year-old dispute": the age of a matter, which is how long it has lasted."""
    words = [t for t in doc[number.end : number.end + 9] if t.lower_ in ("old", "olds")]
    if not words:
        return False
    head = words[0].head
    return words[0].dep_ == "amod" and head.i > words[0].i and head.lemma_.lower() in quantities().subjects


def _is_month(token: Token) -> bool:
    return token.pos_ == "PROPN" and token.text[0].isupper() and token.text.rstrip(".")[:3].lower() in _MONTHS


def weight(doc: Doc, number: Quantity, noun: Token, kind: str) -> float | None:
    """How sure it is that a counted number matters (0 to 1), or None where it does not."""
    words = quantities()
    lemma = noun.lemma_.lower()
    definite = any(t.dep_ in ("det", "poss") and t.lower_ not in ("a", "an") for t in noun.lefts)
    bounded = number.low is not None or number.high is not None
    if kind == "money":
        return 0.7
    if kind == "time":
        return 0.65 if _lasts(doc, number, noun) else None
    if _is_membership(doc, number, noun):
        return 0.55
    if lemma in words.participants and (definite or number.value <= 5) and not (outcome(noun) and not definite):
        return None
    if kind in ("victims", "forces", "arms", "area", "mass", "energy"):
        return 0.75 if number.value > 1 and not (definite and number.value <= 3) else None
    if kind == "people" and number.value < 2:
        return None
    if number.value >= 2 and _befalls(noun) and lemma not in words.participants:
        return 0.65
    if kind == "people" and _is_population(noun):
        return None
    if kind == "people":
        return 0.75 if outcome(noun) else (0.6 if number.value >= 100 else None)
    if kind in ("posts", "places", "acts"):
        few = 10 if kind == "posts" else 3  # "the five members" are the body itself
        return 0.6 if number.value > 1 and outcome(noun) and not (definite and number.value <= few) else None
    return 0.5 if (number.value >= 50 or bounded) and outcome(noun) else None


def _is_membership(doc: Doc, number: Quantity, noun: Token) -> bool:
    """ "a seven-member delegation": how large a body of the talks is."""
    if noun.lemma_.lower() not in ("member", "man", "strong", "person", "nation") or noun.i != number.end + 1:
        return False
    return noun.head.i > noun.i and noun.head.lemma_.lower() in quantities().bodies


def _is_population(noun: Token) -> bool:
    """ "A province of two million people": how many live there, told in passing."""
    over = noun.head.head
    place = quantities().unit_kind.get(over.lemma_.lower()) == "places" or over.lemma_.lower() in ("country", "nation")
    return (
        noun.dep_ == "pobj" and noun.head.lower_ == "of" and place and not any(c.tag_ == "VBN" for c in noun.children)
    )


def _befalls(noun: Token) -> bool:
    """Whether those counted are killed, freed, driven out: what befalls people only."""
    verb = noun.head
    if noun.tag_ != "NNS" or verb.pos_ != "VERB" or verb.lemma_.lower() not in quantities().person_outcomes:
        return False
    return noun.dep_ in ("dobj", "nsubjpass")


def _lasts(doc: Doc, number: Quantity, noun: Token) -> bool:
    """Whether a length of time is how long something of the conflict or the talks takes."""
    words = quantities()
    before = doc[number.start - 1].lower_ if number.start else ""
    after = doc[noun.i + 1].lower_ if noun.i + 1 < len(doc) else ""
    if after in _AWAY and not is_old_matter(doc, number) and not _is_into(doc, noun):
        return False
    if before in _WHEN and not _is_term(doc, number, noun):
        return False
    if _is_deadline(noun):
        return True
    near = [noun.head, *list(noun.head.ancestors)[:3]]
    near += [t for t in noun.subtree if t.i > noun.i][:3]
    near += [t for t in doc[noun.i + 2 : noun.i + 7] if _is_into(doc, noun)]
    if noun.head.pos_ == "VERB":
        near += [c for c in noun.head.children if c.dep_ in ("nsubj", "nsubjpass")]
    return any(
        t.pos_ in ("NOUN", "VERB", "PROPN")
        and (t.lemma_.lower() in words.subjects or t.lemma_.lower() in words.outcomes or _takes_time(t, noun))
        for t in near
    )


def _is_into(doc: Doc, noun: Token) -> bool:
    """ "Three years into the war", which is how long it has lasted."""
    words = doc[noun.i + 1 : noun.i + 7]
    return words[0].lower_ == "into" and any(t.lemma_.lower() in quantities().subjects for t in words)


def _takes_time(verb: Token, noun: Token) -> bool:
    """Whether it is told for how long somebody does something: "spoke for two hours"."""
    if verb.pos_ != "VERB" or verb.lemma_.lower() not in quantities().lasting:
        return False
    return noun.dep_ in ("dobj", "npadvmod") or (noun.dep_ == "pobj" and noun.head.lower_ in ("for", "over", "through"))


def _is_deadline(noun: Token) -> bool:
    """ "Gave the rebels two days to leave": the time that somebody is set."""
    act = next((c for c in (*noun.rights, *noun.head.rights) if c.i > noun.i and c.tag_ == "VB"), None)
    given = noun.dep_ in ("dobj", "npadvmod") and noun.head.lemma_.lower() in quantities().setting
    return given and act is not None and any(c.tag_ == "TO" for c in act.lefts)


def _is_term(doc: Doc, number: Quantity, noun: Token) -> bool:
    """ "The truce takes effect within 48 hours": the term within which something agreed is to happen."""
    first = next((t for t in reversed(doc[max(0, number.start - 3) : number.start]) if t.lower_ == "within"), None)
    if first is None:
        return False
    over = first.head if first.dep_ == "prep" else first
    if over.pos_ == "NOUN" and over.lemma_.lower() in quantities().subjects:
        return True  # "an election within nine months"
    subjects = (c for verb in noun.ancestors if verb.pos_ == "VERB" for c in verb.children if c.dep_ in _SUBJECTS)
    return any(t.lemma_.lower() in quantities().subjects for t in subjects)


def outcome(noun: Token) -> bool:
    """Whether something happens to those counted, or they belong to a matter of the talks."""
    words = quantities()
    around = [*list(noun.ancestors)[:2], *(t for t in noun.subtree if t.i > noun.i)]
    up = noun.head
    while (
        up.dep_ in ("prep", "pobj", "conj", "dobj", "nsubj", "nsubjpass", "appos")
        and up.head.i != up.i
        and up.pos_ != "VERB"
    ):
        around.append(up)
        up = up.head
    around.append(up)
    return any(
        t.i != noun.i
        and (
            t.lemma_.lower() in words.outcomes
            or (t.pos_ == "NOUN" and t.lemma_.lower() in words.subjects)
            or (t.pos_ == "NOUN" and t.lemma_.lower() in words.outcome_nouns)
        )
        for t in around
    )
