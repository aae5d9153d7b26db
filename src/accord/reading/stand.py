"""One stance as a report tells it: whose, to what, how firm, by which word; shared by all rules that find them."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from accord.model.findings import Stance, Strength
from accord.model.vocabulary.cues import cues
from accord.model.vocabulary.stance import StanceCue, stance_cues
from accord.reading.attribution.candidate import Source
from accord.reading.matters import Form, Matter

BE = frozenset({"be", "remain", "become", "seem", "stay"})


@dataclass(frozen=True)
class Stand:
    """One stance: whose (`source`, or the speaker's where None), to what, how firm, by which word and rule.

    `said` is the matter as it stands beside the cue where `matter` is what it takes up ("this"). `weak`: an act that
    tells a stance only where the report tells no other of the party on the issue.
    """

    cue: Token
    matter: Matter
    stance: Stance
    strength: Strength
    source: Source | None
    rule: str
    confidence: float
    said: Matter | None = None
    weak: bool = False


def is_attitude(stand: Stand) -> bool:
    """Whether the stance is a state of mind, which only its holder can tell."""
    return stand.rule.split(" ", 1)[1] in stance_cues().attitudes


def lemma_of(token: Token) -> str:
    """The lemma in lower case, with the model's known mistakes mended ("hopes" is no form of "hop")."""
    lemma = token.lemma_.lower()
    return cues().misread.get(lemma, lemma)


def firm(cue: StanceCue, token: Token, *, denied: bool) -> tuple[Stance, Strength] | None:
    """Stance and strength of a cue where it stands: negated, hardened or as it is."""
    if denied:
        return cue.negated
    hard = any(c.lower_ in stance_cues().hardeners for c in token.children if c.dep_ in ("advmod", "neg"))
    return cue.stance, "red-line" if hard and cue.strength == "demand" else cue.strength


def is_of_talks(matter: Matter) -> bool:
    """Whether a matter is talks, negotiations or a peace process by its noun."""
    return matter.form == "phrase" and matter.head.lemma_.lower() in stance_cues().objects["talks"]


def is_at_table(stand: Stand) -> bool:
    """Whether the cue is an act at the table, such as joining talks or walking out of them."""
    word = stand.rule.split(" ", 1)[1]
    cue = stance_cues().phrasal.get(word) or stance_cues().verbs.get(word)
    return cue is not None and "talks" in cue.of


def fits(matter: Matter, of: tuple[str, ...]) -> bool:
    """Whether a matter is of the classes that a cue asks for; every matter is where it asks for none."""
    if not of:
        return True
    if matter.form == "phrase" and matter.head.lower_ in ("it", "which", "that", "them"):
        return True  # what it takes up is looked at later
    words = {w for name in of for w in stance_cues().objects.get(name, ())}
    return matter.form == "phrase" and any(t.lemma_.lower() in words for t in (matter.head, *matter.head.conjuncts))


def judged(verb: Token, word: Token | None = None) -> Matter | None:
    """What a clause of being passes its verdict on: its subject, or the clause that "it" points forward to."""
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "csubj", "nsubjpass")), None)
    if subject is not None and (subject.tag_ in ("WDT", "WP") or subject.lower_ == "that"):
        over = next((t for t in (verb, *verb.ancestors) if t.dep_ == "relcl"), None)
        return _before(over.head, over) if over is not None else None
    if subject is not None and (subject.lower_ != "it" or subject.dep_ == "csubj"):
        return whole(subject)
    later = [c for host in (verb, word) if host is not None for c in host.children]
    for clause in sorted(later, key=lambda t: t.i):
        if clause.i <= verb.i or clause.pos_ not in ("VERB", "AUX") or clause.dep_ not in _LATER:
            continue
        to = any(c.tag_ == "TO" for c in clause.lefts)
        that = any(c.lower_ in ("that", "for") and c.dep_ in ("mark", "prep") for c in clause.lefts)
        if to and lemma_of(clause) in stance_cues().speaking:
            return _spoken_of(clause)
        if to or that:
            own = next((c for c in clause.children if c.dep_ in ("nsubj", "nsubjpass")), None)
            form: Form = "infinitive" if to and own is None else "clause"
            return Matter(clause, clause.left_edge.i, clause.right_edge.i + 1, form, own)
    return None


def _before(noun: Token, clause: Token) -> Matter:
    """A noun phrase without the relative clause that judges it: "an election that the opposition says was rigged"."""
    start = noun.left_edge.i
    return Matter(noun, start, max(noun.i + 1, min(clause.left_edge.i, noun.right_edge.i + 1)), "phrase")


def _spoken_of(clause: Token) -> Matter | None:
    """What "to speak of lifting the sanctions" is about."""
    for prep in (c for c in clause.children if c.dep_ == "prep"):
        inner = next((c for c in prep.children if c.dep_ in ("pcomp", "pobj")), None)
        if inner is not None:
            form: Form = "gerund" if inner.dep_ == "pcomp" else "phrase"
            return Matter(inner, inner.left_edge.i, inner.right_edge.i + 1, form)
    return None


_LATER = frozenset({"xcomp", "ccomp", "advcl", "acl", "relcl", "csubj"})


def whole(subject: Token) -> Matter:
    """A subject as a matter: "the disarmament of the militia", "ceding the valley"."""
    gerund = subject.dep_ == "csubj" and subject.tag_ == "VBG"
    return Matter(subject, subject.left_edge.i, subject.right_edge.i + 1, "gerund" if gerund else "phrase")


def after_comma(noun: Token) -> Token | None:
    """The noun phrase right after a noun and a comma, which the parse has hung elsewhere."""
    comma = noun.right_edge.i + 1
    if comma + 1 >= noun.sent.end or noun.doc[comma].text != ",":
        return None
    first = noun.doc[comma + 1]
    near = (t for t in (first, *first.ancestors) if t.pos_ == "NOUN" and t.left_edge.i == first.i)
    return next((t for t in near if t.dep_ in ("conj", "appos", "npadvmod")), None)
