"""``scenario``: what would happen if, from a TOML file or a saved one.

A file has a name, how far to look, and a table ``[[levers]]`` for each lever::

    name = "Ten per cent off snacks"
    horizon = 8
    [[levers]]
    kind = "price"
    category = "FMCG"
    change = -0.1

What was learned can be moved within its range, 0.05 (low end) to 0.95 (high end)::

    [assumptions]
    response = 0.9
"""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Final

import pandas as pd

from smartreco.cli.arguments import whole
from smartreco.cli.command import Command, with_data, words
from smartreco.cli.output import ENDINGS, check_out, write
from smartreco.cli.progress import bar
from smartreco.config import Settings
from smartreco.entities import OPERATOR
from smartreco.errors import InputError
from smartreco.scenario.assumptions import ASSUMPTIONS_KEY, LEAST, MOST, Assumptions
from smartreco.scenario.levers.lists import ListLever
from smartreco.scenario.levers.registry import LEVERS
from smartreco.scenario.outcome import Compared, Outcome, Part
from smartreco.scenario.scenario import LEVERS_KEY, Scenario
from smartreco.scenario.words import say
from smartreco.workspace import Workspace
from smartreco.workspace.scenario.scenarios import Kind, Which
from smartreco.workspace.scenario.story_words import tell
from smartreco.workspace.scenario.views import SavedScenario

REPORTS: Final = (".html", ".pdf")
PARTS: Final[Mapping[str, Callable[[Outcome], tuple[Part, ...]]]] = {
    "weeks": lambda outcome: outcome.by_week,
    "categories": lambda outcome: outcome.by_category,
    "regions": lambda outcome: outcome.by_region,
    "vendors": lambda outcome: outcome.by_vendor,
    "products": lambda outcome: outcome.by_product,
}
FIGURES: Final = ("baseline", "scenario", "difference", "low", "high")
NAMELESS: Final = "(unknown)"
LARGEST: Final = 2**31 - 1


def _arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", metavar="run|save|list|levers", required=True)
    run = acts.add_parser("run", help="play a scenario beside today")
    _which(run)
    run.add_argument("--show", choices=list(PARTS), help="these in place of the measures")
    run.add_argument(
        "--out", type=Path, metavar="FILE",
        help="a .csv, .parquet or .json file of the table, or a .html or .pdf report",
    )  # fmt: skip
    save = acts.add_parser("save", help="keep a scenario for everybody")
    save.add_argument("file", type=Path, metavar="FILE.toml")
    save.add_argument("--note", default="", help="why it is asked")
    acts.add_parser("list", help="saved scenarios")
    acts.add_parser("levers", help="what can be moved")


def _which(parser: argparse.ArgumentParser) -> None:
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("file", type=Path, nargs="?", metavar="FILE.toml")
    which.add_argument("--saved", type=whole(1, LARGEST), metavar="NUMBER", help="a saved one")


def read_file(path: Path) -> Scenario:
    """The scenario of a TOML file; named like the file where it has no name.

    Raises
    ------
    InputError
        The file cannot be read, is no TOML, or holds a setting that cannot be.
    """
    try:
        plain = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(
            "a scenario is read from a TOML file", f"{path}: {error.strerror}", "check the name"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        said = " ".join(str(error).split())
        raise InputError(f"{path.name} is a TOML file", said, "mend that line") from error
    return Scenario.from_dict({"name": path.stem, **plain})


def _run(arguments: argparse.Namespace, settings: Settings) -> None:
    if arguments.act == "levers":
        print(levers())
        return
    scenario = read_file(arguments.file) if getattr(arguments, "file", None) else None
    if arguments.act == "run":
        check_out(arguments.out, (*ENDINGS, *REPORTS))
    with with_data(settings) as workspace:
        match arguments.act:
            case "run":
                _play(arguments, workspace, scenario)
            case "save" if scenario is not None:
                _prepare(workspace, scenario)
                made = workspace.scenarios.save(OPERATOR, scenario, arguments.note)
                print(f"Saved as scenario {made.scenario_id}: {made.name}")
            case _:
                print(_list(workspace.scenarios.all(OPERATOR)))


def _play(arguments: argparse.Namespace, workspace: Workspace, scenario: Scenario | None) -> None:
    which: Which = scenario or arguments.saved
    asked = scenario or workspace.scenarios.read(OPERATOR, arguments.saved).scenario
    _prepare(workspace, asked)
    outcome, language = workspace.scenarios.run(OPERATOR, which), words(workspace)
    out: Path | None = arguments.out
    if out is not None and out.suffix.lower() in REPORTS:
        kind: Kind = "pdf" if out.suffix.lower() == ".pdf" else "html"
        out.write_bytes(workspace.scenarios.report(OPERATOR, which, kind, language))
        print(f"Report written to {out}")
        return
    table = outcome.table() if arguments.show is None else parts_table(outcome, arguments.show)
    told = tell(workspace.scenarios.story(OPERATOR, which), language)
    put(table, told, [say(one.sentence, language) for one in outcome.flags], out)


def put(table: pd.DataFrame, told: Sequence[str], flags: Sequence[str], out: Path | None) -> None:
    """A table where it was asked for; on the screen with its story and what to know of it."""
    rows = write([table], out, _shown)
    if out is not None:
        print(f"{rows:,} rows written to {out}")
        return
    print("\n".join([*told, *(f"  - {flag}" for flag in flags)]))


def _prepare(workspace: Workspace, scenario: Scenario) -> None:
    """A model only where lists are asked about: fitting takes longest."""
    if any(isinstance(one, ListLever) for one in scenario.levers):
        with bar("Model") as progress:
            workspace.models.refresh(progress)


def parts_table(outcome: Outcome, show: str) -> pd.DataFrame:
    """Columns id, name, measure (units | revenue | share) and those of the measures' table."""
    rows = [
        (
            part.id,
            part.name or NAMELESS,
            measure,
            *(getattr(one, name) for name in FIGURES),
            one.verdict.value,
        )
        for part in PARTS[show](outcome)
        for measure, one in _measures(part)
    ]
    return pd.DataFrame(rows, columns=["id", "name", "measure", *FIGURES, "verdict"])


def _measures(part: Part) -> list[tuple[str, Compared]]:
    found = [("units", part.units), ("revenue", part.revenue)]
    return found if part.share is None else [*found, ("share", part.share)]


def _shown(frame: pd.DataFrame) -> str:
    if frame.empty:
        return "Nothing differs from today"
    return frame.to_string(index=False, float_format="{:,.2f}".format)


def _list(saved: tuple[SavedScenario, ...]) -> str:
    if not saved:
        return "No saved scenarios yet"
    return "\n".join(
        f"{one.scenario_id:>4}  {one.changed_at:%Y-%m-%d}  {one.author:<12}  {one.name}"
        f"{'  (the data have changed since)' if one.outdated else ''}"
        for one in saved
    )


def levers() -> str:
    """Every kind with its settings; those in brackets may be left out."""
    lines = [f"A file has a name, a horizon in weeks and a table [[{LEVERS_KEY}]] for each lever."]
    for kind, lever in LEVERS.items():
        settings = [
            one.name if one.default is MISSING and one.default_factory is MISSING
            else f"[{one.name}]"
            for one in sorted(fields(lever), key=lambda one: one.default is not MISSING)
        ]  # fmt: skip
        lines.append(f"  {kind:<14} {' '.join(settings)}")
    names = " ".join(one.name for one in fields(Assumptions))
    lines.append(
        f"A table [{ASSUMPTIONS_KEY}] holds what was learned at a place of its range, {LEAST} to"
        f" {MOST}: {names}."
    )
    return "\n".join(lines)


SCENARIO = Command("scenario", "what would happen if: run, save, list, levers", _arguments, _run)
