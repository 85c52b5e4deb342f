"""Settings, read once from the environment; nothing else in the package reads it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from smartreco.errors import InputError

PROJECT = Path(__file__).resolve().parent.parent
DEFAULT_DB = Path("data") / "smartreco.duckdb"
FIRST_DATA = ("demo", "iowa", "none")


@dataclass(frozen=True)
class Settings:
    """How this process runs. Every field names its environment variable."""

    db: Path = DEFAULT_DB
    """SMARTRECO_DB: the store's DuckDB file; models and truth lie beside it."""

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

    session_days: float = 14.0
    """SMARTRECO_SESSION_DAYS: a sign-in ends after this many days."""

    secure_cookies: bool = False
    """SMARTRECO_SECURE_COOKIES: 1 marks the cookie Secure even where a proxy hides https."""

    refit_after: float | None = 5.0
    """SMARTRECO_REFIT_AFTER: seconds from an order to the fit that knows it; "never": by hand."""

    log_level: str = "INFO"
    """SMARTRECO_LOG_LEVEL: DEBUG, INFO, WARNING or ERROR."""

    @classmethod
    def from_environment(
        cls, environ: Mapping[str, str] | None = None, db: Path | None = None
    ) -> Settings:
        """Read the settings; `db` (the command line's ``--db``) wins over SMARTRECO_DB.

        Raises
        ------
        InputError
            A variable holds a value that its rule does not allow.
        """
        env = os.environ if environ is None else environ
        first_data = env.get("SMARTRECO_DATA", cls.first_data)
        if first_data not in FIRST_DATA:
            raise InputError(
                "SMARTRECO_DATA is one of " + ", ".join(FIRST_DATA), repr(first_data),
                "choose one of them or leave it unset",
            )  # fmt: skip
        backup = env.get("SMARTRECO_BACKUP_DIR")
        return cls(
            db=Path(db or env.get("SMARTRECO_DB") or DEFAULT_DB),
            first_data=first_data,
            demo=_flag(env, "SMARTRECO_DEMO"),
            demo_password=env.get("SMARTRECO_DEMO_PASSWORD") or None,
            memory_limit=env.get("SMARTRECO_MEMORY_LIMIT", cls.memory_limit),
            threads=int(_number(env, "SMARTRECO_THREADS", cls.threads)),
            jobs=_jobs(env),
            backup_dir=Path(backup) if backup else None,
            session_days=_number(env, "SMARTRECO_SESSION_DAYS", cls.session_days),
            secure_cookies=bool(_flag(env, "SMARTRECO_SECURE_COOKIES")),
            refit_after=_refit_after(env),
            log_level=env.get("SMARTRECO_LOG_LEVEL", cls.log_level).upper(),
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


def _flag(env: Mapping[str, str], name: str) -> bool | None:
    raw = env.get(name, "").strip().lower()
    if raw in ("", "auto"):
        return None
    if raw in ("1", "true", "yes", "on"):
        return True
    if raw in ("0", "false", "no", "off"):
        return False
    raise InputError(f"{name} is 1 or 0", repr(raw), "set it to 1, to 0 or leave it unset")


def _jobs(env: Mapping[str, str]) -> int | None:
    if not env.get("SMARTRECO_JOBS"):
        return None
    return max(1, int(_number(env, "SMARTRECO_JOBS", 1.0)))


def _refit_after(env: Mapping[str, str]) -> float | None:
    if env.get("SMARTRECO_REFIT_AFTER", "").strip().lower() == "never":
        return None
    return _number(env, "SMARTRECO_REFIT_AFTER", 5.0)


def _number(env: Mapping[str, str], name: str, default: float) -> float:
    raw = env.get(name)
    if raw is None:
        return default
    try:
        value = float(raw)
    except ValueError:
        value = -1.0
    if value <= 0:
        raise InputError(
            f"{name} is a number above zero", repr(raw), "correct it or leave it unset"
        )
    return value
