"""Both closed forms against the definition, and the cell that must be found."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse as sp

from smartreco.recommend.ease import (
    Ease,
    LowRankEase,
    ProductEase,
    ShopEase,
    fit_ease,
    form_for,
    shops_are_cheaper,
)

FORMS = [ProductEase, ShopEase, LowRankEase]


def by_definition(purchases: np.ndarray, attributes: np.ndarray, ridge: float) -> np.ndarray:
    """Least squares for each product from all others, one by one."""
    rows = np.vstack([purchases, attributes.T])
    products = purchases.shape[1]
    weights = np.zeros((products, products))
    for product in range(products):
        others = np.delete(np.arange(products), product)
        given = rows[:, others]
        gram = given.T @ given + ridge * np.eye(len(others))
        weights[others, product] = np.linalg.solve(gram, given.T @ rows[:, product])
    return weights


@pytest.fixture
def case() -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0)
    purchases = rng.random((9, 14)) * (rng.random((9, 14)) < 0.4)
    return purchases, 2.0 * (rng.random((14, 5)) < 0.3)


@pytest.mark.parametrize(
    ("form", "exact"), [(ProductEase, 1e-5), (ShopEase, 1e-10), (LowRankEase, 1e-5)]
)
def test_weights_are_those_of_the_definition(
    form: type[Ease], exact: float, case: tuple[np.ndarray, np.ndarray]
) -> None:
    purchases, attributes = case
    ease = form.fit(sp.csr_array(purchases), sp.csr_array(attributes), 3.0)
    everything = np.arange(purchases.shape[1])
    expected = by_definition(purchases, attributes, 3.0)
    assert ease.between(everything, everything) == pytest.approx(expected, abs=exact)
    assert not np.diagonal(ease.between(everything, everything)).any()
    scores = ease.score(sp.csr_array(purchases))
    assert scores == pytest.approx(purchases @ expected, abs=10 * exact)


@pytest.mark.parametrize("form", FORMS)
def test_scores_are_the_sums_of_weights(
    form: type[Ease], case: tuple[np.ndarray, np.ndarray]
) -> None:
    purchases, attributes = case
    ease = form.fit(sp.csr_array(purchases), sp.csr_array(attributes), 3.0)
    everything = np.arange(purchases.shape[1])
    sums = purchases @ ease.between(everything, everything)
    assert ease.score(sp.csr_array(purchases)) == pytest.approx(sums, rel=1e-9, abs=1e-12)
    assert ease.score(sp.csr_array(purchases[:1])) == pytest.approx(sums[:1], rel=1e-9, abs=1e-12)


def test_shops_fitted_on_are_read_off(case: tuple[np.ndarray, np.ndarray]) -> None:
    purchases, attributes = case
    ease = ShopEase.fit(sp.csr_array(purchases), sp.csr_array(attributes), 3.0)
    at = np.array([4, 0])
    read = ease.score_fitted(at, purchases[at])
    assert read == pytest.approx(ease.score(sp.csr_array(purchases[at])), rel=1e-9, abs=1e-12)


def test_no_attributes_and_no_shops_are_no_trouble() -> None:
    nothing = sp.csr_array((6, 0))
    for form in FORMS:
        ease = form.fit(sp.csr_array(np.eye(6)[:4]), nothing, 1.0)
        assert np.isfinite(ease.score(sp.csr_array(np.ones((2, 6))))).all()
        assert not form.fit(sp.csr_array((0, 6)), nothing, 1.0).score(sp.csr_array((1, 6))).any()


def test_the_cheaper_form_is_taken() -> None:
    assert shops_are_cheaper(shops=200, products=3800, attributes=1200)
    assert not shops_are_cheaper(shops=4300, products=3700, attributes=1000)
    few_shops = sp.csr_array(np.ones((2, 40)))
    assert isinstance(fit_ease(few_shops, sp.csr_array((40, 0)), 1.0), ShopEase)
    assert isinstance(fit_ease(sp.csr_array(few_shops.T), sp.csr_array((2, 0)), 1.0), ProductEase)


@pytest.mark.parametrize("form", FORMS)
def test_the_missing_cell_of_a_checkerboard_is_found(form: type[Ease]) -> None:
    board = np.indices((12, 12)).sum(axis=0) % 2
    board[5, 4] = 0  # the one cell that breaks the pattern
    scores = form.fit(sp.csr_array(board), sp.csr_array((12, 0)), 0.5).score(sp.csr_array(board))
    scores[board > 0] = -np.inf
    assert scores[5].argmax() == 4


@pytest.fixture(scope="module")
def taste() -> sp.csr_array:
    """300 shops of four tastes, each ordering about 30 of 200 products, mostly its own kind's."""
    rng = np.random.default_rng(5)
    chance = np.where(np.arange(300)[:, None] % 4 == np.arange(200) % 4, 0.4, 0.05)
    return sp.csr_array((rng.random((300, 200)) < chance).astype(float))


def test_more_rank_comes_closer_to_the_exact_weights(taste: sp.csr_array) -> None:
    everything, nothing = np.arange(200), sp.csr_array((200, 0))
    exact = ShopEase.fit(taste, nothing, 50.0).between(everything, everything)
    away = [
        np.linalg.norm(
            LowRankEase.fit(taste, nothing, 50.0, rank).between(everything, everything) - exact
        )
        for rank in (4, 40, 120, 200)
    ]
    assert away == sorted(away, reverse=True)
    assert away[-1] < 1e-4 * np.linalg.norm(exact)
    assert away[0] < np.linalg.norm(exact)


def test_what_a_low_rank_leaves_of_the_diagonal_is_kept(taste: sp.csr_array) -> None:
    """The truth for 4 eigenvectors, by inverting the corrected matrix itself."""
    ease = LowRankEase.fit(taste, sp.csr_array((200, 0)), 50.0, 4)
    gram = (taste.T @ taste).toarray()
    values, vectors = np.linalg.eigh(gram)
    low = (vectors[:, -4:] * values[-4:]) @ vectors[:, -4:].T
    inverse = np.linalg.inv(low + np.diag(np.diagonal(gram - low)) + 50.0 * np.eye(200))
    expected = -inverse / np.diagonal(inverse)
    np.fill_diagonal(expected, 0.0)
    everything = np.arange(200)
    assert ease.between(everything, everything) == pytest.approx(expected, abs=1e-4)


def test_low_rank_is_the_same_each_time(taste: sp.csr_array) -> None:
    first, second = (LowRankEase.fit(taste, sp.csr_array((200, 0)), 9.0, 16) for _ in range(2))
    assert np.array_equal(first.factors_, second.factors_)


def test_low_rank_is_taken_where_neither_side_is_small() -> None:
    assert form_for(shops=2_800, products=12_000, attributes=1_300) is ShopEase
    assert form_for(shops=20_000, products=6_500, attributes=1_300) is ProductEase
    assert form_for(shops=20_000, products=20_000, attributes=1_300) is LowRankEase
    assert form_for(shops=500, products=20_000, attributes=1_300) is ShopEase
