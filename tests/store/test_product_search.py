"""Finding products as people type them."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from smartreco.store import Store
from smartreco.store.product_search import Hits, Sort, Wanted, search
from smartreco.store.search_reading import Match
from smartreco.store.search_words import SearchIndex, build, clean, meant

TODAY = date(2026, 6, 30)
#: name, category, vendor, price, pieces at the vendor, active
CATALOGUE = [
    ("Assam Gold Tea, 250 g", "Tea & coffee", "Nila Brands", 80.0, 40, True),
    ("Darjeeling Tea, 100 g", "Tea & coffee", "Omkar Traders", 120.0, 0, True),
    ("Instant Coffee, 100 g", "Tea & coffee", "Nila Brands", 300.0, None, True),
    ("Café Rosé d'Anjou Biscuits", "Biscuits", "Omkar Traders", 45.0, 12, True),
    ("Steak Spice, 250g", "Spices", None, None, 9, True),
    ("Old Tea, 500 g", "Tea & coffee", "Nila Brands", 60.0, 5, False),
    ("Smartphone Stand", "Electronics", "Voltika", 450.0, 7, True),
    ("Gold Foil", "Kitchen", "Voltika", 30.0, 8, True),
]
NO_ONE = np.zeros(len(CATALOGUE))


@pytest.fixture
def index(store: Store) -> SearchIndex:
    """Eight products; shop R1 ordered the Assam tea twice and, cancelled, the coffee."""
    rows = [
        (f"T{at:03d}", name, category, None, vendor, price, active, stock)
        for at, (name, category, vendor, price, stock, active) in enumerate(CATALOGUE)
    ]
    columns = ["product_id", "name", "category", "subcategory", "vendor", "unit_price", "active",
               "on_hand"]  # fmt: skip
    catalogue = pd.DataFrame(rows, columns=columns)

    def work(cursor) -> None:  # type: ignore[no-untyped-def]
        for key, shop in enumerate(("R1", "R2")):
            cursor.execute(
                "INSERT INTO retailers VALUES (?, ?, ?, '', '', '', 0, 0, NULL, true, true)",
                [key, shop, shop],
            )
        for at, row in enumerate(rows):
            cursor.execute(
                "INSERT INTO products VALUES (?, ?, ?, ?, NULL, NULL, 1, 1, NULL, ?, ?)",
                [at, row[0], row[1], row[2], date(2026, 1, 1 + at), row[6]],
            )
        for order, shop, product, day, status in (
            (1, 0, 0, date(2026, 6, 1), "delivered"),
            (2, 0, 0, date(2026, 6, 20), "delivered"),
            (3, 0, 2, date(2026, 6, 20), "cancelled"),
            (4, 1, 1, date(2026, 6, 20), "delivered"),
        ):
            cursor.execute(
                "INSERT INTO orders VALUES (?, ?, ?, ?, ?, NULL, NULL)",
                [order, str(order), shop, day, status],
            )
            cursor.execute(
                "INSERT INTO order_lines VALUES (?, '1', ?, ?, ?, 6, 1.0, 1, 6)",
                [order, shop, product, day],
            )

    store.write(work)
    with store.cursor() as cursor:
        return build(cursor, catalogue)


def found(store: Store, index: SearchIndex, wanted: Wanted, liked: np.ndarray = NO_ONE) -> Hits:
    with store.cursor() as cursor:
        return search(cursor, index, wanted, "R1", liked)


def names(hits: Hits) -> list[str]:
    return [CATALOGUE[hit.at][0] for hit in hits.hits]


def test_words_are_found_in_any_order_and_by_their_beginnings(
    store: Store, index: SearchIndex
) -> None:
    hits = found(store, index, Wanted(text="tea ass"))
    assert names(hits) == ["Assam Gold Tea, 250 g"]
    assert (hits.match, hits.total, hits.unfiltered) == (Match.WORDS, 1, 1)
    assert names(found(store, index, Wanted(text="nila instant"))) == ["Instant Coffee, 100 g"]


def test_a_beginning_of_a_word_leaves_out_what_only_holds_it(
    store: Store, index: SearchIndex
) -> None:
    assert "Steak Spice, 250g" not in names(found(store, index, Wanted(text="tea")))
    inside = found(store, index, Wanted(text="phone"))
    assert (inside.match, names(inside)) == (Match.INSIDE, ["Smartphone Stand"])


def test_accents_apostrophes_and_glued_units_do_not_matter(
    store: Store, index: SearchIndex
) -> None:
    assert names(found(store, index, Wanted(text="rose danjou"))) == [CATALOGUE[3][0]]
    assert names(found(store, index, Wanted(text="spice 250 G"))) == ["Steak Spice, 250g"]
    assert names(found(store, index, Wanted(text="assam 250g"))) == ["Assam Gold Tea, 250 g"]


@pytest.mark.parametrize(
    "typed", ["darjeling", "darjeeeling", "dajreeling", "datjeeling", "darjelin"]
)
def test_a_slip_finds_the_closest_and_says_so(store: Store, index: SearchIndex, typed: str) -> None:
    hits = found(store, index, Wanted(text=f"{typed} tea"))
    assert names(hits) == ["Darjeeling Tea, 100 g"]
    assert (hits.match, hits.read_as) == (Match.CLOSEST, "darjeeling tea")


def test_short_words_and_numbers_are_not_guessed_at(store: Store, index: SearchIndex) -> None:
    with store.cursor() as cursor:
        cursor.register("search_words", index.words)
        assert meant(cursor, "tae") == []
        assert "250" not in meant(cursor, "2500")
        assert meant(cursor, "coffe")[0] == "coffee"


def test_some_of_the_words_are_better_than_nothing(store: Store, index: SearchIndex) -> None:
    hits = found(store, index, Wanted(text="assam xyzzyq"))
    assert (hits.match, names(hits)) == (Match.SOME, ["Assam Gold Tea, 250 g"])


@pytest.mark.parametrize("typed", ["xyzzyq", "!!!", "' OR 1=1 --", "%", "x" * 80])
def test_nonsense_finds_nothing(store: Store, index: SearchIndex, typed: str) -> None:
    hits = found(store, index, Wanted(text=typed))
    assert (hits.match, hits.total, hits.hits) == (Match.NOTHING, 0, ())


def test_an_exact_code_comes_first_then_names_that_begin_so(
    store: Store, index: SearchIndex
) -> None:
    assert names(found(store, index, Wanted(text="t003")))[0] == CATALOGUE[3][0]
    assert names(found(store, index, Wanted(text="gold")))[0] == "Gold Foil"


def test_among_equal_matches_what_similar_shops_order_comes_first(
    store: Store, index: SearchIndex
) -> None:
    liked = NO_ONE.copy()
    liked[1] = 2.0
    assert names(found(store, index, Wanted(text="tea"), liked))[0] == "Darjeeling Tea, 100 g"
    liked[0] = 3.0
    assert names(found(store, index, Wanted(text="tea"), liked))[0] == "Assam Gold Tea, 250 g"


def test_filters_narrow_and_facets_count_what_each_choice_would_leave(
    store: Store, index: SearchIndex
) -> None:
    hits = found(store, index, Wanted(categories=("Tea & coffee",), vendors=("Nila Brands",)))
    assert hits.total == 2
    assert hits.unfiltered == 7
    assert hits.categories == {"Tea & coffee": 2}
    assert hits.vendors == {"Nila Brands": 2, "Omkar Traders": 1}
    assert found(store, index, Wanted(in_stock=True, categories=("Tea & coffee",))).total == 2
    assert names(found(store, index, Wanted(price_low=100, price_high=200))) == [CATALOGUE[1][0]]


def test_what_was_cancelled_was_not_ordered(store: Store, index: SearchIndex) -> None:
    mine = found(store, index, Wanted(mine=True))
    assert names(mine) == ["Assam Gold Tea, 250 g"]
    assert (mine.hits[0].orders, mine.hits[0].last_on) == (2, date(2026, 6, 20))
    assert "Instant Coffee, 100 g" in names(found(store, index, Wanted(mine=False)))
    assert len(names(found(store, index, Wanted(mine=False)))) == 6


def test_products_that_are_no_longer_sold_are_not_in_the_catalogue(
    store: Store, index: SearchIndex
) -> None:
    assert "Old Tea, 500 g" not in names(found(store, index, Wanted()))


def test_sorting_puts_unknown_prices_last_and_the_newest_first(
    store: Store, index: SearchIndex
) -> None:
    up = names(found(store, index, Wanted(sort=Sort.PRICE_UP)))
    assert (up[0], up[-1]) == ("Gold Foil", "Steak Spice, 250g")
    down = names(found(store, index, Wanted(sort=Sort.PRICE_DOWN)))
    assert (down[0], down[-1]) == ("Smartphone Stand", "Steak Spice, 250g")
    assert names(found(store, index, Wanted(sort=Sort.NEWEST)))[0] == "Gold Foil"
    by_name = names(found(store, index, Wanted(sort=Sort.NAME)))
    assert by_name == sorted(by_name, key=str.lower)


def test_pages_follow_each_other_without_gap_or_repeat(store: Store, index: SearchIndex) -> None:
    pages = [
        names(found(store, index, Wanted(sort=Sort.NAME, limit=3, offset=at))) for at in (0, 3, 6)
    ]
    assert [len(page) for page in pages] == [3, 3, 1]
    together = [name for page in pages for name in page]
    assert together == names(found(store, index, Wanted(sort=Sort.NAME)))


def test_words_of_other_scripts_stay_whole() -> None:
    assert clean("हल्दी पाउडर, 100g") == "हल्दी पाउडर 100 g"
