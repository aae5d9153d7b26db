"""Finds every place where a report tells somebody's stance to a matter: verbs, nouns, adjectives, verdicts, modals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from accord.model.findings import Stance, Strength
from accord.model.vocabulary.cues import cues
from accord.model.vocabulary.stance import StanceCue, stance_cues
from accord.reading.attribution.candidate import Source
from accord.reading.attribution.sources import owner_of_noun, source_of_verb
from accord.reading.attribution.trees import child, children, is_passive, is_verb
from accord.reading.context import Context
from accord.reading.matters import Matter, find_matter, split
from accord.reading.modality import negated

_SUPPOSING = frozenset({"must", "should", "might", "may", "could", "can", "ought"})  # what somebody is to do, not does
_ASIDES = frozenset({"advcl", "relcl", "acl", "pcomp", "csubj"})
_BE = frozenset({"be", "remain", "become", "seem", "stay"})


@dataclass(frozen=True)
class Stand:
    """One stance: whose (`source`, or the speaker's where None), to what, how firm, by which word and rule.

    `said` is the matter as it stands beside the cue where `matter` is what it takes up ("this").
    """

    cue: Token
    matter: Matter
    stance: Stance
    strength: Strength
    source: Source | None
    rule: str
    confidence: float
    said: Matter | None = None


def find_stands(context: Context) -> Iterator[Stand]:
    """Every stance of a report, in the order of its cues."""
    for token in context.document.doc:
        if token.pos_ in ("VERB", "AUX"):
            yield from _verb(token)
            yield from _modal(context, token)
            yield from _verdict(token)
        elif token.pos_ in ("NOUN", "PROPN"):
            yield from _noun(token)
            yield from _wanted(token)
        elif token.pos_ == "ADJ":
            yield from _adjective(token)


def _firm(cue: StanceCue, token: Token, *, denied: bool) -> tuple[Stance, Strength] | None:
    """Stance and strength of a cue where it stands: negated, hardened or as it is."""
    if denied:
        return cue.negated
    hard = any(c.lower_ in stance_cues().hardeners for c in token.children if c.dep_ in ("advmod", "neg"))
    return cue.stance, "red-line" if hard and cue.strength == "demand" else cue.strength


def is_attitude(stand: Stand) -> bool:
    """Whether the stance is a state of mind, which only its holder can tell."""
    return stand.rule.split(" ", 1)[1] in stance_cues().attitudes


def _lemma(token: Token) -> str:
    """The lemma in lower case, with the model's known mistakes mended ("hopes" is no form of "hop")."""
    lemma = token.lemma_.lower()
    return cues().misread.get(lemma, lemma)


def _verb(token: Token) -> Iterator[Stand]:
    words = stance_cues()
    if token.lower_ in words.adjectives and token.tag_ == "VBN" and not child(token, "auxpass"):
        yield from _adjective(token)  # "is prepared to", "is opposed to"
        return
    particle = next((c.lower_ for c in token.children if c.dep_ in ("prt", "prep")), "")
    cue = words.phrasal.get(f"{_lemma(token)} {particle}") or words.verbs.get(_lemma(token))
    if cue is None:
        return
    firm = _firm(cue, token, denied=negated(token))
    matter = find_matter(token, cue.takes, cue.via)
    if firm is None or matter is None or any(c.tag_ == "MD" and c.norm_ in _SUPPOSING for c in token.children):
        return
    inner = words.nouns.get(matter.head.lemma_.lower()) if matter.form == "phrase" else None
    if inner is not None:  # "rejected calls for a truce" is about the truce, "declared its readiness" about what for
        matter = find_matter(matter.head, inner.takes)
        if matter is None or cue.stance != "against" or inner.stance != "for":
            return
    if (matter.form == "phrase" and matter.head.lemma_.lower() in words.thoughts) or is_only_told_of(token):
        return
    for member in split(matter):
        yield Stand(token, member, *_softened(member, *firm), source_of_verb(token, cues()), f"verb {cue.word}", 0.6)


def is_only_told_of(verb: Token) -> bool:
    """Whether an act is another's demand or reproach, not told as done: "that they leave", "blamed him for it"."""
    over = verb.head.head
    reproach = verb.dep_ == "pcomp" and verb.head.lower_ == "for" and is_verb(over) and child(over, "dobj") is not None
    subject = child(verb, "nsubj")
    one = subject is not None and subject.tag_ in ("NN", "NNP") and not any(subject.conjuncts)
    bare = (verb.tag_ == "VB" and subject is not None) or (verb.tag_ == "VBP" and one)  # "that Serbia leave"
    bare = bare and not any(c.dep_ == "aux" for c in verb.children)
    return reproach or (bare and verb.dep_ in ("ccomp", "acl", "relcl"))


def _softened(matter: Matter, stance: Stance, strength: Strength) -> tuple[Stance, Strength]:
    """Who suggests that something "might have to" be done leaves it open."""
    tentative = any(c.tag_ == "MD" and c.norm_ in ("might", "may", "could") for c in matter.head.children)
    over = matter.head.head
    tentative = tentative or (
        matter.head.dep_ == "xcomp"
        and any(c.tag_ == "MD" and c.norm_ in ("might", "may", "could") for c in over.children)
    )
    return ("open", strength) if tentative and matter.form == "clause" and stance == "for" else (stance, strength)


def _noun(token: Token) -> Iterator[Stand]:
    cue = stance_cues().nouns.get(token.lemma_.lower())
    if cue is None:
        return
    matter = find_matter(token, cue.takes, cue.via)
    firm = _firm(cue, token, denied=negated(token))
    if matter is None or firm is None:
        return
    verb = token.head if token.dep_ == "dobj" else token.head.head
    if (token.dep_ == "dobj" and _lemma(verb) in stance_cues().doubting) or _is_in_doubt(token):
        return
    if token.dep_ == "dobj" and _lemma(verb) in stance_cues().dropping:
        firm = ("open", "preference")
    source = owner_of_noun(token, cues()) if cue.holder == "subject" else None
    if source is None and token.dep_ == "dobj" and stance_cues().verbs.get(_lemma(verb)) is not None:
        return  # somebody else's demand, taken up or turned down
    if source is None and token.dep_ in ("dobj", "pobj"):
        source = source_of_verb(verb, cues()) if is_verb(verb) else None
    if source is not None:
        yield Stand(token, matter, *firm, source, f"noun {cue.word}", 0.6)


def _is_in_doubt(noun: Token) -> bool:
    """ "The assessment of their readiness" does not say that they are ready."""
    return noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lemma_.lower() in stance_cues().doubting


def _adjective(token: Token) -> Iterator[Stand]:
    cue = stance_cues().adjectives.get(token.lemma_.lower()) or stance_cues().adjectives.get(token.lower_)
    if cue is None or token.dep_ not in ("acomp", "advcl", "attr", "oprd", "ccomp", "conj", "xcomp", "ROOT", "relcl"):
        return
    matter = find_matter(token, cue.takes, cue.via)
    firm = _firm(cue, token, denied=negated(token) or negated(token.head))
    if matter is None or firm is None:
        return
    verb = token.head if token.dep_ != "ROOT" else token
    source = source_of_verb(verb, cues())
    if source is not None:
        yield Stand(token, matter, *firm, source, f"adjective {cue.word}", 0.6)


def _verdict(verb: Token) -> Iterator[Stand]:
    """ "The disarmament is unacceptable", "the province is an integral part of the state", "X is off the table"."""
    if verb.lemma_ not in _BE:
        return
    subject = child(verb, "nsubj", "csubj", "nsubjpass")
    if subject is None:
        return
    words = stance_cues()
    said = child(verb, "acomp", "attr", "oprd")
    if said is not None:
        parts = [*children(verb, "acomp", "attr", "oprd"), *children(said, "amod")]
        cue = next((c for p in parts if (c := words.verdicts.get(_prefixed(p))) is not None), None)
        if cue is not None and not negated(verb):
            whole = said.dep_ == "attr" and cue.stance == "for"
            matter = (
                Matter(verb, subject.left_edge.i, verb.right_edge.i + 1, "clause", subject) if whole else _of(subject)
            )
            yield Stand(verb, matter, cue.stance, cue.strength, None, f"verdict {cue.word}", 0.65)
            return
    closed = _closed(verb)
    if closed and not negated(verb):
        yield Stand(verb, _of(subject), "against", "red-line", _for_whom(verb), f"verdict {closed}", 0.6)


def _prefixed(word: Token) -> str:
    """The lemma with a "non-" that stands before it as words of its own."""
    before = word.doc[max(0, word.i - 2) : word.i].text.lower()
    return f"non-{word.lemma_.lower()}" if before == "non-" else word.lemma_.lower()


def _of(subject: Token) -> Matter:
    gerund = subject.dep_ == "csubj" and subject.tag_ == "VBG"
    return Matter(subject, subject.left_edge.i, subject.right_edge.i + 1, "gerund" if gerund else "phrase")


def _closed(verb: Token) -> str | None:
    after = [t.lower_ for t in verb.doc[verb.i + 1 : verb.right_edge.i + 1]]
    for phrase in stance_cues().closed:
        n = len(phrase)
        if any(tuple(after[k : k + n]) == phrase for k in range(min(4, len(after)))):
            return " ".join(phrase)
    return None


def _for_whom(verb: Token) -> Source | None:
    """Kyiv in "this is a red line for Kyiv"."""
    for token in verb.subtree:
        if token.lower_ == "for" and token.dep_ == "prep" and token.i > verb.i:
            noun = child(token, "pobj")
            if noun is not None:
                return Source((noun.left_edge.i, noun.right_edge.i + 1), noun, "for")
    return None


def _wanted(token: Token) -> Iterator[Stand]:
    """ "the release of captives, a main demand of the rebels"; "one of Kosovo's requests, recognition"."""
    words = stance_cues()
    if token.lemma_.lower() not in words.wants:
        return
    source = owner_of_noun(token, cues()) or _of_whom(token)
    if source is None:
        return
    strength: Strength = (
        "demand" if token.lemma_.lower() in words.nouns and token.lemma_ in ("demand", "request") else "preference"
    )
    other = child(token, "appos") or (child(token.head.head, "appos") if token.dep_ == "pobj" else None)
    if other is not None:
        yield Stand(token, _of(other), "for", strength, source, f"wanted {token.lemma_}", 0.6)
    elif token.dep_ in ("appos", "npadvmod", "dobj") and token.head.i < token.i and _comma_before(token):
        yield Stand(token, _of_head(token), "for", strength, source, f"wanted {token.lemma_}", 0.55)
    elif token.dep_ == "attr" and token.head.lemma_ in _BE:
        subject = child(token.head, "nsubj", "csubj")
        if subject is not None and subject.pos_ != "PRON":
            yield Stand(token, _of(subject), "for", strength, source, f"wanted {token.lemma_}", 0.6)
    elif token.dep_ == "nsubj" and token.head.lemma_ in _BE:
        matter = find_matter(token.head, ("to", "that", "obj"))
        if matter is not None:
            yield Stand(token, matter, "for", strength, source, f"wanted {token.lemma_}", 0.6)


def _comma_before(token: Token) -> bool:
    start = token.left_edge.i
    return start > 0 and token.doc[start - 1].text == ","


def _of_head(token: Token) -> Matter:
    head = token.head
    start, end = head.left_edge.i, token.left_edge.i
    return Matter(
        head, start, max(end, head.i + 1), "clause" if is_verb(head) else "phrase", child(head, "nsubj", "nsubjpass")
    )


def _of_whom(noun: Token) -> Source | None:
    for prep in children(noun, "prep"):
        who = child(prep, "pobj")
        if prep.lower_ in ("of", "for") and who is not None:
            return Source((who.left_edge.i, who.right_edge.i + 1), who, "of")
    return None


def _modal(context: Context, verb: Token) -> Iterator[Stand]:
    """ "must leave", "will never recognise", "could impose" in a party's own words: the clause is the matter."""
    aux = next((c for c in verb.children if c.dep_ == "aux" and c.tag_ == "MD"), None)
    around = context.attributions.around(verb)
    if aux is None or not around or is_under_other(verb):
        return
    cue = stance_cues().modals.get(aux.norm_.lower())
    if cue is not None and cue.negated is not None and child(verb, "expl") is not None:
        yield from _excluded(verb, cue.negated)
        return
    subject = child(verb, "nsubj", "nsubjpass", "csubj")
    if cue is None or subject is None or (_lemma(verb) in stance_cues().stative and not is_passive(verb)):
        return
    own = _is_own(context, subject, around[-1].speakers) or is_passive(verb)
    denied = negated(verb)
    stance, strength = cue.stance, cue.strength
    if denied:
        if cue.negated is None:
            return
        stance, strength = cue.negated
    if (cue.own and not own) or (aux.norm_ == "would" and not denied):
        return
    matter = Matter(verb, verb.left_edge.i, verb.right_edge.i + 1, "clause", subject)
    yield Stand(verb, matter, stance, strength, None, f"modal {aux.lower_}{' not' if denied else ''}", 0.5)


def _excluded(verb: Token, denied: tuple[Stance, Strength]) -> Iterator[Stand]:
    """ "There will be no truce and no talks": each is ruled out."""
    first = child(verb, "attr", "dobj")
    for noun in (first, *first.conjuncts) if first is not None else ():
        if any(c.dep_ == "det" and c.lower_ == "no" for c in noun.children):
            end = min([noun.right_edge.i + 1, *(c.left_edge.i for c in noun.children if c.dep_ in ("cc", "conj"))])
            matter = Matter(noun, noun.left_edge.i + 1, max(end, noun.i + 1), "phrase")
            yield Stand(verb, matter, *denied, None, "modal there is no", 0.6)


def is_under_other(verb: Token) -> bool:
    """Whether the clause is only a condition, a relative clause or a question inside the speaker's words."""
    if verb.sent[-1].text == "?":
        return True
    return any(t.dep_ in _ASIDES for t in (verb, *verb.ancestors))


def _is_own(context: Context, subject: Token, speakers: tuple[str, ...]) -> bool:
    """Whether the subject is the speaker, or somebody of the same party; "these forces" are somebody else's."""
    if any(c.dep_ == "det" and c.lower_ in ("this", "that", "these", "those") for c in subject.children):
        return False
    mine = {p for s in speakers if (p := context.mentions.party_of(s))} | set(speakers)
    return any(a in mine or context.mentions.party_of(a) in mine for a in context.mentions.who(subject))
