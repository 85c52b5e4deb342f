"""``order``: what a shop should order now, in whole cases, within its means."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from smartreco.cli.command import Command, fitted, words
from smartreco.cli.output import check_out, write
from smartreco.config import Settings
from smartreco.entities import OPERATOR
from smartreco.workspace.order.telling import told
from smartreco.workspace.order.views import Aim, OrderWish
from smartreco.workspace.shelf.stock_views import SERVICE


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--retailer", required=True, metavar="ID", help="the shop's id")
    parser.add_argument("--budget", type=float, metavar="X", help="the most it may cost")
    parser.add_argument(
        "--service", type=float, metavar="SHARE",
        help=f"chance that stock lasts until the next order arrives (default: as the shop has it "
        f"kept, else {SERVICE})",
    )  # fmt: skip
    parser.add_argument(
        "--aim", choices=[aim.value for aim in Aim], default=Aim.STOCK.value,
        help="stock: fewest stock-outs, by value; margin: most margin of the distributor",
    )  # fmt: skip
    parser.add_argument("--out", type=Path, metavar="FILE", help="a .csv, .parquet or .json file")


def _run(arguments: argparse.Namespace, settings: Settings) -> None:
    check_out(arguments.out)
    wish = OrderWish(budget=arguments.budget, aim=Aim(arguments.aim), service=arguments.service)
    with fitted(settings) as workspace:
        order = workspace.stock.suggest_order(OPERATOR, arguments.retailer, wish)
        language = words(workspace)
    put(order.frame(language), told(order, language), arguments.out)


def put(lines: pd.DataFrame, said: Sequence[str], out: Path | None) -> None:
    """The order where it was asked for, and what is said of it."""
    rows = write([lines], out, _table)
    if out is not None:
        print(f"{rows:,} lines written to {out}")
    print("\n".join(said))


def _table(frame: pd.DataFrame) -> str:
    if frame.empty:
        return "Nothing to order"
    return frame.to_string(index=False, float_format="{:.2f}".format)


ORDER = Command("order", "a suggested order for one shop, in whole cases", _arguments, _run)
