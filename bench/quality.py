"""Reading quality on the gold annotations, beside the pinned floors.

    python bench/quality.py                          the table
    python bench/quality.py --misses events          and what was missed or wrong in one layer
    python bench/quality.py --pin                    raise the floors to the rates of today
    python bench/quality.py --pin --allow-regression also where that lowers one

Needs the gold annotations in ../shared/eval beside this checkout.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "quality"))

import gate
import measure


def floors_of(name: str) -> gate.Floors:
    """The pinned floors, or none for a set that is not pinned yet."""
    try:
        return gate.load(name)
    except gate.GateError:
        return gate.Floors(name, "", {})


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", choices=sorted(measure.SETS), default="dev", help="which gold set (default: dev)")
    parser.add_argument("--misses", metavar="LAYER", help="list what was missed or wrong in this layer")
    parser.add_argument("--pin", action="store_true", help="write the rates of today into floors.json")
    parser.add_argument("--allow-regression", action="store_true", help="with --pin: floors may fall")
    options = parser.parse_args()
    if not measure.EVAL.is_dir():
        sys.exit("bench/quality.py: the gold annotations must be in ../shared/eval beside this checkout; they are not")

    gold, floors = measure.SETS[options.set], floors_of(options.set)
    with tempfile.TemporaryDirectory() as folder:
        exported = measure.export(gold, Path(folder))
    scores = measure.script("score").score(gold.resolve(), exported, options.misses)
    print("\n".join(measure.table(scores, dict(floors.rates))))
    rates = gate.rates_of(scores)
    if options.pin:
        try:
            gate.save(
                gate.repin(
                    rates, floors, gate.digest(measure.gold_files(gold)), allow_regression=options.allow_regression
                )
            )
        except gate.GateError as error:
            sys.exit(f"bench/quality.py: {error}")
        print(f"pinned in {gate.FLOORS.name}")
        return 0
    falls = gate.shortfalls(rates, floors)
    print("\n".join(map(str, falls)))
    return 1 if falls else 0


if __name__ == "__main__":
    sys.exit(main())
