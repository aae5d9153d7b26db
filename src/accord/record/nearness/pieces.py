"""Word pieces of a text, as the packaged vectors know them: the longest first, the rest of a word marked by `##`.

The uncased tokenisation of BERT (Devlin et al. 2019): lower case, no accents, each punctuation mark by itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")
_LONGEST = 40  # characters: longer strings are no words


def pieces_of(text: str, numbers: Mapping[str, int]) -> Iterator[int]:
    """The numbers of the pieces; a word that cannot be pieced together is left out."""
    plain = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if unicodedata.category(c) != "Mn")
    for word in _WORD.findall(plain):
        yield from _word(word, numbers)


def _word(word: str, numbers: Mapping[str, int]) -> list[int]:
    whole = numbers.get(word)
    if whole is not None:
        return [whole]
    found: list[int] = []
    start = 0
    while start < len(word) <= _LONGEST:
        end = len(word)
        while end > start:
            number = numbers.get(("##" if start else "") + word[start:end])
            if number is not None:
                break
            end -= 1
        if end == start:
            return []
        found.append(number or 0)
        start = end
    return found
