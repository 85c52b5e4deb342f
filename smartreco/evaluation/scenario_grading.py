"""How far to trust a scenario: its bands and signs held against worlds where the lever was moved.

What is graded is a difference that really happened: a synthetic world is drawn twice on the
same luck, once as it is and once with the lever truly moved. A band is right that often as
it says; a sign is asked only of differences that are more than luck.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from smartreco.errors import InputError

BEYOND: Final = 2.0  # standard deviations of luck that a difference must exceed to have a sign
ALL: Final = "all"
VERSION: Final = 1
#: Each kind of lever by the kind that it is graded as. What is not here is not graded: the
#: generator has no lead times, and what a list would bring is not in it either.
GRADED_AS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "price": "price", "promotion": "promotion", "stock_out": "stock-out",
        "restored": "stock-out", "product_exit": "exit", "vendor_exit": "exit",
        "launch": "launch", "demand": "demand", "festival": "festival",
        "new_retailers": "new-shops",
    }
)  # fmt: skip
#: What graded worlds are like.
WORLD: Final = "Synthetic worlds of {retailers} retailers, {products} products, {vendors} vendors"
SHIPPED: Final = Path(__file__).with_name("scenario_trust.json")


@dataclass(frozen=True, slots=True)
class Guess:
    """What a scenario said of one measure, and what happened.

    Attributes
    ----------
    difference, low, high
        The scenario's mean difference and its band.
    truth
        The difference that happened.
    expected, luck
        Its mean and standard deviation over other luck, everything else being as it was.
    """

    difference: float
    low: float
    high: float
    truth: float
    expected: float
    luck: float

    @property
    def inside(self) -> bool:
        """The band holds what happened."""
        return self.low <= self.truth <= self.high

    @property
    def has_sign(self) -> bool:
        """What happened is more than luck: so is its mean, and both point one way."""
        far = min(abs(self.truth), abs(self.expected)) > BEYOND * self.luck
        return far and self.truth * self.expected > 0

    @property
    def right_way(self) -> bool:
        """The scenario points to the side that was seen."""
        return self.difference * self.truth > 0

    @property
    def width(self) -> float:
        """Of the band, beside the size of what happened."""
        return (self.high - self.low) / max(abs(self.truth), 1e-9)


@dataclass(frozen=True, slots=True)
class Case:
    """One scenario on one world: its kind, in words, and guesses by measure."""

    kind: str
    words: str
    seed: int
    units: Guess
    revenue: Guess


@dataclass(frozen=True, slots=True)
class Grade:
    """Cases of one kind and one measure.

    Attributes
    ----------
    inside
        Share of cases whose band holds what happened; 0.8 is promised.
    with_sign, right_way
        Cases whose difference is more than luck, and the share of them with the right sign;
        None where there are none.
    error, of_nothing
        Median absolute error, and that of the answer "no change", each beside the size of what
        happened, or of its mean over other luck where that is more.
    width
        Median width of the band beside the size of what happened.
    """

    kind: str
    measure: str
    cases: int
    inside: float
    with_sign: int
    right_way: float | None
    error: float
    of_nothing: float
    width: float


@dataclass(frozen=True)
class Grading:
    """All that a page shows of "how far to trust this".

    Attributes
    ----------
    made_on
        Day, in ISO form.
    seeds
        Of the worlds.
    sizes
        How many retailers, products and vendors each of them has.
    """

    made_on: str
    seeds: tuple[int, ...]
    sizes: Mapping[str, int]
    horizon: int
    grades: tuple[Grade, ...]

    def of(self, kind: str, measure: str) -> Grade | None:
        """One grade; None where no case is of the kind."""
        for one in self.grades:
            if (one.kind, one.measure) == (kind, measure):
                return one
        return None

    def save(self, path: Path) -> None:
        """Write it as JSON."""
        plain = {"version": VERSION, **asdict(self)}
        path.write_text(json.dumps(plain, indent=1) + "\n", encoding="utf-8")

    @classmethod
    def shipped(cls) -> Grading:
        """The grading of this version of the program, as `benchmarks.scenario` measured it."""
        return cls.load(SHIPPED)

    @classmethod
    def load(cls, path: Path) -> Grading:
        """Read what `save` wrote.

        Raises
        ------
        InputError
            There is no such file, or it is of another version.
        """
        try:
            plain: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            if plain.pop("version") != VERSION:
                raise KeyError("version")
            grades = tuple(Grade(**one) for one in plain.pop("grades"))
            seeds = tuple(plain.pop("seeds"))
            return cls(**plain, seeds=seeds, grades=grades)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise InputError(
                f"a grading of scenarios is a file of version {VERSION}", path.name,
                "make it again",
            ) from error  # fmt: skip


def grades(cases: Sequence[Case]) -> tuple[Grade, ...]:
    """By kind and over all, units and revenue each."""
    kinds = [ALL, *dict.fromkeys(one.kind for one in cases)]
    return tuple(
        _grade(kind, measure, [one for one in cases if kind in (ALL, one.kind)])
        for kind in kinds
        for measure in ("units", "revenue")
        if cases
    )


def _grade(kind: str, measure: str, cases: Sequence[Case]) -> Grade:
    found: list[Guess] = [getattr(one, measure) for one in cases]
    signed = [one for one in found if one.has_sign]
    size = np.array([max(abs(one.truth), abs(one.expected), 1e-9) for one in found])
    miss = np.array([abs(one.difference - one.truth) for one in found])
    nothing = np.array([abs(one.truth) for one in found])
    return Grade(
        kind=kind,
        measure=measure,
        cases=len(found),
        inside=float(np.mean([one.inside for one in found])),
        with_sign=len(signed),
        right_way=float(np.mean([one.right_way for one in signed])) if signed else None,
        error=float(np.median(miss / size)),
        of_nothing=float(np.median(nothing / size)),
        width=float(np.median([one.width for one in found])),
    )
