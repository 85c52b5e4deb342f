"""Markets small enough to compute by hand, and one learned from a synthetic world."""

from __future__ import annotations

from dataclasses import fields, replace
from functools import cache

import numpy as np
import pandas as pd

from smartreco.dataset.synthetic import SyntheticSettings, generate
from smartreco.evaluation.scenario_world import told
from smartreco.forecast.panel import Panel
from smartreco.scenario.learning import Known, market
from smartreco.scenario.market import Market
from smartreco.scenario.market_parts import Goods, Response, Shelves, Together
from smartreco.scenario.substitution import Substitution

WEEKS = 4
NAMES = ("tea", "chai", "soap", "shirt")
MEAN = np.array([10.0, 30.0, 20.0, 5.0])
PRICE = np.array([100.0, 50.0, 20.0, 400.0])
ELASTICITY = np.array([-2.0, -1.0, -1.5, -0.5])


def certain(share: float = 0.0) -> Market:
    """Four products of which everything is known for sure: every draw is the same.

    Tea and chai can stand in for each other; of what one loses ``share`` turns to the other.
    """
    n = len(NAMES)
    mean = np.repeat(MEAN[:, None], WEEKS, axis=1)
    starts = np.datetime64("2026-01-05") + 7 * np.arange(WEEKS)
    ids = np.array([f"P{row}" for row in range(n)])
    kinds = np.array(["Food", "Food", "Care", "Wear"])
    past = np.repeat(MEAN[:, None], 30, axis=1)
    before = np.datetime64("2026-01-05") - 7 * np.arange(30, 0, -1)
    return Market(
        goods=Goods(
            ids, np.array(NAMES), kinds,
            np.array(["hot", "hot", "", ""]),
            np.array(["V1", "V2", "V2", "V3"]),
            np.array([60.0, 40.0, 10.0, np.nan]), np.array([5.0, 10.0, 10.0, 1.0]),
            np.zeros(n), np.zeros(n),
            np.array([[0.5, 0.5], [1.0, 0.0], [0.25, 0.75], [0.0, 1.0]]),
        ),
        starts=starts,
        mean=mean,
        quantiles=np.repeat(mean[:, :, None], 5, axis=2),
        price=PRICE,
        depth=np.zeros((n, WEEKS)),
        response=Response(
            np.column_stack([ELASTICITY, np.full(n, 0.1)]), np.array([0, 0, 1, 2]),
            np.zeros((n, 2, 1)), np.zeros((n, 2, 2)), np.array([True, True, False, True]), True,
            12, np.full(n, np.log(0.8)), np.full(n, np.log(1.2)),
        ),
        together=Together(0.1, 0.1, 0.1, 0.1),
        substitution=Substitution(share, 0.0),
        out=np.zeros(n),
        stock_known=False,
        regions=np.array(["East", "West"]),
        segments=np.array(["corner"]),
        shops=pd.DataFrame(
            {
                "retailer_id": ["R1", "R2", "R3"], "region": "East", "segment": "corner",
                "units": [8.0, 8.0, 8.0], "first_week": 0,
            }
        ),
        buyers=pd.DataFrame(
            {
                "product_id": ["P0", "P1", "P1"], "retailer_id": ["R1", "R1", "R2"],
                "units": [2.0, 4.0, 2.0],
            }
        ),
        shelves=None,
        panel=Panel(past, ids, np.repeat("product", n), kinds, before),
    )  # fmt: skip


def uncertain(share: float = 0.2) -> Market:
    """The same with bands, lumps, doubts, and shelves that are empty now and then."""
    plain = certain(share)
    n = len(plain)
    return replace(
        plain,
        goods=replace(plain.goods, lump=np.full(n, 3.0), loose=np.full(n, 3.0)),
        quantiles=plain.mean[:, :, None] * np.array([0.3, 0.6, 1.0, 1.4, 1.9]),
        response=replace(
            plain.response,
            shared=np.full((n, 2, 1), 0.1),
            apart=np.tile(np.array([[0.3, 0.0], [-0.05, 0.05]]), (n, 1, 1)),
        ),
        substitution=Substitution(share, 0.1),
        out=np.full(n, 0.05),
        stock_known=True,
        shelves=Shelves(2 * MEAN, np.zeros(n), np.ones(n)),
    )


@cache
def learned() -> Market:
    """Of a small synthetic world, eight weeks before its end."""
    settings = SyntheticSettings(retailers=40, products=80, vendors=8, months=16, seed=3)
    data = generate(settings)
    known = told(data, data.truth.timeline.weeks - 8, 8)
    return market(Known(**{one.name: getattr(known, one.name) for one in fields(known)}))
