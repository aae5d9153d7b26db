"""The set-up script and the lock files that it installs from."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture
def dev(tmp_path: Path) -> ModuleType:
    """dev.py as a module that believes itself in an empty checkout."""
    spec = importlib.util.spec_from_file_location("accord_dev", ROOT / "dev.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.ROOT, module.VENV, module.REQUIREMENTS = tmp_path, tmp_path / ".venv", tmp_path / "requirements"
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    module.REQUIREMENTS.mkdir()
    for name in ("build", "core", "dev"):
        (module.REQUIREMENTS / f"{name}.lock").write_text("a==1\n")
    return module


def locked(name: str) -> list[Requirement]:
    """The pinned requirements of a lock file, without their hashes."""
    text = (ROOT / "requirements" / f"{name}.lock").read_text(encoding="utf-8")
    lines = [re.sub(r"\s*\\$", "", line) for line in text.splitlines() if re.match(r"[A-Za-z0-9]", line)]
    return [Requirement(line) for line in lines]


def here(requirements: list[Requirement]) -> dict[str, Version]:
    """Version by name of the pins that hold for this Python."""
    pins = [r for r in requirements if r.marker is None or r.marker.evaluate()]
    assert len({canonicalize_name(p.name) for p in pins}) == len(pins)
    return {canonicalize_name(p.name): Version(next(iter(p.specifier)).version) for p in pins}


def with_extras(ranges: list[str]) -> list[str]:
    """The ranges, those of the project's own extras in place of the extras' names."""
    found: list[str] = []
    for text in ranges:
        wanted = Requirement(text)
        own = wanted.name == PROJECT["name"]
        found += (
            [r for extra in sorted(wanted.extras) for r in PROJECT["optional-dependencies"][extra]] if own else [text]
        )
    return found


@pytest.mark.parametrize(
    ("name", "ranges"),
    [
        ("core", PROJECT["dependencies"]),
        ("dev", [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["test"]]),
    ],
)
def test_locks_pin_what_the_project_allows(name: str, ranges: list[str]) -> None:
    pins = here(locked(name))
    for text in with_extras(ranges):
        wanted = Requirement(text)
        if wanted.marker is not None and not wanted.marker.evaluate():
            continue
        pin = pins.get(canonicalize_name(wanted.name))
        assert pin is not None, f"requirements/{name}.lock lacks {wanted.name}; run: python3 dev.py lock"
        assert wanted.specifier.contains(pin, prereleases=True), f"{name}.lock has {wanted.name} {pin}, not {wanted}"


def test_every_pin_is_exact_and_has_hashes(dev: ModuleType) -> None:
    for name in dev.LOCKS:
        text = (ROOT / "requirements" / f"{name}.lock").read_text(encoding="utf-8")
        assert f"uv pip compile {dev.LOCKS[name][0]} " in text.splitlines()[1]
        assert "://" not in text
        for block in re.split(r"\n(?=[A-Za-z0-9])", text)[1:]:
            assert "==" in block.splitlines()[0]
            assert "--hash=sha256:" in block


def test_the_tests_run_on_the_versions_that_users_get() -> None:
    core, extras, dev_pins = here(locked("core")), here(locked("extras")), here(locked("dev"))
    assert {name: extras.get(name) for name in core} == core
    assert {name: dev_pins[name] for name in extras if name in dev_pins} == {
        name: pin for name, pin in extras.items() if name in dev_pins
    }


def test_every_extra_that_people_install_is_locked(dev: ModuleType) -> None:
    own = {"test", "llm-test", "docs", "notebooks"}  # what developers need
    assert set(dev.EXTRAS) == set(PROJECT["optional-dependencies"]) - own
    pins = here(locked("extras"))
    ranges = [text for name in dev.EXTRAS for text in PROJECT["optional-dependencies"][name]]
    for text in with_extras(ranges):
        wanted = Requirement(text)
        assert wanted.specifier.contains(pins[canonicalize_name(wanted.name)], prereleases=True), text


def test_what_installs_is_pinned_too(dev: ModuleType) -> None:
    assert here(locked("installer")) == {"uv": Version(dev.UV)}
    system = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]
    build = here(locked("build"))
    for text in system["requires"]:
        wanted = Requirement(text)
        assert wanted.specifier.contains(build[canonicalize_name(wanted.name)])


def test_nothing_is_installed_without_its_hash(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every installation asks for hashes, but for Accord itself, which is here; and that fetches nothing to build."""
    ran: list[list[str]] = []

    def note(command: list[str], *_: object, **__: object) -> subprocess.CompletedProcess[str]:
        ran.append([str(part) for part in command])
        return subprocess.CompletedProcess(command, 0, stdout="", stderr="")

    dev.VENV.mkdir()
    monkeypatch.setattr(dev, "make_venv", lambda: None)
    monkeypatch.setattr(dev.subprocess, "run", note)
    dev.set_up("core")
    installs = [command for command in ran if "install" in command]
    assert len(installs) >= 4
    for command in installs:
        if "-e" in command:
            assert {"--no-deps", "--no-build-isolation"} <= set(command)
        else:
            assert "--require-hashes" in command
            assert not [part for part in command if "==" in part]


def test_a_finished_set_up_is_not_done_again(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    dev.VENV.mkdir()
    dev.stamp("dev").write_text(dev.wanted("dev"))
    monkeypatch.setattr(dev, "make_venv", lambda: pytest.fail("the environment was there already"))
    dev.set_up("dev")
    dev.set_up("core")  # the tests' environment has all that the demonstration needs


def test_a_changed_lock_file_is_installed(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    dev.VENV.mkdir()
    dev.stamp("core").write_text(dev.wanted("core"))
    (dev.REQUIREMENTS / "core.lock").write_text("a==2\n")
    ran: list[str] = []
    monkeypatch.setattr(dev, "make_venv", lambda: None)
    monkeypatch.setattr(dev, "install_uv", lambda: Path("uv"))
    monkeypatch.setattr(dev, "run", lambda command, doing: ran.append(doing))
    dev.set_up("core")
    assert ran == ["installing the build tools", "installing the locked packages", "installing Accord"]
    assert dev.stamp("core").read_text() == dev.wanted("core")


def test_a_broken_set_up_leaves_no_stamp(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(command: list[str], doing: str) -> None:
        raise dev.SetUpError(doing)

    dev.VENV.mkdir()
    dev.stamp("core").write_text("an older set-up")
    monkeypatch.setattr(dev, "make_venv", lambda: None)
    monkeypatch.setattr(dev, "install_uv", lambda: None)
    monkeypatch.setattr(dev, "run", fail)
    assert dev.main(["demo"]) == 2
    assert not dev.stamp("core").exists()


def test_pip_steps_in_where_uv_cannot_be_had(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[list[str]] = []
    dev.VENV.mkdir()
    monkeypatch.setattr(dev, "make_venv", lambda: None)
    monkeypatch.setattr(dev, "install_uv", lambda: None)
    monkeypatch.setattr(dev, "run", lambda command, doing: ran.append(list(command)))
    dev.set_up("core")
    assert all(command[1:3] == ["-m", "pip"] for command in ran)


def test_a_python_without_venv_is_named(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev.importlib.util, "find_spec", lambda name: None if name == "ensurepip" else object())
    with pytest.raises(dev.SetUpError, match=r"ensurepip.*apt install python3"):
        dev.make_venv()


def test_a_failed_step_shows_its_last_words(dev: ModuleType) -> None:
    with pytest.raises(dev.SetUpError, match=r"(?s)fetching must succeed.*status 3.*no route to host.*PIP_INDEX_URL"):
        dev.run([sys.executable, "-c", "print('no route to host'); raise SystemExit(3)"], "fetching")


def test_a_missing_lock_file_is_named(dev: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    (dev.REQUIREMENTS / "core.lock").unlink()
    (dev.REQUIREMENTS / "dev.lock").unlink()
    dev.VENV.mkdir()
    dev.stamp("core").write_text("x")
    assert dev.main(["demo"]) == 2
    assert "core.lock must be there" in capsys.readouterr().err


def test_an_old_python_gets_a_sentence() -> None:
    code = f"import sys; sys.version_info = (3, 8, 1, 'final', 0); exec(open({str(ROOT / 'dev.py')!r}).read())"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert answer.returncode == 1
    assert answer.stderr.strip() == (
        "dev.py: Accord needs Python 3.11 or later; this is Python 3.8. Run it with a newer one: python3.11 dev.py ..."
    )


def test_arguments_belong_to_pytest_alone(dev: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        dev.main(["demo", "-k", "x"])
    assert "demo takes no further arguments" in capsys.readouterr().err
