"""What is told of a happening in the clause that describes it: "a summit on Friday, where Ruto accused Kagame".

Such an act took place at that happening, so it has its day; and whoever speaks in it took part.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc, Token

from accord.reading.context import Context
from accord.reading.events.acts import Act

_CIRCUMSTANCE = frozenset({"where", "when", "whereupon"})
_WITHIN = frozenset({"at", "during", "in"})
_SPOKEN = frozenset({"REQUEST", "ACCUSE", "SUPPORT", "REJECT", "THREATEN", "CONSULT"})
_STEPS = 6  # from an act up to the clause that it is told in


def staged(acts: list[Act], context: Context) -> list[Act]:
    """The acts, those told in the clause on a meeting, visit or talks given its day, and it those who speak there."""
    doc = context.document.doc
    out = {id(act): act for act in acts}
    for act in acts:
        opening = _opening(doc[act.at]) if act.status == "occurred" else None
        host = _host(opening, act, acts, doc) if opening is not None else None
        if host is None:
            continue
        if act.date is None and host.date is not None:
            out[id(act)] = replace(act, date=host.date, why=(*act.why, "told of a dated happening"))
        out[id(host)] = _joined(out[id(host)], act, context)
    return [out[id(act)] for act in acts]


def _opening(word: Token) -> Token | None:
    """The word that opens the clause on a time or place that this word is told in: "where", "at which"."""
    here = word
    for _ in range(_STEPS):
        if here.dep_ == "relcl":
            return next((t for t in here.lefts if _circumstance(t)), None)
        if here.dep_ not in ("conj", "advcl", "ccomp") or here.head.i == here.i:
            return None
        here = here.head
    return None


def _circumstance(word: Token) -> bool:
    if word.dep_ == "advmod":
        return word.lower_ in _CIRCUMSTANCE
    return word.dep_ == "prep" and word.lower_ in _WITHIN and any(c.lower_ == "which" for c in word.children)


def _host(opening: Token, act: Act, acts: list[Act], doc: Doc) -> Act | None:
    """The encounter that the clause is on: the last one told before it in the sentence."""
    sentence = opening.sent
    found = [
        a
        for a in acts
        if a.type == "CONSULT" and a.status == "occurred" and sentence.start <= a.at < opening.i and a.at != act.at
    ]
    return max(found, key=lambda a: a.at) if found else None


def _joined(host: Act, act: Act, context: Context) -> Act:
    """The encounter with the persons who speak at it among those who took part."""
    known = {*host.actors, *host.recipients}
    fresh = tuple(
        a for a in act.actors if a not in known and act.type in _SPOKEN and context.mentions.actor(a).kind == "person"
    )
    if not fresh or not host.actors:
        return host
    why = (*host.why, "who speaks there takes part")
    if host.mutual:
        return replace(host, actors=(*host.actors, *fresh), why=why)
    return replace(host, recipients=(*host.recipients, *fresh), why=why)
