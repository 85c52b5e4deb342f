"""Arguments that commands on forecasts share."""

from __future__ import annotations

import argparse
from datetime import date

from smartreco.forecast.panel import Level


def add_level(parser: argparse.ArgumentParser) -> None:
    """Which series: what one of them adds up."""
    parser.add_argument(
        "--level", choices=[level.value for level in Level], required=True,
        help="what one series adds up",
    )  # fmt: skip


def day(text: str) -> date:
    """A day as YYYY-MM-DD."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"takes a day as YYYY-MM-DD, found {text!r}") from None
