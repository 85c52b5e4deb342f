"""Where a store lies: a DuckDB file, or a PostgreSQL database that DuckDB attaches."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import parse_qsl, unquote, urlsplit

from smartreco.errors import InputError

SCHEMES = ("postgres", "postgresql")


@dataclass(frozen=True, slots=True)
class Home:
    """What a person may know of where a store lies: ``where`` holds no password."""

    kind: Literal["duckdb", "postgres"]
    where: str


@dataclass(frozen=True, slots=True)
class PostgresAddress:
    """The parts of ``postgres://user:password@host:port/database?option=value``.

    ``options`` are libpq's, such as sslmode; ``host`` may be a folder with a unix socket.
    """

    host: str
    port: str
    database: str
    user: str
    password: str = field(repr=False)
    options: tuple[tuple[str, str], ...] = ()

    @classmethod
    def parse(cls, url: str) -> PostgresAddress:
        """Read an address.

        Raises
        ------
        InputError
            It is none; its text is not repeated, since it may hold a password.
        """
        try:
            parts = urlsplit(url)
            port = str(parts.port or 5432)
        except ValueError:
            raise _not_an_address() from None
        if parts.scheme not in SCHEMES or parts.fragment:
            raise _not_an_address()
        options = dict(parse_qsl(parts.query))
        host = options.pop("host", unquote(parts.hostname or ""))
        port = options.pop("port", port)
        database = unquote(parts.path.lstrip("/"))
        if not host or not database:
            raise _not_an_address()
        return cls(
            host, port, database, unquote(parts.username or ""), unquote(parts.password or ""),
            tuple(sorted(options.items())),
        )  # fmt: skip

    @property
    def home(self) -> Home:
        """The address without its password, and without whose it is."""
        return Home("postgres", f"postgres://{self.host}:{self.port}/{self.database}")

    def without_secrets(self, words: str) -> str:
        """A message of the database driver, which may repeat the password."""
        for secret in {self.password, self.password.replace("'", "\\'")} - {""}:
            words = words.replace(secret, "…")
        return words


def _not_an_address() -> InputError:
    return InputError(
        "a PostgreSQL store is named postgres://user:password@host:port/database",
        "another text, not repeated here since it may hold a password",
        "correct it; signs such as @ : / in a password are written %40 %3A %2F",
    )
