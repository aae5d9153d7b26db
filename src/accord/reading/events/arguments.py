"""What stands around a word that tells an act: its subject, objects and prepositions, wherever grammar puts them.

Passives, relative clauses, participles, control ("agreed to meet"), shared subjects and objects of
coordinated verbs, and verbs that only lend a noun its subject ("carried out an attack") are undone here,
so that the rules above ask "who did it to whom" once.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from accord.model.vocabulary.events import event_words
from accord.model.vocabulary.modality import modality_cues
from accord.model.vocabulary.time import time_words
from accord.reading.events.counting import counted

SUBJECTS = ("nsubj", "csubj", "expl")
PASSIVES = ("nsubjpass", "csubjpass")
VERBS = ("VERB", "AUX")
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_OBJECT_CONTROL = frozenset({"dobj", "dative"})
_MOST_STEPS = 8


@dataclass(frozen=True)
class Arguments:
    """The heads of the noun phrases around a word, by what they are to it.

    `subjects` are the deep ones: for a passive the "by" phrase. `prepositions` pairs each preposition with
    the head of its phrase, in order. `clauses` are the verbs of clausal complements. `lender` is the
    verb that lends a noun its subject; `company` those who take part in a noun's happening where all do: "Annan,
    in talks with the parties", "proposed talks".
    """

    word: Token
    subjects: tuple[Token, ...] = ()
    objects: tuple[Token, ...] = ()
    prepositions: tuple[tuple[str, Token], ...] = ()
    clauses: tuple[Token, ...] = ()
    possessors: tuple[Token, ...] = ()
    modifiers: tuple[Token, ...] = ()
    lender: Token | None = None
    company: tuple[Token, ...] = ()
    passive: bool = False

    def after(self, *names: str) -> tuple[Token, ...]:
        """The heads after these prepositions."""
        return tuple(head for name, head in self.prepositions if name in names)


def is_passive(verb: Token) -> bool:
    """Whether the verb is passive: "was attacked", "territory annexed by", "kicked out of"."""
    for child in verb.children:
        if child.dep_ in ("auxpass", "nsubjpass", "csubjpass", "agent"):
            return True
    return verb.tag_ == "VBN" and verb.dep_ in ("acl", "amod") and not any(c.dep_ == "aux" for c in verb.children)


def of_verb(verb: Token) -> Arguments:
    """The arguments of a verb."""
    passive = is_passive(verb)
    subjects, objects = _own_subjects(verb, passive), _own_objects(verb)
    if passive:
        patients = subjects or _inherited(verb, True)
        subjects = tuple(p for c in verb.children if c.dep_ == "agent" for p in c.children if p.dep_ == "pobj")
        objects = (*patients, *objects)
    elif not subjects:
        subjects = _inherited(verb, False)
    return Arguments(
        word=verb,
        subjects=subjects,
        objects=objects or _shared_objects(verb),
        prepositions=tuple(_prepositions(verb)),
        clauses=tuple(c for c in verb.children if c.dep_ in ("xcomp", "ccomp") and c.pos_ in VERBS),
        passive=passive,
    )


def of_noun(noun: Token) -> Arguments:
    """The arguments of a noun of happening, those lent by its verb included."""
    lender = lender_of(noun)
    subjects: tuple[Token, ...] = ()
    extra: list[tuple[str, Token]] = []
    objects: list[Token] = []
    if lender is not None:
        lent = of_verb(lender)
        as_object = noun in lent.objects or any(noun.i == o.i for o in lent.objects)
        subjects = lent.subjects
        objects = [o for o in lent.objects if o.i != noun.i and o not in noun.conjuncts] if as_object else []
        extra = [(name, head) for name, head in lent.prepositions if head.i != noun.i]
    else:
        verb = happening(noun)
        if verb is not None:
            extra = [(name, head) for name, head in _prepositions(verb) if head.i != noun.i]
    return Arguments(
        word=noun,
        subjects=subjects,
        company=_company(noun) if lender is None else (),
        objects=tuple(objects),
        prepositions=(*_noun_prepositions(noun), *extra),
        clauses=tuple(c for c in noun.children if c.dep_ == "acl"),
        possessors=_possessors(noun),
        modifiers=tuple(c for c in noun.children if c.dep_ in ("amod", "compound", "nmod", "nummod")),
        lender=lender,
    )


def _possessors(noun: Token) -> tuple[Token, ...]:
    """Whose it is: "the two men's talks", also where the parse lost it, and all of "A, B and C's talks"."""
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    if owner is None:
        owner = _owner_before(noun)
    if owner is None:
        return ()
    owners, here, joined = [owner], owner.left_edge.i - 1, False
    while here > noun.sent.start and noun.doc[here].lower_ in (",", "and"):
        joined = joined or noun.doc[here].lower_ == "and"
        if noun.doc[here].lower_ == "and" and noun.doc[here - 1].text == ",":
            here -= 1
        before = noun.doc[here - 1]
        if not joined or before.pos_ != "PROPN":
            break
        owners.append(before)
        here = before.left_edge.i - 1 if before.left_edge.i > noun.sent.start else noun.sent.start
    return tuple(owners)


def _owner_before(noun: Token) -> Token | None:
    """The word before the "'s" that opens the noun phrase: parsers lose it before a quotation mark."""
    here = noun.i - 1
    while here > noun.sent.start and (noun.doc[here].is_quote or noun.doc[here].pos_ in ("ADJ", "NUM", "ADV")):
        here -= 1
    return noun.doc[here - 1] if here > noun.sent.start and noun.doc[here].text in ("'s", "’s", "’", "'") else None


def _company(noun: Token) -> tuple[Token, ...]:
    wisher = wisher_of(noun)
    if wisher is not None:
        return _own_subjects(wisher, False) or _inherited(wisher, False)
    noun = counted(noun)
    if noun.dep_ != "pobj" or noun.head.lower_ not in ("in", "during", "after", "at", "following", "before", "for"):
        return ()
    partnered = any(c.dep_ == "prep" and c.lower_ == "with" for c in noun.children)
    if noun.head.lower_ == "for" and not partnered:
        return ()
    above = noun.head.head
    if above.pos_ not in VERBS:
        return (above,) if partnered else ()
    subjects = () if is_passive(above) else _own_subjects(above, False) or _inherited(above, False)
    several = any(s.conjuncts or s.tag_ in ("NNS", "NNPS") or s.lower_ == "they" for s in subjects)
    return subjects if partnered or several else ()


def of_adjective(adjective: Token) -> Arguments:
    """The arguments of an adjective said of its subject: "Serbia was opposed to the plan"."""
    head = adjective.head
    subjects = _own_subjects(head, False) or _inherited(head, False) if head.pos_ in VERBS else ()
    if adjective.dep_ == "amod":
        subjects = (head,)
    return Arguments(
        word=adjective,
        subjects=subjects,
        prepositions=(*_prepositions(adjective), *(_prepositions(head) if head.pos_ in VERBS else ())),
        clauses=tuple(c for c in adjective.children if c.dep_ in ("xcomp", "ccomp")),
    )


def arguments(word: Token) -> Arguments:
    """The arguments of a word that tells an act."""
    if word.pos_ in VERBS:
        return of_verb(word)
    return of_adjective(word) if word.pos_ == "ADJ" else of_noun(word)


def lender_of(noun: Token) -> Token | None:
    """The verb that lends a noun of happening its subject: "held talks", "came under fire", "entered into talks"."""
    return _verb_over(counted(noun), event_words().light)


def wisher_of(noun: Token) -> Token | None:
    """The verb whose subject wants or refuses a happening, and takes part if all do: "proposed talks"."""
    return _verb_over(noun, event_words().wishing)


def _verb_over(noun: Token, verbs: Container[tuple[str, ...]]) -> Token | None:
    head, particle = noun.head, ""
    if noun.dep_ == "conj":
        first = noun
        while first.dep_ == "conj":
            first = first.head
        return _verb_over(first, verbs) if first.pos_ == noun.pos_ else None
    if noun.dep_ == "pobj":
        particle, head = head.lower_, head.head
    elif noun.dep_ not in ("dobj", "nsubjpass", "attr"):
        return None
    if head.pos_ not in VERBS:
        return None
    lemma = head.lemma_.lower()
    if particle:
        return head if (lemma, particle) in verbs else None
    phrasal = next((c.lower_ for c in head.children if c.dep_ == "prt"), None)
    if phrasal and (lemma, phrasal) in verbs:
        return head
    return head if (lemma,) in verbs else None


def happening(noun: Token) -> Token | None:
    """The verb of occurrence that a noun is the subject of: "talks resumed", "talks have been deadlocked"."""
    words = event_words()
    noun, verbs = counted(noun), words.occurrences | words.halting | words.failures
    if noun.dep_ in ("nsubj", "nsubjpass") and noun.head.lemma_.lower() in verbs:
        return noun.head
    verbs &= modality_cues().occurrences
    told = (c for c in _clauses_on(noun) if c.lemma_.lower() in verbs)
    return next((c for c in told if any(x.dep_ in SUBJECTS and x.lower_ in _RELATIVE for x in c.children)), None)


def _clauses_on(noun: Token) -> Iterator[Token]:
    """The relative clauses on a noun, also those hung on whose it is: "a truce between A and B that began in May"."""
    for child in noun.children:
        if child.dep_ == "relcl":
            yield child
        elif child.dep_ == "prep" and child.lower_ in ("between", "among", "with", "by"):
            for inner in child.subtree:
                if inner.dep_ == "relcl":
                    yield inner


def _own_subjects(verb: Token, passive: bool) -> tuple[Token, ...]:
    wanted = (*SUBJECTS, *PASSIVES) if passive else SUBJECTS
    found = [c for c in verb.children if c.dep_ in wanted and c.lower_ != "there"]
    return tuple(_antecedent(c, verb) for c in found)


def _antecedent(pronoun: Token, verb: Token) -> Token:
    """The noun that a relative pronoun stands for."""
    if pronoun.lower_ in _RELATIVE and pronoun.tag_ in ("WP", "WDT", "IN", "DT"):
        here = verb
        for _ in range(_MOST_STEPS):
            if here.dep_ in ("relcl", "acl"):
                return _past_region(here.head) if pronoun.lower_ == "who" else here.head
            if here.dep_ == "ROOT":
                break
            here = here.head
    return pronoun


def _past_region(noun: Token) -> Token:
    """The noun that "who" means where the parse hung it on a place: "rebels from the country's south who pledged"."""
    above = noun.head.head if noun.dep_ == "pobj" else noun
    place = noun.lemma_.lower() in event_words().regions and noun.tag_ == "NN"
    return above if place and above.pos_ in ("NOUN", "PROPN") else noun


def _own_objects(verb: Token) -> tuple[Token, ...]:
    found = [_antecedent(c, verb) for c in verb.children if c.dep_ in ("dobj", "dative", "oprd") and c.dep_ != "prep"]
    if not found and verb.dep_ == "relcl" and not is_passive(verb):
        subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
        gap = subject is not None and subject.lower_ not in _RELATIVE and verb.lemma_ != "be"
        if gap and not any(c.dep_ in ("xcomp", "ccomp") for c in verb.children):
            found = [verb.head]  # "the plan they rejected"
    return tuple(found)


def _shared_objects(verb: Token) -> tuple[Token, ...]:
    """The object that a later verb shares with this one: "finalising and signing the deal"."""
    right = verb.nbor(1) if verb.i + 1 < len(verb.doc) else None
    if right is None or right.dep_ != "cc":
        return ()
    later = next((c for c in verb.children if c.dep_ == "conj" and c.pos_ in VERBS), None)
    return _own_objects(later) if later is not None else ()


def _inherited(verb: Token, passive: bool) -> tuple[Token, ...]:
    """The subject that a verb without its own takes from the grammar around it."""
    here = verb
    for _ in range(_MOST_STEPS):
        head, dep = here.head, here.dep_
        if dep == "ROOT" or head.i == here.i:
            return ()
        if dep == "conj" and head.pos_ in VERBS:
            home = _same_tense(here, head)
            found = _own_subjects(home, is_passive(home))
            if found:
                return found
        elif dep in ("relcl", "acl"):
            return _of_participle(here, head, passive)
        elif dep in ("xcomp", "ccomp", "advcl", "pcomp", "prep", "oprd", "acomp", "csubj"):
            found = _controller(here, head)
            if found:
                return found
        elif dep not in ("conj", "cc", "dep", "appos", "pobj", "dobj"):
            return ()
        here = head
    return ()


def _same_tense(verb: Token, first: Token) -> Token:
    """The verb that a later verb really goes with: parsers hang "... and called for" on the nearest clause."""
    tense, here = _tense(verb), first
    if tense is None or _tense(first) in (tense, None):
        return first
    for _ in range(_MOST_STEPS):
        if here.dep_ not in ("ccomp", "xcomp", "advcl", "conj", "relcl", "acl", "pcomp", "prep", "pobj", "dobj"):
            return first
        here = here.head
        if here.pos_ in VERBS and _tense(here) == tense:
            return here
    return first


def _tense(verb: Token) -> str | None:
    if verb.tag_ in ("VBD", "VBZ", "VBP"):
        return "past" if verb.tag_ == "VBD" else "present"
    for child in verb.children:
        if child.dep_ in ("aux", "auxpass") and child.tag_ in ("VBD", "VBZ", "VBP"):
            return "past" if child.tag_ == "VBD" else "present"
    return None


def _of_participle(here: Token, noun: Token, passive: bool) -> tuple[Token, ...]:
    if any(c.dep_ == "aux" and c.lower_ == "to" for c in here.children):
        owners = tuple(c for c in noun.children if c.dep_ == "poss")
        if owners:
            return owners
        lender = lender_of(noun) or wisher_of(noun)
        if lender is not None:
            return _own_subjects(lender, False) or _inherited(lender, False)
        return tuple(_noun_agents(noun))
    if here.tag_ == "VBG" and noun.lemma_.lower() in event_words().documents and noun.head.pos_ in VERBS:
        return _own_subjects(noun.head, is_passive(noun.head)) or (noun,)  # "issued a statement calling"
    return (noun,)


def _noun_agents(noun: Token) -> Iterator[Token]:
    for name, head in _noun_prepositions(noun):
        if name in ("by", "between", "from"):
            yield head


def _controller(here: Token, head: Token) -> tuple[Token, ...]:
    if head.pos_ not in (*VERBS, "ADJ"):
        return ()
    if here.dep_ in ("xcomp", "ccomp") and any(c.dep_ == "aux" and c.lower_ == "to" for c in here.children):
        objects = [c for c in head.children if c.dep_ in _OBJECT_CONTROL and c.i < here.i]
        if objects:
            return (objects[0],)
    if head.pos_ == "ADJ":
        head = head.head
    return _own_subjects(head, is_passive(head))


def _prepositions(word: Token) -> Iterator[tuple[str, Token]]:
    for child in word.children:
        if child.lower_ in ("according", "regarding", "concerning"):
            continue  # "according to": whose words it is
        if child.dep_ in ("prep", "dative") and child.pos_ in ("ADP", "SCONJ", "VERB"):
            yield from _phrase(child)
        elif child.dep_ == "prt":
            for inner in child.children:
                if inner.dep_ == "prep":
                    yield from _phrase(inner)


def _phrase(preposition: Token) -> Iterator[tuple[str, Token]]:
    for child in preposition.children:
        if child.dep_ in ("pobj", "pcomp"):
            if not _is_time(child):
                yield preposition.lower_, child
        elif child.dep_ == "prep":
            yield from _phrase(child)


def dates_only(preposition: Token) -> bool:
    """Whether a preposition says when: "called him on Wednesday" is not "called on"."""
    objects = [c for c in preposition.children if c.dep_ == "pobj"]
    return bool(objects) and all(_is_time(c) for c in objects)


def _is_time(word: Token) -> bool:
    words = time_words()
    lower = word.lower_
    return lower in words.weekdays or lower in words.months or lower in words.units


def _noun_prepositions(noun: Token) -> Iterator[tuple[str, Token]]:
    for child in noun.children:
        if child.dep_ in ("prep", "agent"):
            yield from _phrase(child)
        elif child.dep_ == "acl" and child.tag_ in ("VBN", "VBG"):
            yield from _prepositions(child)  # "talks held between", "an attack carried out by"
            if (child.lemma_.lower(),) in event_words().wishing:
                continue  # "a truce proposed by": no part of it
            for agent in child.children:
                if agent.dep_ == "agent":
                    yield from _phrase(agent)
