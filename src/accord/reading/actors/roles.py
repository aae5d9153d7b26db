"""Reads what stands beside a person's name: title, role, the body or state spoken for, age, "former"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from spacy.tokens import Token

from accord.model.vocabulary import roles
from accord.model.vocabulary.groups import groups
from accord.model.vocabulary.roles import RoleClass
from accord.reading.actors.lexicon import Hit
from accord.reading.actors.scene import Scene, noun_group

_INSIDE = frozenset({"JJ", "JJR", "JJS", "NN", "NNP", "NNPS", "VBN", "VBG", "RB", "HYPH", "CD", "POS", "AFX", "NNS"})
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
    begin = start
    while begin > 0 and begin - 1 in scene.titles and role_class(scene.doc[begin - 1]) == "title":
        begin -= 1  # "the prime minister, Sir Michael Somare"
    return _apposed(scene, begin) or _explained(scene, begin) or _Leftward(scene, start).read()


def _explained(scene: Scene, start: int) -> RolePhrase | None:
    """The role before a name where the body led is explained between: "the leader of FARC, a guerrilla army, X"."""
    doc = scene.doc
    first = max(doc[start].sent.start, start - _REACH)
    if start - 2 < first or doc[start - 1].text != ",":
        return None
    comma = next((i for i in range(start - 2, first, -1) if doc[i].text == "," or doc[i].pos_ in ("VERB", "AUX")), None)
    if comma is None or doc[comma].text != "," or doc[comma + 1].lower_ not in ("a", "an", "the"):
        return None
    if comma - 1 not in scene.hit_at or doc[start - 2].lower_ not in _bodies():
        return None
    found = _Leftward(scene, comma).read()
    return found if found.noun is not None and found.after else None


def _bodies() -> frozenset[str]:
    """Nouns for a group or body: what explains the name of one ends in such a noun."""
    described = groups().body_descriptions
    return described["armed-group"] | described["organisation"] | described["bloc"]


class _Leftward:
    """Reads the words before a name from right to left as far as they can belong to its role."""

    def __init__(self, scene: Scene, start: int) -> None:
        self.scene, self.doc, self.start = scene, scene.doc, start
        self.found = RolePhrase(start, start)
        self.noun: int | None = None
        self.past_of = False

    def read(self) -> RolePhrase:
        """The role, empty where the words before the name are none."""
        doc, found = self.doc, self.found
        first, i = doc[self.start].sent.start, self.start - 1
        comma = i >= first and doc[i].text == "," and _comma_joins(self.scene, i, self.start)
        i -= comma
        words = 0
        while i >= first and words < _REACH:
            hit = self.scene.hit_at.get(i)
            if hit is not None and hit.kind != "none":
                found.before.insert(0, hit)
                i = hit.start
            elif not self._takes(i, words):
                break
            words += 1
            i -= 1
        if i >= first and doc[i].tag_ in ("DT", "PRP$") and words:
            i -= 1
        if self.noun is None:
            beside = found.before and found.before[-1].end >= self.start - 2 and not self.past_of and not comma
            if not beside:
                return RolePhrase(self.start, self.start)
            found.left, found.before = found.before[-1].start, found.before[-1:]
            return found
        left = i + 1
        while left < self.noun and doc[left].tag_ in ("RB", "IN", "CC"):
            left += 1
        found.left, found.noun, found.kind = left, self.noun, role_class(doc[self.noun])
        _finish(self.scene, found, left, self.noun)
        return found

    def _takes(self, i: int, words: int) -> bool:
        """Whether token `i` goes on the role; notes the role's noun and an "of" between it and the name."""
        token = self.doc[i]
        if i in self.scene.hit_at:
            return False  # a month and the like
        if i in self.scene.titles and token.tag_ not in ("VB", "VBD", "VBZ", "VBP"):
            if token.tag_ == "NNS" and not _plural_title(self.scene, i, self.start):
                return False
            if self.noun is None:
                self.noun = i
                if self.past_of:
                    self.found.after, self.found.before = self.found.before, []
            elif self.noun == i + 1 and role_class(self.doc[self.noun]) == "title":
                self.noun = i  # "Prime Minister Gen Haruna": the office, not the rank
            return True
        if token.lower_ in ("of", "for", "to") and self.noun is None and words:
            self.past_of = True
            return True
        if token.tag_ in ("DT", "PRP$"):
            return self.noun is None and self.doc[i - 1].lower_ in ("of", "for", "to")
        if token.tag_ == "CC":
            return self.noun is not None and i - 1 in self.scene.titles
        if token.text in ("&", "-"):
            return token.text == "&" or not self.doc[i - 1].whitespace_
        if token.tag_ not in _INSIDE or (token.tag_ in ("VBN", "VBG") and token.dep_ not in ("amod", "compound")):
            return False
        waiting = self.noun is None and not self.past_of
        return i not in self.scene.referent and not (waiting and token.tag_ == "NNS")


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
    left = max([left, *(i + 1 for i in range(left, noun.i) if i in scene.referent)])
    found = RolePhrase(left, start, noun.i, role_class(noun))
    for i in range(left, start):
        hit = scene.hit_at.get(i)
        if hit is not None and hit.start == i and hit.kind != "none":
            if i < noun.i:
                found.before.append(hit)
            elif doc[i - 1].lower_ in ("of", "from", "at") or doc[i - 2].lower_ in ("of", "from", "at"):
                found.after.append(hit)
            elif hit.kind in ("body", "found") and doc[noun.i + 1].lower_ in ("of", "for"):
                found.after.insert(0, hit)  # "the head of the powerful Shia movement Hezbollah, Hasan Nasrallah"
    _finish(scene, found, left, noun.i)
    return found


def after_name(scene: Scene, end: int) -> RolePhrase:
    """The role after a name: ", the former U.S. ambassador to NATO,", ", 72,", ", an expert with the ...,"."""
    doc = scene.doc
    n = doc[end - 1].sent.end
    if end >= n or doc[end].text not in (",", "(", "–", "—", "-"):
        return RolePhrase(end, end)
    i, age = end + 1, False
    if i < n and doc[i].tag_ == "CD" and doc[i].text.isdigit() and len(doc[i].text) < 4:
        age = True
        if not (i + 1 < n and doc[i + 1].text == ","):
            return RolePhrase(end, end, age=True)
        i += 2
    found = _Rightward(scene, i).read(n)
    found.age = age
    if found.right == i:
        found.left = found.right = end
    return found


class _Rightward:
    """Reads the words after a name and a comma from left to right as far as they can be its apposition."""

    def __init__(self, scene: Scene, start: int) -> None:
        self.scene, self.doc, self.start = scene, scene.doc, start
        self.found = RolePhrase(start, start)
        self.noun: int | None = None
        self.inside = True  # before the first preposition, so within the role itself
        self.owning = False  # after "of" and the like, so in what the role is of
        self.past = False

    def read(self, n: int) -> RolePhrase:
        """The role up to token `n`, empty where the words are none."""
        doc, found, i = self.doc, self.found, self.start
        for _ in range(2 * _REACH):
            if i >= n:
                break
            hit = self.scene.hit_at.get(i)
            if hit is not None and hit.kind != "none":
                if self.inside or self.owning:
                    (found.before if self.inside else found.after).append(hit)
                i = hit.end
            elif self._takes(i):
                i += 1
            else:
                break
        if self.noun is None:
            if found.before and not self.inside and doc[self.start].lower_ in ("of", "from", "with"):
                found.right, found.after, found.before = i, found.before, []
                return found
            return RolePhrase(self.start, self.start)
        if self.noun + 1 in self.scene.referent and self.noun + 1 not in self.scene.hit_at:
            return RolePhrase(self.start, self.start)  # the role of the next name in a list
        if self.noun + 1 < n and doc[self.noun + 1].tag_ in ("VB", "VBP") and doc[self.start - 1].text == ",":
            return RolePhrase(self.start, self.start)  # a headline's second subject: "Aliyev, top US envoy hold talks"
        found.left, found.right, found.noun, found.kind = self.start, i, self.noun, role_class(doc[self.noun])
        _finish(self.scene, found, self.start, self.noun)
        found.former = found.former or self.past
        return found

    def _takes(self, i: int) -> bool:
        """Whether token `i` goes on the apposition; notes the role's noun and where its complement begins."""
        token = self.doc[i]
        if token.text in (",", ";", ".", ")", "—", ":") or token.tag_ in ("VBZ", "VBD", "VBP", "MD", "WP", "WDT"):
            return False
        if i in self.scene.referent:
            return False
        if i in self.scene.titles:
            if self.inside:
                self.noun = i
        elif token.tag_ in ("IN", "TO"):
            if self.noun is None and token.lower_ not in ("of", "from", "with"):
                return False
            speaks = token.lower_ == "for" and self.noun is not None and role_class(self.doc[self.noun]) == "body"
            self.inside, self.owning = False, speaks or token.lower_ in ("of", "from", "with", "at")
        elif token.tag_ == "CC" and self.inside and self.noun is None:
            return False
        if not self.inside and (_PAST.match(token.text) or (token.tag_ == "CD" and len(token.text) == 4)):
            self.past = True
        return True


def of_owner(scene: Scene, end: int) -> Hit | None:
    """The state or body in "President Kabila of Congo", "Alan Boswell of the International Crisis Group"."""
    doc = scene.doc
    if end + 1 < len(doc) and doc[end].lower_ in ("of", "from", "with", "at"):
        at = end + 2 if doc[end + 1].lower_ == "the" and end + 2 < len(doc) else end + 1
        hit = scene.hit_at.get(at)
        if hit is not None and (hit.kind in ("body", "found") or (hit.kind == "state" and doc[end].lower_ == "of")):
            return hit
    return None


def _finish(scene: Scene, found: RolePhrase, left: int, noun: int) -> None:
    """Work out the words of the role and whether it is a thing of the past."""
    doc = scene.doc
    past = roles.roles().former
    words = [t for t in doc[left : noun + 1] if t.i not in scene.hit_at or scene.hit_at[t.i].kind == "none"]
    found.former = any(t.lower_ in past for t in words[:-1])
    plain = [t for t in words if t.tag_ not in ("DT", "PRP$") and t.lower_ not in past]
    while plain and plain[0].tag_ in ("CC", "IN", "RB"):
        plain.pop(0)
    kept = [" " if t.tag_ == "POS" else t.text_with_ws for t in plain]
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
        while head.i in scene.hit_at or head.dep_ in ("pobj", "prep"):  # "the head of the movement Hezbollah, X"
            if head.head.i >= head.i:
                break
            head = head.head
        return head.i in scene.titles and head.tag_ != "NNS"
    return (
        comma - 1 in scene.titles
        and before.tag_ in ("NN", "NNP")
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
