"""What is chosen on the inner cut: by the past alone, only for a sure gain, honestly."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse as sp

from smartreco.entities import ListName
from smartreco.measures.calibration import reliability
from smartreco.recommend.attributes import Attributes
from smartreco.recommend.baskets import half_orders
from smartreco.recommend.blend import DEFAULT_BLEND
from smartreco.recommend.engine import Model, ModelSettings, fit_model
from smartreco.recommend.history import History
from smartreco.recommend.probability import Calibration, fit_logistic, places
from smartreco.recommend.trial import HORIZON, Trial, latest_trial, long_trial
from smartreco.recommend.tuning import surely_better
from smartreco.recommend.weights import Pool, best_share, learn_weights, pooled
from tests.recommend.conftest import make_history


def rng() -> np.random.Generator:
    return np.random.default_rng(0)


def trials(history: History) -> tuple[Trial | None, Trial | None]:
    attributes = Attributes.of_products(history.products)
    return long_trial(history, attributes, rng()), latest_trial(history, attributes, rng())


def test_a_trial_knows_nothing_of_what_it_is_judged_by(small_history: History) -> None:
    for trial in trials(small_history):
        assert trial is not None
        cut = trial.history.as_of_day
        assert cut <= small_history.as_of_day - HORIZON
        assert trial.history.arrays()[2].max() < cut
        later = small_history.purchases[small_history.purchases["day"] >= cut]
        assert trial.later.nnz == len(later.drop_duplicates(["retailer", "product"]))
        assert trial.market.ordering[trial.shops].all()


def test_shops_that_stayed_away_are_known_to_the_probability() -> None:
    rows = [(shop, at % 6, ago, 1.0) for shop in range(30) for at, ago in enumerate((40, 60, 80))]
    rows += [(shop, 0, 5, 1.0) for shop in range(0, 30, 2)]
    _, latest = trials(make_history(rows, shops=30))
    assert latest is not None
    assert len(latest.shops) == 30
    assert (np.diff(latest.truth.indptr) > 0).sum() == 15


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [(shop, 0, ago, 1.0) for shop in range(40) for ago in (1, 20, 40)],  # 40 days
        [(shop, 0, ago, 1.0) for shop in range(5) for ago in range(1, 300, 9)],  # 5 shops
    ],
)
def test_too_little_data_choose_nothing(rows: list[tuple[int, int, int, float]]) -> None:
    history = make_history(rows, shops=40)
    assert trials(history) == (None, None)
    model = fit_model(history, rng=rng())
    assert model.calibration is None
    assert model.blend == DEFAULT_BLEND


def test_nothing_is_learned_when_nothing_should_be(small_history: History) -> None:
    model = fit_model(small_history, ModelSettings(learn=False), rng=rng())
    assert model.blend == DEFAULT_BLEND
    assert model.recommend("shop-01", ListName.ALL)[0].probability is None


def test_only_a_gain_above_its_own_noise_counts() -> None:
    noise = np.random.default_rng(1).normal(0, 0.1, 50)
    noise -= noise.mean()
    assert surely_better(noise + 0.05, np.zeros(50))
    assert not surely_better(noise + 0.005, np.zeros(50))
    assert not surely_better(np.full(3, np.nan), np.zeros(3))


def pool(informative: str, shops: int = 60, places: int = 30) -> Pool:
    """One component puts the relevant products first, the other says nothing."""
    draw = np.random.default_rng(4)
    truth = draw.random((shops, places)) < 0.2
    names = ("peers", "content")
    scaled = np.stack(
        [draw.random(truth.shape) + (truth if name == informative else 0) for name in names]
    )
    return Pool(names, scaled, np.zeros(truth.shape, dtype=bool), truth, truth.sum(axis=1))


@pytest.mark.parametrize("informative", ["peers", "content"])
def test_weights_move_to_the_component_that_knows(informative: str) -> None:
    start = {"repurchase": 0.0, "peers": 0.4, "content": 0.4, "affinity": 0.2}
    learned = learn_weights(pool(informative), start)
    assert learned[informative] > 0.6
    assert sum(learned.values()) == pytest.approx(1)
    assert learned["affinity"] == 0.2  # nothing to judge it by: it keeps its share


def test_a_pool_judges_only_what_the_list_could_hold() -> None:
    scores = {"peers": np.array([[3.0, 2.0, 1.0, 0.0]])}
    mask = np.array([[True, False, True, True]])
    truth = sp.csr_array(np.array([[1.0, 1.0, 0.0, 0.0]]))
    found = pooled(scores, mask, truth)
    assert found.relevant.tolist() == [1]
    assert found.measure({"peers": 1.0}).tolist() == [1.0]


def test_one_share_is_chosen_and_the_others_keep_their_proportions() -> None:
    start = {"peers": 0.9, "content": 0.1}
    assert best_share(pool("content"), start, "content")["content"] > 0.3
    assert best_share(pool("peers"), start, "content")["content"] <= 0.1


def test_past_orders_are_halved_without_overlap() -> None:
    rows = [(shop, product, ago, 1.0) for shop in range(30) for ago in range(1, 200, 7)
            for product in range((shop + ago) % 3, 20, 2)]  # fmt: skip
    history = make_history(rows, shops=30, products=20)
    long, _ = trials(history)
    assert long is not None
    halves = half_orders(long, history, rng())
    assert halves is not None
    assert not halves.to_come.multiply(halves.held).sum()
    assert (halves.held.sum(axis=1) >= 3).all()
    orders: dict[tuple[int, int], set[int]] = {}
    for shop, product, day in zip(*map(np.ndarray.tolist, history.arrays()), strict=True):
        orders.setdefault((shop, day), set()).add(product)
    whole = {*np.flatnonzero(halves.held[0]).tolist(), *halves.to_come[[0]].indices.tolist()}
    assert whole in [
        products
        for (shop, day), products in orders.items()
        if shop == halves.shops.at[0] and day >= long.market.as_of_day
    ]


def test_short_orders_teach_nothing_about_affinity() -> None:
    rows = [(shop, shop % 6, ago, 1.0) for shop in range(30) for ago in range(1, 200, 7)]
    history = make_history(rows, shops=30)
    long, _ = trials(history)
    assert long is not None
    assert half_orders(long, history, rng()) is None


def test_a_known_chance_is_found_again() -> None:
    draw = np.random.default_rng(5)
    score, shop = draw.normal(size=20_000), draw.normal(size=(20_000, 3))
    place = draw.integers(0, 50, size=20_000)
    pull = -1 + 0.8 * score - 0.4 * np.log1p(place) + shop @ [0.5, -0.3, 0.0]
    truth = 1 / (1 + np.exp(-pull))
    found = fit_logistic(score, place, shop, draw.random(20_000) < truth)
    assert found == pytest.approx([-1, 0.8, -0.4, 0.5, -0.3, 0.0], abs=0.1)
    said = Calibration({ListName.ALL: found}).probability(
        ListName.ALL, score[:, None], place[:, None], shop
    )
    assert np.abs(said[:, 0] - truth).mean() < 0.01


def test_a_chance_never_falls_with_the_score_nor_rises_with_the_place() -> None:
    draw = np.random.default_rng(6)
    score, place = draw.normal(size=500), draw.integers(0, 50, size=500)
    pull = -score + 0.5 * np.log1p(place)
    found = fit_logistic(
        score, place, np.zeros((500, 3)), draw.random(500) < 1 / (1 + np.exp(-pull))
    )
    assert found[1] == found[2] == 0


def test_places_are_counted_among_the_candidates() -> None:
    scores = np.array([[5.0, 4.0, 3.0, 2.0]])
    mask = np.array([[True, False, True, True]])
    assert places(scores, mask, np.array([[5.0, 3.0, 2.0]])).tolist() == [[0, 1, 2]]


def test_stated_chances_come_true_within_reason(small_model: Model, small_history: History) -> None:
    past = small_history.before(small_history.as_of.replace(month=5, day=4))
    model = fit_model(past, rng=rng())
    later = small_history.purchases[small_history.purchases["day"] >= past.as_of_day]
    ordered = set(zip(later["retailer"], later["product"], strict=True))
    said, happened = [], []
    for shop in range(39):
        for line in model.recommend(f"shop-{shop:02d}", ListName.REORDER, 60):
            said.append(line.probability)
            happened.append((shop, past.product_positions[line.product_id]) in ordered)
    assert reliability(np.array(said, dtype=float), np.array(happened)).error < 0.12
