"""A PostgreSQL of the tests' own: made in a temporary folder, reached by a unix socket."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType

import psycopg
from psycopg import sql

PASSWORD = "o'pen:se/same@1"
PORT = 54321  # of the socket's name only: nothing listens on the network
MISSING = "no PostgreSQL is installed here (Debian, Ubuntu: apt-get install postgresql)"


def programs() -> Path | None:
    """The folder of PostgreSQL's programs; None where it is not installed."""
    found = shutil.which("initdb")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    if found is None and not debian:
        return None
    return (Path(found) if found else debian[-1]).parent


class Server:
    """A running server; leave it with `close`."""

    def __init__(self) -> None:
        programs_in = programs()
        if programs_in is None:
            raise FileNotFoundError(MISSING)
        self._programs = programs_in
        # below /tmp itself: the user postgres may not enter pytest's folders
        self.folder = Path(tempfile.mkdtemp(prefix="smartreco-pg-"))
        self._user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        secret = self.folder / "secret"
        secret.write_text(PASSWORD)
        if self._user:
            shutil.chown(self.folder, "postgres")
            shutil.chown(secret, "postgres")
        self._run(
            "initdb", "-D", self.data, "-U", "postgres", "-A", "scram-sha-256",
            f"--pwfile={secret}", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync",
        )  # fmt: skip
        self.start()

    @property
    def data(self) -> str:
        """Where the server keeps its databases."""
        return str(self.folder / "data")

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = f"-p {PORT} -k {self.folder} -c listen_addresses= -c fsync=off"
        self._run(
            "pg_ctl", "-D", self.data, "-w", "-o", options, "-l", str(self.folder / "log"), "start"
        )

    def stop(self) -> None:
        """Stop it at once: connections are cut off."""
        self._run("pg_ctl", "-D", self.data, "-w", "-m", "immediate", "stop")

    def close(self) -> None:
        """Stop it and remove what it kept."""
        try:
            self.stop()
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> Server:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def url(self, database: str) -> str:
        """The address of a database, as SMARTRECO_STORE takes it."""
        password = PASSWORD.replace(":", "%3A").replace("/", "%2F").replace("@", "%40")
        return f"postgres://postgres:{password}@/{database}?host={self.folder}&port={PORT}"

    def connect(self, database: str = "postgres") -> psycopg.Connection:
        """A look from outside."""
        return psycopg.connect(
            host=str(self.folder), port=PORT, user="postgres", password=PASSWORD, dbname=database,
            autocommit=True,
        )  # fmt: skip

    def make(self, database: str, template: str | None = None) -> str:
        """Make a database, empty or as a copy of one that nobody has open; its address."""
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
            sql.Identifier(database), sql.Identifier(template or "template0")
        )
        with self.connect() as outside:
            outside.execute(statement)
        return self.url(database)

    def has(self, database: str) -> bool:
        """Whether a database is there."""
        with self.connect() as outside:
            asked = "SELECT 1 FROM pg_database WHERE datname = %s"
            return outside.execute(asked, [database]).fetchone() is not None

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [*self._user, str(self._programs / program), *arguments],
            check=True, stdout=subprocess.DEVNULL, cwd=self.folder,
        )  # fmt: skip


def _version(path: Path) -> int:
    name = path.parent.parent.name
    return int(name) if name.isdigit() else 0
