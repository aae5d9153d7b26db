"""From where a request really comes, when a proxy passes it on: only proxies that were named are believed."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Mapping

import msgspec

from accord.errors import AccessError

_Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class Client(msgspec.Struct, frozen=True):
    """The address that a request comes from, and whether it came to us, or to our proxy, under TLS."""

    address: str
    secure: bool


class Proxies:
    """The proxies that are believed, by address or network. Raises AccessError where one is neither."""

    def __init__(self, named: Iterable[str] = ()) -> None:
        self._networks = tuple(map(_network, named))

    def client(self, peer: str, scheme: str, headers: Mapping[str, str]) -> Client:
        """Who sent a request that `peer` brought.

        Of X-Forwarded-For the last address that is no proxy of ours counts, since whoever asks may have written those
        before it. Without a named proxy the headers mean nothing.
        """
        if not self._ours(peer):
            return Client(peer, scheme == "https")
        address = peer
        for said in reversed(headers.get("x-forwarded-for", "").split(",")):
            found = _address(said)
            if found is None:
                break
            address = found
            if not self._ours(found):
                break
        told = headers.get("x-forwarded-proto", scheme).rsplit(",", 1)[-1].strip().lower()
        return Client(address, told == "https")

    def _ours(self, address: str) -> bool:
        try:
            found = ipaddress.ip_address(address)
        except ValueError:
            return False
        return any(found in network for network in self._networks)


def _network(named: str) -> _Network:
    try:
        return ipaddress.ip_network(named.strip())
    except ValueError:
        raise AccessError(f"serve: a proxy must be an address or a network such as 10.0.0.0/8; got {named!r}") from None


def _address(said: str) -> str | None:
    """One entry of the header, as an address; None where it is none. An IPv4 address may have a port."""
    bare = said.strip().strip("[]")
    if bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        return str(ipaddress.ip_address(bare))
    except ValueError:
        return None
