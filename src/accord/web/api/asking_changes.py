"""What a what-if changes, in the words of the command line, each given as often as it is needed."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query

_MOST = 20  # of each word
_Words = list[Annotated[str, Query(min_length=1, max_length=300)]]

Without = Annotated[_Words | None, Query(max_length=_MOST, description="PARTY: it leaves the table.")]
NoConsent = Annotated[_Words | None, Query(max_length=_MOST, description="PARTY: its consent is not needed.")]
Consent = Annotated[_Words | None, Query(max_length=_MOST, description="PARTY: its consent is needed.")]
Relax = Annotated[_Words | None, Query(max_length=_MOST, description="PARTY: QUESTION: it gives up its red line.")]
Harden = Annotated[
    _Words | None, Query(max_length=_MOST, description="PARTY: QUESTION [= OPTION]: it draws a red line.")
]
NoCondition = Annotated[
    _Words | None, Query(max_length=_MOST, description="PARTY: QUESTION: it gives up its condition.")
]
Lever = Annotated[_Words | None, Query(max_length=_MOST, description="LEVER, or HOLDER: TARGET: it is pulled.")]
Lift = Annotated[_Words | None, Query(max_length=_MOST, description="LEVER, or HOLDER: TARGET: it is lifted.")]
Reservation = Annotated[
    _Words | None, Query(max_length=_MOST, description="PARTY = 0-1: what no agreement is worth to it.")
]
Weight = Annotated[_Words | None, Query(max_length=_MOST, description="PARTY = N: how strong it is, from 0 up.")]
AddOption = Annotated[
    _Words | None,
    Query(max_length=_MOST, description="QUESTION = OPTION: PARTY 0-1, ...: a new option and what it is worth."),
]

Changes = dict[str, list[str]]


def changes(
    without: Without = None,
    no_consent: NoConsent = None,
    consent: Consent = None,
    relax: Relax = None,
    harden: Harden = None,
    no_condition: NoCondition = None,
    lever: Lever = None,
    lift: Lift = None,
    reservation: Reservation = None,
    weight: Weight = None,
    add_option: AddOption = None,
) -> Changes:
    """The changes of a request, by their words."""
    given = {
        "without": without,
        "no_consent": no_consent,
        "consent": consent,
        "relax": relax,
        "harden": harden,
        "no_condition": no_condition,
        "lever": lever,
        "lift": lift,
        "reservation": reservation,
        "weight": weight,
        "add_option": add_option,
    }
    return {word: named for word, named in given.items() if named}


Asked = Annotated[Changes, Depends(changes)]
