"""Where a record lies: in a file, or in a database of a PostgreSQL server."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from accord.errors import RecordError

_SCHEME = re.compile(r"postgres(?:ql)?:/{1,2}", re.IGNORECASE)
_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")
_RECORD = "accord"
"""The name of a record where its address gives none."""

_HIDDEN = "***"
_SECRET = ("password", "sslpassword")


class Place:
    """A file, `NAME.accord`, or `postgresql://USER@HOST:PORT/DATABASE?record=NAME`.

    What a place shows of itself never holds a password. Equal places are the same place.
    """

    def __init__(self, file: Path | None, address: str = "", record: str = "") -> None:
        self.file = file
        self._address = address
        self.record = record

    @classmethod
    def of(cls, said: str | Path | Place) -> Place:
        """The place that was named. Raises RecordError where it is an address that names no record."""
        if isinstance(said, Place):
            return said
        text = str(said)
        scheme = _SCHEME.match(text)
        if scheme is None:
            return cls(Path(said))
        # a path in which the address was carried has lost one of the two slashes
        return cls._at(f"postgresql://{text[scheme.end() :]}")

    @classmethod
    def _at(cls, text: str) -> Place:
        try:
            parts = urlsplit(text)
            asked = dict(parse_qsl(parts.query, keep_blank_values=True))
            _ = parts.port
        except ValueError as problem:
            raise RecordError(
                f"{_without_password(text)}: must be an address such as postgresql://USER@HOST/DATABASE; {problem}"
            ) from None
        record = asked.pop("record", _RECORD)
        if not _NAME.fullmatch(record):
            raise RecordError(
                f"{_without_password(text)}: the name of a record in a database must be small letters, digits and _, "
                f"at most 63; got record={record!r}"
            )
        if not unquote(parts.path.strip("/")) and "dbname" not in asked:
            raise RecordError(
                f"{_without_password(text)}: must name a database, such as postgresql://USER@HOST/DATABASE"
            )
        query = f"?{urlencode(asked, quote_via=quote, safe='/')}" if asked else ""
        return cls(None, f"postgresql://{parts.netloc}{parts.path}{query}", record)

    @property
    def address(self) -> str:
        """The address of the database as a driver takes it, with the password where one was given; empty for a file."""
        return self._address

    @property
    def name(self) -> str:
        """What the record is called: the name of its file, or of the record or its database on the server."""
        if self.file is not None:
            return self.file.name
        return self.record if self.record != _RECORD else self.database

    @property
    def stem(self) -> str:
        """The same without the ending of a file."""
        return self.file.stem if self.file is not None else self.name

    @property
    def beside(self) -> Path:
        """The path that names what is kept beside the record: its file, or its name in the folder at hand."""
        return self.file if self.file is not None else Path(f"{self.name}.accord")

    @property
    def database(self) -> str:
        """The name of the database; empty for a file."""
        parts = urlsplit(self._address)
        return unquote(parts.path.strip("/")) or dict(parse_qsl(parts.query)).get("dbname", "")

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must not be printed."""
        parts = urlsplit(self._address)
        asked = dict(parse_qsl(parts.query))
        raw = parts.password or ""
        return tuple(secret for secret in (raw, unquote(raw), *(asked.get(name, "") for name in _SECRET)) if secret)

    @property
    def word(self) -> str:
        """The same as a word of a command line, in quotation marks where a shell would not take it as it is."""
        return shlex.quote(str(self))

    def resolved(self) -> str:
        """The same place said so that it holds from any folder, without a password."""
        return str(self.file.resolve()) if self.file is not None else str(self)

    def __str__(self) -> str:
        if self.file is not None:
            return str(self.file)
        shown = _without_password(self._address)
        return shown if self.record == _RECORD else f"{shown}{'&' if '?' in shown else '?'}record={self.record}"

    def __repr__(self) -> str:
        return f"Place({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Place):
            return NotImplemented
        return (self.file, self._address, self.record) == (other.file, other._address, other.record)

    def __hash__(self) -> int:
        return hash((self.file, self._address, self.record))


def _without_password(address: str) -> str:
    """The address with whatever stands between the user's name and the host hidden, however malformed it is."""
    hidden = re.sub(r"(//[^/@:]*):[^/]*@", rf"\1:{_HIDDEN}@", address)
    head, mark, query = hidden.partition("?")
    shown = re.sub(rf"\b({'|'.join(_SECRET)})=[^&#]*", rf"\1={_HIDDEN}", query)
    return f"{head}{mark}{shown}"
