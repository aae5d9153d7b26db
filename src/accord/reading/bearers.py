"""Who holds a stance: from its source to the parties bound by it, also where the source is a bare word.

A stance has a grammatical holder even where the mentions know nothing of it: "it" at the start of a sentence is the
subject of the one before, "they" in a party's own words is the party, "its" of "repeated its demand" who repeats it,
"both sides" the two that the report is about.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from accord.model.vocabulary.groups import groups
from accord.model.vocabulary.roles import class_of
from accord.reading.attribution.trees import child, is_verb
from accord.reading.attributions import Attribution
from accord.reading.context import Context
from accord.reading.stand import Stand

_SPEAKERS_OWN = frozenset({"it", "they", "he", "she", "we", "i", "its", "their", "his", "her", "our", "my"})
_BOTH = frozenset({"both", "each", "two", "neither", "either", "the", "all"})


def holders(context: Context, stand: Stand, around: Sequence[Attribution]) -> list[tuple[str, str | None]]:
    """(party, person who speaks for it or None) for each holder of a stance, observers left out."""
    said_by = around[-1].speakers if around else ()
    actors = said_by if stand.source is None else _named(context, stand.source.head, stand.source.how, around)
    out: list[tuple[str, str | None]] = []
    for actor_id in actors:
        actor = context.mentions.actor(actor_id)
        party = context.mentions.party_of(actor_id)
        if party is None or actor.observer or party in (p for p, _ in out):
            continue
        outer = next((s for s in said_by if context.mentions.party_of(s) == party and s != party), None)
        out.append((party, actor_id if actor_id != party else outer))
    return out


def _named(context: Context, noun: Token, how: str, around: Sequence[Attribution]) -> Sequence[str]:
    """The actors that the source of a stance stands for."""
    said_by = around[-1].speakers if around else ()
    actors: Sequence[str] = context.mentions.who(noun)
    if actors:
        return () if _is_of_others(context, noun, said_by) else actors
    if how in ("document", "of"):
        return said_by
    if noun.pos_ == "PRON" and noun.lower_ in _SPEAKERS_OWN:
        return _of_pronoun(context, noun, said_by, told=bool(around))
    within = _within(context, noun)
    if not within and _is_pair(noun):
        return context.mentions.sides if len(context.mentions.sides) == 2 else ()
    return within or _of_office(noun, said_by)


def _of_pronoun(context: Context, pronoun: Token, said_by: Sequence[str], *, told: bool) -> Sequence[str]:
    """Whom a pronoun without an antecedent of its own goes back to: the doer, the speaker, the subject before."""
    verb = pronoun.head
    while pronoun.dep_ == "poss" and not is_verb(verb) and verb.head.i != verb.i:
        verb = verb.head
    for clause in (verb, *verb.ancestors):
        subject = child(clause, "nsubj", "nsubjpass")
        if subject is not None and subject.i < pronoun.i:
            return context.mentions.who(subject) or _within(context, subject)
    if told or said_by:
        return said_by
    start = pronoun.sent.start
    before = pronoun.doc[start - 1].sent if start > 0 else None
    subject = child(before.root, "nsubj", "nsubjpass") if before is not None else None
    return context.mentions.who(subject) or _within(context, subject) if subject is not None else ()


def _is_pair(noun: Token) -> bool:
    """ "Both sides", "each party", "the two leaders", where the report has two sides."""
    paired = any(noun.lower_ in words for words in groups().pairs.values())
    return paired and any(c.lower_ in _BOTH for c in noun.children if c.dep_ in ("det", "nummod", "predet", "amod"))


def _of_office(noun: Token, said_by: Sequence[str]) -> Sequence[str]:
    """ "The prime minister" without a name, in the words of one who speaks for him."""
    bare = any(c.lower_ == "the" for c in noun.children) and class_of().get(noun.lemma_.lower()) in ("office", "body")
    return said_by if bare else ()


def _is_of_others(context: Context, noun: Token, speakers: Sequence[str]) -> bool:
    """Whether "those forces" in a speaker's mouth have been taken for the speaker's own."""
    shown = any(c.dep_ == "det" and c.lower_ in ("this", "that", "these", "those") for c in noun.children)
    mine = {context.mentions.party_of(s) for s in speakers}
    return shown and any(context.mentions.party_of(a) in mine for a in context.mentions.who(noun))


def _within(context: Context, noun: Token) -> tuple[str, ...]:
    """Whose a body without a name is: Georgia's in "the Georgian side", Mali's in "the government of Mali"."""
    for part in noun.children:
        owner = child(part, "pobj") if part.dep_ == "prep" and part.lower_ == "of" else part
        if owner is not None and (owner.i != part.i or part.dep_ in ("compound", "amod", "nmod", "poss")):
            actors = context.mentions.who(owner)  # with those joined to it: "the Greek and Turkish sides"
            if actors:
                return tuple(p for a in actors if (p := context.mentions.party_of(a)) is not None)
    return ()
