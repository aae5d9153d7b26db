"""The way of one sentence on docs/architecture.md: what each stage makes of it, computed and written into the page.

    python docs/make/sentence.py                            reads the examples, writes the values
    python docs/make/sentence.py --check [--record NAME]    writes nothing; status 1 when the page shows other values

The words around the values are the page's own; where a value does not fit them any more, mend the words.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from pathlib import Path

import accord

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "architecture.md"
REFERENCE = "10:11"
_ROW = re.compile(r"^(\| \w+ \| .* \| )(\w+)(: .*) \|$", re.MULTILINE)
_VALUE = re.compile(r"`[^`]+`")


def facts(ws: accord.Workspace) -> dict[str, list[str]]:
    """What the stages make of the sentence: the values of each row, in order."""
    record, table, zone = ws.record(), ws.table(), ws.zone()
    sentence = next(s for s in ws.evidence(REFERENCE))
    report = next(r for r in record.reports if r.title == sentence.title)
    names = {actor.id: actor.name for actor in record.actors}
    ids = {item for _, item in sentence.items}
    (said,) = (s for s in record.statements if s.id in ids)
    (position,) = (p for p in record.positions if p.id in ids)
    number, question = next((n, q) for n, q in enumerate(table.questions) if position.id in q.findings)
    (line,) = (red for red in table.red_lines if position.id in red.findings)
    assert said.cue is not None
    return {
        "report": [report.id, str(report.published)],
        "speaker": [names[position.speaker or ""], names[position.party]],
        "statement": [said.mode, report.text[said.cue.start : said.cue.end]],
        "position": [position.stance, position.strength, position.why[0]],
        "issue": [position.issue, f"{position.confidence:.2f}"],
        "evidence": [str(position.evidence[0].start), str(position.evidence[0].end)],
        "proposition": [question.text, str(sum(p.key == position.key for p in record.positions))],
        "refused": [*line.options, f"{line.certainty.value:.2f}"],
        "zone": [question.options[zone.shares[number].index(1.0)].id],
        "reference": [sentence.ref],
    }


def filled(page: str, values: dict[str, list[str]]) -> str:
    """The page with these values in their rows."""

    def row(match: re.Match[str]) -> str:
        left = iter(values[match[2]])
        return f"{match[1]}{match[2]}{_VALUE.sub(lambda _: f'`{next(left)}`', match[3])} |"

    return _ROW.sub(row, page)


def main() -> int:
    """Write the values into the page, or with --check say whether they are there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--record", type=Path, help="a record of examples/ukraine-2025, to save reading it")
    given = parser.parse_args()
    page = PAGE.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder, accord.open(given.record or Path(folder, "talks.accord")) as ws:
        if given.record is None:
            ws.read(ROOT / "examples" / "ukraine-2025")
        now = filled(page, facts(ws))
    if now != page and given.check:
        print("docs/architecture.md must show what the sentence becomes now; write it with: python3 dev.py docs")
        return 1
    if now != page:
        PAGE.write_text(now, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
