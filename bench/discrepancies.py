"""Measures the finding of discrepancies on the judged pairs of reports of the tests, kind by kind.

    python bench/discrepancies.py [--list]

Precision: of the discrepancies found, how many the judge noted; recall the other way about. With --list the pairs
that were missed or found wrongly are printed.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "record"))

from build_readings import resolve
from disagreements import pairs

from accord.record import merge


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", action="store_true")
    args = parser.parse_args()
    noted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    hits: Counter[str] = Counter()
    judged = pairs()
    for kind, one, other in judged:
        here = {
            d.kind
            for d in merge([one.report, other.report], [one.reading, other.reading], resolve=resolve).discrepancies
        }
        noted.update({kind} if kind else ())
        found.update(here)
        hits.update(here & {kind})
        if args.list and here != ({kind} if kind else set()):
            print(f"noted {kind or 'none'}, found {', '.join(sorted(here)) or 'none'}:")
            print(f"    {one.report.text}\n    {other.report.text}")
    without = sum(not kind for kind, _, _ in judged)
    print(f"{len(judged)} pairs, {without} of them without a discrepancy")
    for kind in sorted(noted | found):
        print(f"  {kind:<20} {_share(hits[kind], found[kind])} precision  {_share(hits[kind], noted[kind])} recall")
    print(
        f"  {'all':<20} {_share(hits.total(), found.total())} precision  {_share(hits.total(), noted.total())} recall"
    )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f} ({part} of {whole})" if whole else "none"


if __name__ == "__main__":
    main()
