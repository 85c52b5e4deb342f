"""Each line of a suggested order names the limit that holds it back, and no other."""

from __future__ import annotations

import numpy as np
import pytest

from smartreco.language import Language
from smartreco.stock.limits import (
    BUDGET,
    CREDIT,
    DISCOVERY,
    KEPT,
    VENDOR,
    VENDOR_LEFT_OUT,
    Limit,
    Order,
)
from smartreco.stock.sentences import say
from smartreco.stock.suggesting import Wanted, weigh
from smartreco.workspace import Workspace
from smartreco.workspace.order.views import OrderWish, SuggestedOrder
from smartreco.workspace.suggested_orders import suggested

OLD, NEW, HABIT = 0, 1, 2  # places of an old product, a new one, and one known by habit alone


def made(workspace: Workspace, cases: list[int], *names: str) -> SuggestedOrder:
    """An order of cases of three products, that limits of these names hold back."""
    fitted = workspace.models.current
    ids = fitted.catalogue.products["product_id"].to_numpy(dtype=str)[:3]
    unknown = np.full(100, np.nan)
    wanted = Wanted(
        product_ids=ids, vendors=np.array(["v"] * 3), unit_price=np.array([1.0, 2.0, 3.0]),
        unit_value=np.array([1.0, 2.0, 3.0]), case_size=np.array([10, 10, 10]),
        available=np.full(3, np.inf), probability=np.array([0.9, 0.4, 0.9]),
        usual=np.array([30.0, 30.0, 30.0]), discover=np.array([False, True, False]),
        position=np.array([0.0, np.nan, np.nan]),
        span=np.vstack([np.full(100, 30.0), unknown, unknown]),
    )  # fmt: skip
    limits = tuple(
        Limit(name, 50.0, 50.0, 0.1, "v" if name.startswith("vendor") else None) for name in names
    )
    weighed = weigh(wanted, 0.9)
    assert weighed.rounded.cases.tolist() == [3, 3, 3]
    order = Order(np.array(cases), 1.0, 1.0, limits, 0.0)
    return suggested(fitted, wanted, weighed, order, OrderWish(), 0.9)


def why(order: SuggestedOrder, workspace: Workspace, at: int) -> list[str]:
    """Templates of the reason of the product at a place."""
    name = workspace.models.current.catalogue.products["product_id"].iloc[at]
    (line,) = [line for line in order.lines if line.product.product_id == name]
    return [one.template for one in line.why]


@pytest.mark.parametrize(
    ("names", "old", "new"),
    [
        ((), [], []),
        ((VENDOR,), [], []),
        ((VENDOR_LEFT_OUT,), [], []),
        ((BUDGET,), ["cut.budget"], ["cut.budget"]),
        ((CREDIT,), ["cut.credit"], ["cut.credit"]),
        ((DISCOVERY,), [], ["cut.discovery"]),
        ((KEPT,), ["cut.kept"], []),
        ((DISCOVERY, BUDGET), ["cut.budget"], ["cut.discovery"]),
    ],
)
def test_a_line_that_is_cut_names_what_cuts_it(
    shared_workspace: Workspace, names: tuple[str, ...], old: list[str], new: list[str]
) -> None:
    order = made(shared_workspace, [1, 1, 1], *names)
    assert why(order, shared_workspace, OLD) == ["need.shelf", *old]
    assert why(order, shared_workspace, NEW) == ["need.discover", *new]
    assert why(order, shared_workspace, HABIT) == ["need.habit", *old]
    words = order.frame(Language("en_IN", "INR"))["reason"]
    assert not words.str.contains("[{}]", regex=True).any()


def test_more_than_is_needed_is_a_minimum_only_where_one_binds(shared_workspace: Workspace) -> None:
    filled = made(shared_workspace, [4, 4, 4], VENDOR)
    assert why(filled, shared_workspace, OLD)[1:] == ["filled.minimum"]
    assert why(made(shared_workspace, [4, 4, 4]), shared_workspace, OLD)[1:] == []


def test_what_is_new_is_not_explained_by_rounding(shared_workspace: Workspace) -> None:
    order = made(shared_workspace, [3, 3, 3])
    assert why(order, shared_workspace, NEW) == ["need.discover"]
    assert why(order, shared_workspace, OLD) == ["need.shelf", "rounding.exact"]


def test_the_share_for_new_products_is_told_once(shared_workspace: Workspace) -> None:
    order = made(shared_workspace, [1, 1, 1], DISCOVERY, KEPT, BUDGET)
    assert [limit.name for limit, _ in order.limits] == [DISCOVERY, BUDGET]
    language = Language("en_IN", "INR")
    told = [" ".join(say(one, language) for one in words) for _, words in order.limits]
    assert told[0] == "Products new to you make up at most 10% of the order"
    assert told[1].startswith("The budget of ₹50.00 is spent")
