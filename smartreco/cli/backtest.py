"""``backtest``: how good forecasts would have been, beside simple ones."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from smartreco.cli.arguments import whole
from smartreco.cli.command import Command, with_data
from smartreco.cli.levels import add_level
from smartreco.cli.output import WHOLE, check_out, write_json
from smartreco.config import Settings
from smartreco.entities import OPERATOR
from smartreco.forecast.backtest import Backtest, Score
from smartreco.forecast.panel import Level
from smartreco.workspace.forecasts import LONGEST_WEEKS, MOST_ORIGINS


def _arguments(parser: argparse.ArgumentParser) -> None:
    add_level(parser)
    parser.add_argument(
        "--horizon", type=whole(1, LONGEST_WEEKS), default=8, metavar="N", help="weeks ahead"
    )
    parser.add_argument(
        "--origins", type=whole(1, MOST_ORIGINS), default=4, metavar="N",
        help="past weeks to forecast from, half a horizon apart",
    )  # fmt: skip
    parser.add_argument("--out", type=Path, metavar="FILE", help="a .json file")


def _run(arguments: argparse.Namespace, settings: Settings) -> None:
    check_out(arguments.out, WHOLE)
    with with_data(settings) as workspace:
        found = workspace.forecasts.backtest(
            OPERATOR, Level(arguments.level), horizon=arguments.horizon, origins=arguments.origins
        )
    for line in _lines(found):
        print(line)
    if arguments.out is not None:
        write_json(asdict(found), arguments.out)
        print(f"Written to {arguments.out}")


def _lines(found: Backtest) -> Iterator[str]:
    series = max((score.series for score in found.scores), default=0)
    yield f"{found.horizon} weeks ahead from {', '.join(found.origins)}; {series:,} series judged"
    yield "Errors in naive steps; less is better. The last columns: ours minus this one, 95 %."
    yield f"{'':18}{'RMSSE':>8}{'pinball':>9}{'in 80 %':>9}{'in 95 %':>9}{'less':>9}  interval"
    yield from map(_line, found.scores)


def _line(score: Score) -> str:
    less = ""
    if score.less_rmsse is not None:
        gap = score.less_rmsse
        less = f"{gap.mean:+9.3f}  {gap.low:+.3f} to {gap.high:+.3f}"
    return (
        f"{score.method:18}{score.rmsse:8.3f}{score.pinball:9.3f}"
        f"{score.covered_80:9.3f}{score.covered_95:9.3f}{less}"
    )


BACKTEST = Command(
    "backtest", "how good forecasts would have been, beside simple ones", _arguments, _run
)
