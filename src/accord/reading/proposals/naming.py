"""What a reader would call a proposal, and its terms, in the words of the report."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from accord.model.vocabulary.proposals import proposal_words
from accord.reading.context import Context
from accord.reading.events.arguments import VERBS, of_verb
from accord.reading.proposals.clusters import Cluster
from accord.reading.proposals.deals import Deal

_ABOUT = frozenset({"for", "of", "on", "between", "to", "with"})
_COMPLETES = _ABOUT | {"in"}
_PLACED = ("ceasefire", "partial-truce", "withdrawal", "guarantee")
_CLAUSES = ("relcl", "acl", "advcl", "appos")
_LONGEST_NAME = 9
_LONGEST_TERM = 40
_MOST_TERMS = 8
_QUOTES = frozenset('“”"«»')
_BEFORE = ("compound", "amod", "nmod", "nummod", "poss", "npadvmod", "dep")


def name(cluster: Cluster, doc: Doc) -> str:
    """The name that tells most in few words: what stands before the noun, and a short phrase that completes it."""
    named = [(_text(doc, *_span(deal)), deal) for deal in cluster.deals if deal.noun and not deal.noun.takes_up]
    acts = [(_act(doc, deal), deal) for deal in cluster.deals if deal.noun is None]
    found = [(text, deal) for text, deal in (*named, *acts) if text]
    return max(found, key=lambda pair: _telling(*pair))[0] if found else "agreement"


def naming_deal(cluster: Cluster) -> Deal:
    """The mention that tells most."""
    return max(cluster.deals, key=lambda d: (d.noun is not None, len(d.words) + len(d.names) + len(d.numbers), -d.at))


def _telling(text: str, deal: Deal) -> tuple[bool, bool, bool, int, int]:
    """How well a text names: whether it is a noun, tells the kind, has words of its own, and is short."""
    vague = proposal_words().vague
    words = [w for w in text.lower().replace("-", " ").split() if len(w) > 2 and w not in vague]
    kind = deal.kind is not None and not deal.denied
    return len(words) > 1 and not deal.denied, deal.noun is not None, kind, min(len(words), 3), -len(text)


def _span(deal: Deal) -> tuple[int, int]:
    head = deal.head
    start, end = head.i, head.i + 1
    for child in head.lefts:
        if child.dep_ in _BEFORE and not _is_idle(child):
            start = min(start, child.left_edge.i)
    if start < head.i and head.doc[start].dep_ in ("det", "punct"):
        start += 1
    if _tells(deal, start):
        return start, end
    for child in head.rights:
        completes = child.dep_ == "prep" and child.lower_ in (_COMPLETES if deal.kind in _PLACED else _ABOUT)
        acts = deal.noun is not None and deal.noun.kind is None and _is_infinitive(child)
        stop = min(
            [child.right_edge.i + 1, *(t.left_edge.i for t in child.subtree if t.dep_ in _CLAUSES and t.i > child.i)]
        )
        if not (completes or acts) or child.left_edge.i != end or stop - start > _LONGEST_NAME:
            break
        end = stop
    return start, end


def _is_idle(child: Token) -> bool:
    """Whether a word before the noun tells nothing of the proposal: "controversial", "her"."""
    return child.tag_ == "PRP$" or (child.dep_ == "amod" and child.lemma_.lower() in proposal_words().vague)


def _tells(deal: Deal, start: int) -> bool:
    """Whether the words from `start` to the noun tell what it is about."""
    before = {t.lemma_.lower() for t in deal.head.doc[start : deal.head.i]}
    own = deal.noun is not None and deal.noun.kind is not None
    return bool(before) and (own or bool(before & set(proposal_words().topics)))


def _is_infinitive(verb: Token) -> bool:
    return verb.dep_ in ("acl", "relcl") and any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def _text(doc: Doc, start: int, end: int) -> str:
    """The words of some tokens, quotation marks left out."""
    parts = (t.text_with_ws.removeprefix(t.text) if t.text in _QUOTES else t.text_with_ws for t in doc[start:end])
    return " ".join("".join(parts).split()).rstrip(",;:.")


def _act(doc: Doc, deal: Deal) -> str:
    """A verb with its object as a name: "halt to strikes on energy sites", "exchange of prisoners"."""
    heads = of_verb(deal.head).objects or of_verb(deal.head).after("from", "in", "of")
    if deal.act is None or not heads:
        return ""
    start, end = heads[0].left_edge.i, heads[0].right_edge.i + 1
    if doc[start].dep_ in ("det", "poss"):
        start += 1
    for child in heads[0].rights:
        if child.dep_ in ("relcl", "acl", "appos", "punct", "npadvmod", "cc", "advmod"):
            end = min(end, child.left_edge.i)
    return f"{deal.act.called} {_text(doc, start, min(end, start + _LONGEST_NAME))}".strip()


def terms(cluster: Cluster, context: Context) -> tuple[str, ...]:
    """What the proposal says, as the report puts it: "under the deal", "the plan calls for", "a deal to"."""
    doc = context.document.doc
    found: list[str] = []
    for deal in cluster.deals:
        for start, end in _told(deal):
            text = _text(doc, start, min(end, start + _LONGEST_TERM))
            if text and not any(text in one or one in text for one in found):
                found.append(text)
    return tuple(found[:_MOST_TERMS])


def _told(deal: Deal) -> Iterator[tuple[int, int]]:
    head, words = deal.head, proposal_words()
    if deal.noun is None:
        yield head.i, head.right_edge.i + 1
        return
    for child in head.children:
        if child.dep_ in ("acl", "relcl") and child.i > head.i and _is_content(child):
            yield _without_relative(child)
    verb = head.head
    if head.dep_ == "nsubj" and verb.pos_ in VERBS and verb.lemma_.lower() in words.contents and not deal.denied:
        yield verb.i, verb.right_edge.i + 1
    if head.dep_ == "pobj" and head.head.lower_ in words.under and head.head.head.pos_ in VERBS:
        clause = head.head.head
        yield from _around(clause, head.head)


def _is_content(verb: Token) -> bool:
    """Whether a clause under the noun tells what it contains and not what became of it."""
    if any(c.dep_ == "aux" and c.lower_ in ("to", "would", "will", "could") for c in verb.children):
        return True
    return verb.lemma_.lower() in proposal_words().contents and verb.tag_ in ("VBG", "VBZ", "VBP", "VBD")


def _without_relative(verb: Token) -> tuple[int, int]:
    start = verb.left_edge.i
    if verb.doc[start].tag_ in ("WDT", "WP") or verb.doc[start].lower_ == "that":
        start += 1
    return start, verb.right_edge.i + 1


def _around(clause: Token, phrase: Token) -> Iterator[tuple[int, int]]:
    """The clause without "under the deal" at its beginning or end."""
    start, end = clause.left_edge.i, clause.right_edge.i + 1
    if phrase.left_edge.i <= start + 1:
        start = phrase.right_edge.i + 1
    elif phrase.right_edge.i >= end - 2:
        end = phrase.left_edge.i
    while start < end and (clause.doc[start].is_punct or clause.doc[start].is_space):
        start += 1
    while end > start and (clause.doc[end - 1].is_punct or clause.doc[end - 1].is_space):
        end -= 1
    if end > start:
        yield start, end
