"""Reports that are copies of one another: agency copy printed by several, shortened or with a new head."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from rensa import RMinHash  # type: ignore[import-untyped]

from accord.model.report import Report
from accord.record.clusters import connected
from accord.record.identity.names import words_of
from accord.record.identity.scene import UNDATED
from accord.record.linking import Bonds, Edge

SHINGLE = 5  # words a shingle
PERMUTATIONS = 128
ROWS = 4  # rows a band: with 32 bands, a pair of Jaccard index 0.5 is found in 87 of 100 cases, of 0.7 in all
SEED = 1
CONTAINED = 0.8  # least share of the shorter report's shingles that the longer one must have
JACCARD = 0.35  # least Jaccard index, so that a short report quoted in a long one is no copy of it
LEAST = 40  # shingles below which a report is too short to tell
APART = 31  # days between publications beyond which the same words are a new use of them


class CopyTraits(msgspec.Struct, frozen=True, array_like=True):
    """What tells copies: the MinHash signature of the shingles (Broder 1997) and how many there are."""

    place: str
    day: int | None
    size: int
    signature: tuple[int, ...]


def copy_traits(report: Report) -> CopyTraits:
    """The traits of a report."""
    words = words_of(report.text)
    shingles = sorted({" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)})
    sketch = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
    sketch.update(shingles)
    day = report.published
    return CopyTraits(
        place=f"{day.isoformat() if day else UNDATED}|{report.id}",
        day=day.toordinal() if day else None,
        size=len(shingles),
        signature=tuple(sketch.digest()) if len(shingles) >= LEAST else (),
    )


class CopyRule:
    """How copies are told: the shingles of the shorter are nearly all in the longer, as the signatures estimate."""

    name = "copies"
    form = CopyTraits

    def keys(self, node: CopyTraits) -> tuple[Iterable[str], Iterable[str]]:
        """The bands of the signature (locality-sensitive hashing)."""
        bands = range(0, len(node.signature), ROWS)
        found = [f"{i}:" + ".".join(format(x, "x") for x in node.signature[i : i + ROWS]) for i in bands]
        return found, found

    def likeness(self, a: CopyTraits, b: CopyTraits) -> float:
        """The estimated share of the shorter report that the longer contains, where it is high enough."""
        if a.day is not None and b.day is not None and abs(a.day - b.day) > APART:
            return 0.0
        same = sum(x == y for x, y in zip(a.signature, b.signature, strict=True)) / PERMUTATIONS
        contained = min(1.0, same * (a.size + b.size) / (1 + same) / min(a.size, b.size))
        return contained if same >= JACCARD and contained >= CONTAINED else 0.0

    def clusters(self, nodes: Mapping[str, CopyTraits], edges: Sequence[Edge], bonds: Bonds) -> list[list[str]]:
        """Copies of copies are copies."""
        return connected(nodes, edges, bonds)
