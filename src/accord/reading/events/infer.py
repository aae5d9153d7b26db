"""Who took part where the sentence does not say: from the talks told before, the speaker, the condition.

"The talks ended without a deal": those who held the talks told last. "Ukraine was kept out of both meetings":
by those who met. "Should he refuse, sanctions could follow", she said: on him, by her side.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from spacy.tokens import Doc, Token

from accord.reading.context import Context
from accord.reading.events.acts import Act
from accord.reading.events.arguments import PASSIVES, SUBJECTS, VERBS, of_verb
from accord.reading.events.roles import Parties
from accord.reading.events.sides import Sides
from accord.reading.supposed import condition_on

_SPOKEN = frozenset({"REQUEST", "ACCUSE", "SUPPORT", "THREATEN"})
_UNNAMED = frozenset({"ASSAULT", "COERCE", "PROTEST"})  # told even where nobody is named: "nine people were killed"
_HARM = frozenset({"ASSAULT", "COERCE"})
_REACH = 400  # tokens back to the talks that "the talks" may mean: some fifteen sentences


def infer(acts: list[Act], context: Context, parties: Parties, sides: Sides) -> list[Act]:
    """The acts with participants filled in where they can be; those that stay without any are left out."""
    doc = context.document.doc
    ordered = sorted(acts, key=lambda a: (a.at, a.type != "CONSULT", a.type))
    usual = _usual(ordered, sides) or context.mentions.sides
    out: list[Act] = []
    for act in ordered:
        filled = _filled(act, out, ordered, usual, doc, parties, sides)
        if _stands(filled) and not _same_harm(filled, out, doc):
            out.append(filled)
    return out


def _same_harm(act: Act, before: list[Act], doc: Doc) -> bool:
    """Whether a sentence told already what befell people at nobody's named hand: "ten died and many fled"."""

    def harm(one: Act) -> bool:
        return one.type in _HARM and not one.actors and not one.recipients

    sentence = doc[act.at].sent
    return harm(act) and any(harm(a) and sentence.start <= a.at < sentence.end for a in before)


def _stands(act: Act) -> bool:
    if act.anaphor:
        return True
    if act.type in _SPOKEN:
        return bool(act.actors or (act.recipients and (act.doer or (act.told and not act.noun))))
    return bool(act.actors or act.recipients) or (act.type in _UNNAMED and not act.noun and bool(act.heads or act.doer))


def _filled(
    act: Act, before: list[Act], every: list[Act], usual: tuple[str, ...], doc: Doc, parties: Parties, sides: Sides
) -> Act:
    word = doc[act.at]
    if (
        act.mutual
        and not act.hypothetical
        and (act.mediated or (not act.actors and (act.told or act.type != "CONSULT")))
    ):
        if act.anaphor:
            return act
        if act.type == "ASSAULT" or (act.type == "CONSULT" and not act.definite and not act.mediated):
            found = usual or _partners(act, before, every, doc, act.told)
        else:
            placed = act.told and (act.date is not None or act.place is not None)
            known = act.definite or placed or act.type == "RETREAT" or (act.type == "AGREE" and act.status == "refused")
            found = _partners(act, before, every, doc, act.told) or (usual if known else ())
        if found:
            everyone = tuple(dict.fromkeys((*found, *act.actors)))
            return replace(act, actors=everyone, inferred=True, why=(*act.why, "parties of the talks told before"))
    if act.type == "REJECT" and act.recipients and not act.actors:
        found = tuple(a for a in _excluders(word, before, parties) if a not in act.recipients)
        return replace(act, actors=found, inferred=True, why=(*act.why, "those who met")) if found else act
    if not act.actors and not act.recipients and act.condition and act.chain:
        targets = parties.of(_condition_subjects(word))
        speaker = act.chain[-1]
        return replace(
            act,
            actors=(sides.of(speaker),),
            recipients=tuple(t for t in targets if not sides.same(t, speaker)),
            inferred=True,
            why=(*act.why, "the speaker's side, on whom the condition names"),
        )
    return act


def _partners(act: Act, before: list[Act], every: list[Act], doc: Doc, far: bool) -> tuple[str, ...]:
    """Those who took part in the talks or the deal that the act means: of its own kind where it is told as known."""
    several = [a for a in before if a.mutual and len(a.actors) > 1 and act.at - a.at <= _REACH]
    sentence = doc[act.at].sent
    near = [a for a in (*before, *every) if len(a.actors) > 1 and a.mutual and not a.mediated]
    near = [a for a in near if sentence.start <= a.at < sentence.end and a.status != "refused"]
    if act.definite:
        alike = [a for a in several if a.type == act.type and a.mode != "phone"]
        named = [a for a in near if a.noun]
        found = named or [a for a in alike if a.lemma == act.lemma] or alike
        if found:
            return found[-1].actors
    if near:
        return min(near, key=lambda a: (abs(a.at - act.at), a.at)).actors
    return several[-1].actors if several and far else ()


def _usual(acts: Iterable[Act], sides: Sides) -> tuple[str, ...]:
    """The two sides that deal with each other most in the report, if any do twice."""
    both = (sides.all(a.recipients) | (frozenset() if a.mode == "third-party" else sides.all(a.actors)) for a in acts)
    pairs = Counter(tuple(sorted(pair)) for pair in both if len(pair) == 2)
    best = min(pairs, key=lambda p: (-pairs[p], p)) if pairs else ()
    return best if best and pairs[best] > 1 else ()


def _excluders(word: Token, before: list[Act], parties: Parties) -> tuple[str, ...]:
    if word.pos_ not in VERBS:
        return ()
    around = of_verb(word)
    hosts = parties.of(around.after("from", "of", "out"))
    if hosts:
        return hosts
    return next((a.actors for a in reversed(before) if a.type == "CONSULT" and len(a.actors) > 1), ())


def _condition_subjects(word: Token) -> Iterable[Token]:
    here = word
    for _ in range(6):
        clause = condition_on(here)
        if clause is not None:
            return [c for c in clause.children if c.dep_ in (*SUBJECTS, *PASSIVES)]
        if here.dep_ == "ROOT":
            break
        here = here.head
    return []
