"""``accounts``: who may sign in."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Final

import pandas as pd

from smartreco.accounts.passwords import memorable_password
from smartreco.cli.command import Command, opened
from smartreco.config import Settings
from smartreco.entities import OPERATOR, Role
from smartreco.workspace.accounts.listing import MOST
from smartreco.workspace.accounts.people import People
from smartreco.workspace.accounts.views import AccountView, OneTimeLink

ON_ONE: Final = {
    "disable": "no more signing in; open sessions end at once",
    "enable": "signing in again",
    "reset": "a one-time link to choose a new password; the old one and open sessions end at once",
    "unlock": "open a name that wrong passwords have locked",
}
COLUMNS: Final = ("username", "name", "role", "bound to", "state", "sessions", "last signed in")


def _arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(
        dest="act", metavar="add|list|disable|enable|reset|unlock", required=True
    )
    acts.add_parser("list", help="every account")
    add = acts.add_parser("add", help="a new account; prints the link for its first password")
    add.add_argument("username")
    add.add_argument("--role", choices=[role.value for role in Role], required=True)
    add.add_argument("--name", help="the person's name")
    add.add_argument("--retailer", metavar="ID", help="the shop of a retailer's account")
    add.add_argument("--vendor", metavar="ID", help="the vendor of a vendor's account")
    add.add_argument(
        "--password", action="store_true",
        help="print a first password instead, to be changed at the first sign-in",
    )  # fmt: skip
    for act, words in ON_ONE.items():
        acts.add_parser(act, help=words).add_argument("username")


def _run(arguments: argparse.Namespace, settings: Settings) -> None:
    with opened(settings) as workspace:
        people = workspace.people
        match arguments.act:
            case "list":
                print(table(_every(people)))
            case "add":
                _add(people, arguments)
            case "disable":
                people.disable_account(OPERATOR, arguments.username)
                print(f"{arguments.username} can no longer sign in")
            case "enable":
                _enable(people, arguments.username)
            case "reset":
                link = people.reset_account(OPERATOR, arguments.username)
                print(f"The password of {arguments.username} is void. {pass_on(link)}")
            case "unlock":
                people.unlock_account(OPERATOR, arguments.username)
                print(f"{arguments.username} may try again")


def _add(people: People, arguments: argparse.Namespace) -> None:
    name = arguments.username
    password = memorable_password(username=name) if arguments.password else None
    link = people.add_account(
        OPERATOR, name, Role(arguments.role), name=arguments.name,
        retailer_id=arguments.retailer, vendor_id=arguments.vendor, password=password,
    )  # fmt: skip
    print(added(name, link, password))


def _enable(people: People, username: str) -> None:
    people.enable_account(OPERATOR, username)
    print(enabled(username, invited=people.account(OPERATOR, username).invited))


def added(username: str, link: OneTimeLink | None, password: str | None) -> str:
    """What is true of a new account."""
    if link is not None:
        return f"{username} is invited. {pass_on(link)}"
    return f"{username} may sign in and chooses a new password then; first password: {password}"


def enabled(username: str, *, invited: bool) -> str:
    """What is true of an account that was let in again."""
    if invited:
        return f"{username} is enabled, without a password: accounts reset {username} makes a link"
    return f"{username} may sign in again"


def pass_on(link: OneTimeLink) -> str:
    """How a one-time link reaches its reader."""
    return (
        "Pass this on; it works once, for 24 hours, below the address of the app "
        f"(such as http://localhost:8501): {link.path}"
    )


def _every(people: People) -> Iterator[AccountView]:
    offset, total = 0, 1
    while offset < total:
        found, total = people.accounts(OPERATOR, limit=MOST, offset=offset)
        yield from found
        offset += MOST


def table(accounts: Iterator[AccountView]) -> str:
    """A row an account."""
    rows = [
        {
            **asdict(one),
            "role": one.role.value,
            "bound to": one.retailer_id or one.vendor_id or "",
            "state": _state(one),
            "last signed in": _minute(one.last_signed_in_at),
        }
        for one in accounts
    ]
    if not rows:
        return "No accounts yet"
    return pd.DataFrame(rows, columns=list(COLUMNS)).to_string(index=False)


def _state(one: AccountView) -> str:
    said = {
        "disabled": one.disabled,
        "locked": one.locked_until is not None,
        "invited": one.invited and not one.disabled,
        "must change": one.must_change and not one.invited and not one.disabled,
        "demo": one.demo,
    }
    return ", ".join(word for word, holds in said.items() if holds) or "open"


def _minute(at: datetime | None) -> str:
    return "never" if at is None else f"{at:%Y-%m-%d %H:%M} UTC"


ACCOUNTS = Command(
    "accounts",
    "who may sign in: add, list, disable, enable, reset, unlock",
    _arguments,
    _run,
)
