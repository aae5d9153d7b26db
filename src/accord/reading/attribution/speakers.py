"""Who speaks: from the noun phrase of a source to actors of the report."""

from __future__ import annotations

import bisect
from collections.abc import Sequence

from spacy.tokens import Doc, Token

from accord.model.vocabulary.cues import Cues
from accord.reading.attribution.candidate import Candidate, Source
from accord.reading.attribution.cued import UNNAMED
from accord.reading.attribution.sources import owner_of_noun, source_of_verb
from accord.reading.attribution.trees import child, is_verb
from accord.reading.attributions import Attribution
from accord.reading.mentions import Mentions

_GUESSES = frozenset(("before the cue", "after the cue"))
_FARTHEST_BACK = 150
"""Tokens over which "the statement" still means the one named before: about five sentences."""
_EARLIER = 30
"""Attributions to look back over for another "he"."""


class Speakers:
    """Resolves the sources of one report."""

    def __init__(self, doc: Doc, mentions: Mentions, cues: Cues) -> None:
        self._doc = doc
        self._mentions = mentions
        self._cues = cues
        self._names = sorted((doc[m.start].idx, m.actors) for m in mentions.all if m.form == "name")

    def of(self, source: Source | None) -> tuple[str, ...]:
        """The actors that the source stands for; for "the statement said", those who made it."""
        if source is None:
            return ()
        found = self._mentions.who(source.head)
        mention = self._mentions.headed_by(source.head)
        for other in mention.heads if mention is not None else ():  # "Presidents Kiir and Museveni"
            found = tuple(dict.fromkeys((*found, *self._mentions.who(self._doc[other]))))
        for word in source.head.lefts:  # "Trump and Vice President Vance", parsed as one name
            if word.dep_ == "nmod" and any(c.dep_ == "cc" for c in word.rights):
                found = tuple(dict.fromkeys((*self._mentions.who(word), *found)))
        if not found:  # "the party's leader, the Rev Ian Paisley"
            for word in source.head.rights:
                found = found or (self._mentions.who(word) if word.dep_ == "appos" else ())
        if found:
            return found
        noun = source.head if source.head.lower_ != "it" else _subject_before(source.head)
        return self._makers(noun) if noun is not None and noun.lemma_.lower() in self._cues.documents else ()

    def rescue(self, candidate: Candidate) -> None:
        """Gives a verb whose subject the parse lost the name that stands before it under the main verb."""
        verb, source = candidate.head, candidate.source
        if verb is None or not is_verb(verb) or (source is not None and source.how not in _GUESSES):
            return
        while verb.dep_ in ("advcl", "conj", "xcomp") and is_verb(verb.head) and child(verb, "nsubj") is None:
            verb = verb.head
        if child(verb, "nsubj", "nsubjpass") is not None:
            return
        for word in verb.lefts:
            mention = self._mentions.headed_by(word)
            if mention is not None and mention.form == "name" and word.dep_ not in ("pobj", "punct"):
                candidate.source = Source((mention.start, mention.end), word, "name before the verb")
                candidate.rate = candidate.rate / UNNAMED if source is None else candidate.rate
                return

    def addressees(self, candidate: Candidate) -> tuple[str, ...]:
        """The actors spoken to."""
        found: list[str] = []
        for token in candidate.addressees:
            found.extend(a for a in self._mentions.who(token) if a not in found)
        return tuple(found)

    def _makers(self, document: Token) -> tuple[str, ...]:
        """Who made a statement, letter or report: told where it stands, or where it was last named before."""
        lemma, doc = document.lemma_, document.doc
        for i in range(document.i, max(-1, document.i - _FARTHEST_BACK), -1):
            if doc[i].lemma_ != lemma:
                continue
            owner = owner_of_noun(doc[i], self._cues)
            if owner is None and doc[i].dep_ == "pobj" and doc[i].head.lower_ == "in" and is_verb(doc[i].head.head):
                owner = source_of_verb(doc[i].head.head, self._cues)  # "announced the step in a statement"
            found = self._mentions.who(owner.head) if owner is not None else ()
            if found:
                return found
        return ()

    def not_self_named(
        self, speakers: tuple[str, ...], pieces: Sequence[tuple[int, int]], earlier: Sequence[Attribution]
    ) -> tuple[str, ...]:
        """The speakers of "he said" beside a quotation: whoever the quotation names is not its "he"."""
        named = {
            actor
            for start, end in pieces
            for _, actors in self._names[
                bisect.bisect_left(self._names, (start,)) : bisect.bisect_left(self._names, (end,))
            ]
            for actor in actors
        }
        if not set(speakers) & named:
            return speakers
        for attribution in reversed(earlier[-_EARLIER:]):
            before = attribution.speakers
            if len(before) == len(speakers) and not set(before) & named and self._are_persons(before):
                return before
        return speakers

    def _are_persons(self, actors: Sequence[str]) -> bool:
        return all(self._mentions.actor(a).kind in ("person", "unnamed") for a in actors)


def _subject_before(token: Token) -> Token | None:
    """The subject of the sentence before the one that a token stands in."""
    start = token.sent.start
    if start == 0:
        return None
    return child(token.doc[start - 1].sent.root, "nsubj")
