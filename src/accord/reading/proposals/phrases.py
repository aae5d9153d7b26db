"""Questions about the noun phrases and verbs that name deals: what stands beside a noun, what it is about."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from accord.model.findings import ProposalKind
from accord.model.vocabulary.proposals import DealAct, DealNoun, proposal_words
from accord.reading.events.arguments import of_verb

BESIDE = ("compound", "amod", "nmod", "nummod", "npadvmod")
ABOUT = frozenset(
    {"for", "of", "on", "about", "to", "toward", "towards", "regarding", "as", "in", "over", "from", "at", "with"}
)
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both"})
_OBJECT_OF = ("from", "in", "to", "on", "of", "into", "by")
_MOST = 8


def match_act(verb: Token) -> DealAct | None:
    """The entry for a verb and its object, or None."""
    for form in proposal_words().acts.get(verb.lemma_.lower(), ()):
        around = of_verb(verb)
        heads = [*around.objects, *around.after(*_OBJECT_OF)]
        heads += [c for c in verb.children if c.dep_ == "xcomp" and c.tag_ == "VBG"]  # "stop fighting"
        found = {w for head in heads for w in phrase_words(head)}
        if found & form.objects and not found & form.without:
            return form
    return None


def content_words(verb: Token) -> Iterator[str]:
    """The lemmas of what a verb takes."""
    for word in verb.subtree:
        if word.i > verb.i and word.pos_ in ("NOUN", "PROPN", "ADJ", "ADV") and word.i - verb.i < 15:
            yield word.lemma_.lower()


def nouns(doc: Doc) -> Iterator[tuple[int, DealNoun]]:
    """Every noun that may name a proposal, by token."""
    entries = proposal_words().nouns
    for token in doc:
        if token.pos_ not in ("NOUN", "PROPN", "ADJ", "VERB"):
            continue
        lower = token.lower_
        found = entries.get(token.lemma_.lower()) or entries.get(lower) or entries.get(lower.removesuffix("s"))
        for noun in found or ():
            if token.pos_ in ("VERB", "ADJ") and (noun.kind != "ceasefire" or noun.beside):
                continue
            if _stands_before(token, noun.before):
                yield token.i, noun
                break


def is_definite(head: Token) -> bool:
    """Whether the noun phrase begins with an article or a possessor, also where the parser hangs it on a modifier."""
    before = [head, *(c for c in head.lefts if c.dep_ in BESIDE)]
    return any(c.dep_ == "poss" or (c.dep_ == "det" and c.lower_ in _DEFINITE) for w in before for c in w.lefts)


def _stands_before(token: Token, words: tuple[str, ...]) -> bool:
    here = token.i - 1
    for word in reversed(words):
        while here >= 0 and token.doc[here].text in ("-", "–"):
            here -= 1
        if here < 0 or token.doc[here].lower_ != word:
            return False
        here -= 1
    return True


def outer(token: Token, nouns: dict[int, DealNoun]) -> int | None:
    """The mention of whose name this noun is a part: "truce" in "proposal for a truce", "ceasefire deal"."""
    here = token
    for _ in range(_MOST):
        head = here.head
        if head.i == here.i:
            return None
        if here.dep_ in (*BESIDE, "conj") and head.i in nouns and here.i < head.i:
            return head.i
        if here.dep_ == "pobj" and head.dep_ == "prep" and head.lower_ in ABOUT and head.head.i in nouns:
            return None if nouns[head.head.i].kind == "ceasefire" else head.head.i
        if here.dep_ == "dobj" and head.dep_ in ("acl", "relcl") and head.head.i in nouns and _infinitive(head):
            return head.head.i if head.lemma_.lower() in proposal_words().carrying_verbs else None
        if here.dep_ not in BESIDE:
            return None
        here = head
    return None


def is_label(token: Token) -> bool:
    """Whether the noun only stands before another that is no deal: "ceasefire monitors", "truce talks"."""
    return token.dep_ in ("compound", "nmod", "amod") and token.head.i > token.i


def is_bare(head: Token) -> bool:
    """Whether an open noun stands bare: "in agreement"."""
    if not any(c.dep_ in ("det", "poss", *BESIDE) for c in head.children):
        return head.tag_ == "NN" and not under_without(head)
    return False


def is_any(head: Token) -> bool:
    """Whether no deal in particular is meant: "any plan that would"; not "without any deal"."""
    open_ = any(c.lower_ in ("any", "whatever", "whichever") and c.dep_ == "det" for c in head.children)
    return open_ and not under_without(head)


def is_vague(head: Token, noun: DealNoun, kind: ProposalKind | None) -> bool:
    """Whether a noun in the plural names nothing in particular: "plans for a new port", "past agreements"."""
    if head.tag_ != "NNS" or noun.kind is not None or noun.takes_up:
        return False
    if not noun.implied:
        told = any(c.dep_ in ("acl", "relcl") and c.lemma_.lower() in proposal_words().made for c in head.children)
        return kind is None and not told and not is_definite(head) and not any(names(head))
    if (kind and not noun.single) or (not noun.single and is_definite(head)):
        return False
    return not any(w in proposal_words().topics for c in head.lefts if c.dep_ in BESIDE for w in phrase_words(c))


def is_for_meeting(head: Token) -> bool:
    """Whether a plan or agreement is for a meeting only: "a proposal for talks", "an agreement to meet"."""
    forums = proposal_words().forums
    verbs = [head, head.head] if head.dep_ in ("dobj", "nsubjpass") else [head]
    for verb in (c for over in verbs for c in over.children if c.dep_ in ("acl", "xcomp", "advcl") and _infinitive(c)):
        held = any(o.lemma_.lower() in forums for o in of_verb(verb).objects)
        if verb.i > head.i and (held or verb.lemma_.lower() in proposal_words().forum_verbs):
            return True
    return any(
        inner.lemma_.lower() in forums
        for child in head.children
        if child.dep_ == "prep" and child.lower_ in ("for", "of", "on")
        for inner in child.children
    )


def beside(head: Token) -> Iterator[str]:
    """The words that stand beside the noun: before it, and in the phrases and clauses that complete it."""
    for child in head.children:
        if child.dep_ in BESIDE and child.i < head.i:
            yield from phrase_words(child)
        elif child.dep_ == "prep" and child.lower_ in ABOUT:
            for inner in child.children:
                if inner.dep_ in ("pobj", "pcomp"):
                    yield from phrase_words(inner)
        elif child.dep_ in ("acl", "relcl") and (child.tag_ == "VBG" or _infinitive(child)):
            yield from content_words(child)


def phrase_words(head: Token) -> Iterator[str]:
    """Lemmas and forms of a noun phrase: its head, what stands before it, and what "of" and "on" add."""
    yield head.lemma_.lower()
    yield head.lower_
    for child in head.children:
        if child.dep_ in (*BESIDE, "quantmod", "conj"):
            yield from phrase_words(child)
        elif child.dep_ == "prep" and child.lower_ in ("of", "on", "for", "in", "to", "from"):
            for inner in child.children:
                if inner.dep_ == "pobj":
                    yield from phrase_words(inner)


def topic(head: Token) -> ProposalKind | None:
    """What an open noun is about: by the words before it, else by what follows "on", "for" or "to"."""
    words = proposal_words()
    before: set[str] = set()
    after: set[str] = set()
    acts: list[ProposalKind] = []
    for child in (*head.children, *_hung_late(head)):
        if child.dep_ in (*BESIDE, "dep") and child.i < head.i:
            before.update(phrase_words(child))
        elif child.dep_ == "prep" and child.lower_ in ABOUT:
            for inner in child.children:
                if inner.dep_ == "pobj":
                    after.update(phrase_words(inner))
                elif inner.dep_ == "pcomp":
                    acts.extend(kinds_told(inner))
        elif child.dep_ in ("acl", "relcl"):
            acts.extend(kinds_told(child))
    for found in (before, after):
        kinds = {words.topics[w] for w in found if w in words.topics}
        if kinds:
            return next(kind for kind in words.topic_order if kind in kinds)
    return acts[0] if acts else None


def _hung_late(head: Token) -> Iterator[Token]:
    """What the parse has hung on the verb though it completes the noun: "rejected an offer from them for a truce"."""
    after = head.right_edge.i + 1
    if head.dep_ == "dobj" and after < len(head.doc) and head.doc[after].dep_ == "prep":
        late = head.doc[after]
        if late.head.i == head.head.i and late.lower_ in ("for", "of", "on"):
            yield late


def kinds_told(verb: Token) -> Iterator[ProposalKind]:
    """The kinds that a clause under a noun tells: "a deal to free hostages", "a plan that would end the war"."""
    for word in (verb, *(c for c in verb.children if c.dep_ in ("xcomp", "conj", "advcl", "ccomp"))):
        form = match_act(word)
        if form is not None:
            yield form.kind
        elif word.lemma_.lower() in proposal_words().carrying_verbs:
            for head in of_verb(word).objects:
                if head.i == verb.head.i:
                    continue
                kinds = {proposal_words().topics[w] for w in phrase_words(head) if w in proposal_words().topics}
                yield from (kind for kind in proposal_words().topic_order if kind in kinds)


def narrowed(kind: ProposalKind, words: frozenset[str]) -> ProposalKind:
    """A ceasefire that is limited in time, arms or place is a partial truce."""
    return "partial-truce" if kind == "ceasefire" and words & proposal_words().partial else kind


def numbers(head: Token) -> frozenset[str]:
    """The numbers before the noun, with their measure: "30-day", "nine-for-nine"."""
    found: set[str] = set()
    for child in head.children:
        if child.i < head.i and child.dep_ in BESIDE:
            number = next((t for t in child.subtree if t.like_num), None)
            if number is not None:
                found.add(f"{number.lower_} {child.lemma_.lower() if child.i != number.i else ''}".strip())
    return frozenset(found)


def names(head: Token) -> Iterator[Token]:
    """The proper names before the noun: "Easter truce", "Black Sea ceasefire"."""
    for child in head.children:
        if child.dep_ in BESIDE and child.i < head.i:
            known = proposal_words().topics
            own = (t for t in child.subtree if t.pos_ == "PROPN" and t.lemma_.lower() not in known)
            yield from (t for t in own if t.nbor(1).text != "-" or t.nbor(2).tag_ != "VBN")  # not "UN-drafted"


def places(head: Token) -> Iterator[str]:
    """The proper names after it: "truce in Gaza"."""
    for child in head.children:
        if child.dep_ == "prep" and child.lower_ in ("in", "for", "over", "during"):
            yield from (t.lower_ for inner in child.children for t in inner.subtree if t.pos_ == "PROPN")


def under_without(head: Token) -> bool:
    """Whether the noun stands after "without", also past what only carries it."""
    here = head
    for _ in range(4):
        if here.dep_ == "pobj" and here.head.lower_ == "without":
            return True
        if here.dep_ == "pobj" and here.head.lower_ in ("of", "on") and here.head.head.pos_ == "NOUN":
            here = here.head.head
        else:
            return False
    return False


def _infinitive(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)
