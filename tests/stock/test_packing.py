import numpy as np
import pytest

from smartreco.language import Language
from smartreco.stock.outcomes import DRAWS, Outcomes
from smartreco.stock.packing import order_step
from smartreco.stock.rounding import Costs, to_cases
from smartreco.stock.sentences import say


@pytest.mark.parametrize(
    ("usual", "case_size", "step"),
    [
        (12, 12, 12), (36, 12, 12), (6, 12, 6), (18, 36, 18), (54, 36, 18), (7, 12, 1),
        (0, 12, 1), (5, 1, 1),
    ],
)  # fmt: skip
def test_a_shop_orders_cases_or_the_part_of_a_case_that_it_always_did(
    usual: int, case_size: int, step: int
) -> None:
    assert order_step(np.array([usual]), np.array([case_size])).tolist() == [step]


def test_where_a_shop_orders_half_cases_half_a_case_is_suggested_and_said() -> None:
    ahead = Outcomes(np.full((2, DRAWS), 5.0))
    asked, position, case = np.array([5.0, 5.0]), np.zeros(2), np.array([12, 12])
    costs = Costs(np.ones(2), np.ones(2))
    rounded = to_cases(asked, position, case, ahead, costs, np.array([12, 6]))
    assert rounded.pieces.tolist() == [0, 6]  # a case leaves seven over, half a case one
    said = say(rounded.sentence(1), Language())
    assert said.startswith("up to 6 pieces, as you order 6 at a time")
