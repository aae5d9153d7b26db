"""The common form of a proposition: every entry's examples, and wordings that must meet."""

from __future__ import annotations

import pytest

from accord.model.vocabulary.propositions import common_propositions

EXAMPLES = [
    pytest.param(common.issue, *example, id=f"{common.issue}: {example[0]}")
    for entries in common_propositions().values()
    for common in entries
    for example in common.examples
]


@pytest.mark.parametrize(("issue", "matter", "wanted"), EXAMPLES)
def test_a_matter_takes_its_common_form(read, issue, matter, wanted):
    infinitive = matter.startswith("to ")
    text = f"Malta {'promised' if infinitive else 'demanded'} {matter}."
    said = wanted.removeprefix("not ").replace("Holder", "Malta")
    found = [(p.issue, p.common, p.common_stance) for _, p in read(text)]
    assert (issue, said, "against" if wanted.startswith("not ") else "for") in found


def test_demand_and_refusal_in_other_words_meet(read):
    ((_, wish),) = read("Georgia wants to join the alliance.")
    ((_, veto),) = read("Russia said that Georgia's admittance to the alliance was unacceptable.")
    assert wish.common == veto.common
    assert (wish.common_stance, veto.common_stance) == ("for", "against")


def test_lifting_and_keeping_sanctions_are_one_question(read):
    ((_, lift),) = read("Iran demanded the lifting of all sanctions.")
    ((_, keep),) = read("France favoured new sanctions.")
    assert lift.common is not None
    assert keep.common is not None
    assert (lift.common_stance, keep.common_stance) == ("against", "for")


def test_who_gives_up_land_is_part_of_the_proposition(read):
    ((_, one),) = read("Armenia refused to cede the valley.")
    ((_, other),) = read("Azerbaijan refused to cede the valley.")
    assert one.common != other.common


def test_a_matter_of_the_same_issue_keeps_its_own_words(read):
    """Two matters of one issue are not one proposition unless their words say so."""
    found = read("Malta ruled out foreign troops. Malta demanded security guarantees.")
    common = {p.proposition: p.common for _, p in found}
    assert "Security guarantees are given" in common.values()
    assert not [p for p, said in common.items() if "troops" in p.lower() and said == "Security guarantees are given"]
