"""``vendor``: one vendor's figures; each part is a file of its own and one line here."""

from __future__ import annotations

import argparse

from smartreco.cli.command import Command, with_data, words
from smartreco.cli.output import check_out, write
from smartreco.cli.vendor_demand import DEMAND
from smartreco.cli.vendor_part import VendorPart, add_filter, filter_of, table
from smartreco.cli.vendor_reach import REACH
from smartreco.cli.vendor_stock import STOCK
from smartreco.config import Settings

PARTS: tuple[VendorPart, ...] = (DEMAND, REACH, STOCK)


def _arguments(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_subparsers(dest="part", required=True, metavar="PART")
    for part in PARTS:
        one = kinds.add_parser(part.name, help=part.help, description=part.help)
        add_filter(one)
        one.add_argument(
            "--show", choices=list(part.tables), default=next(iter(part.tables)),
            help="which table (default: the first)",
        )  # fmt: skip


def _run(arguments: argparse.Namespace, settings: Settings) -> None:
    check_out(arguments.out)
    part = next(one for one in PARTS if one.name == arguments.part)
    wanted = filter_of(arguments)
    with with_data(settings) as workspace:
        found = part.tables[arguments.show](workspace, arguments.vendor, wanted)
        said = found.said(words(workspace))
    rows = write([found.rows], arguments.out, table)
    if arguments.out is not None:
        print(f"{rows:,} rows written to {arguments.out}")
    for sentence in said:
        print(sentence)


VENDOR = Command("vendor", "one vendor's demand, stock and service, with filters", _arguments, _run)
