"""Those within a state who are not the state: "Chad's armed opposition group", "the Georgian separatist leader"."""

from __future__ import annotations

from spacy.tokens import Span

from accord.model.vocabulary import states
from accord.model.vocabulary.groups import groups
from accord.reading.actors.scene import Scene, armed_groups


def set_apart(scene: Scene, words: Span, state: str, *, body: bool = False) -> str | None:
    """The body of its own that words beside a state's name tell apart from that state, None where they tell none.

    The opposition is the state's own opposition; rebels and the like are the one armed group that the report has
    named, else a group that the state's name tells apart. `body` says that the words belong to a noun for a group,
    which "armed" alone sets apart then ("armed group", not "armed forces").
    """
    vocabulary, registry = groups(), scene.registry
    name = registry[state].name
    entry = states.by_name().get(name)
    if entry is None:
        return None
    told = [part for token in words for part in (token.lower_, token.lower_.rsplit("-", 1)[-1])]
    if not vocabulary.apart_opposition.isdisjoint(told):
        return registry.domestic(name, "opposition").id
    fighters = next((vocabulary.apart[word] for word in reversed(told) if word in vocabulary.apart), None)
    if fighters is None and body and not vocabulary.apart_body.isdisjoint(told):
        fighters = "armed groups"
    if fighters is None:
        return None
    armed = [key for key in armed_groups(scene) if not registry.is_elsewhere(key, state)]
    if len(armed) == 1:
        return armed[0]
    adjective = entry.demonyms[0] if entry.demonyms else entry.name
    return registry.armed_within(state, f"{adjective} {fighters}").id


def on_own_account(words: Span) -> bool:
    """Whether a title makes its holder nobody's officer: "the Libyan warlord", "an eastern commander"."""
    vocabulary, told = groups(), {token.lower_ for token in words}
    return not vocabulary.own_account.isdisjoint(told) and vocabulary.official.isdisjoint(told)
