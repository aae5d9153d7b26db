"""What a cue tells once it is known how real it is: negation, refusal, plans and conditions change the status."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from accord.model.findings import ProposalStatus
from accord.model.vocabulary.modality import modality_cues
from accord.model.vocabulary.proposals import StepCue, proposal_words
from accord.reading.modality import Standing, negated, standing
from accord.reading.supposed import under_condition

_MOST = 6
_WOULD = "auxiliary: conditional"
_DECIDED = frozenset({"accepted", "rejected", "expired", "stalled"})


@dataclass(frozen=True)
class Outcome:
    """A status, how sure it is as a share of the cue's own sureness, and why."""

    status: ProposalStatus
    share: float
    why: tuple[str, ...] = ()


def outcome(cue: StepCue, token: Token, status: ProposalStatus, *, reported: bool = False) -> Outcome | None:
    """What became of the proposal by a cue that would tell `status` if it happened; None where nothing did.

    `reported`: the cue stands in somebody's words, where "would" is the future.
    """
    real = standing(token)
    if reported and real.cues == (_WOULD,) and _will(token) and not under_condition(token):
        real = Standing("planned", real.cues)
    if real.purpose or _is_asked(token) or _is_supposed(token):
        return None
    if real.status == "occurred":
        ahead = cue.part == "VERB" and (_is_to_come(token) or _is_step_to(token))
        ahead = ahead or (cue.telling == "yielded" and token.tag_ in ("VBZ", "VBP", "VB"))  # "violence that leads to"
        return None if ahead or _is_aim(token) else Outcome(status, 1.0, real.cues)
    if real.status == "refused":
        if cue.denied and not _refusal(token):
            return Outcome(cue.denied, 0.75, real.cues)
        return _refused(status, token, real)
    if real.status == "conditional":
        willing = _willing(token)
        kept = status == "in-force" and "subj" not in cue.slots  # "ready to observe the truce"
        if willing and (kept or status in ("accepted", "signed", "agreed")):
            return Outcome("accepted", 0.85, (f"{willing}: accepted",))
        return None
    if real.status == "planned":
        return _planned(cue, status, token, real)
    return None


def _refused(status: ProposalStatus, token: Token, real: Standing) -> Outcome | None:
    """Not accepted is rejected; not agreed or signed is stalled, unless somebody refused it."""
    will = _refusal(token)
    match status:
        case "accepted":
            return Outcome("rejected", 0.95, real.cues)
        case "signed" | "agreed" | "in-force" if will:
            return Outcome("rejected", 0.9, real.cues)
        case "signed" | "agreed":
            return Outcome("stalled", 0.9, real.cues)
        case "in-force":
            return Outcome("stalled", 0.75, real.cues)
        case _:
            return None


def _planned(cue: StepCue, status: ProposalStatus, token: Token, real: Standing) -> Outcome | None:
    passive = any(c.dep_ == "auxpass" for c in token.children)
    if status in _DECIDED and all(c.partition(": ")[0] in proposal_words().decided for c in real.cues):
        return Outcome(status, 0.85, real.cues)
    match status:
        case "accepted" | "signed" | "agreed" if _willing(token) and not passive:
            return Outcome("accepted", 0.85, real.cues)
        case "accepted" | "rejected" if passive:
            return None
        case "in-force" if _will(token) and cue.slots[0] not in ("subj", "self") and not passive:
            return Outcome("accepted", 0.75, real.cues)  # "would respect the truce"
        case "accepted" | "rejected" if _will(token):
            return Outcome(status, 0.75, real.cues)
        case "in-force" if _will(token) and cue.soon:
            return Outcome(status, 0.75, real.cues)
        case "in-force" if token.dep_ == "xcomp" and token.head.lemma_ == "be":
            return Outcome(status, 0.7, real.cues)
        case "proposed" if _will(token):
            return Outcome(status, 0.6, real.cues)
        case _:
            return None


def _is_aim(token: Token) -> bool:
    """Whether the word is only what somebody is to do: an infinitive under no word that makes it happen."""
    words, cues = proposal_words().aims, modality_cues()
    above = _above(token)
    if any(word.lemma_.lower() in words for word in above[:3]):
        return True
    if token.dep_ == "ccomp" and token.head.lemma_.lower() in words:
        return True
    here = token
    while here.dep_ == "conj" and here.head.pos_ == here.pos_:
        here = here.head
    auxiliaries = [c.lower_ for c in here.children if c.dep_ in ("aux", "auxpass")]
    if "to" not in auxiliaries or "have" in auxiliaries:
        return False
    return cues.governors.get(here.head.lemma_.lower()) != "occurred"


def _is_asked(token: Token) -> bool:
    """Whether the sentence is a question."""
    sentence = token.sent
    return any(t.text.startswith("?") for t in sentence[-4:])


def _is_supposed(token: Token) -> bool:
    """Whether the word stands in what is only supposed: "by agreeing, X could", "on condition that X accepts"."""
    kinds, cues = modality_cues().auxiliaries, modality_cues().governors
    here = token
    for _ in range(_MOST):
        if here.dep_ in ("acl", "ccomp", "relcl") and any(
            c.lower_ == "that" and c.dep_ == "mark" for c in here.children
        ):
            return here.head.pos_ == "NOUN" and cues.get(here.head.lemma_.lower()) in ("conditional", "proposed")
        gerund = here.tag_ == "VBG" and not any(c.dep_ == "aux" for c in here.children)
        if not (gerund or here.dep_ == "prep"):
            return False
        here = here.head
        if any(c.dep_ == "aux" and kinds.get(c.lemma_.lower()) == "conditional" for c in here.children):
            return True
    return False


def _is_to_come(token: Token) -> bool:
    """Whether the present tense tells no act that was done: "the day on which it is signed", "once it is signed"."""
    if token.dep_ == "advcl" and any(c.lower_ in proposal_words().until for c in token.lefts):
        tense = next((c for c in token.lefts if c.dep_ in ("aux", "auxpass")), token)
        if tense.tag_ in ("VBZ", "VBP"):
            return True
    passive = next((c for c in token.children if c.dep_ == "auxpass"), None)
    return (
        passive is not None
        and passive.tag_ in ("VBZ", "VBP")
        and passive.lemma_ == "be"
        and not any(c.dep_ == "aux" for c in token.children)
    )


def _is_step_to(token: Token) -> bool:
    """Whether the act is only what something else is for: "an element in reaching an accord"."""
    if token.tag_ != "VBG" or token.dep_ != "pcomp" or token.head.head.pos_ != "NOUN":
        return False
    return token.head.head.lemma_.lower() in proposal_words().steps_to


def _above(token: Token) -> list[Token]:
    """The words that govern a cue, nearest first."""
    found: list[Token] = []
    here = token
    for _ in range(_MOST):
        if here.dep_ in ("ROOT", "relcl", "advcl", "parataxis") or here.head.i == here.i:
            break
        if here.dep_ == "ccomp" and not any(c.dep_ == "aux" and c.lower_ == "to" for c in here.children):
            break
        here = here.head
        found.append(here)
    return found


def _willing(token: Token) -> str | None:
    words = proposal_words().willing
    for word in _above(token):
        if word.lemma_.lower() in words and not negated(word):
            return None if _may(word) else word.lemma_.lower()
    return None


def _may(word: Token) -> bool:
    """Whether willingness itself is only possible: "may be willing", "would be ready"."""
    kinds = modality_cues().auxiliaries
    verb = word.head if word.pos_ == "ADJ" else word
    return any(
        kinds.get(c.lemma_.lower(), kinds.get(c.lower_)) in ("conditional", "future-past", "proposed")
        for c in verb.children
        if c.dep_ == "aux"
    )


def _refusal(token: Token) -> bool:
    """Whether somebody would not have it: "refused to sign", "will not sign"."""
    words = proposal_words().refusals
    if any(word.lemma_.lower() in words for word in _above(token)):
        return True
    return _will(token) and negated(token)


def _will(token: Token) -> bool:
    """Whether the word or what governs it is in the future: "will sign", "would not sign"."""
    kinds = modality_cues().auxiliaries
    for word in (token, *_above(token)):
        for child in word.children:
            if child.dep_ == "aux" and kinds.get(child.lemma_.lower(), kinds.get(child.lower_)) in (
                "planned",
                "future-past",
            ):
                return True
    return False
