"""Persons: full names, the short forms that follow, and what the report says they are."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from rapidfuzz.distance import Levenshtein

from accord.model.actor import Role
from accord.model.vocabulary import gazetteer, roles
from accord.model.vocabulary.groups import groups
from accord.model.vocabulary.roles import Gender
from accord.reading.actors.apart import on_own_account, set_apart
from accord.reading.actors.judging import Judgement, Name
from accord.reading.actors.lexicon import Hit
from accord.reading.actors.registry import LEADER, Draft
from accord.reading.actors.roles import RolePhrase, after_name, before_name, of_owner
from accord.reading.actors.scene import STATE_KINDS, Scene

WEIGHT = {"beside": 6, "title": 4, "possessive": 3, "leader": LEADER, "home": 1}
"""How strongly each kind of evidence says whom a person speaks for; the strongest in the report counts."""
_GLUED = re.compile(r"([A-Z][a-z]{2,})([A-Z][a-z]{2,})$")
_SPELLING = 0.75
"""Least similarity of two surnames of one person spelt two ways ("Zelensky", "Zelenskyy": 0.89)."""


@dataclass
class Person:
    """A person of the report with the words of the fullest name, and where named."""

    words: tuple[str, ...]
    draft: Draft
    spans: list[Name] = field(default_factory=list)


def plain(word: str) -> str:
    """A word without accents and case, for comparison."""
    return unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode().casefold() or word.casefold()


def key_words(text: str) -> tuple[str, ...]:
    """The words of a name that tell it apart: no particles, initials or generation."""
    small = roles.roles().particles | {"jr", "jr.", "sr.", "ii", "iii"}
    words = [
        w for w in text.replace("-", " ").replace("–", " ").split() if w.lower() not in small and len(w.rstrip(".")) > 1
    ]
    return tuple(plain(w) for w in words)


def find_persons(scene: Scene, judged: dict[str, Judgement]) -> list[Person]:
    """Add the persons of the report and every mention of them by name."""
    _split_pairs(judged)
    people = _full_names(scene, judged)
    owner = _short_names(scene, judged, people)
    for text in sorted(judged, key=lambda t: judged[t].spans[0].start):
        person = owner.get(text)
        if person is not None:
            for name in judged[text].spans:
                for i in range(name.start, name.end):
                    scene.referent[i] = (person.draft.id,)
                person.spans.append(name)
    for person in people:
        for name in sorted(person.spans, key=lambda n: n.start):
            _mention(scene, person.draft, name)
    return people


def _split_pairs(judged: dict[str, Judgement]) -> None:
    """Cut "Trump-Putin" in two where both halves are names of their own elsewhere in the report."""
    known = {words[-1] for text in judged if "-" not in text and (words := key_words(text))}
    for text in [t for t in judged if "-" in t]:
        left, _, right = text.partition("-")
        if {plain(left), plain(right)} <= known:
            whole = judged.pop(text)
            for name in whole.spans:
                for part, start, end in ((left, name.start, name.start + 1), (right, name.start + 2, name.end)):
                    if end <= name.end:
                        found = judged.setdefault(part, Judgement())
                        found.seen += 1
                        found.spans.append(Name(start, end, name.lead, part))


def _full_names(scene: Scene, judged: dict[str, Judgement]) -> list[Person]:
    """One person for each full name, forms of one name ("Donald J. Trump", "Donald Trump") taken together."""
    people: list[Person] = []
    texts = [t for t in judged if judged[t].kind == "person" and len(key_words(t)) >= 2]
    texts.sort(key=lambda t: (-len(key_words(t)), judged[t].spans[0].start))
    for text in texts:
        words = key_words(text)
        for person in people:
            if words[-1] == person.words[-1] and set(words) <= set(person.words):
                break
        else:
            plainest = min(
                (t for t in texts if key_words(t) == words), key=lambda t: (len(t), judged[t].spans[0].start)
            )
            people.append(Person(words, scene.registry.add("person", plainest)))
    people.sort(key=lambda p: min(n.start for t in texts if _fits(key_words(t), p) for n in judged[t].spans))
    return people


def _fits(words: tuple[str, ...], person: Person) -> bool:
    return bool(words) and words[-1] == person.words[-1] and set(words) <= set(person.words)


def _short_names(scene: Scene, judged: dict[str, Judgement], people: list[Person]) -> dict[str, Person]:
    """Which person each form of a name means; a person known by one name only is made here."""
    owner: dict[str, Person] = {}
    nicknames = _nicknames(scene, judged, people)
    for text in sorted(judged, key=lambda t: judged[t].spans[0].start):
        judgement, words = judged[text], key_words(text)
        if not words:
            continue
        full = [nicknames[text]] if text in nicknames else [p for p in people if _fits(words, p)]
        if not full and len(words) == 1:
            full = [p for p in people if words[0] in p.words[:-1]]
            if judgement.kind in ("place", "body") or (full and judgement.person < 1 and text in gazetteer.places()):
                full = []
        if not full and len(words) == 1 and judgement.person >= 0 and judgement.kind in ("person", "other"):
            full = [p for p in people if _one_spelling(words[0], p.words[-1])]
        if full and (judgement.kind != "body" or judgement.body < 4):
            owner[text] = full[0]
        elif (joined := _run_together(text, people)) is not None:
            owner[text] = joined
        elif judgement.kind == "person" and judgement.person >= 2:
            made = Person(words, scene.registry.add("person", text))
            people.append(made)
            owner[text] = made
    return owner


def _nicknames(scene: Scene, judged: dict[str, Judgement], people: list[Person]) -> dict[str, Person]:
    """The person whom "better known as X" and "alias X" give another name: the last one named before it."""
    found: dict[str, Person] = {}
    named = [(n.start, p) for p in people for t in judged if _fits(key_words(t), p) for n in judged[t].spans]
    named.sort(key=lambda pair: pair[0])
    for text, judgement in judged.items():
        for name in judgement.spans:
            before = [t.lower_ for t in scene.doc[max(0, name.start - 2) : name.start]]
            if before[-2:] == ["known", "as"] or before[-1:] == ["alias"]:
                first = scene.doc[name.start].sent.start
                nearest = [p for start, p in named if first <= start < name.start]
                if nearest and not _fits(key_words(text), nearest[-1]):
                    found[text] = nearest[-1]
    return found


def _run_together(text: str, people: list[Person]) -> Person | None:
    """The second person of two whose names lost the space between them ("with Ana PintoSalva" for "Pinto. Salva")."""
    match = _GLUED.search(text)
    if match is None:
        return None
    first = [p for p in people if p.words[-1] == plain(match[1])]
    second = [p for p in people if p.words[-1] == plain(match[2])]
    return second[0] if first and second else None


def _one_spelling(a: str, b: str) -> bool:
    """Whether two surnames look like one in two transliterations."""
    if len(a) < 5 or len(b) < 5 or a[0] != b[0]:
        return False
    return Levenshtein.normalized_similarity(a, b) >= _SPELLING and Levenshtein.distance(a, b) <= 2


def _mention(scene: Scene, draft: Draft, name: Name) -> None:
    """One mention by name with the role around it; the role's words lead to it too."""
    before = before_name(scene, name.start)
    after = after_name(scene, name.end)
    root = scene.doc[name.start : name.end].root.i
    last = name.end - 1
    heads = [last, name.start]
    if before.noun is not None:
        heads.append(before.noun)
    span_root = scene.doc[before.left : name.end].root.i
    if before.left <= span_root < name.end:
        heads.append(root)
        root = span_root
    if scene.doc[root].dep_ == "appos" and scene.doc[root].head.lower_ in ("one", "another"):
        heads.append(scene.doc[root].head.i)
    scene.mention(before.left, name.end, [draft.id], "name", "name", head=root, heads=heads)
    scene.alias(draft.id, name.start, name.end)
    if after.noun is not None:
        scene.mention(after.left, after.right, [draft.id], "description", "apposition", head=after.noun)
    for phrase in (before, after):
        _learn(scene, draft, phrase)
    owner = of_owner(scene, name.end)
    if owner is not None and owner.kind == "state":
        scene.registry.speak_for(draft, scene.actor_of(owner), WEIGHT["beside"])
    elif owner is not None:
        _belongs(scene, draft, owner)


def _learn(scene: Scene, draft: Draft, phrase: RolePhrase) -> None:
    """Take over what a role phrase says: gender, role, party, or that the person only observes."""
    gender = _gender(scene, phrase)
    if gender is not None:
        draft.gender = gender
    if phrase.age and phrase.noun is None and not draft.roles:
        draft.observer = True
    if phrase.noun is None:
        if phrase.before and not phrase.former:
            scene.registry.speak_for(draft, scene.actor_of(phrase.before[-1]), WEIGHT["possessive"])
        elif phrase.after:
            _belongs(scene, draft, phrase.after[0])
        return
    if phrase.kind == "title":
        if phrase.before and phrase.before[-1].kind in STATE_KINDS:
            scene.registry.speak_for(draft, scene.actor_of(phrase.before[-1]), WEIGHT["possessive"])
        return
    if phrase.former and phrase.kind in ("office", "body"):
        draft.former = True
        scene_role(scene, draft, phrase, None)
        return
    if phrase.kind == "observer":
        if not any(r.party for r in draft.roles):
            draft.observer = True
        scene_role(scene, draft, phrase, None)
        return
    party, weight = _party(scene, phrase)
    scene_role(scene, draft, phrase, party)
    if party is not None:
        if scene.registry[party].observer:
            draft.observer = True
        else:
            draft.observer = False
            scene.registry.speak_for(draft, party, weight)
        return
    if phrase.kind in ("office", "mediator"):
        draft.observer = False
    draft.lone = draft.lone or on_own_account(scene.doc[phrase.left : phrase.noun + 1])


def scene_role(scene: Scene, draft: Draft, phrase: RolePhrase, party: str | None) -> None:
    """Note the role as the report words it."""
    hits = phrase.before[-1:] or phrase.after[:1]
    organisation = scene.doc[hits[0].start : hits[0].end].text if hits else None
    title = ("former " if phrase.former else "") + phrase.title
    draft.roles.append(Role(title.strip() or None, organisation, party, scene.registry.published))


def _belongs(scene: Scene, draft: Draft, hit: Hit) -> None:
    """ "Name, of the International Crisis Group": a member of what is named."""
    actor = scene.registry[scene.actor_of(hit)]
    if actor.observer or (
        hit.kind == "found" and actor.name.rsplit(" ", 1)[-1] not in groups().fighting_bodies and not draft.roles
    ):
        draft.observer = True
    else:
        scene.registry.speak_for(draft, actor.id, WEIGHT["beside"])


def _gender(scene: Scene, phrase: RolePhrase) -> Gender | None:
    words = roles.gender_of()
    for token in scene.doc[phrase.left : phrase.right if phrase.right > phrase.left else phrase.left + 8]:
        if phrase.noun is None or token.i > phrase.noun:
            break
        if token.i in scene.titles and token.lower_ in words:
            return words[token.lower_]
    return None


def _party(scene: Scene, phrase: RolePhrase) -> tuple[str | None, int]:
    """Whom the holder of this role speaks for, and how sure that is."""
    registry = scene.registry
    if phrase.before:
        beside = scene.actor_of(phrase.before[-1])
        if phrase.noun is not None and registry[beside].kind == "state":
            words_between = scene.doc[phrase.before[-1].end : phrase.noun + 1]
            own = set_apart(scene, words_between, beside)
            if own is not None:
                return own, WEIGHT["beside"]
            if on_own_account(words_between):
                return None, 0
        return beside, WEIGHT["beside"]
    words = phrase.title
    if words.startswith("opposition") and scene.home is not None:
        return registry.domestic(scene.home, "opposition").id, WEIGHT["beside"]
    owner, written = _titled_state(scene, phrase)
    if owner is not None and written:
        return registry.named(owner).id, WEIGHT["title"]
    if phrase.after:
        prefer = [h for h in phrase.after if h.kind == "body"] if phrase.kind == "body" else phrase.after
        return scene.actor_of((prefer or phrase.after)[0]), WEIGHT["beside"]
    return (registry.named(owner).id, WEIGHT["home"]) if owner is not None else (None, 0)


def _titled_state(scene: Scene, phrase: RolePhrase) -> tuple[str | None, bool]:
    """The state to which a title belongs by itself ("Taoiseach"), and whether it is written like a title."""
    if phrase.noun is None:
        return None, False
    owners = roles.state_of_title()
    title = phrase.title
    while title:
        if title in owners:
            return owners[title], scene.doc[phrase.noun].text[0].isupper()
        title = title.split(" ", 1)[1] if " " in title else ""
    return None, False
