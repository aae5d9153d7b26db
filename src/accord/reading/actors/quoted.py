"""A second pass once it is known whose words are quoted: "I", "we", "you", and "he" who cannot be the speaker."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from accord.reading.attributions import Attribution, Attributions
from accord.reading.document import Document
from accord.reading.mentions import Mention, Mentions

_SPEAKER = frozenset({"i", "me", "my", "mine", "myself"})
_SPEAKERS = frozenset({"we", "us", "our", "ours", "ourselves"})
_HEARER = frozenset({"you", "your", "yours", "yourself", "yourselves"})
_THIRD = {"he": "he", "him": "he", "his": "he", "himself": "he", "she": "she", "her": "she", "hers": "she"}
_BACK = 40


def resolve_quoted(mentions: Mentions, attributions: Attributions, document: Document) -> Mentions:
    """The mentions with those that only the attributions can tell.

    "I" is the speaker, "we" the party that the speaker speaks for (the speaker, where none is known), "you" the
    addressee. A third person inside a quotation who was taken for its speaker is somebody else: the nearest other
    person who fits. Mentions that nothing changes stay as they are.
    """
    made: list[Mention] = []
    for token in document.doc:
        lower = token.lower_
        if lower not in _SPEAKER and lower not in _SPEAKERS and lower not in _HEARER and lower not in _THIRD:
            continue
        inner = _innermost(attributions.around(token))
        if inner is None or not inner.speakers:
            continue
        if lower in _THIRD:
            again = _other(mentions, inner, token) if inner.mode != "indirect" else None
            if again is not None:
                made.append(again)
        elif inner.mode != "indirect":
            actors = _meant(mentions, inner, lower)
            if actors:
                made.append(Mention(token.i, token.i + 1, token.i, actors, "quoted", f"quoted {lower}"))
    return mentions.revised(made)


def _innermost(around: tuple[Attribution, ...]) -> Attribution | None:
    """The attribution nearest to a word: a direct one before an indirect one around it."""
    direct = [a for a in around if a.mode != "indirect"]
    inner = direct or list(around)
    return inner[-1] if inner else None


def _meant(mentions: Mentions, inner: Attribution, lower: str) -> tuple[str, ...]:
    if lower in _SPEAKER:
        return inner.speakers[:1]
    if lower in _SPEAKERS:
        return _unique(mentions.party_of(a) or a for a in inner.speakers)
    if inner.addressees:
        return inner.addressees
    return ()


def _unique(actors: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(actors))


def _other(mentions: Mentions, inner: Attribution, token: Token) -> Mention | None:
    """Another person than the speaker for "he" within the speaker's own words."""
    known = mentions.headed_by(token)
    if known is None or known.form != "pronoun" or not set(known.actors) & set(inner.speakers):
        return None
    gender = _THIRD[token.lower_]
    best: tuple[int, Mention] | None = None
    for mention in mentions.before(token.i, _BACK):
        if len(mention.actors) != 1 or mention.actors[0] in inner.speakers or mention.form == "quoted":
            continue
        if mentions.actor(mention.actors[0]).kind not in ("person", "unnamed"):
            continue
        if mentions.gender(mention.actors[0]) not in (None, gender):
            continue
        inside = any(start <= token.doc[mention.head].idx < end for start, end in inner.contents)
        points = (
            (40 if inside else 0) - (token.i - mention.head) + (8 if token.doc[mention.head].dep_ == "nsubj" else 0)
        )
        if best is None or points > best[0]:
            best = (points, mention)
    if best is None:
        return Mention(token.i, token.i + 1, token.i, (), "pronoun", "not the speaker")
    return Mention(token.i, token.i + 1, token.i, best[1].actors, "pronoun", f"{token.lower_}, not the speaker")
