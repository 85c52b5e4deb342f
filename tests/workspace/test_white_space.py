"""Shops to win: who is named, what reasons say, and sums that agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from smartreco.entities import Principal
from smartreco.recommend.first_orders import LAPSED_DAYS
from smartreco.recommend.history import History
from smartreco.store import dataset as dataset_store
from smartreco.workspace import Workspace
from smartreco.workspace.past import read_history
from smartreco.workspace.vendor.reach_views import WhiteSpace
from smartreco.workspace.vendor.reach_white import NO_PRODUCTS, TOO_SHORT
from smartreco.workspace.vendor.views import VendorFilter
from smartreco.workspace.vendor.white_book import WhiteBook, make_book
from smartreco.workspace.vendor.white_reasons import CATEGORY_VALUE, LAST, NEAR, OWN
from tests.conftest import Cast
from tests.workspace import vendor_world

ALL = 100_000


@pytest.fixture(scope="module")
def ready(shared_workspace: Workspace) -> Workspace:
    shared_workspace.vendor_reach.warm()
    return shared_workspace


@pytest.fixture(scope="module")
def vendor(cast: Cast) -> Principal:
    return cast.vendor


@pytest.fixture(scope="module")
def found(ready: Workspace, vendor: Principal) -> WhiteSpace:
    assert vendor.vendor_id is not None
    return ready.vendor_reach.white_space(vendor, vendor.vendor_id, most=ALL)


@pytest.fixture(scope="module")
def lines(ready: Workspace, found: WhiteSpace, vendor: Principal) -> pd.DataFrame:
    """What shops ordered of the vendor, a row a shop and product."""
    assert found.as_of is not None
    with ready.store.cursor() as cursor:
        return cursor.execute(
            """SELECT retailer_id, product_id, p.name, max(date_trunc('week', ordered_on)) AS last,
                      sum(quantity * unit_price) AS value
               FROM order_lines JOIN retailers USING (retailer_key)
               JOIN products p USING (product_key) JOIN vendors v USING (vendor_key)
               ANTI JOIN (FROM orders WHERE status = 'cancelled') USING (order_key)
               WHERE v.vendor_id = ? GROUP BY ALL""",
            [vendor.vendor_id],
        ).df()


def test_expected_revenue_is_chance_times_pieces_times_price(found: WhiteSpace) -> None:
    rows = found.rows
    assert len(rows) > 20
    worth = rows["probability"] * rows["quantity"] * rows["unit_price"]
    assert worth.to_numpy() == pytest.approx(rows["expected_value"].to_numpy())
    assert rows["expected_value"].is_monotonic_decreasing
    assert rows["probability"].between(0, 1, inclusive="neither").all()
    assert (rows["low"] <= rows["value_if"]).all()
    assert (rows["value_if"] <= rows["high"]).all()
    assert not rows.duplicated(["retailer_id", "product_id"]).any()


def test_sums_agree_whatever_they_are_by(found: WhiteSpace) -> None:
    for frame in (found.cells, found.regions, found.segments, found.products):
        assert frame["expected_value"].sum() == pytest.approx(found.total.expected)
        assert frame["pairs"].sum() == found.pairs
        assert (frame["low"] <= frame["expected_value"]).all()
        assert (frame["high"] >= frame["low"]).all()
    assert found.total.low < found.total.expected < found.total.high


def test_only_shops_that_allow_it_are_named(ready: Workspace, found: WhiteSpace) -> None:
    with ready.store.cursor() as cursor:
        open_ones = cursor.execute("SELECT retailer_id FROM retailers WHERE open_to_vendors").df()
    assert set(found.rows["retailer_id"]) <= set(open_ones["retailer_id"])
    assert found.unnamed > 0  # and the others count in the sums
    named = found.rows["expected_value"].sum()
    assert named < found.total.expected


def test_nothing_is_offered_that_is_bought(found: WhiteSpace, lines: pd.DataFrame) -> None:
    assert found.as_of is not None
    since = pd.Timestamp(found.as_of - timedelta(days=LAPSED_DAYS))
    keys = ["retailer_id", "product_id"]
    rows = found.rows.merge(lines[[*keys, "last"]], on=keys, how="left")
    assert not (rows["last"] >= since).any()
    assert (rows["last"].isna() == (rows["state"] == "never")).all()
    lapsed = rows[rows["state"] == "lapsed"]
    assert (lapsed["last_week"].to_numpy() == lapsed["last"].to_numpy()).all()


def test_reasons_are_facts_of_own_products_and_of_cells(
    ready: Workspace, found: WhiteSpace, lines: pd.DataFrame
) -> None:
    assert found.as_of is not None
    since = pd.Timestamp(found.as_of - timedelta(days=LAPSED_DAYS))
    lately = lines[lines["last"] >= since]
    seen = set()
    for row in found.rows.head(150).itertuples():
        assert row.reasons
        for message, values in row.reasons:
            seen.add(message)
            own = lately[lately["retailer_id"] == row.retailer_id]
            if message is OWN:
                assert values["count"] == len(own)
                assert values["product"] in set(own.loc[own["value"] == own["value"].max(), "name"])
            elif message is NEAR:
                assert values["shops"] >= 5
                assert 0 < values["buyers"] <= (lately["product_id"] == row.product_id).sum()
            elif message is CATEGORY_VALUE:
                assert values["category"] == row.category
                assert values["value"].amount > 0
            elif message is LAST:
                assert row.state == "lapsed"
    assert {OWN, NEAR, CATEGORY_VALUE} <= seen


def test_a_filter_chooses_places_and_products(
    ready: Workspace, found: WhiteSpace, vendor: Principal
) -> None:
    assert vendor.vendor_id is not None
    region, product = found.rows["region"].iloc[0], found.rows["product_id"].iloc[0]
    wanted = VendorFilter(regions=(region,), products=(product,))
    some = ready.vendor_reach.white_space(vendor, vendor.vendor_id, wanted)
    assert set(some.rows["region"]) == {region}
    assert set(some.rows["product_id"]) == {product}
    assert set(some.regions["region"]) == {region}
    assert some.total.expected < found.total.expected
    few = ready.vendor_reach.white_space(vendor, vendor.vendor_id, most=7)
    pd.testing.assert_frame_equal(few.rows, found.rows.head(7))
    assert few.total == found.total  # what is not listed counts still
    none = ready.vendor_reach.white_space(
        vendor, vendor.vendor_id, VendorFilter(price_low=1e9)
    )  # fmt: skip
    assert none.why == (NO_PRODUCTS, {})


def test_a_new_order_takes_its_pair_off_at_once(workspace: Workspace, cast: Cast) -> None:
    vendor = cast.vendor.vendor_id
    assert vendor is not None
    reach = workspace.vendor_reach
    reach.warm()
    first = reach.white_space(cast.vendor, vendor).rows.iloc[0]

    def order(cursor) -> None:  # type: ignore[no-untyped-def]
        cursor.execute(
            """INSERT INTO weekly_sales SELECT (SELECT max(week) FROM weekly_sales), retailer_key,
               product_key, 5, 50, 1 FROM retailers, products
               WHERE retailer_id = ? AND product_id = ?""",
            [first["retailer_id"], first["product_id"]],
        )
        # as an order placed here does: the data change, what was imported does not
        cursor.execute("UPDATE dataset_info SET data_version = data_version + 1")

    held = reach._books._held
    workspace.store.write(order)
    with workspace.store.cursor() as cursor:
        reach._books._held = {dataset_store.imported_version(cursor): next(iter(held.values()))}
    rows = reach.white_space(cast.vendor, vendor).rows
    pairs = set(zip(rows["retailer_id"], rows["product_id"], strict=True))
    assert (first["retailer_id"], first["product_id"]) not in pairs


def test_a_book_is_made_once_and_shared(ready: Workspace) -> None:
    books = ready.vendor_reach._books
    book = books.book()
    ready.vendor_reach.warm()
    assert books.book() is book
    assert book is not None


@pytest.fixture
def short(tmp_path: Path) -> Iterator[Workspace]:
    opened = vendor_world.make(tmp_path / "short.duckdb", 3)
    opened.models.refresh()
    yield opened
    opened.close()


def test_three_weeks_are_too_few_to_learn_from(short: Workspace, cast: Cast) -> None:
    short.vendor_reach.warm()
    found = short.vendor_reach.white_space(cast.admin, "v1")
    assert found.why == (TOO_SHORT, {})
    assert found.rows.empty
    assert found.as_of is None


@pytest.fixture(scope="module")
def history(ready: Workspace) -> History:
    with ready.store.cursor() as cursor:
        return read_history(cursor)


def book_of(ready: Workspace, history: History) -> WhiteBook:
    price = history.products["list_price"].fillna(1.0).to_numpy(dtype=float)
    size = np.ones(len(history.retailers))
    made = make_book(
        ready.models.current.model, history, size, price, np.random.default_rng(1)
    )  # fmt: skip
    assert made is not None
    return made


def test_the_same_data_make_the_same_book(ready: Workspace, history: History) -> None:
    one, other = book_of(ready, history), book_of(ready, history)
    assert np.array_equal(one.chance, other.chance)
    assert one.spread == other.spread
    assert one.windows >= 2


def test_a_product_without_a_price_is_worth_nothing(ready: Workspace, history: History) -> None:
    price = np.full(len(history.products), np.nan)
    price[0] = 5.0
    made = make_book(
        ready.models.current.model, history, np.ones(len(history.retailers)), price,
        np.random.default_rng(1),
    )  # fmt: skip
    assert made is not None
    assert (made.chance[:, 1:] == 0).all()
    assert (made.chance[:, 0] > 0).any()


def test_orders_of_the_last_weeks_teach(ready: Workspace, history: History) -> None:
    short = history.before(history.as_of - timedelta(days=28))
    same = replace(short, as_of=history.as_of)
    assert book_of(ready, same).uptake.taken < book_of(ready, history).uptake.taken
