"""Tokens: who holds one, with which role, until when. Kept in a folder beside the record, never in it.

A token has 256 random bits, so a plain SHA-256 of it cannot be turned back by guessing, as that of a password could;
only this digest is kept.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import os
import secrets
import stat
import threading
from pathlib import Path

import msgspec
from filelock import FileLock

from accord.errors import AccessError, NotFound
from accord.publishing.plain import one_line
from accord.web.access.roles import ROLES, Role

PREFIX = "accord-"
MOST_NAME = 80
_FORM = 1
_PRIVATE = stat.S_IRWXG | stat.S_IRWXO


class Token(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What is kept of a token. `made` and `revoked` are times in UTC, `expires` is the last day on which it opens."""

    id: str
    name: str
    role: Role
    digest: str
    made: str
    expires: str | None = None
    revoked: str | None = None
    note: str = ""

    def state(self, now: dt.datetime) -> str:
        """Whether it opens now: "stands", "expired" or "revoked"."""
        if self.revoked is not None:
            return "revoked"
        return "expired" if self.expires is not None and now.date().isoformat() > self.expires else "stands"


class _Kept(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    form: int
    tokens: tuple[Token, ...]


def folder_of(record: Path) -> Path:
    """Where tokens and audit log of a record are kept: a folder beside it, so that who mails the record keeps them."""
    return record.with_name(f"{record.name}-access")


class TokenFile:
    """The tokens of a record. What one process changes, another that serves sees at the next request."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "tokens.json"
        self._guard = threading.Lock()
        self._stamp: tuple[int, int, int] | None = None
        self._tokens: tuple[Token, ...] = ()

    def every(self) -> tuple[Token, ...]:
        """All tokens, those that no longer open among them; none where there is no file.

        Raises AccessError where the file cannot be read, is not what it should be, or is open to others.
        """
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return ()
        except OSError as problem:
            raise AccessError(f"{self.path}: cannot be read: {problem.strerror or problem}") from problem
        stamp = (found.st_mtime_ns, found.st_size, found.st_ino)
        with self._guard:
            if stamp != self._stamp:
                self._tokens = self._read(found)
                self._stamp = stamp
            return self._tokens

    def opens(self, given: str) -> Token | None:
        """The token that this is, where it stands. All are compared, each in constant time."""
        digest, now, found = digest_of(given), _now(), None
        for token in self.every():
            if hmac.compare_digest(token.digest, digest) and token.state(now) == "stands":
                found = token
        return found

    def standing(self, key: str) -> Token | None:
        """The token of this id, where it stands."""
        now = _now()
        return next((one for one in self.every() if one.id == key and one.state(now) == "stands"), None)

    def add(self, name: str, role: str, *, expires: str | None = None, note: str = "") -> tuple[Token, str]:
        """Make a token for somebody: what is kept of it, and the token itself, which cannot be had again.

        Raises AccessError where name, role or day cannot be, or the file cannot be written.
        """
        said = one_line(name).strip()
        if not said or len(said) > MOST_NAME or said != name.strip():
            raise AccessError(f"token: a name must be one line of at most {MOST_NAME} characters; got {name!r}")
        known = next((one for one in ROLES if one == role), None)
        if known is None:
            raise AccessError(f"token: the role must be one of {', '.join(ROLES)}; got {role!r}")
        now, text = _now(), PREFIX + secrets.token_urlsafe(32)
        digest = digest_of(text)
        made = Token(
            id=f"tk-{digest[:8]}",
            name=said,
            role=known,
            digest=digest,
            made=_time(now),
            expires=None if expires is None else _day(expires, now),
            note=one_line(note).strip(),
        )
        with self._changing():
            self._write((*self.every(), made))
        return made, text

    def revoke(self, which: str) -> tuple[Token, ...]:
        """Have a token, by its id, or all of a name, open nothing from now on. Raises NotFound where there is none."""
        now = _now()
        with self._changing():
            every = self.every()
            gone = {one.id for one in every if which in (one.id, one.name) and one.revoked is None}
            if not gone:
                names = ", ".join(sorted({one.name for one in every if one.revoked is None})) or "none"
                raise NotFound(f"token: there is no token {which!r} to revoke; names with tokens: {names}")
            changed = tuple(
                msgspec.structs.replace(one, revoked=_time(now)) if one.id in gone else one for one in every
            )
            self._write(changed)
        return tuple(one for one in changed if one.id in gone)

    def _changing(self) -> FileLock:
        try:
            self.folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as problem:
            raise AccessError(f"{self.folder}: cannot be made: {problem.strerror or problem}") from problem
        return FileLock(self.folder / "tokens.lock", mode=0o600, timeout=10)

    def _read(self, found: os.stat_result) -> tuple[Token, ...]:
        if os.name == "posix" and found.st_mode & _PRIVATE:
            raise AccessError(
                f"{self.path}: others on this machine must not reach it (mode 600); its mode is "
                f"{stat.S_IMODE(found.st_mode):03o}. Run: chmod 600 {self.path}"
            )
        try:
            kept = msgspec.json.decode(self.path.read_bytes(), type=_Kept)
        except OSError as problem:
            raise AccessError(f"{self.path}: cannot be read: {problem.strerror or problem}") from problem
        except (msgspec.DecodeError, UnicodeDecodeError) as problem:
            raise AccessError(f"{self.path}: must be tokens as `accord token` writes them: {problem}") from problem
        if kept.form != _FORM:
            raise AccessError(f"{self.path}: must have form {_FORM}; got {kept.form}, of a later version of Accord")
        return kept.tokens

    def _write(self, tokens: tuple[Token, ...]) -> None:
        beside = self.path.with_name(f".tokens.{os.getpid()}.part")
        try:
            beside.unlink(missing_ok=True)
            handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as out:
                out.write(msgspec.json.format(msgspec.json.encode(_Kept(form=_FORM, tokens=tokens)), indent=1) + b"\n")
                out.flush()
                os.fsync(out.fileno())
            os.replace(beside, self.path)
        except OSError as problem:
            beside.unlink(missing_ok=True)
            raise AccessError(f"{self.path}: cannot be written: {problem.strerror or problem}") from problem


def digest_of(token: str) -> str:
    """What is kept of a token: the SHA-256 of its bytes, in hexadecimal."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _day(typed: str, now: dt.datetime) -> str:
    try:
        day = dt.date.fromisoformat(typed.strip())
    except ValueError:
        raise AccessError(f"token: the last day must be a day such as 2027-03-31; got {typed!r}") from None
    if day < now.date():
        raise AccessError(f"token: the last day must not have passed; got {day}, and today is {now.date()}")
    return day.isoformat()


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _time(at: dt.datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
