"""Lists, reasons and what-ifs of a fitted model, at its ordinary work and at its edges."""

from __future__ import annotations

from math import fsum

import numpy as np
import pytest

from smartreco.entities import ListName
from smartreco.errors import NotFoundError
from smartreco.language import Language
from smartreco.recommend.blend import DEFAULT_BLEND
from smartreco.recommend.engine import Model, ModelSettings, fit_model
from smartreco.recommend.history import History, day_of
from smartreco.recommend.keeping import FORMAT
from smartreco.recommend.templates import REASONS, TEMPLATES, render
from tests.recommend.conftest import COLD_PRODUCT, COLD_SHOP, make_history

SHOP = "shop-04"
LISTS = list(ListName)


def bought(history: History, shop: str) -> set[str]:
    rows = history.purchases
    own = rows[rows["retailer"] == history.retailer_positions[shop]]
    return {f"item-{product:02d}" for product in own["product"]}


def test_reorder_holds_what_was_bought_and_discover_what_was_not(
    small_model: Model, small_history: History
) -> None:
    own = bought(small_history, SHOP)
    reorder = small_model.recommend(SHOP, ListName.REORDER, 30)
    discover = small_model.recommend(SHOP, ListName.DISCOVER, 30)
    assert {line.product_id for line in reorder} <= own
    assert not {line.product_id for line in discover} & own
    assert [line.rank for line in discover] == list(range(1, 31))


def test_discovery_follows_the_taste_of_the_shop(small_model: Model) -> None:
    for shop in ("shop-04", "shop-05"):
        lines = small_model.recommend(shop, ListName.DISCOVER, 10)
        same_half = [int(line.product_id[-2:]) % 2 == int(shop[-2:]) % 2 for line in lines]
        assert sum(same_half) >= 9


def test_lines_say_when_it_was_last_ordered_how_often_and_how_much(
    small_model: Model, small_history: History
) -> None:
    rows = small_history.purchases
    for line in small_model.recommend(SHOP, ListName.REORDER, 10):
        product = small_history.product_positions[line.product_id]
        own = rows[(rows["retailer"] == 4) & (rows["product"] == product)]
        assert line.last_on == day_of(int(own["day"].max()))
        assert line.quantity % 6 == 0
        assert own["quantity"].min() <= line.quantity <= own["quantity"].max()
        if len(own) >= 3:
            assert line.cadence_days is not None
            assert line.cadence_days == pytest.approx(float(own["day"].diff().median()), rel=0.6)
    for line in small_model.recommend(SHOP, ListName.DISCOVER, 10):
        assert line.last_on is None
        assert line.cadence_days is None
        assert line.quantity >= 6


@pytest.mark.parametrize("name", LISTS)
def test_reasons_sum_to_the_score_and_evidence_to_the_reason(
    name: ListName, small_model: Model
) -> None:
    for shop in (SHOP, COLD_SHOP):
        basket = ("item-08", "item-21")
        for line in small_model.recommend(shop, name, 20, basket=basket):
            assert fsum(r.contribution for r in line.reasons) == pytest.approx(line.score, rel=1e-9)
            gained = [reason.contribution for reason in line.reasons]
            assert gained == sorted(gained, reverse=True)
            for reason in line.reasons:
                assert fsum(e.value for e in reason.evidence) == pytest.approx(
                    reason.contribution, rel=1e-9
                )
                assert reason.contribution != 0
                assert len(reason.evidence) <= 5


@pytest.mark.parametrize("name", LISTS)
def test_scores_fall_down_the_list(name: ListName, small_model: Model) -> None:
    scores = [line.score for line in small_model.recommend(SHOP, name, 40)]
    assert scores == pytest.approx(sorted(scores, reverse=True), rel=1e-9)


@pytest.mark.parametrize("name", LISTS)
def test_chances_fall_with_the_score_and_stay_chances(name: ListName, small_model: Model) -> None:
    lines = small_model.recommend(SHOP, name, 40)
    chances = [line.probability for line in lines]
    assert all(chance is not None and 0 < chance < 1 for chance in chances)
    assert chances == sorted(chances, key=lambda chance: -(chance or 0))


def test_counts_in_the_words_are_true(small_model: Model, small_history: History) -> None:
    rows = small_history.purchases
    names = dict(zip(small_history.products["name"], range(60), strict=True))
    buyers = {product: set(own["retailer"]) for product, own in rows.groupby("product")}
    checked = set()
    for line in small_model.recommend(SHOP, ListName.ALL, 40):
        product = small_history.product_positions[line.product_id]
        for reason in line.reasons:
            values = reason.values
            if reason.template == "repurchase.rhythm":
                own = rows[(rows["retailer"] == 4) & (rows["product"] == product)]
                assert (values["times"], values["last"]) == (
                    len(own), day_of(int(own["day"].max())),
                )  # fmt: skip
            elif reason.template == "collaborative.also_bought":
                given = names[str(values["product"])]
                own = rows[(rows["retailer"] == 4) & (rows["product"] == given)]
                assert values["times"] == len(own)
                others = buyers[given] - {4}
                share = len(others & buyers[product]) / len(others)
                assert values["buyers"] == len(others)
                assert values["share"].share == pytest.approx(share)  # type: ignore[attr-defined]
            elif reason.template == "peers.neighbours":
                assert 0 < int(str(values["buyers"])) <= min(int(str(values["shops"])), 39)
            checked.add(reason.template)
    assert {"repurchase.rhythm", "collaborative.also_bought"} <= checked


def test_a_shop_without_orders_is_shown_what_its_kind_buys(small_model: Model) -> None:
    assert small_model.recommend(COLD_SHOP, ListName.REORDER) == ()
    lines = small_model.recommend(COLD_SHOP, ListName.DISCOVER, 5)
    assert len(lines) == 5
    assert all(line.probability is None for line in lines)
    assert {reason.template for line in lines for reason in line.reasons} == {
        "peers.segment"  # 20 kirana shops; only 10 of them in its region
    }


def test_a_product_without_orders_can_be_offered_for_what_it_is(small_model: Model) -> None:
    lines = small_model.recommend("shop-05", ListName.DISCOVER, 60)
    (found,) = [line for line in lines if line.product_id == COLD_PRODUCT]
    assert found.quantity == 6
    assert {reason.component for reason in found.reasons} <= {"collaborative", "content"}


def test_unknown_ids_are_refused(small_model: Model) -> None:
    with pytest.raises(NotFoundError, match="nobody"):
        small_model.recommend("nobody", ListName.ALL)
    with pytest.raises(NotFoundError, match="nothing"):
        small_model.explain(SHOP, "nothing", ListName.ALL)


def test_the_same_input_gives_the_same_list(small_history: History, small_model: Model) -> None:
    again = fit_model(small_history, rng=np.random.default_rng(0))
    for name in LISTS:
        assert again.recommend(SHOP, name) == small_model.recommend(SHOP, name)


def test_many_lists_are_the_lists_one_by_one(small_model: Model) -> None:
    shops = [SHOP, COLD_SHOP, "shop-11"]
    for many, shop in zip(
        small_model.recommend_many(shops, ListName.DISCOVER, 5), shops, strict=True
    ):
        alone = small_model.recommend(shop, ListName.DISCOVER, 5)
        assert [line.product_id for line in many] == [line.product_id for line in alone]
        assert [line.score for line in many] == pytest.approx([line.score for line in alone])
    ranked = small_model.rank(shops, ListName.DISCOVER, 5)
    assert small_model.market.product_ids[ranked[2]].tolist() == [one.product_id for one in many]


def test_kept_arrays_give_the_same_lists_to_the_last_bit(small_model: Model) -> None:
    arrays = small_model.to_arrays()
    assert all(not array.dtype.hasobject for array in arrays.values())
    again = Model.from_arrays(arrays)
    for name in LISTS:
        assert again.recommend(SHOP, name) == small_model.recommend(SHOP, name)
    assert again.summary() == small_model.summary()
    assert again.explain(SHOP, "item-08", ListName.ALL) == small_model.explain(
        SHOP, "item-08", ListName.ALL
    )


def test_arrays_of_another_version_are_refused(small_model: Model) -> None:
    arrays = small_model.to_arrays()
    old = arrays | {"model": np.array(str(arrays["model"]).replace(FORMAT, "of old"))}
    with pytest.raises(ValueError, match="format"):
        Model.from_arrays(old)
    del arrays["peers.crowd_"]
    with pytest.raises(KeyError):
        Model.from_arrays(arrays)


def test_other_weights_change_the_order_but_not_the_chances(small_model: Model) -> None:
    blend = DEFAULT_BLEND.with_list(ListName.DISCOVER, {"content": 1})
    usual = small_model.recommend(SHOP, ListName.DISCOVER, 40)
    other = small_model.recommend(SHOP, ListName.DISCOVER, 40, blend=blend)
    assert [line.product_id for line in usual] != [line.product_id for line in other]
    assert {reason.component for line in other for reason in line.reasons} == {"content"}
    chances = {line.product_id: line.probability for line in usual}
    for line in other:
        if line.product_id in chances:
            assert line.probability == pytest.approx(chances[line.product_id])


def test_what_is_in_the_order_draws_what_goes_with_it(small_model: Model) -> None:
    lines = small_model.recommend(SHOP, ListName.ALL, 40, basket=("item-10",))
    assert any(reason.component == "affinity" for line in lines for reason in line.reasons)
    plain = small_model.recommend(SHOP, ListName.ALL, 40)
    assert not any(reason.component == "affinity" for line in plain for reason in line.reasons)


@pytest.mark.parametrize("name", LISTS)
def test_a_breakdown_sums_to_the_score_of_its_line(name: ListName, small_model: Model) -> None:
    language = Language("en_IN", "INR")
    for line in small_model.recommend(SHOP, name, 8, basket=("item-10",)):
        answer = small_model.explain(SHOP, line.product_id, name, basket=("item-10",))
        assert answer.rank == line.rank
        assert answer.probability == pytest.approx(line.probability)
        assert answer.score == pytest.approx(line.score, rel=1e-9)
        assert fsum(row.contribution for row in answer.reasons) == answer.score
        assert all("{" not in render(row, language) for row in answer.reasons)


def test_without_an_own_purchase_everything_is_computed_again(
    small_model: Model, small_history: History
) -> None:
    own = sorted(bought(small_history, SHOP))[0]
    less = small_model.without(SHOP, own)
    assert own not in {line.product_id for line in less.recommend(SHOP, ListName.REORDER, 60)}
    assert own in {line.product_id for line in less.recommend(SHOP, ListName.DISCOVER, 60)}
    assert less.recommend("shop-11", ListName.ALL) == small_model.recommend("shop-11", ListName.ALL)
    twice = less.without(SHOP, "item-10").recommend_many([SHOP, "shop-11"], ListName.REORDER, 60)
    assert not {own, "item-10"} & {line.product_id for line in twice[0]}


@pytest.mark.parametrize(
    "purchases", [[], [(0, 0, 3, 5.0)], [(shop, 0, 3, 5.0) for shop in range(4)]]
)
def test_next_to_nothing_known_is_no_trouble(purchases: list[tuple[int, int, int, float]]) -> None:
    model = fit_model(make_history(purchases), rng=np.random.default_rng(0))
    for name in LISTS:
        for shop in ("shop-00", "shop-03"):
            for line in model.recommend(shop, name):
                assert line.reasons
                assert line.probability is None
    assert bool(model.recommend("shop-00", ListName.REORDER)) == bool(purchases)


def test_no_shops_and_no_products_are_no_trouble() -> None:
    model = fit_model(make_history([], shops=2, products=0), rng=np.random.default_rng(0))
    assert model.recommend("shop-00", ListName.ALL) == ()
    assert fit_model(make_history([], shops=0), rng=np.random.default_rng(0)).rank(
        [], ListName.ALL, 3
    ).shape == (0, 3)


def test_progress_is_told_from_start_to_end(small_history: History) -> None:
    told: list[tuple[float, str]] = []
    fit_model(
        small_history, ModelSettings(), rng=np.random.default_rng(0),
        progress=lambda fraction, doing: told.append((fraction, doing)),
    )  # fmt: skip
    fractions = [fraction for fraction, _ in told]
    assert fractions == sorted(fractions)
    assert (fractions[0], fractions[-1]) == (0.0, 1.0)
    assert all(doing for _, doing in told)


def test_every_component_has_words_and_every_template_a_home() -> None:
    assert {name.split(".")[0] for name in REASONS} == {
        "repurchase", "collaborative", "succession", "peers", "content", "affinity",
    }  # fmt: skip
    for message in TEMPLATES.values():
        assert (message.many is None) == (message.count is None)
