# ruff: noqa: E501 - one case a line reads best
"""Proposals: what was proposed and what became of it, by whom; sentences of conflicts on four continents."""

from __future__ import annotations

from functools import cache

import pytest

from accord.model.findings import Proposal
from accord.model.report import Report
from accord.model.vocabulary.proposals import proposal_words
from accord.reading.offline import understand
from accord.reading.pipeline import model
from accord.reading.proposals import extract


@cache
def read(text: str) -> tuple[tuple[Proposal, ...], dict[str, str], Report]:
    report = Report.make(text, "test")
    context = understand(report, model()(text))
    return extract(context), {a.id: a.name for a in context.mentions.actors}, report


def steps(text: str) -> list[tuple[str, frozenset[str]]]:
    """Status and parties of every step of every proposal."""
    proposals, names, _ = read(text)
    return [(s.status, frozenset(names[a] for a in s.by)) for p in proposals for s in p.history]


STEPS = [
    # proposed
    ("Egypt and Qatar proposed a 60-day truce in Gaza.", "proposed", {"Egypt", "Qatar"}),
    ("Eritrea put a peace plan forward last week.", "proposed", {"Eritrea"}),
    ("Pakistan suggested halting strikes for a week.", "proposed", {"Pakistan"}),
    ("A peace plan was presented by Norway in May.", "proposed", {"Norway"}),
    ("The UN-drafted roadmap was published in Geneva.", "proposed", {"United Nations"}),
    ("Sudan's army rejected Ethiopia's proposal for a truce.", "proposed", {"Ethiopia"}),
    ("Syria's proposal for a buffer zone was studied in Ankara.", "proposed", {"Syria"}),
    ("Georgia handed Russia a draft peace treaty.", "proposed", {"Georgia"}),
    ("Algeria launched an initiative to bring an end to the war in Mali.", "proposed", {"Algeria"}),
    ("A new offer from Morocco to grant the territory autonomy was rejected by the Polisario.", "rejected", {"Polisario"}),
    ("Sudan's military council has rejected an offer from the SPLM rebels for a ceasefire.", "rejected", {"Sudan"}),
    ("Ethiopia accused the TPLF of failing to honour the Pretoria peace agreement.", "violated", {"TPLF"}),
    ("The talks between Iran and Iraq touched on a prisoner exchange.", "proposed", {"Iran", "Iraq"}),
    ("Spain and Portugal have discussed sending peacekeepers to Mali.", "proposed", {"Spain", "Portugal"}),
    # accepted
    ("Hamas accepted the ceasefire proposal on Monday.", "accepted", {"Hamas"}),
    ("Azerbaijan is ready for a ceasefire.", "accepted", {"Azerbaijan"}),
    ("Armenia said it was ready to sign the peace treaty.", "accepted", {"Armenia"}),
    ("Serbia said that it would respect the truce.", "accepted", {"Serbia"}),
    ("Israel's parliament ratified the peace agreement.", "accepted", {"Israel"}),
    ("Ethiopia proposed a ceasefire. Eritrea agreed to it.", "accepted", {"Eritrea"}),
    # rejected
    ("Khartoum turned the peace plan down.", "rejected", {"Sudan"}),
    ("Rwanda refused to sign the peace agreement.", "rejected", {"Rwanda"}),
    ("Eritrea did not accept the ceasefire.", "rejected", {"Eritrea"}),
    ("Kenya said that the peace plan was unacceptable.", "rejected", {"Kenya"}),
    ("Myanmar will not accept any ceasefire.", None, set()),
    ("The truce was rejected by Hezbollah.", "rejected", {"Hezbollah"}),
    # agreed
    ("India and Pakistan agreed to a ceasefire.", "agreed", {"India", "Pakistan"}),
    ("Chad and Sudan agreed to exchange prisoners.", "agreed", {"Chad", "Sudan"}),
    ("A truce between Israel and Hezbollah was reached at night.", "agreed", {"Israel", "Hezbollah"}),
    ("Algeria brokered a ceasefire between Mali and Niger.", "agreed", {"Mali", "Niger"}),
    ("Ethiopia reached a peace deal with Eritrea.", "agreed", {"Ethiopia", "Eritrea"}),
    ("Georgia's government announced a ceasefire between Armenia and Azerbaijan.", "agreed", {"Armenia", "Azerbaijan"}),
    # signed
    ("Colombia signed a peace agreement with the FARC.", "signed", {"Colombia", "FARC"}),
    ("The accord, which Angola and UNITA signed in Lusaka, ended the war.", "signed", {"Angola", "UNITA"}),
    ("The signing of the peace accord by Chad and Libya was broadcast.", "signed", {"Chad", "Libya"}),
    # in force, broken, over
    ("The ceasefire between Iran and Iraq took effect at dawn.", "in-force", {"Iran", "Iraq"}),
    ("Yemen and Saudi Arabia exchanged prisoners on Friday.", "in-force", {"Yemen", "Saudi Arabia"}),
    ("The talks between Jordan and Syria led to a prisoner swap.", "in-force", {"Jordan", "Syria"}),
    ("The FARC has observed the truce since July.", "in-force", {"FARC"}),
    ("Thailand accused Cambodia of breaching the truce.", "violated", {"Cambodia"}),
    ("India and Pakistan accused each other of violating the ceasefire.", "violated", {"India", "Pakistan"}),
    ("Cyprus complained about ceasefire violations by Turkey.", "violated", {"Turkey"}),
    ("Armenia shelled the village in violation of the truce.", "violated", {"Armenia"}),
    ("Hezbollah called off its ceasefire.", "expired", {"Hezbollah"}),
    ("The government of Sri Lanka decided to withdraw from the ceasefire.", "expired", {"Sri Lanka"}),
    ("The truce between Israel and Hamas expired on Friday.", "expired", {"Israel", "Hamas"}),
    # come to nothing
    ("Serbia and Kosovo did not sign the agreement on autonomy.", "stalled", {"Serbia", "Kosovo"}),
    ("Libya and Chad failed to reach a peace agreement.", "stalled", {"Libya", "Chad"}),
    ("The talks between Japan and Russia ended without a peace treaty.", "stalled", {"Japan", "Russia"}),
    ("Israel and Syria parted with no agreement on a withdrawal.", "stalled", {"Israel", "Syria"}),
    ("No peace deal was reached by Ghana and Togo.", "stalled", {"Ghana", "Togo"}),
    ("Ethiopia left the talks without signing a peace deal.", "stalled", {"Ethiopia"}),
    ("The truce between Mali and Niger failed to hold.", "violated", {"Mali", "Niger"}),
    ("The peace agreement between Serbia and Kosovo has been held up by a court.", "stalled", {"Serbia", "Kosovo"}),
    ("There is no agreement between Iran and Iraq on a truce.", "stalled", {"Iran", "Iraq"}),
    # by one side alone, by what it says it will do, by what happened in it
    ("The Polisario declared a truce on Friday.", "in-force", {"Polisario"}),
    ("Burundi and Rwanda agreed to stop fighting.", "agreed", {"Burundi", "Rwanda"}),
    ("Mali and Niger agreed on Monday to start sharing power.", "agreed", {"Mali", "Niger"}),
    ("Uganda and Rwanda agreed to end their long feud.", "agreed", {"Uganda", "Rwanda"}),
    ("Qatar arranged a prisoner swap in which the Taliban freed two nurses.", "in-force", {"Taliban"}),
    ("Georgia studied a proposed ceasefire.", "proposed", set()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "status", "by"), STEPS)
def test_a_step_is_found_with_whose_it_is(text, status, by):
    assert (status, frozenset(by)) in steps(text) if status else steps(text) == []


NO_STEP = [
    "If Israel accepts the plan, the war may end.",
    "Hamas might reject the peace proposal.",
    "The United Nations urged Sudan to respect the ceasefire.",
    "Norway hopes that the rebels will sign a peace deal.",
    "Would Iran accept a peace treaty?",
    "Mediators are working to secure a truce in Sudan.",
    "The president announced plans for a peace conference.",
    "Kenya wants a peace agreement.",
    "Rwanda denied violating the ceasefire.",
    "The truce will last until the deal is signed.",
    "By accepting the truce, Serbia could save lives.",
    "A ceasefire is the only way to end the war in Yemen.",
    "The ceasefire monitors arrived in Colombo.",
    "They are in agreement that the war must end.",
    "India proposed talks with Pakistan on the war.",
    "Turkey outlined its plan for schools.",
    "The company exchanged gifts with the soldiers.",
    "Lebanon pledged to ensure that the accord is implemented.",
    "Cyprus called trust a key element in reaching a peace agreement.",
    "Georgia will honour whatever peace agreement it signs.",
    "Envoys spoke of steps that lead to a ceasefire.",
    "Libya and Chad reached an agreement in principle to hold talks.",
]


@pytest.mark.parametrize("text", NO_STEP)
def test_a_mere_mention_is_no_step(text):
    assert steps(text) == []


KINDS = [
    ("Ethiopia and Tigray's leaders signed a cessation of hostilities agreement in Pretoria.", "ceasefire"),
    ("Ethiopia declared a humanitarian truce.", "partial-truce"),
    ("Russia agreed to halt strikes on Georgian energy sites.", "partial-truce"),
    ("Israel's cabinet approved a deal to free the hostages.", "exchange"),
    ("Russia pulled out of the Black Sea grain deal.", "economic-deal"),
    ("Congo rejected the minerals agreement with Rwanda.", "economic-deal"),
    ("Kenya offered a multinational protection force for Haiti.", "guarantee"),
    ("Britain offered Cyprus security guarantees.", "guarantee"),
    ("Syria proposed a withdrawal of forces from the valley.", "withdrawal"),
    ("The government of Sudan and the JEM signed a framework agreement.", "framework"),
    ("Kenya's rivals signed a power-sharing deal after the violence.", "peace-plan"),
    ("The Bosnian Serbs rejected a plan to end the war.", "peace-plan"),
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_the_kind_is_told_by_what_stands_around_the_noun(text, kind):
    proposals, _, _ = read(text)
    assert kind in [p.kind for p in proposals]


def history(text: str) -> dict[str, list[tuple[str, set[str]]]]:
    """The history of each proposal by its name."""
    proposals, names, _ = read(text)
    return {p.name: [(s.status, {names[a] for a in s.by}) for s in p.history] for p in proposals}


def test_mentions_that_take_up_a_proposal_share_its_history():
    assert history(
        "Egypt proposed a 60-day truce in Gaza on Sunday. Hamas accepted the plan. Israel turned it down, and the deal collapsed."
    ) == {
        "60-day truce": [
            ("proposed", {"Egypt"}),
            ("accepted", {"Hamas"}),
            ("rejected", {"Israel"}),
            ("stalled", set()),
        ]
    }


def test_a_full_and_a_limited_truce_are_two_proposals():
    found = history(
        "Georgia proposed an unconditional ceasefire. Russia rejected the full ceasefire, but agreed to halt strikes on power grids."
    )
    assert len(found) == 2
    assert found["full ceasefire"] == [("proposed", {"Georgia"}), ("rejected", {"Russia"})]


def test_exchanges_between_other_parties_are_two_proposals():
    found = history(
        "Iran and Iraq agreed on a prisoner exchange. Qatar and the Taliban discussed a prisoner swap in Doha."
    )
    assert len(found) == 2


def test_a_headline_and_its_first_sentence_tell_one_proposal():
    found = history(
        "Uganda and LRA sign truce\n\nThe government of Uganda and the LRA signed a three-week truce in Juba on Saturday."
    )
    assert [[status for status, _ in steps_] for steps_ in found.values()] == [["signed"]]


def test_who_signs_is_named_with_the_party_bound():
    proposals, names, _ = read(
        "Mozambican President Filipe Nyusi and Renamo leader Ossufo Momade signed a peace accord."
    )
    (step,) = proposals[0].history
    assert [names[a] for a in step.by] == ["Filipe Nyusi", "Ossufo Momade", "Mozambique", "RENAMO"]


def test_parties_named_in_another_sentence_stand_for_a_step_without_any():
    found = history(
        "Indonesia and the Free Aceh Movement signed a truce in Geneva. The truce broke down within months."
    )
    assert ("expired", {"Indonesia", "Free Aceh Movement"}) in next(iter(found.values()))


def test_the_terms_are_in_the_words_of_the_report():
    proposals, _, _ = read(
        "Norway presented a peace plan that would give the north autonomy. Under the plan, Serbia would withdraw its troops. "
        "The plan calls for elections within a year."
    )
    assert proposals[0].terms == (
        "would give the north autonomy",
        "Serbia would withdraw its troops",
        "calls for elections within a year",
    )


def test_every_step_rests_on_a_slice_of_the_report():
    for text, _, _ in STEPS:
        proposals, _, report = read(text)
        for proposal in proposals:
            assert proposal.why
            assert 0.3 <= proposal.confidence <= 0.95
            for evidence in (*proposal.evidence, *(e for s in proposal.history for e in s.evidence)):
                evidence.check(report)


def test_every_noun_of_the_vocabulary_names_a_proposal_in_its_example():
    silent = [
        noun.example
        for found in proposal_words().nouns.values()
        for noun in found
        if not any(noun.kind in (None, p.kind) or noun.takes_up for p in read(noun.example)[0])
    ]
    assert silent == []


def test_every_act_of_the_vocabulary_tells_a_proposal_in_its_example():
    silent = [
        act.example
        for acts in proposal_words().acts.values()
        for act in acts
        if act.kind not in [p.kind for p in read(act.example)[0]]
    ]
    assert silent == []


def test_every_cue_of_the_vocabulary_tells_its_status_in_its_example():
    silent = [
        (cue.gives, cue.example)
        for cues in proposal_words().cues.values()
        for cue in cues
        if cue.gives not in [status for status, _ in steps(cue.example)]
    ]
    assert silent == []


def test_who_had_no_part_in_one_truce_asks_for_another():
    text = "Armenia accepted a 60-day ceasefire at talks in Tbilisi. On Friday France asked for a truce."
    assert len(read(text)[0]) == 2


def test_steps_of_different_days_are_two_steps():
    text = "Mali and Niger agreed to a truce on May 3, 2021. Mali and Niger had agreed to a truce on January 9, 2020."
    found = [(step.status, str(step.date)) for proposal in read(text)[0] for step in proposal.history]
    assert sorted(found) == [("agreed", "2020-01-09"), ("agreed", "2021-05-03")]


def test_a_signing_ceremony_signs_what_was_agreed_before():
    text = "Mali and Niger agreed to a truce at talks in Accra. The ministers shook hands after a signing ceremony."
    assert "signed" in [status for status, _ in steps(text)]
