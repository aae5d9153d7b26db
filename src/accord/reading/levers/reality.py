"""What a pull amounts to: pressure or inducement, threatened, offered, applied or lifted; or nothing."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from accord.model.findings import Direction, LeverStatus
from accord.model.vocabulary.levers import lever_words
from accord.model.vocabulary.proposals import proposal_words
from accord.reading.events.arguments import VERBS
from accord.reading.levers.bargains import bond, is_held_back, is_price
from accord.reading.levers.pulls import Pull
from accord.reading.modality import Standing, negated, standing
from accord.reading.proposals.hands import is_forum
from accord.reading.supposed import conditional_clause, under_condition

_MOST = 8


@dataclass(frozen=True)
class Amount:
    """Direction and status, how sure as a share, and why."""

    direction: Direction
    status: LeverStatus
    share: float
    why: tuple[str, ...] = ()


def amount(pull: Pull) -> Amount | None:
    """What the pull amounts to; None where nothing is held over anybody."""
    real = standing(pull.cue)
    if real.purpose or (pull.told_by is not None and negated(pull.told_by)) or _is_asked(pull, real):
        return None
    if pull.bargain:
        return _bargained(pull, real)
    if pull.price or is_price(pull.at):
        given = pull.price and pull.effect in ("remove", "restore", "give", "withhold") and real.status != "refused"
        return Amount("inducement", "offered", 0.75, (*real.cues, "in exchange")) if given else None
    condition = _condition(pull)
    why = (*real.cues, *((f"condition {condition}",) if condition else ()))
    if pull.told is None and pull.threat_only:
        ahead = real.status in ("planned", "conditional")
        return Amount("pressure", "threatened", 0.7, why) if condition and ahead and pull.effect == "apply" else None
    if conditional_clause(pull.verb) or _is_means(pull.cue) or _is_awaited(pull):
        return None  # "if sanctions are lifted" is what another party asks
    if pull.instrument == "prisoners" and _is_term(pull.verb):
        return None  # "under the deal, each side will free", which is what both agreed
    if pull.deters:
        return Amount("pressure", "threatened", 0.75, why)
    if pull.loose and not condition and not pull.told and not _leaves_talks(pull.at):
        return None
    state = "ahead" if pull.told else _state(real, condition)
    if state == "ahead" and condition and negated(pull.verb):
        state = "refused"  # "will not recognise it unless"
    found = _BY_STATE.get((pull.effect, state))
    if pull.effect == "give" and state == "refused" and _until(pull.verb):
        ahead = any(c.tag_ == "MD" for c in pull.verb.children)
        found = "pressure", "threatened" if ahead else "applied", 0.7
    if found is None:
        return None
    direction, status, share = found
    return Amount(direction, status, min(1.0, share + 0.1 * bool(condition) + 0.1 * bool(pull.told)), why)


def _bargained(pull: Pull, real: Standing) -> Amount | None:
    """What an act amounts to that is a lever only as part of a bargain."""
    if is_held_back(pull.verb) and pull.effect in ("give", "remove"):
        return Amount("pressure", "threatened", 0.8, (*real.cues, "bargain: before"))
    tied = bond(pull.verb)
    if tied is None or conditional_clause(pull.verb) or _is_awaited(pull):
        return None
    why = (*real.cues, f"bargain: {tied}")
    if pull.effect == "apply":
        return Amount("pressure", "threatened", 0.8, why) if tied != "swap" and real.status != "occurred" else None
    if real.status == "refused" or negated(pull.verb):
        ahead = any(c.tag_ == "MD" for c in pull.verb.children)
        return Amount("pressure", "threatened" if ahead else "applied", 0.85, why) if tied != "swap" else None
    if real.status == "occurred" or tied == "until" or (tied == "if" and pull.instrument == "walk-out"):
        return None
    return Amount("inducement", "offered", 0.8, why)


_BY_STATE: dict[tuple[str, str], tuple[Direction, LeverStatus, float]] = {
    ("apply", "done"): ("pressure", "applied", 0.85),
    ("apply", "ahead"): ("pressure", "threatened", 0.85),
    ("ready", "done"): ("pressure", "threatened", 0.75),
    ("ready", "ahead"): ("pressure", "threatened", 0.7),
    ("remove", "done"): ("pressure", "lifted", 0.85),
    ("remove", "ahead"): ("inducement", "offered", 0.85),
    ("remove", "refused"): ("pressure", "applied", 0.75),
    ("withhold", "done"): ("pressure", "applied", 0.85),
    ("withhold", "ahead"): ("pressure", "threatened", 0.85),
    ("restore", "done"): ("pressure", "lifted", 0.85),
    ("restore", "ahead"): ("inducement", "offered", 0.85),
    ("restore", "refused"): ("pressure", "applied", 0.8),
    ("give", "ahead"): ("inducement", "offered", 0.75),
    ("give", "done"): ("inducement", "applied", 0.5),
}


def _state(real: Standing, condition: str | None) -> str:
    announced = bool(real.cues) and all(cue.partition(": ")[0] in lever_words().announcing for cue in real.cues)
    if real.status == "occurred" or (real.status == "planned" and announced):
        return "ahead" if condition and "(inverted)" in condition else "done"
    if real.status == "refused":
        return "refused"
    return "ahead"


def _until(verb: Token) -> bool:
    """Whether it is withheld until something happens."""
    return any(
        c.dep_ in ("advcl", "prep") and {"until", "unless", "till"} & {c.lower_, *(t.lower_ for t in c.lefts)}
        for c in verb.children
    )


def _is_awaited(pull: Pull) -> bool:
    """Whether it is what another party waits for: "until the embargo is lifted"."""
    verb = pull.verb
    marks = {t.lower_ for t in verb.lefts if t.dep_ in ("mark", "advmod")}
    return verb.dep_ == "advcl" and bool(marks & {"until", "till", "once"})


def _is_term(verb: Token) -> bool:
    """Whether the clause tells what a deal provides: "under the agreement"."""
    under, nouns = proposal_words().under, proposal_words().nouns
    here = verb
    while here.dep_ == "conj" and here.head.pos_ in VERBS:
        here = here.head
    return any(
        inner.lemma_.lower() in nouns
        for word in (verb, here)
        for prep in word.children
        if prep.dep_ == "prep" and prep.lower_ in under
        for inner in prep.children
    )


def _leaves_talks(verb: Token) -> bool:
    """Whether a verb of leaving takes talks: "walked out of the talks", "stepped back from mediation"."""
    return any(is_forum(t) for t in verb.subtree if verb.i < t.i < verb.i + 8)


def _is_means(token: Token) -> bool:
    """Whether the word is only what something is for: "a means to secure aid"."""
    return (
        token.dep_ in ("acl", "relcl")
        and any(c.dep_ == "aux" and c.lower_ == "to" for c in token.children)
        and (standing(token).status == "occurred")
    )


def _condition(pull: Pull) -> str | None:
    """The condition under which it would be done, on its clause or on the clause above it."""
    here = pull.verb if pull.verb.pos_ in VERBS else pull.at
    for _ in range(_MOST):
        if here.pos_ in VERBS:
            found = under_condition(here) or _inverted(here) or ("until" if _until(here) else None)
            if found:
                return found
        if here.head.i == here.i or here.dep_ in ("relcl", "parataxis"):
            return None
        here = here.head
    return None


def _inverted(verb: Token) -> str | None:
    """ "Should X fail, sanctions could follow", also where the parser takes the condition for something else."""
    for child in verb.children:
        if child.dep_ in ("ccomp", "advcl", "prep", "dep") and child.pos_ in (*VERBS, "NOUN", "ADP", "SCONJ"):
            cue = conditional_clause(child)
            if cue:
                return cue
    return None


def _is_asked(pull: Pull, real: Standing) -> bool:
    """Whether somebody only asks that it be done, or it stands in a question."""
    asking = lever_words().asking
    if any(t.text.startswith("?") for t in pull.at.sent[-4:]):
        return True
    for cue in real.cues:
        word, _, status = cue.partition(": ")
        if status == "proposed" and (word in asking or word == "auxiliary"):
            return True
    return any(
        word.pos_ in (*VERBS, "NOUN") and word.lemma_.lower() in asking and pull.told_by is not word
        for word in pull.path
    )
