"""Acts as agencies word them, each with its status, who took part, and its day; reports of 30 January 2016."""

from __future__ import annotations

import datetime as dt

import pytest

from accord.model.report import Report
from accord.reading.offline import OfflineReader

PARTIES = "The government of Sudan and the SPLM-N rebels have been at war since 2011.\n\n"
BOTH = {"Sudan", "SPLM-N"}
DAYS = [
    # light verbs and verbs of opening, whatever else "open" and "set" mean
    (
        "The envoy Peter Haysom opened the talks between Chile and Peru on Tuesday.",
        "CONSULT",
        "occurred",
        {"Chile", "Peru"},
        "2016-01-26",
    ),
    (
        "The African Union on Wednesday opened peace talks in Bangui.",
        "CONSULT",
        "occurred",
        {"African Union"},
        "2016-01-27",
    ),
    (
        "In November, Serbia set a 100 percent tariff on Kosovo goods.",
        "SANCTION",
        "occurred",
        {"Serbia", "Kosovo"},
        "2015-11-01",
    ),
    # a day told by the verb of a noun's participle, or by a clause on the noun
    (
        "Formal talks mediated by the African Union began in Pretoria on Tuesday.",
        "CONSULT",
        "occurred",
        {"African Union"},
        "2016-01-26",
    ),
    (
        "A ceasefire between Colombia and the ELN that began on January 10 has held.",
        "RETREAT",
        "occurred",
        {"Colombia", "ELN"},
        "2016-01-10",
    ),
    (
        "The FARC have declared a unilateral ceasefire starting on February 1.",
        "RETREAT",
        "planned",
        {"FARC"},
        "2016-02-01",
    ),
    # the day of what is asked for is not the day of asking
    ("Sri Lanka invited the Tamil Tigers to talks next month.", "REQUEST", "occurred", {"Sri Lanka"}, "2016-01-30"),
    # an act of violence that ends
    ("Guatemala's army stopped fighting in March.", "RETREAT", "occurred", {"Guatemala"}, "2015-03-01"),
    # journeys and those whom they lead to
    (
        "Tajik leader Said Abdullo Nuri arrived in Moscow on Monday for talks with President Vladimir Putin.",
        "CONSULT",
        "occurred",
        {"Said Abdullo Nuri", "Vladimir Putin"},
        "2016-01-25",
    ),
    (
        "Kenyan President Uhuru Kenyatta flew to Juba on Tuesday to press for a truce.",
        "CONSULT",
        "occurred",
        {"Uhuru Kenyatta"},
        "2016-01-26",
    ),
    ("Guinea-Bissau laid down its arms on Sunday.", "RETREAT", "occurred", {"Guinea-Bissau"}, "2016-01-24"),
    # datelines, whose place is no subject
    (
        "BAKU - The foreign ministers of Azerbaijan and Armenia are to meet on February 3, officials said.",
        "CONSULT",
        "planned",
        {"Azerbaijan", "Armenia"},
        "2016-02-03",
    ),
    (
        "HAVANA, Jan 30 (AFP) - Colombia's government and the National Liberation Army (ELN) rebel group met.",
        "CONSULT",
        "occurred",
        {"Colombia", "ELN"},
        "2016-01-30",
    ),
    # persons hung on the state of the first, states by their other spellings, emissaries
    (
        "Serzh Sarkisian of Armenia and Azerbaijan's Ilham Aliyev held talks on January 16.",
        "CONSULT",
        "occurred",
        {"Serzh Sarkisian", "Ilham Aliyev"},
        "2016-01-16",
    ),
    (
        "The leaders of Moldova and Transdnestr met in Bendery on Friday.",
        "CONSULT",
        "occurred",
        {"Moldova", "Transnistria"},
        "2016-01-29",
    ),
    (
        "A unit leader, Cesar Badiate, and an emissary of Senegalese President Macky Sall signed a deal on Thursday.",
        "AGREE",
        "occurred",
        {"Cesar Badiate", "Senegal"},
        "2016-01-28",
    ),
    # talks called off, and what is only asked for
    (
        "Talks between Georgia and Abkhazia were called off on Monday.",
        "CONSULT",
        "refused",
        {"Georgia", "Abkhazia"},
        "2016-01-25",
    ),
    (
        "Another round of talks between Georgia and Abkhazia scheduled for January 3 was postponed.",
        "CONSULT",
        "refused",
        {"Georgia", "Abkhazia"},
        "2016-01-03",
    ),
    (
        "The Rwandan minister went on to meet with Ugandan diplomats on Tuesday.",
        "CONSULT",
        "occurred",
        {"Rwanda", "Uganda"},
        "2016-01-26",
    ),
]
BETWEEN = [
    ("Each side has blamed the other for the collapse of the truce.", "ACCUSE", "occurred", BOTH, None),
    (
        "Kenya and Uganda criticised Sudan and the SPLM-N for their raids. They called on both parties to stop.",
        "REQUEST",
        "occurred",
        {"Kenya", "Uganda", "Sudan", "SPLM-N"},
        None,
    ),
    ("The two sides traded accusations over who fired first.", "ACCUSE", "occurred", BOTH, None),
    ("Another round of negotiations is scheduled for March 15.", "CONSULT", "planned", BOTH, "2016-03-15"),
    (
        "The government has offered the rebels an amnesty, which they have turned down.",
        "REJECT",
        "occurred",
        {"SPLM-N"},
        None,
    ),
    ("The two armies pulled back their heavy guns on Tuesday.", "RETREAT", "occurred", BOTH, "2016-01-26"),
]


def events(text: str) -> list[tuple[str, str, set[str], str | None]]:
    """Type, status, everybody named and first day of each event."""
    report = Report.make(text, "test.txt", published=dt.date(2016, 1, 30))
    (reading,) = OfflineReader().read([report])
    assert reading.failed is None
    names = {actor.id: actor.name for actor in reading.actors}
    return [
        (
            event.type,
            event.status,
            {names[a] for a in (*event.actors, *event.recipients)},
            str(event.date.start) if event.date and event.date.start else None,
        )
        for event in reading.events
    ]


@pytest.mark.parametrize(("text", "kind", "status", "who", "day"), DAYS)
def test_an_act_has_its_day(text: str, kind: str, status: str, who: set[str], day: str) -> None:
    found = [e for e in events(text) if e[0] == kind]
    assert any(e[1] == status and who <= e[2] and e[3] == day for e in found), found


@pytest.mark.parametrize(("text", "kind", "status", "who", "day"), BETWEEN)
def test_who_is_meant_by_both_sides(text: str, kind: str, status: str, who: set[str], day: str | None) -> None:
    found = [e for e in events(PARTIES + text) if e[0] == kind]
    assert any(e[1] == status and who <= e[2] and (day is None or e[3] == day) for e in found), found


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The rebels pose the biggest threat to President Idriss Deby.", "THREATEN"),
        ("Georgia and Abkhazia held talks on resolving their dispute over the border.", "AGREE"),
        ("Georgia voiced hopes that talks with Abkhazia would finally resume.", "CONSULT"),
        ("The government has insisted the insurgents lay down their arms.", "ACCUSE"),
        ("Speaking in the western city of Van, Turkish President Abdullah Gul warned Iran.", "CONSULT"),
        ("Oslo will send monitors only if a deal is signed and Chad and Sudan agree on a truce.", "AGREE"),
        ("Eritrea would leave Badme when Ethiopia recognises the border.", "SUPPORT"),
    ],
)
def test_what_is_no_act_is_not_told_as_done(text: str, kind: str) -> None:
    assert not [e for e in events(text) if e[0] == kind and e[1] == "occurred"]


def test_what_is_suggested_is_proposed() -> None:
    found = events("Kofi Annan said they will suggest at the talks that a deal be signed by Kenya and Uganda.")
    assert [e[1] for e in found if e[0] == "AGREE"] == ["proposed"]


def test_what_neither_did_was_not_done() -> None:
    found = events("Neither Georgia nor Abkhazia has signed the accord.")
    assert [e[1] for e in found if e[0] == "AGREE"] == ["refused"]
