"""Forecasts and price response against what is true: `python -m benchmarks.truth`.

Makes synthetic worlds that nothing was chosen on, grades forecasts against an oracle that
knows the generator, tells the forecaster one cause after another to see where the rest is
lost, grades when demand rises and sags around festivals, counts how often the true
elasticity lies in its 90 % interval, and writes its section of `benchmarks/README.md`.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.table import replace_section
from smartreco import columns as c
from smartreco.dataset.synthetic import SyntheticData, SyntheticSettings, generate
from smartreco.dataset.world.festivals import DIWALI_LEAD, LAG, LEAD
from smartreco.evaluation.synthetic_grading import MakeFor, grade
from smartreco.evaluation.synthetic_world import World, without, world
from smartreco.forecast.arrays import Floats
from smartreco.forecast.coherent import coherent
from smartreco.forecast.elasticity import elasticities
from smartreco.forecast.festivals import learn
from smartreco.forecast.forecaster import Forecast, forecast
from smartreco.forecast.panel import Level
from smartreco.forecast.price_known import Prices
from smartreco.forecast.price_panel import STOCKED_OUT
from smartreco.forecast.price_trial import judge
from smartreco.forecast.priced import coherent_at_prices

README = Path(__file__).with_name("README.md")
HORIZON, BACK = 8, (12, 8, 4, 0)  # weeks ahead; weeks before the end of the past
LEVELS = (Level.TOTAL, Level.REGION, Level.CATEGORY, Level.VENDOR, Level.RETAILER, Level.PRODUCT)
SIZES = {
    "as the demo": {},
    "small": {"retailers": 60, "products": 120, "vendors": 8},
}
Figures = dict[str, list[float]]


def prices_of(made: World) -> Prices:
    """Prices and planned promotions as a data set tells them."""
    planned = made.price.shape[1] - made.panel.weeks
    return Prices(made.price - np.log1p(-made.depth), made.depth, planned)


def plain(told: World, horizon: int) -> Forecast:
    """Prices left out."""
    return coherent(told.panel, told.structure, horizon)


def ours(told: World, horizon: int) -> Forecast:
    """Prices used where they served before."""
    prices = prices_of(told).until(told.panel.weeks, horizon)
    if judge(told.panel, prices, horizon).used:
        return coherent_at_prices(told.panel, told.structure, prices, horizon)
    return plain(told, horizon)


def told_of(factor: Floats) -> MakeFor:
    """The forecaster that is told what a cause does to demand, past and to come."""

    def make(told: World, horizon: int) -> Forecast:
        cut = told.panel.weeks
        panel, past = told.panel, factor[:, :cut]
        held = None if panel.held is None else panel.held / past
        steady = replace(panel, values=panel.values / past, held=held)
        made = forecast(steady, horizon)
        return made.moved_to(made.mean * factor[:, cut : cut + horizon], reconciled=False)

    return make


def factor_of(full: World, less: World) -> Floats:
    """What a cause multiplies each series' demand by."""
    return np.maximum(full.expected, 1e-9) / np.maximum(less.expected, 1e-9)


def forecasts(data: SyntheticData) -> dict[tuple[str, str], tuple[float, float, float]]:
    """Error beside oracle and seer, and bias, by method and level."""
    made = world(data)
    causes = {
        cause: factor_of(made, world(without(data, cause))) for cause in ("price", "festival")
    }
    year = factor_of(made, world(without(data, "season")))
    causes["festival and season"] = causes["festival"] * year
    causes["all three"] = causes["festival and season"] * causes["price"]
    methods: dict[str, MakeFor] = {"SmartReco": ours, "prices left out": plain}
    methods |= {f"told: {name}": told_of(factor) for name, factor in causes.items()}
    cuts = [made.panel.weeks - back for back in BACK]
    return {
        (name, one.level): (one.ratio, one.ratio_to_seer, one.bias)
        for name, method in methods.items()
        for one in grade(made, method, HORIZON, cuts)
    }


def price_rows(data: SyntheticData) -> pd.DataFrame:
    """Product x week as the workspace reads it: paid, sold, promoted, out of stock."""
    truth, weeks = data.truth, data.truth.timeline.weeks
    orders = data.clean.orders
    start = np.datetime64(truth.timeline.start, "D")
    week = (orders[c.ORDERED_AT].to_numpy().astype("datetime64[D]") - start).astype(int) // 7
    sold = orders.assign(period=week).groupby([c.PRODUCT_ID, "period"])[c.QUANTITY].sum()
    ids = truth.products[c.PRODUCT_ID].to_numpy()
    grid = pd.MultiIndex.from_product([ids, range(weeks)], names=[c.PRODUCT_ID, "period"])
    paid = np.round(truth.list_price * (1 - truth.depth), 2)[:, :weeks].astype(float)
    units = sold.reindex(grid, fill_value=0).to_numpy(dtype=float)
    kinds = truth.products.set_index(c.PRODUCT_ID)
    rows = pd.DataFrame({c.PRODUCT_ID: np.repeat(ids, weeks), "units": units})
    rows["week"] = np.tile(start + 7 * np.arange(weeks), len(ids))
    rows["price"] = np.where(units > 0, paid.ravel(), np.nan)
    rows[c.DEPTH] = truth.depth[:, :weeks].astype(float).ravel()
    rows[STOCKED_OUT] = truth.stock_outs[:, :weeks].ravel()
    for name in (c.CATEGORY, c.SUBCATEGORY):
        rows[name] = rows[c.PRODUCT_ID].map(kinds[name])
    return rows[rows.groupby(c.PRODUCT_ID)["units"].transform("sum") > 0]


def coverage(data: SyntheticData) -> tuple[float, float, float]:
    """Share of true elasticities inside, mean width of the interval, mean absolute error."""
    found = elasticities(price_rows(data))
    truth = data.truth.products.set_index(c.PRODUCT_ID)["elasticity"]
    true = truth.reindex(found[c.PRODUCT_ID]).to_numpy()
    inside = (found["low"] <= true) & (true <= found["high"])
    width = (found["high"] - found["low"]).mean()
    return float(inside.mean()), float(width), float((found["elasticity"] - true).abs().mean())


def festival_days(data: SyntheticData) -> tuple[float, float, float]:
    """Days at which demand was found to peak before festivals, before Diwali, and to sag after."""
    found = learn(world(data).panel)
    if found is None:
        return np.nan, np.nan, np.nan
    return found.shape.lead, float(found.leads[found.names == "Diwali"][0]), found.shape.lag


def table(found: dict[tuple[str, str], list[tuple[float, float, float]]]) -> list[str]:
    """Errors beside the oracle's, a row a method."""
    lines = ["| | " + " | ".join(level.value for level in LEVELS) + " |", "|---" * 7 + "|"]
    for name in dict.fromkeys(name for name, _ in found):
        means = [np.mean([one[0] for one in found[name, level.value]]) for level in LEVELS]
        lines.append(f"| {name} | " + " | ".join(f"{mean:.3f}" for mean in means) + " |")
    for words, at in (("SmartReco beside the seer", 1), ("SmartReco, bias", 2)):
        means = [np.mean([one[at] for one in found["SmartReco", level.value]]) for level in LEVELS]
        lines.append(f"| {words} | " + " | ".join(f"{mean:.2f}" for mean in means) + " |")
    return lines


def shares(name: str, rows: list[tuple[float, float, float]]) -> str:
    """One row of the coverage table."""
    inside, width, error = np.array(rows).T
    return (
        f"| {name} | {len(rows)} | {inside.mean():.3f} | {inside.min():.2f}–{inside.max():.2f}"
        f" | {width.mean():.2f} | {error.mean():.2f} |"
    )


def main() -> None:
    """Make worlds, grade, tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--first-seed", type=int, default=501)
    parser.add_argument("--worlds", type=int, default=12, help="for elasticities, of each size")
    parser.add_argument("--forecast-worlds", type=int, default=4)
    given = parser.parse_args()
    seeds = range(given.first_seed, given.first_seed + given.worlds)
    inside: dict[str, list[tuple[float, float, float]]] = {}
    for size, settings in SIZES.items():
        inside[size] = [coverage(generate(SyntheticSettings(seed=s, **settings))) for s in seeds]
        print(shares(size, inside[size]), flush=True)
    found: dict[tuple[str, str], list[tuple[float, float, float]]] = defaultdict(list)
    days: list[tuple[float, float, float]] = []
    for seed in seeds[: given.forecast_worlds]:
        data = generate(SyntheticSettings(seed=seed))
        days.append(festival_days(data))
        for key, figures in forecasts(data).items():
            found[key].append(figures)
        print(f"world {seed} done", flush=True)
    peaks = ", ".join(f"{lead:.0f} ({long:.0f}) and {lag:.0f}" for lead, long, lag in days)
    words = [
        f"Error of the forecast over that of the oracle, {given.forecast_worlds} worlds of the"
        f" demo's size, {len(BACK)} origins, {HORIZON} weeks ahead; 1.10 is ten per cent more.",
        "", *table(found), "",
        f"Festivals: demand peaks {LEAD:.0f} ({DIWALI_LEAD:.0f} before Diwali) days before and"
        f" sags {LAG:.0f} after; found, world by world: {peaks}.", "",
        "Elasticity: share of products whose true value lies in the 90 % interval.", "",
        "| size | worlds | inside | worlds' range | mean width | mean error |", "|---" * 6 + "|",
        *(shares(size, rows) for size, rows in inside.items()),
    ]  # fmt: skip
    replace_section(README, "truth", "\n".join(words))


if __name__ == "__main__":
    main()
