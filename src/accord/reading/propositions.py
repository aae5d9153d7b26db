"""A matter as a short plain sentence in positive form, and the focus that tells it from others of its issue."""

from __future__ import annotations

from spacy.tokens import Token

from accord.reading.attribution.trees import child, is_verb
from accord.reading.context import Context
from accord.reading.matters import Matter

_LONGEST = 24  # words; a proposition is a label, its evidence has the rest
_QUOTES = frozenset("\"“”‘’'`«»")
_ASIDE = frozenset({"relcl", "parataxis", "advcl", "appos"})
_IRREGULAR = {"be": "is", "have": "has", "do": "does", "go": "goes"}


def word_proposition(context: Context, matter: Matter, holder: str) -> str:
    """The matter in words. `holder` (an actor's name) is the subject of an act that has none of its own."""
    asked = any(c.tag_ in ("WRB", "WP", "WDT") and c.i < matter.head.i for c in matter.head.children)
    if matter.form == "phrase" or asked:
        return _capital(_without_article(_words(context, matter, matter.head, whole=True)))
    subject = matter.subject
    who = _name(context, subject) if subject is not None else holder
    plural = subject is not None and (
        subject.tag_ in ("NNS", "NNPS") or subject.lower_ in ("they", "we", "you") or child(subject, "conj") is not None
    )
    rest = _words(context, matter, matter.head, without=subject)
    return _capital(f"{who} {_predicate(matter.head, plural)} {rest}".strip())


def is_negative(matter: Matter) -> bool:
    """Whether the matter's own clause is negated, so that its positive form turns the stance round."""
    return is_verb(matter.head) and any(c.dep_ == "neg" or c.lower_ == "never" for c in matter.head.children)


def find_focus(context: Context, matter: Matter, parties: tuple[str, ...]) -> str | None:
    """The name within the matter that tells it apart: a place, a body, a state that is not the holder."""
    for i in range(matter.start, matter.end):
        mention = context.mentions.headed_by(context.document.doc[i])
        if mention is None or mention.form not in ("name", "people") or not mention.actors:
            continue
        actor = context.mentions.actor(mention.actors[0])
        if actor.id not in parties and actor.party not in parties and actor.kind != "person":
            return actor.name
    for token in context.document.doc[matter.start : matter.end]:
        if (
            token.pos_ == "PROPN"
            and token.dep_ not in ("compound", "nmod")
            and context.mentions.covering(token) is None
        ):
            return " ".join(t.text for t in token.subtree if t.pos_ == "PROPN")
    return None


def _predicate(verb: Token, plural: bool) -> str:
    """The verb in the present tense, with its auxiliary where it is passive."""
    passive = child(verb, "auxpass")
    if passive is not None:
        return f"{'are' if plural else 'is'} {verb.text.lower()}"
    if verb.pos_ == "AUX" or verb.lemma_ == "be":
        return "are" if plural else "is"
    return verb.lemma_.lower() if plural else third_person(verb.lemma_.lower())


def third_person(lemma: str) -> str:
    """The third person singular of a verb: "withdraw" gives "withdraws"."""
    if lemma in _IRREGULAR:
        return _IRREGULAR[lemma]
    if lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        return f"{lemma}es"
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        return f"{lemma[:-1]}ies"
    return f"{lemma}s"


def _name(context: Context, token: Token) -> str:
    """A subject's name where it is an actor's, else its words."""
    actors = context.mentions.who(token)
    if actors:
        return " and ".join(context.mentions.actor(a).name for a in actors)
    return " ".join(t.text for t in token.subtree if t.dep_ not in _ASIDE and t.text not in _QUOTES)


def _words(context: Context, matter: Matter, head: Token, without: Token | None = None, *, whole: bool = False) -> str:
    """The words of the matter without its verb, auxiliaries, subject, negation and asides; `whole` keeps the verb."""
    doc = context.document.doc
    out: list[str] = []
    dropped = set() if without is None else {t.i for t in without.subtree}
    for token in doc[matter.start : matter.end]:
        left_out = token.i in dropped or token.text in _QUOTES or (token.is_punct and token.text not in "-–%")
        carried = not whole and (token.i == head.i or _carries(token, head))
        if left_out or carried or token.is_space or _in_aside(token, head):
            out.append(token.whitespace_)
        else:
            out.append(token.text_with_ws)
    return " ".join("".join(out).split()[:_LONGEST])


def _carries(token: Token, head: Token) -> bool:
    over = head.head
    above = token.i == over.i or (token.head.i == over.i and token.dep_ in ("mark", "aux", "neg"))
    if head.dep_ == "xcomp" and above:  # "that the siege has to" above "be lifted"
        return True
    return token.head.i == head.i and (
        token.dep_ in ("aux", "auxpass", "neg", "mark") or (token.lower_ in ("never", "that") and token.i < head.i)
    )


def _in_aside(token: Token, head: Token) -> bool:
    while token.i != head.i and token.head.i != token.i:
        if token.dep_ in _ASIDE:
            return True
        token = token.head
    return False


def _without_article(words: str) -> str:
    first, _, rest = words.partition(" ")
    return rest if first.lower() in ("the", "a", "an", "its", "his", "her", "their", "our", "any") and rest else words


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
