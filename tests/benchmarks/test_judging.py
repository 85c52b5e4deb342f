"""Figures from lists that are known to be right or wrong."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.judging import calibration_errors, figures, judge
from benchmarks.rivals.served import LENGTH, Said, Served
from benchmarks.sets.prepared import SOON, Prepared
from smartreco.entities import ListName


def served(prepared: Prepared, right: bool) -> Served:
    """Ten relevant products first, or only products that nobody ordered."""
    lists = {}
    for name in ListName:
        relevant = prepared.relevant(name).toarray() > 0
        order = np.argsort(~relevant if right else relevant, axis=1, kind="stable")
        lists[name] = np.full((len(order), LENGTH), -1)
        lists[name][:] = order[:, :LENGTH]
    return Served(lists, dict.fromkeys(ListName, "x"), 1.0, 2.0, 3.0, 4.0)


def test_the_best_lists_possible_have_a_gain_of_one(drawn: Prepared) -> None:
    for name in ListName:
        found = judge(drawn, name, served(drawn, right=True).lists[name])
        assert np.nanmin(found.ndcg) == pytest.approx(1.0)
        wrong = judge(drawn, name, served(drawn, right=False).lists[name])
        assert wrong.figures["ndcg"] < 0.5


def test_retailers_with_nothing_relevant_have_no_figure(drawn: Prepared) -> None:
    relevant = drawn.relevant(ListName.DISCOVER)
    found = judge(drawn, ListName.DISCOVER, served(drawn, right=True).lists[ListName.DISCOVER])
    assert (np.isnan(found.ndcg) == (np.diff(relevant.indptr) == 0)).all()


def test_the_gain_over_a_rival_is_ours_minus_it(drawn: Prepared) -> None:
    found = figures(drawn, {"ours": served(drawn, True), "it": served(drawn, False)}, "ours")
    for name in ListName:
        own, other = found["ours"][name.value], found["it"][name.value]
        gain = other["ours_minus_this"]
        assert gain["mean"] == pytest.approx(own["ndcg"] - other["ndcg"])
        assert gain["low"] <= gain["mean"] <= gain["high"]
        assert "ours_minus_this" not in own


def test_probabilities_are_held_against_the_days_they_speak_of(drawn: Prepared) -> None:
    soon = drawn.relevant(ListName.ALL, days=SOON).toarray() > 0
    row, product = np.nonzero(np.ones_like(soon))
    true = Said(row, product, soon[row, product].astype(float))
    off = Said(row, product, np.full(len(row), 0.9))
    one = served(drawn, True)
    for said, error in ((true, 0.0), (off, 0.9 - soon.mean())):
        again = Served(**{**vars(one), "said": {ListName.ALL: said}})
        assert calibration_errors(drawn, again)[ListName.ALL] == pytest.approx(error)
