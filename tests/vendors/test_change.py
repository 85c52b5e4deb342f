"""The change in value is split into parts that sum to it, whatever the sales."""

from __future__ import annotations

from math import fsum

import numpy as np
import pandas as pd
import pytest

from smartreco.vendors.change import PARTS, decompose
from smartreco.vendors.movers import moves, top

COLUMNS = ["retailer_id", "product_id", "quantity_before", "value_before", "quantity", "value"]

#: Then and now. Asha keeps rice (10 at 5 -> 12 at 6) and takes tea up; Bela is lost, Chand is
#: won; dal was launched since, ink has ended.
TABLE = pd.DataFrame(
    [
        ("asha", "rice", 10, 50.0, 12, 72.0),
        ("asha", "tea", 0, 0.0, 2, 20.0),
        ("asha", "dal", 0, 0.0, 3, 27.0),
        ("asha", "ink", 4, 16.0, 0, 0.0),
        ("bela", "rice", 6, 30.0, 0, 0.0),
        ("bela", "ink", 1, 4.0, 0, 0.0),
        ("chand", "rice", 0, 0.0, 5, 25.0),
        ("chand", "dal", 0, 0.0, 1, 9.0),
    ],
    columns=COLUMNS,
)
LAUNCHED, ENDED = TABLE["product_id"] == "dal", TABLE["product_id"] == "ink"


def world(seed: int) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 120))
    frame = pd.DataFrame(
        {
            "retailer_id": rng.integers(0, 12, n).astype(str),
            "product_id": rng.integers(0, 9, n).astype(str),
        }
    ).drop_duplicates(ignore_index=True)
    for end in ("", "_before"):
        pieces = rng.integers(0, 30, len(frame)) * (rng.random(len(frame)) < 0.6)
        frame[f"quantity{end}"] = pieces.astype(float)
        frame[f"value{end}"] = np.round(pieces * rng.uniform(0.01, 9e4, len(frame)), 2)
    frame["region"] = frame["retailer_id"].map(lambda one: "NSE"[int(one) % 3])
    return frame


def test_the_parts_of_a_small_example_are_those_of_a_sheet_of_paper() -> None:
    found = decompose(TABLE, launched=LAUNCHED, ended=ENDED).iloc[0]
    assert found.to_dict() == {
        "value": 153.0,
        "value_before": 100.0,
        "change": 53.0,
        "volume": 2 * 5.0 + 20.0,  # two more of rice at the price then, and tea taken up
        "price": 12 * (6.0 - 5.0),
        "won": 25.0,
        "lost": -30.0,
        "launched": 27.0 + 9.0,
        "ended": -16.0 - 4.0,
    }


def test_a_product_on_its_own_counts_its_own_shops() -> None:
    found = decompose(TABLE, "product_id")
    assert found.loc["tea", "won"] == 20.0  # Asha bought before, but no tea
    assert found.loc["rice", list(PARTS)].tolist() == [10.0, 12.0, 25.0, -30.0, 0.0, 0.0]


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("by", [None, "product_id", "region"])
def test_the_parts_sum_to_the_change_exactly(seed: int, by: str | None) -> None:
    pairs = world(seed)
    rng = np.random.default_rng(seed + 1000)
    new = pd.Series(rng.random(len(pairs)) < 0.2)
    old = pd.Series(rng.random(len(pairs)) < 0.2)
    found = decompose(pairs, by, new, old)
    assert [fsum(row) for row in found[list(PARTS)].to_numpy()] == found["change"].tolist()
    groups = pairs.assign(all="").groupby(by or "all")
    now = groups["value"].agg(fsum)
    then = groups["value_before"].agg(fsum)
    assert found["value"].tolist() == pytest.approx(now.tolist(), rel=1e-15)
    cents = np.rint(100 * now.to_numpy()) - np.rint(100 * then.to_numpy())
    assert np.rint(100 * found["change"].to_numpy()).tolist() == cents.tolist()
    assert sum(found["change"]) == pytest.approx(fsum(now) - fsum(then), abs=1e-6)


@pytest.mark.parametrize("seed", range(20))
def test_won_and_launched_never_take_away_and_lost_and_ended_never_add(seed: int) -> None:
    found = decompose(world(seed), "region")
    assert (found[["won", "launched"]] >= 0).all(axis=None)
    assert (found[["lost", "ended"]] <= 0).all(axis=None)


def test_the_order_of_rows_changes_nothing() -> None:
    pairs = world(7)
    again = pairs.sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(decompose(pairs, "region"), decompose(again, "region"))


def test_no_sales_make_no_groups() -> None:
    assert decompose(world(1).iloc[:0], "region").empty
    assert moves(decompose(world(1).iloc[:0])) == ()


def test_movers_are_the_largest_with_the_part_that_moved_them() -> None:
    up, down = top(decompose(TABLE, "product_id", LAUNCHED, ENDED), most=2)
    assert [(one.id, one.reason) for one in up] == [("dal", "launched"), ("tea", "won")]
    assert [(one.id, one.change, one.reason) for one in down] == [("ink", -20.0, "ended")]
    rice = moves(decompose(TABLE, "product_id"))[2]
    assert (rice.change, rice.share, rice.reason) == (17.0, 17 / 80, "won")
