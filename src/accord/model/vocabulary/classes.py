"""Classes of words within a vocabulary file: where an entry lists words, "+name" stands for all words of a class."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from accord.errors import VocabularyError


def expand(names: Iterable[str], classes: Mapping[str, Iterable[str]], file: str, where: str) -> frozenset[str]:
    """The words that `names` list, classes replaced by their words.

    Raises VocabularyError, naming the file under `data/` and the entry, for a class that is not in `classes`.
    """
    found: set[str] = set()
    for name in names:
        if not name.startswith("+"):
            found.add(name)
        elif name[1:] in classes:
            found.update(classes[name[1:]])
        else:
            raise VocabularyError(
                f"vocabulary data/{file}: {where}: +NAME must be a class, one of {sorted(classes)}; "
                f"got {name!r}: add the class or correct the name"
            )
    return frozenset(found)
