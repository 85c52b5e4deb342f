"""``elasticity``: how demand answers prices, with how sure that is."""

from __future__ import annotations

import argparse
from pathlib import Path

import pandas as pd

from smartreco.cli.command import Command, opened
from smartreco.cli.output import check_out, write
from smartreco.config import Settings
from smartreco.entities import OPERATOR
from smartreco.forecast.elasticity import BASIS, CATEGORY_BASIS, COLUMNS


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
    rows = write([found[list(COLUMNS)]], arguments.out, _table)
    if arguments.out is not None:
        print(f"{rows:,} products written to {arguments.out}")
    borrowed = int((found[BASIS] == CATEGORY_BASIS).sum())
    if borrowed:
        print(
            f"{borrowed:,} of {len(found):,} products have too few prices or weeks, or prices that "
            "hardly move: these show their category's value"
        )


def _table(frame: pd.DataFrame) -> str:
    return frame.to_string(index=False, float_format="{:.2f}".format)


ELASTICITY = Command(
    "elasticity", "how demand answers prices, and how sure that is", _arguments, _run
)
