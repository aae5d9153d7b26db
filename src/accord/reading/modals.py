"""What a party's own words say must, will or could be: "must leave", "will never recognise", "have to disarm"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from accord.model.findings import Stance, Strength
from accord.model.vocabulary.stance import stance_cues
from accord.reading.attribution.candidate import Source
from accord.reading.attribution.trees import child, children, has_to, is_passive, reach
from accord.reading.attributions import Attribution
from accord.reading.context import Context
from accord.reading.matters import Matter, find_matter, split
from accord.reading.modality import negated, standing
from accord.reading.stand import Stand, lemma_of

_ASIDES = frozenset({"advcl", "relcl", "acl", "pcomp", "csubj"})


def find_modals(context: Context, verb: Token) -> Iterator[Stand]:
    """The stances that a modal verb tells: the clause is the matter."""
    aux = next((c for c in verb.children if c.dep_ == "aux" and c.tag_ == "MD"), None)
    around = context.attributions.around(verb)
    if (aux is None and lemma_of(verb) not in ("have", "need", "be")) or is_under_other(verb, around):
        return
    if not any(a.speakers for a in around):
        yield from _announced(context, verb, aux)
        return
    if aux is None:
        yield from _having_to(context, verb)
        return
    cue = stance_cues().modals.get(aux.norm_.lower())
    if cue is not None and child(verb, "expl") is not None:
        denied_by = cue.negated or (("against", "red-line") if aux.norm_ == "could" else None)
        yield from _existing(verb, denied_by, cue.stance, cue.strength)
        return
    subject = child(verb, "nsubj", "nsubjpass", "csubj")
    if cue is None or subject is None:
        return
    denied = negated(verb)
    if any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children):
        return  # "he should never have let it start": what is past is blamed, and no longer asked for
    if any(c.lower_ == "nothing" and c.i > verb.i for c in verb.children):
        return  # "would accept nothing less": the verb's own rule tells it
    if is_uncommitting(verb, denied=denied or not cue.own) or (not denied and _is_told_by_verb(verb)):
        return
    own = _is_own(context, subject, around[-1].speakers) or is_passive(verb)
    stance, strength = cue.stance, cue.strength
    if denied:
        if cue.negated is None:
            return
        stance, strength = cue.negated
    foretold = aux.norm_ == "would" and not denied and standing(verb).status != "planned"
    if (cue.own and not own) or foretold:
        return
    for member in split(Matter(verb, verb.left_edge.i, verb.right_edge.i + 1, "clause", subject)):
        yield Stand(verb, member, stance, strength, None, f"modal {aux.lower_}{' not' if denied else ''}", 0.5)


def _announced(context: Context, verb: Token, aux: Token | None) -> Iterator[Stand]:
    """ "The government will hold talks", told by the report itself: what a party is to do, it stands for."""
    subject = child(verb, "nsubj")
    will = aux is not None and aux.norm_ in ("will", "shall")
    if not will or subject is None or negated(verb) or is_uncommitting(verb, denied=False):
        return
    if context.mentions.who(subject):
        source = Source(reach(subject), subject, "subject")
        matter = Matter(verb, verb.i, verb.right_edge.i + 1, "infinitive", subject)
        yield Stand(verb, matter, "for", "preference", source, "announced will", 0.4, weak=True)


def _having_to(context: Context, verb: Token) -> Iterator[Stand]:
    """ "The rebels have to disarm", "the siege needs to end"; "my government is to hold talks"."""
    act = next((c for c in children(verb, "xcomp") if has_to(c)), None)
    subject = child(verb, "nsubj")
    if act is None or subject is None or act.i < verb.i:
        return
    lemma, denied = lemma_of(verb), negated(verb)
    matter = Matter(act, verb.left_edge.i, verb.right_edge.i + 1, "clause", subject)
    firmness: tuple[Stance, Strength] = ("for", "demand")
    if lemma in ("have", "need"):
        if denied:
            return  # "he does not have to think about sanctions": what need not be is not refused
    elif lemma == "be" and verb.tag_ in ("VBZ", "VBP", "VBD") and act.i - verb.i <= 3:
        speakers = [s for a in context.attributions.around(verb) for s in a.speakers]
        if not _is_own(context, subject, tuple(speakers)):
            return
        firmness = ("against", "red-line") if denied else ("for", "preference")
    else:
        return
    for member in split(matter):
        yield Stand(verb, member, *firmness, None, f"modal {lemma} to", 0.5)


def _existing(
    verb: Token, denied: tuple[Stance, Strength] | None, stance: Stance, strength: Strength
) -> Iterator[Stand]:
    """ "There will be no truce and no talks": each is ruled out; "there must be a truce" asks for it."""
    first = child(verb, "attr", "dobj")
    nouns = (first, *first.conjuncts) if first is not None else ()
    none = [n for n in nouns if any(c.dep_ == "det" and c.lower_ == "no" for c in n.children)]
    for noun in none:
        end = min([noun.right_edge.i + 1, *(c.left_edge.i for c in noun.children if c.dep_ in ("cc", "conj"))])
        matter = Matter(noun, noun.left_edge.i + 1, max(end, noun.i + 1), "phrase")
        if denied is not None:
            yield Stand(verb, matter, *denied, None, "modal there is no", 0.6)
    if first is not None and not none and not negated(verb) and strength != "preference":
        matter = Matter(first, first.left_edge.i, first.right_edge.i + 1, "phrase")
        yield Stand(verb, matter, stance, strength, None, "modal there must be", 0.6)


def is_under_other(verb: Token, around: Sequence[Attribution] = ()) -> bool:
    """Whether the clause is only a condition, a relative clause or a question inside the speaker's words.

    What the words themselves hang on is no part of them: "..., saying that the army must leave".
    """
    words = range(around[-1].start, around[-1].end) if around else None
    if any(t.dep_ in _ASIDES and (words is None or t.idx in words) for t in (verb, *verb.ancestors)):
        return True
    return verb.doc[verb.sent.end - 1].text == "?"


def is_uncommitting(verb: Token, *, denied: bool) -> bool:
    """Whether a verb after a modal only foretells or supposes.

    Who will not go, talk or meet refuses to, and who must is to: `denied` stands for both.
    """
    words, lemma = stance_cues(), lemma_of(verb)
    return lemma in words.stative and not is_passive(verb) and not (denied and lemma in words.refusable)


def _is_told_by_verb(verb: Token) -> bool:
    """Whether the verb after the modal tells the stance: "will oppose the plan", "would suggest that they leave"."""
    cue = stance_cues().verbs.get(lemma_of(verb))
    if cue is None or cue.lets_go or cue.weak or cue.of or is_passive(verb):
        return False
    return (cue.stance == "against" or "that" in cue.takes) and find_matter(verb, cue.takes, cue.via) is not None


def _is_own(context: Context, subject: Token, speakers: tuple[str, ...]) -> bool:
    """Whether the subject is the speaker, or somebody of the same party; "these forces" are somebody else's."""
    if any(c.dep_ == "det" and c.lower_ in ("this", "that", "these", "those") for c in subject.children):
        return False
    mine = {p for s in speakers if (p := context.mentions.party_of(s))} | set(speakers)
    return any(a in mine or context.mentions.party_of(a) in mine for a in context.mentions.who(subject))
