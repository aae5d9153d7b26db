"""Lets the tests here import the gate and the measuring beside them by name."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
