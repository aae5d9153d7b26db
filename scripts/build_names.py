"""Make `src/accord/data/given_names.json` from the name lists of Faker.

Run after `pip install faker==40.54.0`: `python scripts/build_names.py [--check]`. Faker (MIT) lists given names of
some eighty languages and countries; those in Latin letters are kept as they are, those in Cyrillic are transliterated
the way English news does. Only whether a word can be a given name is kept: no sex is taken from a name. Words that
English news uses far more often otherwise stand in `not_given_names.txt` and are left out.
"""

from __future__ import annotations

import importlib
import json
import re
import sys
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import faker

DATA = Path(__file__).resolve().parent.parent / "src" / "accord" / "data"
_LATIN = re.compile(r"[A-Z][a-z’'-]+")
_LEAST = 3
_CYRILLIC = {
    **dict(zip("абвгґдеийклмнопрстуфыэ", "abvggdeiyklmnoprstufye", strict=True)),
    "ж": "zh",
    "з": "z",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ъ": "",
    "ь": "",
    "ю": "yu",
    "я": "ya",
    "ё": "yo",
    "є": "ye",
    "і": "i",
    "ї": "yi",
    "ђ": "dj",
    "ј": "j",
    "љ": "lj",
    "њ": "nj",
    "ћ": "c",
    "џ": "dz",
}
_NOT_NAMES = frozenset((Path(__file__).parent / "not_given_names.txt").read_text(encoding="utf-8").split())


def _source(locale: str) -> Iterable[str]:
    """Every given name of one of Faker's locales."""
    provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
    for attribute in sorted(dir(provider)):
        if attribute.startswith(("first_name", "first_romanized", "given")):
            names = getattr(provider, attribute)
            if isinstance(names, dict | list | tuple):
                yield from (name for name in names if isinstance(name, str))


def latin(name: str) -> str:
    """A name in plain Latin letters; empty where it is in a script that is not transliterated here."""
    if any("\u0400" <= c <= "\u04ff" for c in name):
        name = "".join(_CYRILLIC.get(c, c) for c in name.lower()).capitalize()
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()


def build() -> str:
    """The text of the generated file: given names in plain letters, sorted."""
    folder = Path(str(faker.__file__)).parent / "providers" / "person"
    locales = sorted(e.name for e in folder.iterdir() if e.is_dir() and not e.name.startswith("__"))
    found = {latin(name) for locale in locales for name in _source(locale)}
    kept = sorted(n for n in found if _LATIN.fullmatch(n) and len(n) >= _LEAST and n not in _NOT_NAMES)
    return json.dumps(kept, ensure_ascii=False, indent=0) + "\n"


def main() -> int:
    """Write the file, or with --check compare it."""
    path, made = DATA / "given_names.json", build()
    if "--check" not in sys.argv[1:]:
        path.write_text(made, encoding="utf-8")
        return 0
    if path.exists() and path.read_text(encoding="utf-8") == made:
        return 0
    print("given_names.json is not what scripts/build_names.py makes; run it and commit", file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
