"""What may have happened since somebody's last visit, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from smartreco.language import Message

#: By what happened: the words, and the page that shows it.
NEWS: Final[Mapping[str, tuple[Message, str]]] = {
    "shop.confirmed": (
        Message("{n} of your orders was confirmed", "{n} of your orders were confirmed", "n"),
        "orders",
    ),
    "shop.delivered": (
        Message("{n} of your orders was delivered", "{n} of your orders were delivered", "n"),
        "orders",
    ),
    "shop.cancelled": (
        Message("{n} of your orders was called off", "{n} of your orders were called off", "n"),
        "orders",
    ),
    "vendor.placed": (
        Message("{n} order came in and waits for you", "{n} orders came in and wait for you", "n"),
        "stock-service?view=orders",
    ),
    "vendor.cancelled": (
        Message("{n} order was called off", "{n} orders were called off", "n"),
        "stock-service?view=orders",
    ),
    "lists": (Message("The lists are made of newer weights"), ""),
    "blend published": (
        Message("{n} blend was published", "{n} blends were published", "n"), "after-publishing",
    ),
    "blend rolled back": (
        Message("{n} blend was taken back", "{n} blends were taken back", "n"),
        "after-publishing",
    ),
    "blend proposed": (
        Message("{n} what-if proposes a blend", "{n} what-ifs propose a blend", "n"), "tune",
    ),
    "scenario saved": (
        Message("{n} what-if was saved by others", "{n} what-ifs were saved by others", "n"),
        "what-if",
    ),
    "data.imported": (
        Message("Data were imported once", "Data were imported {n} times", "n"), "import",
    ),
    "data.replaced": (Message("The data were replaced"), "import"),
    "account added": (
        Message("{n} account was added", "{n} accounts were added", "n"), "accounts",
    ),
    "sign-in locked": (
        Message("{n} username was locked for a while", "{n} usernames were locked for a while",
                "n"),
        "audit",
    ),
    "backup made": (Message("{n} backup was made", "{n} backups were made", "n"), "system"),
}  # fmt: skip
