"""A recipe out of a file or a request: whatever is in it, a recipe or one clear refusal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from smartreco.errors import InputError
from smartreco.recommend.blend import Blend
from smartreco.recommend.habits import FOREVER
from smartreco.recommend.recipe import HALF_LIFE_CHOICES, Recipe

KNOWN: Final = frozenset({"blend", "half_life", "damping", "diversity"})


def recipe_of(plain: object, where: str) -> Recipe:
    """Read what `Recipe.to_dict` writes; lists and settings left out stay as learned.

    Parameters
    ----------
    where
        What holds it, for the words of a refusal.

    Raises
    ------
    InputError
        It is not a recipe.
    """
    if not isinstance(plain, Mapping) or not isinstance(plain.get("blend", {}), Mapping):
        raise InputError("a recipe is an object", f"something else in {where}", "correct it")
    if unknown := set(plain) - KNOWN:
        raise InputError(
            "a recipe has " + ", ".join(sorted(KNOWN)), ", ".join(sorted(map(str, unknown))),
            "leave the others out",
        )  # fmt: skip
    if isinstance(plain.get("half_life"), str) and plain["half_life"] != "forever":
        choices = ", ".join(f"{one:g}" for one in HALF_LIFE_CHOICES if one != FOREVER)
        raise InputError(f'a half-life is {choices} or "forever"', plain["half_life"], "choose one")
    return _read(plain, where)


def _read(plain: Mapping[str, Any], where: str) -> Recipe:
    try:
        weights = Blend.of(plain.get("blend", {}))
        return Recipe.from_dict({"diversity": {}, **plain, "blend": weights.to_dict()})
    except (ValueError, TypeError, AttributeError, OverflowError) as error:
        raise InputError(
            "a recipe names lists, components and numbers", f"{where}: {error}", "correct it"
        ) from error
