"""Numbers as reports write them: "tens of thousands", "$1.5 billion", "nearly five weeks", "between 40 and 50"."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Doc, Token

from accord.model.vocabulary.quantities import Bound, quantities

_DIGITS = re.compile(r"^(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(k|m|mn|bn|tn|million|billion)?$", re.IGNORECASE)
_SUFFIX = {"k": 10**3, "m": 10**6, "mn": 10**6, "million": 10**6, "bn": 10**9, "billion": 10**9, "tn": 10**12}
_DASHES = frozenset("-–—‑")
_GROUP = 3  # digits between two marks of thousands
_ARTICLES = frozenset({"a", "an"})


@dataclass(frozen=True)
class Quantity:
    """Tokens `start` to `end` (excluded): a number with its bounds, currency or percent sign.

    `last` is the token that carries the number in the parse. `unit` is set for money and shares; other
    units are the noun that the number counts.
    """

    start: int
    end: int
    last: int
    value: float
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    vague: bool = False
    word: bool = False


def find_quantities(doc: Doc) -> list[Quantity]:
    """Every quantity of a parsed text, in order, none overlapping."""
    found: list[Quantity] = []
    low = [token.lower_ for token in doc]
    may_begin = _beginnings()
    i = 0
    while i < len(doc):
        quantity = _quantity(doc, i) if low[i] in may_begin or low[i][:1].isdigit() else None
        if quantity is None:
            i += 1
        else:
            found.append(quantity)
            i = quantity.end
    return found


@cache
def _beginnings() -> frozenset[str]:
    """Words that a quantity may begin with, besides digits: most tokens need no second look."""
    words = quantities()
    lengths = (w for w, kind in words.unit_kind.items() if kind == "time")
    counts = (*words.numbers, *words.vague, *words.groups, *words.scales, *words.currencies, *words.fractions)
    known = {*words.long, *lengths, *counts}
    return frozenset(
        {w.lower() for w in known} | {w.split("-")[0] for w in words.fractions} | _ARTICLES | {"one", "half"}
    )


def _quantity(doc: Doc, i: int) -> Quantity | None:
    words = quantities()
    currency = words.currencies.get(doc[i].text)
    at = i + 1 if currency else i
    number = _number(doc, at)
    if number is None:
        return None
    number = _range(doc, number)
    if currency:
        number = replace(number, start=i, unit=currency)
    return _bounded(doc, _shared(doc, number))


def _number(doc: Doc, i: int) -> Quantity | None:
    """The number that begins at token `i`: digits, words, groups ("a dozen"), vague counts or fractions."""
    if i >= len(doc):
        return None
    vague = _vague(doc, i) or _fraction(doc, i) or _long(doc, i)
    if vague is not None:
        return vague
    value, end, word = _plain(doc, i)
    if end == i:
        return None
    value, end = _scaled(doc, value, end)
    if math.isinf(value):
        return None  # hundreds of digits count nothing
    return Quantity(i, end, end - 1, value, word=word)


def _plain(doc: Doc, i: int) -> tuple[float, int, bool]:
    """(value, end, whether in words) of digits or number words at `i`; end == i for none."""
    words = quantities()
    digits = _DIGITS.match(doc[i].text)
    if digits:
        factor = _SUFFIX.get((digits[3] or "").lower(), 1)
        end, text = i + 1, digits[1].replace(",", "") + (digits[2] or "")
        while len(digits[0]) <= _GROUP and end < len(doc) and _is_group(doc, end):
            text, end = text + doc[end].text, end + 1  # "300 000"
        return float(text) * factor, end, False
    total, end = 0.0, i
    while end < len(doc) and doc[end].lower_ in words.numbers:
        total += words.numbers[doc[end].lower_]
        end += 1
        if end + 1 < len(doc) and doc[end].text in _DASHES and doc[end + 1].lower_ in words.numbers:
            end += 1
    return total, end, True


def _is_group(doc: Doc, i: int) -> bool:
    """Whether a token is three more digits of the number before it, parted from it by a space."""
    return len(doc[i].text) == _GROUP and doc[i].text.isdigit() and doc[i - 1].whitespace_ in (" ", "\xa0")


def _scaled(doc: Doc, value: float, end: int) -> tuple[float, int]:
    """`value` with the scale words after it ("one hundred and twenty thousand")."""
    words = quantities()
    while end < len(doc) and doc[end].lower_ in words.scales:
        value *= words.scales[doc[end].lower_]
        end += 1
        after = end + 1 if end < len(doc) and doc[end].lower_ == "and" else end
        if after < len(doc) and doc[after].lower_ in words.numbers:
            more, stop, _ = _plain(doc, after)
            value, end = value + more, stop
    return value, end


def _vague(doc: Doc, i: int) -> Quantity | None:
    """ "tens of thousands of", "dozens", "several hundred", "a dozen", "a million", "half a million", "two-thirds"."""
    words = quantities()
    text = doc[i].lower_
    following = doc[i + 1].lower_ if i + 1 < len(doc) else ""
    if text in _ARTICLES and following in words.groups:
        return Quantity(i, i + 2, i + 1, words.groups[following], word=True)
    halved = [t.lower_ for t in doc[i + 2 : i + 5]] == ["and", "a", "half"]
    one_unit = text in _ARTICLES and words.unit_kind.get(following) == "time"
    if one_unit and (halved or _bound_before(doc, i) is not None):
        return Quantity(i, i + 1, i, 1.0, word=True)  # "more than a decade", "nearly a year"
    if text in _ARTICLES and following in words.scales:
        value, end = _scaled(doc, 1.0, i + 1)
        return Quantity(i, end, end - 1, value, word=True)
    if text == "half" and following in _ARTICLES and i + 2 < len(doc) and doc[i + 2].lower_ in words.scales:
        value, end = _scaled(doc, 0.5, i + 2)
        return Quantity(i, end, end - 1, value, word=True)
    if text == "several" and following in words.scales:
        value, end = _scaled(doc, float(words.vague["several"]), i + 1)
        return Quantity(i, end, end - 1, value, low=value, vague=True, word=True)
    if text in words.vague and text != "several":
        value, end = float(words.vague[text]), i + 1
        while end + 1 < len(doc) and doc[end].lower_ == "of" and doc[end + 1].lower_ in words.vague:
            value *= words.vague[doc[end + 1].lower_]
            end += 2
        return Quantity(i, end, end - 1, value, low=value, vague=True, word=True)
    return None


def _long(doc: Doc, i: int) -> Quantity | None:
    """ "a decade-long war", "a weeklong truce": one of a unit of time, told by the unit alone."""
    words = quantities()
    if doc[i].lower_ in words.long:
        return Quantity(i, i + 1, i, 1.0, word=True)
    long = i + 2 < len(doc) and doc[i + 1].text in _DASHES and doc[i + 2].lower_ == "long"
    if not long or words.unit_kind.get(doc[i].lower_) != "time" or (i > 0 and doc[i - 1].text in _DASHES):
        return None
    return Quantity(i, i + 1, i, 1.0, word=True)


def _fraction(doc: Doc, i: int) -> Quantity | None:
    """ "two-thirds of the seats", "a quarter of the land", "half the country": a share of a hundred."""
    words = quantities().fractions
    for end in (i + 1, i + 2, i + 3):
        if end >= len(doc):
            return None
        text = doc[i:end].text.lower()
        name = text.removeprefix("a ").removeprefix("one-").removeprefix("one ").replace(" ", "-")
        share = words.get(name) or words.get(name.removesuffix("s"))
        whole = doc[end].lower_ == "of" or (name == "half" and doc[end].lower_ in ("the", "its", "their"))
        if share is not None and whole:
            return Quantity(i, end, end - 1, share, unit="percent", word=True)
    return None


def _range(doc: Doc, first: Quantity) -> Quantity:
    """`first` widened to a range: "between 40 and 50", "40 to 50", "40-50 thousand"."""
    i = first.end
    between = first.start > 0 and doc[first.start - 1].lower_ == "between"
    joined = i < len(doc) and (
        doc[i].text in _DASHES or doc[i].lower_ in ("to", "or") or (between and doc[i].lower_ == "and")
    )
    growth = first.start > 0 and doc[first.start - 1].lower_ == "from"
    if not joined or growth or i + 1 >= len(doc):
        return first
    second = _number(doc, i + 1)
    if second is None or (second.value <= first.value and second.value < 1000):
        return first
    low = first.value
    for scale in quantities().scales.values():  # "two to three million"
        if second.value >= 1000 and low < 1000 and second.value % scale == 0 and second.value / scale < 1000:
            low = first.value * scale
    if not low < second.value:
        return first
    start = first.start - 1 if between else first.start
    return replace(second, start=start, value=low, low=low, high=second.value)


def _shared(doc: Doc, number: Quantity) -> Quantity:
    """`number` with a percent sign or word, as a share."""
    i = number.end
    if i < len(doc) and doc[i].lower_ in ("%", "percent", "pct"):
        return replace(number, end=i + 1, last=i, unit="percent")
    if i + 1 < len(doc) and doc[i].lower_ == "per" and doc[i + 1].lower_ == "cent":
        return replace(number, end=i + 2, last=i + 1, unit="percent")
    return number


def _bound_before(doc: Doc, start: int) -> tuple[Bound, int] | None:
    """The bound that ends before token `start` and how many tokens it takes ("more than")."""
    for length in (4, 3, 2, 1):
        key = tuple(doc[k].lower_ for k in range(start - length, start)) if start >= length else ()
        if key in quantities().bounds:
            return quantities().bounds[key], length
    return None


def _bounded(doc: Doc, number: Quantity) -> Quantity:
    """`number` with the bound before or after it ("more than", "or so")."""
    words = quantities()
    start, end = number.start, number.end
    before = _bound_before(doc, start)
    bound: Bound | None = None
    if before is not None:
        bound, start = before[0], start - before[1]
    for length in (2, 1):
        key = tuple(t.lower_ for t in doc[end : end + length])
        if bound is None and key in words.after:
            bound, end = words.after[key], end + length
    low = number.value if bound == "low" and number.low is None else number.low
    high = number.value if bound == "high" and number.high is None else number.high
    return replace(number, start=start, end=end, low=low, high=high)


def counted(doc: Doc, number: Quantity) -> Token | None:
    """The noun that a number counts: "790,000 Russian [soldiers]", "a 30-[day] ceasefire"; None for none."""
    i = number.end
    if quantities().unit_kind.get(doc[number.last].lower_) == "time" or doc[number.last].lower_ in quantities().long:
        return doc[number.last]  # "a decade-long war"
    if i + 1 < len(doc) and doc[i].text in _DASHES and doc[i + 1].is_alpha:
        return doc[i + 1]
    if i + 1 < len(doc) and doc[i].lower_ == "of" and number.word:
        return next((t for t in doc[i + 1 : i + 8] if t.pos_ in ("NOUN", "PROPN") and t.dep_ != "compound"), None)
    head = doc[number.last]
    while head.dep_ in ("nummod", "quantmod", "compound", "amod", "advmod", "det") and head.head.i != head.i:
        head = head.head
        if head.pos_ == "NOUN" and head.dep_ != "compound":
            break
    following = doc[i] if i < len(doc) else None
    for noun in (head, following):
        if noun is not None and noun.i >= i and noun.pos_ in ("NOUN", "PROPN") and _countable(noun, number):
            return noun
    return None


def _countable(noun: Token, number: Quantity) -> bool:
    """Whether a noun can be what is counted: a plural, one of something, or a unit that keeps its form."""
    if noun.tag_ in ("NNS", "NNPS") or number.value == 1 or number.unit is not None:
        return True
    return unit_word(noun) in quantities().unit_kind


def unit_word(noun: Token) -> str:
    """The lemma of what is counted: "year" also for "yearlong"."""
    return quantities().long.get(noun.lower_, noun.lemma_.lower())
