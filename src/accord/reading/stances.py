"""Finds every place where a report tells somebody's stance to a matter: verbs, nouns, adjectives, verdicts, modals."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from accord.model.findings import Stance, Strength
from accord.model.vocabulary.cues import cues
from accord.model.vocabulary.stance import StanceCue, stance_cues
from accord.reading.attribution.candidate import Source
from accord.reading.attribution.sources import owner_of_noun, source_of_verb
from accord.reading.attribution.trees import child, children, has_to, is_passive, is_verb, reach
from accord.reading.context import Context
from accord.reading.matters import Matter, find_matter, split
from accord.reading.modality import negated
from accord.reading.modals import find_modals
from accord.reading.stand import Stand, after_comma, firm, fits, lemma_of, whole
from accord.reading.supposed import conditional_clause
from accord.reading.verdicts import find_verdicts
from accord.reading.wanted import find_barred, find_taken_up, find_ultimatum, find_wanted

_LASTING = frozenset(
    {"be", "remain", "belong", "need", "have", "require", "want", "depend"}
)  # "insisted that it was theirs"
_SUPPOSING = frozenset({"must", "should", "might", "may", "could", "can", "ought"})  # what somebody is to do, not does


def find_stands(context: Context) -> Iterator[Stand]:
    """Every stance of a report, in the order of its cues."""
    for token in context.document.doc:
        if token.pos_ in ("VERB", "AUX"):
            yield from _verb(token)
            yield from _predicate(token)
            yield from find_modals(context, token)
            yield from find_verdicts(token)
            yield from find_taken_up(token)
            yield from find_ultimatum(token)
        elif token.pos_ in ("NOUN", "PROPN"):
            yield from _noun(context, token)
            yield from find_wanted(token)
            yield from find_barred(context, token)
        elif token.pos_ == "ADJ":
            yield from _adjective(token)


def _verb(token: Token) -> Iterator[Stand]:
    words = stance_cues()
    if token.lower_ in words.adjectives and token.tag_ == "VBN" and not child(token, "auxpass"):
        yield from _adjective(token)  # "is prepared to", "is opposed to"
        return
    cue = _cue(token)
    if cue is None or any(c.tag_ == "MD" and c.norm_ in _SUPPOSING for c in token.children):
        return
    firmness = firm(cue, token, denied=negated(token))
    light = next((c for c in children(token, "dobj") if cue.word.endswith(f" {c.lower_}")), None)
    matter = (find_matter(light, cue.takes) if light is not None else None) or find_matter(token, cue.takes, cue.via)
    if firmness is None or matter is None or not fits(matter, cue.of) or is_only_told_of(token):
        return
    matter, firmness = _nothing_less(matter, firmness)
    told = _told_through(cue, matter)
    if told is None or (told.form == "phrase" and told.head.lemma_.lower() in words.thoughts):
        return
    if _is_assertion(cue, told) or (cue.weak and token.dep_ == "acl"):
        return
    if told.form != "phrase" and is_passive(told.head) and lemma_of(told.head) in words.silence:
        return  # "asked not to be identified"
    told, firmness = _kept_up(*_looked_at(told, *firmness))
    source = source_of_verb(token, cues())
    if source is None or (firmness[0] == "against" and lemma_of(told.head) in words.silence):
        return  # "an agreement to extend the truce" is nobody's act yet; "declined to comment" is no stance
    done = token.dep_ not in ("xcomp", "pcomp", "acl") and not has_to(token)
    partner = _partner(token, told) if cue.mutual and done and firmness[0] == "for" else None
    for member in (*split(told), *_also(token, told)):
        firmed = _softened(member, *firmness)
        yield Stand(token, member, *firmed, source, f"verb {cue.word}", 0.6, weak=cue.weak)
        if partner is not None:
            yield Stand(token, member, *firmed, partner, f"partner {cue.word}", 0.5, weak=cue.weak)


def _is_assertion(cue: StanceCue, matter: Matter) -> bool:
    """Whether what is insisted on is only that something happened: "insisted that they did not discuss it"."""
    if matter.form != "clause" or cue.word not in stance_cues().asserting:
        return False
    verb = matter.head
    helpers = {c.lower_ for c in children(verb, "aux", "auxpass")}
    if any(c.tag_ == "MD" for c in children(verb, "aux")) or has_to(verb):
        return False
    return bool(helpers & {"did", "had", "has", "have"}) or (verb.tag_ == "VBD" and lemma_of(verb) not in _LASTING)


def _nothing_less(matter: Matter, firmness: tuple[Stance, Strength]) -> tuple[Matter, tuple[Stance, Strength]]:
    """ "Will accept nothing less than independence", "settle for nothing short of it": that, and no way round it."""
    if matter.form != "phrase" or matter.head.lower_ != "nothing":
        return matter, firmness
    for token in matter.head.subtree:
        if token.lower_ in ("than", "of") and token.i > 0 and token.nbor(-1).lower_ in ("less", "short"):
            noun = child(token, "pobj")
            if noun is not None:
                return whole(noun), ("for", "red-line")
    return matter, firmness


def _kept_up(matter: Matter, firmness: tuple[Stance, Strength]) -> tuple[Matter, tuple[Stance, Strength]]:
    """Who refuses to drop a demand or an opposition keeps it up: "refused to drop its claim to the island"."""
    verb = matter.head
    if firmness[0] != "against" or matter.form not in ("infinitive", "gerund"):
        return matter, firmness
    if lemma_of(verb) not in stance_cues().dropping and not child(verb, "prt"):
        return matter, firmness
    noun = child(verb, "dobj")
    inner = stance_cues().nouns.get(noun.lemma_.lower()) if noun is not None else None
    behind = find_matter(noun, ("of", *inner.takes), inner.via) if noun is not None and inner is not None else None
    if behind is None or inner is None or inner.stance == "open":
        return matter, firmness
    return behind, (inner.stance, "demand")


def _also(verb: Token, matter: Matter) -> Iterator[Matter]:
    """What a second preposition adds: disarmament in "agreed to a truce as well as to disarmament"."""
    first = matter.head.head
    if matter.form != "phrase" or first.dep_ not in ("prep", "dative", "prt") or first.head.i != verb.i:
        return
    others = [c for c in verb.children if c.dep_ == "prep" and c.i > first.i]
    for prep in (*first.conjuncts, *others):
        noun = child(prep, "pobj")
        if prep.lower_ == first.lower_ and prep.i > first.i and noun is not None and noun.i >= matter.end:
            yield whole(noun)


def _looked_at(matter: Matter, stance: Stance, strength: Strength) -> tuple[Matter, tuple[Stance, Strength]]:
    """What somebody is ready, or refuses, to discuss: readiness to discuss it leaves it open, refusal shuts it out."""
    inner = stance_cues().verbs.get(lemma_of(matter.head)) if matter.form in ("infinitive", "gerund") else None
    if inner is None or inner.stance != "open" or lemma_of(matter.head) not in stance_cues().looking:
        return matter, (stance, strength)
    about = find_matter(matter.head, inner.takes)
    if about is None or any(c.dep_ in ("nsubj", "nsubjpass") for c in matter.head.children):
        return matter, (stance, strength)
    return about, ("open" if stance == "for" else stance, strength)


def _cue(verb: Token) -> StanceCue | None:
    """The cue of a verb, with its particle or preposition where the vocabulary has one with it."""
    words = stance_cues()
    lemma = lemma_of(verb)
    for part in children(verb, "prt", "prep", "advmod", "agent", "dobj"):
        cue = words.phrasal.get(f"{lemma} {part.lower_}")
        if cue is not None and part.i > verb.i:
            return cue
    return words.verbs.get(lemma)


def _told_through(cue: StanceCue, matter: Matter) -> Matter | None:
    """The matter behind a noun of stance: "rejected calls for a truce", "accepted an offer of talks"."""
    if matter.form != "phrase":
        return matter if conditional_clause(matter.head) is None else None  # "stressed that should they fail, ..."
    named = _named_beside(matter.head)
    inner = stance_cues().nouns.get(matter.head.lemma_.lower())
    if named is not None or inner is None:
        return named or matter
    behind = find_matter(matter.head, inner.takes)
    if behind is None and (cue.of or matter.head.lemma_.lower() in stance_cues().plans):
        return matter  # "wants an agreement" is about it
    if (
        inner.stance != "for"
        or cue.stance == "open"
        or (cue.stance == "for" and child(matter.head, "poss") is not None)
    ):
        return None  # "declared its readiness": the noun tells it
    return behind


def _named_beside(noun: Token) -> Matter | None:
    """Membership in "one of Georgia's main requests, membership of the alliance"."""
    of = next((c for c in children(noun, "prep") if c.lower_ == "of"), None) if noun.pos_ in ("NUM", "PRON") else None
    wish = child(of, "pobj") if of is not None else noun
    if wish is None or wish.lemma_.lower() not in stance_cues().wants:
        return None
    other = child(wish, "appos") or child(noun, "appos") or after_comma(wish)
    return whole(other) if other is not None else None


def _partner(verb: Token, matter: Matter) -> Source | None:
    """With whom: the rebels in "the government agreed a truce with the rebels"."""
    hosts = (verb, matter.head) if matter.form == "phrase" else (verb,)
    for host in hosts:
        for prep in children(host, "prep"):
            who = child(prep, "pobj")
            if prep.lower_ == "with" and who is not None:
                return Source(reach(who), who, "with")
    return None


def _predicate(verb: Token) -> Iterator[Stand]:
    """ "Is against the plan", "came out in favour of talks", "stands behind the accord"."""
    if lemma_of(verb) not in stance_cues().standing:
        return
    words = stance_cues().predicates
    for prep in (c for host in (verb, *children(verb, "prt", "advmod")) for c in children(host, "prep")):
        noun = child(prep, "pobj")
        double = words.get(f"{prep.lower_} {noun.lower_}") if noun is not None else None
        cue = double or words.get(prep.lower_)
        host = noun if double is not None and noun is not None else verb
        matter = find_matter(host, cue.takes) if cue is not None else None
        firmness = firm(cue, verb, denied=negated(verb)) if cue is not None else None
        if cue is not None and matter is not None and firmness is not None:
            yield Stand(verb, matter, *firmness, source_of_verb(verb, cues()), f"predicate {cue.word}", 0.55)
            return


def is_only_told_of(verb: Token) -> bool:
    """Whether an act is another's demand or reproach, not told as done: "that they leave", "blamed him for it"."""
    over = verb.head.head
    reproach = (
        verb.dep_ == "pcomp" and verb.head.lower_ in ("for", "of") and is_verb(over) and child(over, "dobj") is not None
    )
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


def _noun(context: Context, token: Token) -> Iterator[Stand]:
    cue = stance_cues().nouns.get(token.lemma_.lower())
    if cue is None:
        return
    matter = find_matter(token, cue.takes, cue.via)
    owned = child(token, "poss") is not None  # "neither their demand nor ours was met": there is one
    firmness = firm(cue, token, denied=negated(token) and not owned)
    if matter is None or firmness is None or not fits(matter, cue.of):
        return
    matter, firmness = _looked_at(matter, *firmness)
    verb = token.head if token.dep_ == "dobj" else token.head.head
    if (token.dep_ == "dobj" and lemma_of(verb) in stance_cues().doubting) or _is_in_doubt(token):
        return
    if token.dep_ == "dobj" and lemma_of(verb) in stance_cues().dropping and not _is_refused(verb):
        firmness = ("open", "preference")
    source = (owner_of_noun(token, cues()) or _modifier(context, token)) if cue.holder == "subject" else None
    taken = token.dep_ in ("dobj", "pobj") and is_verb(verb) and _cue(verb) is not None
    if source is None and taken:
        return  # somebody else's demand, taken up or turned down
    if cue.owned and (source is None or source.how == "subject"):
        return
    if source is None and token.dep_ in ("dobj", "pobj"):
        source = source_of_verb(verb, cues()) if is_verb(verb) else None
    if source is None:
        return
    for member in split(matter):
        yield Stand(token, member, *firmness, source, f"noun {cue.word}", 0.6, weak=cue.weak)


def _it(verb: Token) -> Source | None:
    """ "It" before a word for a state of mind, which points to nothing that follows: "it was ready to sign"."""
    subject = child(verb, "nsubj")
    return Source(reach(subject), subject, "subject") if subject is not None and subject.lower_ == "it" else None


def _is_refused(verb: Token) -> bool:
    """Whether somebody will not do it: "refused to drop", "will not abandon"."""
    cue = stance_cues().verbs.get(lemma_of(verb.head)) if verb.dep_ in ("xcomp", "pcomp") else None
    return negated(verb) or (cue is not None and cue.stance == "against")


def _modifier(context: Context, noun: Token) -> Source | None:
    """The rebels in "rebel demands for an amnesty"."""
    for word in noun.lefts:
        if word.dep_ in ("compound", "amod", "nmod") and context.mentions.who(word):
            return Source((word.i, word.i + 1), word, "modifier")
    return None


def _is_in_doubt(noun: Token) -> bool:
    """ "The assessment of their readiness" does not say that they are ready."""
    return noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lemma_.lower() in stance_cues().doubting


def _adjective(token: Token) -> Iterator[Stand]:
    cue = stance_cues().adjectives.get(token.lemma_.lower()) or stance_cues().adjectives.get(token.lower_)
    if cue is None or token.dep_ not in ("acomp", "advcl", "attr", "oprd", "ccomp", "conj", "xcomp", "ROOT", "relcl"):
        return
    matter = find_matter(token, cue.takes, cue.via)
    firmness = firm(cue, token, denied=negated(token) or negated(token.head))
    if matter is None or firmness is None:
        return
    matter, firmness = _looked_at(matter, *firmness)
    verb = token.head if token.dep_ != "ROOT" else token
    source = source_of_verb(verb, cues()) or _it(verb)
    if source is not None:
        for member in split(matter):
            yield Stand(token, member, *firmness, source, f"adjective {cue.word}", 0.6)
