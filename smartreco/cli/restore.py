"""``restore``: put a backup in the place of the store, which is kept aside."""

from __future__ import annotations

import argparse
from pathlib import Path

from smartreco.cli.command import Command
from smartreco.cli.progress import bar
from smartreco.config import Settings
from smartreco.workspace.keeping.restoring import restore


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="a backup's path, or its name in the backup folder")  # fmt: skip  # noqa: E501


def _run(arguments: argparse.Namespace, settings: Settings) -> None:
    with bar("Restore") as progress:
        done = restore(settings, arguments.file, progress)
    made = done.backup
    print(f"Restored {made.name} of {made.made_at:%Y-%m-%d %H:%M} UTC: {made.rows:,} rows")
    if done.aside is not None:
        print(f"  replaced store  {done.aside}")
    if done.erased_again:
        print(f"  erased again    {done.erased_again} shops that were erased since then")
    print("  everybody signs in anew; the next start fits a model")


RESTORE = Command("restore", "put a backup in the place of the store (app stopped)", _arguments, _run)  # fmt: skip  # noqa: E501
