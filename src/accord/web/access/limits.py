"""How often somebody may ask: a bucket for each kind of request and each asker, which fills again with time."""

from __future__ import annotations

import ipaddress
import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Literal

import msgspec

Kind = Literal["look", "compute", "export", "write", "enter"]


class Rate(msgspec.Struct, frozen=True):
    """`burst` requests at once, then one every `every` seconds."""

    burst: int
    every: float


RATES: dict[Kind, Rate] = {
    # a person opens a page in a few requests; a program that walks through lists of 500 gets 10,000 items a second
    "look": Rate(300, 0.05),
    # tables, outcomes and what-ifs: moving a lever sends one
    "compute": Rate(60, 0.5),
    # briefs and exports of the whole record; PDF starts a browser
    "export": Rate(12, 5.0),
    "write": Rate(60, 1.0),
    # wrong tokens from one address
    "enter": Rate(10, 30.0),
}
"""How often each kind of request may come from one token; wrong tokens from one address."""

_MOST = 20_000  # buckets that are kept; beyond, those that were used longest ago are full again anyway


class Buckets:
    """The buckets of all askers. `clock` tells seconds that only grow."""

    def __init__(self, rates: dict[Kind, Rate] | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._rates = RATES if rates is None else rates
        self._clock = clock
        self._lock = threading.Lock()
        self._left: OrderedDict[tuple[Kind, str], tuple[float, float]] = OrderedDict()

    def take(self, kind: Kind, who: str) -> int:
        """Take one from a bucket: 0, or the whole seconds until there is one to take."""
        with self._lock:
            left, wait = self._look(kind, who)
            if wait:
                return wait
            self._left[kind, who] = (left - 1, self._clock())
            self._left.move_to_end((kind, who))
            while len(self._left) > _MOST:
                self._left.popitem(last=False)
            return 0

    def wait(self, kind: Kind, who: str) -> int:
        """The whole seconds until there is one to take, without taking it; 0 where there is."""
        with self._lock:
            return self._look(kind, who)[1]

    def _look(self, kind: Kind, who: str) -> tuple[float, int]:
        rate, now = self._rates[kind], self._clock()
        left, at = self._left.get((kind, who), (float(rate.burst), now))
        left = min(float(rate.burst), left + (now - at) / rate.every)
        return left, 0 if left >= 1 else max(1, math.ceil((1 - left) * rate.every))


def place_of(address: str) -> str:
    """What counts as one address: an IPv4 address, or the /64 network that an IPv6 host has to itself."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 6:
        return str(found.ipv4_mapped or ipaddress.ip_network((found, 64), strict=False))
    return str(found)
