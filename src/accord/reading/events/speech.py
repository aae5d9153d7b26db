"""Acts that are done by saying: what a speaker asks of another, praises or blames in it, or threatens it with.

The verb of saying tells nothing here ("said", "added"): the content does. "You should be thanking him" is a
request, "they are murderers" an accusation, "if they refuse, we will strike" a threat, each by the speaker.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Span, Token

from accord.model.findings import EventType
from accord.model.vocabulary.appraisal import Appraisal, Judgement, appraisal
from accord.model.vocabulary.events import event_words
from accord.reading.attributions import Attribution
from accord.reading.context import Context
from accord.reading.events.acts import Act
from accord.reading.events.arguments import PASSIVES, SUBJECTS, VERBS, of_verb
from accord.reading.events.roles import Parties
from accord.reading.events.sides import Sides
from accord.reading.events.spans import clause
from accord.reading.modality import negated, standing
from accord.reading.supposed import conditional_clause

_TYPES: dict[Judgement, EventType] = {"praise": "SUPPORT", "blame": "ACCUSE"}
_FLIPPED: dict[Judgement, Judgement] = {"praise": "blame", "blame": "praise"}
_SELF = frozenset({"i", "we", "me", "us"})
_EMPTY = frozenset({"it", "this", "that", "there", "these", "those"})
_COPULAS = frozenset({"be", "remain", "seem", "appear", "look", "become", "sound"})


_HARM = frozenset({"ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "REJECT"})
_THREAT_STATUS = ("planned", "conditional")


def threats(acts: Iterable[Act], context: Context, sides: Sides) -> Iterator[Act]:
    """What speakers threaten: harm that their own side, or nobody named, may do on a condition that they set."""
    doc = context.document.doc
    for act in acts:
        if act.type not in _HARM or not act.condition or act.status not in _THREAT_STATUS or not act.chain:
            continue
        speaker = act.chain[-1]
        if act.actors and not any(a in (speaker, sides.of(speaker)) for a in act.actors):
            continue
        if not _modal(doc[act.at]):
            continue
        said = context.attributions.around(doc[act.at])[-1]
        extent = doc.char_span(*said.extent, alignment_mode="contract") if said.extent[1] else None
        yield replace(
            act,
            type="THREATEN",
            mode=None,
            actors=(speaker,),
            recipients=tuple(r for r in act.recipients if not sides.same(r, speaker)),
            status="occurred",
            date=None,
            place=None,
            chain=act.chain[:-1],
            start=extent.start if extent is not None else act.start,
            end=extent.end if extent is not None else act.end,
            why=("threat of", *act.why, "threat: harm on a condition that the speaker sets"),
        )


def _modal(word: Token) -> bool:
    verbs = (word, word.head) if word.pos_ in VERBS else (word.head,)
    return any(c.tag_ == "MD" for v in verbs for c in v.children)


def spoken(context: Context, parties: Parties, sides: Sides) -> Iterator[Act]:
    """The acts of speech in what the report attributes to somebody."""
    reader = _Speech(context, parties, sides)
    for attribution in context.attributions.all:
        if attribution.speakers:
            yield from reader.acts(attribution)


class _Speech:
    def __init__(self, context: Context, parties: Parties, sides: Sides) -> None:
        self.context, self.parties, self.sides = context, parties, sides
        self.words: Appraisal = appraisal()
        self.doc = context.document.doc

    def acts(self, attribution: Attribution) -> Iterator[Act]:
        """The acts of speech in one attribution."""
        if attribution.negated:
            return
        for start, end in attribution.contents:
            span = self.doc.char_span(start, end, alignment_mode="contract")
            if span is None:
                continue
            for word in span:
                if word.pos_ not in VERBS or word.dep_ in ("aux", "auxpass"):
                    continue
                around = self.context.attributions.around(word)
                if not around or around[-1] is not attribution:
                    continue
                yield from self._request(word, attribution, span)
                yield from self._judgement(word, attribution)
                yield from self._refusal(word, attribution)
        yield from self._claim(attribution)

    def _request(self, verb: Token, attribution: Attribution, span: Span) -> Iterator[Act]:
        if verb.sent[-1].text == "?" or conditional_clause(verb):
            return
        deed = self._deed(verb)
        if deed is not None:
            subjects = [c for c in verb.children if c.dep_ in (*SUBJECTS, *PASSIVES)]
            if not subjects or subjects[0].lower_ in _SELF:
                return
            asked = self._others(self.parties.at(subjects[0]), attribution)
            if subjects[0].lower_ == "you":
                asked = asked or attribution.addressees
            if asked or subjects[0].lower_ == "you":
                yield self._act("REQUEST", verb, attribution, asked, f"asks: {deed.lemma_}")
        elif self._imperative(verb, attribution, span):
            yield self._act("REQUEST", verb, attribution, attribution.addressees, f"imperative {verb.lemma_}")

    def _deed(self, verb: Token) -> Token | None:
        """What somebody is told to do: "must leave", "need to stop"; None for any other verb."""
        auxiliaries = [c for c in verb.children if c.dep_ == "aux"]
        if any(c.lemma_.lower() in self.words.modals for c in auxiliaries):
            return None if any(c.lemma_ == "have" for c in auxiliaries) else verb
        if verb.lemma_ in self.words.obligations and not negated(verb) and not any(c.tag_ == "MD" for c in auxiliaries):
            inner = [c for c in verb.children if c.dep_ == "xcomp" and any(x.lower_ == "to" for x in c.children)]
            return inner[0] if inner else None
        return None

    def _imperative(self, verb: Token, attribution: Attribution, span: Span) -> bool:
        if attribution.mode == "indirect" or verb.tag_ not in ("VB", "VBP") or verb.lemma_ in self.words.not_imperative:
            return False
        if any(c.dep_ in (*SUBJECTS, *PASSIVES, "aux") and c.lower_ != "do" for c in verb.children):
            return False
        first = verb.left_edge
        while first.is_punct and first.i < verb.i:
            first = first.nbor(1)
        opens = first.i == verb.i or first.lower_ in ("please", "do", "just", "so")
        starts = first.is_sent_start or first.i == span.start or (first.i and first.nbor(-1).is_quote)
        return bool(opens and starts and verb.text[:1].isupper() and any(c.i > verb.i for c in verb.children))

    def _judgement(self, verb: Token, attribution: Attribution) -> Iterator[Act]:
        found = self._judged(verb, attribution)
        if found is None:
            return
        side, targets, cue = found
        if any(c.dep_ == "mark" and c.lower_ in ("whether", "if") for c in verb.children):
            return
        real = standing(verb)
        if real.purpose or conditional_clause(verb) or (real.status == "conditional" and not negated(verb)):
            return
        if negated(verb):
            side = _FLIPPED[side]
        others = self._others(targets, attribution)
        if others or (side == "blame" and not targets and of_verb(verb).passive and verb.lemma_ in self.words.verbs):
            yield self._act(_TYPES[side], verb, attribution, others, cue)

    def _refusal(self, verb: Token, attribution: Attribution) -> Iterator[Act]:
        """What a speaker turns down: "we are not ready to disarm", "too early for talks", "they will not be let in"."""
        subject = next((c for c in verb.children if c.dep_ in (*SUBJECTS, *PASSIVES)), None)
        if subject is None or conditional_clause(verb) or verb.sent[-1].text == "?":
            return
        said = next((c for c in verb.children if c.dep_ in ("acomp", "attr")), None)
        found: Act | None = None
        if said is not None and verb.lemma_ in _COPULAS:
            if self._unready(verb, said, subject, attribution) or self._untimely(verb, said, subject):
                found = self._act("REJECT", verb, attribution, (), f"turns down: {said.lemma_}")
        elif of_verb(verb).passive and standing(verb).unwilling:
            others = self._others(self.parties.at(subject), attribution)
            if others and not any(c.dep_ == "agent" for c in verb.children):
                found = self._act("REJECT", verb, attribution, others, f"turns down: {verb.lemma_}")
        if found is not None:
            yield replace(found, topic=frozenset())

    def _unready(self, verb: Token, said: Token, subject: Token, attribution: Attribution) -> bool:
        own = subject.lower_ in _SELF or any(
            self.sides.same(a, s) for a in self.parties.at(subject) for s in attribution.speakers
        )
        goal = any(c.dep_ in ("prep", "xcomp", "ccomp") for c in said.children)
        return said.lemma_.lower() in self.words.ready and negated(verb) and own and goal

    def _untimely(self, verb: Token, said: Token, subject: Token) -> bool:
        classes = event_words().classes
        dealings = classes["talks"] | classes["deal"] | classes["truce"]
        of_deals = any(t.pos_ == "NOUN" and t.lemma_.lower() in dealings for t in verb.subtree)
        return (
            said.lemma_.lower() in self.words.untimely and subject.lower_ in _EMPTY and of_deals and not negated(verb)
        )

    def _judged(self, verb: Token, attribution: Attribution) -> tuple[Judgement, tuple[str, ...], str] | None:
        around = of_verb(verb)
        subject = around.subjects[0] if around.subjects else None
        if verb.lemma_ in _COPULAS:
            return self._predicated(verb, subject, attribution)
        if subject is None:
            side = self.words.verbs.get(verb.lemma_) if around.passive else None
            return (side, (), verb.lemma_) if side else None  # "the vote was rigged"
        for noun in around.objects:
            side = self.words.phrases.get((verb.lemma_, noun.lemma_.lower()))
            if side:
                return side, self.parties.at(subject), f"{verb.lemma_} {noun.lemma_}"
        side = self.words.verbs.get(verb.lemma_)
        return (side, self.parties.at(subject), verb.lemma_) if side else None

    def _predicated(
        self, verb: Token, subject: Token | None, attribution: Attribution
    ) -> tuple[Judgement, tuple[str, ...], str] | None:
        for child in verb.children:
            if child.dep_ not in ("acomp", "attr", "oprd"):
                continue
            lemma = child.lemma_.lower()
            own = subject is not None and (
                subject.lower_ in _SELF or set(self.parties.at(subject)) & set(attribution.speakers)
            )
            if own:
                feeling = self.words.feelings.get(lemma)
                if feeling and not any(c.dep_ == "xcomp" for c in child.children):  # "pleased to tell you"
                    return feeling, self._about(child, verb, attribution), f"{lemma} (feeling)"
                continue
            side = self.words.adjectives.get(lemma) or self.words.nouns.get(lemma)
            side = side or next((s for m in child.children if (s := self.words.adjectives.get(m.lemma_.lower()))), None)
            if side is None:
                continue
            if subject is None or subject.lower_ in _EMPTY:
                targets = self.parties.of(p for c in verb.subtree if c.lower_ in ("for", "of") for p in c.children)
                targets = targets or self.parties.of(c for w in verb.subtree if w.dep_ in SUBJECTS for c in (w,))
            else:
                targets = self.parties.at(subject)
            return side, targets, lemma
        return None

    def _about(self, feeling: Token, verb: Token, attribution: Attribution) -> tuple[str, ...]:
        for word in (*feeling.subtree, *verb.subtree):
            if word.i > feeling.i:
                found = self._others(self.parties.at(word), attribution)
                if found:
                    return found
        return ()

    def _claim(self, attribution: Attribution) -> Iterator[Act]:
        """A claim about another actor is an accusation: the report keeps its distance from it."""
        if attribution.cue is None or attribution.cue_lemma.split(" ")[0] not in self.words.claims:
            return
        span = self.doc.char_span(*attribution.contents[0], alignment_mode="contract")
        verb = span.root if span is not None and span.root.pos_ in VERBS else None
        subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None) if verb is not None else None
        if verb is None or subject is None:
            return
        targets = self._others(self.parties.at(subject), attribution)
        if targets and (self._judged(verb, attribution) or ("blame",))[0] == "blame":
            yield self._act("ACCUSE", verb, attribution, targets, f"claim: {attribution.cue_lemma}")

    def _others(self, actors: tuple[str, ...], attribution: Attribution) -> tuple[str, ...]:
        """The actors who are not on the speaker's side."""
        return tuple(a for a in actors if not any(self.sides.same(a, s) for s in attribution.speakers))

    def _act(self, kind: EventType, verb: Token, attribution: Attribution, targets: tuple[str, ...], cue: str) -> Act:
        start, end = clause(verb)
        said = self.doc.char_span(*attribution.cue, alignment_mode="expand") if attribution.cue else None
        return Act(
            at=verb.i,
            type=kind,
            mode=None if kind == "REQUEST" else "disapprove" if kind == "ACCUSE" else None,
            actors=attribution.speakers,
            recipients=targets,
            status="occurred",
            date=self.context.dates.of(said.root) if said is not None else None,
            place=None,
            chain=tuple(s for a in self.context.attributions.chain(attribution) for s in a.speakers[:1]),
            start=start,
            end=end,
            topic=frozenset(t.lemma_.lower() for t in verb.subtree if t.pos_ in ("NOUN", "PROPN", "VERB")),
            why=(f"said: {cue}",),
            lemma=verb.lemma_.lower(),
        )
