"""Descriptions of persons: "the Ukrainian leader", "the vice president", "the former", "a senior official"."""

from __future__ import annotations

from spacy.tokens import Token

from accord.model.actor import Role
from accord.model.vocabulary.groups import groups
from accord.model.vocabulary.roles import gender_of, roles
from accord.reading.actors.apart import on_own_account
from accord.reading.actors.collectives import collective
from accord.reading.actors.discourse import Discourse
from accord.reading.actors.holders import counterpart, leads, named, title_of, unclaimed
from accord.reading.actors.owners import owners
from accord.reading.actors.pairs import joined, pair
from accord.reading.actors.roles import role_class
from accord.reading.actors.scene import DEFINITE, Scene, armed_groups, determiner_of, noun_group
from accord.reading.mentions import Mention

_INDEFINITE = frozenset({"a", "an", "one", "another"})
_LONG = 6  # tokens of a complement that still belongs into the name of an unnamed source
_UNNAMED = 5  # weight of the state or body beside an unnamed source, below that beside a name


def describe(scene: Scene, discourse: Discourse, token: Token) -> Mention | None:
    """The mention that a noun phrase without a name makes, if it points to somebody."""
    if token.lower_ in ("former", "latter"):
        return _of_two(scene, discourse, token)
    found = pair(scene, discourse, token)
    if found is not None:
        return found
    if token.pos_ not in ("NOUN", "PROPN"):
        return None
    if token.tag_ in ("NN", "NNP") and token.i in scene.titles and role_class(token) not in (None, "title"):
        return _person(scene, discourse, token)
    return collective(scene, discourse, token) or _sources(scene, token)


def _sources(scene: Scene, token: Token) -> Mention | None:
    """Several who are quoted without a name: "analysts say", "Western diplomats said"."""
    quoted = token.dep_ == "nsubj" and token.head.lemma_ in groups().saying_verbs
    if token.tag_ != "NNS" or not quoted or token.i in scene.by_head or token.lower_ not in groups().sources:
        return None
    group = noun_group(token)
    words = [t.text for t in group if t.dep_ in ("amod", "compound") or t.i == token.i]
    if any(t.tag_ in ("PRP$", "POS") or t.lower_ in ("these", "those") for t in group):
        return None
    draft = scene.registry.add("unnamed", " ".join(words))
    draft.observer, draft.several = token.lower_ in groups().observing, True
    return scene.mention(group.start, token.i + 1, [draft.id], "description", "sources", head=token.i)


def _of_two(scene: Scene, discourse: Discourse, token: Token) -> Mention | None:
    """ "The former" and "the latter": of the last two that were named together, the first and the second."""
    follow = scene.doc[token.i + 1 : token.i + 2]
    if token.i == 0 or scene.doc[token.i - 1].lower_ != "the":
        return None
    if len(follow) and follow[0].pos_ in ("NOUN", "PROPN", "ADJ"):
        return None  # "the former president"
    for past in discourse.before(token.i, 2):
        actors = joined(scene, past)
        if len(actors) == 2:
            first = {
                actor: min(
                    p.mention.start for p in discourse.past if actor in p.mention.actors and p.sentence == past.sentence
                )
                for actor in actors
            }
            order = sorted(actors, key=lambda actor: first[actor])
            chosen = order[0 if token.lower_ == "former" else 1]
            return scene.mention(token.i - 1, token.i + 1, [chosen], "description", f"the {token.lower_}", head=token.i)
    return None


def _person(scene: Scene, discourse: Discourse, token: Token) -> Mention | None:
    """One person by role: somebody of the report who holds it, else an unnamed one."""
    determiner = determiner_of(token)
    lower = determiner.lower_ if determiner is not None else ""
    left, beside = owners(scene, token)
    left, right = min(left, noun_group(token).start), _right(scene, token)
    if token.dep_ in ("attr", "acomp", "oprd") or token.i + 1 in scene.referent:
        return None
    if lower in _INDEFINITE:
        if token.dep_ in ("dobj", "oprd", "attr", "dative", "appos"):
            return None  # "named a prime minister": an office rather than somebody
        return _unnamed(scene, token, left, right, beside)
    if token.dep_ in ("compound", "amod", "nmod", "npadvmod"):
        return None
    parties = [party for a in beside if (party := scene.registry.party_of(a)) is not None]
    if token.lower_ in roles().counterparts:
        chosen = counterpart(scene, token, parties)
    else:
        chosen = named(scene, discourse, token, parties)
    if chosen is not None:
        return scene.mention(left, right, [chosen.id], "description", "description", head=token.i)
    former = any(c.lower_ in roles().former for c in token.lefts)
    if lower == "the" and (parties or former) and (alone := unclaimed(scene, discourse, token, parties)) is not None:
        title = " ".join(title_of(scene, token))
        party = parties[0] if parties and not former else None
        alone.roles.append(Role(f"former {title}" if former else title, None, party, scene.registry.published))
        scene.registry.speak_for(alone, party, _UNNAMED)
        return scene.mention(left, right, [alone.id], "description", "epithet", head=token.i)
    speaks = token.dep_ == "nsubj" and token.head.lemma_ in groups().saying_verbs
    owned = determiner is not None and determiner.dep_ == "poss"
    if (parties and (lower in DEFINITE or owned or token.dep_ in ("nsubj", "nsubjpass"))) or (
        lower in DEFINITE and speaks
    ):
        return _unnamed(scene, token, left, right, beside)
    return None


def _right(scene: Scene, token: Token) -> int:
    """Where a title that goes on after its noun ends ("the secretary of state")."""
    right = token.i + 1
    while right < len(scene.doc) and right in scene.titles and scene.doc[right - 1].tag_ in ("IN", "NN", "NNP"):
        right += 1
    return right


def _unnamed(scene: Scene, token: Token, left: int, right: int, beside: list[str]) -> Mention | None:
    """A person who is described but not named: an actor of its own, with what is known of whom it speaks for."""
    kind = role_class(token)
    if token.i in scene.headlines:
        return None  # the text below names who is meant
    if kind in (None, "title") or (token.dep_ in ("appos", "conj") and token.head.i in scene.referent):
        own = determiner_of(token) if token.dep_ == "conj" and beside else None
        if own is None or own.lower_ not in _INDEFINITE:
            return None  # "Peskov, the spokesman"; but "Badiate and an emissary of President Sall" are two
    words = [
        t for t in scene.doc[left:right] if t.tag_ not in ("DT", "PRP$") and not (t.tag_ == "CD" and t.lower_ == "one")
    ]
    while len(words) > 1 and words[0].tag_ in ("RB", "RBR"):
        words.pop(0)  # "Earlier a senior official"
    right_words = [] if beside and left < token.i else _complement(token)
    name = " ".join("".join(t.text_with_ws for t in [*words, *right_words]).split())
    if not name:
        return None
    draft = scene.registry.add("unnamed", name)
    parties = [party for a in beside if (party := scene.registry.party_of(a)) is not None]
    if kind == "observer":
        draft.observer = True
    elif any(t.lower_ in roles().former for t in words):
        draft.former = draft.observer = True
    elif not on_own_account(scene.doc[left : token.i + 1]):
        party = _ranks(scene, words) or next(iter(parties), None) or _within(scene, token)
        scene.registry.speak_for(draft, party, _UNNAMED)
    draft.gender = gender_of().get(token.lower_) or draft.gender
    return scene.mention(left, right, [draft.id], "description", "unnamed", head=token.i)


def _ranks(scene: Scene, words: list[Token]) -> str | None:
    """The armed group of "a rebel spokesman", where the report has just one."""
    armed = armed_groups(scene) if any(t.lower_ in roles().armed for t in words[:-1]) else []
    return armed[0] if len(armed) == 1 else None


def _complement(token: Token) -> list[Token]:
    """What an unnamed person is said to be of: "a spokesman for the rebels"."""
    for preposition in token.rights:
        if preposition.dep_ == "prep" and preposition.lower_ in ("for", "of", "from"):
            tokens = list(token.doc[preposition.i : preposition.right_edge.i + 1])
            return tokens if len(tokens) <= _LONG else []
    return []


def _within(scene: Scene, token: Token) -> str | None:
    """The party in whose ranks an unnamed source is ("a source in the Ukrainian delegation")."""
    for preposition in token.rights:
        if preposition.dep_ == "prep" and preposition.lower_ in ("in", "within", "inside", "with", "at", "on"):
            for word in preposition.children:
                mention = scene.by_head.get(word.i)
                for actor in mention.actors if mention is not None and not mention.locative else ():
                    return scene.registry.party_of(actor)
    return None


def heads_of(scene: Scene, token: Token) -> Mention | None:
    """ "The chiefs of the army and the militia": those of the report who lead what follows, one for each.

    Asked when all else is resolved, since what follows must be known, and a first sentence often describes those
    whom the next one names.
    """
    if token.tag_ != "NNS" or token.lemma_.lower() not in roles().leaders or token.i in scene.by_head:
        return None
    parties: list[str] = []
    for preposition in (c for c in token.rights if c.dep_ == "prep" and c.lower_ == "of"):
        for word in preposition.children:
            for part in (word, *word.conjuncts):
                mention = scene.by_head.get(part.i)
                actors = mention.actors if mention is not None else ()
                parties.extend(p for a in actors if (p := scene.registry.party_of(a)) is not None)
    drafts = [d for d in scene.registry.drafts.values() if d.kind == "person" and not d.observer and leads(d)]
    found = [next((d.id for d in drafts if d.party == party), None) for party in dict.fromkeys(parties)]
    if len(found) < 2 or None in found:
        return None
    start = noun_group(token).start
    return scene.mention(start, token.i + 1, [f for f in found if f], "description", "heads of", head=token.i)
