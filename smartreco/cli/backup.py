"""``backup``: a copy of the store, a list of copies, a check of one."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from smartreco.cli.command import Command, opened
from smartreco.cli.progress import bar
from smartreco.config import Settings
from smartreco.entities import OPERATOR
from smartreco.errors import InputError, StoreError
from smartreco.workspace.keeping.backups import checked, listed
from smartreco.workspace.keeping.views import BackupView


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--to", type=Path, metavar="DIR", help="the folder (default: SMARTRECO_BACKUP_DIR)")  # fmt: skip  # noqa: E501
    acts = parser.add_mutually_exclusive_group()
    acts.add_argument("--list", action="store_true", help="the backups that are there")
    acts.add_argument("--check", metavar="NAME", help="read one whole and say whether it is sound")


def _run(arguments: argparse.Namespace, settings: Settings) -> None:
    settings = replace(settings, backup_dir=arguments.to or settings.backup_dir)
    if arguments.list or arguments.check:
        folder = settings.backup_dir
        if folder is None:
            raise InputError(
                "backups lie in a folder", "none named", "use --to DIR or set SMARTRECO_BACKUP_DIR"
            )
        print(_check(folder / arguments.check) if arguments.check else table(listed(folder)))
        return
    with opened(settings) as workspace, bar("Backup") as progress:
        made = workspace.keeping.backup(OPERATOR, progress)
    print(
        f"{made.path}: {made.rows:,} rows of {made.tables} tables, "
        f"{made.bytes / 1e6:,.1f} MB in {made.seconds:.1f} s"
    )


def _check(path: Path) -> str:
    with bar("Check") as progress:
        found = checked(path, progress)
    if not found.good:
        raise StoreError("a backup is what was written", found.problems[0], "use another backup")
    return f"{path.name} is whole: {found.backup.rows:,} rows of {found.backup.tables} tables"


def table(backups: tuple[BackupView, ...]) -> str:
    """A line a backup."""
    if not backups:
        return "No backups yet"
    lines = [
        f"{one.name:<36} {one.made_at:%Y-%m-%d %H:%M} UTC {one.rows:>12,} rows "
        f"{one.bytes / 1e6:>9,.1f} MB  {one.problem or one.data_set}"
        for one in backups
    ]
    return "\n".join(lines)


BACKUP = Command("backup", "copy the store while it is used; list and check", _arguments, _run)
