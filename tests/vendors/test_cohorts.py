"""Shops won, kept and lost against counts made by hand."""

from __future__ import annotations

import numpy as np
import pytest

from smartreco.vendors.cohorts import Bought, flows, kept, states

MASK = np.array(
    [
        [1, 1, 1, 1],  # always there
        [1, 0, 1, 0],  # lost, back, lost
        [0, 1, 0, 0],  # tried once
        [0, 0, 0, 1],  # won last
    ],
    dtype=bool,
)


def test_flows_balance_from_quarter_to_quarter() -> None:
    found = flows(Bought(MASK)).set_index("quarter")
    assert found["shops"].tolist() == [2, 2, 2, 2]
    assert found.loc[0, ["won", "kept", "lost"]].isna().all()
    assert found.loc[1:, "won"].tolist() == [1, 1, 1]
    assert found.loc[1:, "new"].tolist() == [1, 0, 1]
    assert found.loc[1:, "back"].tolist() == [0, 1, 0]
    assert found.loc[1:, "kept"].tolist() == [1, 1, 1]
    assert found.loc[1:, "lost"].tolist() == [1, 1, 1]


@pytest.mark.parametrize("seed", range(5))
def test_shops_are_kept_and_won_or_kept_and_lost(seed: int) -> None:
    mask = np.random.default_rng(seed).random((40, 6)) < 0.4
    found = flows(Bought(mask[mask.any(axis=1)]))
    assert (found["won"] + found["kept"])[1:].tolist() == found["shops"][1:].tolist()
    assert (found["lost"] + found["kept"])[1:].tolist() == found["shops"][:-1].tolist()


def test_cohorts_tell_what_became_of_the_shops_won() -> None:
    found = kept(Bought(MASK)).set_index(["cohort", "quarter"])
    assert found.loc[(0, 0), "shops"] == 2
    assert found.loc[0, "buying"].tolist() == [2, 1, 2, 1]
    assert found.loc[(1, 2), "share"] == 0.0
    assert 2 not in found.index.get_level_values("cohort")  # nobody was won in it
    assert (found["age"] == 0).sum() == 3


def test_each_shop_has_one_state() -> None:
    assert states(Bought(MASK), 2).tolist() == ["kept", "back", "lost", "since"]
    assert states(Bought(MASK), 3).tolist() == ["kept", "lost", "before", "new"]
