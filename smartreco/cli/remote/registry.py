"""Which commands can ask a running app, and why the others cannot."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from typing import Final

from smartreco.cli.remote import analysing, keeping, reading, saving
from smartreco.cli.remote.server import Server
from smartreco.config import Settings
from smartreco.errors import InputError

REMOTE: Final[Mapping[str, Callable[[argparse.Namespace, Server], None]]] = {
    "demo": keeping.demo,
    "import": keeping.import_files,
    "fit": analysing.fit,
    "recommend": reading.recommend_lists,
    "evaluate": analysing.evaluate,
    "forecast": reading.forecasts,
    "elasticity": reading.elasticities,
    "order": reading.suggested_order,
    "vendor": reading.vendor_figures,
    "scenario": analysing.scenarios,
    "blend": analysing.blends,
    "accounts": keeping.accounts,
    "backup": saving.backups,
}
BY_ITSELF: Final = "works on the store's own file"


def run(arguments: argparse.Namespace, settings: Settings) -> None:
    """Run a command against the app that the settings name.

    Raises
    ------
    InputError
        The command cannot, or there is no token to show.
    """
    command = REMOTE.get(arguments.command)
    if command is None:
        raise InputError(
            f"the command {arguments.command} {BY_ITSELF}", "SMARTRECO_URL",
            "unset it and run the command where the store lies, with the app stopped",
        )  # fmt: skip
    if settings.url is None or settings.token is None:
        raise InputError(
            "a running app is asked with a token", "no SMARTRECO_TOKEN",
            "set it to an API key (made on the page of accounts, or at POST /api/v1/keys)",
        )  # fmt: skip
    command(arguments, Server(settings.url, settings.token))
