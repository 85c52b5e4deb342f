"""Both closed forms against the definition, and the cell that must be found."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse as sp

from smartreco.recommend.ease import ProductEase, ShopEase, fit_ease, shops_are_cheaper


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


@pytest.mark.parametrize(("form", "exact"), [(ProductEase, 1e-5), (ShopEase, 1e-10)])
def test_weights_are_those_of_the_definition(
    form: type[ProductEase | ShopEase], exact: float, case: tuple[np.ndarray, np.ndarray]
) -> None:
    purchases, attributes = case
    ease = form.fit(sp.csr_array(purchases), sp.csr_array(attributes), 3.0)
    everything = np.arange(purchases.shape[1])
    expected = by_definition(purchases, attributes, 3.0)
    assert ease.between(everything, everything) == pytest.approx(expected, abs=exact)
    assert not np.diagonal(ease.between(everything, everything)).any()
    scores = ease.score(sp.csr_array(purchases))
    assert scores == pytest.approx(purchases @ expected, abs=10 * exact)


@pytest.mark.parametrize("form", [ProductEase, ShopEase])
def test_scores_are_the_sums_of_weights(
    form: type[ProductEase | ShopEase], case: tuple[np.ndarray, np.ndarray]
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
    for form in (ProductEase, ShopEase):
        ease = form.fit(sp.csr_array(np.eye(6)[:4]), nothing, 1.0)
        assert np.isfinite(ease.score(sp.csr_array(np.ones((2, 6))))).all()
        assert not form.fit(sp.csr_array((0, 6)), nothing, 1.0).score(sp.csr_array((1, 6))).any()


def test_the_cheaper_form_is_taken() -> None:
    assert shops_are_cheaper(shops=200, products=3800, attributes=1200)
    assert not shops_are_cheaper(shops=4300, products=3700, attributes=1000)
    few_shops = sp.csr_array(np.ones((2, 40)))
    assert isinstance(fit_ease(few_shops, sp.csr_array((40, 0)), 1.0), ShopEase)
    assert isinstance(fit_ease(sp.csr_array(few_shops.T), sp.csr_array((2, 0)), 1.0), ProductEase)


@pytest.mark.parametrize("form", [ProductEase, ShopEase])
def test_the_missing_cell_of_a_checkerboard_is_found(form: type[ProductEase | ShopEase]) -> None:
    board = np.indices((12, 12)).sum(axis=0) % 2
    board[5, 4] = 0  # the one cell that breaks the pattern
    scores = form.fit(sp.csr_array(board), sp.csr_array((12, 0)), 0.5).score(sp.csr_array(board))
    scores[board > 0] = -np.inf
    assert scores[5].argmax() == 4
