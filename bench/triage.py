"""Triage: how many relevant reports pass, how many others, and how fast.

    python bench/triage.py [RELEVANT...] [--others PATHS...] [--rounds 5]

Relevant are the example dispatches, the short items below, and the reports under RELEVANT; others are texts made here on
sport, business, weather, culture, wages, crimes and local news, full of words that a process has too (talks, deal, attack, truce), and
the reports under --others. Recall is the share of the relevant that pass, and the share of the others that pass is
what triage lets through for nothing. Speed is processor time, the best of the rounds, beside the same by one regular
expression of all words, on the same texts.
"""

# ruff: noqa: E501  the made texts stay whole

from __future__ import annotations

import argparse
import random
import re
import time
from collections.abc import Callable
from pathlib import Path

from accord.model.report import Report
from accord.model.vocabulary.triage import triage
from accord.reading.triage import relevant, score, telling
from accord.reports.load import load

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
SHARED = Path(__file__).resolve().parents[2] / "shared"
SEED = 20260102
MEGABYTE = 1_000_000

SHORT = """
Mali's junta and Tuareg rebels agreed on Tuesday to open a humanitarian corridor to Kidal, Algerian mediators said.
The Houthi delegation left Muscat without signing the road map, accusing Saudi Arabia of adding new conditions.
Armenia and Azerbaijan exchanged 33 prisoners at the border as part of a deal brokered by Washington.
President Petro suspended the ceasefire with the ELN after an attack on a police station in Arauca.
India and Pakistan expelled each other's diplomats and closed the border crossing after gunmen killed 26 tourists.
Ethiopia's government rejected mediation by the African Union, saying Tigrayan forces must disarm first.
North Korea will return to nuclear talks only if sanctions are lifted, its foreign ministry said in a statement.
The M23 movement announced a unilateral ceasefire in eastern Congo from midnight, citing humanitarian reasons.
Serbia and Kosovo failed to agree on licence plates at EU-brokered talks in Brussels, the bloc's envoy said.
Thai and Cambodian soldiers exchanged fire near the temple hours after their governments signed a truce.
The Philippine government and communist rebels will resume peace negotiations in Oslo, both sides announced.
Iran told inspectors it would cap enrichment if frozen assets were released, a Western diplomat said.
""".strip().splitlines()

FIELDS = {
    "sport": (
        "{a} beat {b} 3-1 after extra time to reach the final of the cup. The captain scored twice and the coach praised the "
        "attack of his side. The club is in talks over a new deal with its striker, whose contract ends in June. "
        "There was no truce between the rival fans, and police stopped {n} of them before the match.",
        "{a} won the stage by {n} seconds as rain fell on the mountains. The leader of the race said the battle for the jersey "
        "was far from over. His team refused to comment on a transfer. A rider from {b} withdrew with a broken collarbone.",
    ),
    "business": (
        "Shares of the chip maker rose {n} percent after it agreed a deal to buy a rival in {b} for 4 billion dollars. The "
        "board recommended the offer. Analysts said talks had lasted a year. The price war in the market has hurt profits, "
        "and the company wants to defend its margins with new products from its plant in {a}.",
        "The central bank kept interest rates at {n} percent. Its president said inflation in {a} would ease next year. "
        "Unions and employers reached an agreement on wages. Retailers in {b} expect weak sales, a survey said.",
    ),
    "weather": (
        "Heavy rain is forecast for {a} from Thursday, with up to {n} millimetres in the hills. Officials told residents to "
        "stay at home. A front from the west will bring strong winds to the coast of {b}. Several roads are closed, and "
        "ferries were cancelled. The weather service expects a calm weekend.",
        "A heat wave will hit {a} this week, with highs of {n} degrees. Hospitals in {b} are prepared. Farmers fear for the "
        "harvest after a dry spring, the weather service said on Monday.",
    ),
    "culture": (
        "The film festival in {a} opened with a war drama that won {n} prizes last year. The director said he had fought for "
        "a decade to make it. An actress from {b} leads a jury of seven. Tickets are sold out, the organisers said.",
        "A museum in {a} shows {n} paintings that were lost for a century. Visitors from {b} queued for hours. The curator "
        "negotiated the loan with two families, and called the return of the works a triumph of patience.",
    ),
    "local": (
        "A court in {a} sentenced a man to {n} months for stealing bicycles. The judge rejected his appeal. Police in {b} "
        "returned most of them to their owners. The mayor promised more guards at the station.",
        "The council of {a} voted {n} to 4 for a new tram line. Residents had protested against the closure of a street. "
        "Work will begin in May. A firm from {b} won the contract after long negotiations with the city.",
    ),
    "wages": (
        "Talks between the dockers of {a} and their employers broke down on Friday, and a strike of {n} days begins on Monday. "
        "The union rejected an offer of 4 percent more pay. Both sides agreed to meet a mediator. Workers want their overtime "
        "counted, and say prices have risen faster than wages.",
        "Teachers in {b} accepted a settlement after {n} weeks of strikes. The agreement raises pensions and ends a dispute "
        "with the government, whose minister called it a fair deal. Bus drivers in {a} are still negotiating.",
    ),
    "police": (
        "A man who had held two hostages in a bank of {a} gave up after {n} hours of negotiations. Police said the suspect was "
        "armed. Negotiators had spoken to him through a barricaded door. Officers from {b} had closed the streets, and nobody "
        "was killed.",
        "Detectives in {b} arrested a suspect in the robbery of a jeweller, {n} months after an attack on its owner. The "
        "sheriff said that security cameras had shown his car on the road to {a}, and accused him of another killing.",
    ),
}
PLACES = re.findall(
    r"\w+", "Madrid Ghana Munich Brazil Kenya Lyon Norway Osaka Texas Poland Chile Leeds Japan Perth Morocco Korea"
)


def made(count: int) -> list[tuple[str, str]]:
    """Irrelevant news, its field first: of one, two or three of the pieces above, the names drawn."""
    draw = random.Random(SEED)
    fields = sorted(FIELDS)
    found = []
    for number in range(count):
        field = fields[number % len(fields)]
        pieces = draw.choices(FIELDS[field], k=1 + number // len(fields) % 3)
        a, b = draw.sample(PLACES, 2)
        found.append((field, "\n\n".join(piece.format(a=a, b=b, n=draw.randint(2, 40)) for piece in pieces)))
    return found


def reports(paths: list[Path]) -> list[tuple[str, str]]:
    """The texts of the reports under the paths, with their sources."""
    return [(report.source, report.text) for report in load(paths) if isinstance(report, Report)]


def speed(work: Callable[[str], object], texts: list[str], rounds: int) -> float:
    """Megabytes of UTF-8 a second of processor time, the best of the rounds."""
    size = sum(len(text.encode()) for text in texts)
    times = []
    for _ in range(rounds):
        start = time.process_time()
        for text in texts:
            work(text)
        times.append(time.process_time() - start)
    return size / min(times) / MEGABYTE


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("relevant", nargs="*", type=Path, help="more relevant reports")
    parser.add_argument("--others", nargs="*", type=Path, default=[], help="more reports on other things")
    parser.add_argument("--made", type=int, default=3000, help="other texts made here (default: 3000)")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    folders = [p for p in sorted(EXAMPLES.iterdir()) if p.is_dir()]
    shared = [p for name in ("seeds", "eval/dev") if (p := SHARED / name).is_dir()]
    texts = [p for folder in shared for p in sorted(folder.glob("*.txt"))]

    wanted = [*(("short", text) for text in SHORT), *reports([*folders, *texts, *options.relevant])]
    missed = [(source, text) for source, text in wanted if not relevant(text)]
    print(
        f"relevant   {len(wanted):5}   pass {len(wanted) - len(missed):5}   recall {1 - len(missed) / len(wanted):.4f}"
    )
    for source, text in missed:
        print(f"  missed: {source} {score(text)} {', '.join(telling(text))}: {text[:60]!r}")

    others = made(options.made)
    for field in sorted(FIELDS):
        some = [text for name, text in others if name == field]
        passed = sum(map(relevant, some))
        print(f"{field:10} {len(some):5}   pass {passed:5}   {passed / len(some):.4f}")
    given = reports(options.others)
    if given:
        passed = sum(relevant(text) for _, text in given)
        print(f"given      {len(given):5}   pass {passed:5}   {passed / len(given):.4f}")

    sample = [text for _, text in (*wanted, *others[:500], *given)]
    every = sorted({word for group in triage().groups for word in group.words}, key=len, reverse=True)
    pattern = re.compile(rf"\b(?:{'|'.join(every)})\b")
    ours = speed(relevant, sample, options.rounds)
    theirs = speed(lambda text: set(pattern.findall(text.lower())), sample, 1)
    print(f"speed      {ours:8.1f} MB/s a core; one regular expression of all {len(every)} words {theirs:.1f} MB/s")


if __name__ == "__main__":
    main()
