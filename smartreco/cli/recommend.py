"""``recommend``: lists of what to order, each line with its reasons."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pandas as pd

from smartreco.cli.arguments import whole
from smartreco.cli.command import Command, fitted, words
from smartreco.cli.output import check_out, write
from smartreco.config import Settings
from smartreco.entities import OPERATOR, ListName
from smartreco.workspace.lists import LONGEST_LIST

MOST_JOBS = 256


def _arguments(parser: argparse.ArgumentParser) -> None:
    who = parser.add_mutually_exclusive_group(required=True)
    who.add_argument(
        "--retailer", nargs="+", action="extend", metavar="ID", help="one or more retailer ids"
    )
    who.add_argument("--all", action="store_true", help="every retailer")
    parser.add_argument("--list", choices=[name.value for name in ListName], default="all")
    parser.add_argument("-k", type=whole(1, LONGEST_LIST), default=10, help="lines in a list")
    parser.add_argument("--out", type=Path, metavar="FILE", help="a .csv, .parquet or .json file")
    parser.add_argument(
        "--jobs", type=whole(1, MOST_JOBS), metavar="N",
        help="processes that work on the lists (default: SMARTRECO_JOBS, else 1)",
    )  # fmt: skip


def _run(arguments: argparse.Namespace, settings: Settings) -> None:
    check_out(arguments.out)
    ids = None if arguments.all else list(dict.fromkeys(arguments.retailer))
    settings = replace(settings, jobs=arguments.jobs or settings.jobs)
    with fitted(settings) as workspace:
        frames = workspace.lists.recommend_many(
            OPERATOR, ids, ListName(arguments.list), arguments.k, words(workspace)
        )
        put(frames, arguments.out)


def put(frames: Iterable[pd.DataFrame], out: Path | None) -> None:
    """Lists where they were asked for, and how many lines they have."""
    rows = write(frames, out, _table)
    if out is not None:
        print(f"{rows:,} lines written to {out}")
    elif rows == 0:
        print("No lines: these retailers have nothing to show on this list yet")


def _table(frame: pd.DataFrame) -> str:
    shown = frame.assign(
        reasons=[json.loads(text)[0]["text"] if text != "[]" else "" for text in frame["reasons"]]
    )
    return shown.to_string(index=False, float_format="{:.3f}".format)


RECOMMEND = Command(
    "recommend", "lists of what to order, each line with its reasons", _arguments, _run
)
