"""Vectors of passages from packaged vectors of word pieces, and which passages lie nearest.

`pieces.npz` was distilled by training/embeddings.py from sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0; see
LICENSE.txt beside it). A passage's vector is the mean of its pieces', so that it says what a passage is about but not
what it claims: "accepts" lies beside "rejects". It is never used to tell a stance or to hold two items to be one.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files
from typing import Any

import numpy as np
import numpy.typing as npt

from accord.record.nearness.pieces import pieces_of

Vector = npt.NDArray[np.int8]
_SCALE = 127.0


@cache
def _packaged() -> tuple[dict[str, int], npt.NDArray[Any]]:
    """The number of each word piece, and the vectors by number."""
    with as_file(files("accord.record.nearness") / "pieces.npz") as path, np.load(path) as kept:
        pieces = kept["pieces"].tobytes().decode("ascii").split("\n")
        return {piece: n for n, piece in enumerate(pieces)}, kept["vectors"]


def dimensions() -> int:
    """How long a vector is."""
    return int(_packaged()[1].shape[1])


def vector(text: str) -> Vector:
    """The direction of a passage in 8-bit integers, its longest part at 127; all zero where no word is known."""
    numbers, vectors = _packaged()
    found = list(pieces_of(text, numbers))
    if not found:
        return np.zeros(vectors.shape[1], dtype=np.int8)
    total = vectors[found].sum(axis=0, dtype=np.int64).astype(np.float64)
    most = np.abs(total).max()
    return np.rint(total * (_SCALE / most)).astype(np.int8) if most else np.zeros(len(total), dtype=np.int8)


def nearness(one: Vector, many: npt.NDArray[np.int8]) -> npt.NDArray[np.float64]:
    """The cosine of a vector to each row of many, from -1 to 1; 0 where either is all zero.

    Sums are of integers, so that they are the same on every machine.
    """
    here, there = one.astype(np.int64), many.astype(np.int64)
    products = there @ here
    lengths = np.sqrt((there * there).sum(axis=1).astype(np.float64)) * float(np.sqrt(float(here @ here)))
    found: npt.NDArray[np.float64] = np.divide(
        products.astype(np.float64), lengths, out=np.zeros(len(products)), where=lengths > 0
    )
    return found
