"""Verdicts on a matter: "X is unacceptable", "it is too early to X", "called X illegal", "talks are the only way"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from accord.model.findings import Stance, Strength
from accord.model.vocabulary.cues import cues
from accord.model.vocabulary.stance import StanceCue, stance_cues
from accord.reading.attribution.candidate import Source
from accord.reading.attribution.sources import source_of_verb
from accord.reading.attribution.trees import child, children, is_passive
from accord.reading.matters import Form, Matter, find_matter
from accord.reading.modality import negated
from accord.reading.stand import BE, Stand, judged, lemma_of

_PARTS = ("acomp", "attr", "oprd", "advmod")
_SMALL = ("oprd", "acomp", "attr", "ccomp", "xcomp", "amod", "pobj", "pcomp", "advcl")
_SINGLE = frozenset({"only", "sole", "best", "right", "one", "viable", "single", "proper"})


def find_verdicts(verb: Token) -> Iterator[Stand]:
    """The verdict that a clause of being, or of calling something so, passes."""
    if lemma_of(verb) in stance_cues().appraising:
        yield from _appraised(verb)
    elif verb.tag_ == "VBN" and child(verb, "auxpass") is not None:
        yield from _found(verb, stance_cues().verdicts.get(verb.lower_), verb, f"verdict {verb.lower_}")
    if verb.lemma_ not in BE:
        return
    said = child(verb, "acomp", "attr", "oprd") or child(verb, "advmod")
    if child(verb, "expl") is not None:
        yield from _existing(verb, child(verb, "attr", "dobj"))
        return
    if said is not None:
        parts = [*children(verb, *_PARTS), *children(said, "amod")]
        word = next((p for p in parts if _verdict(p) is not None), None)
        if word is not None:
            cue = _verdict(word)
            found = list(_found(verb, cue, word, f"verdict {cue.word}" if cue else ""))
            if found:
                yield from found
                return
    if said is not None and _is_single(said) and not negated(verb):
        matter = judged(verb, said)
        if matter is not None:
            yield Stand(verb, matter, "for", "demand", None, f"verdict {said.lower_}", 0.6)
            return
    if said is not None and said.lemma_.lower() == "time" and negated(verb):
        matter = find_matter(said, ("for", "to"))
        if matter is not None:  # "this is not the time for talks"
            yield Stand(verb, matter, "against", "demand", None, "verdict not the time", 0.55)
            return
    yield from _phrased(verb, said)


def _verdict(word: Token) -> StanceCue | None:
    """The verdict of a word; "too early", not "early"."""
    cue = stance_cues().verdicts.get(_prefixed(word))
    if cue is None and any(c.lower_ == "too" for c in word.children):
        cue = stance_cues().verdicts.get(f"too {word.lower_}")
    return cue


def _found(verb: Token, cue: StanceCue | None, word: Token, rule: str) -> Iterator[Stand]:
    if cue is None:
        return
    firm: tuple[Stance, Strength] | None = (cue.stance, cue.strength)
    if negated(verb) or negated(word):
        firm = cue.negated
    matter = judged(verb, word)
    if firm is None or matter is None:
        return
    if word.dep_ in ("attr", "amod") and cue.whole and not negated(verb) and matter.form == "phrase":
        matter = Matter(verb, matter.start, verb.right_edge.i + 1, "clause", matter.head)
    yield Stand(verb, matter, *firm, None, rule, 0.65)


def _phrased(verb: Token, said: Token | None) -> Iterator[Stand]:
    closed = _closed(verb)
    matter = judged(verb, said)
    if closed and matter is not None and (not negated(verb) or closed.split(" ", 1)[0] in ("not", "never")):
        yield Stand(verb, matter, "against", "red-line", _for_whom(verb), f"verdict {closed}", 0.6)


def _prefixed(word: Token) -> str:
    """The lemma with a "non-" that stands before it as words of its own."""
    before = word.doc[max(0, word.i - 2) : word.i].text.lower()
    return f"non-{word.lemma_.lower()}" if before == "non-" else word.lemma_.lower()


def _is_single(noun: Token) -> bool:
    """Whether a noun says that something is the way to go: "the only answer", "the best option"."""
    return noun.lemma_.lower() in stance_cues().ways and any(c.lower_ in _SINGLE for c in noun.children)


def _existing(verb: Token, noun: Token | None) -> Iterator[Stand]:
    """ "There is no alternative to talks", "there is no military solution"."""
    if noun is None or not (negated(noun) or negated(verb)):
        return
    if noun.lemma_.lower() in stance_cues().needless:
        matter = find_matter(noun, ("for", "to", "of", "in"))
        if matter is not None:
            yield Stand(verb, matter, "against", "demand", None, f"verdict no {noun.lemma_.lower()}", 0.55)
        return
    if noun.lemma_.lower() in stance_cues().alternatives:
        for prep in children(noun, "prep"):
            other = child(prep, "pobj", "pcomp")
            if prep.lower_ in ("to", "but", "than") and other is not None:
                form: Form = "gerund" if prep.lower_ != "but" and other.tag_ == "VBG" else "phrase"
                matter = Matter(other, other.left_edge.i, other.right_edge.i + 1, form)
                yield Stand(verb, matter, "for", "red-line", None, "verdict no alternative", 0.6)
                return


def _closed(verb: Token) -> str | None:
    after = [t.lower_ for t in verb.doc[verb.i + 1 : verb.right_edge.i + 1] if not t.is_quote]
    for phrase in stance_cues().closed:
        n = len(phrase)
        if any(tuple(after[k : k + n]) == phrase for k in range(min(4, len(after)))):
            return " ".join(phrase)
    return None


def _for_whom(verb: Token) -> Source | None:
    """Kyiv in "this is a red line for Kyiv"."""
    for token in verb.subtree:
        if token.lower_ == "for" and token.dep_ == "prep" and token.i > verb.i:
            noun = child(token, "pobj")
            if noun is not None:
                return Source((noun.left_edge.i, noun.right_edge.i + 1), noun, "for")
    return None


def _appraised(verb: Token) -> Iterator[Stand]:
    """ "Described the vote as rigged", "called the plan a non-starter", "considers the island part of its land"."""
    if negated(verb):
        return
    noun = child(verb, "dobj", "nsubjpass")
    words = [t for host in (verb, *children(verb, "prep", "ccomp", "xcomp")) for t in _told(host)]
    if noun is not None and noun.i > verb.i and noun.doc[noun.right_edge.i].pos_ == "ADJ":
        words.append(
            noun.doc[noun.right_edge.i]
        )  # "called the demand for a corridor unacceptable", parsed as one phrase
    for word in words:
        cue = _verdict(word)
        if cue is None or word.i < verb.i:
            continue
        inner = child(word, "nsubj") or child(word.head, "nsubj") if noun is None else noun
        if inner is None or inner.i == verb.i or (inner.i < verb.i and not is_passive(verb)):
            return
        matter = Matter(inner, inner.left_edge.i, min(inner.right_edge.i + 1, word.i), "phrase")
        if matter.end <= matter.start:
            return
        asked = stance_cues().nouns.get(inner.lemma_.lower())
        behind = find_matter(inner, asked.takes) if asked is not None and asked.stance == "for" else None
        if behind is not None:
            matter = replace(behind, end=max(behind.head.i + 1, min(behind.end, word.i)))
        firm = cue.negated if negated(word) else (cue.stance, cue.strength)
        if firm is not None:
            source = source_of_verb(verb, cues())
            # the verdict word tells the issue with the noun: "the government ... illegitimate"
            wide = replace(matter, end=max(matter.end, word.i + 1))
            yield Stand(verb, matter, *firm, source, f"verdict {cue.word}", 0.6, said=wide)
        return


def _told(host: Token) -> list[Token]:
    """The words that say what something is called."""
    found = [c for c in host.children if c.dep_ in _SMALL]
    return [w for c in found for w in (c, *[a for a in c.children if a.dep_ in ("amod", "acomp", "attr", "oprd")])]
