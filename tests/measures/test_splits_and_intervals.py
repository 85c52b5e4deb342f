"""Cuts in time, paired intervals and reliability."""

from __future__ import annotations

import numpy as np
import pytest

from smartreco.measures.bootstrap import paired_difference, standard_error
from smartreco.measures.calibration import reliability
from smartreco.measures.splits import random_split, time_cut


def test_about_the_asked_share_of_lines_lies_before_the_cut() -> None:
    days = np.random.default_rng(0).integers(0, 500, 10_000)
    assert np.mean(days < time_cut(days, 0.8)) == pytest.approx(0.8, abs=0.01)


def test_a_random_split_knows_the_future() -> None:
    days = np.arange(1000)
    train = random_split(len(days), 0.8, np.random.default_rng(0))
    assert days[train].max() > days[~train].min()


def test_an_interval_covers_the_true_gain_about_as_often_as_it_says() -> None:
    rng = np.random.default_rng(1)
    covered = 0
    for _ in range(200):
        theirs = rng.normal(0.3, 0.2, 80)
        found = paired_difference(theirs + rng.normal(0.05, 0.1, 80), theirs, rng, draws=300)
        covered += found.low <= 0.05 <= found.high
    assert 175 <= covered <= 200


def test_shops_without_a_measure_are_left_out_of_a_difference() -> None:
    found = paired_difference(
        np.array([0.5, np.nan, 0.7]), np.array([0.4, 0.9, np.nan]), np.random.default_rng(0)
    )
    assert (found.shops, found.mean) == (1, 0.1)
    assert paired_difference(np.array([np.nan]), np.zeros(1), np.random.default_rng(0)).shops == 0
    assert standard_error(np.array([1.0])) == np.inf


def test_honest_probabilities_have_little_error_and_boasts_have_much() -> None:
    rng = np.random.default_rng(2)
    chance = rng.uniform(0, 1, 20_000)
    happened = rng.uniform(0, 1, 20_000) < chance
    assert reliability(chance, happened).error < 0.02
    assert reliability(np.sqrt(chance), happened).error > 0.1
