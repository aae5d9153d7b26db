"""Finds whom a description of one person means: "the vice president", "his Russian counterpart"."""

from __future__ import annotations

from spacy.tokens import Token

from accord.model.actor import Role
from accord.model.vocabulary.groups import groups
from accord.model.vocabulary.roles import roles
from accord.reading.actors.discourse import Discourse
from accord.reading.actors.registry import LEADER, Draft
from accord.reading.actors.scene import Scene, doers

# How well a title fits a description: the same words, its last words, its noun with the words asked for, one that
# leads where a leader is asked for, another word for the same trade.
_SAME, _ENDS, _HOLDS, _LEADS, _TRADE = 2.0, 1.6, 1.2, 1.4, 0.8
# Without a fitting title: one whom the list of leaders has, a person without any title whose state leads the
# description, the only person of that party, an unnamed source called so again.
_LISTED, _BARE, _ONLY, _AGAIN = 1.3, 0.6, 0.5, 1.5
_UNCLAIMED_REACH = 2
"""How many sentences back somebody without any role may lie for a description to be of that one."""
_SURE_WITH_PARTY, _SURE_WITHOUT = 1.2, 2.0
"""Least fit for pointing ahead to a person whom the text names only later."""


def named(scene: Scene, discourse: Discourse, token: Token, parties: list[str]) -> Draft | None:
    """The person whose role fits a description best; the most present one where several do equally."""
    want = title_of(scene, token)
    former = any(c.lower_ in roles().former for c in token.lefts)
    latest: dict[str, int] = {}
    for past in discourse.past:
        if past.mention.start < token.i:
            for actor in past.mention.actors:
                latest[actor] = past.mention.start
    best: tuple[float, Draft] | None = None
    excluded = doers(scene, token)
    for actor in sorted(latest.keys() - excluded):
        draft = scene.registry[actor]
        fit = fitness(scene, draft, want, parties, former) if draft.singular else 0.0
        if fit > 0:
            points = fit * 100 - 0.2 * (token.i - latest[actor]) + 2 * min(discourse.counts[actor], 10)
            if best is None or points > best[0]:
                best = (points, draft)
    return best[1] if best is not None else _later(scene, want, parties, former)


def _later(scene: Scene, want: tuple[str, ...], parties: list[str], former: bool) -> Draft | None:
    """The only person of the whole report who fits, for a headline that describes before the text names."""
    least = _SURE_WITH_PARTY if parties else _SURE_WITHOUT
    fitting = [
        draft
        for draft in scene.registry.drafts.values()
        if draft.kind == "person" and fitness(scene, draft, want, parties, former) >= least
    ]
    return fitting[0] if len(fitting) == 1 else None


def unclaimed(scene: Scene, discourse: Discourse, token: Token, parties: list[str]) -> Draft | None:
    """The only person just named of whom the report has said nothing: "Khalilzad met ... The U.S. envoy told ..."."""
    found: list[str] = []
    for past in discourse.before(token.i, _UNCLAIMED_REACH):
        for actor in past.mention.actors:
            draft = scene.registry[actor]
            open_to = draft.party is None or (not draft.roles and draft.party in parties)
            if draft.kind == "person" and not draft.roles and open_to and not draft.observer and actor not in found:
                found.append(actor)
    return scene.registry[found[0]] if len(found) == 1 else None


def counterpart(scene: Scene, token: Token, parties: list[str]) -> Draft | None:
    """ "His Russian counterpart": who holds the same office on the other side, else the one who leads it."""
    owner = next((scene.by_head[c.i] for c in token.lefts if c.i in scene.by_head and c.dep_ == "poss"), None)
    titles = {role.title for actor in (owner.actors if owner else ()) for role in scene.registry[actor].roles}
    there = [
        draft
        for draft in scene.registry.drafts.values()
        if draft.kind == "person" and draft.party in parties and not draft.observer
    ]
    for draft in [d for d in there if titles & {r.title for r in d.roles}] + [d for d in there if leads(d)]:
        return draft
    return None


def title_of(scene: Scene, token: Token) -> tuple[str, ...]:
    """The words of a description's title: its noun with the title words around it, "former" and the like left out."""
    words = [token.lower_]
    i = token.i - 1
    while i >= token.sent.start and i in scene.titles and i not in scene.hit_at:
        words.insert(0, scene.doc[i].lower_)
        i -= 1
    right = token.i + 1
    while right in scene.titles and right < len(scene.doc):
        words.append(scene.doc[right].lower_)
        right += 1
    return tuple(w for w in words if w not in roles().former)


def leads(draft: Draft) -> bool:
    """Whether a person is called a leader of a state or body anywhere in the report."""
    return any(_leading(tuple((role.title or "").split(" "))) for role in draft.roles)


def _leading(title: tuple[str, ...]) -> bool:
    leaders = roles().leaders
    return (" ".join(title) in leaders or title[-1] in leaders) and not roles().deputies & set(title)


def fitness(scene: Scene, draft: Draft, want: tuple[str, ...], parties: list[str], former: bool) -> float:
    """How well a person fits the title that a description asks for, from 0 (not at all) to 2."""
    if (parties and draft.party not in parties) or (not parties and not draft.roles and draft.kind == "person"):
        return 0.0
    if draft.kind == "unnamed":
        return _AGAIN if draft.name.lower().split(" ")[-1] == want[-1] else 0.0
    want = _without_side(scene, want, draft.party)
    best = max((_title_fit(role, want, former) for role in draft.roles), default=0.0)
    if best == 0.0 and parties and not draft.observer and not former:
        if not draft.roles and want[-1] in roles().leaders:
            best = _LISTED if draft.party_weight == LEADER else _BARE
        elif draft.roles and want[-1] in roles().wide and _alone(scene, draft):
            best = _ONLY
    return best


def _title_fit(role: Role, want: tuple[str, ...], former: bool) -> float:
    past = roles().former
    words = tuple((role.title or "").replace("-", " ").split())
    if not words or (words[0] in past) != former:
        return 0.0
    title = tuple(w for w in words if w not in past)
    if not title:
        return 0.0
    if title == want:
        return _SAME
    if title[-len(want) :] == want and not roles().deputies & (set(title) - set(want)):
        return _ENDS
    if want == ("leader",) and _leading(title):
        return _LEADS
    if title[-1] == want[-1] and set(want) <= set(title):
        return _HOLDS
    trade = len(want) == 1 and any(want[-1] in family and title[-1] in family for family in groups().trades)
    return _TRADE if trade else 0.0


def _without_side(scene: Scene, want: tuple[str, ...], party: str | None) -> tuple[str, ...]:
    """ "The rebel leader" as "the leader" for somebody who speaks for an armed group; so for the opposition."""
    if len(want) < 2 or party is None:
        return want
    kind = scene.registry[party].kind
    armed = want[0] in roles().armed and kind == "armed-group"
    return want[1:] if armed or (want[0] == "opposition" and kind == "organisation") else want


def _alone(scene: Scene, draft: Draft) -> bool:
    """Whether nobody else in the report speaks for the same party."""
    drafts = scene.registry.drafts.values()
    return not any(d.kind == "person" and d.party == draft.party and d.id != draft.id for d in drafts)
