"""``evaluate``: how good the lists are, beside known methods."""

from __future__ import annotations

import argparse
from pathlib import Path

from smartreco.cli.arguments import whole
from smartreco.cli.command import Command, with_data
from smartreco.cli.output import WHOLE, check_out, write_json
from smartreco.cli.progress import bar
from smartreco.cli.scoreboard import text
from smartreco.config import Settings
from smartreco.entities import OPERATOR
from smartreco.evaluation.protocol import Split
from smartreco.workspace.evaluations import Evaluation
from smartreco.workspace.lists import LONGEST_LIST


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "-k", type=whole(1, LONGEST_LIST), default=10, help="places of a list that are judged"
    )
    parser.add_argument(
        "--split", choices=[split.value for split in Split], default=Split.TIME.value,
        help="time: what comes after one day; random: leaks the future, for comparison with papers",
    )  # fmt: skip
    parser.add_argument(
        "--version", type=whole(1, 1_000_000), metavar="N",
        help="judge this published version of the recipe; without it, as learned",
    )  # fmt: skip
    parser.add_argument("--out", type=Path, metavar="FILE", help="a .json file")


def _run(arguments: argparse.Namespace, settings: Settings) -> None:
    check_out(arguments.out, WHOLE)
    with with_data(settings) as workspace, bar("Evaluation") as progress:
        evaluation = workspace.evaluations.evaluate(
            OPERATOR, split=Split(arguments.split), k=arguments.k, version=arguments.version,
            progress=progress,
        )  # fmt: skip
    for line in text(evaluation.scoreboard):
        print(line)
    print(f"\nKept as evaluation {evaluation.number}; measured in {evaluation.seconds:.1f} s")
    if arguments.out is not None:
        write_json(_plain(evaluation), arguments.out)
        print(f"Written to {arguments.out}")


def _plain(evaluation: Evaluation) -> dict[str, object]:
    """The whole scoreboard, with what is said of the run ahead of it."""
    return {
        "number": evaluation.number,
        "evaluated_at": evaluation.evaluated_at.isoformat(),
        "data_version": evaluation.data_version,
        "seconds": evaluation.seconds,
    } | evaluation.scoreboard.to_dict()


EVALUATE = Command("evaluate", "how good the lists are, beside known methods", _arguments, _run)
