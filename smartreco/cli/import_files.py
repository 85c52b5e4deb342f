"""``import``: bring real orders in, cleaned and accounted for."""

from __future__ import annotations

import argparse
from pathlib import Path

from smartreco.cli.command import Command, opened, words
from smartreco.cli.progress import bar
from smartreco.config import Settings
from smartreco.dataset.cleaning import CleaningOptions
from smartreco.dataset.templates import write_templates
from smartreco.entities import OPERATOR
from smartreco.errors import InputError

KINDS = ("orders", "products", "retailers", "vendors", "stock", "promotions", "calendar")


def _arguments(parser: argparse.ArgumentParser) -> None:
    for kind in KINDS:
        parser.add_argument(f"--{kind}", type=Path, metavar="FILE", help="CSV, Parquet or XLSX")
    parser.add_argument("--replace", action="store_true", help="take the place of the data there")
    parser.add_argument("--strict", action="store_true", help="refuse a file with any bad value")
    parser.add_argument(
        "--tolerant", action="store_true", help="set bad values aside, however many"
    )
    parser.add_argument("--name", help="what the data set is called")
    parser.add_argument("--currency", help="ISO code such as INR, USD, EUR")
    parser.add_argument("--locale", help="form of numbers and dates, such as en_IN")
    parser.add_argument("--template", type=Path, metavar="DIR", help="write empty templates there")


def _run(arguments: argparse.Namespace, settings: Settings) -> None:
    if arguments.template is not None:
        for path in write_templates(arguments.template):
            print(path)
        return
    files = {kind: getattr(arguments, kind) for kind in KINDS if getattr(arguments, kind)}
    if "orders" not in files:
        raise InputError("an import needs an orders file", "none", "name one with --orders FILE")
    options = CleaningOptions(
        name=arguments.name, currency=arguments.currency, locale=arguments.locale,
        strict=arguments.strict, tolerant=arguments.tolerant,
    )  # fmt: skip
    with opened(settings) as workspace:
        with bar("Import") as progress:
            imported = workspace.data.import_files(
                OPERATOR, files, options, replace=arguments.replace, progress=progress
            )
        for line in imported.cleaned.report.text(words(workspace)):
            print(line)
        outcome = imported.outcome
        print(
            f"Order lines: {outcome.added:,} added, {outcome.replaced:,} replaced, "
            f"{outcome.unchanged:,} unchanged"
        )


IMPORT = Command("import", "import orders and clean them", _arguments, _run)
