"""What can stand in for each other: the same sub-category of the same category, no other."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tests.scenario.markets import certain


def test_goods_are_alike_only_where_category_and_sub_category_are_both_the_same() -> None:
    goods = replace(
        certain().goods,
        category=np.array(["Food/Hot", "Food/Hot", "Food", "Food"]),
        subcategory=np.array(["tea", "", "Hot/tea", "tea"]),
    )
    assert len(set(goods.like)) == 4
    assert set(goods.take(np.array([1, 3])).like) == set(goods.like[[1, 3]])
    more = goods.with_more(goods)
    assert list(more.like) == [*goods.like, *goods.like]
