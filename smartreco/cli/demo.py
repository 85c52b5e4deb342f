"""``demo``: make synthetic data with known truth, clean, store and fit."""

from __future__ import annotations

import argparse
import time

from smartreco.cli.arguments import whole
from smartreco.cli.command import Command, opened, words
from smartreco.cli.progress import bar
from smartreco.config import Settings
from smartreco.dataset.world.settings import SyntheticSettings
from smartreco.entities import OPERATOR
from smartreco.workspace.status import portion

DEFAULT = SyntheticSettings()


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--retailers", type=whole(1, 20_000), default=DEFAULT.retailers)
    parser.add_argument("--products", type=whole(5, 50_000), default=DEFAULT.products)
    parser.add_argument("--vendors", type=whole(1, 5_000), default=DEFAULT.vendors)
    parser.add_argument("--months", type=whole(1, 120), default=DEFAULT.months)
    parser.add_argument("--seed", type=whole(0, 2**31 - 1), default=DEFAULT.seed)
    parser.add_argument("--replace", action="store_true", help="take the place of other data")


def _run(arguments: argparse.Namespace, settings: Settings) -> None:
    made = SyntheticSettings(
        retailers=arguments.retailers, products=arguments.products, vendors=arguments.vendors,
        months=arguments.months, seed=arguments.seed,
    )  # fmt: skip
    started = time.perf_counter()
    with opened(settings) as workspace:
        with bar("Demo data") as progress:
            imported = workspace.data.make_demo(
                OPERATOR, made, replace=arguments.replace, progress=portion(progress, 0.0, 0.7)
            )
            fitted = workspace.models.refresh(portion(progress, 0.7, 1.0))
        language = words(workspace)
        for line in imported.cleaned.report.text(language):
            print(line)
        info = workspace.info()
        lines = 0 if info is None else info.lines
        print(
            f"Stored {lines:,} order lines of {len(fitted.catalogue.retailers):,} retailers and "
            f"{len(fitted.catalogue.products):,} products; model fitted in {fitted.seconds:.1f} s, "
            f"{time.perf_counter() - started:.1f} s in all."
        )
        for account in workspace.people.demo_accounts():
            print(f"Demo account: {account.role:<16} {account.username:<10} {account.password}")


DEMO = Command("demo", "make synthetic data with known truth, clean, store, fit", _arguments, _run)
