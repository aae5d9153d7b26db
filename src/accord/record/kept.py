"""Shelves kept in the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from zlib import crc32

import sqlalchemy as sa

from accord.errors import RecordError

_MANY = 500  # keys asked for at once; SQLite allows 32,766 variables, but long statements are slow to prepare
_SOME = sa.text("SELECT key, value FROM shelf WHERE name = :shelf AND key IN :keys").bindparams(
    sa.bindparam("keys", expanding=True)
)
_ALL = sa.text("SELECT key, value FROM shelf WHERE name = :shelf")
_KEEP = sa.text(
    "INSERT INTO shelf (name, key, value) VALUES (:shelf, :key, :value) "
    "ON CONFLICT (name, key) DO UPDATE SET value = excluded.value"
)
_DROP = sa.text("DELETE FROM shelf WHERE name = :shelf AND key = :key")


class Kept:
    """Shelves in the table `shelf`, read and written through the connection of the moment."""

    def __init__(self) -> None:
        self.connection: sa.Connection | None = None
        self._nothing_kept = False

    def use(self, connection: sa.Connection | None) -> None:
        """Work through this connection from now on."""
        self.connection = connection
        if connection is not None:
            self._nothing_kept = connection.exec_driver_sql("SELECT 1 FROM shelf LIMIT 1").first() is None

    def _connected(self) -> sa.Connection:
        if self.connection is None:
            raise RuntimeError("a shelf was used outside a transaction")
        return self.connection

    def fetch(self, shelf: str, keys: Iterable[str]) -> dict[str, bytes]:
        """The stored values of these keys, as far as there are any."""
        if self._nothing_kept:
            return {}
        found: dict[str, bytes] = {}
        rest = iter(keys)
        while some := list(islice(rest, _MANY)):
            rows = self._connected().execute(_SOME, {"shelf": shelf, "keys": some})
            found.update((key, _proved(shelf, key, value)) for key, value in rows)
        return found

    def fetch_all(self, shelf: str) -> Iterator[tuple[str, bytes]]:
        """Every stored key and value of a shelf."""
        if self._nothing_kept:
            return
        rows = self._connected().execute(_ALL, {"shelf": shelf})
        yield from ((key, _proved(shelf, key, value)) for key, value in rows)

    def keep(self, shelf: str, rows: list[tuple[str, bytes]], dropped: list[str]) -> None:
        """Store these values and forget these keys."""
        connection = self._connected()
        if rows:
            connection.execute(
                _KEEP, [{"shelf": shelf, "key": key, "value": sealed(shelf, key, value)} for key, value in rows]
            )
            self._nothing_kept = False
        if dropped and not self._nothing_kept:
            connection.execute(_DROP, [{"shelf": shelf, "key": key} for key in dropped])


def sealed(shelf: str, key: str, value: bytes) -> bytes:
    """A value with the checksum of itself and its place before it."""
    return crc32(value, crc32(f"{shelf}\0{key}".encode())).to_bytes(4, "big") + value


def _proved(shelf: str, key: str, kept: bytes) -> bytes:
    """The value that was sealed. Raises RecordError where it is not as it was written."""
    value = kept[4:]
    if kept != sealed(shelf, key, value):
        raise RecordError(
            f"the record is damaged: what was merged ({shelf}) must be as it was written, and is not; "
            "`accord doctor NAME.accord --rebuild` makes it anew from reports, readings and edits"
        )
    return value
