"""What the finders of one report share: the parse, the names that are known, the actors and mentions so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span, Token

from accord.model.vocabulary import states
from accord.reading.actors.lexicon import Hit
from accord.reading.actors.registry import Registry
from accord.reading.document import Document
from accord.reading.mentions import Mention, MentionForm

DEFINITE = frozenset({"the", "this", "that", "these", "those"})
"""Determiners that point to somebody already in view."""
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
        self.home = home_state(self.hits, self.doc)

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


def home_state(hits: tuple[Hit, ...], doc: Doc) -> str | None:
    """The state that the report speaks of most, the first sentences counted twice; None where it names none."""
    counts: Counter[str] = Counter()
    for hit in hits:
        entry = states.by_name().get(hit.value)
        if hit.kind in STATE_KINDS and entry is not None and not entry.community:
            counts[hit.value] += 2 if hit.start < 80 else 1
    if not counts:
        return None
    best = max(counts.values())
    return next(hit.value for hit in hits if counts.get(hit.value) == best)


def noun_group(token: Token) -> Span:
    """The tokens from the leftmost modifier of a noun to the noun, its clauses and phrases after it left out."""
    left = token.i
    for child in token.lefts:
        if child.dep_ in ("det", "amod", "compound", "nmod", "poss", "nummod", "quantmod", "predet", "advmod", "punct"):
            left = min(left, child.left_edge.i)
    return token.doc[left : token.i + 1]


def determiner_of(token: Token) -> Token | None:
    """The article, pronoun or possessor that stands before a noun."""
    return next((c for c in token.lefts if c.dep_ in ("det", "poss") or c.tag_ == "PRP$"), None)
