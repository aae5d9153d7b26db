"""Those within a state who are not the state: rebels, oppositions, warlords; bodies with short forms of their own."""

from __future__ import annotations

import pytest
from test_actors import party, read

from accord.reading.document import Document
from accord.reading.mentions import Mentions


def doers(mentions: Mentions, doc: Document, verb: str) -> list[str]:
    """The names of who does the first such verb."""
    token = next(t for t in doc.doc if t.text == verb)
    subject = next(c for c in token.children if c.dep_ in ("nsubj", "nsubjpass"))
    return [mentions.actor(a).name for a in mentions.who(subject)]


@pytest.mark.parametrize(
    ("text", "verb", "name"),
    [
        ("Chad's main armed opposition group agreed to travel to Doha.", "agreed", "Chadian opposition"),
        ("Burundi's Hutu-led rebel coalition signed the deal on Saturday.", "signed", "Burundian rebels"),
        ("Myanmar's ethnic armed groups insisted on a federal union.", "insisted", "Myanmar armed groups"),
        ("Georgia's breakaway leadership rejected the offer.", "rejected", "Georgian separatists"),
        ("The Georgian government rejected the offer.", "rejected", "Georgia"),
        ("Myanmar's armed forces rejected the offer.", "rejected", "Myanmar"),
    ],
)
def test_a_group_set_apart_is_not_its_state(text: str, verb: str, name: str) -> None:
    document, mentions = read(text)
    assert doers(mentions, document, verb) == [name]


@pytest.mark.parametrize(
    ("text", "name", "bound"),
    [
        ("Ugandan opposition leader Kato Musoke called for new elections.", "Kato Musoke", "Ugandan opposition"),
        ("Moldovan separatist leader Igor Petrov refused to leave.", "Igor Petrov", "Moldovan separatists"),
        ("Moldovan Foreign Minister Igor Petrov refused to leave.", "Igor Petrov", "Moldova"),
        ("Yemeni army commander Aidarous Salem refused to leave.", "Aidarous Salem", "Yemen"),
    ],
)
def test_a_leader_speaks_for_those_who_are_set_apart(text: str, name: str, bound: str) -> None:
    assert party(text, name) == bound


def test_a_warlord_speaks_for_himself() -> None:
    assert (
        party("Yemeni southern commander Aidarous Salem ruled out a ceasefire.", "Aidarous Salem") == "Aidarous Salem"
    )


def test_rebels_of_one_state_are_not_those_of_another() -> None:
    text = "Congolese militia leader Jean Mbuyi met Moldovan separatist leader Igor Petrov in Geneva."
    assert party(text, "Igor Petrov") == "Moldovan separatists"
    assert party(text, "Jean Mbuyi") == "Congolese militia"


def test_a_short_form_means_the_body_that_the_report_gives_it_to() -> None:
    text = "The National Salvation Committee (NSC) refused to go. The NSC demanded the release of prisoners."
    mentions = read(text)[1]
    assert [a.name for a in mentions.actors if a.kind == "state"] == []
    assert any(a.name == "NSC" for a in mentions.actors)
