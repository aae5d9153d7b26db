"""Wishes that stand beside their matter, and those that a condition tells: "no truce until the army leaves"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from accord.model.findings import Strength
from accord.model.vocabulary.cues import cues
from accord.model.vocabulary.stance import stance_cues
from accord.reading.attribution.candidate import Source
from accord.reading.attribution.sources import owner_of_noun, source_of_verb
from accord.reading.attribution.trees import child, children, has_to, is_passive, is_verb, reach
from accord.reading.conditions import condition_head
from accord.reading.context import Context
from accord.reading.matters import Form, Matter, find_matter
from accord.reading.stand import BE, Stand, after_comma, judged, lemma_of, whole

_FAR = 120  # tokens back to where the demands that a list takes up may stand


def find_wanted(token: Token) -> Iterator[Stand]:
    """ "The release of captives, a main demand of the rebels"; "one of Kosovo's requests, recognition"."""
    words = stance_cues()
    if token.lemma_.lower() not in words.wants:
        return
    made = _made(token)
    if made is not None:
        yield made
        return
    source = owner_of_noun(token, cues()) or _of_whom(token) or _of_earlier(token)
    strength: Strength = "demand" if token.lemma_.lower() in words.pressing else "preference"
    rule = f"wanted {token.lemma_.lower()}"
    if token.dep_ == "attr" and token.head.lemma_ in BE:
        matter = judged(token.head, token)
        if matter is not None and matter.head.pos_ != "PRON":
            yield Stand(token, matter, "for", strength, source, rule, 0.6)
        return
    if (
        token.dep_ == "pobj"
        and token.head.lower_ == "as"
        and token.head.head.lemma_ in ("serve", "act", "remain", "set")
    ):
        matter = judged(token.head.head)
        if matter is not None and matter.head.pos_ != "PRON":
            yield Stand(token, matter, "for", strength, source, rule, 0.6)
        return
    if source is None:
        return
    enumerated = _enumerated(token)
    if enumerated is not None:
        yield Stand(token, whole(enumerated), "for", strength, source, rule, 0.55)
        return
    other = child(token, "appos") or (child(token.head.head, "appos") if token.dep_ == "pobj" else None)
    other = other or (after_comma(token) if token.dep_ in ("pobj", "dobj") else None)
    if other is not None:
        yield Stand(token, whole(other), "for", strength, source, rule, 0.6)
    elif token.dep_ in ("appos", "npadvmod", "dobj") and token.head.i < token.i and _comma_before(token):
        yield Stand(token, _of_head(token), "for", strength, source, rule, 0.55)
    elif (verb := _predicate_of(token)) is not None:
        matter = find_matter(verb, ("to", "that", "for", "obj"))
        if matter is not None:
            yield Stand(token, matter, "for", strength, source, rule, 0.6)


def _made(noun: Token) -> Stand | None:
    """ "Made the withdrawal a precondition for talks", "made it a condition that the guerrillas disarm"."""
    verb = noun.head
    if verb.lemma_ not in ("make", "set") or noun.dep_ not in ("dobj", "ccomp", "oprd", "attr"):
        return None
    source = source_of_verb(verb, cues())
    what = next((c for h in (verb, noun) for c in children(h, "dobj", "nsubj") if verb.i < c.i < noun.i), None)
    if what is None or source is None:
        return None
    matter = find_matter(noun, ("that", "to")) if what.lower_ == "it" else whole(what)
    if matter is None or matter.head.pos_ == "PRON":
        return None
    return Stand(noun, matter, "for", "demand", source, f"wanted {noun.lemma_.lower()}", 0.6)


def find_barred(context: Context, noun: Token) -> Iterator[Stand]:
    """ "No talks until the troops leave", without a verb, in somebody's own words or a headline."""
    if not any(c.lower_ == "no" and c.dep_ == "det" for c in noun.lefts) or is_verb(noun.head):
        return
    condition, mark = condition_head(noun)
    if condition is None or mark not in ("until", "unless", "without", "before"):
        return
    if any(a.speakers for a in context.attributions.around(noun)):
        matter = Matter(noun, noun.left_edge.i, noun.i + 1, "phrase")
        yield Stand(noun, matter, "against", "red-line", None, f"verdict no {noun.lemma_.lower()}", 0.55)


def find_taken_up(verb: Token) -> Iterator[Stand]:
    """What demands told before are, where a pronoun takes them up: "These include the resignation of the president"."""
    subject = child(verb, "nsubj")
    if lemma_of(verb) not in stance_cues().listing or subject is None or subject.pos_ not in ("PRON", "DET"):
        return
    noun = verb.head if verb.dep_ == "relcl" else _last_wants(subject)
    if noun is None or noun.lemma_.lower() not in stance_cues().wants:
        return
    source, matter = owner_of_noun(noun, cues()) or _of_whom(noun), find_matter(verb, ("obj",))
    if source is not None and matter is not None:
        strength: Strength = "demand" if noun.lemma_.lower() in stance_cues().pressing else "preference"
        yield Stand(verb, matter, "for", strength, source, f"wanted {noun.lemma_.lower()}", 0.6)


def find_ultimatum(verb: Token) -> Iterator[Stand]:
    """ "Gave the rebels two days to leave the city", "set the army a deadline to withdraw"."""
    if lemma_of(verb) not in stance_cues().setting or is_passive(verb):
        return
    for span in children(verb, "dobj", "npadvmod", "prep"):
        noun = child(span, "pobj") if span.dep_ == "prep" and span.lower_ == "until" else span
        act = next((c for h in (span, verb) for c in children(h, "acl", "relcl", "xcomp", "advcl") if has_to(c)), None)
        if noun is None or act is None or noun.lemma_.lower() not in stance_cues().terms or act.i < noun.i:
            continue
        who = child(verb, "dative") or next((c for c in children(verb, "dobj") if c.i != noun.i), None)
        matter = Matter(act, act.left_edge.i, act.right_edge.i + 1, "infinitive", who)
        source = source_of_verb(verb, cues())
        if who is not None and source is not None:
            yield Stand(verb, matter, "for", "demand", source, "wanted deadline", 0.6)
        return


def _enumerated(noun: Token) -> Token | None:
    """The first of what stands in a list of demands: "demands such as X", "its demands, including X"."""
    for prep in children(noun, "prep"):
        if prep.lower_ in ("including", "like") or (prep.lower_ == "as" and prep.nbor(-1).lower_ == "such"):
            return child(prep, "pobj")
    if noun.dep_ == "pobj" and noun.head.lower_ == "among" and noun.head.head.lemma_ in BE:
        verb = noun.head.head
        return next((c for c in children(verb, "nsubj", "attr") if c.i > verb.i), None)
    return None


def _predicate_of(noun: Token) -> Token | None:
    """The verb that says what a demand is: "its demand is ...", "one of its aims is", "its demands include"."""
    here = noun
    if here.dep_ == "pobj" and here.head.lower_ == "of" and here.head.head.pos_ in ("NUM", "PRON", "DET"):
        here = here.head.head
    verb = here.head
    said = here.dep_ == "nsubj" and (verb.lemma_ in BE or lemma_of(verb) in stance_cues().listing)
    return verb if said else None


def _of_earlier(noun: Token) -> Source | None:
    """Whose "the first demand" is: of whoever had demands when they were last spoken of."""
    if not any(c.lower_ in ("the", "this", "that") or c.ent_type_ == "ORDINAL" for c in noun.lefts):
        return None
    before = _last_wants(noun, noun.lemma_.lower())
    if before is None:
        return None
    owner = owner_of_noun(before, cues()) or _of_whom(before)
    if owner is not None:
        return owner
    verb = before.head
    return source_of_verb(verb, cues()) if before.dep_ == "dobj" and is_verb(verb) else None


def _last_wants(token: Token, lemma: str | None = None) -> Token | None:
    """The last noun of wanting before a word, not far back, that somebody has: "their demands", "outlined demands"."""
    for near in reversed(token.doc[max(0, token.i - _FAR) : token.left_edge.i]):
        if near.pos_ != "NOUN" or near.lemma_.lower() not in stance_cues().wants:
            continue
        if lemma is not None and near.lemma_.lower() != lemma:
            continue
        owned = child(near, "poss") is not None or _of_whom(near) is not None
        if owned or (near.dep_ == "dobj" and is_verb(near.head) and child(near.head, "nsubj") is not None):
            return near
        if lemma is None:
            return None
    return None


def find_demanded(stand: Stand) -> Iterator[Stand]:
    """What the condition of a stance asks for: "refused talks until the army left" asks the army to leave."""
    if stand.rule.startswith("condition"):
        return
    head, mark = condition_head(stand.cue, stand.matter.head, *children(stand.matter.head, "xcomp"))
    if head is None or not _is_asked(stand, mark, head):
        return
    start, end = reach(head)
    form: Form = "clause" if is_verb(head) else "phrase"
    own = next((c for c in head.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    start = next((t.i for t in head.doc[start:end] if t.lower_ != mark), start)
    matter = Matter(head, start, end, form, own)
    rule = f"condition {mark}"
    yield replace(stand, matter=matter, stance="for", strength="demand", rule=rule, confidence=0.5, said=None)


def _is_asked(stand: Stand, mark: str, head: Token) -> bool:
    """Whether a condition with this mark tells what the holder of a stance asks for."""
    words, (kind, _, word) = stance_cues(), stand.rule.partition(" ")
    if mark in ("unless", "until") and is_verb(head) and (word in words.threats or kind == "modal"):
        return True  # "threatened to attack unless they leave", "will fight on until they leave"
    if stand.stance == "open":
        return False
    return mark in words.asking if stand.stance == "for" else mark in ("until", "unless", "without", "before")


def _comma_before(token: Token) -> bool:
    start = token.left_edge.i
    return start > 0 and token.doc[start - 1].text == ","


def _of_head(token: Token) -> Matter:
    head = token.head
    start, end = head.left_edge.i, token.left_edge.i
    return Matter(
        head, start, max(end, head.i + 1), "clause" if is_verb(head) else "phrase", child(head, "nsubj", "nsubjpass")
    )


def _of_whom(noun: Token) -> Source | None:
    for prep in children(noun, "prep"):
        who = child(prep, "pobj")
        if prep.lower_ in ("of", "for") and who is not None:
            return Source((who.left_edge.i, who.right_edge.i + 1), who, "of")
    return None
