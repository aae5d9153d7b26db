"""Pairs of reports that contradict each other, and pairs that only seem to, to measure the finding of discrepancies.

Each pair says what a careful reader would note: a kind of discrepancy, or nothing. The sentences are made up after
the manner of news from several conflicts; numbers and days are not to be relied on.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from build_readings import Notes, day

from accord.model.when import When

Pair = tuple[str, Notes, Notes]


def month(year: int, number: int) -> When:
    return When.month(year, number)


def number(published: str, quote: str, measure: str, value: float, by: str | None = None, **more: Any) -> Notes:
    notes = Notes(f"{quote}.", published)
    claimant = notes.body(by) if by else None
    notes.figure(quote, measure, value, claimed_by=claimant, **more)
    return notes


def two_numbers(published: str, text: str, *claims: tuple[str, str, float, str | None]) -> Notes:
    notes = Notes(text, published)
    for quote, measure, value, by in claims:
        notes.figure(quote, measure, value, claimed_by=notes.body(by) if by else None)
    return notes


def act(
    published: str | None, quote: str, kind: str, who: tuple[str, ...], date: When | None = None, **more: Any
) -> Notes:
    """Names with a comma are persons of a party: "Ruto, Kenya"."""
    notes = Notes(f"{quote}.", published)
    ids = []
    for name in who:
        person, _, party = name.partition(", ")
        ids.append(notes.person(person, party=notes.state(party)) if party else notes.state(person))
    notes.event(quote, kind, tuple(ids), date=date, **more)
    return notes


def said(published: str, words: str, speaker: str = "Ismail Omar") -> Notes:
    notes = Notes(f"“{words},” {speaker} said at the close of {published}.", published)
    notes.said(f"“{words},” {speaker} said", words, notes.person(speaker))
    return notes


def stands(
    published: str, party: str, speaker: str, stance: str, what: str, issue: str = "ceasefire", **more: Any
) -> Notes:
    quote = f"{speaker} of {party} is {stance}: {what}"
    notes = Notes(f"{quote}. {published}", published)
    side = notes.state(party)
    notes.position(quote, side, issue, what, stance, speaker=notes.person(speaker, party=side), **more)
    return notes


def plain(published: str | None, text: str, *states: str) -> Notes:
    notes = Notes(text, published)
    for name in states:
        notes.state(name)
    return notes


def pairs() -> list[Pair]:
    """Every pair with the kind of discrepancy it has, or "" for none."""
    makers: tuple[Callable[[], list[Pair]], ...] = (
        _figures,
        _no_figures,
        _occasions,
        _denials,
        _firsts,
        _onlys,
        _participants,
        _quotations,
        _officials,
    )
    return [pair for make in makers for pair in make()]


def _figures() -> list[Pair]:
    f, n = "figures", number
    return [
        (
            f,
            n("2008-01-05", "Police put the dead in Eldoret at 35", "people killed in Eldoret", 35, "police"),
            n("2008-01-05", "The Red Cross counted 53 dead in Eldoret", "people killed in Eldoret", 53, "Red Cross"),
        ),
        (
            f,
            n(
                "2023-06-02",
                "The army said 12 of its soldiers had died in Zalingei",
                "soldiers killed in Zalingei",
                12,
                "army",
            ),
            n(
                "2023-06-02",
                "At least 40 soldiers died in Zalingei, medics said",
                "soldiers dead in Zalingei",
                40,
                "medics",
                low=40.0,
            ),
        ),
        (
            f,
            n(
                "2016-09-30",
                "Some 180,000 have fled Wau, the governor said",
                "people displaced from Wau",
                180000,
                "governor",
                date=month(2016, 9),
            ),
            n(
                "2016-10-04",
                "The United Nations puts those displaced from Wau at 70,000",
                "people displaced from Wau",
                70000,
                "United Nations",
                date=month(2016, 9),
            ),
        ),
        (
            f,
            n("2020-11-12", "Baku held 55 prisoners, it said", "prisoners held by Baku", 55, "Baku"),
            n("2020-11-12", "Yerevan says that Baku holds 120 prisoners", "prisoners held by Baku", 120, "Yerevan"),
        ),
        (
            f,
            two_numbers(
                "1999-03-20",
                "Belgrade spoke of 9 dead in the village. The monitors found 45 dead in the village.",
                ("Belgrade spoke of 9 dead in the village", "villagers killed", 9, "Belgrade"),
                ("The monitors found 45 dead in the village", "villagers killed", 45, "monitors"),
            ),
            plain("1999-03-21", "Shops stayed shut."),
        ),
        (
            f,
            n(
                "2012-11-22",
                "The truce is to last 30 days",
                "length of truce in days",
                30,
                unit="days",
                date=day("2012-11-21"),
            ),
            n(
                "2012-11-23",
                "It is a truce of 90 days",
                "length of truce in days",
                90,
                unit="days",
                date=day("2012-11-21"),
            ),
        ),
        (
            f,
            n(
                "2017-07-01",
                "Turnout was 72 percent, officials said",
                "turnout",
                72,
                "officials",
                unit="percent",
                date=day("2017-06-30"),
            ),
            n(
                "2017-07-01",
                "Turnout was 41 percent, observers said",
                "turnout",
                41,
                "observers",
                unit="percent",
                date=day("2017-06-30"),
            ),
        ),
        (
            f,
            n(
                "2021-04-20",
                "Between 20 and 30 fighters fell at Bentiu",
                "fighters killed at Bentiu",
                25,
                low=20.0,
                high=30.0,
                date=day("2021-04-19"),
            ),
            n(
                "2021-04-21",
                "The clash at Bentiu cost 61 fighters their lives",
                "fighters killed at Bentiu",
                61,
                date=day("2021-04-19"),
            ),
        ),
        (
            f,
            n(
                "2005-03-02",
                "He said that 1,200 families had come back to Drenica",
                "families returned to Drenica",
                1200,
                "mayor",
            ),
            n(
                "2005-03-02",
                "No more than 400 families came back to Drenica, aid workers said",
                "families returned to Drenica",
                400,
                "aid workers",
                high=400.0,
            ),
        ),
        (
            f,
            n(
                "2024-02-11",
                "The convoy had 18 trucks, the ministry said",
                "trucks in the convoy",
                18,
                "ministry",
                date=day("2024-02-10"),
            ),
            n(
                "2024-02-12",
                "The convoy of 31 trucks was turned back",
                "trucks in the convoy",
                31,
                date=day("2024-02-10"),
            ),
        ),
    ]


def _no_figures() -> list[Pair]:
    n = number
    return [
        (
            "",
            number("2003-11-05", "Another 40 captives were flown home", "captives flown home", 40),
            number("2003-11-05", "The Red Cross flew 120 captives home", "captives flown home", 120),
        ),
        (
            "",
            number("2003-11-05", "They will free 40 more captives", "more captives freed", 40),
            number("2003-11-05", "They will free 90 more captives", "more captives freed", 90),
        ),
        (
            "",
            n("2008-01-05", "Police put the dead in Eldoret at 35", "people killed in Eldoret", 35, "police"),
            n("2008-01-25", "Police put the dead in Eldoret at 61", "people killed in Eldoret", 61, "police"),
        ),
        (
            "",
            n("2008-01-05", "35 people were killed in Eldoret", "people killed in Eldoret", 35),
            n("2008-01-05", "53 people were killed in Kisumu", "people killed in Kisumu", 53),
        ),
        (
            "",
            n("2008-01-05", "35 people were killed in Eldoret", "people killed in Eldoret", 35),
            n("2008-01-05", "71 people were wounded in Eldoret", "people wounded in Eldoret", 71),
        ),
        (
            "",
            n("2016-09-30", "Some 180,000 have fled Wau", "people displaced from Wau", 180000),
            n("2016-09-30", "About 184,300 people fled Wau", "people displaced from Wau", 184300),
        ),
        (
            "",
            n("2020-11-12", "More than 50 prisoners are held", "prisoners held", 50, low=50.0),
            n("2020-11-12", "55 prisoners are held", "prisoners held", 55),
        ),
        (
            "",
            n("2022-08-01", "5,000 shells fall each day, the colonel said", "shells fired", 5000, "colonel"),
            n("2022-08-01", "310,000 shells were fired in all, the colonel said", "shells fired", 310000),
        ),
        (
            "",
            n("2022-08-01", "Exports rose by 12 percent", "exports", 12, unit="percent"),
            n("2022-08-01", "Exports reached 40 ships", "exports", 40, unit="ships"),
        ),
        (
            "",
            n("2012-11-22", "The truce is to last 30 days", "length of truce", 30, unit="days", date=day("2012-11-21")),
            n("2014-01-22", "The truce is to last 90 days", "length of truce", 90, unit="days", date=day("2014-01-21")),
        ),
        (
            "",
            n("2017-07-01", "Turnout was 40 percent", "turnout", 40, unit="percent", date=day("2017-06-30")),
            n("2017-07-01", "Turnout was 41.2 percent", "turnout", 41.2, unit="percent", date=day("2017-06-30")),
        ),
        (
            "",
            n("2019-05-05", "Norland freed 12 men", "men freed by the north", 12, place="Abyei"),
            n("2019-05-05", "31 men were freed by the north in Kadugli", "men freed by the north", 31, place="Kadugli"),
        ),
        (
            "",
            n("2019-05-05", "300 civilians died in 2018", "civilians killed", 300, date=When.year(2018)),
            n("2019-05-05", "25 civilians died in April 2018", "civilians killed", 25, date=month(2018, 4)),
        ),
        (
            "",
            n(
                "2021-04-20",
                "20 to 30 fighters fell",
                "fighters killed",
                25,
                low=20.0,
                high=30.0,
                date=day("2021-04-19"),
            ),
            n("2021-04-21", "28 fighters fell", "fighters killed", 28, date=day("2021-04-19")),
        ),
    ]


MET = "The two presidents met for four hours over the border at Rafi"


def _occasions() -> list[Pair]:
    who = ("Isaias Afwerki, Eritrea", "Abiy Ahmed, Ethiopia")
    states = ("Eritrea", "Ethiopia")
    return [
        (
            "event-date",
            act("2018-07-10", MET, "CONSULT", who, day("2018-07-08"), place="Asmara"),
            act("2018-07-11", MET, "CONSULT", who, day("2018-07-09"), place="Asmara"),
        ),
        (
            "event-date",
            act(
                "2018-07-10",
                "Eritrea and Ethiopia signed the joint declaration on peace and trade",
                "AGREE",
                states,
                day("2018-07-09"),
            ),
            act(
                "2018-07-12",
                "The joint declaration on peace and trade was signed by Eritrea and Ethiopia",
                "AGREE",
                states,
                day("2018-07-10"),
            ),
        ),
        (
            "",
            act("2018-07-10", MET, "CONSULT", who, day("2018-07-08")),
            act("2018-09-10", MET, "CONSULT", who, day("2018-09-08")),
        ),
        (
            "",
            act("2018-07-10", "Eritrea and Ethiopia spoke about phone lines", "CONSULT", states, day("2018-07-08")),
            act(
                "2018-07-11",
                "Eritrea and Ethiopia spoke about air links and visas",
                "CONSULT",
                states,
                day("2018-07-10"),
            ),
        ),
        (
            "",
            act("2018-07-10", MET, "CONSULT", who, day("2018-07-08")),
            act(
                "2018-07-11",
                MET,
                "CONSULT",
                ("Isaias Afwerki, Eritrea", "Workneh Gebeyehu, Ethiopia"),
                day("2018-07-09"),
            ),
        ),
        (
            "",
            act("2018-07-10", MET, "CONSULT", who, day("2018-07-09")),
            act("2018-08-01", MET, "CONSULT", who, month(2018, 7)),
        ),
        (
            "event-place",
            act(
                "2022-11-03",
                "Envoys Redwan Hussien and Getachew Reda shook hands in Pretoria",
                "CONSULT",
                ("Redwan Hussien, Ethiopia", "Getachew Reda, Tigray"),
                day("2022-11-02"),
                place="Pretoria",
            ),
            act(
                "2022-11-03",
                "Redwan Hussien and Getachew Reda shook hands in Nairobi",
                "CONSULT",
                ("Redwan Hussien, Ethiopia", "Getachew Reda, Tigray"),
                day("2022-11-02"),
                place="Nairobi",
            ),
        ),
        (
            "event-place",
            act(
                "2009-10-11",
                "Edward Nalbandian and Ahmet Davutoglu signed the protocols in Zurich",
                "AGREE",
                ("Edward Nalbandian, Armenia", "Ahmet Davutoglu, Turkey"),
                day("2009-10-10"),
                place="Zurich",
            ),
            act(
                "2009-10-12",
                "The protocols were signed by Edward Nalbandian and Ahmet Davutoglu in Vienna",
                "AGREE",
                ("Edward Nalbandian, Armenia", "Ahmet Davutoglu, Turkey"),
                day("2009-10-10"),
                place="Vienna",
            ),
        ),
        (
            "",
            act("2018-07-10", MET, "CONSULT", who, day("2018-07-08"), place="Asmara"),
            act("2018-07-11", MET, "CONSULT", who, day("2018-07-08"), place="Eritrea"),
        ),
        (
            "",
            act("2018-07-10", MET, "CONSULT", who, day("2018-07-08"), place="Asmara"),
            act("2018-07-11", MET, "CONSULT", who, day("2018-07-08"), place="State House"),
        ),
        (
            "",
            act("2022-11-03", "Shells fell on Mekelle", "ASSAULT", states, day("2022-11-02"), place="Mekelle"),
            act("2022-11-03", "Shells fell on Nairobi road", "ASSAULT", states, day("2022-11-02"), place="Nairobi"),
        ),
    ]


def _denials() -> list[Pair]:
    k = "asserted-denied"
    both = ("Kosovo", "Serbia")
    return [
        (
            k,
            act("2023-02-28", "Kosovo and Serbia accepted the text on normal ties", "AGREE", both, day("2023-02-27")),
            act(
                "2023-02-28",
                "Kosovo and Serbia did not accept the text on normal ties",
                "AGREE",
                both,
                day("2023-02-27"),
                status="refused",
            ),
        ),
        (
            k,
            act("2023-03-20", "Serbia signed the annex in Ohrid", "AGREE", ("Serbia",), day("2023-03-18")),
            act(
                "2023-03-21",
                "Serbia never signed the annex in Ohrid",
                "AGREE",
                ("Serbia",),
                day("2023-03-18"),
                status="refused",
            ),
        ),
        (
            k,
            act(
                "2011-07-26",
                "Kosovo's police took the crossing at Jarinje by night",
                "COERCE",
                ("Kosovo",),
                day("2011-07-25"),
            ),
            act(
                "2011-07-27",
                "The police of Kosovo did not take the crossing at Jarinje",
                "COERCE",
                ("Kosovo",),
                day("2011-07-25"),
                status="refused",
            ),
        ),
        (
            k,
            act("2004-05-01", "Sudan bombed the market at Tine", "ASSAULT", ("Sudan",), day("2004-04-30")),
            act(
                "2004-05-01",
                "Sudan said it had not bombed the market at Tine",
                "ASSAULT",
                ("Sudan",),
                day("2004-04-30"),
                status="refused",
            ),
        ),
        (
            k,
            act("2004-05-01", "Chad delivered rockets to the camp at Bahai", "AID", ("Chad",)),
            act(
                "2004-05-09",
                "No rockets were delivered to the camp at Bahai by Chad",
                "AID",
                ("Chad",),
                status="refused",
            ),
        ),
        (
            "",
            act("2023-02-28", "Kosovo and Serbia accepted the text on normal ties", "AGREE", both, day("2023-02-27")),
            act(
                "2023-09-15",
                "Kosovo and Serbia did not accept the text on normal ties",
                "AGREE",
                both,
                day("2023-09-14"),
                status="refused",
            ),
        ),
        (
            "",
            act("2023-02-28", "Kosovo and Serbia accepted the text on normal ties", "AGREE", both, day("2023-02-27")),
            act(
                "2023-02-28",
                "Kosovo and Serbia failed to agree on licence plates",
                "AGREE",
                both,
                day("2023-02-27"),
                status="refused",
            ),
        ),
        (
            "",
            act("2004-05-01", "Sudan bombed the market at Tine", "ASSAULT", ("Sudan",), day("2004-04-30")),
            act(
                "2004-05-01",
                "Chad did not bomb the market at Tine",
                "ASSAULT",
                ("Chad",),
                day("2004-04-30"),
                status="refused",
            ),
        ),
        (
            "",
            act("2004-05-01", "Sudan accepted a truce of 30 days", "AGREE", ("Sudan",), day("2004-04-30")),
            act(
                "2004-05-01",
                "Sudan did not accept a truce of 90 days",
                "AGREE",
                ("Sudan",),
                day("2004-04-30"),
                status="refused",
            ),
        ),
        (
            "",
            act("2004-05-01", "Sudan will accept monitors at Tine", "AGREE", ("Sudan",), status="planned"),
            act("2004-05-03", "Sudan did not accept monitors at Tine", "AGREE", ("Sudan",), status="refused"),
        ),
    ]


def _firsts() -> list[Pair]:
    k, p = "first-since", plain
    two = ("Eritrea", "Ethiopia")
    return [
        (
            k,
            p("2018-07-09", "Eritrea and Ethiopia held their first direct talks since the border war.", *two),
            p("2018-07-10", "Ethiopia and Eritrea sat down for their first direct talks since 2010.", *two),
        ),
        (
            k,
            p("2018-07-09", "It was the first meeting of Eritrea and Ethiopia since 1998.", *two),
            p("2018-07-12", "Ethiopia and Eritrea had their first meeting since 2003.", *two),
        ),
        (
            k,
            p("2020-10-01", "Armenia and Azerbaijan met for the first time since last year.", "Armenia", "Azerbaijan"),
            p("2020-10-03", "Azerbaijan and Armenia met for the first time since 2016.", "Armenia", "Azerbaijan"),
        ),
        (
            k,
            p("2018-07-09", "It was the first direct meeting of Eritrea and Ethiopia since 1998.", *two),
            act(
                "2004-03-02",
                "Ethiopia and Eritrea held a direct meeting on the border",
                "CONSULT",
                two,
                day("2004-03-01"),
            ),
        ),
        (
            "",
            p("2018-07-09", "Eritrea and Ethiopia held their first direct talks since 1998.", *two),
            p("2018-07-10", "Ethiopia and Eritrea sat down for their first direct talks since 1998.", *two),
        ),
        (
            "",
            p("2010-07-09", "Eritrea and Ethiopia held their first direct talks since 1998.", *two),
            p("2018-07-10", "Ethiopia and Eritrea sat down for their first direct talks since 2010.", *two),
        ),
        (
            "",
            p("2018-07-09", "Eritrea and Ethiopia held their first direct talks since 1998.", *two),
            p("2018-07-10", "Kenya and Ethiopia held their first direct talks since 2011.", "Kenya", "Ethiopia"),
        ),
        (
            "",
            p("2018-07-09", "Eritrea and Ethiopia held their first direct talks since 1998.", *two),
            p("2018-07-10", "Eritrea had its first rain since May, and Ethiopia its first harvest since 2015.", *two),
        ),
        (
            "",
            p("2018-07-09", "It was the first direct meeting of Eritrea and Ethiopia since 1998.", *two),
            act(
                "2018-07-12",
                "Ethiopia and Eritrea held a direct meeting on the border",
                "CONSULT",
                two,
                day("2018-07-08"),
            ),
        ),
        (
            "",
            p("2020-10-01", "Armenia and Azerbaijan met for the first time since last year.", "Armenia", "Azerbaijan"),
            p("2020-10-03", "Azerbaijan and Armenia met for the first time since 2019.", "Armenia", "Azerbaijan"),
        ),
    ]


def _quotations() -> list[Pair]:
    k = "quotation"
    return [
        (
            k,
            said("2019-01-10", "We will leave the ports to the monitors and not to the militias of the coast"),
            said("2019-01-10", "We will leave the ports to the monitors and not to the soldiers of the coast"),
        ),
        (
            k,
            said("2019-01-10", "They promised us four roads and gave us two, and neither of them is open"),
            said("2019-01-11", "They promised us five roads and gave us two, and neither of them is open"),
        ),
        (
            k,
            said("2019-01-10", "There can be no peace in Hodeidah without an end to the siege of the town"),
            said("2019-01-12", "There will be no peace in Hodeidah without an end to the siege of Taiz"),
        ),
        (
            k,
            said("2019-01-10", "I have told the envoy that my men would withdraw by the end of the week"),
            said("2019-01-10", "I have told the envoy that my men might withdraw by the start of the week"),
        ),
        (
            "",
            said("2019-01-10", "We will leave the ports to the monitors and not to the militias of the coast"),
            said("2019-01-11", "We will leave the ports to the monitors"),
        ),
        (
            "",
            said("2019-01-10", "We will leave the ports to the monitors and not to the militias of the coast"),
            said(
                "2019-01-10",
                "We will leave the ports to the monitors and not to the militias of the coast, that is agreed",
            ),
        ),
        (
            "",
            said("2019-01-10", "We will leave the ports to the monitors and not to the militias"),
            said("2019-01-10", "We will leave [the ports] to the monitors and not to the militias"),
        ),
        (
            "",
            said("2019-01-10", "We will leave the ports to the monitors and not to the militias"),
            said("2019-01-10", "We will leave the ports to the monitors and not to the soldiers", "Amat Soualiho"),
        ),
        (
            "",
            said("2019-01-10", "We are ready to talk about every road and every port"),
            said("2019-06-10", "We are ready to talk about every mine and every port"),
        ),
        (
            "",
            said("2019-01-10", "We will leave the ports to the monitors and not to the militias"),
            said("2019-01-10", "The road to Taiz was mined by people who now deny it"),
        ),
        (
            "",
            said("2019-01-10", "We’ll leave the ports to the monitors, and not to the militias"),
            said("2019-01-10", "We'll leave the ports to the monitors and not to the militias"),
        ),
    ]


def _officials() -> list[Pair]:
    k = "officials"
    what = "Mali holds elections in February"
    e = "elections"
    return [
        (
            k,
            stands("2021-12-01", "Mali", "Choguel Maiga", "against", what, e),
            stands("2021-12-03", "Mali", "Abdoulaye Diop", "for", what, e),
        ),
        (
            k,
            stands("2021-12-01", "Mali", "Choguel Maiga", "against", what, e),
            stands("2021-12-05", "Mali", "Abdoulaye Diop", "for", "elections in February in Mali", e),
        ),
        (
            "",
            stands("2021-12-01", "Mali", "Choguel Maiga", "against", what, e),
            stands("2021-12-03", "Mali", "Choguel Maiga", "for", what, e),
        ),
        (
            "",
            stands("2021-12-01", "Mali", "Choguel Maiga", "against", what, e),
            stands("2022-06-03", "Mali", "Abdoulaye Diop", "for", what, e),
        ),
        (
            "",
            stands("2021-12-01", "Mali", "Choguel Maiga", "against", what, e),
            stands("2021-12-03", "France", "Florence Parly", "for", what, e),
        ),
        (
            "",
            stands("2021-12-01", "Mali", "Choguel Maiga", "against", what, e),
            stands("2021-12-03", "Mali", "Abdoulaye Diop", "for", what, e, condition="if the north is safe"),
        ),
        (
            "",
            stands("2021-12-01", "Mali", "Choguel Maiga", "against", what, e),
            stands("2021-12-03", "Mali", "Abdoulaye Diop", "for", "Mali holds a census", e),
        ),
    ]


def several(published: str, text: str, who: tuple[str, ...], *acts: tuple[str, str, str]) -> Notes:
    """One report in which the same parties do several things: quote, type, day."""
    notes = Notes(text, published)
    ids = tuple(notes.state(name) for name in who)
    for quote, kind, when in acts:
        notes.event(quote, kind, ids, date=day(when))
    return notes


def _onlys() -> list[Pair]:
    k, p = "only", plain
    two = ("Chad", "Sudan")
    april = act("2010-04-12", "Chad and Sudan held a meeting on the wells", "CONSULT", two, day("2010-04-11"))
    own = (
        "The envoys drank tea in Tine on 9 February, the only meeting between Chad and Sudan since 2008. "
        "Chad and Sudan held a meeting at Tine."
    )
    sole = p("2012-05-01", "Chad is the only country that has ratified the Bahai protocol.", "Chad")
    ratified = ("Niger ratified the Bahai protocol on fishing", "AGREE", ("Niger",))
    return [
        (
            k,
            several("2010-05-01", own, two, ("Chad and Sudan held a meeting at Tine", "CONSULT", "2010-02-09")),
            april,
        ),
        (
            k,
            several(
                "2010-05-01",
                "It was the only direct meeting between Sudan and Chad this year. "
                "Sudan and Chad held a direct meeting in March.",
                two,
                ("Sudan and Chad held a direct meeting in March", "CONSULT", "2010-03-02"),
            ),
            act("2010-04-12", "Chad and Sudan held a direct meeting", "CONSULT", two, day("2010-04-11")),
        ),
        (k, sole, act("2011-03-02", ratified[0], ratified[1], ratified[2], day("2011-03-01"))),
        (
            k,
            p("2012-05-01", "Chad remains the only state to have recognised the council at Tine.", "Chad"),
            act("2011-09-09", "Niger recognised the council at Tine", "SUPPORT", ("Niger",), day("2011-09-08")),
        ),
        # the one meeting of the period, told twice
        ("", p("2010-05-01", "It was the only meeting between Chad and Sudan since 2008.", *two), april),
        # before the time named, and after the claim
        (
            "",
            several("2010-05-01", own, two, ("Chad and Sudan held a meeting at Tine", "CONSULT", "2010-02-09")),
            act("2010-05-30", "Chad and Sudan held a meeting on the wells", "CONSULT", two, day("2010-05-29")),
        ),
        (
            "",
            several("2010-05-01", own, two, ("Chad and Sudan held a meeting at Tine", "CONSULT", "2010-02-09")),
            act("2007-05-30", "Chad and Sudan held a meeting on the wells", "CONSULT", two, day("2007-05-29")),
        ),
        # a call is no meeting
        (
            "",
            several("2010-05-01", own, two, ("Chad and Sudan held a meeting at Tine", "CONSULT", "2010-02-09")),
            act("2010-04-12", "Chad and Sudan spoke by telephone", "CONSULT", two, day("2010-04-11")),
        ),
        # later than the claim, of another kind of actor, of a narrower kind, of another matter, refused
        ("", sole, act("2012-09-02", ratified[0], ratified[1], ratified[2], day("2012-09-01"))),
        (
            "",
            p("2012-05-01", "Chad is the only African country that has ratified the Bahai protocol.", "Chad"),
            act("2011-03-02", "Niger ratified the Bahai protocol on fishing", "AGREE", ("Niger",), day("2011-03-01")),
        ),
        ("", sole, act("2011-03-02", "Niger ratified the Tine protocol", "AGREE", ("Niger",), day("2011-03-01"))),
        (
            "",
            sole,
            act(
                "2011-03-02",
                "Niger never ratified the Bahai protocol",
                "AGREE",
                ("Niger",),
                day("2011-03-01"),
                status="refused",
            ),
        ),
        ("", sole, act("2011-03-02", "Chad ratified the Bahai protocol", "AGREE", ("Chad",), day("2011-03-01"))),
        (
            "",
            p("2012-05-01", "Chad’s neighbour Niger is the only country that has ratified it.", "Chad", "Niger"),
            act("2011-03-02", "Mali ratified it", "AGREE", ("Mali",), day("2011-03-01")),
        ),
    ]


def _participants() -> list[Pair]:
    k = "event-participants"
    signed = "signed the Entebbe accord on fishing rights"
    on = day("2010-05-14")
    return [
        (
            k,
            act("2010-05-15", f"Uganda and Rwanda {signed}", "AGREE", ("Uganda", "Rwanda"), on),
            act("2010-05-15", f"Uganda and Burundi {signed}", "AGREE", ("Uganda", "Burundi"), on),
        ),
        (
            k,
            act("2010-05-15", f"Uganda, Kenya and Rwanda {signed}", "AGREE", ("Uganda", "Kenya", "Rwanda"), on),
            act("2010-05-16", f"Uganda, Kenya and Tanzania {signed}", "AGREE", ("Uganda", "Kenya", "Tanzania"), on),
        ),
        (
            k,
            act(
                "2010-05-15",
                "Egypt stayed away from the conference on the river at Entebbe",
                "CONSULT",
                ("Egypt",),
                on,
                status="refused",
                place="Entebbe",
            ),
            act(
                "2010-05-15",
                "Egypt, Kenya and Uganda attended the conference on the river at Entebbe",
                "CONSULT",
                ("Egypt", "Kenya", "Uganda"),
                on,
                place="Entebbe",
            ),
        ),
        # one names fewer: no contradiction
        (
            "",
            act("2010-05-15", f"Uganda and Rwanda {signed}", "AGREE", ("Uganda", "Rwanda"), on),
            act("2010-05-15", f"Uganda, Rwanda and Kenya {signed}", "AGREE", ("Uganda", "Rwanda", "Kenya"), on),
        ),
        # another accord, another day
        (
            "",
            act("2010-05-15", f"Uganda and Rwanda {signed}", "AGREE", ("Uganda", "Rwanda"), on),
            act(
                "2010-05-15", "Uganda and Burundi signed the Masaka accord on grain", "AGREE", ("Uganda", "Burundi"), on
            ),
        ),
        (
            "",
            act("2010-05-15", f"Uganda and Rwanda {signed}", "AGREE", ("Uganda", "Rwanda"), on),
            act("2010-06-15", f"Uganda and Burundi {signed}", "AGREE", ("Uganda", "Burundi"), day("2010-06-14")),
        ),
        # a host who meets one after the other
        (
            "",
            act(
                "2010-05-15",
                "Uganda held talks with Egypt in Entebbe on the dam and the river",
                "CONSULT",
                ("Uganda", "Egypt"),
                on,
                place="Entebbe",
            ),
            act(
                "2010-05-15",
                "Uganda held talks with Sudan in Entebbe on the dam and the river",
                "CONSULT",
                ("Uganda", "Sudan"),
                on,
                place="Entebbe",
            ),
        ),
        # away from one conference, present at another
        (
            "",
            act(
                "2010-05-15",
                "Egypt stayed away from the conference on the river at Entebbe",
                "CONSULT",
                ("Egypt",),
                on,
                status="refused",
                place="Entebbe",
            ),
            act(
                "2010-05-15",
                "Egypt and Libya attended the fair for dates at Siwa",
                "CONSULT",
                ("Egypt", "Libya"),
                on,
                place="Siwa",
            ),
        ),
        (
            "",
            act(
                "2010-05-15",
                "Egypt stayed away from the conference on the river at Entebbe",
                "CONSULT",
                ("Egypt",),
                on,
                status="refused",
                place="Entebbe",
            ),
            act(
                "2010-05-15",
                "Kenya and Uganda attended the conference on the river at Entebbe",
                "CONSULT",
                ("Kenya", "Uganda"),
                on,
                place="Entebbe",
            ),
        ),
    ]
