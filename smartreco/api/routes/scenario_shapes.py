"""What-ifs as they are asked and answered."""

from __future__ import annotations

from dataclasses import MISSING, fields
from datetime import date
from typing import Annotated, Any, Final

from pydantic import Field

from smartreco.api.shapes import Answer, Instant, Question
from smartreco.errors import InputError
from smartreco.language import Language
from smartreco.scenario import outcome as played
from smartreco.scenario.levers.registry import LEVERS
from smartreco.scenario.outcome import Measure, Unit, Verdict
from smartreco.scenario.scenario import LONGEST, SEED, Scenario
from smartreco.scenario.words import say
from smartreco.workspace.scenario.views import SavedScenario as Kept
from smartreco.workspace.scenario.views import ScenarioChoices

MOST_LEVERS: Final = 50
LONGEST_NAME: Final = 120
LONGEST_NOTE: Final = 2000
CUT: Final = {"kind": "price", "category": "FMCG", "change": -0.1}


class ScenarioQuestion(Question):
    """A what-if, in the words of the command's TOML file."""

    name: str = Field(min_length=1, max_length=LONGEST_NAME, examples=["Ten per cent off FMCG"])
    horizon: int = Field(default=8, ge=1, le=LONGEST, description="Weeks ahead.", examples=[8])
    seed: int = Field(default=SEED, ge=0, le=2**31 - 1, description="Of the draws.")
    draws: int = Field(default=400, ge=20, le=5000, description="Most draws.")
    assumptions: dict[str, float] = Field(
        default={}, description="What was learned, moved within its range: 0.05 to 0.95.",
        examples=[{"response": 0.9}],
    )  # fmt: skip
    levers: Annotated[list[dict[str, Any]], Field(max_length=MOST_LEVERS)] = Field(
        default=[], description="Each with its `kind` and settings; see `GET /scenarios/levers`.",
        examples=[[CUT]],
    )  # fmt: skip

    def scenario(self) -> Scenario:
        """The question as the workspace takes it.

        Raises
        ------
        InputError
            A lever cannot be.
        """
        try:
            return Scenario.from_dict(self.model_dump())
        except (TypeError, ValueError, KeyError, AttributeError, OverflowError) as error:
            raise InputError(
                "a lever's settings are of their kind", type(error).__name__,
                "see GET /scenarios/levers",
            ) from error  # fmt: skip


class SavedQuestion(Question):
    """A what-if to keep."""

    scenario: ScenarioQuestion
    note: str = Field(
        default="", max_length=LONGEST_NOTE, description="Why it is asked.",
        examples=["For the April plan"],
    )  # fmt: skip


class LeverKind(Answer):
    """A lever and its settings."""

    kind: str = Field(examples=["price"])
    required: list[str] = Field(description="Settings that it needs.", examples=[["change"]])
    optional: list[str] = Field(description="Those that may be left out.", examples=[["category"]])
    missing: str | None = Field(
        description="Why these data cannot answer it; null: they can.", examples=[None]
    )


class Compared(Answer):
    """Means today and in the scenario; the difference with its 80 % band."""

    baseline: float = Field(examples=[1000.0])
    scenario: float = Field(examples=[1080.0])
    difference: float = Field(examples=[80.0])
    low: float = Field(examples=[20.0])
    high: float = Field(examples=[140.0])
    verdict: Verdict = Field(description="What the band says.")


class MeasureOutcome(Compared):
    """One measure over all weeks."""

    measure: Measure
    unit: Unit


class PartOutcome(Answer):
    """A week, category, region, vendor or product."""

    id: str = Field(examples=["FMCG"])
    name: str = Field(examples=["FMCG"])
    units: Compared
    revenue: Compared
    share: Compared | None = Field(description="Of the whole; null where parts are none of one.")


class Warned(Answer):
    """What to know before trusting a figure."""

    kind: str = Field(examples=["extrapolation"])
    text: str = Field(examples=["This price was never seen"])
    products: list[str] = Field(description="Empty: the scenario as a whole.", examples=[[]])


class Outcome(Answer):
    """Everything that a scenario says."""

    scenario: dict[str, Any] = Field(description="The question, whole.", examples=[{"name": "x"}])
    since: date = Field(description="First day of the first week looked at.")
    draws: int = Field(examples=[400])
    measures: list[MeasureOutcome] = Field(description="Those that the data can tell.")
    by_week: list[PartOutcome]
    by_category: list[PartOutcome] = Field(description="Largest change of revenue first.")
    by_region: list[PartOutcome]
    by_vendor: list[PartOutcome]
    by_product: list[PartOutcome] = Field(description="Those that change most.")
    story: list[str] = Field(description="The outcome in three sentences.")
    flags: list[Warned]


class SavedScenario(Answer):
    """A question that somebody keeps."""

    scenario_id: int = Field(examples=[1])
    name: str = Field(examples=["Ten per cent off FMCG"])
    scenario: dict[str, Any] = Field(examples=[{"name": "Ten per cent off FMCG"}])
    note: str = Field(examples=["For the April plan"])
    author: str = Field(examples=["priya"])
    created_at: Instant
    changed_at: Instant
    outdated: bool = Field(description="The data were imported anew since.")
    mine: bool = Field(description="Whether the caller may change it.")


def outcome(found: played.Outcome, story: tuple[str, ...], language: Language) -> Outcome:
    """An outcome as it is answered."""
    return Outcome(
        scenario=found.scenario.to_dict(), since=found.since, draws=found.draws,
        measures=[
            MeasureOutcome(measure=one.measure, unit=one.unit, **_figures(one.compared))
            for one in found.measures
        ],
        by_week=_parts(found.by_week), by_category=_parts(found.by_category),
        by_region=_parts(found.by_region), by_vendor=_parts(found.by_vendor),
        by_product=_parts(found.by_product), story=list(story),
        flags=[
            Warned(kind=one.kind, text=say(one.sentence, language), products=list(one.products))
            for one in found.flags
        ],
    )  # fmt: skip


def saved(one: Kept) -> SavedScenario:
    """A saved scenario as it is answered."""
    return SavedScenario(
        scenario_id=one.scenario_id, name=one.name, scenario=one.scenario.to_dict(),
        note=one.note, author=one.author, created_at=one.created_at, changed_at=one.changed_at,
        outdated=one.outdated, mine=one.mine,
    )  # fmt: skip


def lever_kinds(choices: ScenarioChoices) -> list[LeverKind]:
    """Every kind with its settings."""
    found = []
    for kind, lever in LEVERS.items():
        needed = {
            one.name: one.default is MISSING and one.default_factory is MISSING
            for one in fields(lever)
        }
        why = choices.missing.get(kind)
        found.append(
            LeverKind(
                kind=kind,
                required=[name for name, must in needed.items() if must],
                optional=[name for name, must in needed.items() if not must],
                missing=None if why is None else str(why),
            )
        )
    return found


def _parts(parts: tuple[played.Part, ...]) -> list[PartOutcome]:
    return [
        PartOutcome(
            id=one.id, name=one.name, units=_compared(one.units), revenue=_compared(one.revenue),
            share=None if one.share is None else _compared(one.share),
        )
        for one in parts
    ]  # fmt: skip


def _compared(one: played.Compared) -> Compared:
    return Compared(**_figures(one))


def _figures(one: played.Compared) -> dict[str, Any]:
    names = ("baseline", "scenario", "difference", "low", "high", "verdict")
    return {name: getattr(one, name) for name in names}
