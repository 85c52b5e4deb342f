"""Settings, read once from the environment; nothing else in the package reads it."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from smartreco.errors import InputError

PROJECT = Path(__file__).resolve().parent.parent
DEFAULT_DB = Path("data") / "smartreco.duckdb"
FIRST_DATA = ("demo", "iowa", "none")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
LOG_FORMATS = ("text", "json")
RATE = re.compile(r"[1-9]\d{0,7}/(second|minute|hour|day)")
ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:\d{1,5})?", re.IGNORECASE)
MEMORY = re.compile(r"(\d{1,7}(?:\.\d{1,3})?) ?([MGT])i?B", re.IGNORECASE | re.ASCII)
MEGABYTES = {"M": 1, "G": 1_000, "T": 1_000_000}
LEAST_MEMORY = 64  # MB: with less DuckDB does not open a store
MOST_AT_ONCE = 256  # threads or processes
MOST_DAYS = 36_500.0
MOST_SECONDS = 1_000_000.0


@dataclass(frozen=True)
class Settings:
    """How this process runs. Every field names its environment variable."""

    db: Path = DEFAULT_DB
    """SMARTRECO_DB: the store's DuckDB file; models and truth lie beside it."""

    store: str | None = field(default=None, repr=False)
    """SMARTRECO_STORE: postgres://user:password@host:port/database instead of the file."""

    first_data: str = "demo"
    """SMARTRECO_DATA: what the app puts into an empty store: demo, iowa or none."""

    demo: bool | None = None
    """SMARTRECO_DEMO: 1 or 0 overrides whether demo accounts exist; unset: the data set decides."""

    demo_password: str | None = field(default=None, repr=False)
    """SMARTRECO_DEMO_PASSWORD: password of the demo accounts; unset: generated for the store."""

    memory_limit: str = "4GB"
    """SMARTRECO_MEMORY_LIMIT: the most memory DuckDB takes before it spills to disk."""

    threads: int = 2
    """SMARTRECO_THREADS: threads of a query."""

    jobs: int | None = None
    """SMARTRECO_JOBS: processes that make the lists of many shops; unset: this one alone."""

    backup_dir: Path | None = None
    """SMARTRECO_BACKUP_DIR: the only folder that SQL may write to; unset: none."""

    keep_backups: int = 14
    """SMARTRECO_KEEP_BACKUPS: how many backups stay; the oldest go first."""

    keep_days: float = 400.0
    """SMARTRECO_KEEP_DAYS: days for which timings, sign-ins, sessions and events are kept."""

    session_days: float = 14.0
    """SMARTRECO_SESSION_DAYS: a sign-in ends after this many days."""

    idle_hours: float = 72.0
    """SMARTRECO_IDLE_HOURS: a sign-in that nobody uses ends after this many hours."""

    secure_cookies: bool = False
    """SMARTRECO_SECURE_COOKIES: 1 marks the cookie Secure even where a proxy hides https."""

    url: str | None = None
    """SMARTRECO_URL: address of a running app; commands then ask it in place of a file."""

    token: str | None = field(default=None, repr=False)
    """SMARTRECO_TOKEN: the API key or token that such commands show."""

    refit_after: float | None = 5.0
    """SMARTRECO_REFIT_AFTER: seconds from an order to the fit that knows it; "never": by hand."""

    api_rate: str = "600/minute"
    """SMARTRECO_API_RATE: how often one key or account may ask the REST API."""

    metrics_open: bool = False
    """SMARTRECO_METRICS_OPEN: 1 answers /metrics without a key, for a network of one's own."""

    log_level: str = "INFO"
    """SMARTRECO_LOG_LEVEL: DEBUG, INFO, WARNING or ERROR."""

    log_format: str = "text"
    """SMARTRECO_LOG_FORMAT: text, or json for one object a line."""

    origins: tuple[str, ...] = ()
    """SMARTRECO_ORIGINS: further addresses (https://…) that may frame and speak to the app."""

    @classmethod
    def from_environment(
        cls, environ: Mapping[str, str] | None = None, db: Path | None = None
    ) -> Settings:
        """Read the settings; `db` (the command line's ``--db``) wins over SMARTRECO_DB and _STORE.

        Raises
        ------
        InputError
            A variable holds a value that its rule does not allow.
        """
        env = os.environ if environ is None else environ
        _in_utf8(env)
        backup = env.get("SMARTRECO_BACKUP_DIR")
        return cls(
            db=_db(env, db),
            store=None if db else _store(env),
            first_data=_one_of(env, "SMARTRECO_DATA", FIRST_DATA, cls.first_data),
            demo=_flag(env, "SMARTRECO_DEMO"),
            demo_password=env.get("SMARTRECO_DEMO_PASSWORD") or None,
            memory_limit=_memory(env),
            threads=_whole(env, "SMARTRECO_THREADS", MOST_AT_ONCE) or cls.threads,
            jobs=_whole(env, "SMARTRECO_JOBS", MOST_AT_ONCE),
            backup_dir=Path(backup) if backup else None,
            keep_backups=_whole(env, "SMARTRECO_KEEP_BACKUPS", 100_000) or cls.keep_backups,
            keep_days=_number(env, "SMARTRECO_KEEP_DAYS", MOST_DAYS) or cls.keep_days,
            session_days=_number(env, "SMARTRECO_SESSION_DAYS", MOST_DAYS) or cls.session_days,
            idle_hours=_number(env, "SMARTRECO_IDLE_HOURS", 24 * MOST_DAYS) or cls.idle_hours,
            secure_cookies=bool(_flag(env, "SMARTRECO_SECURE_COOKIES")),
            url=None if db else _url(env),
            token=_token(env),
            refit_after=_refit_after(env),
            api_rate=_rate(env),
            metrics_open=bool(_flag(env, "SMARTRECO_METRICS_OPEN")),
            log_level=_one_of(env, "SMARTRECO_LOG_LEVEL", LOG_LEVELS, cls.log_level),
            log_format=_one_of(env, "SMARTRECO_LOG_FORMAT", LOG_FORMATS, cls.log_format),
            origins=_origins(env),
        )

    @property
    def model_dir(self) -> Path:
        """Where fitted arrays are kept: beside the store."""
        return self.db.with_name(self.db.stem + ".models")

    @property
    def truth_dir(self) -> Path:
        """Where the synthetic data's known truth is kept: beside the store."""
        return self.db.with_name(self.db.stem + ".truth")

    @property
    def temp_dir(self) -> Path:
        """Where DuckDB spills: beside the store."""
        return self.db.with_name(self.db.stem + ".tmp")


def _store(env: Mapping[str, str]) -> str | None:
    url = env.get("SMARTRECO_STORE", "").strip()
    if url and not url.startswith(("postgres://", "postgresql://")):
        raise InputError(
            "SMARTRECO_STORE is postgres://user:password@host:port/database",
            "another text, not repeated here since it may hold a password",
            "correct it, or leave it unset to keep the store in a file",
        )
    return url or None


def _url(env: Mapping[str, str]) -> str | None:
    url = env.get("SMARTRECO_URL", "").strip().rstrip("/")
    if url and not (re.fullmatch(r"https?://[^\s/?#@]+(/[^\s?#]*)?", url) and _has_a_host(url)):
        raise InputError(
            "SMARTRECO_URL is an address such as https://smartreco.example",
            "another text, not repeated here since it may hold a password",
            "correct it, or leave it unset to open the store's file",
        )
    return url or None


def _flag(env: Mapping[str, str], name: str) -> bool | None:
    raw = env.get(name, "").strip().lower()
    if raw in ("", "auto"):
        return None
    if raw in ("1", "true", "yes", "on"):
        return True
    if raw in ("0", "false", "no", "off"):
        return False
    raise InputError(f"{name} is 1 or 0", repr(raw), "set it to 1, to 0 or leave it unset")


def _rate(env: Mapping[str, str]) -> str:
    rate = env.get("SMARTRECO_API_RATE", "").strip() or Settings.api_rate
    if not RATE.fullmatch(rate):
        raise InputError(
            "SMARTRECO_API_RATE is a number per second, minute, hour or day", repr(rate),
            "write it as 600/minute or leave it unset",
        )  # fmt: skip
    return rate


def _origins(env: Mapping[str, str]) -> tuple[str, ...]:
    """Addresses as browsers name them: scheme and host, no path, no wildcard."""
    given = tuple(env.get("SMARTRECO_ORIGINS", "").replace(",", " ").split())
    for one in given:
        if not ORIGIN.fullmatch(one):
            raise InputError(
                "SMARTRECO_ORIGINS holds addresses such as https://shop.example", repr(one),
                "name scheme and host only",
            )  # fmt: skip
    return given


def _refit_after(env: Mapping[str, str]) -> float | None:
    if env.get("SMARTRECO_REFIT_AFTER", "").strip().lower() == "never":
        return None
    return _number(env, "SMARTRECO_REFIT_AFTER", MOST_SECONDS) or Settings.refit_after


def _memory(env: Mapping[str, str]) -> str:
    given = env.get("SMARTRECO_MEMORY_LIMIT", "").strip() or Settings.memory_limit
    found = MEMORY.fullmatch(given)
    if found is None or float(found[1]) * MEGABYTES[found[2].upper()] < LEAST_MEMORY:
        raise InputError(
            f"SMARTRECO_MEMORY_LIMIT is an amount such as 4GB, {LEAST_MEMORY}MB at least",
            repr(given), "correct it or leave it unset",
        )  # fmt: skip
    return given


def _token(env: Mapping[str, str]) -> str | None:
    token = env.get("SMARTRECO_TOKEN", "").strip()
    if not (token.isascii() and token.isprintable()):
        raise InputError(
            "SMARTRECO_TOKEN is an API key or a token", "signs that neither has",
            "copy it anew",
        )  # fmt: skip
    return token or None


def _db(env: Mapping[str, str], db: Path | None) -> Path:
    path = Path(db or env.get("SMARTRECO_DB") or DEFAULT_DB)
    if str(path).startswith(":"):
        raise InputError("the store is a file", repr(str(path)), "name a file")
    return path


def _in_utf8(env: Mapping[str, str]) -> None:
    """Other bytes reach Python as signs that no library takes."""
    for name, value in env.items():
        if name.startswith("SMARTRECO_") and not value.isascii():
            try:
                value.encode()
            except UnicodeEncodeError:
                raise InputError(f"{name} is text in UTF-8", "other bytes", "correct it") from None


def _has_a_host(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:  # brackets without an end, a port that is no number
        return False


def _one_of(env: Mapping[str, str], name: str, words: tuple[str, ...], default: str) -> str:
    given = env.get(name, "").strip() or default
    for word in words:
        if word.lower() == given.lower():
            return word
    raise InputError(
        f"{name} is one of " + ", ".join(words), repr(given),
        "choose one of them or leave it unset",
    )  # fmt: skip


def _whole(env: Mapping[str, str], name: str, most: int) -> int | None:
    """A number of things; None where it is unset."""
    raw = env.get(name, "").strip()
    if not raw:
        return None
    if not (raw.isascii() and raw.isdecimal() and len(raw) < 10 and 1 <= int(raw) <= most):
        raise InputError(
            f"{name} is a whole number from 1 to {most}", repr(raw[:40]),
            "correct it or leave it unset",
        )  # fmt: skip
    return int(raw)


def _number(env: Mapping[str, str], name: str, most: float) -> float | None:
    """A measure above zero; None where it is unset."""
    raw = env.get(name, "").strip()
    if not raw:
        return None
    try:
        value = float(raw)
    except ValueError:
        value = math.nan
    if not 0 < value <= most:  # NaN is neither
        raise InputError(
            f"{name} is a number above zero and at most {most:g}", repr(raw[:40]),
            "correct it or leave it unset",
        )  # fmt: skip
    return value
