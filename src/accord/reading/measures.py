"""What a figure measures, in plain words made from the text's own: "Russian soldiers killed or wounded"."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from accord.model.vocabulary.quantities import quantities
from accord.reading.quantities import Quantity

_NEAR = 9  # tokens from the counted noun; what hangs further away is another thought
_PASSIVE = frozenset({"nsubj", "nsubjpass"})


def measure(carrier: Token, number: Quantity, kind: str) -> str:
    """The measure of the number that `carrier` (the counted noun, or the number itself) stands for."""
    if kind == "time":
        return _length(carrier)
    if kind == "percent":
        return _share(carrier)
    if kind == "money":
        return _money(carrier, number)
    if kind == "factor":
        return _growth(carrier)
    phrase = _phrase(carrier, number)
    verb = governing_verb(carrier)
    if verb is None or not _matters(verb) or verb.i in {t.i for t in carrier.subtree}:
        return phrase or carrier.lemma_
    if carrier.dep_ in _PASSIVE or verb.tag_ in ("VBD", "VBN", "VBG"):
        return " ".join([phrase, verb.text.lower(), *_coordinated(verb), *_place(verb, carrier)]).strip()
    return f"{phrase} to {verb.lemma_}".strip()


def governing_verb(token: Token) -> Token | None:
    """The verb of the clause that a token stands in."""
    return next((t for t in (token, *token.ancestors) if t.pos_ in ("VERB", "AUX")), None)


def per(carrier: Token) -> str:
    """ " a week" in "5,000 soldiers a week", or nothing."""
    doc, i = carrier.doc, carrier.i + 1
    if i + 1 < len(doc) and doc[i].lower_ in ("a", "an", "per", "each", "every"):
        unit = doc[i + 1]
        if quantities().unit_kind.get(unit.lemma_.lower()) == "time":
            return f" {doc[i].lower_} {unit.lower_}"
    return ""


def _phrase(carrier: Token, number: Quantity) -> str:
    """The counted noun with what describes it, without its number, articles and clauses."""
    kept = [
        t
        for t in carrier.subtree
        if not number.start <= t.i < number.end and t.dep_ not in ("det", "nummod", "quantmod") and not t.is_space
    ]
    return _words(t for t in kept if abs(t.i - carrier.i) <= _NEAR and not _in_clause(t, carrier)) + per(carrier)


def _in_clause(token: Token, carrier: Token) -> bool:
    """Whether a token belongs to a clause, an aside or a further member that hangs on the noun."""
    while token.i != carrier.i:
        if token.dep_ in ("relcl", "appos", "conj", "cc", "punct", "advcl", "parataxis", "npadvmod"):
            return True
        token = token.head
    return False


def _words(tokens: Iterable[Token]) -> str:
    return " ".join(t.text for t in tokens if not t.is_punct)


def _matters(verb: Token) -> bool:
    return verb.lemma_.lower() in quantities().outcomes


def _coordinated(verb: Token) -> list[str]:
    """ "or wounded" of "killed or wounded"."""
    out: list[str] = []
    for other in verb.conjuncts:
        if other.i > verb.i and other.tag_ == verb.tag_ and _matters(other) and other.i - verb.i <= 3:
            joint = next((c.text for c in verb.children if c.dep_ == "cc"), "and")
            out += [joint, other.text.lower()]
    return out


def _place(verb: Token, carrier: Token) -> list[str]:
    """ "in the violence", "since the invasion": the first prepositional phrase after the verb, if short."""
    for child in verb.children:
        if (
            child.dep_ == "prep"
            and child.i > max(verb.i, carrier.i)
            and child.lower_ in ("in", "since", "during", "by")
        ):
            words = [t.text for t in child.subtree if not t.is_punct]
            return words if len(words) <= 5 else []
    return []


def _length(carrier: Token) -> str:
    """ "length of the talks", "length of the ceasefire"; for a verb what lasts."""
    words = quantities()
    for word in [*(t for t in carrier.subtree if t.i > carrier.i), *carrier.ancestors]:
        if word.pos_ in ("NOUN", "PROPN") and word.lemma_.lower() in words.subjects:
            kept = [t for t in word.lefts if t.dep_ in ("amod", "compound", "nmod") and t.i > carrier.i]
            return f"length of {_words([*kept, word])}"
        if word.pos_ == "VERB":
            subject = next((c for c in word.children if c.dep_ in _PASSIVE), None)
            if word.dep_ == "relcl" and word.head.lemma_.lower() in words.subjects:
                return f"length of {word.head.text}"
            if subject is not None and subject.tag_ not in ("WDT", "WP"):
                kept = [t for t in subject.subtree if abs(t.i - subject.i) <= _NEAR and not _in_clause(t, subject)]
                return f"time that {_words(kept)} {word.text}"
    return f"length of {carrier.head.text}"


def _money(carrier: Token, number: Quantity) -> str:
    """ "money for weapons", "cost of a new mine", "worth of rare earths": what the sum is for."""
    words = carrier.doc[number.start : min(number.end + 8, len(carrier.doc))]
    worth = next((t for t in words if t.lower_ == "worth" and t.i >= carrier.i), carrier)
    for token in (worth, carrier):
        for child in token.children:
            if child.dep_ == "prep" and child.i >= number.end and child.lower_ in ("of", "for", "in", "to"):
                kept = [t for t in child.subtree if t.i - child.i <= _NEAR and not _in_clause(t, child)]
                joint = "worth" if token.lower_ == "worth" else "money"
                return f"{joint} {_words(kept)}"
    if carrier.dep_ in ("compound", "nmod") and carrier.head.pos_ == "NOUN" and carrier.head.i >= number.end:
        return f"worth of {carrier.head.text}"
    verb = governing_verb(carrier)
    subject = next((c for c in verb.children if c.dep_ in _PASSIVE), None) if verb is not None else None
    if verb is None:
        return "money"
    if verb.lemma_ == "cost" and subject is not None:
        return f"cost of {_words(t for t in subject.subtree if not _in_clause(t, subject))}"
    return f"money to {verb.lemma_}" if verb.tag_ not in ("VBD", "VBN") else f"money {verb.text.lower()}"


def _growth(carrier: Token) -> str:
    """ "growth of the length of the border"."""
    for child in carrier.children:
        if child.dep_ in ("dobj", "nsubjpass"):
            kept = [t for t in child.subtree if abs(t.i - child.i) <= _NEAR and not _in_clause(t, child)]
            return f"growth of {_words(kept)}"
    return "growth"


def _share(carrier: Token) -> str:
    """ "share of territory"; for "stood at 4%" what stood there."""
    of = next((c for c in carrier.children if c.dep_ == "prep" and c.lower_ == "of"), None)
    if of is not None:
        return f"share {_words(t for t in of.subtree if t.i - of.i <= _NEAR and not _in_clause(t, of))}"
    verb = governing_verb(carrier)
    subject = next((c for c in verb.children if c.dep_ in _PASSIVE), None) if verb is not None else None
    if subject is not None and subject.pos_ != "PRON" and not subject.is_ancestor(carrier) and subject.i != carrier.i:
        return _words(t for t in subject.subtree if abs(t.i - subject.i) <= _NEAR and not _in_clause(t, subject))
    return f"share of {carrier.head.text}" if carrier.head.pos_ == "NOUN" else "share"
