"""Accord: evidence in, bargaining space out, and every number can be asked "says who?".

import accord

ws = accord.open("talks.accord")
ws.read(["dispatches/"])
ws.positions(issue="ceasefire")  # a data frame
print(ws.brief())
"""

from accord.errors import AccordError
from accord.workbench import Summary, Workspace, open

__all__ = ["AccordError", "Summary", "Workspace", "open"]
