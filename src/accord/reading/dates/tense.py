"""Which way an expression without a year looks: back from publication or ahead, by the tense of its verb."""

from __future__ import annotations

from spacy.tokens import Token

from accord.model.vocabulary.events import event_words
from accord.reading.modality import governor, standing

_VERBS = ("VERB", "AUX")
_MOST_STEPS = 10


def governing_verb(token: Token) -> Token | None:
    """The verb of the clause that a word stands in."""
    here = token
    for _ in range(_MOST_STEPS):
        if here.pos_ in _VERBS and here.i != token.i and here.dep_ not in ("aux", "auxpass"):
            return here
        if here.head.i == here.i:
            return here if here.pos_ in _VERBS else None
        here = here.head
    return None


def looks_ahead(token: Token) -> bool:
    """Whether what `token` dates lies ahead: "will meet on Friday", "plans to vote in May", "talks set for June"."""
    if _ahead_of(token):
        return True
    verb = governing_verb(token)
    if verb is None:
        return False
    noun = token.head
    if noun.pos_ in ("NOUN", "PROPN") and noun.i != verb.i and not _day_of_doing(token, verb) and _noun_ahead(noun):
        return True
    return verb_looks_ahead(verb)


def verb_looks_ahead(verb: Token) -> bool:
    """Whether a verb tells of something still to come."""
    auxiliaries = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    if any(c.tag_ == "VBD" or c.lemma_ == "have" for c in auxiliaries) and verb.tag_ in ("VBN", "VBG"):
        return False
    if verb.tag_ == "VBD":
        return False
    if any(c.tag_ == "MD" for c in auxiliaries):
        return not any(c.lemma_ == "have" for c in auxiliaries)
    if any(c.tag_ == "TO" for c in auxiliaries) or verb.tag_ in ("VBG", "VBN", "VB"):
        if verb.dep_ in ("ROOT", "conj", "ccomp") and any(c.tag_ in ("VBZ", "VBP") for c in auxiliaries):
            # "are meeting on Friday", "is scheduled for Friday"
            return verb.tag_ == "VBG" or (verb.tag_ == "VBN" and governor(verb) == "planned")
        ahead = standing(verb).status in ("planned", "proposed", "conditional")
        return ahead or _infinitive_of_future(verb) or _announced(verb)
    if verb.lemma_ == "be" and any(governor(c) == "planned" for c in verb.children if c.dep_ in ("acomp", "oprd")):
        return True  # "is due in October"
    return verb.tag_ in ("VBP", "VBZ") and verb.lemma_ not in ("be", "have", "say", "tell", "think", "believe", "show")


def perfect(token: Token) -> bool:
    """Whether the governing verb says that something lasts until now: "have been meeting for weeks"."""
    verb = governing_verb(token)
    return verb is not None and any(c.dep_ == "aux" and c.lemma_ in ("have", "’ve", "'ve") for c in verb.children)


def _infinitive_of_future(verb: Token) -> bool:
    return verb.dep_ == "acl" and any(c.tag_ == "TO" for c in verb.children)


def _announced(verb: Token) -> bool:
    """Whether a participle says from when something made known holds: "declared a truce starting on Friday"."""
    above = verb.head.head if verb.dep_ == "acl" and verb.tag_ == "VBG" else None
    return above is not None and above.lemma_.lower() in event_words().announcing and verb.head.dep_ == "dobj"


def _ahead_of(token: Token) -> bool:
    """ "ahead of the vote on Sunday", "by Friday", "until Friday" look ahead."""
    here = token
    for _ in range(4):
        if here.dep_ in ("prep", "pobj", "pcomp") and here.lower_ in ("ahead", "pending", "by", "until", "till"):
            return True
        if here.pos_ in _VERBS or here.head.i == here.i:
            return False
        here = here.head
        if here.lower_ == "of" and here.head.lower_ == "ahead":
            return True
    return False


def _day_of_doing(token: Token, verb: Token) -> bool:
    """Whether "on" a day, hung on the object, says when it was done: "set a deadline on 14 July", not "for 14 July"."""
    return token.lower_ == "on" and token.head.dep_ == "dobj" and token.head.head.i == verb.i and verb.tag_ == "VBD"


def _noun_ahead(noun: Token) -> bool:
    return standing(noun).status in ("planned", "proposed", "conditional")
