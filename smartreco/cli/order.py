"""``order``: what a shop should order now, in whole cases, within its means."""

from __future__ import annotations

import argparse
from pathlib import Path

import pandas as pd

from smartreco.cli.command import Command, fitted, words
from smartreco.cli.output import check_out, write
from smartreco.config import Settings
from smartreco.entities import OPERATOR
from smartreco.language import Language
from smartreco.stock.sentences import say
from smartreco.workspace.order.views import Aim, OrderWish, SuggestedOrder
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
    rows = write([order.frame(language)], arguments.out, _table)
    if arguments.out is not None:
        print(f"{rows:,} lines written to {arguments.out}")
    print(_summary(order, language))


def _table(frame: pd.DataFrame) -> str:
    if frame.empty:
        return "Nothing to order"
    return frame.to_string(index=False, float_format="{:.2f}".format)


def _summary(order: SuggestedOrder, language: Language) -> str:
    head = (
        f"{len(order.lines):,} of {order.candidates:,} candidates, {language.money(order.value)}; "
        f"shelf and pace known of {order.stock_known:,}"
    )
    limits = ["; ".join(say(one, language) for one in told) for _, told in order.limits]
    return "\n".join([head, *limits])


ORDER = Command("order", "a suggested order for one shop, in whole cases", _arguments, _run)
