"""What-ifs as pages and the command line show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from smartreco.entities import ListName
from smartreco.errors import SmartRecoError
from smartreco.language import Sentence
from smartreco.recommend.rules.effects import RulesPreview
from smartreco.scenario.outcome import Compared, Measure, Outcome, Unit, Verdict
from smartreco.scenario.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Names:
    """Names by id, for what a lever or a result calls by its id."""

    products: Mapping[str, str]
    vendors: Mapping[str, str]
    shops: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FestivalAhead:
    """A festival, its next day, and the week ahead that this lies in (1 is the first)."""

    name: str
    day: date
    week: int


@dataclass(frozen=True, slots=True)
class RuleKind:
    """A rule that a lever can add, what it can be about, and the range of its amount."""

    kind: str
    targets: tuple[str, ...]
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class ScenarioChoices:
    """What levers can name.

    Attributes
    ----------
    kinds
        Of levers, in the order of the registry.
    missing
        Kinds that this data set cannot answer, with why: (rule, what was found, what to do).
    names
        Of products and vendors by id, sorted by name.
    prices
        Currency for one piece today, by product id, where it is known.
    subcategories
        By category.
    weeks
        First day of each week ahead.
    weights
        Published weights, by list and component; empty while there is no model.
    """

    kinds: tuple[str, ...]
    missing: Mapping[str, SmartRecoError]
    names: Names
    prices: Mapping[str, float]
    categories: tuple[str, ...]
    subcategories: Mapping[str, tuple[str, ...]]
    regions: tuple[str, ...]
    segments: tuple[str, ...]
    festivals: tuple[FestivalAhead, ...]
    weeks: tuple[date, ...]
    weights: Mapping[str, Mapping[str, float]]
    rules: tuple[RuleKind, ...]


@dataclass(frozen=True, slots=True)
class SavedScenario:
    """A question that somebody keeps.

    Attributes
    ----------
    found
        By measure, when it was last played.
    outdated
        The data were imported anew since.
    mine
        Whether the reader may change, rename and delete it.
    """

    scenario_id: int
    scenario: Scenario
    note: str
    author: str
    created_at: datetime
    changed_at: datetime
    found: Mapping[Measure, Compared]
    outdated: bool
    mine: bool

    @property
    def name(self) -> str:
        """Its name, the only one of this name."""
        return self.scenario.name


@dataclass(frozen=True, slots=True)
class ComparedMeasure:
    """One measure in two scenarios.

    Attributes
    ----------
    between
        From what ``left`` changes of today (``baseline``) to what ``right`` changes of it
        (``scenario``), paired draw by draw; None where seeds or weeks differ.
    """

    measure: Measure
    unit: Unit
    left: Compared
    right: Compared
    between: Compared | None = None

    @property
    def told_apart(self) -> bool:
        """Whether the paired difference leaves no change out; without one, as `apart`."""
        if self.between is None:
            return self.apart
        return self.between.verdict is not Verdict.CANNOT_TELL

    @property
    def apart(self) -> bool:
        """Whether their bands have nothing in common: more careful than need be."""
        return self.left.low > self.right.high or self.right.low > self.left.high


@dataclass(frozen=True, slots=True)
class ComparedList:
    """One list in two scenarios; None where a scenario does not move it.

    Both look at the same shops where their seeds are the same.
    """

    list: ListName
    left: RulesPreview | None
    right: RulesPreview | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two scenarios side by side, both played on the data as they are.

    Attributes
    ----------
    lists
        Each list that either moves, in both.
    same_weeks
        Both look at the same weeks; else sums are not of the same time.
    """

    left: Outcome
    right: Outcome
    measures: tuple[ComparedMeasure, ...]
    lists: tuple[ComparedList, ...]
    same_weeks: bool


@dataclass(frozen=True, slots=True)
class Preset:
    """A ready question on the data at hand.

    Attributes
    ----------
    why
        By what its product, vendor, category or festival was chosen.
    scenario
        None where the data cannot answer it; `why` says what is missing.
    """

    key: str
    title: str
    why: Sentence
    scenario: Scenario | None


Story = tuple[Sentence, Sentence, Sentence]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A blend or rules that wait for an analyst, with what a what-if found of them."""

    proposal_id: int
    scenario_id: int | None
    scenario: Scenario
    evidence: Mapping[str, Mapping[str, float | None]]
    note: str
    author: str
    proposed_at: datetime
