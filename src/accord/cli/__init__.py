"""The command line: one command per method of the workbench, in the same words."""

from __future__ import annotations

import sys
from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit status: 0 done, 1 something left out, 2 nothing could be done."""
    from accord.cli.app import run

    sys.exit(run(sys.argv[1:] if arguments is None else arguments))
