"""Recipes of the lists as they are asked and answered."""

from __future__ import annotations

from typing import Any, Final, Literal

from pydantic import Field

from smartreco.api.shapes import Answer, Instant, Question
from smartreco.entities import ListName
from smartreco.language import Language
from smartreco.recommend.habits import FOREVER
from smartreco.recommend.recipe import Recipe
from smartreco.scenario.words import say_all
from smartreco.workspace.blend import views
from smartreco.workspace.blend.plain_recipes import recipe_of
from smartreco.workspace.blend.views import Origin
from smartreco.workspace.scenario.views import Proposal

LONGEST_REASON: Final = 500
HalfLife = float | Literal["forever"]
WEIGHTS: Final = {"discover": {"collaborative": 0.6, "peers": 0.4}}


class RecipeQuestion(Question):
    """A recipe; what is left out stays as it was learned."""

    blend: dict[str, dict[str, float]] = Field(
        default={}, description="Weights of components, by list.", examples=[WEIGHTS]
    )
    half_life: HalfLife | None = Field(
        default=None, description="Days after which an order counts half.", examples=[None]
    )
    damping: float | None = Field(
        default=None, description="Power of a product's buyers that its score is divided by.",
        examples=[None],
    )  # fmt: skip
    diversity: dict[str, float] = Field(
        default={}, description="0 to 1, by list.", examples=[{"discover": 0.2}]
    )

    def recipe(self) -> Recipe:
        """The recipe as the workspace takes it.

        Raises
        ------
        InputError
            It is none.
        """
        return recipe_of(self.model_dump(), "the request")


class PublishQuestion(Question):
    """A recipe to let decide every list."""

    recipe: RecipeQuestion
    reason: str = Field(
        max_length=LONGEST_REASON, description="Why, for those who read it later.",
        examples=["More new products"],
    )  # fmt: skip


class RollBackQuestion(Question):
    """Why an earlier version is to hold again."""

    reason: str = Field(max_length=LONGEST_REASON, examples=["The last one missed staples"])


class RecipeAnswer(Answer):
    """Weights and settings of the lists."""

    blend: dict[str, dict[str, float]] = Field(description="Shares of 1.", examples=[WEIGHTS])
    half_life: HalfLife | None = Field(description="null: as learned.", examples=[None])
    damping: float | None = Field(description="null: as learned.", examples=[None])
    diversity: dict[str, float] = Field(examples=[{"discover": 0.2}])


class Version(Answer):
    """One recipe as it was kept: never changed, never removed."""

    version: int = Field(examples=[3])
    recipe: RecipeAnswer
    origin: Origin
    metrics: dict[str, Any] = Field(description="Evidence kept with it.", examples=[{}])
    data_version: int = Field(examples=[12])
    model_version: int = Field(examples=[4])
    rules_version: int = Field(examples=[0])
    author: str = Field(examples=["meera"])
    reason: str = Field(examples=["More new products"])
    made_at: Instant
    in_force: bool = Field(description="It decides the lists now.")
    published_at: Instant | None = Field(description="Last time it came into force.")
    whole: bool = Field(description="Its seal holds; else it is never served.")


class Publication(Answer):
    """One moment from which on a version holds."""

    number: int = Field(examples=[5])
    version: int = Field(examples=[3])
    replaced: int | None = Field(description="The version that held before.", examples=[2])
    username: str = Field(examples=["meera"])
    reason: str = Field(examples=["More new products"])
    happened_at: Instant


class Change(Answer):
    """One difference between two recipes; null is as learned."""

    list: ListName | None = Field(description="null: all of them.")
    setting: str = Field(
        description="A component, half_life, damping or diversity.", examples=["peers"]
    )
    before: HalfLife | None = Field(examples=[0.1])
    after: HalfLife | None = Field(examples=[0.4])


class Proposed(Answer):
    """Weights or rules that wait for an analyst, with what a what-if found of them."""

    proposal_id: int = Field(examples=[1])
    scenario_id: int | None = Field(description="Of the saved scenario.", examples=[1])
    scenario: dict[str, Any] = Field(examples=[{"name": "More peers"}])
    evidence: dict[str, dict[str, float | None]] = Field(examples=[{}])
    note: str = Field(examples=["Looks better for newcomers"])
    author: str = Field(examples=["priya"])
    proposed_at: Instant


class ProposedRecipe(Answer):
    """What of a proposal can be published."""

    recipe: RecipeAnswer
    left_out: str = Field(description="What no recipe holds, rules say.", examples=[""])


def version(one: views.BlendVersion) -> Version:
    """A version as it is answered."""
    return Version(
        version=one.version, recipe=recipe(one.recipe), origin=one.origin,
        metrics=dict(one.metrics), data_version=one.data_version,
        model_version=one.model_version, rules_version=one.rules_version, author=one.author,
        reason=one.reason, made_at=one.made_at, in_force=one.in_force,
        published_at=one.published_at, whole=one.whole,
    )  # fmt: skip


def recipe(one: Recipe) -> RecipeAnswer:
    """A recipe as it is answered, and as `RecipeQuestion` takes it."""
    return RecipeAnswer.model_validate(one.to_dict())


def change(one: views.Change) -> Change:
    """A difference as it is answered."""
    before, after = (_finite(value) for value in (one.before, one.after))
    return Change(list=one.list, setting=one.setting, before=before, after=after)


def proposed(one: Proposal) -> Proposed:
    """A proposal as it is answered."""
    return Proposed(
        proposal_id=one.proposal_id, scenario_id=one.scenario_id,
        scenario=one.scenario.to_dict(),
        evidence={name: dict(found) for name, found in one.evidence.items()},
        note=one.note, author=one.author, proposed_at=one.proposed_at,
    )  # fmt: skip


def proposed_recipe(one: views.ProposedRecipe, language: Language) -> ProposedRecipe:
    """What can be published of a proposal, as it is answered."""
    return ProposedRecipe(recipe=recipe(one.recipe), left_out=say_all(one.left_out, language))


def _finite(value: float | None) -> HalfLife | None:
    return "forever" if value == FOREVER else value
