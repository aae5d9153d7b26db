#!/usr/bin/env python3
"""Set up Accord from a checkout and run it. Needs Python 3.11 or later and nothing else.

    python3 dev.py demo          make .venv, read the example dispatches, print the brief
    python3 dev.py test [ARGS]   make .venv with the test tools, run pytest (ARGS go to pytest)
    python3 dev.py docs          write the reference pages and the notebooks' outputs anew, build the site in build/site
    python3 dev.py lock          write requirements/*.lock anew from pyproject.toml

A second run finds what the first one made and starts at once.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  an older Python gets this far, and this sentence instead of a traceback
    sys.exit(
        "dev.py: Accord needs Python 3.11 or later; this is Python {}.{}. "
        "Run it with a newer one: python3.11 dev.py ...".format(*sys.version_info[:2])
    )

import argparse
import hashlib
import importlib.util
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
REQUIREMENTS = ROOT / "requirements"
# uv installs the same packages as pip about eight times as fast; pinned, since it decides what is installed
UV = "0.13.9"
# A set of packages and the sets that have everything it has: the tests' environment also serves the demonstration
SETS = {"core": ("core", "dev"), "dev": ("dev",)}
EXTRAS = ("formats", "gcs", "llm", "parquet", "postgres", "remote", "s3", "scale", "solver", "web")
LOCKS = {
    "core": ["pyproject.toml"],
    # all that anybody may come to have, for licences and SBOM; and to install from with hashes
    "extras": ["pyproject.toml", *(f"--extra={name}" for name in EXTRAS), "-c", "requirements/core.lock"],
    "dev": ["pyproject.toml", "--extra", "test", "-c", "requirements/extras.lock"],
    # what installs and what builds, which are as able to do harm
    "installer": ["requirements/installer.in"],
    "build": ["requirements/build.in"],
    "audit": ["requirements/audit.in"],
}
FLAGS = ["--universal", "--python-version", "3.11", "--generate-hashes"]
HASHED = "--require-hashes"


class SetUpError(Exception):
    """Set-up cannot go on; the message says why and what to do."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one of the commands; the exit status is that of what it ran, 2 when set-up failed."""
    parser = argparse.ArgumentParser(
        prog="dev.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=("demo", "test", "docs", "lock"))
    parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="ARGS", help="passed on to pytest")
    given = parser.parse_args(arguments)
    if given.rest and given.command != "test":
        parser.error(f"{given.command} takes no further arguments; got {' '.join(given.rest)}")
    try:
        return {"demo": demo, "test": run_tests, "docs": docs, "lock": lock}[given.command](given.rest)
    except SetUpError as error:
        print(f"dev.py: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("dev.py: interrupted; run the same command again to go on.", file=sys.stderr)
        return 130


def demo(_: Sequence[str]) -> int:
    """Read the example dispatches on the 2025 talks, print the brief, say where record and HTML lie."""
    set_up("core")
    out = ROOT / "out"
    out.mkdir(exist_ok=True)
    record, page = out / "ukraine-2025.accord", out / "ukraine-2025.html"
    accord = [str(program("accord"))]
    steps = (
        [*accord, "read", shown(ROOT / "examples" / "ukraine-2025"), "-o", shown(record)],
        [*accord, "brief", shown(record)],
        [*accord, "brief", shown(record), "--html", shown(page)],
    )
    for step in steps:  # in the current folder, so that what the brief says to type can be typed there
        status = subprocess.run(step).returncode
        if status:
            return status
    print(f"\nThe record:     {shown(record)}\nThe HTML brief: {shown(page)} (open it in a browser, or mail it)")
    return 0


def run_tests(arguments: Sequence[str]) -> int:
    """Run the tests on two processes; arguments go to pytest."""
    set_up("dev")
    parallel = [] if any(a.startswith("-n") for a in arguments) else ["-n", "2"]
    command = [str(program("python")), "-m", "pytest", *parallel, *arguments]
    return subprocess.run(command, cwd=ROOT).returncode


def docs(_: Sequence[str]) -> int:
    """Write what the documentation takes from the program, and build the site."""
    set_up("dev")
    python = str(program("python"))
    written = [(f"docs/make/{name}.py",) for name in ("reference", "sentence", "notebooks")]
    for step in (*written, ("-m", "mkdocs", "build", "--strict", "--quiet")):
        status = subprocess.run([python, *step], cwd=ROOT).returncode
        if status:
            return status
    print(f"The site: {shown(ROOT / 'build' / 'site' / 'index.html')}")
    return 0


def lock(_: Sequence[str]) -> int:
    """Resolve the newest versions that pyproject.toml allows and write the lock files."""
    make_venv()
    uv = install_uv()
    if uv is None:
        raise SetUpError("uv could not be installed, and lock files are made by uv alone. Is there a network?")
    for name, options in LOCKS.items():
        command = [str(uv), "pip", "compile", *options, *FLAGS, "-o", f"requirements/{name}.lock", "--quiet"]
        run(command, "resolving versions")
    return 0


def set_up(name: str) -> None:
    """Make .venv hold the exact versions of `requirements/NAME.lock` and Accord itself; nothing to do when it does."""
    if any(stamp(have).is_file() and stamp(have).read_text() == wanted(have) for have in SETS[name]):
        return
    make_venv()
    print(f"Setting up {shown(VENV)} from requirements/{name}.lock (once; a minute or two) ...", flush=True)
    for old in SETS:
        stamp(old).unlink(missing_ok=True)
    uv = install_uv()
    if uv is not None:
        installer = [str(uv), "pip", "install", "--python", str(program("python")), "--quiet"]
    else:
        print("uv cannot be had here; going on with pip, which takes longer.", flush=True)
        installer = [str(program("python")), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run([*installer, HASHED, "-r", str(REQUIREMENTS / "build.lock")], "installing the build tools")
    run([*installer, HASHED, "-r", str(REQUIREMENTS / f"{name}.lock")], "installing the locked packages")
    run([*installer, "--no-deps", "--no-build-isolation", "-e", str(ROOT)], "installing Accord")
    stamp(name).write_text(wanted(name))


def make_venv() -> None:
    """Make .venv unless a working one of this Python's version is there."""
    if program("python").exists():
        probe = [str(program("python")), "-c", "import sys; print(*sys.version_info[:2])"]
        answer = subprocess.run(probe, capture_output=True, text=True)
        if answer.returncode == 0 and answer.stdout.split() == [str(n) for n in sys.version_info[:2]]:
            return
    missing = [name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None]
    if missing:
        raise SetUpError(
            f"this Python comes without its module {missing[0]}, which makes the environment. "
            f"On Debian or Ubuntu: apt install python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        )
    run([sys.executable, "-m", "venv", "--clear", str(VENV)], f"making {shown(VENV)}")


def install_uv() -> Path | None:
    """Install uv at its pinned version into .venv; None when it cannot be had."""
    uv = program("uv")
    if uv.exists():
        answer = subprocess.run([str(uv), "--version"], capture_output=True, text=True)
        if answer.returncode == 0 and answer.stdout.split()[1:2] == [UV]:
            return uv
    pip = [str(program("python")), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    locked = [HASHED, "-r", str(REQUIREMENTS / "installer.lock")]
    answer = subprocess.run([*pip, *locked], capture_output=True, text=True)
    return uv if answer.returncode == 0 and uv.exists() else None


def run(command: Sequence[str], doing: str) -> None:
    """Run a step of the set-up; raise SetUpError with its last words when it fails."""
    answer = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if answer.returncode:
        words = "\n    ".join(answer.stdout.strip().splitlines()[-12:])
        raise SetUpError(
            f"{doing} must succeed; {Path(command[0]).name} ended with status {answer.returncode}:\n    {words}\n"
            "If this is the network: connect, or name a package index that can be reached (PIP_INDEX_URL for pip, "
            "UV_DEFAULT_INDEX for uv). Then run the same command again; what is done stays done."
        )


def wanted(name: str) -> str:
    """A digest of everything that a finished set-up depends on."""
    parts = [f"{sys.version_info[:3]}".encode(), str(ROOT).encode(), (ROOT / "pyproject.toml").read_bytes()]
    for lock_file in (REQUIREMENTS / "build.lock", REQUIREMENTS / f"{name}.lock"):
        if not lock_file.is_file():
            raise SetUpError(
                f"{shown(lock_file)} must be there; it is not. Restore it from git, or: python3 dev.py lock"
            )
        parts.append(lock_file.read_bytes())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def stamp(name: str) -> Path:
    """The file that says, by `wanted`, what set-up was finished."""
    return VENV / f".accord-{name}"


def program(name: str) -> Path:
    """Where .venv has a program."""
    return VENV / "Scripts" / f"{name}.exe" if os.name == "nt" else VENV / "bin" / name


def shown(path: Path) -> str:
    """A path as a reader in the current folder would write it."""
    return os.path.relpath(path) if path.is_relative_to(Path.cwd()) else str(path)


if __name__ == "__main__":
    sys.exit(main())
