"""From measured costs to a day of the world's news: cores, memory, storage, money, and what breaks first.

    python bench/scale.py [--inputs bench/scale.yaml] [--markdown]
    python bench/scale.py --measure [pages reading landing] [--sizes 250 500 1000]

The plan is computed from the file of inputs, which has two parts: `measured`, which --measure writes anew (processor
time of one core; some ten minutes), and `assumed`, which are prices and sizes that nobody can measure here: change
them to your own. docs/scale.md shows what this prints with --markdown; a test holds it to that.
"""

from __future__ import annotations

import argparse
import math
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
INPUTS = HERE / "scale.yaml"
HOUR, DAY, MEGABYTE = 3600.0, 86400.0, 1e6

Row = tuple[str, str, str, str]


def stages(measured: dict[str, Any], assumed: dict[str, Any]) -> list[tuple[str, str, float]]:
    """What a day's news costs, stage by stage: the stage, how much goes through it, and hours of one core."""
    pages = assumed["articles"]
    about = pages * assumed["share_about_a_process"]
    opened = about + (pages - about) * assumed["share_opened_for_nothing"]
    size = pages * assumed["page_kilobytes"] / 1000
    words = about * assumed["words_an_article"]
    return [
        ("looking at pages", f"{size / 1000:,.0f} GB of HTML", size / measured["gate_megabytes_a_second"] / HOUR),
        ("taking pages apart", f"{opened:,.0f} pages", opened * measured["seconds_a_page_taken_apart"] / HOUR),
        ("reading", f"{words / 1e6:,.0f} million words", words / measured["words_a_second"] / HOUR),
        ("writing down", f"{about:,.0f} reports", about * measured["seconds_a_report_landed"] / HOUR),
        ("merging", f"{about:,.0f} reports into {assumed['records']} records", merging(measured, assumed)),
    ]


def merging(measured: dict[str, Any], assumed: dict[str, Any]) -> float:
    """Hours of one core to bring every record up to date once a day, on the last day that it is kept as one."""
    a_day = assumed["articles"] * assumed["share_about_a_process"] / assumed["records"]
    held = a_day * assumed["days_a_record_is_kept"]
    factor, power = growth(measured["merging"])
    added = factor * (held**power - (held - a_day) ** power)  # the last day's share of merging all of it
    return assumed["records"] * added / HOUR


def growth(points: list[list[float]]) -> tuple[float, float]:
    """`a` and `b` of seconds = a * reports ** b, by least squares over the logarithms of (reports, seconds)."""
    xs, ys = [math.log(n) for n, _ in points], [math.log(s) for _, s in points]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    power = sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / sum((a - x) ** 2 for a in xs)
    return math.exp(y - power * x), power


def breaking(measured: dict[str, Any], seconds: float) -> float:
    """How many reports one record can hold before merging all of it takes so long."""
    factor, power = growth(measured["merging"])
    return float((seconds / factor) ** (1 / power))


def table(inputs: dict[str, Any]) -> Iterator[Row]:
    """The lines of the plan."""
    measured, assumed = inputs["measured"], inputs["assumed"]
    costs = stages(measured, assumed)
    low, high = assumed["dollars_a_core_hour"]
    yield "stage", "a day", "core hours", "cores for one hour"
    for name, amount, hours in costs:
        yield name, amount, f"{hours:.1f}", f"{hours:.0f}" if hours >= 1 else "1"
    total = sum(hours for _, _, hours in costs)
    yield "together", "", f"{total:.1f}", f"{total:.0f}"
    yield "", "", "", ""
    reports = assumed["articles"] * assumed["share_about_a_process"]
    record = reports * measured["record_kilobytes_a_report"] / 1e6
    packed = assumed["articles"] * assumed["page_kilobytes"] * assumed["packed_to"] / 1e6
    cheap, dear = assumed["dollars_a_gigabyte_month"]
    yield "what", "how much", "dollars a day, from", "to"
    yield "cores", f"{total:.1f} core hours", f"{total * low:.2f}", f"{total * high:.2f}"
    yield "memory", f"{measured['megabytes_a_reader']:.0f} MB a reading worker", "with the cores", ""
    yield "records", f"{record:.1f} GB a day, kept a month", f"{record * cheap:.2f}", f"{record * dear:.2f}"
    yield "pages", f"{packed:.0f} GB a day packed, kept a month", f"{packed * cheap:.2f}", f"{packed * dear:.2f}"
    bits = assumed["articles"] * assumed["page_kilobytes"] * 8 / 1000 / DAY
    alone = sum(hours for name, _, hours in costs if name not in ("reading", "merging"))
    yield "one process that feeds", f"{costs[2][2] / alone:.1f} reading workers", "looks, takes apart, writes down", ""
    yield "network", f"{bits:.0f} Mbit/s all day", "coming in is free as a rule", ""
    yield "", "", "", ""
    factor, power = growth(measured["merging"])
    per_report = measured["findings_a_report"]
    yield "one record", f"{per_report:.0f} findings a report", "reports", ""
    for limit, name in ((60.0, "a minute"), (HOUR, "an hour"), (8 * HOUR, "a night")):
        yield f"all of it merged anew within {name}", "", f"{breaking(measured, limit):,.0f}", ""
    yield "growth", f"seconds = {factor:.2g} x reports^{power:.2f}", "", ""


def printed(rows: list[Row], markdown: bool) -> str:
    """The table as aligned text or as Markdown, one table for each group of rows."""
    lines: list[str] = []
    head = True
    widths = [max(len(row[k]) for row in rows) for k in range(4)]
    for row in rows:
        if not any(row):
            lines.append("")
            head = True
            continue
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        lines.append(f"| {' | '.join(row)} |" if markdown else "  ".join(cells).rstrip())
        if head and markdown:
            lines.append("| --- | --- | --- | --- |")
        head = False
    return "\n".join(lines)


def padded(html: str, size: int) -> bytes:
    """A page as long as pages are: a fifth of what is added is lists of other articles, the rest programs."""
    lists = "<div><h4><a href='/more'>Another headline of the day</a></h4><span>3 hours ago</span></div>"
    program = "window.q=window.q||[];q.push({a:1,b:'x'});function f(e){return e<2?'<p>':e}"
    missing = max(0, size - len(html))
    more = lists * (missing // 5 // len(lists)) + f"<script>{program * (missing * 4 // 5 // len(program))}</script>"
    return html.replace("</article>", f"</article><section>{more}</section>").encode()


def measure_pages(options: argparse.Namespace, assumed: dict[str, Any]) -> dict[str, Any]:
    """What pages as long as assumed cost before they are read."""
    import triage
    import warc
    from accord.reading.triage import relevant, worth_opening
    from accord.reports import rough
    from accord.reports.formats import page
    from accord.reports.gate import Gate

    size = round(assumed["page_kilobytes"] * 1000)
    texts = [text for _, text in triage.reports(examples())]
    ours = [padded(warc.page("Dispatch", text, n), size) for n, text in enumerate(texts)]
    others = [padded(warc.page("News", text, n), size) for n, (_, text) in enumerate(triage.made(200))]
    gate = Gate(relevant, worth_opening)
    page.draft_of(ours[0])
    looking = spent(lambda: [gate.opens(each, rough.blocks) for each in (*ours, *others)])
    apart = spent(lambda: [page.draft_of(each) for each in ours]) / len(ours)
    return {
        "gate_megabytes_a_second": round(sum(map(len, (*ours, *others))) / MEGABYTE / looking, 1),
        "seconds_a_page_taken_apart": round(apart, 4),
    }


def measure_reading(options: argparse.Namespace, assumed: dict[str, Any]) -> dict[str, Any]:
    """What reading and merging cost, with reports of paragraphs of the examples: as dense as records can be."""
    from accord.reading.offline import OfflineReader
    from accord.record import merge

    reports = made_reports(max(options.sizes))
    reader = OfflineReader()
    list(reader.read(reports[:10]))
    readings: list[Any] = []
    took = spent(lambda: readings.extend(reader.read(reports)))
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    merged = []
    for size in options.sizes:
        merged.append([size, round(spent(lambda n=size: merge(reports[:n], readings[:n])), 2)])  # type: ignore[misc]
    layers = ("statements", "events", "positions", "proposals", "levers", "figures")
    return {
        "words_a_second": round(sum(len(report.text.split()) for report in reports) / took),
        "megabytes_a_reader": round(held),
        "findings_a_report": round(sum(len(one.layer(name)) for one in readings for name in layers) / len(reports), 1),
        "merging": merged,
    }


def measure_landing(options: argparse.Namespace, assumed: dict[str, Any]) -> dict[str, Any]:
    """What a report costs the one process that writes the record, and how large the record is with it."""
    from accord.reading.offline import OfflineReader
    from accord.record import Store

    reports = made_reports(80)
    pairs = list(zip(reports, OfflineReader().read(reports), strict=True))
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "x.accord"
        with Store.open(path, create=True) as store:
            store.add(*pairs[0])
            landed = spent(lambda: [store.add(*pair) for pair in pairs[1:]]) / (len(pairs) - 1)
            store.refresh()
        size = path.stat().st_size / len(pairs) / 1000
    return {"seconds_a_report_landed": round(landed, 4), "record_kilobytes_a_report": round(size, 1)}


MEASURES = {"pages": measure_pages, "reading": measure_reading, "landing": measure_landing}


def examples() -> list[Path]:
    import reading

    return sorted(path for path in reading.EXAMPLES.iterdir() if path.is_dir())


def made_reports(count: int) -> list[Any]:
    """Reports of paragraphs drawn from the examples."""
    import reading
    from accord.model.report import Report
    from accord.reports.load import load

    with tempfile.TemporaryDirectory() as place:
        reading.make_folder(Path(place) / "in", count, examples())
        return [one for one in load(Path(place) / "in") if isinstance(one, Report)]


def spent(work: Any) -> float:
    """Seconds of processor time that the work takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=Path, default=INPUTS, help="the file of inputs")
    parser.add_argument(
        "--measure", nargs="*", choices=tuple(MEASURES), help="measure anew, all or these; write the file"
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[250, 500, 1000], help="records to merge, in reports")
    parser.add_argument("--markdown", action="store_true", help="the tables as docs/scale.md has them")
    options = parser.parse_args()
    inputs = yaml.safe_load(options.inputs.read_text(encoding="utf-8"))
    if options.measure is not None:
        for name in options.measure or MEASURES:
            inputs["measured"].update(MEASURES[name](options, inputs["assumed"]))
        options.inputs.write_text(yaml.safe_dump(inputs, sort_keys=False, allow_unicode=True), encoding="utf-8")
    print(printed(list(table(inputs)), options.markdown))


if __name__ == "__main__":
    main()
