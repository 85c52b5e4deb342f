"""``vendor``: one vendor's figures, as tables by subject and name."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from smartreco.cli.command import Command, with_data, words
from smartreco.cli.output import check_out, write
from smartreco.cli.vendor_part import add_filter, filter_of, table
from smartreco.config import Settings
from smartreco.entities import OPERATOR
from smartreco.workspace.vendor.listing.reach import WHITE_SPACE
from smartreco.workspace.vendor.listing.registry import LISTINGS


def _arguments(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_subparsers(dest="part", required=True, metavar="PART")
    for part in LISTINGS:
        one = kinds.add_parser(part.name, help=part.help, description=part.help)
        add_filter(one)
        one.add_argument(
            "--show", choices=list(part.tables), default=next(iter(part.tables)),
            help="which table (default: the first)",
        )  # fmt: skip


def _run(arguments: argparse.Namespace, settings: Settings) -> None:
    check_out(arguments.out)
    part = next(one for one in LISTINGS if one.name == arguments.part)
    wanted = filter_of(arguments)
    with with_data(settings) as workspace:
        if arguments.show in WHITE_SPACE:  # a command waits for what a page shows later
            workspace.models.refresh()
            workspace.vendor_reach.warm()
        found = part.tables[arguments.show](workspace, OPERATOR, arguments.vendor, wanted)
        said = found.said(words(workspace))
    put(found.rows, said, arguments.out)


def put(found: pd.DataFrame, said: Sequence[str], out: Path | None) -> None:
    """A table where it was asked for, and what is said of it."""
    rows = write([found], out, table)
    if out is not None:
        print(f"{rows:,} rows written to {out}")
    for sentence in said:
        print(sentence)


VENDOR = Command("vendor", "one vendor's demand, stock and service, with filters", _arguments, _run)
