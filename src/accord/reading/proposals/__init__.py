"""Deals, plans, truces and exchanges, and what became of each: proposed, accepted, rejected, signed, broken."""

from accord.reading.proposals.extract import extract

__all__ = ["extract"]
