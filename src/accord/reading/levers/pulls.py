"""Where an instrument is used or named: sanctions imposed, aid suspended, talks left, captives freed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Token

from accord.model.findings import Instrument
from accord.model.vocabulary.levers import Effect, LeverAct, LeverNoun, Worth, lever_words
from accord.reading.context import Context
from accord.reading.events.arguments import VERBS, of_verb
from accord.reading.levers.bargains import chip_instrument, chip_uses, is_captive, is_price
from accord.reading.proposals.hands import is_forum

_BEFORE = ("compound", "amod", "nmod", "dep")
_CARRY = frozenset({"of", "in", "on", "for", "to", "at", "with", "from", "against"})
_MOST = 7
_WINDOW = 6


@dataclass
class Pull:
    """One place where an instrument is named with something done to it.

    `at` is the instrument (a noun, or a verb that tells it), `cue` the word that tells what is done, `verb` the verb
    whose clause it is. `told`: "threat" or "offer" where a word says so, `told_by` that word. `suffered`: the
    subject is the target. `targets` are where the target stands, with an act. `loose`: the act needs a condition or a
    word of talks to be one ("walk away"). `bargain`: it is one only under a condition or in an exchange. `price`: it is
    what the other side gives in one. `befalls`: whoever tells it holds it ("talks could fail").
    """

    at: Token
    cue: Token
    instrument: Instrument
    worth: Worth
    effect: Effect
    verb: Token
    told: str | None = None
    told_by: Token | None = None
    hit: Token | None = None
    suffered: bool = False
    deters: bool = False
    targets: tuple[str, ...] = ()
    threat_only: bool = False
    loose: bool = False
    bargain: bool = False
    price: bool = False
    befalls: bool = False
    path: list[Token] = field(default_factory=list)


def find_pulls(context: Context) -> Iterator[Pull]:
    """Every pull of a report, in the order of its words."""
    words = lever_words()
    taken: set[int] = set()
    for token in context.document.doc:
        if _may_act(token) and token.lemma_.lower() in words.acts:
            pull = _of_act(token)
            if pull is not None and not pull.bargain:
                taken.update(t.i for t in token.subtree if t.pos_ == "NOUN" and t.head.i == token.i)
            if pull is not None:
                yield pull
        elif token.lemma_.lower() in words.chips:
            yield from _of_chip(token)
        elif token.pos_ in ("NOUN", "PROPN") and token.i not in taken:
            noun = _entry(token)
            pull = _of_noun(token, noun) if noun is not None else None
            if pull is not None:
                yield pull


def _is_background(verb: Token, act: LeverAct) -> bool:
    """Whether captives were held before something told of them: "freed two monks whom they had held hostage"."""
    past = any(c.dep_ == "aux" and c.lower_ in ("had", "having") for c in verb.children)
    return act.instrument == "prisoners" and act.effect == "withhold" and past and not act.threat


def _may_act(token: Token) -> bool:
    """Whether a token is a verb, also where the parser takes "and free them" for an adjective."""
    return token.pos_ in VERBS or (
        token.pos_ == "ADJ" and token.dep_ == "conj" and any(c.dep_ == "dobj" for c in token.children)
    )


def _of_chip(noun: Token) -> Iterator[Pull]:
    """ "sees the hostages as leverage": somebody holds what serves him to press the other side."""
    for verb in chip_uses(noun):
        instrument = chip_instrument(verb, noun)
        if instrument is not None:
            targets = ("over", "against", "with", "on")
            yield Pull(noun, verb, instrument, "harm", "apply", verb, targets=targets)


def _of_act(verb: Token) -> Pull | None:
    for act in lever_words().acts[verb.lemma_.lower()]:
        if _is_act(verb, act):
            worth: Worth = "harm" if act.effect in ("apply", "remove", "ready") else "good"
            pull = Pull(verb, verb, act.instrument, worth, act.effect, verb, targets=act.targets, deters=act.deters)
            pull.threat_only, pull.bargain, pull.befalls = act.threat, act.bargain, bool(act.about)
            pull.loose = not act.objects and not act.bargain and act.instrument == "walk-out"
            if act.deters:
                pull.instrument = _deterrence(verb)
            if _is_background(verb, act):
                continue
            if act.instrument == "walk-out" and any(_is_infinitive(c) for c in _and_objects(verb)):
                continue  # "broke off the talks to telephone somebody"
            _look_up(verb, pull)
            return pull
    return None


def _is_act(verb: Token, act: LeverAct) -> bool:
    particles = {c.lower_ for c in verb.children if c.dep_ == "prt"}
    if particles - set(act.after) or verb.dep_ == "amod":
        return False  # "strike them down" is no strike
    if act.after:
        near = {w for t in verb.doc[verb.i + 1 : min(verb.i + _WINDOW, verb.sent.end)] for w in (t.lower_, t.lemma_)}
        if not all(word in near for word in act.after):
            return False
        hung = {w for c in verb.children for w in (c.lower_, c.lemma_)}
        if act.after[0] not in hung:
            return False
    around = of_verb(verb)
    if act.about and not any(w in act.about for subject in _themes(verb) for w in _phrase(subject)):
        return False
    into = (*around.after("to", "into"), *_beyond(verb, "to", "into"))
    if act.to and not any(h.lemma_.lower() in act.to for h in into):
        return False
    if not act.objects:
        return True
    heads = [*around.objects, *around.after("from", "of", "in", "on", "out", *act.after)]
    heads += [
        h for c in verb.children if c.dep_ == "advmod" for p in c.children if p.dep_ == "prep" for h in p.children
    ]
    if act.instrument == "prisoners" and act.effect == "restore" and any(map(is_captive, around.objects)):
        return True
    return any(w in act.objects for head in heads for w in (*_phrase(head), head.pos_))


def _beyond(verb: Token, *names: str) -> Iterator[Token]:
    """What stands after a preposition that hangs on an adverb: "go back to the talks"."""
    for part in verb.children:
        if part.dep_ in ("advmod", "prt"):
            yield from (n for p in part.children if p.lower_ in names for n in p.children if n.dep_ == "pobj")


def _themes(verb: Token) -> Iterator[Token]:
    """What a verb is said of: its subject, or what a relative clause hangs on."""
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass"):
            yield verb.head if child.tag_ in ("WDT", "WP") and verb.dep_ == "relcl" else child


def _entry(token: Token) -> LeverNoun | None:
    """The entry of a noun whose conditions its surroundings meet."""
    found = lever_words().nouns.get(token.lemma_.lower()) or lever_words().nouns.get(token.lower_.removesuffix("s"))
    for noun in found or ():
        beside = set(_beside(token))
        if noun.without & beside or (noun.beside and not noun.beside & beside):
            continue
        if noun.verbs and not _verbs_over(token) & noun.verbs:
            continue
        if not (token.dep_ in _BEFORE and token.head.pos_ in ("NOUN", "PROPN") and token.head.i > token.i):
            return noun
        if ("NOUN", token.head.lemma_.lower()) in {(p, w) for (_, p, w) in lever_words().effects} or (
            token.head.lemma_.lower() in lever_words().threat_nouns | lever_words().offer_nouns
        ):
            return noun
    return None


def _of_noun(token: Token, noun: LeverNoun) -> Pull | None:
    """What is done to an instrument that a noun names, told by the words over and before it; None where nothing is."""
    pull = Pull(token, token, noun.instrument, noun.worth, "apply", token, threat_only=noun.threat, deters=noun.deters)
    effect = _look_up(token, pull, noun.worth)
    if effect is None:
        effect = _adjective(token, noun.worth, pull)
    if effect is None and pull.told == "threat":
        effect = "apply" if noun.worth == "harm" else None
    if effect is None and pull.told == "offer":
        effect = "give" if noun.worth == "good" else None
    pull.price = is_price(token)
    if effect is None and pull.price and noun.worth == "good":
        effect = "give"
    if effect is None and noun.deters:
        effect, pull.told, pull.instrument = "apply", "threat", _deterrence(token)
    if effect is None:
        return None
    pull.effect = effect
    return pull


def _adjective(token: Token, worth: Worth, pull: Pull) -> Effect | None:
    """What a word before the noun tells: "reduced sanctions"; a harm that is only called new needs a threat."""
    effects = lever_words().effects
    for child in token.children:
        if child.dep_ == "amod" and child.i < token.i:
            effect = effects.get((worth, "ADJ", child.lower_)) or effects.get((worth, "ADJ", child.lemma_.lower()))
            if effect in ("remove", "give", "restore", "withhold"):
                pull.cue = token
                return effect
    return None


def _look_up(token: Token, pull: Pull, worth: Worth | None = None) -> Effect | None:
    """Climb from an instrument over what governs it, to an effect and to a threat or an offer."""
    words = lever_words()
    effect: Effect | None = None
    here = token
    for _ in range(_MOST):
        head = here.head
        if head.i == here.i or here.dep_ in ("ROOT", "relcl", "advcl", "parataxis"):
            break
        if not _may_climb(here, worth, effect):
            break
        joined = here.dep_ == "conj" and head.pos_ in ("NOUN", "PROPN")
        here = head
        pull.path.append(here)
        lemma = here.lemma_.lower()
        part = "VERB" if here.pos_ in VERBS else "NOUN" if here.pos_ in ("NOUN", "PROPN") else ""
        if joined:
            continue
        if part == "VERB" and pull.verb.pos_ not in VERBS:
            pull.verb = here
        told = _told(part, lemma)
        if worth and part and effect is None and pull.told is None:
            found = words.effects.get((worth, part, lemma))
            if part == "VERB" and lemma in words.suffering and worth == "harm":
                found, pull.suffered, told = "ready", True, "threat"
            if found is not None and not (told and part == "VERB"):
                effect, pull.cue = found, here
                continue
        if part == "VERB" and not told and lemma not in words.hitting and not _is_light(here):
            break
        if told and pull.told is None:
            pull.told, pull.told_by = told, here
            if pull.cue.i == token.i and effect is None:
                pull.cue = here if worth else pull.cue
        if part == "VERB" and lemma in words.hitting:
            pull.hit = next(iter(of_verb(here).objects), None)
            if worth == "harm" and effect is None and pull.told is None and pull.hit is not None:
                effect, pull.cue = "apply", here
    return effect


def _is_light(verb: Token) -> bool:
    """Whether a verb only stands between: "might have to", "could lead to", "consider withdrawing"."""
    return verb.lemma_ in ("be", "have", "go") or any(c.dep_ == "xcomp" for c in verb.children)


def _deterrence(token: Token) -> Instrument:
    """What a deterrent consists in, by the other words of its sentence."""
    words = lever_words().deterrence
    return next((words[t.lemma_.lower()] for t in token.sent if t.lemma_.lower() in words), "force")


def _and_objects(verb: Token) -> Iterator[Token]:
    for child in verb.children:
        yield child
        yield from (c for c in child.children if is_forum(child))


def _is_infinitive(verb: Token) -> bool:
    return verb.dep_ in ("advcl", "xcomp", "acl", "relcl") and any(
        c.dep_ == "aux" and c.lower_ == "to" for c in verb.children
    )


def _told(part: str, lemma: str) -> str | None:
    words = lever_words()
    if lemma in (words.threat_verbs if part == "VERB" else words.threat_nouns if part else ()):
        return "threat"
    if lemma in (words.offer_verbs if part == "VERB" else words.offer_nouns if part else ()):
        return "offer"
    return None


def _may_climb(here: Token, worth: Worth | None, effect: Effect | None) -> bool:
    """Whether what governs this word can tell what is done to the instrument."""
    words, head = lever_words(), here.head
    lemma = head.lemma_.lower()
    if here.pos_ in VERBS and here.dep_ == "acl" and not any(c.dep_ == "aux" for c in here.children):
        return False  # "sanctions imposed in 2014": what governs the noun tells of something else
    if head.pos_ in VERBS:
        known = _told("VERB", lemma) is not None or lemma in words.suffering | words.hitting
        if here.dep_ in ("nsubj", "csubj"):
            return worth is not None and (worth, "VERB", lemma) in words.effects
        if here.pos_ in VERBS:
            return here.dep_ == "conj" or known or here.dep_ in ("xcomp", "ccomp", "pcomp", "aux")
        return known or worth is None or (worth, "VERB", lemma) in words.effects or effect is not None
    if head.pos_ in ("NOUN", "PROPN") and here.dep_ != "conj" and worth is not None:
        known = lemma in words.carriers or _told("NOUN", lemma) is not None
        return known or (worth, "NOUN", lemma) in words.effects or here.dep_ in _BEFORE
    return True


def _verbs_over(token: Token) -> set[str]:
    here, found = token, set()
    for _ in range(3):
        here = here.head
        found.add(here.lemma_.lower())
        if here.pos_ in VERBS:
            break
    return found


def _beside(token: Token) -> Iterator[str]:
    for child in token.children:
        if child.dep_ in _BEFORE or child.dep_ == "conj":
            yield from _phrase(child)
        elif child.dep_ == "prep" and child.lower_ in ("of", "to", "on"):
            for inner in child.children:
                yield from _phrase(inner)
    if token.dep_ in _BEFORE:
        yield token.head.lemma_.lower()
    elif token.dep_ == "pobj" and token.head.lower_ == "of":
        yield token.head.head.lemma_.lower()


def _phrase(head: Token) -> Iterator[str]:
    """Lemmas and forms of a noun phrase."""
    yield head.lemma_.lower()
    yield head.lower_
    for child in head.children:
        if child.dep_ in (*_BEFORE, "conj", "quantmod", "nummod"):
            yield from _phrase(child)
        elif child.dep_ == "prep" and child.lower_ == "of":
            for inner in child.children:
                if inner.dep_ == "pobj":
                    yield from _phrase(inner)
