"""What is read from a product's own columns, and the groups that shops fall into."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from smartreco.recommend.attributes import Attributes
from smartreco.recommend.groups import Groups

PRODUCTS = pd.DataFrame(
    {
        "product_id": list("abcde"),
        "name": ["Lime Soap 2x", "Lime SOAP bar", "Rose soap", "Green Tea", "Çay tea"],
        "category": ["Soap", "Soap", "Soap", "Tea", "Tea"],
        "subcategory": [None, "Bar", None, None, None],
        "vendor": ["Asha", "Bela", "Asha", None, "Bela"],
        "list_price": [1.0, 2.0, 3.0, 4.0, np.nan],
    }
)


def column(attributes: Attributes, name: str) -> list[float]:
    """Weights of one attribute, named as ``kind:label``."""
    at = attributes.ids.tolist().index(name)
    weights: list[float] = attributes.matrix[:, [at]].toarray()[:, 0].tolist()
    return weights


def test_each_value_of_a_column_is_an_attribute() -> None:
    attributes = Attributes.of_products(PRODUCTS)
    assert column(attributes, "category:Tea") == [0, 0, 0, 1, 1]
    assert column(attributes, "subcategory:Bar") == [0, 1, 0, 0, 0]
    assert column(attributes, "vendor:Asha") == [1, 0, 1, 0, 0]


def test_only_words_that_two_names_share_count_and_rare_ones_count_more() -> None:
    attributes = Attributes.of_products(PRODUCTS)
    words = attributes.label[attributes.kind == "word"].tolist()
    assert words == ["lime", "soap", "tea"]
    lime, soap = column(attributes, "word:lime"), column(attributes, "word:soap")
    assert lime[0] > soap[0] > 0
    assert lime[0] ** 2 + soap[0] ** 2 == pytest.approx(1)
    assert soap[2] == pytest.approx(1)


def test_price_bands_run_from_the_cheapest_and_need_a_price() -> None:
    attributes = Attributes.of_products(PRODUCTS)
    bands = attributes.only("price").toarray()
    assert bands.argmax(axis=1)[:4].tolist() == sorted(bands.argmax(axis=1)[:4])
    assert column(attributes, "price:1")[0] == 1
    assert column(attributes, "price:5")[3] == 1
    assert bands.sum(axis=1).tolist() == [1, 1, 1, 1, 0]


def test_a_price_on_an_edge_belongs_to_the_band_above() -> None:
    five = pd.concat([PRODUCTS.head(1)] * 5, ignore_index=True)
    attributes = Attributes.of_products(five.assign(list_price=[1.0, 1.0, 1.0, 1.0, 1.0]))
    assert column(attributes, "price:5") == [1] * 5


def test_what_every_product_carries_says_nothing() -> None:
    attributes = Attributes.of_products(PRODUCTS.assign(category="All"))
    assert attributes.rarity[attributes.ids.tolist().index("category:All")] == 0


def test_a_shop_belongs_to_the_closest_group_with_enough_ordering_shops() -> None:
    shops = pd.DataFrame(
        {
            "city": ["Pune"] * 14 + [None] * 14,
            "region": ["West"] * 28,
            "segment": ["kirana"] * 10 + ["bakery"] * 18,
        },
        index=np.arange(100, 128),  # positions are row numbers, whatever the index says
    )
    ordering = np.ones(28, dtype=bool)
    groups = Groups.of_retailers(shops, ordering)
    named = [
        (str(groups.kind[group]), *filter(None, groups.label[group].tolist()))
        for group in groups.of_shop
    ]
    assert named[0] == ("region", "West")  # ten kirana shops are too few; region goes before city
    assert named[27] == ("segment+region", "bakery", "West")
    ordering[10:18] = False
    fewer = Groups.of_retailers(shops, ordering)
    assert str(fewer.kind[fewer.of_shop[27]]) == "region"
