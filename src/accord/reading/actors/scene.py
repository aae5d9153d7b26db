"""What the finders of one report share: the parse, the names that are known, the actors and mentions so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span, Token

from accord.model.vocabulary import states
from accord.model.vocabulary.groups import groups
from accord.model.vocabulary.roles import roles
from accord.reading.actors.lexicon import Hit, title_hits
from accord.reading.actors.registry import Registry
from accord.reading.document import Document
from accord.reading.mentions import Mention, MentionForm

DEFINITE = frozenset({"the", "this", "that", "these", "those"})
"""Determiners that point to somebody already in view."""
_TITLED, _EARLY, _OPENING = 4, 2, 80
"""What a state's name counts for in the title and among the first tokens, and how many of these there are."""
STATE_KINDS = ("state", "demonym", "people", "capital", "seat")
"""Kinds of hits that lead to a state or the body whose seat it is."""


@dataclass
class Scene:
    """One report in the middle of being read for its actors."""

    document: Document
    hits: tuple[Hit, ...]
    registry: Registry
    titles: set[int]
    headlines: set[int]
    mentions: list[Mention] = field(default_factory=list)
    by_head: dict[int, Mention] = field(default_factory=dict)
    referent: dict[int, tuple[str, ...]] = field(default_factory=dict)
    home: str | None = None
    quoted: set[int] = field(default_factory=set)
    called: dict[str, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.hit_at: dict[int, Hit] = {i: hit for hit in self.hits for i in range(hit.start, hit.end)}
        self.quoted = quoted_tokens(self.doc)
        self.home = home_state(self.doc, self.hits, title_hits(self.document.report.title))

    @property
    def doc(self) -> Doc:
        """The parse."""
        return self.document.doc

    def actor_of(self, hit: Hit) -> str:
        """The id of the state or body that a hit leads to."""
        if hit.kind == "found":
            return hit.value
        if hit.kind == "body":
            return self.registry.body(hit.value).id
        return self.registry.named(hit.value).id

    def mention(
        self,
        start: int,
        end: int,
        actors: Iterable[str],
        form: MentionForm,
        why: str,
        *,
        head: int | None = None,
        heads: Iterable[int] = (),
        locative: bool = False,
    ) -> Mention:
        """Record a mention; a head that another mention already has stays with the first."""
        span = self.doc[start:end]
        root = span.root.i if head is None else head
        also = tuple(h for h in heads if h != root)
        made = Mention(start, end, root, tuple(dict.fromkeys(actors)), form, why, also, locative)
        self.mentions.append(made)
        for token in (root, *also):
            self.by_head.setdefault(token, made)
        return made

    def alias(self, actor: str, start: int, end: int) -> None:
        """Remember the words by which an actor was named."""
        self.registry[actor].aliases[" ".join(self.doc[start:end].text.split())] += 1


def quoted_tokens(doc: Doc) -> set[int]:
    """Tokens inside double quotation marks; a mark without its partner ends with its paragraph."""
    found: set[int] = set()
    opened: int | None = None
    for token in doc:
        if "\n" in token.text and token.is_space:
            opened = None
        elif token.text in ("“", "„", "«"):
            opened = token.i
        elif token.text in ("”", "»"):
            opened = None
        elif token.text in ('"', "``", "''"):
            opened = token.i if opened is None else None
        elif opened is not None:
            found.add(token.i)
    return found


DASHES = frozenset({"-", "–", "—", "--"})


def stands_apart(doc: Doc, i: int) -> bool:
    """Whether white space is on both sides of a token: a dash between thoughts, no hyphen."""
    return i > 0 and bool(doc[i - 1].whitespace_) and bool(doc[i].whitespace_)


def home_state(doc: Doc, hits: tuple[Hit, ...], titled: tuple[Hit, ...]) -> str | None:
    """The state that the report speaks of most; its title counts most, its first sentences twice.

    Towns do not count: reports are written in one country about another; nor do those who act abroad ("the Norwegian
    embassy", "Egyptian mediators"). A state's government beside its name counts for it. None where no state is named.
    """
    counts: Counter[str] = Counter()
    for hit in hits:
        if hit.kind in ("state", "demonym", "people", "seat") and is_state(hit) and not goes_between(doc, hit.end):
            counts[hit.value] += (_EARLY if hit.start < _OPENING else 1) + _governs(doc, hit.end)
    counts.update({hit.value: _TITLED for hit in titled if hit.kind != "capital" and is_state(hit)})
    if not counts:
        return next((hit.value for hit in hits if hit.kind == "capital"), None)
    best = max(counts.values())
    return next(value for value in counts if counts[value] == best)


def goes_between(doc: Doc, after: int) -> bool:
    """Whether the words from here on make a name that of a mediator, an embassy or a place: "Egyptian mediators"."""
    follow = [t.lower_ for t in doc[after : after + 3] if t.tag_ != "POS"]
    return bool(groups().go_betweens & {*follow[:1], " ".join(follow[:2])})


def _governs(doc: Doc, after: int) -> bool:
    """Whether a government or its head stands right after a state's name."""
    follow = [t.lower_ for t in doc[after : after + 3] if t.tag_ != "POS"]
    return bool((groups().government | roles().leaders) & {*follow[:1], " ".join(follow[:2])})


def is_state(hit: Hit) -> bool:
    """Whether a name leads to a state proper rather than a community or a territory named as a place."""
    entry = states.by_name().get(hit.value)
    return entry is not None and not entry.community and not entry.place


def noun_group(token: Token) -> Span:
    """The tokens from the leftmost modifier of a noun to the noun, its clauses and phrases after it left out."""
    left = token.i
    for child in token.lefts:
        if child.dep_ in ("det", "amod", "compound", "nmod", "poss", "nummod", "quantmod", "predet", "advmod", "punct"):
            left = min(left, child.left_edge.i)
    for i in range(left, token.i):  # what stands before a dash of its own is a dateline or an aside
        if token.doc[i].text in DASHES and i > left and stands_apart(token.doc, i):
            left = i + 1
    return token.doc[left : token.i + 1]


def determiner_of(token: Token) -> Token | None:
    """The article, pronoun or possessor that stands before a noun."""
    found = [c for c in token.lefts if c.dep_ in ("det", "poss") or c.tag_ == "PRP$"]
    return next((c for c in found if c.lower_ not in ("both", "all")), next(iter(found), None))


def doers(scene: Scene, token: Token) -> set[str]:
    """Who does what is done to or with a noun: nobody meets or rings up himself."""
    here = token
    for _ in range(4):
        if here.dep_ not in ("dobj", "pobj", "prep", "dative"):
            return set()
        here = here.head
        subject = next((c for c in here.children if c.dep_ in ("nsubj", "nsubjpass")), None)
        if subject is not None:
            mention = scene.by_head.get(subject.i)
            return set(mention.actors) if mention is not None else set()
    return set()


def armed_groups(scene: Scene) -> list[str]:
    """The armed groups that the report has named or told of so far."""
    for hit in scene.hits:
        if hit.kind == "body":
            scene.registry.body(hit.value)
    return sorted(key for key, draft in scene.registry.drafts.items() if draft.kind == "armed-group")


def subjects_above(scene: Scene, token: Token) -> set[str]:
    """The parties that do what is done to a noun: they are not it ("Russia wants to replace the government")."""
    verb = token.head
    for _ in range(5):
        subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
        if subject is not None:
            mentions = (scene.by_head.get(word.i) for word in (subject, *subject.conjuncts))
            actors = (a for mention in mentions if mention is not None for a in mention.actors)
            return {p for a in actors if (p := scene.registry.party_of(a)) is not None}
        if verb.head.i == verb.i:
            break
        verb = verb.head
    return set()
