"""Telling a database that is away from a mistake in SQL: both come as DuckDB's own errors."""

from __future__ import annotations

from typing import Final

import duckdb

from smartreco.errors import StoreAwayError

#: What DuckDB and libpq say where the connection is at fault, not what was asked.
_WORDS: Final = (
    "Unable to connect to Postgres",
    "server closed the connection",
    "terminating connection",
    "no connection to the server",
    "connection has been closed",
    "could not receive data from server",
    "could not send data to server",
    "connection not open",
    "lost synchronization",
)


def lost(error: BaseException) -> bool:
    """Whether the connection to PostgreSQL broke, or none could be made."""
    return isinstance(error, duckdb.Error) and any(words in str(error) for words in _WORDS)


def away() -> StoreAwayError:
    """For who asked, and for a write that was not kept."""
    return StoreAwayError(
        "the database answers", "no answer",
        "nothing of this has been changed, so try again in a moment",
    )  # fmt: skip


def away_while_keeping() -> StoreAwayError:
    """For a write whose COMMIT was sent and never answered: doing it again might do it twice."""
    return StoreAwayError(
        "the database confirms a change", "no answer",
        "see in a moment whether it is there before you make it again",
    )  # fmt: skip
