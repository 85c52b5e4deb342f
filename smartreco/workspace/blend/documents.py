"""Versions and publications as the plain values that are sealed, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from smartreco.recommend.recipe import Recipe
from smartreco.store.sealing import SealedRow, canonical
from smartreco.workspace.blend.views import BlendVersion, Origin, Publication


@dataclass(frozen=True, slots=True)
class Draught:
    """A version to be kept: all of it but its number."""

    recipe: Recipe
    origin: Origin
    metrics: Mapping[str, Any]
    data_version: int
    model_version: int
    rules_version: int
    author: str
    reason: str
    made_at: datetime

    def plain(self, version: int) -> dict[str, Any]:
        """What is sealed under a number."""
        return {
            "version": version,
            "recipe": self.recipe.to_dict(),
            "origin": self.origin.value,
            "metrics": dict(self.metrics),
            "data_version": self.data_version,
            "model_version": self.model_version,
            "rules_version": self.rules_version,
            "author": self.author,
            "reason": self.reason,
            "made_at": self.made_at.isoformat(),
        }


def version_of(
    row: SealedRow, *, whole: bool, in_force: bool, published_at: datetime | None
) -> BlendVersion:
    """Read a version.

    Raises
    ------
    ValueError, KeyError, TypeError, InputError
        The body says nothing that could be a version: somebody has written to it.
    """
    plain = json.loads(row.body)
    return BlendVersion(
        version=row.number,
        recipe=Recipe.from_dict(plain["recipe"]),
        origin=Origin(plain["origin"]),
        metrics=plain["metrics"],
        data_version=plain["data_version"],
        model_version=plain["model_version"],
        rules_version=plain["rules_version"],
        author=plain["author"],
        reason=plain["reason"],
        made_at=datetime.fromisoformat(plain["made_at"]),
        in_force=in_force,
        published_at=published_at,
        whole=whole,
    )


def plain_publication(one: Publication, seal: str) -> dict[str, Any]:
    """What is sealed of a publication; ``seal`` is the version's, which it vouches for."""
    return {
        "number": one.number,
        "version": one.version,
        "version_seal": seal,
        "replaced": one.replaced,
        "username": one.username,
        "reason": one.reason,
        "happened_at": one.happened_at.isoformat(),
    }


def publication_of(row: SealedRow) -> tuple[Publication, str]:
    """Read a publication, and the seal of its version.

    Raises
    ------
    ValueError, KeyError, TypeError
        The body says nothing that could be one.
    """
    plain = json.loads(row.body)
    one = Publication(
        row.number, plain["version"], plain["replaced"], plain["username"], plain["reason"],
        datetime.fromisoformat(plain["happened_at"]),
    )  # fmt: skip
    return one, plain["version_seal"]


def same(one: Recipe, other: Recipe) -> bool:
    """Whether two recipes say the same, number by number."""
    return canonical(one.to_dict()) == canonical(other.to_dict())
