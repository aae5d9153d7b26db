"""What stands around an act in the sentence: another act whose content it is, what denies or ends it, a gloss."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from accord.model.vocabulary.events import Trigger, event_words
from accord.reading.events.arguments import SUBJECTS, VERBS, Arguments
from accord.reading.events.roles import Parties
from accord.reading.modality import governor, negated, status_of

_CONTENT = frozenset({"for", "to", "of", "on", "about", "against", "from", "at", "over"})
_ASKING = frozenset({"REQUEST", "REJECT", "THREATEN", "AGREE"})
_STEPS = 6


def absorbed(word: Token, around: Arguments, firers: dict[int, Trigger], parties: Parties) -> bool:
    """Whether the word is the content of another act: "called for talks", "its demand to leave"."""
    own = firers.get(word.i)
    owners = () if own is not None and own.possessor == "recipient" else around.possessors
    if word.pos_ not in VERBS and parties.of((*owners, *around.after("by"))):
        return False  # "rejected the rebels' demand": somebody else's act
    through_verb = False
    for below, here in _upwards(word):
        trigger = firers.get(here.i)
        if trigger is not None and _takes(trigger, word, below, through_verb):
            failed = trigger.weak and trigger.type == "REJECT" and own is not None and own.type in ("AGREE", "RETREAT")
            return not failed  # "failed to reach a deal" is no refusal
        through_verb = through_verb or here.pos_ in VERBS
    return False


def _upwards(word: Token) -> Iterator[tuple[Token, Token]]:
    """The words above one within its clause, each with the word below it."""
    here = word
    for _ in range(_STEPS):
        if here.dep_ in ("ROOT", "relcl", "advcl", "nsubj", "nsubjpass", "parataxis"):
            return
        if here.dep_ == "pobj" and here.head.lower_ not in _CONTENT:
            return  # "stressed it in talks with": a setting, not the content
        if here.dep_ == "pcomp" and here.head.lower_ == "with" and any(c.dep_ in SUBJECTS for c in here.children):
            return  # "the truce collapsed, with both sides blaming each other"
        joined = here.dep_ == "conj" and here.head.pos_ in VERBS and here.pos_ in VERBS
        below, here = here, here.head
        if not joined:
            yield below, here


def _takes(trigger: Trigger, word: Token, below: Token, through_verb: bool) -> bool:
    verb = word.pos_ in VERBS
    if trigger.pos == "NOUN":
        return trigger.type in _ASKING and verb and below.dep_ == "acl" and _promised(below)
    if trigger.denial:
        return not verb  # "denied that it had shelled the town": the shelling is told, as refused
    if trigger.type == "THREATEN":
        return not verb  # what is threatened is told as well, as conditional
    if trigger.type in ("REQUEST", "REJECT"):
        return True
    if trigger.type == "ACCUSE":
        return verb or through_verb  # "accused of arming" is no arming
    return trigger.type == "AGREE" and not verb  # "agreed to a truce" is the agreeing


def _promised(verb: Token) -> bool:
    """Whether a clause on a deal or demand says what is in it: "an accord to free them", "a truce ending the raids"."""
    return verb.tag_ == "VBG" or any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def denied(word: Token, firers: dict[int, Trigger]) -> int | None:
    """Where the denial stands that a verb is the content of: "denied reports that it had agreed"."""
    if word.pos_ not in VERBS:
        return None
    for _, here in _upwards(word):
        trigger = firers.get(here.i)
        if trigger is not None and trigger.denial:
            return here.i
    return None


def hosting(verb: Token, trigger: Trigger, firers: dict[int, Trigger]) -> bool:
    """Whether a verb only says of talks where they are held: "talks hosted in Qatar"."""
    above = firers.get(verb.head.i)
    of_talks = above is not None and above.pos == "NOUN" and above.type == "CONSULT"
    hosts = any(c.dep_ in (*SUBJECTS, "agent") for c in verb.children)
    return trigger.mode == "third-party" and verb.dep_ in ("acl", "relcl") and of_talks and not hosts


def awaited(verb: Token) -> bool:
    """Whether a clause only says what has to come first: "will not talk until they disarm"."""
    here = verb
    for _ in range(_STEPS):
        if here.dep_ == "advcl":
            opened = any(c.dep_ in ("mark", "advmod") and c.lower_ in ("until", "till") for c in here.children)
            return opened and status_of(here.head) != "planned" and _unwilling(here.head)
        if here.dep_ == "ROOT":
            return False
        here = here.head
    return False


def _unwilling(verb: Token) -> bool:
    refusing = governor(verb) == "refused"
    return refusing or negated(verb) or (verb.dep_ == "xcomp" and _unwilling(verb.head))


def ended(noun: Token) -> bool:
    """Whether a fight is told to end, or to be ended: then it has been going on."""
    if negated(noun):
        return False
    here = noun
    for _ in range(4):
        if here.dep_ == "pobj" and here.head.lower_ in ("of", "to"):
            here = here.head.head
        elif here.dep_ in ("dobj", "nsubjpass", "nmod", "compound"):
            here = here.head
        else:
            return False
        lemma = here.lemma_.lower()
        if lemma in event_words().ending:
            return True
        if lemma not in event_words().counting and lemma not in ("year", "decade", "month", "week", "day"):
            return False
    return False


def unglossed(doc: Doc) -> Iterator[Token]:
    """The words of a text without what an editor put in square brackets: "the CFA [ceasefire agreement]"."""
    inside = False
    for word in doc:
        inside = (inside or word.text == "[") and word.text != "]" and "\n" not in word.text
        if not inside:
            yield word
