"""Places across reports: which two names cannot be of one place, as far as a gazetteer tells."""

from __future__ import annotations

from functools import lru_cache

from accord.model.vocabulary import gazetteer
from accord.model.vocabulary import states as state_words
from accord.model.vocabulary.matching import matching
from accord.record.identity.names import fold


def plain_place(place: str | None) -> str:
    """The name without case and accents, or an empty text."""
    return fold(place or "").removeprefix("the ")


@lru_cache(maxsize=50_000)
def elsewhere(a: str, b: str) -> bool:
    """Whether two plain names are of two places: both named, neither a part of the other's name.

    A building or a region may lie in a town, a town in a country: such names exclude nothing.
    """
    return bool(a) and bool(b) and a not in b and b not in a and _is_town(a) and _is_town(b)


@lru_cache(maxsize=50_000)
def _is_town(place: str) -> bool:
    venues = matching().venues
    return place not in _states() and not any(word in venues for word in place.split())


@lru_cache(maxsize=1)
def _states() -> frozenset[str]:
    return frozenset(fold(name) for name in state_words.names())


@lru_cache(maxsize=50_000)
def countries(place: str) -> frozenset[str]:
    """The codes of the countries that have a town or province of this name; none for countries and buildings."""
    if not _is_town(fold(place)):
        return frozenset()
    capital = state_words.capitals().get(place)
    return frozenset((*gazetteer.places().get(place, ()), *((capital.code,) if capital else ())))
