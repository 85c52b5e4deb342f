"""Accounts, imports, demo data and backups, asked of a running app."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final
from uuid import uuid4

from smartreco.accounts.passwords import memorable_password
from smartreco.cli import accounts as local
from smartreco.cli.import_files import KINDS
from smartreco.cli.progress import bar
from smartreco.cli.remote.server import Answer, Server, part
from smartreco.entities import Role
from smartreco.errors import InputError, NotFoundError
from smartreco.workspace.accounts.views import AccountView, OneTimeLink

TIMES: Final = ("created_at", "last_signed_in_at", "locked_until")


def accounts(arguments: argparse.Namespace, server: Server) -> None:
    """``accounts``."""
    if arguments.act == "list":
        print(local.table(_view(one) for one in server.items("/accounts")))
        return
    name = arguments.username
    path = f"/accounts/{part(name)}"
    match arguments.act:
        case "add":
            _add(arguments, server)
        case "disable":
            server.post(f"{path}/disable")
            print(f"{name} can no longer sign in")
        case "enable":
            server.post(f"{path}/enable")
            print(local.enabled(name, invited=server.get(path)["invited"]))
        case "reset":
            link = _link(server.post(f"{path}/reset"))
            print(f"The password of {name} is void. {local.pass_on(link)}")
        case "unlock":
            server.post(f"{path}/unlock")
            print(f"{name} may try again")


def _add(arguments: argparse.Namespace, server: Server) -> None:
    name = arguments.username
    password = memorable_password(username=name) if arguments.password else None
    body = {
        "username": name, "role": arguments.role, "name": arguments.name,
        "retailer_id": arguments.retailer, "vendor_id": arguments.vendor, "password": password,
    }  # fmt: skip
    made = server.post("/accounts", body)["link"]
    print(local.added(name, None if made is None else _link(made), password))


def _link(plain: Mapping[str, str]) -> OneTimeLink:
    return OneTimeLink(plain["username"], plain["path"].partition("=")[2])


def _view(plain: dict[str, Any]) -> AccountView:
    times = {
        name: None if plain[name] is None else datetime.fromisoformat(plain[name]) for name in TIMES
    }
    return AccountView(**{**plain, **times, "role": Role(plain["role"])})


def import_files(arguments: argparse.Namespace, server: Server) -> None:
    """``import``: files are sent, then their import is waited for."""
    if arguments.template is not None:
        raise InputError(
            "templates are written without an app", "SMARTRECO_URL", "unset it for this command"
        )
    given = {kind: getattr(arguments, kind) for kind in KINDS if getattr(arguments, kind)}
    if "orders" not in given:
        raise InputError("an import needs an orders file", "none", "name one with --orders FILE")
    wishes = {"name": arguments.name, "currency": arguments.currency, "locale": arguments.locale}
    fields = {name: value for name, value in wishes.items() if value}
    flags = ("replace", "strict", "tolerant")
    fields |= {name: "true" for name in flags if getattr(arguments, name)}
    if arguments.replace and (held := _held(server)):
        fields["confirm"] = held
    files = {}
    for kind, path in given.items():
        try:
            files[kind] = path.name, path.read_bytes()
        except OSError as error:
            raise InputError(
                "a file to import can be read", f"{path}: {error.strerror}", "check the name"
            ) from error
    begun = server.ask("POST", "/imports", content=multipart(fields, files))
    for line in _waited(server, begun, "Import"):
        print(line)


def demo(arguments: argparse.Namespace, server: Server) -> None:
    """``demo``: made by the app."""
    sizes = ("retailers", "products", "vendors", "months", "seed")
    body: dict[str, Any] = {name: getattr(arguments, name) for name in sizes}
    if held := _held(server):
        if not arguments.replace:
            raise InputError(
                "demo data do not take the place of other data by themselves", f'"{held}"',
                "add --replace if that data set may go",
            )  # fmt: skip
        body["confirm"] = held
    begun = server.ask("POST", "/imports/demo", body=body)
    for line in _waited(server, begun, "Demo data"):
        print(line)


def _held(server: Server) -> str | None:
    """Name of the data set that the app holds."""
    try:
        return str(server.get("/imports/held")["name"])
    except NotFoundError:
        return None


def _waited(server: Server, begun: Answer, title: str) -> Iterator[str]:
    with bar(title) as progress:
        found = server.follow(begun, progress)["accounting"]
    yield from found["said"]
    yield (
        f"Order lines: {found['added']:,} added, {found['replaced']:,} replaced, "
        f"{found['unchanged']:,} unchanged"
    )


def multipart(
    fields: Mapping[str, str], files: Mapping[str, tuple[str, bytes]]
) -> tuple[str, bytes]:
    """Media type and body of a form with files (RFC 7578)."""
    boundary = uuid4().hex
    parts = []
    for name, value in fields.items():
        head = f'Content-Disposition: form-data; name="{name}"\r\n\r\n'
        parts.append(head.encode() + value.encode())
    for name, (file, content) in files.items():
        shown = file.replace("\\", "_").replace('"', "_").replace("\r", "_").replace("\n", "_")
        head = (
            f'Content-Disposition: form-data; name="{name}"; filename="{shown}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        )
        parts.append(head.encode() + content)
    line = f"--{boundary}".encode()
    body = b"".join(line + b"\r\n" + one + b"\r\n" for one in parts) + line + b"--\r\n"
    return f"multipart/form-data; boundary={boundary}", body
