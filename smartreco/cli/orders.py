"""``orders``: orders that shops placed, and what became of them."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Final

import pandas as pd

from smartreco.cli.command import Command, with_data, words
from smartreco.cli.levels import day
from smartreco.config import Settings
from smartreco.entities import OPERATOR
from smartreco.language import Language
from smartreco.workspace.order.words import STATUSES

_BECOMES: Final[Mapping[str, str]] = {
    "confirm": "confirmed", "deliver": "delivered", "cancel": "cancelled",
}  # fmt: skip


def _arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", metavar="list|confirm|deliver|cancel", required=True)
    shown = acts.add_parser("list", help="orders placed here that are not settled yet")
    shown.add_argument("--all", action="store_true", help="those that are settled as well")
    for act, told in (
        ("confirm", "the order is taken on; its shop can no longer cancel it"),
        ("deliver", "it has arrived: on the shop's shelf, and off its credit"),
        ("cancel", "what is not delivered yet is called off; its stock and credit are free again"),
    ):
        one = acts.add_parser(act, help=told)
        one.add_argument("order", metavar="ID", help="its number, SR-000001 say")
        if act == "deliver":
            one.add_argument(
                "--on", type=day, metavar="DATE", help="day of arrival (default: today)"
            )


def _run(arguments: argparse.Namespace, settings: Settings) -> None:
    with with_data(settings) as workspace:
        if arguments.act == "list":
            statuses = STATUSES if arguments.all else STATUSES[:2]
            print(_table(workspace.orders.placed_here(OPERATOR, statuses), words(workspace)))
            return
        status = _BECOMES[arguments.act]
        day = getattr(arguments, "on", None)
        became = workspace.orders.settle(OPERATOR, arguments.order, status, day)
        print(_told(arguments.order, status, became))


def _told(order_id: str, asked: str, became: str) -> str:
    """What is true of the order now."""
    if asked == "cancelled" and became != asked:
        return (
            f"{order_id}: what was still open is cancelled; the rest was delivered before and "
            f"stays, so the order is {became}"
        )
    return f"{order_id} is {became}"


def _table(orders: pd.DataFrame, language: Language) -> str:
    if orders.empty:
        return "No orders"
    shown = orders.assign(
        value=orders["value"].map(language.money),
        ordered_on=orders["ordered_on"].dt.strftime("%Y-%m-%d"),
        delivered_on=orders["delivered_on"].dt.strftime("%Y-%m-%d"),
    )
    return shown.to_string(index=False, na_rep="")


ORDERS = Command(
    "orders", "orders that shops placed: list, confirm, deliver, cancel", _arguments, _run
)
