"""Who did what to whom: events by PLOVER type, from verbs, nouns and adjectives, and from what is said."""

from accord.reading.events.extract import extract

__all__ = ["extract"]
