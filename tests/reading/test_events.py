"""Events: who did what to whom, whether it happened, when and where; sentences of conflicts on four continents."""

from __future__ import annotations

import datetime as dt
from functools import cache

import pytest

from accord.model.findings import Event
from accord.model.report import Report
from accord.reading.events import extract
from accord.reading.offline import understand
from accord.reading.pipeline import model

PUBLISHED = dt.date(2025, 3, 5)  # a Wednesday


@cache
def read(text: str, published: dt.date | None = None) -> tuple[tuple[Event, ...], dict[str, str], Report]:
    report = Report.make(text, "test", published=published)
    context = understand(report, model()(text))
    return extract(context), {a.id: a.name for a in context.mentions.actors}, report


def told(text: str) -> list[tuple[str, str, list[str], list[str]]]:
    """Type, status, actors and recipients of each event."""
    events, names, _ = read(text)
    return [
        (e.type, e.status, sorted(names[a] for a in e.actors), sorted(names[a] for a in e.recipients)) for e in events
    ]


ONE = [
    # plain, passive, coordinated, relative, participial
    ("Turkey invaded Cyprus in 1974.", "ASSAULT", "occurred", {"Turkey"}, {"Cyprus"}),
    ("Kuwait was invaded by Iraq.", "ASSAULT", "occurred", {"Iraq"}, {"Kuwait"}),
    ("Rwanda, which backed the rebels, denied the charge.", "SUPPORT", "occurred", {"Rwanda"}, set()),
    ("Ethiopia agreed to withdraw its troops from Eritrea.", "AGREE", "occurred", {"Ethiopia"}, set()),
    ("India condemned it and recalled its ambassador from Pakistan.", "SANCTION", "occurred", {"India"}, {"Pakistan"}),
    ("Egypt has been urging Sudan to open the border.", "REQUEST", "occurred", {"Egypt"}, {"Sudan"}),
    # nouns and verbs that only lend a subject
    ("Israel carried out air strikes on Syria on Friday.", "ASSAULT", "occurred", {"Israel"}, {"Syria"}),
    ("Ethiopia held talks with Eritrea in Asmara.", "CONSULT", "occurred", {"Ethiopia", "Eritrea"}, set()),
    ("The invasion of Kuwait by Iraq led to a war.", "ASSAULT", "occurred", {"Iraq"}, {"Kuwait"}),
    ("Denmark announced the suspension of aid to Egypt.", "SANCTION", "occurred", {"Denmark"}, {"Egypt"}),
    # mutual acts
    ("India and Pakistan signed an agreement on water.", "AGREE", "occurred", {"India", "Pakistan"}, set()),
    ("Armenia and Azerbaijan exchanged prisoners at dawn.", "RETREAT", "occurred", {"Armenia", "Azerbaijan"}, set()),
    ("Serbia met Kosovo in Brussels for talks.", "CONSULT", "occurred", {"Serbia", "Kosovo"}, set()),
    # whether it happened
    ("Kenya refused to extradite the general to Sudan.", "REJECT", "occurred", {"Kenya"}, {"Sudan"}),
    ("Iran did not attack Iraq.", "ASSAULT", "refused", {"Iran"}, {"Iraq"}),
    ("Nepal will send soldiers to Lebanon.", "MOBILIZE", "planned", {"Nepal"}, {"Lebanon"}),
    ("Ethiopia might invade Eritrea if the talks fail.", "ASSAULT", "conditional", {"Ethiopia"}, {"Eritrea"}),
    ("Eritrea threatened to attack Djibouti.", "THREATEN", "occurred", {"Eritrea"}, {"Djibouti"}),
    # whose words: an act inside a report of it
    ("Chad said that Sudan had bombed Libya.", "ASSAULT", "occurred", {"Sudan"}, {"Libya"}),
    ("Rwanda accused Uganda of arming rebels.", "ACCUSE", "occurred", {"Rwanda"}, {"Uganda"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "status", "actors", "recipients"), ONE, ids=[row[0][:40] for row in ONE])
def test_who_did_what_to_whom(text: str, kind: str, status: str, actors: set[str], recipients: set[str]) -> None:
    assert (kind, status, sorted(actors), sorted(recipients)) in told(text)


def test_a_plan_is_one_event_with_its_verb_of_agreeing_another() -> None:
    found = told("Colombia agreed to release the prisoners.")
    assert ("AGREE", "occurred", ["Colombia"], []) in found
    assert ("RETREAT", "planned", ["Colombia"], []) in found


def test_what_is_asked_for_or_refused_is_part_of_the_asking() -> None:
    assert [row[0] for row in told("Mali called for talks with Niger.")] == ["REQUEST"]
    assert [row[0] for row in told("Mali refused to release the soldiers.")] == ["REJECT"]


def test_talks_that_failed_took_place_and_brought_no_agreement() -> None:
    found = told("India and Pakistan met in Agra. The talks collapsed on Monday.")
    assert ("CONSULT", "occurred", ["India", "Pakistan"], []) in found
    assert ("AGREE", "refused", ["India", "Pakistan"], []) in found


def test_talks_that_failed_failed_those_who_held_them() -> None:
    text = (
        "Indonesia and Malaysia signed a treaty. Indonesia praised Malaysia. "
        "Norway and Sweden agreed to send monitors. Earlier talks collapsed in May 2003."
    )
    found = told(text)
    assert ("CONSULT", "occurred", ["Indonesia", "Malaysia"], []) in found
    assert ("AGREE", "refused", ["Indonesia", "Malaysia"], []) in found


def test_a_vow_to_act_against_something_is_no_agreement() -> None:
    assert "AGREE" not in [row[0] for row in told("Serbia vowed to campaign against the treaty.")]
    assert "AGREE" in [row[0] for row in told("Serbia vowed to respect the treaty.")]


def test_the_talks_are_those_of_whom_was_told_before() -> None:
    found = told("Serbia and Kosovo opened negotiations in Brussels. The negotiations will resume on Friday.")
    assert ("CONSULT", "planned", ["Kosovo", "Serbia"], []) in found


def test_the_place_is_where_it_happened() -> None:
    events, _, _ = read("The presidents of Kenya and Somalia met in Nairobi on Friday.")
    assert [e.place for e in events if e.type == "CONSULT"] == ["Nairobi"]


def test_one_act_told_twice_is_one_event_with_both_sentences() -> None:
    text = "Turkey invaded Cyprus in 1974. The Turkish invasion of Cyprus divided the island."
    events = [e for e in read(text)[0] if e.type == "ASSAULT"]
    assert len(events) == 1
    assert len(events[0].evidence) == 2


def test_two_acts_of_one_kind_stay_two() -> None:
    text = "Israel bombed Syria on Monday. Israel bombed Lebanon on Tuesday."
    assert len([e for e in read(text)[0] if e.type == "ASSAULT"]) == 2


def test_must_in_somebodys_words_is_a_request() -> None:
    found = told('"Sudan must leave Abyei," President Salva Kiir of South Sudan said.')
    assert any(kind == "REQUEST" and recipients == ["Sudan"] for kind, _, _, recipients in found)


def test_a_judgement_of_another_is_praise_or_blame() -> None:
    text = '"{} is {}," President Yoweri Museveni said.'
    assert "ACCUSE" in [row[0] for row in told(text.format("Rwanda", "a liar"))]
    assert "SUPPORT" in [row[0] for row in told(text.format("Rwanda", "a friend"))]
    assert "ACCUSE" in [row[0] for row in told(text.format("Rwanda", "not a friend"))]


def test_harm_on_a_condition_that_the_speaker_sets_is_a_threat() -> None:
    found = told('"If Hezbollah fires again, Israel will bomb Beirut," Prime Minister Ehud Olmert said.')
    assert any(kind == "THREATEN" for kind, _, _, _ in found)


def test_an_undated_act_of_the_lead_has_the_day_of_the_report() -> None:
    text = "India and Pakistan have signed an agreement on water after years of talks."
    event = next(e for e in read(text, PUBLISHED)[0] if e.type == "AGREE")
    assert event.date is not None
    assert str(event.date) == "2025-03-05"
    assert event.date.text is None
    assert next(e for e in read(text)[0] if e.type == "AGREE").date is None


def test_an_act_further_down_stays_undated() -> None:
    text = (
        "India and Pakistan signed an agreement on Monday.\n\n"
        "Islamabad had demanded guarantees for the river.\n\nIndia praised the engineers of Pakistan."
    )
    events, _, _ = read(text, PUBLISHED)
    assert [e.date for e in events if e.type == "SUPPORT"] == [None]


def test_victims_without_a_name_are_still_an_attack() -> None:
    assert ("ASSAULT", "occurred", [], []) in told("Nine people were killed in the market on Sunday.")


def test_compounds_tell_no_act() -> None:
    assert [row for row in told("The rebel-held town is quiet.") if row[0] == "COERCE"] == []


def test_evidence_is_the_reports_own_text_and_reading_twice_is_the_same() -> None:
    text = " ".join(row[0] for row in ONE)
    events, _, report = read(text)
    for event in events:
        for evidence in event.evidence:
            evidence.check(report)
    read.cache_clear()
    assert read(text)[0] == events


def test_who_speaks_at_a_meeting_took_part_and_did_so_on_its_day() -> None:
    events, names, _ = read(
        "South Sudanese President Salva Kiir flew to Kampala on May 3 for a summit, where Riek Machar and Ugandan "
        "President Yoweri Museveni accused him of bad faith.",
        PUBLISHED,
    )
    visit, blame = events
    assert [names[a] for a in visit.recipients] == ["Riek Machar", "Yoweri Museveni"]
    assert visit.date == blame.date
    assert visit.date is not None
    assert visit.date.text == "on May 3"


def test_who_is_only_spoken_of_at_a_meeting_was_not_there() -> None:
    events, names, _ = read(
        "Kenyan President William Ruto travelled to Addis Ababa on Monday for a summit, where ministers accused Paul "
        "Kagame of arming the rebels.",
        PUBLISHED,
    )
    visit = next(e for e in events if e.type == "CONSULT")
    assert "Paul Kagame" not in {names[a] for a in visit.actors + visit.recipients}


def test_a_quarrel_of_two_persons_is_an_encounter_of_states_it_is_an_attack() -> None:
    assert told("Tshisekedi's angry clash with Paul Kagame in the State House on Friday ended the summit.")[0][:2] == (
        "CONSULT",
        "occurred",
    )
    assert told("Pakistan's clash with India on Monday killed nine.")[0][0] == "ASSAULT"


def test_an_encounter_told_twice_has_all_who_took_part_and_its_day() -> None:
    events, names, _ = read(
        "Egyptian President Abdel Fattah el-Sisi wants the dam talks to go on, but his angry clash with Ethiopian "
        "leader Abiy Ahmed in the Blue Room on Tuesday has put them in doubt.\n\nSisi, Abiy and Foreign Minister Badr "
        "Abdelatty's conversation in the Blue Room ended after ten minutes.",
    )
    met = [e for e in events if e.type == "CONSULT" and e.place == "Blue Room"]
    assert len(met) == 1
    assert {"Abiy Ahmed", "Badr Abdelatty"} <= {names[a] for a in met[0].actors}
    assert met[0].date is not None
    assert met[0].date.text == "on Tuesday"


MECHANISMS = [
    # who will not do it refuses; what has to come first is no event
    ("Mali's government said it would not sign the accord until the Tuareg rebels disarmed.", [("REJECT", "occurred")]),
    # a denial denies what it is about
    ("Morocco denied reports that it had attacked the Polisario Front.", [("ASSAULT", "refused")]),
    # what somebody is ready to do is a stand, what is a matter for talks a topic
    ("Georgia is ready to resume talks with Abkhazia.", []),
    ("Chad raised the issue of the withdrawal of Libyan troops.", []),
    # who will not talk to the press tells nothing
    ("Kosovo declined to comment on the talks.", []),
    # a failure to agree is an agreement that failed, a standstill one of the talks
    ("Cyprus and Turkey failed to reach a deal in Geneva.", [("AGREE", "refused")]),
    ("Talks between Serbia and Kosovo, hosted in Brussels, have been stalled for months.", [("CONSULT", "refused")]),
    # truces that begin and hold, also in a relative clause
    ("A truce between Armenia and Azerbaijan that began on Monday is holding.", [("RETREAT", "occurred")]),
    # what is threatened is told as well
    ("Niger threatened to quit the talks.", [("THREATEN", "occurred"), ("REJECT", "conditional")]),
    # a deal taken for granted is none of its own
    ("Senegal's leaders met in Dakar to discuss implementing a peace deal.", [("CONSULT", "occurred")]),
    # an office left behind is background
    ("Rwanda, whose president stepped down in 2000, sent a delegation to Burundi.", [("CONSULT", "occurred")]),
    # what is to be, in a subjunctive, is asked for
    ("The Polisario Front insists that the vote be held in June.", [("REQUEST", "occurred")]),
    # an editor's gloss is not the report's word
    ("Libya will discuss the LPA [political agreement] with Egypt.", [("CONSULT", "planned")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), MECHANISMS, ids=[row[0][:40] for row in MECHANISMS])
def test_how_real_an_act_is_and_whether_it_is_one(text: str, wanted: list[tuple[str, str]]) -> None:
    assert sorted(row[:2] for row in told(text)) == sorted(wanted)


def test_a_headline_and_the_accord_only_retell() -> None:
    text = (
        "Senegal, rebels seal accord\n\nSenegal and the Casamance rebels signed an accord in Ziguinchor on Monday. "
        "Under the accord, the army will leave the villages."
    )
    deals = [e for e in read(text)[0] if e.type == "AGREE"]
    assert len(deals) == 1
    assert deals[0].status == "occurred"


def test_a_fight_that_is_to_end_has_been_fought() -> None:
    found = told("Senegal and the Casamance rebels met to end three decades of fighting between them.")
    assert ("ASSAULT", "occurred") in [row[:2] for row in found]


def test_what_is_told_in_the_present_of_a_day_to_come_is_planned() -> None:
    events, _, _ = read("Papua New Guinea and the Bougainville rebels meet in Arawa next week.", PUBLISHED)
    assert [(e.type, e.status) for e in events] == [("CONSULT", "planned")]


def test_talks_without_names_are_those_of_the_two_sides_of_the_report() -> None:
    text = (
        "The Burundian government and rebel forces mistrust each other. The Burundian government and the rebels have "
        "many enemies. The ceasefire agreement took effect at noon."
    )
    assert ("RETREAT", "occurred", ["Burundi", "Burundian rebels"], []) in told(text)


def test_a_go_between_is_no_party_to_the_truce() -> None:
    found = told("Algerian mediators brokered a truce between Mali and the Tuareg rebels.")
    assert ("CONSULT", "occurred", ["Algeria"], ["Mali", "Tuaregs"]) in found
    assert "RETREAT" not in [row[0] for row in found]


def test_who_is_only_described_acts_for_the_party() -> None:
    assert ("REQUEST", "occurred", ["Georgia"], ["Abkhazia"]) in told(
        "A senior Georgian official urged Abkhazia to talk."
    )


def test_what_a_speaker_turns_down_without_a_verb_for_it_is_refused() -> None:
    for words in ("they are not ready for disarmament", "it was too early for talks with Manila"):
        assert ("REJECT", "occurred", ["MILF"], []) in told(f"The MILF rebels said {words}.")
    found = told("President Benigno Aquino of the Philippines said the MILF would not be included in the cabinet.")
    assert ("REJECT", "occurred", ["Benigno Aquino"], ["MILF"]) in found
    assert "REJECT" not in [row[0] for row in told("The MILF rebels said it was too early to say more.")]


def test_a_broadcaster_that_is_spoken_to_takes_part_in_nothing() -> None:
    assert "CONSULT" not in [row[0] for row in told("Speaking to the BBC, the president of Kenya praised Uganda.")]


def test_talks_that_a_story_is_of_are_its_subject() -> None:
    assert told("Here is the story of the talks between Zambia and Malawi in brief.") == []
    assert told("Talks between Zambia and Malawi ended on Monday.") != []
