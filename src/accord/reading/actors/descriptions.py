"""Descriptions: "the Ukrainian leader", "the vice president", "both sides", "the former", "a senior official"."""

from __future__ import annotations

from collections import Counter

from spacy.tokens import Token

from accord.model.vocabulary import roles
from accord.model.vocabulary.groups import groups
from accord.reading.actors.discourse import Discourse, Past
from accord.reading.actors.pairs import pair
from accord.reading.actors.people import leads, owners
from accord.reading.actors.registry import Draft
from accord.reading.actors.roles import role_class
from accord.reading.actors.scene import Scene, noun_group
from accord.reading.mentions import Mention

_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_ELSE = frozenset({"other", "another", "third", "such", "same", "second", "first", "next"})
_INDEFINITE = frozenset({"a", "an", "one", "another"})


def describe(scene: Scene, discourse: Discourse, token: Token) -> Mention | None:
    """The mention that a noun phrase without a name makes, if it points to somebody."""
    lower = token.lower_
    if lower in ("former", "latter"):
        return _of_two(scene, discourse, token)
    found = pair(scene, discourse, token)
    if found is not None:
        return found
    if token.pos_ not in ("NOUN", "PROPN"):
        return None
    singular = token.tag_ in ("NN", "NNP")
    if singular and token.i in scene.titles and role_class(token) not in (None, "title"):
        return _person(scene, discourse, token)
    return _collective(scene, discourse, token)


def _determiner(token: Token) -> Token | None:
    return next((c for c in token.lefts if c.dep_ in ("det", "poss") or c.tag_ == "PRP$"), None)


def _of_two(scene: Scene, discourse: Discourse, token: Token) -> Mention | None:
    """ "The former" and "the latter": of the last two that were named together, the first and the second."""
    before = scene.doc[token.i - 1] if token.i else None
    if (
        before is None
        or before.lower_ != "the"
        or (token.i + 1 < len(scene.doc) and scene.doc[token.i + 1].pos_ in ("NOUN", "PROPN", "ADJ"))
    ):
        return None
    for past in discourse.before(token.i, 2):
        actors = list(past.mention.actors)
        head = scene.doc[past.mention.head]
        for word in (head, *head.conjuncts):
            mention = scene.by_head.get(word.i)
            if mention is not None:
                actors.extend(a for a in mention.actors if a not in actors)
        if len(actors) == 2:
            spans = {
                a: min(p.mention.start for p in discourse.past if a in p.mention.actors and p.sentence == past.sentence)
                for a in actors
            }
            order = sorted(actors, key=lambda a: spans[a])
            chosen = order[0] if token.lower_ == "former" else order[1]
            return scene.mention(token.i - 1, token.i + 1, [chosen], "description", f"the {token.lower_}", head=token.i)
    return None


# --- one person -------------------------------------------------------------------------------------------------


def _person(scene: Scene, discourse: Discourse, token: Token) -> Mention | None:
    determiner = _determiner(token)
    lower = determiner.lower_ if determiner is not None else ""
    left, named = owners(scene, token)
    group = noun_group(token)
    left = min(left, group.start)
    right = token.i + 1
    while right < len(scene.doc) and right in scene.titles and scene.doc[right - 1].tag_ in ("IN", "NN", "NNP"):
        right += 1
    if token.dep_ in ("attr", "acomp", "oprd") or (
        token.i + 1 < len(scene.doc) and scene.doc[token.i + 1].i in scene.referent
    ):
        return None
    if lower in _INDEFINITE:
        return _unnamed(scene, token, left, right, named)
    if token.dep_ in ("compound", "amod", "nmod", "npadvmod"):
        return None
    states = [party for a in named if (party := scene.registry.party_of(a)) is not None]
    chosen = (
        _counterpart(scene, token, states)
        if lower != "a" and token.lower_ in ("counterpart", "number")
        else _named_before(scene, discourse, token, states)
    )
    if chosen is not None:
        return scene.mention(left, right, [chosen.id], "description", "description", head=token.i)
    if (
        lower in _DEFINITE
        or (determiner is not None and determiner.dep_ == "poss")
        or token.dep_ in ("nsubj", "nsubjpass")
    ):
        speaks = token.dep_ == "nsubj" and token.head.lemma_ in groups().saying_verbs
        if states or (lower in _DEFINITE and speaks):
            return _unnamed(scene, token, left, right, named)
    return None


def _named_before(scene: Scene, discourse: Discourse, token: Token, states: list[str]) -> Draft | None:
    """The person of the report whose role fits the description best; the most present one of several."""
    want = _title(scene, token)
    former = any(c.lower_ in roles.roles().former for c in token.lefts)
    latest: dict[str, int] = {}
    for past in discourse.past:
        if past.mention.start < token.i:
            for actor in past.mention.actors:
                latest[actor] = past.mention.start
    best: tuple[float, Draft] | None = None
    for actor in sorted(latest):
        draft = scene.registry[actor]
        if draft.kind not in ("person", "unnamed"):
            continue
        match = _matches(scene, draft, want, states, former)
        if match <= 0:
            continue
        points = match * 100 - 0.2 * (token.i - latest[actor]) + 2 * min(discourse.counts[actor], 10)
        if best is None or points > best[0]:
            best = (points, draft)
    if best is None:
        return _named_later(scene, want, states, former)
    return best[1] if best is not None else None


def _named_later(scene: Scene, want: tuple[str, ...], states: list[str], former: bool) -> Draft | None:
    """The only person of the whole report who fits, for a headline that describes before the text names."""
    fitting = [
        draft
        for draft in scene.registry.drafts.values()
        if draft.kind == "person" and _matches(scene, draft, want, states, former) >= (1.2 if states else 2.0)
    ]
    return fitting[0] if len(fitting) == 1 else None


def _counterpart(scene: Scene, token: Token, states: list[str]) -> Draft | None:
    """ "His Russian counterpart": who holds the same office in the other state, else the one who leads it."""
    owner = next((scene.by_head[c.i] for c in token.lefts if c.i in scene.by_head and c.dep_ == "poss"), None)
    titles = {r.title for a in (owner.actors if owner else ()) for r in scene.registry[a].roles}
    there = [
        draft
        for draft in scene.registry.drafts.values()
        if draft.kind == "person" and draft.party in states and not draft.observer
    ]
    same = [draft for draft in there if titles & {r.title for r in draft.roles}]
    leading = [draft for draft in there if leads(draft)]
    return (same or leading or [None])[0] if states else None


def _title(scene: Scene, token: Token) -> tuple[str, ...]:
    """The words of the description's title: its noun and the title words right before it."""
    words = [token.lower_]
    i = token.i - 1
    while i >= token.sent.start and i in scene.titles and i not in scene.hit_at:
        words.insert(0, scene.doc[i].lower_)
        i -= 1
    right = token.i + 1
    while right in scene.titles and right < len(scene.doc):
        words.append(scene.doc[right].lower_)
        right += 1
    past = roles.roles().former
    return tuple(w for w in words if w not in past)


def _matches(scene: Scene, draft: Draft, want: tuple[str, ...], states: list[str], former: bool) -> float:
    """How well a person's roles fit a description, from 0 (not at all) to 2."""
    party = draft.party
    if states and party not in states:
        return 0.0
    if draft.kind == "unnamed" and draft.name.lower().split(" ")[-1] == want[-1]:
        return 1.5
    want = _without_side(scene, want, party)
    if not states and not draft.roles:
        return 0.0
    leaders = roles.roles().leaders
    best = 0.0
    for role in draft.roles:
        title = tuple((role.title or "").replace("-", " ").split())
        if not title:
            continue
        was = title[0] in roles.roles().former
        title = tuple(w for w in title if w not in roles.roles().former)
        if was != former:
            continue
        if title == want:
            best = max(best, 2.0)
        elif title[-len(want) :] == want and not {"vice", "deputy", "assistant"} & (set(title) - set(want)):
            best = max(best, 1.6)
        elif title[-1] == want[-1] and set(want) <= set(title):
            best = max(best, 1.2)
        elif want == ("leader",) and (" ".join(title) in leaders or title[-1] in leaders) and "vice" not in title:
            best = max(best, 1.4)
        elif _same_trade(want[-1], title[-1]) and len(want) == 1:
            best = max(best, 0.8)
    if (
        best == 0.0
        and states
        and draft.kind == "person"
        and draft.roles
        and not draft.observer
        and _alone(scene, draft)
    ):
        best = 0.5 if want[-1] in ("diplomat", "official", "politician", "envoy", "leader", "negotiator") else 0.0
    if not draft.roles and states and want[-1] in leaders:
        best = 0.6
    elif best == 0.0 and states and want == ("leader",) and any(scene.registry.party_of(draft.id) == s for s in states):
        best = 0.4 if draft.kind == "person" and not draft.observer and draft.roles == [] else 0.0
    if former and best and not draft.former:
        best *= 0.4
    return best


def _without_side(scene: Scene, want: tuple[str, ...], party: str | None) -> tuple[str, ...]:
    """ "The rebel leader" as "the leader" for somebody who speaks for an armed group; so for the opposition."""
    if len(want) < 2 or party is None:
        return want
    draft = scene.registry[party]
    armed = want[0] in ("rebel", "guerrilla", "separatist", "militant", "militia") and draft.kind == "armed-group"
    against = want[0] == "opposition" and draft.kind == "organisation"
    return want[1:] if armed or against else want


def _alone(scene: Scene, draft: Draft) -> bool:
    """Whether nobody else in the report speaks for the same party."""
    drafts = scene.registry.drafts.values()
    return not any(d.kind == "person" and d.party == draft.party and d.id != draft.id for d in drafts)


def _same_trade(a: str, b: str) -> bool:
    """Whether two nouns can name one office: "spokesman" and "spokeswoman", "diplomat" and "ambassador"."""
    return any(a in family and b in family for family in groups().trades)


def _unnamed(scene: Scene, token: Token, left: int, right: int, named: list[str]) -> Mention | None:
    """A person who is described but not named: an actor of its own, with what is known of whom it speaks for."""
    kind = role_class(token)
    if kind in (None, "title") or (token.dep_ in ("appos", "conj") and token.head.i in scene.referent):
        return None
    doc = scene.doc
    words = [t for t in doc[left:right] if t.tag_ not in ("DT", "PRP$") and not (t.tag_ == "CD" and t.lower_ == "one")]
    name = " ".join("".join(t.text_with_ws for t in words).split())
    if not name:
        return None
    draft = scene.registry.add("unnamed", name)
    parties = [p for a in named if (p := scene.registry.party_of(a)) is not None]
    if kind == "observer":
        draft.observer = True
    elif any(t.lower_ in roles.roles().former for t in words):
        draft.former = draft.observer = True
    elif parties and draft.party is None:
        scene.registry.speak_for(draft, parties[0], 5)
    gender = roles.gender_of().get(token.lower_)
    draft.gender = gender or draft.gender
    return scene.mention(left, right, [draft.id], "description", "unnamed", head=token.i)


# --- a body, a government, an opposition --------------------------------------------------------------------------


def _collective(scene: Scene, discourse: Discourse, token: Token) -> Mention | None:
    vocabulary = groups()
    lower = token.lower_
    if token.dep_ in ("compound", "amod", "nmod") and lower not in ("opposition", "government"):
        return None
    determiner = _determiner(token)
    left = noun_group(token).start
    for what, words in sorted(vocabulary.domestic.items()):
        if lower in words or (lower == what.split(" ")[-1] and _phrase(token, what)):
            return _domestic(scene, discourse, token, what, left)
    definite = determiner is not None and (determiner.lower_ in _DEFINITE or determiner.dep_ == "poss")
    if not definite:
        return None
    if determiner is not None and determiner.tag_ == "PRP$":
        return _possessed(scene, token, left)
    bare = all(
        c.dep_ in ("det", "punct")
        or c.lower_
        in (
            "interim",
            "transitional",
            "new",
            "central",
            "armed",
            "federal",
            "military",
            "security",
            "current",
            "elected",
            "coalition",
            "caretaker",
        )
        for c in token.lefts
    )
    if lower in vocabulary.government or noun_group(token)[-2:].text.lower() in vocabulary.government:
        state = _state_in_view(scene, discourse, token)
        if bare and state is not None:
            return scene.mention(left, token.i + 1, [state], "description", "government", head=token.i)
        return None
    if any(c.lower_ in _ELSE or c.tag_ == "CD" for c in token.lefts):
        return None
    return _body(scene, discourse, token, left)


def _phrase(token: Token, what: str) -> bool:
    """Whether a noun ends a phrase of several words ("supreme court")."""
    size = len(what.split(" "))
    return size > 1 and token.i - size + 1 >= 0 and token.doc[token.i - size + 1 : token.i + 1].text.lower() == what


def _possessed(scene: Scene, token: Token, left: int) -> Mention | None:
    """ "His government", "their army": the state of whoever the pronoun means."""
    owner = next((scene.by_head[c.i] for c in token.lefts if c.tag_ == "PRP$" and c.i in scene.by_head), None)
    if owner is None or token.lower_ not in groups().acting:
        return None
    parties = [p for a in owner.actors if (p := scene.registry.party_of(a)) is not None]
    return scene.mention(left, token.i + 1, parties, "description", "possessed", head=token.i) if parties else None


def _state_in_view(scene: Scene, discourse: Discourse, token: Token) -> str | None:
    """The state whose government is meant: the report's own, unless one other state alone is in view."""
    _, named = owners(scene, token)
    states = [p for a in named if (p := scene.registry.party_of(a)) is not None]
    if states:
        return states[0]
    home = scene.registry.state(scene.home).id if scene.home is not None else None
    near: Counter[str] = Counter()
    doers = _subjects(scene, token) if token.dep_ in ("dobj", "pobj") else set()
    for past in discourse.before(token.i, 1):
        for actor in past.mention.actors:
            party = scene.registry.party_of(actor)
            if party is not None and scene.registry[party].kind == "state" and party not in doers:
                near[party] += 1
    home = None if home in doers else home
    if home is not None and (home in near or not near):
        return home
    return next(iter(near)) if len(near) == 1 else home


def _subjects(scene: Scene, token: Token) -> set[str]:
    """The parties that do what is done to a noun: they are not it ("Russia wants to replace the government")."""
    verb, steps = token.head, 0
    while steps < 5 and verb.head.i != verb.i:
        subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
        if subject is not None:
            mention = scene.by_head.get(subject.i)
            return {p for a in (mention.actors if mention else ()) if (p := scene.registry.party_of(a)) is not None}
        verb, steps = verb.head, steps + 1
    return set()


def _domestic(scene: Scene, discourse: Discourse, token: Token, what: str, left: int) -> Mention | None:
    """ "The opposition", "parliament": of the state beside it or else of the report's."""
    start, named = owners(scene, token)
    name: str | None = None
    for actor in named:
        party = scene.registry.party_of(actor)
        if party is not None and scene.registry[party].kind == "state":
            name = scene.registry[party].name
    if (
        name is None
        and token.lower_ == "opposition"
        and any(c.dep_ == "prep" and c.lower_ == "to" for c in token.rights)
    ):
        return None  # "opposition to the plan"
    if name is None:
        determiner = _determiner(token)
        if (
            what == "opposition"
            and (determiner is None or determiner.lower_ != "the")
            and token.dep_ not in ("nsubj", "conj", "compound")
        ):
            return None
        state = _state_in_view(scene, discourse, token)
        name = scene.registry[state].name if state is not None else None
    if name is None:
        return None
    draft = scene.registry.domestic(name, what)
    return scene.mention(min(left, start), token.i + 1, [draft.id], "description", what, head=token.i)


def _body(scene: Scene, discourse: Discourse, token: Token, left: int) -> Mention | None:
    """ "The group", "the alliance", "the country": the most present actor that the noun can mean."""
    vocabulary = groups()
    lower = token.lower_
    kinds = {kind for kind, words in vocabulary.body_descriptions.items() if lower in words and kind != "alliance"}
    called = {actor for actor, words in scene.called.items() if lower in words}
    if called and "state" not in kinds:
        best, _ = discourse.best(
            token, lambda past: len(past.mention.actors) == 1 and past.mention.actors[0] in called, 12
        )
        if best is not None:
            return scene.mention(left, token.i + 1, best.mention.actors, "description", "called so", head=token.i)
    if not kinds:
        return None

    def fits(past: Past) -> bool:
        drafts = discourse.drafts(past)
        if len(drafts) != 1:
            return False
        draft = drafts[0]
        among = draft.kind in kinds or (draft.kind == "organisation" and "bloc" in kinds)
        return among and _can_be(scene, draft, lower)

    best, _ = discourse.best(token, fits, 8)
    if best is None and kinds == {"state"} and scene.home is not None:
        return scene.mention(
            left, token.i + 1, [scene.registry.state(scene.home).id], "description", "home", head=token.i
        )
    if best is None:
        return None
    return scene.mention(left, token.i + 1, best.mention.actors, "description", f"the {lower}", head=token.i)


def _can_be(scene: Scene, draft: Draft, noun: str) -> bool:
    """Whether a noun with a narrower meaning suits: an alliance is one by name or kind."""
    if draft.kind not in ("organisation", "bloc") or noun not in groups().body_descriptions["alliance"]:
        return True
    names = f"{draft.name} {' '.join(scene.registry.forms_of(draft))}".lower()
    if noun in names:
        return True
    return noun not in ("alliance", "union") and draft.kind == "organisation" and scene.registry.is_usual(draft)
