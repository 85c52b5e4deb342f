"""Neighbours of one product: recomputed by hand from the orders and attributes."""

from __future__ import annotations

import numpy as np
import pytest

from smartreco.errors import NotFoundError
from smartreco.recommend import beside
from smartreco.recommend.model import Model
from smartreco.workspace import Workspace


@pytest.fixture
def model(shared_workspace: Workspace) -> Model:
    return shared_workspace.models.current.model


def often_bought(model: Model) -> int:
    """The product that most orders hold."""
    return int(np.argmax(np.diff(model.scorers["affinity"].holders_.indptr)))


def test_what_is_ordered_together_is_counted_in_the_orders_themselves(model: Model) -> None:
    product = often_bought(model)
    orders = model.scorers["affinity"].orders_.toarray() > 0
    found = beside.together(model, str(model.market.product_ids[product]), 5)
    assert found
    held = orders[orders[:, product]]
    for one in found:
        other = model.market.product_positions[one.product_id]
        assert (one.both, one.orders) == (held[:, other].sum(), len(held))
        assert one.lift == pytest.approx(held[:, other].mean() / orders[:, other].mean())
        assert one.lift > 1
        assert one.both >= beside.FEWEST_TOGETHER


def test_the_order_is_that_of_the_scorer_for_a_basket_of_the_product_alone(model: Model) -> None:
    product = often_bought(model)
    name = str(model.market.product_ids[product])
    shop = model.shops([str(model.market.retailer_ids[0])], [name])
    scores = model.scorers["affinity"].score(shop)[0]
    found = beside.together(model, name, 5)
    values = [scores[model.market.product_positions[one.product_id]] for one in found]
    assert values == sorted(values, reverse=True)


def test_likeness_is_the_cosine_of_attributes_and_names_what_is_shared(model: Model) -> None:
    product = str(model.market.product_ids[3])
    weights = model.scorers["content"].weights_.toarray()
    cosine = weights @ weights[3]
    cosine[3] = 0
    found = beside.alike(model, product, 4)
    best = np.sort(np.where(model.market.active, cosine, 0))[::-1][:4]
    assert [one.likeness for one in found] == pytest.approx(best.tolist())
    attributes = model.market.attributes
    for one in found:
        at = model.market.product_positions[one.product_id]
        for kind, label in one.shared:
            column = np.flatnonzero((attributes.kind == kind) & (attributes.label == label))
            assert attributes.matrix[[at, 3]][:, column].toarray().all()


def test_a_product_is_no_neighbour_of_itself_nor_is_one_that_is_not_sold(model: Model) -> None:
    active = dict(zip(model.market.product_ids, model.market.active, strict=True))
    for product in model.market.product_ids[:20]:
        near = [one.product_id for one in beside.alike(model, product, 10)]
        near += [one.product_id for one in beside.together(model, product, 10)]
        assert product not in near
        assert all(active[one] for one in near)


def test_an_unknown_product_has_no_neighbours_but_a_sentence(model: Model) -> None:
    for ask in (beside.alike, beside.together):
        with pytest.raises(NotFoundError, match="check the id"):
            ask(model, "no such product", 3)
