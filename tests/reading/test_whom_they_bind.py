# ruff: noqa: E501 - one case a line reads best
"""Whom persons and nouns for a group stand for, where the report says it a few words away."""

from __future__ import annotations

import pytest

from accord.model.report import Report
from accord.reading.offline import understand
from accord.reading.pipeline import model

BOUND = [
    # text, person, party
    ("M23 leader Sultani Makenga and deputy Bernard Byamungu refused to leave Goma.", "Bernard Byamungu", "M23"),
    (
        "The leader of the FARC, a guerrilla movement, Rodrigo Londono, announced a truce in Colombia.",
        "Rodrigo Londono",
        "FARC",
    ),
    ("The head of the Lebanese movement Hezbollah, Naim Qassem, threatened Israel.", "Naim Qassem", "Hezbollah"),
    (
        "Bertrand Bisimwa, a spokesman for M23's political wing, welcomed the meeting with Congo.",
        "Bertrand Bisimwa",
        "M23",
    ),
    (
        "BANGKOK: The Thai government met the insurgents. Prime Minister Gen Surayud Chulanont said so.",
        "Surayud Chulanont",
        "Thailand",
    ),
    (
        'Kenya\'s envoy spoke first. "Somalia sees no reason for it," spokesman Hassan Warsame said.',
        "Hassan Warsame",
        "Somalia",
    ),
    (
        "Foreign ministry spokesman Liu Wei said that Beijing would welcome envoys from Taiwan. Taiwan was silent.",
        "Liu Wei",
        "China",
    ),
    (
        "Foreign Minister Vartan Oskanian said that he and his Azerbaijani counterpart met. The Armenian side was content.",
        "Vartan Oskanian",
        "Armenia",
    ),
]


@pytest.mark.parametrize(("text", "person", "party"), BOUND)
def test_a_person_binds_a_party(text, person, party):
    mentions = understand(Report.make(text, "test"), model()(text)).mentions
    bound = {a.name: mentions.party_of(a.id) for a in mentions.actors}
    assert bound[person] is not None
    assert mentions.actor(bound[person]).name == party


GROUPS = [
    # text, the noun whose meaning is asked for, its actor
    ("The Basque group ETA said it was ready to talk.", "group", "ETA"),
    ("Chad's ruling military council rejected the offer.", "council", "Chad"),
    (
        "Kenya's opposition met envoys from Norway. The Norwegian ministry said the opposition wants a new vote.",
        "opposition",
        "Kenyan opposition",
    ),
    ("Colombia's ELN called a truce. Colombian rebels have fought for decades.", "rebels", "ELN"),
]


@pytest.mark.parametrize(("text", "noun", "actor"), GROUPS)
def test_a_noun_for_a_group_means_the_one_told_of(text, noun, actor):
    doc = model()(text)
    mentions = understand(Report.make(text, "test"), doc).mentions
    last = [token for token in doc if token.lower_ == noun][-1]
    assert [mentions.actor(a).name for a in mentions.who(last)] == [actor]


def test_several_without_a_name_are_quoted_as_the_report_calls_them():
    text = "Western diplomats said the truce in Mali would not last. Analysts say both sides are tired."
    context = understand(Report.make(text, "test"), model()(text))
    speakers = [context.mentions.actor(s).name for a in context.attributions.all for s in a.speakers]
    assert speakers == ["Western diplomats", "Analysts"]
