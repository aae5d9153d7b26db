"""Train the issue classifier on the sentences beside this script and write its weights.

    python training/train.py             train, write src/accord/data/issue_weights.json, print how well it does
    python training/train.py --check     train, and fail if the weights that are committed are others

Everything but the last table comes from `sentences/train`: which phrases are kept, and by cross-validation over
conflicts the temperature and the threshold. `sentences/heldout` has other conflicts and is only measured on.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import msgspec
import numpy as np
from corpus import CLASSES, ISSUES, NONE, OPEN, Parsed, digest, load, parse
from numpy.typing import NDArray
from regression import Array, fit
from spacy.tokens import Token

from accord.model.vocabulary.issue_weights import IssueWeights
from accord.reading.pipeline import model
from accord.reading.subjects import Classifier, Layers, layers_of, passage_of, vector_of

OUT = Path(__file__).resolve().parents[1] / "src" / "accord" / "data" / "issue_weights.json"
# Chosen by cross-validation over conflicts (see README.md); to be looked at again when the sentences change much.
STRENGTH = 4.0  # inverse ridge; 3 to 12 differ by less than a point
LEXICON_SCALE, PHRASE_SCALE = 0.5, 0.25  # how far the ridge lets each kind of input go beside the vectors
# Added to the say of each issue's own terms. Reports have more words than the lines, and a term that names an issue
# holds there too. By cross-validation 0 to 1.6 are alike (0.735, 0.736); 0.8 leaves the terms the greater say.
TRUST = 0.8
RAREST, MOST = 4, 700  # a phrase must stand in so many lines; so many are kept
DIGITS = 3
FOLDS = 5
HEATS = (0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.4)
# Sums that are split over threads differ in their last digits, so the numbers would depend on the machine's cores.
ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
CONTEXT = "context"
SHARED = (
    "beside",
    "broad",
    "chatter",
    CONTEXT,
    "general",
    "news",
    "open",
)  # files that are of no one conflict: dealt line by line


@dataclass(frozen=True)
class Inputs:
    """Which kinds of input a model has."""

    vectors: bool = True
    lexicon: bool = True
    phrases: bool = True


ALL = Inputs()


@dataclass(frozen=True)
class Example:
    """A passage and its class."""

    tokens: Sequence[Token]
    label: str


def examples_of(lines: Sequence[Parsed]) -> list[Example]:
    """What the model learns from: each line's matter; in `context` what is open and what stands around it."""
    out = []
    for x in lines:
        if x.line.file != CONTEXT:
            out.append(Example(x.matter, x.line.label))
            continue
        out.append(Example(x.matter, OPEN))
        out.append(Example(x.sentence, OPEN if x.before else x.line.label))
        out += [Example(x.before, x.line.label)] if x.before else []
    return out


def choose_phrases(lines: Sequence[Example], most: int) -> list[str]:
    """The phrases that say most about the class: those in RAREST lines or more, by mutual information."""
    told, within = Counter(x.label for x in lines), Counter[tuple[str, str]]()
    for x in lines:
        within.update((phrase, x.label) for phrase in passage_of(x.tokens).phrases)
    often = Counter[str]()
    for (phrase, _), n in within.items():
        often[phrase] += n
    worth = dict.fromkeys((p for p, n in often.items() if n >= RAREST), 0.0)
    for (phrase, label), n in within.items():
        if phrase in worth:
            worth[phrase] += n * float(np.log(n * len(lines) / (often[phrase] * told[label])))
    return sorted(sorted(worth, key=lambda p: (-worth[p], p))[:most])


def rows_of(lines: Sequence[Example], phrases: Sequence[str], inputs: Inputs) -> Array:
    """One row an example: vectors, lexicon, phrases."""
    at = {phrase: k for k, phrase in enumerate(phrases)}
    rows = []
    for x in lines:
        passage = passage_of(x.tokens)
        total = sum((share * vector_of(word) for word, share in passage.words), np.zeros(model().vocab.vectors_length))
        has = np.zeros(len(phrases))
        for phrase, share in passage.phrases.items():
            if phrase in at:
                has[at[phrase]] = share * PHRASE_SCALE
        mean = total / max(passage.size, 1e-9) ** 0.5
        parts = [mean * inputs.vectors, passage.lexicon * LEXICON_SCALE * inputs.lexicon, has * inputs.phrases]
        rows.append(np.concatenate(parts))
    return np.array(rows)


def numbers(labels: Iterable[str]) -> NDArray[np.int64]:
    """Classes by their place."""
    return np.array([CLASSES.index(label) for label in labels], dtype=np.int64)


def train(lines: Sequence[Parsed], inputs: Inputs = ALL, most: int = MOST) -> IssueWeights:
    """Weights from these lines alone, uncalibrated: temperature 1, no threshold worth the name."""
    own = examples_of(lines)
    phrases = choose_phrases(own, most) if inputs.phrases else []
    weights, bias = fit(rows_of(own, phrases, inputs), numbers(x.label for x in own), len(CLASSES), strength=STRENGTH)
    wide = model().vocab.vectors_length
    split = wide + len(ISSUES)
    trusted = TRUST * inputs.lexicon * np.eye(len(ISSUES), len(CLASSES))
    scaled = [weights[:wide], weights[wide:split] * LEXICON_SCALE + trusted, weights[split:] * PHRASE_SCALE]
    vectors, lexicon, found = (np.round(part, DIGITS).tolist() for part in scaled)
    return IssueWeights(
        classes=list(CLASSES), bias=np.round(bias, DIGITS).tolist(), vectors=vectors, lexicon=lexicon,
        phrases=dict(zip(phrases, found, strict=True)), temperature=1.0, threshold=1e-9,
        trained_on=digest([x.line for x in lines]), digest="",
    )  # fmt: skip


def around(x: Parsed) -> Layers:
    """A line as `classify` takes it."""
    return layers_of(x.matter, x.sentence, x.before)


def with_(weights: IssueWeights, **changed: float) -> Classifier:
    """A classifier with some of the weights' settings changed."""
    return Classifier(msgspec.structs.replace(weights, **changed))


def folds_of(lines: Sequence[Parsed]) -> NDArray[np.int64]:
    """The fold of each line: a conflict is in one fold, a file of no conflict is dealt line by line."""
    files = sorted({x.line.file for x in lines} - set(SHARED))
    return np.array(
        [x.line.number % FOLDS if x.line.file in SHARED else files.index(x.line.file) % FOLDS for x in lines]
    )


def calibrate(lines: Sequence[Parsed], inputs: Inputs = ALL) -> tuple[dict[str, float], float]:
    """(temperature and threshold; accuracy), by cross-validation over conflicts."""
    folds, judged = folds_of(lines), [x for x in lines if x.line.label != OPEN]
    models = [train([x for x, f in zip(lines, folds, strict=True) if f != k], inputs) for k in range(FOLDS)]
    place = {id(x): int(f) for x, f in zip(lines, folds, strict=True)}
    wanted = numbers(x.line.label for x in judged)

    def told(heat: float) -> Array:
        ready = [with_(m, temperature=heat) for m in models]
        return np.array([ready[place[id(x)]].probabilities(around(x)) for x in judged])

    found = {heat: told(heat) for heat in HEATS}
    losses = {heat: float(-np.log(rows[np.arange(len(judged)), wanted]).mean()) for heat, rows in found.items()}
    heat = min(losses, key=lambda k: (losses[k], k))
    best, share = found[heat][:, :-1].argmax(axis=1), found[heat][:, :-1].max(axis=1)
    accuracy = float((found[heat].argmax(axis=1) == wanted).mean())
    return {"temperature": heat, "threshold": _threshold(best, share, wanted)}, accuracy


def _threshold(best: NDArray[np.int64], share: Array, wanted: NDArray[np.int64]) -> float:
    """Where the F1 of "this passage is on that issue" is highest."""
    on_issue = (wanted < len(ISSUES)).sum()

    def f1(bar: float) -> float:
        kept = share >= bar
        return float(2 * (kept & (best == wanted)).sum() / (kept.sum() + on_issue))

    return max((round(0.1 + 0.01 * k, 2) for k in range(50)), key=lambda bar: (f1(bar), -bar))


def digest_of(weights: IssueWeights) -> str:
    """SHA-256 over everything in the weights but the digest itself."""
    return sha256(msgspec.json.encode(msgspec.structs.replace(weights, digest=""))).hexdigest()


def measure(answer: Callable[[Layers], str], lines: Sequence[Parsed]) -> tuple[float, float, float]:
    """(accuracy over issues, accuracy with `none`, macro F1 over issues and `none`) of whatever answers."""
    answers = [answer(around(x)) for x in lines]
    wanted = [x.line.label for x in lines]
    right = [a == w for a, w in zip(answers, wanted, strict=True)]
    on_issue = [r for r, w in zip(right, wanted, strict=True) if w != NONE]
    f1s = []
    for label in sorted(set(wanted)):
        hits = sum(a == w == label for a, w in zip(answers, wanted, strict=True))
        f1s.append(2 * hits / (answers.count(label) + wanted.count(label)))
    return float(np.mean(on_issue)), float(np.mean(right)), float(np.mean(f1s))


def text_of(weights: IssueWeights) -> str:
    """The weights as JSON, a row of numbers on a line."""

    def told(value: object) -> str:
        return msgspec.json.encode(value).decode()

    def rows(value: object) -> str:
        if isinstance(value, dict):
            return "{\n" + ",\n".join(f"{told(k)}: {told(v)}" for k, v in value.items()) + "\n}"
        if isinstance(value, list) and value and isinstance(value[0], list):
            return "[\n" + ",\n".join(told(v) for v in value) + "\n]"
        return told(value)

    fields = msgspec.to_builtins(weights)
    return "{\n" + ",\n".join(f"{told(name)}: {rows(value)}" for name, value in fields.items()) + "\n}\n"


def finished(lines: Sequence[Parsed], inputs: Inputs = ALL) -> tuple[IssueWeights, float]:
    """Weights from all lines, calibrated and with their digest; and the accuracy in cross-validation."""
    settings, accuracy = calibrate(lines, inputs)
    weights = msgspec.structs.replace(train(lines, inputs), **settings)
    return msgspec.structs.replace(weights, digest=digest_of(weights)), accuracy


def main() -> int:
    """Train, report, write or check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 if the committed weights are others"
    )
    options = parser.parse_args()
    if any(os.environ.get(name) != "1" for name in ONE_THREAD):
        return subprocess.call([sys.executable, *sys.argv], env={**os.environ, **dict.fromkeys(ONE_THREAD, "1")})
    lines = parse(load("train"), model())
    weights, accuracy = finished(lines)
    print(f"{len(lines)} lines, {len(weights.phrases)} phrases, digest {weights.digest[:16]}")
    print(f"temperature {weights.temperature}, threshold {weights.threshold}")
    print(f"cross-validation over conflicts: accuracy {accuracy:.3f}")
    ready = Classifier(weights)
    held_out = measure(lambda layers: (ready.classify(layers) or (NONE,))[0], parse(load("heldout"), model()))
    print("held-out conflicts: accuracy on issues {:.3f}, with none {:.3f}, macro F1 {:.3f}".format(*held_out))
    text = text_of(weights)
    if options.check:
        same = OUT.exists() and OUT.read_text(encoding="utf-8") == text
        print("the committed weights are these" if same else f"{OUT.name} has other weights: run without --check")
        return 0 if same else 1
    OUT.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
