"""Shares of shown lines: counted right, with intervals that hold over shops."""

from __future__ import annotations

import doctest

import numpy as np
import pandas as pd
import pytest

from smartreco.evaluation import after
from smartreco.evaluation.after import FEWEST_LINES, FEWEST_SHOPS, Lines, Verdict


def lines(
    shop: object, ordered: object, *, days: float = 28.0, said: float = np.nan, version: object = 1
) -> pd.DataFrame:
    frame = pd.DataFrame({"shop": shop, "ordered": ordered})
    return frame.assign(days=days, said=said, version=version)


def drawn(shops: int, each: int, chance: float, seed: int, **more: object) -> pd.DataFrame:
    """Shops with a taste of their own, so that their lines are alike."""
    rng = np.random.default_rng(seed)
    own = np.repeat(rng.beta(chance * 4, (1 - chance) * 4, size=shops), each)
    return lines(np.repeat(np.arange(shops), each), rng.uniform(size=shops * each) < own, **more)  # type: ignore[arg-type]


def test_a_share_is_hits_of_lines() -> None:
    frame = drawn(30, 20, 0.3, 1)
    found = Lines.of(frame, ["ordered"]).shares("ordered", np.zeros(len(frame)))[0.0]
    assert (found.lines, found.shops) == (600, 30)
    assert found.hits == frame["ordered"].sum()
    assert found.share == pytest.approx(frame["ordered"].mean())
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.share < found.high


def test_lines_of_one_shop_are_not_taken_for_independent_ones() -> None:
    """Were they, the interval would be narrower than shops of such different tastes allow."""
    frame = drawn(40, 50, 0.3, 2)
    found = Lines.of(frame, ["ordered"]).shares("ordered", np.zeros(len(frame)))[0.0]
    naive = after.wilson(found.hits, found.lines)
    assert found.low is not None
    assert found.high is not None
    assert found.high - found.low > 2 * (naive[1] - naive[0])


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    held = 0
    for seed in range(60):
        frame = drawn(60, 10, 0.3, seed)
        found = Lines.of(frame, ["ordered"]).shares("ordered", np.zeros(len(frame)))[0.0]
        assert found.low is not None
        assert found.high is not None
        held += found.low <= 0.3 <= found.high
    assert held >= 51  # 57 of 60 are expected


@pytest.mark.parametrize(
    ("shops", "each"), [(FEWEST_SHOPS - 1, 50), (FEWEST_SHOPS + 5, 2), (1, FEWEST_LINES)]
)
def test_too_few_shops_or_lines_make_no_share(shops: int, each: int) -> None:
    frame = drawn(shops, each, 0.5, 3)
    found = Lines.of(frame, ["ordered"]).shares("ordered", np.zeros(len(frame)))[0.0]
    assert (found.share, found.low, found.high) == (None, None, None)
    assert found.lines == shops * each


def test_a_share_of_nothing_is_not_taken_for_certain() -> None:
    frame = lines(np.repeat(np.arange(20), 10), False)
    found = Lines.of(frame, ["ordered"]).shares("ordered", np.zeros(len(frame)))[0.0]
    assert (found.share, found.low) == (0.0, 0.0)
    assert found.high == pytest.approx(after.wilson(0, 20)[1])
    assert found.high > 0.1


def test_groups_are_told_apart() -> None:
    frame = pd.concat([drawn(30, 20, 0.2, 4), drawn(30, 20, 0.6, 5, version=2)])
    found = Lines.of(frame, ["ordered"]).shares("ordered", frame["version"].to_numpy())
    for version in (1, 2):
        own = frame[frame["version"] == version]
        assert found[version].share == pytest.approx(own["ordered"].mean())


def verdict(a: pd.DataFrame, b: pd.DataFrame) -> Verdict:
    frame = pd.concat([a.assign(version=1), b.assign(version=2)])
    version = frame["version"].to_numpy()
    return Lines.of(frame, ["ordered"]).gap("ordered", version == 2, version == 1).verdict


def test_a_difference_is_beyond_noise_only_where_shops_agree_on_it() -> None:
    assert verdict(drawn(40, 20, 0.2, 6), drawn(40, 20, 0.5, 7)) is Verdict.MORE
    assert verdict(drawn(40, 20, 0.5, 8), drawn(40, 20, 0.2, 9)) is Verdict.LESS
    assert verdict(drawn(40, 20, 0.3, 10), drawn(40, 20, 0.3, 11)) is Verdict.NOISE
    assert verdict(drawn(40, 20, 0.2, 6), drawn(5, 50, 0.5, 7)) is Verdict.FEW


def test_lines_that_were_seen_for_unlike_times_are_not_compared() -> None:
    short = drawn(40, 20, 0.2, 6, days=12.0)
    assert verdict(short, drawn(40, 20, 0.5, 7)) is Verdict.UNEVEN
    assert verdict(drawn(40, 20, 0.2, 6, days=27.0), drawn(40, 20, 0.5, 7)) is Verdict.MORE


def test_the_same_difference_at_every_shop_is_certain() -> None:
    """Both versions keep the same shops in each draw."""
    shop = np.repeat(np.arange(20), 20)
    some = np.tile(np.arange(20), 20)
    frame = pd.concat([lines(shop, some < 5), lines(shop, some < 10, version=2)])
    version = frame["version"].to_numpy()
    found = Lines.of(frame, ["ordered"]).gap("ordered", version == 2, version == 1)
    assert (found.difference, found.low, found.high) == pytest.approx((0.25, 0.25, 0.25))


def test_what_was_said_stands_beside_what_came() -> None:
    frame = pd.concat(
        [drawn(30, 20, 0.3, 12, said=0.3), drawn(30, 20, 0.1, 13, said=0.08), drawn(30, 9, 0.5, 14)]
    )
    low, high = Lines.of(frame, ["ordered"]).promises("ordered")
    assert (low.said, high.said) == pytest.approx((0.08, 0.3))
    assert low.low <= 0.08 < low.high
    assert (low.came.lines, high.came.lines) == (600, 600)  # what nothing was said of is left out


def test_no_line_at_all_says_nothing() -> None:
    none = Lines.of(lines([], []), ["ordered"])
    assert none.shares("ordered", []) == {}
    assert none.promises("ordered") == ()
    empty = np.zeros(0, dtype=bool)
    assert none.gap("ordered", empty, empty).verdict is Verdict.FEW


def test_the_examples_hold() -> None:
    assert doctest.testmod(after).failed == 0
