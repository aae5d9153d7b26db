"""Finds who is mentioned: names, titles, peoples, descriptions and pronouns of one report."""

from accord.reading.actors.find import find_mentions
from accord.reading.actors.quoted import resolve_quoted

__all__ = ["find_mentions", "resolve_quoted"]
