"""The stated rules by which positions become a table: every number here is an assumption an analyst may change."""

from __future__ import annotations

import msgspec

from accord.model.findings import Strength
from accord.model.table import Assumption


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """What the record cannot tell, with defaults. `docs/bargaining.md` says why each default is what it is.

    `firmness`: how much a statement of each strength counts towards salience. `other_value`: what the option that
    a party does not want is worth to it, by the strength of its latest position, as (least, taken, most); the option
    it wants is worth 1. `open_value`: what either option is worth to a party that is open. `reservation`: what no
    agreement is worth. `weight`: capability. `salience_doubt`: the share by which a salience may be off either way.
    `half_life`: days after which a statement counts half towards salience; `undated` is what one without a date
    counts. `lever_shift`: how far a lever that is pulled moves its target's reservation value.
    """

    firmness: tuple[float, float, float] = (3.0, 2.0, 1.0)
    other_value: tuple[tuple[float, float, float], ...] = ((0.0, 0.0, 0.0), (0.0, 0.2, 0.4), (0.3, 0.5, 0.7))
    open_value: tuple[float, float, float] = (0.5, 0.75, 1.0)
    reservation: tuple[float, float, float] = (0.0, 0.25, 0.5)
    weight: tuple[float, float, float] = (0.5, 1.0, 2.0)
    salience_doubt: float = 0.5
    half_life: float = 180.0
    undated: float = 0.5
    lever_shift: tuple[float, float, float] = (-0.2, -0.1, 0.0)
    max_questions: int = 12

    def firm(self, strength: Strength) -> float:
        """How much a statement of this strength counts."""
        return self.firmness[RANK[strength]]

    def other(self, strength: Strength) -> tuple[float, float, float]:
        """What the unwanted option is worth, as (least, taken, most)."""
        return self.other_value[RANK[strength]]

    def assumptions(self) -> tuple[Assumption, ...]:
        """The rules as labelled assumptions, in the words that a table shows."""
        red, demand, preference = self.firmness
        return (
            Assumption(
                label="weights",
                text="every party weighs the same: reports do not say how strong each is at the table",
                value=self.weight[1],
            ),
            Assumption(
                label="reservation",
                text="what no agreement is worth to a party, between conceding every demand and every preference",
                value=self.reservation[1],
            ),
            Assumption(
                label="consent",
                text="a party must consent when its latest position on some question is a red line or a demand; "
                "where no party's is, all must",
                value="red line or demand",
            ),
            Assumption(
                label="values",
                text="the option a party wants is worth 1; the other 0 against a red line, "
                f"{self.other('demand')[1]:g} against a demand, {self.other('preference')[1]:g} against a preference; "
                f"either option {self.open_value[1]:g} to a party that is open",
            ),
            Assumption(
                label="salience",
                text=f"a question matters by the share of a party's statements on it: a red line counts {red:g}, "
                f"a demand {demand:g}, a preference {preference:g}, half after {self.half_life:g} days",
                value=self.half_life,
            ),
            Assumption(
                label="options",
                text="each proposition is one question with the options no and yes; no question depends on another",
            ),
        )


RANK: dict[Strength, int] = {"red-line": 0, "demand": 1, "preference": 2}
"""The strengths from firmest to least firm, as places in the tuples of Rules."""
