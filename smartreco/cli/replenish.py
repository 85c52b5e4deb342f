"""``replenish``: what ordering up to a service level would have done, beside rules of thumb."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from smartreco.cli.arguments import whole
from smartreco.cli.command import Command, opened
from smartreco.cli.output import check_out, write
from smartreco.config import Settings
from smartreco.entities import OPERATOR
from smartreco.forecast.panel import Level
from smartreco.workspace.replenishment import LEVELS, LONGEST_LEAD, Replenished

HEADS = ("rule", "target", "quantile", "fill rate", "cycle service", "weeks of stock", "ours")


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--level", choices=[level.value for level in LEVELS], default=LEVELS[1].value,
        help="product: shelves that serve what shops order; retailer_product: shops' own "
        "shelves (default)",
    )  # fmt: skip
    lead = whole(1, LONGEST_LEAD)
    parser.add_argument("--lead", type=lead, default=1, metavar="N", help="weeks until a delivery")
    parser.add_argument("--review", type=lead, default=1, metavar="N", help="weeks between orders")
    parser.add_argument(
        "--weeks", type=whole(4, 104), default=26, metavar="N",
        help="last weeks to report; everything is chosen on the weeks before",
    )  # fmt: skip
    parser.add_argument("--out", type=Path, metavar="FILE", help="a .csv, .parquet or .json file")


def _run(arguments: argparse.Namespace, settings: Settings) -> None:
    check_out(arguments.out)
    with opened(settings) as workspace:
        found = workspace.replenishment.trial(
            OPERATOR, Level(arguments.level), lead=arguments.lead, review=arguments.review,
            weeks=arguments.weeks,
        )  # fmt: skip
    for line in _head(found):
        print(line)
    rows = write([found.trial.rules], arguments.out, _table)
    if arguments.out is not None:
        print(f"{rows:,} rules written to {arguments.out}")


def _head(found: Replenished) -> Iterator[str]:
    trial = found.trial
    yield f"{trial.weeks} weeks from {found.since}; {trial.products:,} products played"
    losses = json.dumps({name: round(loss, 4) for name, loss in trial.losses.items()})
    yield f"Forecaster: {trial.forecaster}, of least quantile loss before them: {losses}"


def _table(frame: pd.DataFrame) -> str:
    shown = frame.set_axis(list(HEADS), axis=1)
    shown["target"] = shown["target"].map("{:.0%}".format, na_action="ignore")
    table = shown.to_string(index=False, na_rep="", float_format="{:.3f}".format)
    return f"{table}\nours: weeks of stock that our rule needs for the same fill rate"


REPLENISH = Command(
    "replenish", "what ordering to a service level would have done, beside rules of thumb",
    _arguments, _run,
)  # fmt: skip
