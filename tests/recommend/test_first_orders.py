"""Chances over all pairs are true on average, also where pairs are only sampled."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse as sp

from smartreco.recommend import first_orders
from smartreco.recommend.first_orders import Candidates, learn
from smartreco.recommend.logistic import logistic


def world(seed: int, shops: int = 300, products: int = 120) -> tuple[Candidates, sp.csr_array]:
    """Pairs whose chance rises with the score; some lapsed ones beside them."""
    rng = np.random.default_rng(seed)
    score = rng.normal(size=(shops, products)).astype(np.float32)
    score[rng.random(score.shape) < 0.2] = np.nan
    shop, product = np.nonzero(np.isnan(score))
    some = rng.random(len(shop)) < 0.3
    candidates = Candidates(
        score, rng.normal(size=(shops, 6)), rng.normal(size=(products, 2)),
        shop[some], product[some], rng.normal(size=(some.sum(), 3)),
    )  # fmt: skip
    chance = logistic(1.2 * np.nan_to_num(score, nan=-9) - 4 + 0.5 * candidates.shop_signals[:, :1])
    chance[candidates.lapsed_shop, candidates.lapsed_product] = logistic(
        candidates.lapsed_signals[:, 0] - 3
    )
    return candidates, sp.csr_array((rng.random(score.shape) < chance).astype(float))


def test_chances_come_true_on_another_window() -> None:
    learned = learn(*world(1), np.random.default_rng(0))
    assert learned is not None
    assert learned.lapsed is not None
    candidates, later = world(2)
    chance = learned.of(candidates)
    came = later.toarray() > 0
    for part in (chance > 0.1, (chance > 0.02) & (chance <= 0.1), (chance > 0) & (chance <= 0.02)):
        assert came[part].mean() == pytest.approx(chance[part].mean(), rel=0.25)
    bought = np.isnan(candidates.score)
    bought[candidates.lapsed_shop, candidates.lapsed_product] = False
    assert (chance[bought] == 0).all()


def test_sampled_pairs_teach_the_same_chances(monkeypatch: pytest.MonkeyPatch) -> None:
    candidates, later = world(3)
    whole = learn(candidates, later, np.random.default_rng(0))
    monkeypatch.setattr(first_orders, "MOST_SAMPLED", 2000)
    some = learn(candidates, later, np.random.default_rng(0))
    assert whole is not None
    assert some is not None
    assert some.of(candidates).sum() == pytest.approx(whole.of(candidates).sum(), rel=0.1)


def test_too_few_orders_teach_nothing() -> None:
    candidates, later = world(4)
    assert learn(candidates, later * 0, np.random.default_rng(0)) is None
