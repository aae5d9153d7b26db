"""Issue classification on conflicts that the training sentences do not have: lexicon, vectors, phrases and all of them.

    python bench/issues.py [--per-issue] [--wrong]

Each model is trained, its temperature and threshold set by cross-validation, on training/sentences/train, and measured
on training/sentences/heldout; the lexicon alone takes the issue with most weight, and none where no term is found.
Accuracy on issues leaves out the lines on no subject. Where ../shared/eval is beside this checkout, the propositions
of its gold positions are classified too (nothing is trained on them).
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "training"))

import corpus
import train

from accord.model.vocabulary.issue_weights import issue_weights
from accord.model.vocabulary.issues import issues
from accord.reading.pipeline import model
from accord.reading.subjects import Classifier, Layers, issue_scores

GOLD = Path(__file__).resolve().parents[2] / "shared" / "eval" / "dev"
MODELS = {
    "vectors": train.Inputs(lexicon=False, phrases=False),
    "phrases": train.Inputs(vectors=False, lexicon=False),
    "vectors + lexicon": train.Inputs(phrases=False),
    "vectors + lexicon + phrases": train.ALL,
}
Answer = Callable[[Layers], str]


def by_lexicon(layers: Layers) -> str:
    """The issue whose terms weigh most; of equals the first in the vocabulary."""
    total = Counter[str]()
    for tokens, weight in layers:
        for issue, score in issue_scores(tokens).items():
            total[issue] += score * weight
    return max((entry.id for entry in issues()), key=lambda i: total[i]) if total else corpus.NONE


def by(classifier: Classifier) -> Answer:
    return lambda layers: (classifier.classify(layers) or (corpus.NONE,))[0]


def shipped_lines(classifier: Classifier, lines: Sequence[corpus.Parsed]) -> None:
    """Precision, recall and F1 of each issue."""
    answers = [by(classifier)(train.around(x)) for x in lines]
    wanted = [x.line.label for x in lines]
    print(f"\n{'issue':<22}{'lines':>7}{'P':>7}{'R':>7}{'F1':>7}")
    for label in (*corpus.ISSUES, corpus.NONE):
        hits = sum(a == w == label for a, w in zip(answers, wanted, strict=True))
        told, there = answers.count(label), wanted.count(label)
        precision, recall = hits / max(1, told), hits / max(1, there)
        print(f"{label:<22}{there:>7}{precision:>7.2f}{recall:>7.2f}{2 * hits / max(1, told + there):>7.2f}")


def gold_line(name: str, answer: Answer) -> None:
    """How many of the gold positions' propositions get their issue."""
    golds = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(GOLD.glob("*.json"))]
    pairs = [(p["issue"], model()(p["proposition"])) for gold in golds for p in gold["positions"]]
    right = sum(answer([(list(doc), 1.0)]) == issue for issue, doc in pairs)
    print(f"gold positions' propositions, {name}: {right} of {len(pairs)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--per-issue", action="store_true", help="also precision and recall of each issue")
    parser.add_argument("--wrong", action="store_true", help="also the held-out lines that come out wrong")
    options = parser.parse_args()
    lines, held_out = (corpus.parse(corpus.load(part), model()) for part in ("train", "heldout"))
    counts = Counter(x.line.label == corpus.NONE for x in held_out)
    print(f"{len(lines)} training lines; held out: {counts[False]} on an issue, {counts[True]} on none")
    print(f"{'model':<30}{'accuracy':>10}{'on issues':>11}{'macro F1':>10}")
    shipped = Classifier(issue_weights())
    answers: dict[str, Answer] = {"lexicon": by_lexicon}
    answers |= {name: by(Classifier(train.finished(lines, inputs)[0])) for name, inputs in MODELS.items()}
    answers["as shipped"] = by(shipped)
    for name, answer in answers.items():
        on_issues, everything, macro = train.measure(answer, held_out)
        print(f"{name:<30}{everything:>10.3f}{on_issues:>11.3f}{macro:>10.3f}", flush=True)
    start = time.perf_counter()
    for x in held_out:
        shipped.classify(train.around(x))
    print(f"{(time.perf_counter() - start) / len(held_out) * 1000:.2f} ms a proposition, words known")
    if options.per_issue:
        shipped_lines(shipped, held_out)
    if options.wrong:
        for x in held_out:
            told = by(shipped)(train.around(x))
            if told != x.line.label:
                print(f"{x.line.file}:{x.line.number} {x.line.label} read as {told}: {x.line.text}")
    if GOLD.is_dir():
        gold_line("lexicon", by_lexicon)
        gold_line("as shipped", by(shipped))
    else:
        print("gold positions: skipped: ../shared/eval is not beside this checkout")


if __name__ == "__main__":
    main()
