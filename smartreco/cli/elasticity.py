"""``elasticity``: how demand answers prices, with how sure that is."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from smartreco.cli.command import Command, opened
from smartreco.cli.output import check_out, write
from smartreco.config import Settings
from smartreco.entities import OPERATOR
from smartreco.forecast.elasticity import COLUMNS
from smartreco.workspace.pricing import borrowing


def _arguments(parser: argparse.ArgumentParser) -> None:
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument(
        "--id", nargs="+", action="extend", metavar="ID", help="one or more product ids"
    )
    which.add_argument("--all", action="store_true", help="every product that was sold")
    parser.add_argument("--out", type=Path, metavar="FILE", help="a .csv, .parquet or .json file")


def _run(arguments: argparse.Namespace, settings: Settings) -> None:
    check_out(arguments.out)
    ids = None if arguments.all else list(dict.fromkeys(arguments.id))
    with opened(settings) as workspace:
        found = workspace.pricing.elasticity(OPERATOR, ids)
    put(found[list(COLUMNS)], borrowing(found), arguments.out)


def put(found: pd.DataFrame, said: Sequence[str], out: Path | None) -> None:
    """Elasticities where they were asked for, and what is said of them."""
    rows = write([found], out, _table)
    if out is not None:
        print(f"{rows:,} products written to {out}")
    for sentence in said:
        print(sentence)


def _table(frame: pd.DataFrame) -> str:
    return frame.to_string(index=False, float_format="{:.2f}".format)


ELASTICITY = Command(
    "elasticity", "how demand answers prices, and how sure that is", _arguments, _run
)
