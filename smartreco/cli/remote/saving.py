"""Backups and one shop's data, asked of a running app."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path
from typing import Any

from smartreco.cli import backup
from smartreco.cli.progress import bar
from smartreco.cli.remote.server import Server, part
from smartreco.errors import InputError, StoreError
from smartreco.workspace.keeping.views import BackupView


def backups(arguments: argparse.Namespace, server: Server) -> None:
    """``backup``: into the folder that the app was started with."""
    if arguments.to is not None:
        raise InputError(
            "an app backs up into its own folder", f"--to {arguments.to}",
            "leave --to out, or unset SMARTRECO_URL",
        )  # fmt: skip
    if arguments.list:
        print(backup.table(tuple(map(_view, server.items("/backups")))))
        return
    if arguments.check:
        with bar("Check"):
            found = server.get(f"/backups/{part(arguments.check)}")
        if not found["good"]:
            raise StoreError(
                "a backup is what was written", found["problems"][0], "use another backup"
            )
        made = found["backup"]
        print(f"{made['name']} is whole: {made['rows']:,} rows of {made['tables']} tables")
        return
    with bar("Backup"):
        made = server.post("/backups")
    print(
        f"{made['name']}: {made['rows']:,} rows of {made['tables']} tables, "
        f"{made['bytes'] / 1e6:,.1f} MB in {made['seconds']:.1f} s"
    )


def _view(plain: dict[str, Any]) -> BackupView:
    made_at = datetime.fromisoformat(plain["made_at"])
    return BackupView(path=Path(plain["name"]), **{**plain, "made_at": made_at})
