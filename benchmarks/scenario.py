"""What-if against the truth: `python -m benchmarks.scenario`.

Makes synthetic worlds that nothing was chosen on, asks random questions of what is known
eight weeks before their end, moves the lever truly in the generator on the same luck, and
counts how often bands and signs were right. Writes a table to `benchmarks/README.md` and the
grading that pages show as "how far to trust this".
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np

from benchmarks.table import replace_section
from smartreco import columns as c
from smartreco.dataset.synthetic import (
    DemandShock,
    Exit,
    FestivalShift,
    Intervention,
    Launch,
    NewRetailers,
    OutOfStock,
    PriceChange,
    Promotion,
    SyntheticData,
    SyntheticSettings,
    generate,
)
from smartreco.dataset.world.draw import draw_lines
from smartreco.dataset.world.randomness import Randomness
from smartreco.errors import NotEnoughDataError
from smartreco.evaluation.scenario_grading import WORLD, Case, Grade, Grading, Guess, grades
from smartreco.evaluation.scenario_world import realised, told
from smartreco.scenario.learning import Known, market
from smartreco.scenario.levers.base import Lever
from smartreco.scenario.levers.demand import Demand as DemandLever
from smartreco.scenario.levers.festival import Festival as FestivalLever
from smartreco.scenario.levers.launch import Launch as LaunchLever
from smartreco.scenario.levers.new_retailers import NewRetailers as NewRetailersLever
from smartreco.scenario.levers.price import Price
from smartreco.scenario.levers.product_exit import ProductExit
from smartreco.scenario.levers.promotion import Promotion as PromotionLever
from smartreco.scenario.levers.stock_out import StockOut
from smartreco.scenario.levers.vendor_exit import VendorExit
from smartreco.scenario.market import Market
from smartreco.scenario.outcome import Compared, Measure
from smartreco.scenario.scenario import Scenario
from smartreco.scenario.simulate import simulate

README = Path(__file__).with_name("README.md")
HORIZON = 8
LUCKS = 5  # other draws of a world that tell how much of a difference is luck
SIZE = {"retailers": 120, "products": 240, "vendors": 12}


@dataclass(frozen=True)
class Question:
    """A lever, and the same moved in the generator."""

    kind: str
    lever: Lever
    truth: Intervention


@dataclass(frozen=True)
class Asked:
    """What a random question is made from."""

    data: SyntheticData
    market: Market
    start: date
    lucks: np.ndarray

    def first(self, week: int) -> date:
        """First day of a week ahead; 1 is the first."""
        return self.start + timedelta(weeks=week - 1)

    def last(self, week: int, weeks: int | None) -> date:
        """Last day of a lever that begins with a week."""
        end = HORIZON if weeks is None else min(week + weeks - 1, HORIZON)
        return self.first(end + 1) - timedelta(days=1)


Make = Callable[[Asked, np.random.Generator], Question | None]


def target(asked: Asked, rng: np.random.Generator) -> dict[str, object]:
    """A category, a vendor, or one to five products that sell."""
    goods = asked.market.goods
    kind = rng.choice(["category", "vendor", "products"])
    if kind == "products":
        sold = np.sqrt(asked.market.mean.mean(axis=1))
        some = rng.choice(len(goods), int(rng.integers(1, 6)), replace=False, p=sold / sold.sum())
        return {"products": tuple(str(one) for one in goods.ids[some])}
    names = asked.market.categories if kind == "category" else asked.market.vendors
    return {str(kind): str(rng.choice(names))}


def weeks(rng: np.random.Generator) -> tuple[int, int | None]:
    """First week, and how many (None: to the end)."""
    first = int(rng.integers(1, 4))
    return first, None if rng.random() < 0.4 else int(rng.integers(1, 6))


def price(asked: Asked, rng: np.random.Generator) -> Question:
    """Up or down by up to a quarter."""
    on, (first, many) = target(asked, rng), weeks(rng)
    change = float(rng.choice([-1, 1]) * rng.uniform(0.04, 0.25))
    lever = Price(change=change, from_week=first, weeks=many, **on)
    moved = PriceChange(
        factor=1 + change, starts=asked.first(first), ends=asked.last(first, many), **on
    )
    return Question("price", lever, moved)


def promotion(asked: Asked, rng: np.random.Generator) -> Question:
    """One to four weeks, of 5 to 30 per cent."""
    on, first, many = target(asked, rng), int(rng.integers(1, 5)), int(rng.integers(1, 5))
    depth = float(rng.uniform(0.05, 0.3))
    lever = PromotionLever(depth=depth, from_week=first, weeks=many, **on)
    moved = Promotion(depth=depth, starts=asked.first(first), ends=asked.last(first, many), **on)
    return Question("promotion", lever, moved)


def stock_out(asked: Asked, rng: np.random.Generator) -> Question:
    """One to five weeks without."""
    on, first, many = target(asked, rng), int(rng.integers(1, 4)), int(rng.integers(1, 6))
    lever = StockOut(from_week=first, weeks=many, **on)
    moved = OutOfStock(starts=asked.first(first), ends=asked.last(first, many), **on)
    return Question("stock-out", lever, moved)


def leave(asked: Asked, rng: np.random.Generator) -> Question:
    """Products or a vendor, for good."""
    on, first = target(asked, rng), int(rng.integers(1, 5))
    lever: Lever = ProductExit(from_week=first, **on)
    if "vendor" in on:
        lever = VendorExit(vendor=str(on["vendor"]), from_week=first)
    return Question("exit", lever, Exit(on=asked.first(first), **on))


def launch(asked: Asked, rng: np.random.Generator) -> Question:
    """A product like others of a sub-category; how well it is liked is luck."""
    goods = asked.data.truth.products
    row = goods.iloc[int(rng.integers(len(goods)))]
    first, asking = int(rng.integers(1, 4)), float(row["base_price"] * rng.uniform(0.8, 1.25))
    lever = LaunchLever(
        name="New", category=row[c.CATEGORY], subcategory=row[c.SUBCATEGORY], price=asking,
        case_size=int(row[c.CASE_SIZE]), from_week=first,
    )  # fmt: skip
    moved = Launch(
        subcategory=row[c.SUBCATEGORY], on=asked.first(first), list_price=asking,
        case_size=int(row[c.CASE_SIZE]), appeal=float(rng.normal()),
    )  # fmt: skip
    return Question("launch", lever, moved)


def demand(asked: Asked, rng: np.random.Generator) -> Question:
    """Less by a third to more by a half: in a region, a category, or both."""
    (first, many), change = weeks(rng), float(rng.uniform(-0.35, 0.5))
    where = rng.choice(["region", "category", "both"])
    on: dict[str, str] = {}
    if where != "category":
        on["region"] = str(rng.choice(asked.market.regions))
    if where != "region":
        on["category"] = str(rng.choice(asked.market.categories))
    lever = DemandLever(change=change, from_week=first, weeks=many, **on)
    moved = DemandShock(
        factor=1 + change, starts=asked.first(first), ends=asked.last(first, many), **on
    )
    return Question("demand", lever, moved)


def festival(asked: Asked, rng: np.random.Generator) -> Question | None:
    """One that falls within the weeks ahead, up to three weeks to either side; None: none does."""
    panel = asked.market.whole_panel
    if panel is None or panel.calendar is None:
        return None
    calendar = panel.calendar
    days = calendar[c.DAY].dt.date
    ahead = calendar[(days >= asked.first(2)) & (days <= asked.first(HORIZON))]
    if ahead.empty:
        return None
    row = ahead.iloc[int(rng.integers(len(ahead)))]
    many = int(rng.choice([-1, 1]) * rng.integers(5, 22))
    lever = FestivalLever(festival=str(row[c.FESTIVAL]), days=many)
    moved = FestivalShift(festival=str(row[c.FESTIVAL]), days=many, year=row[c.DAY].year)
    return Question("festival", lever, moved)


def new_shops(asked: Asked, rng: np.random.Generator) -> Question | None:
    """One to six of a kind in a region where such shops order; None: too few do.

    The generator makes unnamed kinds in a fixed order, so that the kind is always named.
    """
    first, count = int(rng.integers(1, 4)), int(rng.integers(1, 7))
    known = asked.market.shops[asked.market.shops["units"] > 0]
    row = known.iloc[int(rng.integers(len(known)))]
    region, segment = str(row[c.REGION]), str(row[c.SEGMENT])
    lever = NewRetailersLever(count=count, region=region, segment=segment, from_week=first)
    try:
        lever.check(asked.market)
    except NotEnoughDataError:
        return None
    moved = NewRetailers(count=count, region=region, segment=segment, on=asked.first(first))
    return Question("new-shops", lever, moved)


QUESTIONS: tuple[Make, ...] = (
    price, promotion, stock_out, leave, launch, demand, festival, new_shops,
)  # fmt: skip


def lucks(data: SyntheticData, known: int) -> np.ndarray:
    """What is ordered on other luck, the world being what it is: draws x (pieces, currency)."""
    found = []
    for number in range(LUCKS):
        lines = draw_lines(data.truth, Randomness(data.truth.seed + 1_000_003 * (number + 1)))
        later = lines.week >= known
        pieces = lines.quantity[later]
        found.append((float(pieces.sum()), float((pieces * lines.unit_price[later]).sum())))
    return np.array(found)


def ask(asked: Asked, question: Question, known: int, seed: int) -> Case:
    """Simulate, then move the lever truly."""
    scenario = Scenario(question.kind, (question.lever,), HORIZON, seed)
    said = simulate(asked.market, scenario)
    settings = replace(asked_settings(asked), seed=asked.data.truth.seed)
    moved = generate(settings, [question.truth])
    happened = np.subtract(realised(moved, known), realised(asked.data, known))
    others = np.vstack([lucks(moved, known) - asked.lucks, happened])

    def guess(one: Compared, at: int) -> Guess:
        return Guess(
            one.difference, one.low, one.high, float(happened[at]),
            float(others[:, at].mean()), float(others[:, at].std(ddof=1)),
        )  # fmt: skip

    plain = ", ".join(f"{name} {value}" for name, value in question.lever.to_dict().items())
    return Case(
        question.kind, plain, asked.data.truth.seed,
        guess(said.of(Measure.UNITS), 0), guess(said.of(Measure.REVENUE), 1),
    )  # fmt: skip


def asked_settings(asked: Asked) -> SyntheticSettings:
    """Settings of the world that is asked about."""
    return SyntheticSettings(seed=asked.data.truth.seed, **SIZE)


def cases(seed: int, rounds: int) -> list[Case]:
    """Random questions about one world, as many of each kind."""
    data = generate(SyntheticSettings(seed=seed, **SIZE))
    known = data.truth.timeline.weeks - HORIZON
    known_of = told(data, known, HORIZON)
    today = market(Known(**{one.name: getattr(known_of, one.name) for one in fields(known_of)}))
    start = data.truth.timeline.start + timedelta(weeks=known)
    asked = Asked(data, today, start, lucks(data, known))
    rng = np.random.default_rng(seed)
    made = (make(asked, rng) for _ in range(rounds) for make in QUESTIONS)
    return [ask(asked, one, known, seed) for one in made if one is not None]


def table(grading: Grading) -> str:
    """Rows of the README."""
    lines = [
        f"{WORLD.format_map(grading.sizes)}; seeds {grading.seeds[0]} to {grading.seeds[-1]},"
        f" {grading.horizon} weeks ahead. Bands are to hold 80 %; a sign is asked where the"
        " difference is more than twice its luck; error beside the size of what happened.",
        "",
        "| kind | measure | cases | inside | with a sign | right | error | of no change | width |",
        "|---" * 9 + "|",
    ]
    return "\n".join([*lines, *(_row(one) for one in grading.grades)])


def _row(one: Grade) -> str:
    right = "" if one.right_way is None else f"{one.right_way:.2f}"
    return (
        f"| {one.kind} | {one.measure} | {one.cases} | {one.inside:.2f} | {one.with_sign}"
        f" | {right} | {one.error:.2f} | {one.of_nothing:.2f} | {one.width:.2f} |"
    )


def main() -> None:
    """Ask, grade, tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--first-seed", type=int, default=911)
    parser.add_argument("--worlds", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=2, help="questions of each kind and world")
    parser.add_argument("--out", type=Path, help="where pages read the grading; else not written")
    parser.add_argument("--verbose", action="store_true")
    given = parser.parse_args()
    seeds = tuple(range(given.first_seed, given.first_seed + given.worlds))
    found: list[Case] = []
    for seed in seeds:
        found += cases(seed, given.rounds)
        print(f"world {seed} done", flush=True)
    if given.verbose:
        for one in found:
            print(one.words, one.seed)
            for guess in (one.units, one.revenue):
                print(f"  {guess.difference:.0f} [{guess.low:.0f}, {guess.high:.0f}]"
                      f" truth {guess.truth:.0f} expected {guess.expected:.0f}"
                      f" luck {guess.luck:.0f} {'' if guess.inside else 'OUT'}")  # fmt: skip
    made_on = datetime.now(tz=UTC).date().isoformat()
    grading = Grading(made_on, seeds, SIZE, HORIZON, grades(found))
    print(table(grading))
    if given.out:
        grading.save(given.out)
        replace_section(README, "scenario", table(grading))


if __name__ == "__main__":
    main()
