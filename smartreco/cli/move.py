"""``move``: carry the whole store to PostgreSQL, or back into a file."""

from __future__ import annotations

import argparse
import time
from dataclasses import replace
from pathlib import Path

from smartreco.cli.command import Command
from smartreco.cli.progress import bar
from smartreco.config import Settings
from smartreco.store.home import SCHEMES
from smartreco.store.moving import move


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--to", required=True, metavar="postgres://…|FILE",
        help="an empty PostgreSQL database, or a file that is not there yet",
    )  # fmt: skip


def _run(arguments: argparse.Namespace, settings: Settings) -> None:
    started = time.perf_counter()
    with bar("Move") as progress:
        moved = move(settings, _target(arguments.to, settings), progress)
    for table, rows in moved.rows.items():
        if rows:
            print(f"  {table:<20} {rows:>12,}")
    print(
        f"Moved {sum(moved.rows.values()):,} rows of {len(moved.rows)} tables in "
        f"{time.perf_counter() - started:.1f} s from {moved.origin.where} to {moved.target.where}; "
        "the old store is as it was."
    )
    if moved.target.kind == "postgres":
        print("Set SMARTRECO_STORE to use it; models stay in the folder of SMARTRECO_DB.")


def _target(name: str, settings: Settings) -> Settings:
    if name.partition("://")[0] in SCHEMES:
        return replace(settings, store=name)
    return replace(settings, store=None, db=Path(name))


MOVE = Command("move", "carry the whole store to PostgreSQL, or back", _arguments, _run)
