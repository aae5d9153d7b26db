"""Who has been mentioned before a place in the text, and which of them a later word most likely means."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from accord.model.vocabulary.groups import groups
from accord.reading.actors.registry import Draft
from accord.reading.actors.scene import Scene
from accord.reading.mentions import Mention

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent", "csubj"})
# Points of salience, after Lappin and Leass (1994): being recent counts most, then the subject, then the object.
# Tuned by hand on the sentences of tests/reading/test_actors_resolution.py, to be run again after a change.
_RECENT, _SUBJECT, _OBJECT, _PARALLEL, _SPEAKER, _TOPIC, _QUOTED = 30, 28, 10, 8, 14, 2, -40
_GOVERNS = 20.0
_UNKNOWN = -14.0  # somebody without a name is soon forgotten
_WINDOW = 5


@dataclass(frozen=True)
class Past:
    """A mention that lies before the word in question, with what makes it salient."""

    mention: Mention
    sentence: int
    paragraph: int
    subject: bool
    saying: bool
    quoted: bool


class Discourse:
    """The mentions of a report in order, filled from left to right."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        doc = scene.doc
        self.starts = [sent.start for sent in doc.sents]
        self.breaks = [t.i for t in doc if t.is_space and "\n" in t.text]
        self.past: list[Past] = []
        self.counts: Counter[str] = Counter()

    def sentence(self, i: int) -> int:
        """The number of the sentence that holds token `i`."""
        return bisect_right(self.starts, i) - 1

    def add(self, mention: Mention) -> None:
        """Take a mention in, as soon as the reading has passed it."""
        self.past.append(self.look(mention))
        self.counts.update(mention.actors)

    def look(self, mention: Mention) -> Past:
        """A mention with what makes it salient."""
        doc = self.scene.doc
        head = doc[mention.head]
        relation, verb = head.dep_, head.head
        if relation == "conj":
            first = head
            while first.dep_ == "conj" and first.head.i != first.i:
                first = first.head
            relation, verb = first.dep_, first.head
        return Past(
            mention,
            self.sentence(mention.head),
            bisect_right(self.breaks, mention.head),
            relation in _SUBJECTS,
            relation in _SUBJECTS and verb.lemma_ in groups().saying_verbs,
            mention.head in self.scene.quoted,
        )

    def before(self, i: int, sentences: int = _WINDOW) -> Iterator[Past]:
        """Mentions before token `i`, the nearest first, back to so many sentences."""
        oldest = self.sentence(i) - sentences
        for past in reversed(self.past):
            if past.mention.start >= i:
                continue
            if past.sentence < oldest:
                return
            yield past

    def drafts(self, past: Past) -> list[Draft]:
        """The actors of a past mention."""
        return [self.scene.registry[actor] for actor in past.mention.actors]

    def salience(self, past: Past, token: Token) -> float:
        """How present a past mention is at `token`."""
        distance = self.sentence(token.i) - past.sentence
        paragraphs = bisect_right(self.breaks, token.i) - past.paragraph
        points: float = -_RECENT * distance - 6 * paragraphs
        points -= 0.2 * min(token.i - past.mention.head, 60)
        if past.subject:
            points += _SUBJECT
        elif self.scene.doc[past.mention.head].dep_ in ("dobj", "pobj", "dative"):
            points += _OBJECT
        if past.subject and token.dep_ in _SUBJECTS:
            points += _PARALLEL
        if past.saying:
            points += _SPEAKER
        points += self._governs(past, token)
        inside = token.i in self.scene.quoted
        if past.quoted and not inside:
            points += _QUOTED
        elif inside and not past.quoted:
            points += _QUOTED * (1.6 if past.saying else 0.5)
        points += _UNKNOWN if all(d.kind == "unnamed" for d in self.drafts(past)) else 0
        points += _TOPIC * min(max(self.counts[a] for a in past.mention.actors), 8) if past.mention.actors else 0
        return points

    def _governs(self, past: Past, token: Token) -> float:
        """Points for the subject of a verb above: in "A said that B wanted his army out", B more than A."""
        if past.mention.start >= token.i or past.sentence != self.sentence(token.i):
            return 0.0
        verb, points = token, _GOVERNS
        for _ in range(12):
            if verb.head.i == verb.i:
                return 0.0
            verb = verb.head
            for child in verb.children:
                if child.dep_ in _SUBJECTS and child.i < token.i:
                    mention = self.scene.by_head.get(child.i)
                    if mention is past.mention or child.i == past.mention.head:
                        return points
                    points *= 0.5
        return 0.0

    def best(self, token: Token, fits: Callable[[Past], bool], sentences: int = _WINDOW) -> tuple[Past | None, float]:
        """The most salient fitting mention before a token, and its lead over the best one of other actors."""
        ranked: dict[tuple[str, ...], tuple[float, Past]] = {}
        for past in self.before(token.i, sentences):
            if not past.mention.actors or not fits(past):
                continue
            points = self.salience(past, token)
            known = ranked.get(past.mention.actors)
            if known is None or points > known[0]:
                ranked[past.mention.actors] = (points, past)
        if not ranked:
            return None, 0.0
        order = sorted(ranked.values(), key=lambda r: -r[0])
        lead = order[0][0] - order[1][0] if len(order) > 1 else 100.0
        return order[0][1], lead

    def party(self, actor: str) -> str | None:
        """The party that an actor stands for in a quarrel: none for observers, media and the unnamed."""
        draft = self.scene.registry[actor]
        if draft.observer or draft.kind in ("media",):
            return None
        return self.scene.registry.party_of(actor)

    def parties(self, pasts: Iterable[Past]) -> list[str]:
        """The distinct parties of past mentions, in the order of the text."""
        found: list[str] = []
        for past in sorted(pasts, key=lambda p: p.mention.start):
            if past.mention.locative:
                continue
            for actor in past.mention.actors:
                party = self.party(actor)
                if party is not None and party not in found and self.scene.registry[party].kind not in ("group",):
                    found.append(party)
        return found
