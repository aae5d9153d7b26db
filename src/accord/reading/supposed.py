"""What is only supposed: clauses that open a condition, and those that stand under one."""

from __future__ import annotations

from spacy.tokens import Token

from accord.model.vocabulary.modality import modality_cues


def conditional_clause(verb: Token) -> str | None:
    """The word or phrase that makes the clause headed by `verb` a condition, or None."""
    cues = modality_cues()
    for child in verb.children:
        if child.dep_ in ("mark", "advmod") and child.lower_ in cues.condition_marks and child.i < verb.i:
            if child.lower_ == "whether" and verb.dep_ == "ccomp":
                continue
            return child.lower_
        timed = child.dep_ in ("mark", "advmod") and child.lower_ in cues.condition_times and child.i < verb.i
        if timed and verb.dep_ == "advcl" and _present(verb):
            return child.lower_  # "when it recognises us"; but "when it recognised them" is told as done
        if child.dep_ in ("mark", "prep"):
            phrase = phrase_at(child, cues.condition_phrases)
            if phrase:
                return phrase
    inverted = next((c for c in verb.children if c.dep_ == "aux" and c.lower_ in cues.inverted), None)
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if inverted is not None and subject is not None and inverted.i < subject.i < verb.i and verb.sent[-1].text != "?":
        return f"{inverted.lower_} (inverted)"
    return None


def under_condition(verb: Token) -> str | None:
    """The word that opens a condition on the clause of `verb` ("if X, Y could follow"), or None."""
    clause = condition_on(verb)
    return conditional_clause(clause) if clause is not None else None


def condition_on(verb: Token) -> Token | None:
    """The verb of the clause that puts a condition on the clause of `verb`, or None.

    Also the condition that the parser hung on the verb of saying in between: "She said that should X refuse, Y
    could follow".
    """
    for child in verb.children:
        if child.dep_ not in ("advcl", "ccomp") or child.pos_ not in ("VERB", "AUX"):
            continue
        cue = conditional_clause(child)
        if cue and (child.dep_ == "advcl" or "inverted" in cue):
            return child
        if child.dep_ == "ccomp" and child.i < verb.i:
            for inner in child.children:
                if inner.dep_ in ("advcl", "ccomp") and inner.i < verb.i and conditional_clause(inner):
                    return inner
    return None


def phrase_at(token: Token, phrases: tuple[tuple[str, ...], ...]) -> str | None:
    """The phrase whose last word is `token`."""
    doc, last = token.doc, token.lower_
    for phrase in phrases:
        if phrase[-1] != last:
            continue
        start = token.i + 1 - len(phrase)
        if start >= 0 and all(doc[start + k].lower_ == word for k, word in enumerate(phrase)):
            return " ".join(phrase)
    return None


def _present(verb: Token) -> bool:
    """Whether a clause is in the present or the present perfect."""
    helpers = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    return any(h.tag_ in ("VBZ", "VBP") for h in helpers) or (not helpers and verb.tag_ in ("VBZ", "VBP"))
