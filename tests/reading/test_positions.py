"""Positions: whose, for or against what, how firmly, on what condition; and what is none."""

from __future__ import annotations

import pytest

CASES = [
    # text, party, issue, stance, strength
    (
        "Sudan will never accept foreign troops, its president Omar Bashir said.",
        "Sudan",
        "foreign-forces",
        "against",
        "red-line",
    ),
    ("Serbia's president said the province must remain part of Serbia.", "Serbia", "territory", "for", "red-line"),
    ("Ethiopia is not ready to release the prisoners.", "Ethiopia", "prisoners-hostages", "against", "demand"),
    (
        "Turkey did not rule out a withdrawal of its troops from the island.",
        "Turkey",
        "withdrawal",
        "open",
        "preference",
    ),
    ("Armenia refused to cede the highland villages.", "Armenia", "territory", "against", "demand"),
    ("The FARC rejected calls for its disarmament.", "FARC", "disarmament", "against", "demand"),
    ("Israel dropped its opposition to a prisoner exchange.", "Israel", "prisoners-hostages", "open", "preference"),
    ("The lifting of sanctions is Iran's main demand.", "Iran", "sanctions", "for", "demand"),
    ("Morocco insists that the territory belongs to the kingdom.", "Morocco", "territory", "for", "demand"),
    ("Eritrea hopes that the border crossings will reopen.", "Eritrea", "borders-transit", "for", "preference"),
    (
        "Nepal's prime minister said early elections were out of the question.",
        "Nepal",
        "elections",
        "against",
        "red-line",
    ),
]


@pytest.mark.parametrize(("text", "party", "issue", "stance", "strength"), CASES)
def test_a_party_has_a_position(read, text, party, issue, stance, strength):
    found = [(name, p.issue, p.stance, p.strength) for name, p in read(text)]
    assert (party, issue, stance, strength) in found


NONE = [
    "An analyst in Nairobi said that Uganda wants to withdraw its troops.",
    "If Sudan accepts the truce, the border will reopen.",
    "Will Ethiopia accept the peace plan?",
    "The minister visited a school in the capital.",
]


@pytest.mark.parametrize("text", NONE)
def test_what_no_party_holds_is_no_position(read, text):
    assert [(name, p.stance, p.proposition) for name, p in read(text)] == []


def test_joint_holders_have_a_position_each(read):
    found = read("Armenia and Azerbaijan agreed to exchange all prisoners of war.")
    assert {(name, p.stance) for name, p in found} == {("Armenia", "for"), ("Azerbaijan", "for")}


def test_a_condition_is_kept_in_its_own_words(read):
    ((_, position),) = read("Serbia is ready to withdraw its troops if the rebels disarm.")
    assert position.condition == "the rebels disarm"
    found = read("Colombia agreed to a ceasefire in exchange for the release of all hostages.")
    assert [p.condition for _, p in found if p.issue == "ceasefire"] == ["the release of all hostages"]


def test_members_of_one_demand_are_positions_of_their_own(read):
    found = read("Ethiopia demanded that the rebels lay down their weapons, release all hostages and leave the city.")
    assert {p.issue for _, p in found} >= {"disarmament", "prisoners-hostages"}


def test_a_proposition_is_a_sentence_with_its_own_subject(read):
    ((_, position),) = read("Norway urged the rebels to release the hostages.")
    assert position.proposition.endswith("release the hostages")
    ((_, own),) = read("Rwanda refused to withdraw its troops.")
    assert own.proposition == "Rwanda withdraws its troops"


def test_a_denied_matter_turns_the_stance_round(read):
    ((_, position),) = read("India demanded that Pakistan not violate the ceasefire.")
    assert position.stance == "against"


def test_a_spokesman_binds_his_state(read):
    found = read("Iran's foreign minister, Abbas Araghchi, demanded the lifting of all sanctions.")
    ((name, position),) = found
    assert name == "Iran"
    assert position.speaker is not None


def test_evidence_is_the_text_it_was_cut_from(read):
    text = "On Monday Chad demanded the release of its soldiers, who were captured in May."
    for _, position in read(text):
        for evidence in position.evidence:
            assert text[evidence.start : evidence.end] == evidence.quote


def test_the_plan_is_the_one_told_before(read):
    found = read("Norway proposed a peace plan with a common parliament. Serbia rejected the plan.")
    assert [(name, p.common, p.common_stance) for name, p in found if name == "Serbia"] == [
        ("Serbia", "The war is ended by agreement", "against")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The envoy blamed Serbia for allowing the war to begin.",  # a reproach
        "Norway doubted the rebels. It made an assessment of Serbia's readiness for a truce.",
        "Serbia demanded that Kosovo give up its independence.",  # Kosovo gave up nothing
        "Kosovo could join the talks once Serbia is ready for peace, the envoy said.",
        "Kenya's position was unacceptable, Uganda's minister said.",
    ],
)
def test_what_is_reproached_doubted_demanded_or_awaited_is_nobodys_stance(read, text):
    holders = {"Serbia", "Kosovo"} if "demanded" not in text else {"Kosovo"}
    assert [(name, p.stance, p.proposition) for name, p in read(text) if name in holders or "Uganda" in name] == []


def test_a_description_does_not_tell_the_issue(read):
    ((_, position),) = read(
        "Norway urged Serbia to begin direct talks on a deal that may involve territorial concessions."
    )
    assert position.issue == "talks-format"


def test_who_says_that_something_might_have_to_be_done_leaves_it_open(read):
    ((_, position),) = read("Norway suggested that Serbia might have to cede the valley.")
    assert position.stance == "open"


MECHANISMS = [
    # a condition is asked for
    ("Georgia will not sign the accord unless the militia disarms.", "Georgia", "disarmament", "for"),
    ("Burundi refused to hold talks until the rebels released the hostages.", "Burundi", "prisoners-hostages", "for"),
    ("Kosovo agreed to a truce in exchange for the withdrawal of the army.", "Kosovo", "withdrawal", "for"),
    # what is refused on a condition is a stance with it
    ("Cyprus said it would not lift the sanctions unless the troops withdrew.", "Cyprus", "sanctions", "against"),
    # verdicts, also on what "it" points forward to, on what is called so, and by what is the only way
    ("Kenya said it was too early to speak of lifting the sanctions.", "Kenya", "sanctions", "against"),
    ("It is essential to release the prisoners, Norway said.", "Norway", "prisoners-hostages", "for"),
    ("Serbia described the independence of the province as illegal.", "Serbia", "status-recognition", "against"),
    ("Negotiations are the only way to peace, Libya said.", "Libya", "peace-agreement", "for"),
    ("There is no alternative to a ceasefire, Mali said.", "Mali", "ceasefire", "for"),
    ("There must be a ceasefire, Mali said.", "Mali", "ceasefire", "for"),
    ("The rebels have to disarm, Uganda said.", "Uganda", "disarmament", "for"),
    # acts at the table, threats to leave it, partners
    ("Eritrea walked out of the talks.", "Eritrea", "talks-format", "against"),
    ("Eritrea threatened to leave the talks.", "Eritrea", "talks-format", "open"),
    ("Niger agreed a ceasefire with Chad.", "Chad", "ceasefire", "for"),
    # what is told by a relative clause, a predicate, a noun with its owner
    ("Burundi rejected the truce that Tanzania proposed.", "Tanzania", "ceasefire", "for"),
    ("Greece is against the lifting of sanctions.", "Greece", "sanctions", "against"),
    ("Armenia restated its position that the troops must leave the province.", "Armenia", "withdrawal", "for"),
    # holders from the grammar: who repeats its demand, who the speaker is, the subject before
    ("Chad met the envoys. It wants the release of the prisoners.", "Chad", "prisoners-hostages", "for"),
    # what is taken up again
    ("Serbia demanded a withdrawal of the troops. Kosovo rejected this demand.", "Kosovo", "withdrawal", "against"),
    # what somebody says he would do
    ("Sudan's president said he would release the prisoners.", "Sudan", "prisoners-hostages", "for"),
]


@pytest.mark.parametrize(("text", "party", "issue", "stance"), MECHANISMS)
def test_a_stance_is_told_in_many_ways(read, text, party, issue, stance):
    found = [(name, p.issue, p.stance) for name, p in read(text)]
    assert (party, issue, stance) in found


def test_a_list_of_several_issues_is_a_position_on_each(read):
    found = read("Nepal wants the release of all prisoners and early elections.")
    assert {p.issue for _, p in found} == {"prisoners-hostages", "elections"}


def test_an_act_tells_a_stance_only_where_nothing_else_does(read):
    assert [p.why[0] for _, p in read("Liberia signed the peace accord.")] == ["verb sign"]
    found = read("Liberia signed the peace accord. Liberia supports the peace accord.")
    assert [p.why[0] for _, p in found] == ["verb support"]


@pytest.mark.parametrize(
    "text",
    [
        "Kenya declined to comment on the peace talks.",
        "Uganda denied reports that it had agreed to a ceasefire.",
        "Rwanda was accused of wanting to annex the province.",
        "The envoy of Norway spoke of Uganda's commitment to the ceasefire.",
    ],
)
def test_what_is_not_told_denied_reproached_or_read_into_somebody_is_no_stance(read, text):
    assert [(name, p.stance, p.proposition) for name, p in read(text)] == []


def test_without_preconditions_is_no_condition(read):
    ((_, position),) = read("Mali agreed to peace talks without preconditions.")
    assert position.condition is None


def test_what_is_only_supposed_is_no_stance(read):
    assert read("If Serbia decides that a truce is essential, the border will reopen.") == []


def test_who_has_no_name_is_not_the_one_before(read):
    found = read("Georgia protested. Mediators said they would try to revive the peace talks.")
    assert "Georgia" not in [name for name, _ in found]


def test_what_has_to_be_done_is_worded_as_done(read):
    ((_, position),) = read("The sanctions have to be lifted, Cuba said.")
    assert position.proposition == "The sanctions are lifted"


def test_what_need_not_be_is_neither_wanted_nor_refused(read):
    assert not read("Malawi's president said that he did not have to think about sanctions on Zambia now.")
    assert read("Malawi's president said that the sanctions on Zambia have to be lifted.")


def test_who_will_not_give_up_a_thing_tells_one_stance(read):
    found = [
        (p.common, p.common_stance, p.strength) for _, p in read("Mali said that it will not give up any territory.")
    ]
    assert found == [("Mali gives up territory", "against", "red-line")]
    kept = [p.shared_stance for _, p in read("Mali will not give up its membership of the union.")]
    assert kept == ["for"]


def test_what_should_have_been_is_blame_and_no_stance(read):
    assert read("Kenya's president said Uganda should never have let the war start.") == []
    ((name, position),) = read("Kenya's president said Uganda should never let the war start.")
    assert (name, position.stance) == ("Kenya", "against")
