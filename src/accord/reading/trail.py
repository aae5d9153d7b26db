"""The way back from a finding to its words: parse, mentions, voices and dates around its evidence.

A reading keeps what was found, not the parse it was found on. Parsing the report again with the same model gives the
same parse, mentions and dates, so the way can be shown whenever somebody asks for it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Token

from accord.model.evidence import Evidence, Span
from accord.model.explanation import Dated, Naming, Trail, Voice, Word
from accord.model.findings import Finding, Proposal, Statement
from accord.model.report import Report
from accord.model.when import When
from accord.reading.attributions import Attribution
from accord.reading.context import Context
from accord.reading.dates import TimeExpression
from accord.reading.dates.alone import resolve
from accord.reading.mentions import Mention
from accord.reading.offline import understand
from accord.reading.pipeline import model

_QUOTED = re.compile(r"(?<!\w)['‘“\"](.+?)['’”\"](?!\w)")
_NAMED = re.compile(r"\b(?:verb|noun|propn|adj|adjective|cue) ([a-z][\w-]*(?: [a-z][\w-]*){0,3}?)(?= with\b|[,;:(]|$)")
_MOST_PASSAGES = 4
_DEEPEST = 3  # relations below the top of the part of a parse that is shown
_LONGEST_CHAIN = 4
_YEAR = dt.timedelta(days=400)  # so far apart, two days share no month, no season and no year


class Trails:
    """The trails of one report's findings. The report is parsed once, when this is made."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._context = understand(report, model()(report.text))
        self._offsets = [token.idx for token in self._context.document.doc]

    def of(self, finding: Finding, actors: Iterable[str]) -> tuple[Trail, ...]:
        """The trail of each passage that a finding of this report rests on, the fullest first.

        `actors` are the ids of those whose mentions are to be followed.
        """
        wanted = frozenset(actors)
        return tuple(self._trail(finding, passage, wanted) for passage in _passages(finding))

    def _trail(self, finding: Finding, passage: Evidence, actors: frozenset[str]) -> Trail:
        tokens = self._tokens(passage)
        first, last = tokens[0].sent, tokens[-1].sent
        doc, text = tokens[0].doc, self._report.text
        sentences = list(doc[first.start : last.end])
        marks = self._marks(finding, tokens)
        spoken = list(self._context.attributions.around(marks[0] if marks else tokens[0]))
        if isinstance(finding, Statement):
            spoken += [a for a in self._context.attributions.all if a.contents and self._is_of(a, finding)]
        end = first.start_char + len(doc[first.start : last.end].text.rstrip())
        return Trail(
            span=Span(self._report.id, first.start_char, end),
            sentence=text[first.start_char : end],
            marks=tuple(self._span(t) for t in marks),
            top=tuple(self._tree(marks, tokens)),
            namings=tuple(self._namings(sentences, actors)),
            voices=tuple(self._voice(a) for a in dict.fromkeys(spoken)),
            dates=tuple(self._dates(sentences, getattr(finding, "date", None))),
        )

    def _tokens(self, passage: Span) -> list[Token]:
        doc = self._context.document.doc
        inside = [t for t in doc if t.idx < passage.end and t.idx + len(t) > passage.start and not t.is_space]
        return inside or [doc[0]]

    def _span(self, *tokens: Token) -> Span:
        return Span(self._report.id, tokens[0].idx, tokens[-1].idx + len(tokens[-1]))

    # -- the words that carried it ---------------------------------------------------------------------------

    def _marks(self, finding: Finding, tokens: Sequence[Token]) -> list[Token]:
        """The words that the rule's notes name, where they stand in the passage; of a statement its cue."""
        found: dict[int, Token] = {}
        if isinstance(finding, Statement) and finding.cue is not None:
            found = {t.i: t for t in self._tokens(finding.cue)}
        else:
            for note in finding.why:
                for words in (*_NAMED.findall(note), *_QUOTED.findall(note)):
                    found.update((t.i, t) for t in _standing(words.lower().split(), tokens))
        return [found[i] for i in sorted(found)]

    # -- the parse -------------------------------------------------------------------------------------------

    def _tree(self, marks: Sequence[Token], tokens: Sequence[Token]) -> Iterator[Word]:
        """The lowest word under which all marks stand, and what hangs on it."""
        sentence = (marks or tokens)[0].sent
        here = [t for t in marks if t.sent.start == sentence.start] or [sentence.root]
        top = here[0]
        while top.head.i != top.i and not all(top.i == t.i or top.is_ancestor(t) for t in here):
            top = top.head
        return self._under(top, 0, {t.i for t in marks})

    def _under(self, token: Token, depth: int, carrying: set[int]) -> Iterator[Word]:
        """The word and those under it, each before its own."""
        below = [c for c in token.children if not c.is_space and not c.is_punct]
        folded = [t for c in below for t in c.subtree if not t.is_space and not t.is_punct] if depth == _DEEPEST else []
        yield Word(
            depth=depth,
            text=token.text,
            span=self._span(token),
            tag=token.tag_,
            relation=token.dep_,
            head=token.head.text,
            carries=token.i in carrying,
            folded=len(folded),
        )
        if depth < _DEEPEST:
            for child in below:
                yield from self._under(child, depth + 1, carrying)

    # -- who -------------------------------------------------------------------------------------------------

    def _namings(self, sentences: Sequence[Token], actors: frozenset[str]) -> Iterator[Naming]:
        """How the mentions of these actors in the sentences came to mean them."""
        mentions = self._context.mentions
        start, end = sentences[0].i, sentences[-1].i + 1
        for mention in mentions.all:
            if start <= mention.start < end and actors & set(mention.actors):
                chain = self._back(mention)
                yield Naming(
                    words=tuple(self._words(m) for m in chain),
                    spans=tuple(self._span(*self._context.document.doc[m.start : m.end]) for m in chain),
                    forms=tuple(m.form for m in chain),
                    reasons=tuple(m.why for m in chain),
                    actors=self._names(mention.actors),
                )

    def _back(self, mention: Mention) -> list[Mention]:
        """The mention and the earlier ones of the same actor, back to one by name; else the first by name after it."""
        chain, mentions = [mention], self._context.mentions.all
        while chain[-1].form != "name" and len(chain) < _LONGEST_CHAIN:
            last = chain[-1]
            before = [m for m in mentions if m.start < last.start and set(m.actors) & set(last.actors)]
            if not before:
                break
            chain.append(before[-1])
        if chain[-1].form != "name":
            shared = set(mention.actors)
            named = [m for m in mentions if m.form == "name" and set(m.actors) & shared]
            before = [m for m in named if m.start < mention.start][-1:]
            chain += before or [m for m in named if m.start > mention.start][:1]
        return chain

    def _words(self, mention: Mention) -> str:
        return self._context.document.doc[mention.start : mention.end].text

    def _names(self, actors: Iterable[str]) -> tuple[str, ...]:
        return tuple(self._context.mentions.actor(a).name for a in actors)

    # -- whose words, and when -------------------------------------------------------------------------------

    def _is_of(self, attribution: Attribution, statement: Statement) -> bool:
        cue = statement.cue
        if cue is not None:
            return attribution.cue == (cue.start, cue.end)
        return attribution.start <= statement.content_span.start < attribution.end and attribution.cue is None

    def _voice(self, attribution: Attribution) -> Voice:
        text = self._report.text
        source, cue = attribution.source, attribution.cue
        return Voice(
            speakers=self._names(attribution.speakers),
            source=text[slice(*source)] if source else None,
            cue=text[slice(*cue)] if cue else None,
            mode=attribution.mode,
            kind=attribution.kind,
            why=attribution.why,
            confidence=attribution.confidence,
        )

    def _dates(self, sentences: Sequence[Token], own: When | None) -> Iterator[Dated]:
        document = self._context.document
        for one in self._context.dates.within(sentences[0].i, sentences[-1].i + 1):
            words = document.doc[one.start : one.end]
            yield Dated(
                words=words.text,
                span=self._span(*words),
                start=one.when.start,
                end=one.when.end,
                how=_how(self._context, one),
                own=one.when == own,
            )


def _passages(finding: Finding) -> list[Evidence]:
    """The passages to follow: the fullest evidence, of a proposal that of each step in its life."""
    if not isinstance(finding, Proposal):
        return [finding.evidence[0]]
    steps = (e for step in finding.history for e in step.evidence[:1])
    return list(dict.fromkeys((finding.evidence[0], *steps)))[:_MOST_PASSAGES]


def _standing(words: Sequence[str], tokens: Sequence[Token]) -> list[Token]:
    """The first token that is the first of these words, by lemma or form, with those for the others near it."""
    best: list[Token] = []
    for k, token in enumerate(tokens):
        if words and words[0] in (token.lemma_.lower(), token.lower_):
            near = {t.i: t for t in (*tokens[max(0, k - 3) : k + 7], *token.children)}
            found = [token]
            for word in words[1:]:
                found += [t for t in near.values() if word in (t.lemma_.lower(), t.lower_)][:1]
            if len(found) > len(best):
                best = found
    return best


def _how(context: Context, one: TimeExpression) -> str:
    """In a sentence, from where a date expression is counted."""
    today, when = context.dates.reference, one.when
    if one.anchor is not None:
        return f"counted from another happening: “{context.document.doc[one.anchor].text}”"
    if not when.known:
        return "not placed: the report states no date to count from" if today is None else "names no day"
    if today is None:
        return "says its date itself"
    words = context.document.doc[one.start : one.end].text
    here, elsewhere = resolve(words, today), resolve(words, today - _YEAR)
    if here is not None and here == elsewhere:
        return "says its date itself"
    return f"counted from {today}, the report's date, or from a date told before; precision: {when.precision}"
