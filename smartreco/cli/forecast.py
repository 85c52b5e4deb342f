"""``forecast``: coming demand by level, with bands."""

from __future__ import annotations

import argparse
from pathlib import Path

import pandas as pd

from smartreco.cli.arguments import whole
from smartreco.cli.command import Command, with_data
from smartreco.cli.levels import add_level, day
from smartreco.cli.output import check_out, write
from smartreco.config import Settings
from smartreco.entities import OPERATOR
from smartreco.forecast.forecaster import PERIOD_START
from smartreco.forecast.panel import Level
from smartreco.workspace.forecasts import LONGEST_DAYS
from smartreco.workspace.made_forecasts import Freq


def _arguments(parser: argparse.ArgumentParser) -> None:
    add_level(parser)
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--id", nargs="+", action="extend", metavar="ID",
        help="one or more ids of the level; of retailer_product as RETAILER/PRODUCT",
    )  # fmt: skip
    which.add_argument("--all", action="store_true", help="every series of the level (default)")
    parser.add_argument(
        "--horizon", type=whole(1, LONGEST_DAYS), default=8, metavar="N", help="periods ahead"
    )
    parser.add_argument(
        "--freq", choices=[freq.value for freq in Freq], default=Freq.WEEK.value,
        help="weeks from Monday, the first with the day of --as-of, or days from that day",
    )  # fmt: skip
    parser.add_argument(
        "--as-of", type=day, metavar="DATE",
        help="first day that is not known (default: the day after the last order)",
    )  # fmt: skip
    parser.add_argument("--out", type=Path, metavar="FILE", help="a .csv, .parquet or .json file")


def _run(arguments: argparse.Namespace, settings: Settings) -> None:
    check_out(arguments.out)
    ids = list(dict.fromkeys(arguments.id)) if arguments.id else None
    with with_data(settings) as workspace:
        forecast = workspace.forecasts.forecast(
            OPERATOR, Level(arguments.level), ids, horizon=arguments.horizon,
            freq=Freq(arguments.freq), as_of=arguments.as_of,
        )  # fmt: skip
    put(forecast.frame(), arguments.out)


def put(frame: pd.DataFrame, out: Path | None) -> None:
    """Forecasts where they were asked for."""
    if out is None or out.suffix.lower() != ".parquet":
        frame = frame.assign(**{PERIOD_START: frame[PERIOD_START].dt.strftime("%Y-%m-%d")})
    rows = write([frame], out, _table)
    if out is not None:
        print(f"{rows:,} rows written to {out}")


def _table(frame: pd.DataFrame) -> str:
    return frame.to_string(index=False, float_format="{:,.2f}".format)


FORECAST = Command("forecast", "coming demand by level, with bands", _arguments, _run)
