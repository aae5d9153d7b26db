"""Parts of speech and morphology as the packaged model's attribute ruler gives them, in a fraction of its time.

The ruler matches some 180 patterns against every token and sets what each asks for through a span of its own. Nearly
all patterns look at one token and tell it by few values of few attributes. So what such a token is given is worked
out by these patterns once for each combination of the values, and looked up afterwards.
`tests/reading/test_pipeline.py` holds both ways to the same result.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc
from spacy.tokens._retokenize import set_token_attrs

_UNNAMED = -1  # any value that no pattern names; no hash is negative

_Given = tuple[list[int], dict[int, Any]]


class WordClasses:
    """A component that does what `ruler` does. Its patterns are read once: add none afterwards."""

    def __init__(self, ruler: AttributeRuler) -> None:
        self._strings = ruler.vocab.strings
        self._attrs: list[dict[int, Any]] = ruler.attrs
        self._indices: list[int] = ruler.indices
        self._single, self._others = Matcher(ruler.vocab), Matcher(ruler.vocab)
        self._named: dict[str, set[int]] = {}
        for number, rule in enumerate(ruler.patterns):
            patterns: Any = rule["patterns"]
            for pattern in patterns:
                values = _named_values(pattern[0]) if len(pattern) == 1 else None
                matcher = self._others if values is None else self._single
                matcher.add(str(number), [pattern])  # adding to a rule that is there adds a pattern
                for attribute, named in (values or {}).items():
                    self._named.setdefault(attribute, set()).update(map(self._number, named))
        self._known: dict[tuple[int, ...], _Given] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Set what the patterns ask for; a later pattern has precedence, as in the ruler."""
        also: dict[int, list[int]] = {}
        for rule, start, end in self._numbered(self._others(doc, allow_missing=True)):
            index = self._indices[rule]
            also.setdefault((end if index < 0 else start) + index, []).append(rule)
        # every pattern sees the document as it came: nothing is set before all have been matched
        found = [self._given(doc, i, key) for i, key in enumerate(self._keys(doc))]
        for i, (rules, attrs) in enumerate(found):
            if i in also:
                attrs = self._merged([*rules, *also[i]])
            if attrs:
                set_token_attrs(doc[i], attrs)
        return doc

    def _number(self, value: str | bool) -> int:
        return self._strings.add(value) if isinstance(value, str) else int(value)

    def _keys(self, doc: Doc) -> Iterable[tuple[int, ...]]:
        """For each token the values that the patterns tell apart."""
        columns = doc.to_array(list(self._named)).T.tolist()
        told = [
            [value if value in named else _UNNAMED for value in column]
            for column, named in zip(columns, self._named.values(), strict=True)
        ]
        return zip(*told, strict=True)

    def _given(self, doc: Doc, i: int, key: tuple[int, ...]) -> _Given:
        """The numbers of the single-token rules that fit token `i`, and what they set together."""
        known = self._known.get(key)
        if known is None:
            rules = [rule for rule, _, _ in self._numbered(self._single(doc[i : i + 1], allow_missing=True))]
            known = self._known[key] = (rules, self._merged(rules))
        return known

    def _numbered(self, matches: Iterable[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
        return [(int(self._strings[match]), start, end) for match, start, end in matches]

    def _merged(self, rules: Iterable[int]) -> dict[int, Any]:
        together: dict[int, Any] = {}
        for rule in sorted(set(rules)):
            together.update(self._attrs[rule])
        return together


def _named_values(pattern: dict[str, Any]) -> dict[str, list[str | bool]] | None:
    """The values of each attribute that a pattern tells from all others; None where it tells them in another way."""
    values: dict[str, list[str | bool]] = {}
    for attribute, wanted in pattern.items():
        if isinstance(wanted, dict) and set(wanted) <= {"IN", "NOT_IN"}:
            values[attribute] = [value for listed in wanted.values() for value in listed]
        elif isinstance(wanted, str | bool):
            values[attribute] = [wanted]
        else:
            return None
    return values
