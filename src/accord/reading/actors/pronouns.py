"""Pronouns of the third person and relatives: "he", "she", "they", "it", "who"."""

from __future__ import annotations

from spacy.tokens import Token

from accord.model.vocabulary.groups import groups
from accord.model.vocabulary.roles import Gender
from accord.reading.actors.discourse import Discourse, Past
from accord.reading.actors.scene import Scene
from accord.reading.mentions import Mention

_GENDER: dict[str, Gender] = {
    "he": "he", "him": "he", "his": "he", "himself": "he", "she": "she", "her": "she", "hers": "she", "herself": "she",
}  # fmt: skip
_PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
_NEUTER = frozenset({"it", "its", "itself"})
_RELATIVE = frozenset({"who", "which", "that", "whom"})
_SUBJECTS = ("nsubj", "nsubjpass")
_IMPERSONAL = frozenset({"be", "seem", "appear", "remain", "become", "mean", "happen", "matter"})
_NEAR = 3


def pronoun(scene: Scene, discourse: Discourse, token: Token) -> Mention | None:
    """The mention that a pronoun makes, if somebody fits."""
    lower = token.lower_
    if lower in _GENDER:
        past = one_person(scene, discourse, token, _GENDER[lower])
        if past is not None:
            draft = scene.registry[past.mention.actors[0]]
            if draft.gender is None:
                draft.gender = _GENDER[lower]
            return _made(scene, token, past.mention.actors, lower)
    elif lower in _PLURAL:
        actors = _several(scene, discourse, token)
        if actors:
            return _made(scene, token, actors, lower)
    elif lower in _NEUTER:
        past = _body(scene, discourse, token)
        if past is not None:
            return _made(scene, token, past.mention.actors, lower)
    elif lower in _RELATIVE and token.dep_ in (*_SUBJECTS, "dobj") and token.head.dep_ == "relcl":
        antecedent = scene.by_head.get(token.head.head.i)
        if antecedent is not None and (lower == "who" or token.i - antecedent.end <= 1):
            return _made(scene, token, antecedent.actors, "relative")
    return None


def _made(scene: Scene, token: Token, actors: tuple[str, ...], why: str) -> Mention:
    return scene.mention(token.i, token.i + 1, actors, "pronoun", why, head=token.i)


def sure_gender(scene: Scene, discourse: Discourse, token: Token) -> tuple[str, str] | None:
    """The one person near a gendered pronoun and its gender, where no second person could be meant."""
    if token.i in scene.quoted:
        return None
    near = {
        past.mention.actors
        for past in discourse.before(token.i, 1)
        if any(scene.registry[a].singular for a in past.mention.actors)
    }
    if len(near) == 1:
        (actors,) = near
        if len(actors) == 1:
            return actors[0], _GENDER[token.lower_]
    return None


def one_person(
    scene: Scene, discourse: Discourse, token: Token, gender: Gender, barred: frozenset[str] = frozenset()
) -> Past | None:
    """The person whom "he" or "she" means: of the right gender, and not the subject whose object it is."""
    clash = _co_arguments(scene, token)
    ahead = _ahead(scene, token)
    if ahead is not None:
        draft = scene.registry[ahead.actors[0]]
        if len(ahead.actors) == 1 and draft.singular and draft.gender in (None, gender) and draft.id not in barred:
            return discourse.look(ahead)

    def fits(past: Past) -> bool:
        drafts = discourse.drafts(past)
        if len(drafts) != 1 or not drafts[0].singular or drafts[0].id in clash or drafts[0].id in barred:
            return False
        return drafts[0].gender in (None, gender)

    best, _ = discourse.best(token, fits)
    return best


def _ahead(scene: Scene, token: Token) -> Mention | None:
    """The subject that follows a phrase or clause put before it ("In his speech, Annan said", "When he came, ...")."""
    top = token
    while top.head.i != top.i and not (top.dep_ in ("prep", "advcl") and top.head.dep_ in ("ROOT", "ccomp", "conj")):
        top = top.head
    if top.head.i == top.i or (
        top.left_edge.i != token.sent.start and scene.doc[top.left_edge.i - 1].text not in ("“", '"', ",")
    ):
        return None
    subject = next((c for c in top.head.children if c.dep_ in _SUBJECTS and c.i > top.right_edge.i), None)
    if subject is None or top.right_edge.i < token.i:
        return None
    if top.dep_ == "prep" and token.dep_ != "poss":
        return None
    return scene.by_head.get(subject.i)


def _co_arguments(scene: Scene, token: Token) -> set[str]:
    """Those whom an object pronoun cannot mean: the subject of the same verb."""
    if token.lower_ in ("himself", "herself") or token.tag_ == "PRP$" or token.dep_ == "poss":
        return set()
    verb = token.head if token.head.pos_ != "ADP" else token.head.head
    clash: set[str] = set()
    if token.dep_ in _SUBJECTS:
        if token.lower_ not in ("them", "him", "her") or verb.dep_ not in ("ccomp", "xcomp"):
            return set()
        verb = verb.head  # "villagers watched them go"
    for _ in range(3):
        subjects = [c for c in verb.children if c.dep_ in _SUBJECTS]
        for child in subjects:
            for word in (child, *child.conjuncts):
                mention = scene.by_head.get(word.i)
                if mention is not None:
                    clash.update(mention.actors)
        if subjects or verb.dep_ not in ("xcomp", "advcl", "conj", "acl", "pcomp", "prep"):
            break
        if verb.dep_ in ("xcomp", "pcomp"):
            for child in (verb.head if verb.dep_ == "xcomp" else verb.head.head).children:
                if child.dep_ == "dobj" and child.i in scene.by_head:
                    clash.update(scene.by_head[child.i].actors)  # "accused the troops of fighting beside them"
        verb = verb.head  # "Trump put the ball in his court, pushing him to": the doer of both
    return clash


def _pair(scene: Scene, past: Past) -> tuple[str, ...]:
    """The actors of a mention and of what is joined to it with "and"."""
    head = scene.doc[past.mention.head]
    found = list(past.mention.actors)
    for word in head.conjuncts:
        mention = scene.by_head.get(word.i)
        if mention is not None:
            found.extend(a for a in mention.actors if a not in found)
    return tuple(found)


def _several(scene: Scene, discourse: Discourse, token: Token) -> tuple[str, ...]:
    """Whom "they" means: the most salient plural, or a body where no plural is near."""
    if _other_subject(scene, token, plural=True):
        return ()
    judged = _judged(scene, token)
    if judged:
        return judged
    clash = _co_arguments(scene, token)
    best: tuple[float, tuple[str, ...]] | None = _met(scene, discourse, token)
    rivals = any(_plural(scene, p) and p.sentence == discourse.sentence(token.i) for p in discourse.before(token.i, 0))
    for past in discourse.before(token.i, _NEAR):
        actors = _pair(scene, past)
        kinds = {scene.registry[a].kind for a in actors}
        if not actors or set(actors) <= clash or past.mention.locative:
            continue
        if len(actors) == 1 and kinds & {"person", "unnamed", "media"}:
            continue
        points = discourse.salience(past, token)
        if _plural(scene, past) or len(actors) > 1:
            points += 22
        elif kinds & {"armed-group", "organisation", "bloc", "group"}:
            if not past.subject:
                continue
            points += 6
        elif past.sentence != discourse.sentence(token.i):
            continue
        else:
            points -= 34 if rivals else 14
        if past.mention.why == "adjective":
            points -= 18
        if best is None or points > best[0]:
            best = (points, actors)
    return best[1] if best is not None and best[0] > -70 else ()


def _judged(scene: Scene, token: Token) -> tuple[str, ...]:
    """Those whom a verb of blame or praise is about: "criticised the army and the rebels for their violations"."""
    noun = token.head
    if token.dep_ != "poss" or noun.dep_ not in ("pobj", "conj") or noun.head.lower_ not in ("for", "over", "of"):
        return ()
    verb = noun.head.head
    if verb.lemma_.lower() not in groups().judging_verbs:
        return ()
    found: list[str] = []
    for child in (c for c in verb.children if c.dep_ == "dobj"):
        for word in (child, *child.conjuncts):
            mention = scene.by_head.get(word.i)
            found.extend(a for a in (mention.actors if mention is not None else ()) if a not in found)
    return tuple(found) if len(found) > 1 else ()


def _plural(scene: Scene, past: Past) -> bool:
    """Whether a mention is told in the plural: "the rebels", not "Moscow"."""
    return scene.doc[past.mention.head].tag_ in ("NNS", "NNPS") and past.mention.why != "metonym"


def _met(scene: Scene, discourse: Discourse, token: Token) -> tuple[float, tuple[str, ...]] | None:
    """Those who came together in the same sentence or the one before ("Barnea met Al Thani; they spoke for hours")."""
    for past in discourse.before(token.i, 1):
        verb = scene.doc[past.mention.head].head
        if not past.subject or verb.lemma_ not in groups().meeting_verbs or len(past.mention.actors) != 1:
            continue
        for child in verb.children:
            other = scene.by_head.get(child.i) if child.dep_ == "dobj" and child.i < token.i else None
            if other is not None and len(other.actors) == 1 and other.actors != past.mention.actors:
                return discourse.salience(past, token) + 10, (*past.mention.actors, *other.actors)
    return None


def _body(scene: Scene, discourse: Discourse, token: Token) -> Past | None:
    """Whom "it" or "its" means among states and bodies; nobody where a thing is the nearer subject."""
    if _other_subject(scene, token, plural=False):
        return None
    reporter = _reporter(scene, token)
    if reporter is not None:
        return discourse.look(reporter)
    if token.lower_ == "it" and (token.dep_ not in (*_SUBJECTS, "dobj", "pobj") or _expletive(token)):
        return None
    if token.lower_ == "it" and token.dep_ in ("dobj", "pobj"):
        return None  # far more often a thing

    def fits(past: Past) -> bool:
        drafts = discourse.drafts(past)
        if len(drafts) != 1 or drafts[0].kind in ("person", "unnamed", "group"):
            return False
        head = scene.doc[past.mention.head]
        return (
            not past.mention.locative
            and not (head.tag_ in ("NNS", "NNPS") and past.mention.form == "people")
            and not drafts[0].observer
            and (past.subject or (token.lower_ != "it" and past.mention.why != "adjective"))
        )

    best, _ = discourse.best(token, fits, 1)
    return best


def _reporter(scene: Scene, token: Token) -> Mention | None:
    """The body that says something of itself: "the group said it had left"."""
    clause = token.head
    if token.dep_ not in _SUBJECTS or clause.dep_ != "ccomp" or clause.head.lemma_ not in groups().saying_verbs:
        return None
    if clause.lemma_ in _IMPERSONAL and any(c.dep_ in ("ccomp", "csubj", "xcomp") for c in clause.children):
        return None  # "said it was clear that"
    subject = next((c for c in clause.head.children if c.dep_ in _SUBJECTS and c.i < token.i), None)
    mention = scene.by_head.get(subject.i) if subject is not None else None
    if mention is None or len(mention.actors) != 1:
        return None
    speaker = scene.registry[mention.actors[0]]
    if speaker.singular and speaker.party is not None:
        return Mention(mention.start, mention.end, mention.head, (speaker.party,), mention.form, mention.why)
    return mention if not speaker.singular and speaker.kind != "group" else None


def _expletive(token: Token) -> bool:
    """ "It is not clear that", "it seems", "it remains": nobody."""
    verb = token.head
    if verb.lemma_ in _IMPERSONAL:
        return True
    return verb.lemma_ not in groups().acting_verbs


def _other_subject(scene: Scene, token: Token, *, plural: bool) -> bool:
    """Whether a thing rather than an actor is the nearest subject before a pronoun within its sentence."""
    tags = ("NNS", "NNPS") if plural else ("NN", "NNP")
    doc = scene.doc
    told = _told_clause(token)
    for i in range(token.i - 1, token.sent.start - 1, -1):
        word = doc[i]
        if word.dep_ in _SUBJECTS and word.head.i != told:
            if i in scene.by_head or word.pos_ in ("PRON", "DET"):
                return False
            return word.tag_ in tags
    return _thing_before(scene, token, tags)


def _told_clause(token: Token) -> int | None:
    """The verb of what a speaker says happened to its own: "the rebels said planes had bombed their positions"."""
    verb = token.head.head if token.dep_ == "poss" and token.head.dep_ in ("dobj", "nsubjpass") else None
    told = verb is not None and verb.dep_ == "ccomp" and verb.head.lemma_ in groups().saying_verbs
    return verb.i if verb is not None and told and token.head.dep_ == "dobj" else None


def _thing_before(scene: Scene, token: Token, tags: tuple[str, ...]) -> bool:
    """Whether the sentence before has a thing for its subject, which a pronoun that opens a sentence then means."""
    start = token.sent.start
    if start == 0 or token.dep_ not in _SUBJECTS:
        return False
    root = scene.doc[start - 1].sent.root
    subject = next((c for c in root.children if c.dep_ in _SUBJECTS), None)
    return subject is not None and subject.i not in scene.by_head and subject.tag_ in tags
