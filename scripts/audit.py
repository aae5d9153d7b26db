#!/usr/bin/env python3
"""Ask for known holes in every locked package. Needs a network and pip-audit (`requirements/audit.lock`): `.ci/audit`.

pip-audit calls a package that its service does not know no hole. So that silence does not pass for safety, it is asked
first about a package that is known to have one, and nothing may be skipped.

Exit status: 0 nothing is known against any package; 1 something is, and it is printed; 3 nobody answers from here, so
nothing is known either way.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("core", "extras", "dev", "build", "installer", "audit")
KNOWN_HOLE = "jinja2==3.1.2"  # CVE-2024-22195, CVE-2024-34064 and others
CLEAN, HOLES, NO_ANSWER = 0, 1, 3


def main(command: Sequence[str] = (sys.executable, "-m", "pip_audit")) -> int:
    """Ask about all lock files; the exit status."""
    with tempfile.TemporaryDirectory() as folder:
        canary = Path(folder) / "canary.txt"
        canary.write_text(KNOWN_HOLE + "\n")
        if not _holes(_asked(command, canary)):
            print(f"audit: {KNOWN_HOLE} has known holes, and nobody here says so: the service cannot be asked.")
            return NO_ANSWER
        status = CLEAN
        for name in LOCKS:
            answer = _asked(command, ROOT / "requirements" / f"{name}.lock")
            skipped = [one["name"] for one in answer if "skip_reason" in one]
            if not answer or skipped:
                print(f"audit: {name}.lock: no answer on {', '.join(skipped) or 'anything'}.")
                return NO_ANSWER
            found = _holes(answer)
            print(f"audit: {name}.lock: {len(answer)} packages, {len(found)} with known holes")
            for one in found:
                for hole in one["vulns"]:
                    mended = ", ".join(hole.get("fix_versions", ())) or "none yet"
                    print(f"  {one['name']} {one['version']}: {hole['id']}; mended in {mended}")
                status = HOLES
        return status


def _asked(command: Sequence[str], requirements: Path) -> list[dict[str, Any]]:
    """What is said of each package of a file; nothing where the question itself failed."""
    options = ["-r", str(requirements), "--no-deps", "--disable-pip", "--format", "json", "--progress-spinner", "off"]
    answer = subprocess.run([*command, *options], capture_output=True, text=True, check=False)
    try:
        said: list[dict[str, Any]] = json.loads(answer.stdout)["dependencies"]
    except (ValueError, KeyError):
        print("\n".join(answer.stderr.strip().splitlines()[-3:]))
        return []
    return said


def _holes(answer: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one for one in answer if one.get("vulns")]


if __name__ == "__main__":
    sys.exit(main())
