"""Libraries that only some formats need: asked for when such a file comes in."""

from __future__ import annotations

import importlib
from types import ModuleType

from accord.reports.incoming import Refused


def needs(module: str, extra: str, what: str) -> ModuleType:
    """The module. Raises Refused, saying how to install it, where it is not there."""
    try:
        return importlib.import_module(module)
    except ImportError as problem:
        package = module.partition(".")[0]
        raise Refused(
            f"{what} are read with {package}, which is not installed. Install it: pip install 'accord[{extra}]'"
        ) from problem
