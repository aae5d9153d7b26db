"""Reads what stands beside a person's name: title, role, the body or state spoken for, age, "former"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from spacy.tokens import Token

from accord.model.vocabulary import roles
from accord.model.vocabulary.roles import RoleClass
from accord.reading.actors.lexicon import Hit
from accord.reading.actors.scene import Scene, noun_group

_INSIDE = frozenset({"JJ", "JJR", "JJS", "NN", "NNP", "NNPS", "VBN", "VBG", "RB", "HYPH", "CD", "POS", "AFX", "NNS"})
_OF = frozenset({"of", "for", "at", "with", "from", "in", "to", "on"})
_PAST = re.compile(r"(?:18|19|20)\d0s$|the-\d0s$")
_REACH = 14


@dataclass
class RolePhrase:
    """A role beside a name: its noun at `noun`, its words, and the known names before and after the noun."""

    left: int
    right: int
    noun: int | None = None
    kind: RoleClass | None = None
    title: str = ""
    before: list[Hit] = field(default_factory=list)
    after: list[Hit] = field(default_factory=list)
    former: bool = False
    age: bool = False


def role_class(token: Token) -> RoleClass | None:
    """The class of the role that a token heads, looking at the set phrase it ends."""
    classes = roles.class_of()
    doc = token.doc
    for width in (5, 4, 3, 2):
        if token.i - width + 1 >= 0:
            phrase = " ".join(t.lower_ for t in doc[token.i - width + 1 : token.i + 1])
            if phrase in classes:
                return classes[phrase]
    return classes.get(token.lower_) or (classes.get(token.lemma_.lower()) if token.tag_ == "NNS" else None)


def before_name(scene: Scene, start: int) -> RolePhrase:
    """The role before a name: "former United Nations Secretary-General", "the chairman of the African Union"."""
    doc, found = scene.doc, RolePhrase(start, start)
    apposed = _apposed(scene, start)
    if apposed is not None:
        return apposed
    i, noun, words = start - 1, None, 0
    past_of = False
    first = doc[start].sent.start
    comma = i >= first and doc[i].text == "," and _comma_joins(scene, i, start)
    if comma:
        i -= 1
    while i >= first and words < _REACH:
        token = doc[i]
        hit = scene.hit_at.get(i)
        if hit is not None and hit.kind != "none":
            (found.before if noun is None or not past_of or i < noun else found.after).insert(0, hit)
            i = hit.start - 1
            words += 1
            continue
        if i in scene.titles and token.tag_ not in ("VB", "VBD", "VBZ", "VBP"):
            if token.tag_ == "NNS" and not _plural_title(scene, i, start):
                break
            if noun is None:
                noun = i
                if past_of:
                    found.after, found.before = found.before + found.after, []
        elif token.lower_ in ("of", "for", "to") and noun is None and words:
            past_of = True
        elif token.tag_ in ("DT", "PRP$"):
            if noun is not None or doc[i - 1].lower_ not in ("of", "for", "to"):
                i -= 1
                break
        elif (
            (token.tag_ == "CC" and noun is not None and i - 1 in scene.titles)
            or token.text in ("&",)
            or (token.text == "-" and not doc[i - 1].whitespace_)
        ):
            pass
        elif (
            token.tag_ not in _INSIDE
            or (token.tag_ in ("VBN", "VBG") and token.dep_ not in ("amod", "compound"))
            or (token.tag_ == "NNS" and noun is None and not past_of)
            or (i in scene.referent and noun is None and not past_of)
        ):
            break
        words += 1
        i -= 1
    left = i + 1
    if noun is None:
        if found.before and found.before[-1].end >= start - 2 and not past_of and not comma:
            found.left = found.before[-1].start
            found.before = found.before[-1:]
            return found
        return RolePhrase(start, start)
    while left < noun and doc[left].tag_ in ("RB", "IN", "CC"):
        left += 1
    found.left, found.noun, found.kind = left, noun, role_class(doc[noun])
    _finish(scene, found, left, noun)
    return found


def _apposed(scene: Scene, start: int) -> RolePhrase | None:
    """The role before a comma where the parse shows it: "its special envoy to the talks, Bernard Aronson"."""
    doc = scene.doc
    if start < 2 or doc[start - 1].text != "," or doc[start].is_sent_start:
        return None
    name = doc[start]
    while name.dep_ == "compound" and name.head.i > name.i:
        name = name.head
    noun = name.head
    if name.dep_ != "appos" or noun.i not in scene.titles or noun.tag_ not in ("NN", "NNP") or noun.i > start:
        return None
    left = noun_group(noun).start
    found = RolePhrase(left, start, noun.i, role_class(noun))
    for i in range(left, start):
        hit = scene.hit_at.get(i)
        if hit is not None and hit.start == i and hit.kind != "none":
            if i < noun.i:
                found.before.append(hit)
            elif doc[i - 1].lower_ in ("of", "from", "at") or doc[i - 2].lower_ in ("of", "from", "at"):
                found.after.append(hit)
    _finish(scene, found, left, noun.i)
    return found


def after_name(scene: Scene, end: int) -> RolePhrase:
    """The role after a name: ", the former U.S. ambassador to NATO,", ", 72,", ", an expert with the ...,"."""
    doc, found = scene.doc, RolePhrase(end, end)
    n = doc[end - 1].sent.end
    if end >= n or doc[end].text not in (",", "(", "–", "—", "-"):
        return found
    i = end + 1
    if i < n and doc[i].tag_ == "CD" and doc[i].text.isdigit() and len(doc[i].text) < 4:
        found.age = True
        if not (i + 1 < n and doc[i + 1].text == ","):
            return found
        i += 2
    start, noun, inside, owning, words = i, None, True, False, 0
    while i < n and words < 2 * _REACH:
        token = doc[i]
        hit = scene.hit_at.get(i)
        if token.text in (",", ";", ".", ")", "—", ":") or token.tag_ in ("VBZ", "VBD", "VBP", "MD", "WP", "WDT"):
            break
        if hit is not None and hit.kind != "none":
            if inside or owning:
                (found.before if inside else found.after).append(hit)
            i = hit.end
            words += 1
            continue
        if i in scene.referent and i not in scene.hit_at:
            break
        if inside and i in scene.titles:
            noun = i
        if token.tag_ in ("IN", "TO") and i not in scene.titles:
            if noun is None and token.lower_ not in ("of", "from", "with"):
                break
            inside, owning = False, token.lower_ in ("of", "from", "with", "at")
        elif token.tag_ == "CC" and inside and noun is None:
            break
        if not inside and (_PAST.match(token.text) or (token.tag_ == "CD" and len(token.text) == 4)):
            found.former = True
        i += 1
        words += 1
    if noun is None:
        if found.before and not inside and doc[start].lower_ in ("of", "from", "with"):
            found.right = i
            found.after, found.before = found.before, []
            return found
        return RolePhrase(end, end, age=found.age)
    if noun + 1 < len(doc) and noun + 1 in scene.referent and noun + 1 not in scene.hit_at:
        return RolePhrase(end, end, age=found.age)  # the role of the next name in a list
    found.noun, found.kind, found.right = noun, role_class(doc[noun]), i
    found.left = start
    former = found.former
    _finish(scene, found, start, noun)
    found.former = found.former or former
    return found


def of_state(scene: Scene, end: int) -> Hit | None:
    """The state in "President Kabila of Congo"."""
    doc = scene.doc
    if end + 1 < len(doc) and doc[end].lower_ == "of":
        at = end + 2 if doc[end + 1].lower_ == "the" and end + 2 < len(doc) else end + 1
        hit = scene.hit_at.get(at)
        if hit is not None and hit.kind == "state":
            return hit
    return None


def _finish(scene: Scene, found: RolePhrase, left: int, noun: int) -> None:
    """Work out the words of the role and whether it is a thing of the past."""
    doc = scene.doc
    past = roles.roles().former
    words = [t for t in doc[left : noun + 1] if t.i not in scene.hit_at or scene.hit_at[t.i].kind == "none"]
    found.former = any(t.lower_ in past for t in words[:-1])
    kept = [t.text_with_ws for t in words if t.tag_ not in ("DT", "PRP$", "POS") and t.lower_ not in past]
    found.title = " ".join("".join(kept).split()).strip(" -").lower()


def _comma_joins(scene: Scene, comma: int, start: int) -> bool:
    """Whether the name after a comma is in apposition to the role before it ("Kenya's president, Mwai Kibaki,")."""
    doc = scene.doc
    before = doc[comma - 1]
    name = doc[start]
    while name.dep_ == "compound" and name.head.i > name.i:
        name = name.head
    if name.dep_ == "appos":
        head = name.head
        return head.i in scene.titles and head.tag_ != "NNS"
    return (
        comma - 1 in scene.titles
        and before.tag_ in ("NN", "NNP")
        and not before.ent_iob
        and any(t.tag_ in ("DT", "PRP$", "POS") for t in doc[max(before.sent.start, comma - 7) : comma])
        and before.dep_ in ("nsubj", "dobj", "pobj", "nsubjpass")
        and name.dep_ not in ("conj", "nsubj")
    )


def _plural_title(scene: Scene, i: int, start: int) -> bool:
    """Whether a plural title right before a name belongs to it and its conjuncts ("Presidents Obama and Castro")."""
    doc = scene.doc
    if i != start - 1:
        return False
    return any(t.lower_ == "and" for t in doc[start : min(start + 7, doc[start].sent.end)])
