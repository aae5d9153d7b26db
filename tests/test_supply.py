"""What Accord is made of: licences, SBOM, hashes, known holes, and packages that come out the same."""

from __future__ import annotations

import ast
import hashlib
import importlib.metadata as metadata
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "accord"


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"accord_{name}", ROOT / "scripts" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


supply, audit = script("supply"), script("audit")


def supply_extras() -> tuple[str, ...]:
    """The extras that people install, as dev.py locks them."""
    text = (ROOT / "dev.py").read_text(encoding="utf-8")
    return tuple(ast.literal_eval(text.partition("EXTRAS = ")[2].partition("\n")[0]))


# licences


def test_licences_and_sbom_are_those_of_the_locks() -> None:
    stale = [path.name for path, text in supply.written().items() if path.read_text(encoding="utf-8") != text]
    assert not stale, "run: python scripts/supply.py"


def test_every_licence_is_free_or_explained() -> None:
    known = json.loads(supply.FACTS.read_text(encoding="utf-8"))
    more = {key.split()[0] for key, said in known.items() if supply.asks_more(said["licence"])}
    assert more <= set(supply.EXPLAINED)
    assert set(supply.EXPLAINED) <= {key.split()[0] for key in known}, "explained, but no longer there"
    assert not [
        key for key, said in known.items() if re.search(r"\bA?GPL", said["licence"]) and " OR " not in said["licence"]
    ]


@pytest.mark.parametrize(
    ("expression", "more"),
    [
        ("MIT", False),
        ("MPL-2.0", True),
        ("MPL-2.0 AND MIT", True),
        ("GPL-2.0-only OR MIT", False),
        ("MPL-1.1 OR GPL-2.0-only", True),
        ("BSD-3-Clause AND (MIT OR GPL-3.0-only)", False),
        ("LGPL-3.0-only", True),
    ],
)
def test_what_asks_for_more(expression: str, more: bool) -> None:
    assert supply.asks_more(expression) is more


def test_a_licence_that_nobody_looked_at_stops_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supply, "EXPLAINED", {})
    with pytest.raises(SystemExit, match="which asks for more: explain it"):
        supply.facts()
    with pytest.raises(SystemExit, match="not installed and was not looked at"):
        supply.licence_of("accord-needs-no-such-package", "1", {})


def test_what_others_made_is_named_with_its_text() -> None:
    named = {part.path for part in supply.SHIPPED}
    there = {str(p.relative_to(PACKAGE)) for p in (PACKAGE / "web" / "static" / "vendor").glob("*.js")}
    there |= {str(p.relative_to(PACKAGE)) for p in (PACKAGE / "data").glob("*.json")}
    assert there == named
    for path in (PACKAGE / "web" / "static" / "vendor").glob("*.min.js"):
        assert path.with_name(path.name.replace(".min.js", ".LICENSE")).is_file()
    vendor = (PACKAGE / "web" / "static" / "vendor" / "README.md").read_text()
    for part in supply.SHIPPED:
        if part.origin.startswith("npm"):
            assert f"| {part.version} | {part.licence} " in vendor
    fonts = [p for p in PACKAGE.rglob("*") if p.suffix in (".woff", ".woff2", ".ttf", ".otf", ".eot")]
    assert not fonts


def test_the_program_imports_nothing_that_it_does_not_declare() -> None:
    """What another package happens to bring may go with its next version; and nothing comes in by the back door."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [text for name in supply_extras() for text in project["optional-dependencies"][name]]
    declared = {canonicalize_name(Requirement(text).name) for text in (*project["dependencies"], *extras)}
    declared |= {"distributed"}  # asked for as dask[distributed]
    homes = metadata.packages_distributions()
    strange: dict[str, set[str]] = {}
    for path in PACKAGE.rglob("*.py"):
        # where a line of a docstring begins in the same way, no package bears the word
        for top in re.findall(r"^\s*(?:import|from) (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE):
            found = {canonicalize_name(home) for home in homes.get(top, ())}
            if found and top != "accord" and top not in sys.stdlib_module_names and not found & declared:
                strange.setdefault(top, set()).add(str(path.relative_to(ROOT)))
    assert not strange


# the SBOM


def test_the_sbom_is_valid_and_holds_no_time() -> None:
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    text = supply.SBOM.read_text(encoding="utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    made = json.loads(text)
    assert "timestamp" not in made["metadata"]
    assert "serialNumber" not in made
    wrong = json.dumps({"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [{"type": "librarian"}]})
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(wrong) is not None


def test_the_sbom_tells_what_asks_for_what() -> None:
    made = json.loads(supply.SBOM.read_text(encoding="utf-8"))
    refs = {one["bom-ref"] for one in made["components"]} | {made["metadata"]["component"]["bom-ref"]}
    asks = {one["ref"]: set(one["dependsOn"]) for one in made["dependencies"]}
    assert set(asks) == refs
    assert set().union(*asks.values()) <= refs
    reached, waiting = set(), {made["metadata"]["component"]["bom-ref"]}
    while waiting:
        reached |= waiting
        waiting = set().union(*(asks[ref] for ref in waiting)) - reached
    assert reached == refs, "a package is there that nothing asks for"
    for part in made["components"]:
        for one in part.get("hashes", ()):
            path = PACKAGE / part["bom-ref"].removeprefix("accord/")
            assert hashlib.sha256(path.read_bytes()).hexdigest() == one["content"]


# hashes


def test_a_file_that_is_not_the_locked_one_is_not_installed(tmp_path: Path) -> None:
    """The installer that set-up uses refuses a wheel whose hash is not in the lock, and a lock without a hash."""
    wheel = tmp_path / "tampered-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as made:
        made.writestr("tampered.py", "")
        made.writestr("tampered-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: tampered\nVersion: 1.0\n")
        made.writestr("tampered-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        made.writestr("tampered-1.0.dist-info/RECORD", "")
    right = hashlib.sha256(wheel.read_bytes()).hexdigest()
    uv = Path(sys.executable).with_name("uv")
    if uv.exists():
        installer = [str(uv), "pip", "install", "--python", sys.executable]
    elif importlib.util.find_spec("pip"):
        installer = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check"]
    else:
        pytest.skip("neither uv nor pip is in this environment")
    lock = tmp_path / "one.lock"
    for pin, fine in ((f" --hash=sha256:{right}", True), (f" --hash=sha256:{'0' * 64}", False), ("", False)):
        lock.write_text(f"tampered==1.0{pin}\n")
        into = tmp_path / f"into{len(pin)}{fine}"
        options = ["--require-hashes", "--no-index", "--find-links", str(tmp_path), "--target", str(into), "-q"]
        answer = subprocess.run([*installer, *options, "-r", str(lock)], capture_output=True, text=True, check=False)
        assert (answer.returncode == 0) is fine, answer.stderr
        assert (into / "tampered.py").exists() is fine


# known holes

_STUB = """
import json, sys
name = open(sys.argv[sys.argv.index("-r") + 1]).read()
canary = "jinja2==3.1.2" in name
said = {{"name": "jinja2" if canary else "one", "version": "1", "vulns": []}}
{}
print(json.dumps({{"dependencies": [said]}}))
"""


@pytest.mark.parametrize(
    ("service", "status", "said"),
    [
        (
            "said['vulns'] = [{'id': 'CVE-1', 'fix_versions': ['2']}] if canary else []",
            audit.CLEAN,
            "0 with known holes",
        ),
        ("said['vulns'] = [{'id': 'CVE-1', 'fix_versions': ['2']}]", audit.HOLES, "CVE-1; mended in 2"),
        ("pass", audit.NO_ANSWER, "cannot be asked"),  # everything is clean, says who knows nothing
        ("said = {'name': 'jinja2', 'skip_reason': 'not found'}", audit.NO_ANSWER, "cannot be asked"),
        ("sys.exit('no route to host')", audit.NO_ANSWER, "no route to host"),
        (
            "said = {**said, 'vulns': [{'id': 'C'}]} if canary else {'name': 'one', 'skip_reason': 'not found'}",
            audit.NO_ANSWER,
            "no answer on one",
        ),
    ],
)
def test_silence_is_no_good_news(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], service: str, status: int, said: str
) -> None:
    stub = tmp_path / "stub.py"
    stub.write_text(_STUB.format(service))
    assert audit.main([sys.executable, "-S", str(stub)]) == status
    assert said in capsys.readouterr().out


# packages


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two folders with what a build makes, of two copies of the sources in other places with other times."""
    found = []
    for place, at in (("one", 1_600_000_000), ("another/place", 1_700_000_000)):
        source = tmp_path_factory.mktemp("build") / place
        source.mkdir(parents=True)
        for name in ("README.md", "CHANGELOG.md", "LICENSE", "pyproject.toml", "dev.py", "requirements", "src"):
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copyfile
            copy(ROOT / name, source / name)
        (source / "tests").mkdir()
        (source / "tests" / "test_x.py").write_text("")
        for path in source.rglob("*"):
            os.utime(path, (at, at))
        environment = {**os.environ, "SOURCE_DATE_EPOCH": "1767225600"}
        answer = subprocess.run(
            [sys.executable, "-m", "hatchling", "build"],
            cwd=source,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert answer.returncode == 0, answer.stdout + answer.stderr
        found.append(source / "dist")
    return found


def test_two_builds_are_the_same_bytes(built: list[Path]) -> None:
    one, other = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in built)
    assert {Path(name).suffix for name in one} == {".whl", ".gz"}
    assert one == other


def test_packages_hold_the_program_and_nothing_else(built: list[Path]) -> None:
    """What git knows of the package, and no tests, caches or files that lie about."""
    answer = subprocess.run(
        ["git", "ls-files", "-z", "src/accord"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if answer.returncode:
        pytest.skip("this is no git checkout")
    known = {name for name in answer.stdout.split("\0") if name and (ROOT / name).exists()}
    untracked = subprocess.run(
        ["git", "ls-files", "-z", "--others", "--exclude-standard", "src/accord"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout  # what somebody is writing just now
    known |= {name for name in untracked.split("\0") if name}
    (wheel,), (source,) = ([*built[0].glob(ending)] for ending in ("*.whl", "*.tar.gz"))
    with zipfile.ZipFile(wheel) as file:
        names = {info.filename for info in file.infolist()}
    inner = {name for name in names if ".dist-info/" not in name}
    assert {f"src/{name}" for name in inner} == known
    assert {"LICENSE"} <= {Path(name).name for name in names - inner}
    for needed in ("py.typed", "data/states.json", "web/static/vendor/d3.LICENSE", "web/templates/base.html"):
        assert f"accord/{needed}" in inner
    with tarfile.open(source) as archive:
        members = {name.partition("/")[2] for name in archive.getnames()}
    outer = {"README.md", "CHANGELOG.md", "LICENSE", "pyproject.toml", "PKG-INFO", ".gitignore"}
    assert {name for name in members if not name.startswith("src/")} <= outer
    assert {name for name in members if name.startswith("src/")} == known
