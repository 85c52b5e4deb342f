import pytest

from smartreco.stock.builder import build
from smartreco.stock.enough import enough_for_something
from smartreco.stock.limits import Candidates, Limits
from tests.stock.test_builder import candidates


@pytest.fixture
def goods() -> Candidates:
    return candidates([113, 40], [5, 3], [3, 2])


def test_the_budget_that_is_said_to_be_enough_is_enough(goods: Candidates) -> None:
    said = enough_for_something(goods, Limits(budget=1.0, discovery_share=0.0))
    assert said is not None
    assert build(goods, Limits(budget=said, discovery_share=0.0)).cases.any()
    assert not build(goods, Limits(budget=1.0, discovery_share=0.0)).cases.any()
    assert said < 113  # the cheaper of the two


def test_no_budget_is_enough_where_the_credit_is_not(goods: Candidates) -> None:
    assert enough_for_something(goods, Limits(budget=1.0, credit=20.0)) is None


def test_what_brings_nothing_is_not_paid_for() -> None:
    assert enough_for_something(candidates([10], [-1], [3]), Limits(budget=1.0)) is None
