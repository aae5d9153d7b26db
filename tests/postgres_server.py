"""A PostgreSQL server of the tests' own, from the system's package: started once for a run, gone at its end."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_ROOTS = (Path("/usr/lib/postgresql"), Path("/usr/local/pgsql"), Path("/usr/pgsql"))


def programs() -> Path | None:
    """The folder of the server's programs: on the path, or where Debian puts them, the newest."""
    if there := shutil.which("initdb"):
        return Path(there).resolve().parent
    found = sorted((p.parent for root in _ROOTS if root.is_dir() for p in root.glob("**/bin/initdb")), key=_version)
    return found[-1] if found else None


def _version(folder: Path) -> tuple[int, ...]:
    return tuple(int(part) for part in folder.parent.name.split(".") if part.isdigit())


class Server:
    """A running server, reached through a socket in its folder; user `accord` has the password `open sesame`."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.port = port
        self._made = 0

    def address(self, database: str, *, user: str = "postgres", password: str = "", record: str = "") -> str:
        """The address of a record."""
        who = f"{user}:{password}" if password else user
        named = f"&record={record}" if record else ""
        return f"postgresql://{who}@/{database}?host={self.folder}&port={self.port}{named}"

    def database(self) -> str:
        """A new database."""
        self._made += 1
        name = f"talks{self._made}"
        self.run(f"CREATE DATABASE {name}", "postgres")
        return name

    def run(self, statement: str, database: str) -> list[tuple[object, ...]]:
        """Run a statement as the administrator; its rows."""
        import psycopg

        place = {"host": str(self.folder), "port": self.port, "user": "postgres", "dbname": database}
        with psycopg.connect(**place, autocommit=True) as connection:  # type: ignore[arg-type]
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []


@contextmanager
def running(*, safe: bool = False) -> Iterator[Server]:
    """A server with a folder of its own. No address of the network is listened at.

    Only where it is `safe` does it wait for the disk, as it would at work.
    """
    # not a folder of pytest's: those are closed to other users, and their names too long for a socket
    with tempfile.TemporaryDirectory(prefix="accord-") as folder:
        yield from _running(Path(folder), safe)


def _running(folder: Path, safe: bool) -> Iterator[Server]:
    binaries = programs()
    assert binaries is not None
    data, log = folder / "data", folder / "log"
    account = _account()
    if account is not None:  # the server refuses to run as root
        os.chown(folder, account.pw_uid, account.pw_gid)

    def run(*command: str) -> None:
        who = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
        done = subprocess.run(  # type: ignore[call-overload]
            [str(binaries / command[0]), *command[1:]],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=folder,
            **who,
        )
        if done.returncode:
            said = log.read_text() if log.exists() else ""
            raise RuntimeError(f"{command[0]}: {done.stdout}{said[-2000:]}")

    run("initdb", "-D", str(data), "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-locale", "-N")
    (data / "pg_hba.conf").write_text("local all accord scram-sha-256\nlocal all all trust\n")
    options = f"-p 5432 -c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync={'on' if safe else 'off'}"
    run("pg_ctl", "-D", str(data), "-l", str(log), "-o", options, "-w", "start")
    try:
        server = Server(folder, 5432)
        server.run("CREATE ROLE accord LOGIN PASSWORD 'open sesame'", "postgres")
        yield server
    finally:
        run("pg_ctl", "-D", str(data), "-m", "immediate", "stop")


def _account() -> pwd.struct_passwd | None:
    """Whom the server runs as: nobody else, unless this is root."""
    if os.geteuid():
        return None
    known = {one.pw_name: one for one in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]
