"""Rules on the shipped sample: the guarantees hold on real orders too."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest

from smartreco.entities import ListName
from smartreco.recommend.history import History
from smartreco.recommend.model import Model
from smartreco.recommend.rules import Plan, ProductFacts, Rules
from tests.recommend.rules.conftest import rule


@pytest.fixture(scope="module")
def facts(iowa_model: Model, iowa: History) -> ProductFacts:
    products = iowa.products.assign(
        vendor_id=iowa.products["vendor"], unit_price=iowa.products["list_price"]
    )
    return ProductFacts.of_products(products, iowa_model.market.attributes)


@pytest.mark.parametrize("name", ListName)
def test_reasons_sum_to_the_score_and_promises_hold_on_real_lists(
    iowa_model: Model, facts: ProductFacts, name: ListName
) -> None:
    many = Counter(facts.vendor.tolist()).most_common(12)
    small, big = facts.vendors[many[-1][0]], facts.vendors[many[0][0]]
    rules = (
        rule("boost", 0.5, vendor=big), rule("diversity", 0.3), rule("vendor_cap", 0.3),
        rule("vendor_floor", 1, vendor=small),
    )  # fmt: skip
    plan = Rules(plan=Plan.of(rules, facts), places=10)
    ids = [str(one) for one in iowa_model.market.retailer_ids[:40]]
    active, held = iowa_model.market.active, 0
    for lines in iowa_model.recommend_many(ids, name, 20, rules=plan):
        at = np.array([facts.position[line.product_id] for line in lines], dtype=np.int64)
        assert len(set(at.tolist())) == len(at)
        assert active[at].all()
        for window in (at[:10], at[10:]):
            assert max(Counter(facts.vendor[window].tolist()).values(), default=0) <= 3
        held += bool(facts.of_vendor(small)[at[:10]].any())
        for line in lines:
            total = math.fsum(reason.contribution for reason in line.reasons)
            assert math.isclose(total, line.score, rel_tol=1e-9, abs_tol=1e-12)
    assert name is ListName.REORDER or held == len(ids)
