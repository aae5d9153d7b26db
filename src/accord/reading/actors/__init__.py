"""Finds who is mentioned: names, titles, peoples, descriptions and pronouns of one report."""

from accord.reading.actors.find import find_mentions

__all__ = ["find_mentions"]
