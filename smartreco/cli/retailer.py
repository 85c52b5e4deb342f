"""``retailer``: all that is kept of one shop, handed out or erased."""

from __future__ import annotations

import argparse
from pathlib import Path

from smartreco.cli.command import Command, with_data
from smartreco.config import Settings
from smartreco.entities import OPERATOR
from smartreco.errors import InputError
from smartreco.workspace.keeping.views import Erased


def _arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", metavar="export|erase", required=True)
    export = acts.add_parser("export", help="a zip of CSV files, no secrets")
    export.add_argument("retailer", metavar="ID")
    export.add_argument("--out", type=Path, metavar="FILE", help="default: ID.zip here")
    erase = acts.add_parser("erase", help="remove its identity for good; what was ordered stays")
    erase.add_argument("retailer", metavar="ID")
    erase.add_argument("--reason", required=True, help="for the audit log; names nobody")


def _run(arguments: argparse.Namespace, settings: Settings) -> None:
    with with_data(settings) as workspace:
        if arguments.act == "export":
            packed = workspace.keeping.export_retailer(OPERATOR, arguments.retailer)
            print(_written(arguments.out or Path(_file_name(arguments.retailer)), packed))
            return
        erased = workspace.keeping.erase_retailer(OPERATOR, arguments.retailer, arguments.reason)
        print(_said(erased))


def _file_name(retailer_id: str) -> str:
    return "".join(sign if sign.isalnum() or sign in "-_" else "_" for sign in retailer_id) + ".zip"


def _written(path: Path, packed: bytes) -> str:
    try:
        path.write_bytes(packed)
    except OSError as error:
        raise InputError(
            "the file can be written", f"{error.strerror} at {path}", "name another with --out"
        ) from error
    return f"{path}: {len(packed):,} bytes"


def _said(erased: Erased) -> str:
    removed = ", ".join(f"{rows:,} {name}" for name, rows in erased.removed.items() if rows)
    emptied = ", ".join(f"{rows:,} {name}" for name, rows in erased.anonymised.items() if rows)
    return (
        f"The shop is now {erased.name} ({erased.retailer_id})\n"
        f"  removed     {removed or 'nothing'}\n"
        f"  anonymised  {emptied or 'nothing'}\n"
        "Backups made before still hold it until they are replaced."
    )


RETAILER = Command("retailer", "one shop's data: export, erase", _arguments, _run)
