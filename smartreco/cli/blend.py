"""``blend``: recipes of the lists: what was published, by whom and why; publish, go back.

A file has what `Recipe.to_dict` writes (``blend show N --json`` prints one)::

    {"blend": {"reorder": {"repurchase": 0.7, "peers": 0.3}, "discover": {...}},
     "half_life": 60, "damping": 0.1, "diversity": {"discover": 0.2}}

Lists and settings left out stay as they were learned.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from smartreco.cli.arguments import whole
from smartreco.cli.command import Command, fitted, words
from smartreco.cli.progress import bar
from smartreco.config import Settings
from smartreco.entities import OPERATOR
from smartreco.errors import InputError
from smartreco.language import Language
from smartreco.recommend.habits import FOREVER
from smartreco.recommend.recipe import Recipe
from smartreco.workspace import Workspace
from smartreco.workspace.blend.plain_recipes import recipe_of
from smartreco.workspace.blend.views import BlendVersion, Change

MOST = 2**31 - 1


def _arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", metavar="list|show|publish|rollback", required=True)
    acts.add_parser("list", help="every version, newest first")
    show = acts.add_parser("show", help="one version, and what it changed")
    show.add_argument("version", type=whole(1, MOST))
    show.add_argument("--json", action="store_true", help="its recipe, as a file to publish from")
    publish = acts.add_parser("publish", help="a recipe from a file; it holds at once")
    publish.add_argument("file", type=Path, metavar="FILE.json")
    publish.add_argument("--reason", required=True, help="why, for those who read it later")
    rollback = acts.add_parser("rollback", help="let an earlier version hold again")
    rollback.add_argument("version", type=whole(1, MOST))
    rollback.add_argument("--reason", required=True, help="why, for those who read it later")


def _run(arguments: argparse.Namespace, settings: Settings) -> None:
    with fitted(settings) as workspace:
        blends, language = workspace.blends, words(workspace)
        match arguments.act:
            case "list":
                print("\n".join(_line(one, language) for one in blends.all(OPERATOR)))
            case "show":
                _show(workspace, arguments.version, arguments.json, language)
            case "publish":
                recipe = read_file(arguments.file)
                with bar("Recipe") as progress:
                    made = blends.publish(OPERATOR, recipe, arguments.reason, progress=progress)
                print(f"Version {made.version} holds from the next list on")
            case "rollback":
                with bar("Recipe") as progress:
                    done = blends.roll_back(
                        OPERATOR, arguments.version, arguments.reason, progress=progress
                    )
                print(f"Version {done.version} holds again from the next list on")


def read_file(path: Path) -> Recipe:
    """The recipe of a JSON file.

    Raises
    ------
    InputError
        It cannot be read, or is not a recipe.
    """
    try:
        plain: Any = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError("a recipe is a JSON file", f"{path}: {error}", "correct it") from error
    return recipe_of(plain, str(path))


def _line(one: BlendVersion, language: Language) -> str:
    held = "in force" if one.in_force else "" if one.published_at else "never published"
    state = held if one.whole else "ALTERED: never served"
    return (
        f"{one.version:>4}  {one.made_at:%Y-%m-%d %H:%M}  {one.origin.value:<9} "
        f"{one.author:<16} {state:<15}  {one.reason}"
    )


def _show(workspace: Workspace, version: int, plain: bool, language: Language) -> None:
    blends = workspace.blends
    one = blends.read(OPERATOR, version)
    if plain:
        print(as_file(one.recipe.to_dict()))
        return
    print(_line(one, language))
    print(f"      data {one.data_version}, model {one.model_version}, rules {one.rules_version}")
    for line in shares(one.recipe.blend.to_dict()):
        print(line)
    others = [other for other in blends.publications(OPERATOR) if other.version == version]
    if others and others[-1].replaced is not None:
        print(f"      to version {others[-1].replaced}:")
        for change in blends.changes(OPERATOR, others[-1].replaced, version):
            print(f"        {_change(change)}")


def as_file(recipe: Mapping[str, Any]) -> str:
    """A recipe's plain form, to publish from."""
    return json.dumps(recipe, indent=2)


def shares(blend: Mapping[str, Mapping[str, float]]) -> Iterator[str]:
    """A line a list: its components, the strongest first."""
    for name, weights in blend.items():
        strongest = sorted(weights.items(), key=lambda one: -one[1])
        told = ", ".join(f"{part} {share:.1%}" for part, share in strongest if share)
        yield f"      {name}: {told}"


def setting(value: float | str | None) -> str:
    """A setting's value in words."""
    if value is None:
        return "as learned"
    return "forever" if value in (FOREVER, "forever") else f"{value:g}"


def _change(one: Change) -> str:
    where = "" if one.list is None else f"{one.list.value} "
    return f"{where}{one.setting} {setting(one.before)} -> {setting(one.after)}"


BLEND = Command("blend", "recipes of the lists: list, show, publish, rollback", _arguments, _run)
