"""Figures: numbers that matter for the conflict or the talks, with what they measure and who claims them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from msgspec import structs
from spacy.tokens import Doc, Token

from accord.model.findings import Figure
from accord.model.ids import content_id
from accord.model.vocabulary.quantities import quantities
from accord.reading.attribution.trees import is_finite, is_verb
from accord.reading.context import Context
from accord.reading.measures import governing_verb, measure
from accord.reading.quantities import Quantity, counted, find_quantities, unit_word
from accord.reading.significance import is_conversion, is_label, weight

_CLAUSE = frozenset({"ROOT", "relcl", "advcl", "ccomp", "acl", "conj", "pcomp", "xcomp", "parataxis"})
_OTHER_CLAUSE = frozenset({"advcl", "ccomp", "conj", "parataxis", "cc"})
_ASSERTING = frozenset({"said", "thought", "expected", "denied", "warned"})
_IRREGULAR = {"man": "people", "woman": "women", "person": "people", "strong": "people", "child": "children"}
_LONGEST = 36  # tokens; a longer clause is cut to the noun phrase, so that a quote stays short


@dataclass(frozen=True)
class _Counted:
    """A number with what it counts: `carrier` is that noun, or the number's own token for money and shares."""

    number: Quantity
    carrier: Token
    kind: str
    unit: str | None
    confidence: float


def extract(context: Context) -> tuple[Figure, ...]:
    """The figures of a report, in the order of its text."""
    doc = context.document.doc
    items = [
        item
        for number in find_quantities(doc)
        if not is_label(doc, number) and (item := _count(doc, number)) is not None
    ]
    found = _told_once((_figure(context, item), item.kind) for item in (*items, *_multiples(doc)))
    return tuple(sorted(found, key=lambda f: (f.evidence[0].start, f.id)))


def _told_once(found: Iterable[tuple[Figure, str]]) -> Iterable[Figure]:
    """The figures, those that say the same again as evidence of the first: "a 72-hour truce", "the three-day pause"."""
    first: dict[object, Figure] = {}
    for figure, kind in found:
        key: object = (figure.value, figure.unit, figure.low, figure.high, kind == "time" or figure.measure)
        factor = quantities().hours.get((figure.unit or "").removesuffix("s"))
        if kind == "time" and factor:
            key = figure.value * factor
        told = first.setdefault(key, figure)
        if told is not figure and figure.evidence[0] not in told.evidence:
            first[key] = structs.replace(told, evidence=(*told.evidence, *figure.evidence))
    return first.values()


def _count(doc: Doc, number: Quantity) -> _Counted | None:
    """What a number counts and whether it matters; None where it does not."""
    words = quantities()
    if number.unit is not None:
        kind = "percent" if number.unit == "percent" else "money"
        if is_conversion(doc, number, kind):
            return None
        return _Counted(number, doc[number.last], kind, number.unit, 0.7)
    noun = counted(doc, number) or _level(doc, number)
    if noun is None:
        return _bare(doc, number)
    kind = words.unit_kind.get(unit_word(noun), "")
    confidence = None if is_conversion(doc, number, kind) else weight(doc, number, noun, kind)
    if confidence is None:
        return None
    if [t.lower_ for t in doc[noun.i + 1 : noun.i + 4]] == ["and", "a", "half"]:
        number = replace(number, value=number.value + 0.5)
    one = words.long.get(noun.lower_) or noun.text.lower()
    return _Counted(number, noun, kind, one if number.value == 1 else _plural(noun), confidence)


def _level(doc: Doc, number: Quantity) -> Token | None:
    """The noun that stands at a number: "military [casualties] exceeded 400,000"."""
    words = quantities()
    token = doc[number.last]
    if token.dep_ == "pobj":
        token = token.head
    verb = token.head
    if token.dep_ not in ("dobj", "attr", "prep", "npadvmod") or verb.lemma_.lower() not in words.levels:
        return None
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None:
        return None
    units = [t for t in subject.subtree if t.pos_ == "NOUN" and t.lemma_.lower() in words.unit_kind]
    return units[-1] if units else None


def _bare(doc: Doc, number: Quantity) -> _Counted | None:
    """People who are only a number: "several hundred thousand were displaced", "has killed thousands"."""
    token = doc[number.last]
    verb = token.head
    befalls = verb.lemma_.lower() in quantities().person_outcomes or _left_to(token)
    definite = number.start > 0 and doc[number.start - 1].pos_ in ("DET", "PRON")  # "the two had met"
    if token.dep_ not in ("nsubj", "nsubjpass", "dobj") or not befalls or definite or number.value < 2:
        return None
    return _Counted(number, token, "people", "people", 0.6)


def _left_to(token: Token) -> bool:
    """Whether those counted are left in distress: "left hundreds of thousands facing famine"."""
    verb = token.head
    return verb.tag_ == "VBG" and verb.lemma_ in ("face", "need", "starve") and verb.head.lemma_ == "leave"


def _multiples(doc: Doc) -> list[_Counted]:
    """ "doubled the length of the border": a factor as a figure of its own."""
    words, found = quantities(), []
    for token in doc:
        factor = words.multiples.get(token.lemma_.lower()) if token.pos_ == "VERB" else None
        if factor is None:
            continue
        near = [t for c in token.children if c.dep_ in ("dobj", "nsubjpass", "nsubj") for t in c.subtree]
        if any(t.lemma_.lower() in words.subjects or t.lemma_.lower() in words.unit_kind for t in near):
            number = Quantity(token.i, token.i + 1, token.i, factor)
            found.append(_Counted(number, token, "factor", "times", 0.6))
    return found


def _figure(context: Context, item: _Counted) -> Figure:
    document, number, carrier = context.document, item.number, item.carrier
    evidence = document.evidence(*_clause(carrier, number))
    low, high = _bounds(item)
    factor = quantities().time_years.get(unit_word(carrier)) if item.kind == "time" else None
    verb = governing_verb(carrier)
    value, unit = number.value * (factor or 1), "years" if factor else item.unit
    return Figure(
        id=content_id("fi", document.report.id, evidence.start, evidence.end, value, unit, number.start),
        evidence=(evidence,),
        confidence=item.confidence,
        why=(f"number {document.doc[number.start : number.end].text!r}", f"counts {carrier.text!r}"),
        measure=measure(carrier, number, item.kind),
        value=value,
        low=low * (factor or 1) if low is not None else None,
        high=high * (factor or 1) if high is not None else None,
        unit=unit,
        claimed_by=_claimant(context, document.doc[number.last]),
        date=context.dates.of(verb) if verb is not None else None,
    )


def _claimant(context: Context, token: Token) -> str | None:
    """Who asserts the number: the innermost speaker who says so in a finite clause, not one who plans or asks."""
    for attribution in reversed(context.attributions.around(token)):
        asserted = attribution.kind in _ASSERTING and (
            attribution.mode == "direct"
            or any(
                is_verb(t) and is_finite(t) and attribution.start <= t.idx < attribution.end
                for t in (token, *token.ancestors)
            )
        )
        if asserted:
            return attribution.speakers[0] if attribution.speakers else None
    return None


def _bounds(item: _Counted) -> tuple[float | None, float | None]:
    """The bounds that the words or the verb give: "casualties exceeded 400,000"."""
    number = item.number
    if number.low is None and number.high is None:
        for token in (item.carrier, item.carrier.doc[number.last]):
            if quantities().bound_verbs.get(token.head.lemma_.lower()) == "low":
                return number.value, None
    return number.low, number.high


def _clause(carrier: Token, number: Quantity) -> tuple[int, int]:
    """Characters of the shortest clause around a figure that still reads on its own."""
    doc = carrier.doc
    head = doc[number.last] if carrier.i < number.start else carrier
    while head.dep_ not in _CLAUSE and head.head.i != head.i:
        head = head.head
    inside = [t for t in head.subtree if not _outside(t, head, number)]
    if len(inside) > _LONGEST:
        inside = [*carrier.subtree, *doc[number.start : number.end]]
    low = min(min(t.i for t in inside), number.start)
    high = max(max(t.i for t in inside), number.end - 1)
    while high > low and (doc[high].is_punct or doc[high].is_space):
        high -= 1
    while low < high and (doc[low].is_punct or doc[low].is_space or doc[low].lower_ == "that"):
        low += 1
    return doc[low].idx, doc[high].idx + len(doc[high])


def _outside(token: Token, head: Token, number: Quantity) -> bool:
    """Whether a token belongs to another clause that hangs on `head` and does not hold the number."""
    child = token
    while child.i != head.i:
        if (
            child.head.i == head.i
            and child.dep_ in _OTHER_CLAUSE
            and not child.left_edge.i <= number.last <= child.right_edge.i
        ):
            return True
        child = child.head
    return False


def _plural(noun: Token) -> str:
    """The unit in lower case, in the plural where it is plain how."""
    text = noun.text.lower()
    if text in _IRREGULAR:
        return _IRREGULAR[text]
    if noun.tag_ in ("NNS", "NNPS") or noun.lemma_.lower() != text or not text.isalpha():
        return text
    return f"{text}s" if noun.tag_ == "NN" and not text.endswith("s") and text not in ("people", "personnel") else text
