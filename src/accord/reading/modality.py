"""Whether what a clause tells has happened: negation, tense, modality, plans, refusals, conditions.

The status of an act is worked out on the parse. It starts at the word that tells the act (a verb, or a noun
of happening) and climbs its heads: each step may make the act less real, by the head's own auxiliaries
("might agree to withdraw"), by what the head does to its complement ("refused to withdraw", "a plan for
talks"), by a condition around it ("if they withdraw") or by a purpose ("in an effort to end the war").
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from accord.model.findings import EventStatus
from accord.model.vocabulary.modality import Kind, ModalityCues, modality_cues
from accord.reading.supposed import conditional_clause, phrase_at, under_condition

_RANK: dict[EventStatus, int] = {"occurred": 0, "planned": 1, "proposed": 2}
_COMPLEMENTS = frozenset(
    {"xcomp", "ccomp", "pcomp", "acl", "csubj", "csubjpass", "dobj", "nsubjpass", "pobj", "attr", "oprd"}
)
_GOVERNED = ("to", "for", "of", "on", "about", "against", "from", "out")
_AIMED = (*_GOVERNED, "at")  # "aimed at a truce", but "discussed it at a meeting" tells a meeting
_MOST_STEPS = 12


@dataclass(frozen=True)
class Standing:
    """How real an act is, by which cues; `purpose` where it is told as an aim only, `wish` as what somebody wants,
    `unwilling` as what somebody will not do."""

    status: EventStatus
    cues: tuple[str, ...] = ()
    purpose: bool = False
    wish: bool = False
    unwilling: bool = False


def combine(inner: EventStatus, outer: EventStatus) -> EventStatus:
    """The status of an act told with `inner` inside a frame with `outer`: the less real of the two."""
    if outer in ("conditional", "refused"):
        return outer
    if inner in ("conditional", "refused"):
        return inner
    return inner if _RANK[inner] >= _RANK[outer] else outer


def negated(token: Token) -> bool:
    """Whether the word itself is negated: "did not sign", "no deal was signed", "never met", "without talks"."""
    cues = modality_cues()
    for child in token.children:
        if child.dep_ == "neg" or child.lower_ in ("never", "n't"):
            return True
        if child.dep_ in ("det", "advmod", "preconj", "cc") and child.i < token.i and child.lower_ in cues.negations:
            return True
        if child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr") and _no_noun(child):
            return True
    if token.pos_ in ("NOUN", "PROPN") and token.dep_ == "pobj" and token.head.lower_ == "without":
        return True
    return token.dep_ == "pcomp" and token.head.lower_ == "without"


def _no_noun(noun: Token) -> bool:
    if noun.lower_ in ("nobody", "none", "nothing", "neither"):
        return True
    # "no deal was signed", "neither Georgia nor Abkhazia has signed"
    return any(c.dep_ in ("det", "preconj") and c.lower_ in ("no", "neither") for c in noun.children)


def standing(token: Token) -> Standing:
    """How real the act told by `token` is."""
    return _Climb(token).result()


def status_of(token: Token) -> EventStatus:
    """The status of the act told by `token`, without its reasons."""
    return standing(token).status


def governor(word: Token) -> EventStatus | None:
    """The status that a word gives to what depends on it, or None where it governs nothing as it stands here."""
    cues, lemma = modality_cues(), word.lemma_.lower()
    for particle, told in cues.phrasal.get(lemma, ()):  # "look forward"
        if any(c.lower_ == particle and c.dep_ in ("prt", "advmod") for c in word.children):
            return told
    status = cues.governors.get(lemma)
    kind = cues.only.get(lemma) if status is not None else None
    return status if kind is None or _stands_as(word, kind) else None


def _governing(word: Token) -> tuple[str, ...]:
    """The prepositions by which a word governs."""
    if word.pos_ not in ("VERB", "AUX"):
        return (*_AIMED, "in")
    return _AIMED if word.lemma_.lower() in modality_cues().aiming else _GOVERNED


def _stands_as(word: Token, kind: Kind) -> bool:
    verb = word.pos_ in ("VERB", "AUX")
    if kind == "noun":
        return word.pos_ in ("NOUN", "PROPN")
    if kind == "verb":
        return verb
    if not verb:
        return kind == "passive" or word.pos_ in ("ADJ", "ADV")
    done = word.tag_ == "VBN" and not any(c.dep_ == "aux" and c.lemma_ == "have" for c in word.children)
    return done and not any(c.dep_ == "dobj" for c in word.children)


class _Climb:
    """One walk from a word to the top of its sentence."""

    def __init__(self, token: Token) -> None:
        self.cues: ModalityCues = modality_cues()
        self.status: EventStatus = "occurred"
        self.why: list[str] = []
        self.purpose = self.wish = self.modal = self.unwilling = False
        self._start(token)
        self._climb(token)

    def result(self) -> Standing:
        return Standing(self.status, tuple(self.why), self.purpose, self.wish and not self.modal, self.unwilling)

    def _meet(self, outer: EventStatus, why: str) -> None:
        self.wish = self.wish or why in self.cues.wishes
        combined = combine(self.status, outer)
        if combined != self.status:
            self.why.append(f"{why}: {combined}")
        self.status = combined

    def _start(self, token: Token) -> None:
        if token.pos_ in ("VERB", "AUX"):
            helpers = [c for c in token.children if c.dep_ == "aux"]
            will = any(c.lemma_.lower() in self.cues.willing for c in helpers)
            will = will or any(c.lemma_ == "do" and c.tag_ in ("VBZ", "VBP") for c in helpers)  # "does not accept"
            self.unwilling = will and negated(token) and not conditional_clause(token)
            self._own(token)
            return
        if negated(token):
            self._meet("refused", "negated")
        for child in token.children:
            if child.dep_ in ("amod", "det", "advmod", "nmod", "compound"):
                status = self.cues.modifiers.get(child.lemma_.lower())
                if status:
                    self._meet(status, child.lower_)

    def _own(self, verb: Token) -> None:
        """What the verb's own auxiliaries, negation and condition say."""
        status = self._auxiliary(verb)
        self.modal = self.modal or (status == "conditional" and not self._foretells(verb))
        if negated(verb):
            self._meet("conditional" if status == "conditional" and _weak(verb) else "refused", "negated")
        elif status:
            self._meet(status, "auxiliary")
        cue = conditional_clause(verb)
        if cue:
            self._meet("conditional", cue)
        elif self.status != "refused" or status:
            cue = under_condition(verb)
            if cue and (status or verb.tag_ in ("VBP", "VBZ", "VB")):
                self._meet("conditional", f"on {cue}")

    def _foretells(self, verb: Token) -> bool:
        """Whether a verb's auxiliary is the future seen from then: "would" alone tells no doubt."""
        kinds = (self.cues.auxiliaries.get(c.lemma_.lower()) for c in verb.children if c.dep_ == "aux")
        return "future-past" in kinds

    def _auxiliary(self, verb: Token) -> EventStatus | None:
        for child in verb.children:
            if child.dep_ not in ("aux", "auxpass") or child.i > verb.i:
                continue
            kind = self.cues.auxiliaries.get(child.lemma_.lower()) or self.cues.auxiliaries.get(child.lower_)
            if kind == "future-past":
                return "planned" if _reported(verb) else "conditional"
            if kind == "proposed" and conditional_clause(verb):
                return "conditional"
            if kind:
                return kind
        if _subjunctive(verb):
            return "proposed"  # "suggested that an accord be signed", wherever the parse hangs the clause
        head = verb.head
        if verb.dep_ == "xcomp" and any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children):
            if head.lemma_ == "be" or (head.lemma_ == "go" and head.tag_ == "VBG"):
                return "planned"
            if head.lemma_ == "have":
                return "proposed"
        return None

    def _climb(self, token: Token) -> None:
        here = token
        for _ in range(_MOST_STEPS):
            above = self._step(here)
            if above is None or above.i == here.i:
                return
            here = above

    def _step(self, here: Token) -> Token | None:
        """Take one step up; None where what stands above no longer matters."""
        head, dep = here.head, here.dep_
        if dep == "ROOT":
            return None
        if dep == "conj":
            return self._past_conjunct(here, head)
        if dep == "advcl":
            return self._past_adverbial(here, head)
        if dep == "acl" and here.tag_ == "VBG" and head.dep_ in ("dobj", "pobj", "nsubjpass"):
            return self._past_scene(here, head)
        if dep == "acl" and any(c.dep_ == "mark" and c.lower_ == "that" for c in here.children):
            return self._past_governor(here, head)  # "on condition that they leave", "the fear that they attack"
        if dep == "relcl" or (dep == "acl" and not _infinitive(here)):
            return None
        if head.pos_ in ("ADP", "SCONJ") or dep in ("prep", "pobj"):
            return self._past_preposition(here, head)
        if dep in _COMPLEMENTS:
            return self._past_governor(here, head)
        if dep in ("nsubj", "compound", "amod", "poss", "nmod", "appos", "npadvmod"):
            return self._past_subject(here, head)
        if dep == "acomp" and head.pos_ in ("VERB", "AUX"):
            self.modal = self.modal or self._auxiliary(head) == "conditional"  # "may be willing"
        return head if dep in ("advmod", "acomp", "prt", "aux", "auxpass") else None

    def _past_conjunct(self, here: Token, head: Token) -> Token:
        verbs = head.pos_ in ("VERB", "AUX") and here.pos_ in ("VERB", "AUX") and here.tag_ == head.tag_
        verbs = verbs and here.tag_ not in ("VBD", "VBZ", "VBP")  # "are not ready and insist": each has its own
        if verbs and not any(c.dep_ in ("nsubj", "nsubjpass", "aux") for c in here.children):
            self._own(head)  # "did not finalise and sign": one auxiliary for both
        elif cue := conditional_clause(head):
            self._meet("conditional", cue)  # "only if a deal is reached and both sides agree"
        return head

    def _past_adverbial(self, here: Token, head: Token) -> Token | None:
        if _infinitive(here):
            to = next(c for c in here.children if c.dep_ == "aux" and c.lower_ == "to")
            if governor(head) is not None and to.i - head.i in (1, 2):
                return self._past_governor(here, head)  # "are set to meet", "went on to meet"
            self.purpose = True
            return None
        if any(c.dep_ in ("nsubj", "nsubjpass") for c in here.children) or here.tag_ in ("VBD", "VBZ", "VBP"):
            first = here.left_edge
            self.purpose = self.purpose or (first.lower_ == "so" and first.nbor(1).lower_ == "that")
            return None
        if here.tag_ == "VBG" and head.pos_ in ("VERB", "AUX"):
            self._own(head)
            return head
        return None

    def _past_preposition(self, here: Token, head: Token) -> Token | None:
        phrase = phrase_at(here, self.cues.condition_phrases) or phrase_at(head, self.cues.condition_phrases)
        if phrase:
            self._meet("conditional", phrase)
        goal = phrase_at(here, self.cues.purpose_phrases) or phrase_at(head, self.cues.purpose_phrases)
        if goal:
            self.purpose = True
            return None
        if here.dep_ in ("pobj", "pcomp") and head.lower_ in ("without", "failing"):
            self._meet("refused" if head.lower_ == "without" else "conditional", head.lower_)
        above = head.head if here.dep_ in ("pobj", "pcomp") else head
        preposition = head if here.dep_ in ("pobj", "pcomp") else here
        if above.pos_ in ("VERB", "AUX", "NOUN", "ADJ", "PROPN"):
            status = governor(above)
            if here.dep_ == "pcomp" and above.lemma_.lower() in self.cues.debates:
                self.wish = True  # "talks on resolving the dispute"
            if here.dep_ == "pcomp" and above.pos_ == "ADJ":
                self.purpose = True  # "serious about stopping the war"
                return None
            if status and preposition.lower_ in _governing(above):
                self._meet(status, above.lemma_.lower())
                self._own_of(above)
                return above
        if here.dep_ == "pobj" and preposition.lower_ != "of":
            return None  # "after the talks": an adjunct takes its act for granted
        return above

    def _past_governor(self, here: Token, head: Token) -> Token | None:
        if here.dep_ == "ccomp" and _spoken(here, head):
            return None  # a quotation stands for itself
        finite = here.dep_ in ("ccomp", "acl") and _finite(here)
        if finite and here.i < head.i and any(t.text == ";" for t in here.doc[here.i : head.i]):
            return None  # two sentences joined by a semicolon, not one inside the other
        lemma = head.lemma_.lower()
        status = governor(head)
        if _infinitive(here):
            to = next(c for c in here.children if c.dep_ == "aux" and c.lower_ == "to")
            if phrase_at(to, self.cues.purpose_phrases):
                self.purpose = True
                return None
        if here.dep_ == "acl" and finite and head.dep_ == "dobj":
            above = governor(head.head)
            if above == "refused":
                self._meet(above, head.head.lemma_.lower())  # "denied reports that they had agreed"
                return None
        if finite and _indicative(here) and status not in ("refused", "conditional"):
            return None  # a report's own tense holds: "told them that the work was done"
        if status and status != "occurred":
            self._meet(status, lemma)
        elif finite and status is None:
            return None
        self._own_of(head)
        return head

    def _past_scene(self, here: Token, noun: Token) -> Token | None:
        """ "The plan envisions both sides releasing prisoners": the verb takes the scene, not the noun."""
        verb = noun.head if noun.head.pos_ in ("VERB", "AUX") else noun.head.head
        status = governor(verb)
        if status is None or status == "occurred":
            return None
        self._meet(status, verb.lemma_.lower())
        self._own_of(verb)
        return verb

    def _past_subject(self, here: Token, head: Token) -> Token | None:
        if here.dep_ != "nsubj":
            return head if here.dep_ in ("compound", "amod", "nmod") else None
        if head.pos_ in ("VERB", "AUX") and head.lemma_.lower() in self.cues.occurrences:
            self._own(head)  # "talks will resume"; but "the raid will anger them" takes the raid for granted
            return head
        return None

    def _own_of(self, head: Token) -> None:
        if head.pos_ in ("VERB", "AUX"):
            self._own(head)
        elif negated(head):
            self._meet("refused", f"no {head.lemma_}")


def _spoken(verb: Token, cue: Token) -> bool:
    """Whether a closing or opening quotation mark stands between a clause and the verb that it hangs on."""
    first, last = (verb.i, cue.i) if verb.i < cue.i else (cue.i, verb.left_edge.i + 1)
    return any(t.is_quote and t.text not in ("'", "’") for t in verb.doc[first:last])


def _weak(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ in ("may", "might") for c in verb.children)


def _subjunctive(verb: Token) -> bool:
    """Whether a passive clause says what is to be: "that a ceasefire be signed"."""
    bare = next((c for c in verb.children if c.dep_ == "auxpass" and c.lower_ == "be"), None)
    helped = any(c.dep_ == "aux" for c in verb.children)
    return bare is not None and not helped and any(c.dep_ == "nsubjpass" for c in verb.children)


def _infinitive(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def _finite(verb: Token) -> bool:
    if verb.tag_ in ("VBD", "VBZ", "VBP"):
        return True
    return any(c.dep_ in ("aux", "auxpass") and c.tag_ in ("VBD", "VBZ", "VBP", "MD") for c in verb.children)


def _indicative(verb: Token) -> bool:
    """A clause that states a fact, done or going on: past or perfect, or a plain present of being."""
    if any(c.dep_ in ("aux", "auxpass") and c.tag_ == "MD" for c in verb.children):
        return False
    return (
        verb.tag_ == "VBD"
        or any(c.dep_ in ("aux", "auxpass") and c.tag_ in ("VBD", "VBZ", "VBP") for c in verb.children)
        or verb.lemma_ == "be"
    )


def _reported(verb: Token) -> bool:
    """Whether the clause of `verb` is what somebody said in the past."""
    here = verb
    for _ in range(_MOST_STEPS):
        if here.dep_ == "ROOT":
            return False
        if here.dep_ in ("ccomp", "acl", "xcomp") and here.head.tag_ in ("VBD", "VBN", "VBG"):
            return True
        if here.dep_ == "relcl":
            return False
        here = here.head
    return False
