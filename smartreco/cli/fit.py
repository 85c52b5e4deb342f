"""``fit``: fit the model on all orders and keep it."""

from __future__ import annotations

import argparse

from smartreco.cli.command import Command, opened
from smartreco.cli.progress import bar
from smartreco.config import Settings
from smartreco.entities import OPERATOR


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--full", action="store_true",
        help="learn settings and weights anew, also where those of the last version would do",
    )  # fmt: skip


def _run(arguments: argparse.Namespace, settings: Settings) -> None:
    with opened(settings) as workspace:
        with bar("Fit") as progress:
            fitted = workspace.models.fit(OPERATOR, progress, full=arguments.full)
        size = (settings.model_dir / f"model-{fitted.version:06d}.npz").stat().st_size / 1e6
        print(f"Model {fitted.version} fitted in {fitted.seconds:.1f} s")
        print(f"  settings    {fitted.learning}")
        print(f"  retailers   {len(fitted.catalogue.retailers):>10,}")
        print(f"  products    {len(fitted.catalogue.products):>10,}")
        print(f"  kept arrays {size:>10,.1f} MB")


FIT = Command("fit", "fit the model on all orders and keep it", _arguments, _run)
