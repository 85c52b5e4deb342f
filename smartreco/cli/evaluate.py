"""``evaluate``: how good the lists are, beside known methods."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from smartreco.cli.arguments import whole
from smartreco.cli.command import Command, opened
from smartreco.cli.output import check_out
from smartreco.cli.progress import bar
from smartreco.cli.scoreboard import text
from smartreco.config import Settings
from smartreco.entities import OPERATOR
from smartreco.errors import InputError
from smartreco.evaluation.protocol import Split
from smartreco.workspace.evaluations import Evaluation
from smartreco.workspace.lists import LONGEST_LIST

ENDING = ".json"


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "-k", type=whole(1, LONGEST_LIST), default=10, help="places of a list that are judged"
    )
    parser.add_argument(
        "--split", choices=[split.value for split in Split], default=Split.TIME.value,
        help="time: what comes after one day; random: leaks the future, for comparison with papers",
    )  # fmt: skip
    parser.add_argument("--out", type=Path, metavar="FILE", help="a .json file")


def _run(arguments: argparse.Namespace, settings: Settings) -> None:
    _check_out(arguments.out)
    with opened(settings) as workspace:
        if workspace.info() is None:
            raise InputError(
                "this command needs data", f"an empty store at {settings.db}",
                "run `python -m smartreco demo` or `python -m smartreco import`",
            )  # fmt: skip
        with bar("Evaluation") as progress:
            evaluation = workspace.evaluations.evaluate(
                OPERATOR, split=Split(arguments.split), k=arguments.k, progress=progress
            )
    for line in text(evaluation.scoreboard):
        print(line)
    print(f"\nKept as evaluation {evaluation.number}; measured in {evaluation.seconds:.1f} s")
    if arguments.out is not None:
        _write(evaluation, arguments.out)
        print(f"Written to {arguments.out}")


def _check_out(out: Path | None) -> None:
    if out is not None and out.suffix.lower() != ENDING:
        raise InputError(
            f"a scoreboard is written as {ENDING}", f"{out.name!r}", "choose this ending"
        )
    check_out(out)


def _write(evaluation: Evaluation, out: Path) -> None:
    """Write the whole scoreboard, with what is said of the run ahead of it."""
    plain = {
        "number": evaluation.number,
        "evaluated_at": evaluation.evaluated_at.isoformat(),
        "data_version": evaluation.data_version,
        "seconds": evaluation.seconds,
    } | evaluation.scoreboard.to_dict()
    unfinished = out.with_name(out.name + ".part")
    unfinished.write_text(
        json.dumps(plain, ensure_ascii=False, indent=1, allow_nan=False), encoding="utf-8"
    )
    unfinished.replace(out)


EVALUATE = Command("evaluate", "how good the lists are, beside known methods", _arguments, _run)
