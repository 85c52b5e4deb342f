"""What DuckDB may do in this process, whatever home the store has."""

from __future__ import annotations

import duckdb

from smartreco.config import Settings


def process_config(settings: Settings) -> dict[str, str | bool | int | float | list[str]]:
    """How DuckDB is started."""
    # the spill folder is DuckDB's to make and clear
    return {
        "memory_limit": settings.memory_limit,
        "threads": settings.threads,
        "temp_directory": str(settings.temp_dir),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }


def close_the_doors(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """No SQL of this process reads or writes a file outside the store from here on."""
    if settings.backup_dir is not None:
        folder = str(settings.backup_dir.resolve()).replace("'", "''")
        connection.execute(f"SET allowed_directories = ['{folder}']")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
