"""The common form of a matter: "admittance into the alliance" and "joining it" are one proposition.

A matter may say the contrary of the common form ("lifting sanctions" of "sanctions are imposed or kept");
the stance to the common form is then the contrary one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Token

from accord.model.findings import Issue
from accord.model.vocabulary.propositions import Common, common_propositions
from accord.reading.attribution.trees import child, is_verb
from accord.reading.context import Context
from accord.reading.matters import Matter
from accord.reading.phrases import forms_of, stands_in

_SLOT = re.compile(r"\{(who|holder|target|name)(?:: ?([^|{}]*))?(?:\|([^{}]*))?\}")
_TOWARDS = frozenset({"on", "against", "to", "for", "with", "of", "upon", "toward", "towards"})
_NAMES = frozenset({"name", "people"})


@dataclass(frozen=True)
class CommonForm:
    """The common proposition, and whether the matter says its contrary."""

    says: str
    turned: bool


def find_common(context: Context, issue: Issue, matter: Matter, holder: str) -> CommonForm | None:
    """The common form of a matter on `issue` held by the party `holder`; None where the vocabulary has none."""
    words = forms_of(t for t in matter.core if not t.is_space)
    for common in common_propositions().get(issue, ()):
        if any(stands_in(words, phrase) for phrase in common.when):
            turned = any(stands_in(words, phrase) for phrase in common.turned)
            turned = turned and not any(stands_in(words, phrase) for phrase in common.undone)
            return CommonForm(_filled(context, common, matter, holder), turned)
    return None


def _filled(context: Context, common: Common, matter: Matter, holder: str) -> str:
    def fill(match: re.Match[str]) -> str:
        kind, before, otherwise = match[1], match[2], match[3] or ""
        value = _SLOTS[kind](context, matter, holder)
        if value is None:
            return otherwise
        return f" {before.strip()} {value}" if before is not None else value

    return _SLOT.sub(fill, common.says)


def _holder(context: Context, matter: Matter, holder: str) -> str | None:
    """The party that holds the position."""
    return context.mentions.actor(holder).name


def _who(context: Context, matter: Matter, holder: str) -> str | None:
    """Who would act: the matter's subject, the owner of its noun, else the holder of an act or of its own forces."""
    subject = matter.subject if matter.subject is not None and not _is_passive(matter) else None
    if subject is not None:
        return _party_names(context, subject)
    if matter.form in ("infinitive", "gerund"):
        return context.mentions.actor(holder).name
    for token in matter.head.subtree:
        if token.dep_ in ("poss", "amod", "compound", "nmod") and token.i >= matter.start:
            named = _party_names(context, token)
            if named is not None:
                return named
    of = next((c for c in matter.head.children if c.dep_ == "prep" and c.lower_ in ("of", "by")), None)
    noun = child(of, "pobj") if of is not None else None
    return _party_names(context, noun) if noun is not None else None


def _is_passive(matter: Matter) -> bool:
    return is_verb(matter.head) and child(matter.head, "auxpass") is not None


def _target(context: Context, matter: Matter, holder: str) -> str | None:
    """Whom it would be done to or for: the first party after "on", "against", "to", or the object of the act."""
    for token in context.document.doc[matter.start : matter.end]:
        towards = token.dep_ == "pobj" and token.head.lower_ in _TOWARDS
        if towards or (token.dep_ == "dobj" and token.head.i == matter.head.i):
            named = _party_names(context, token)
            if named is not None:
                return named
    return None


def _name(context: Context, matter: Matter, holder: str) -> str | None:
    """The place or body named in the matter, the acting party and the holder left out."""
    acting = set(context.mentions.who(matter.subject)) if matter.subject is not None else set()
    for token in context.document.doc[matter.start : matter.end]:
        part = token.dep_ in ("compound", "nmod", "amod") or (token.i + 1 < matter.end and token.nbor().text == "-")
        if token.pos_ != "PROPN" or part:
            continue
        mention = context.mentions.covering(token)
        if mention is None:
            return " ".join(t.text for t in token.subtree if t.pos_ == "PROPN" and t.i <= token.i)
        actor = context.mentions.actor(mention.actors[0]) if mention.actors else None
        if actor is None or actor.id in acting or actor.id == holder:
            continue
        if actor.kind not in ("person", "state") or context.mentions.is_place(actor.id):
            return actor.name
    return None


def _party_names(context: Context, token: Token) -> str | None:
    """The parties that a noun phrase stands for, by name."""
    names: list[str] = []
    for actor_id in context.mentions.who(token):
        party = context.mentions.party_of(actor_id)
        name = context.mentions.actor(party).name if party is not None else None
        if name is not None and name not in names:
            names.append(name)
    return " and ".join(names) if names else None


_SLOTS = {"who": _who, "holder": _holder, "target": _target, "name": _name}
