"""What a page shows of published recipes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from smartreco.entities import ListName
from smartreco.recommend.recipe import Recipe
from smartreco.scenario.words import Sentence


class Origin(StrEnum):
    """Where a recipe came from."""

    LEARNED = "learned"  # a fit
    TUNED = "tuned"  # an analyst's hand
    SEARCHED = "searched"  # a search
    SCENARIO = "scenario"  # a what-if that somebody proposed


@dataclass(frozen=True, slots=True)
class BlendVersion:
    """One recipe as it was kept: never changed, never removed.

    Attributes
    ----------
    metrics
        Evidence as it was given, plain values: {"inner": {...}, "held_out": {...}}.
    data_version, model_version, rules_version
        State of data, model and rules when it was made.
    made_at
        In UTC.
    published_at
        Last time it came into force; None: never.
    whole
        Its seal holds. Where it does not, the row was altered after it was kept: such a version
        is never served, nor rolled back to.
    """

    version: int
    recipe: Recipe
    origin: Origin
    metrics: Mapping[str, Any]
    data_version: int
    model_version: int
    rules_version: int
    author: str
    reason: str
    made_at: datetime
    in_force: bool
    published_at: datetime | None
    whole: bool


@dataclass(frozen=True, slots=True)
class Publication:
    """One moment from which on a version holds.

    ``replaced`` is the version that held before; None: there was none.
    """

    number: int
    version: int
    replaced: int | None
    username: str
    reason: str
    happened_at: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two recipes.

    Attributes
    ----------
    list
        The list it is about; None: all of them.
    setting
        Name of a component | half_life | damping | diversity.
    before, after
        Weights as shares of 1; None: as learned.
    """

    list: ListName | None
    setting: str
    before: float | None
    after: float | None


@dataclass(frozen=True, slots=True)
class LearnedSettings:
    """What the present model learned, by component.

    Attributes
    ----------
    half_life
        Days, of collaborative, succession and peers.
    damping
        Of collaborative and succession: power of a product's buyers.
    """

    half_life: Mapping[str, float]
    damping: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class ProposedRecipe:
    """What of a proposal can be published, and in sentences what no recipe holds (rules, say)."""

    recipe: Recipe
    left_out: tuple[Sentence, ...]
