"""``accounts``: who may sign in."""

from __future__ import annotations

import argparse

import pandas as pd

from smartreco.cli.command import Command, opened
from smartreco.config import Settings
from smartreco.entities import OPERATOR, Role


def _arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", metavar="add|list|disable|reset", required=True)
    acts.add_parser("list", help="every account")
    add = acts.add_parser("add", help="a new account; prints its first password")
    add.add_argument("username")
    add.add_argument("--role", choices=[role.value for role in Role], required=True)
    add.add_argument("--name", help="the person's name")
    add.add_argument("--retailer", metavar="ID", help="the shop of a retailer's account")
    add.add_argument("--vendor", metavar="ID", help="the vendor of a vendor's account")
    for act, words in (
        ("disable", "no more signing in; open sessions end at once"),
        ("reset", "a new password, printed once; open sessions end at once"),
    ):
        acts.add_parser(act, help=words).add_argument("username")


def _run(arguments: argparse.Namespace, settings: Settings) -> None:
    with opened(settings) as workspace:
        people = workspace.people
        match arguments.act:
            case "list":
                print(_table(people.list_accounts(OPERATOR)))
            case "add":
                password = people.add_account(
                    OPERATOR,
                    arguments.username,
                    Role(arguments.role),
                    name=arguments.name,
                    retailer_id=arguments.retailer,
                    vendor_id=arguments.vendor,
                )
                print(f"{arguments.username} may sign in; first password: {password}")
            case "disable":
                people.disable_account(OPERATOR, arguments.username)
                print(f"{arguments.username} can no longer sign in")
            case "reset":
                password = people.reset_password(OPERATOR, arguments.username)
                print(f"{arguments.username} has a new password: {password}")


def _table(accounts: pd.DataFrame) -> str:
    return "No accounts yet" if accounts.empty else accounts.to_string(index=False, na_rep="")


ACCOUNTS = Command("accounts", "who may sign in: add, list, disable, reset", _arguments, _run)
