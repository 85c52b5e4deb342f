"""Saved what-ifs and proposals come back as they were kept; numbers are used once."""

from __future__ import annotations

from datetime import date, datetime

import pandas as pd
import pytest

from smartreco.store import Store, blend_proposals, scenario_market
from smartreco.store import scenarios as scenario_store
from smartreco.store.blend_proposals import ProposalRow
from smartreco.store.connection import Cursor
from smartreco.store.scenarios import Played
from smartreco.workspace import Workspace

NOW = datetime(2026, 5, 4, 9, 30)
ONE = Played("Ten off", {"name": "Ten off", "levers": []}, {"units": [1.0, 2.0, 1.0, 0.5, 1.5]}, 3)


def test_a_scenario_comes_back_as_it_was_kept(workspace: Workspace) -> None:
    def work(cursor: Cursor) -> None:
        number = scenario_store.add(cursor, ONE, "why not", "mira", NOW)
        row = scenario_store.find(cursor, number)
        assert row is not None
        assert (row.name, row.content, row.found) == (ONE.name, ONE.content, ONE.found)
        assert (row.note, row.username, row.data_version) == ("why not", "mira", 3)
        assert (row.created_at, row.changed_at, row.deleted_at) == (NOW, NOW, None)
        assert scenario_store.named(cursor, "TEN OFF") == number

    workspace.store.write(work)


def test_a_number_is_never_used_again_and_a_deleted_one_comes_back(workspace: Workspace) -> None:
    def work(cursor: Cursor) -> None:
        first = scenario_store.add(cursor, ONE, "", "mira", NOW)
        scenario_store.put_away(cursor, first, NOW)
        assert scenario_store.every(cursor) == []
        assert scenario_store.named(cursor, ONE.name) is None
        second = scenario_store.add(cursor, ONE, "", "mira", NOW)
        assert second == first + 1
        scenario_store.put_away(cursor, first, None)
        assert {row.scenario_id for row in scenario_store.every(cursor)} == {first, second}

    workspace.store.write(work)


def test_a_number_that_json_has_no_word_for_is_refused(store: Store) -> None:
    bad = Played("x", {}, {"units": [float("nan")]}, 1)
    with pytest.raises(ValueError, match="JSON"):
        store.write(lambda cursor: scenario_store.add(cursor, bad, "", "mira", NOW))


def test_proposals_come_back_newest_first(store: Store) -> None:
    def work(cursor: Cursor) -> list[ProposalRow]:
        for name in ("a", "b"):
            number = blend_proposals.next_number(cursor)
            evidence = {"discover": {"orders_after": 1.5, "margin_after": None}}
            row = ProposalRow(number, None, {"name": name}, evidence, "", "mira", NOW, 1, 2)
            blend_proposals.add(cursor, row)
        return blend_proposals.every(cursor)

    rows = store.write(work)
    assert [(row.proposal_id, row.content["name"]) for row in rows] == [(2, "b"), (1, "a")]
    assert rows[0].evidence == {"discover": {"orders_after": 1.5, "margin_after": None}}


def test_recent_orders_are_what_the_lines_say(shared_workspace: Workspace) -> None:
    with shared_workspace.store.cursor() as cursor:
        until = date(2100, 1, 1)
        found = scenario_market.recent(cursor, date(1900, 1, 1), until)
        lines = cursor.execute(
            "SELECT product_id, retailer_id, quantity, unit_price FROM order_lines "
            "JOIN products USING (product_key) JOIN retailers USING (retailer_key) "
            "JOIN orders USING (order_key) WHERE status <> 'cancelled'"
        ).df()
        none = scenario_market.recent(cursor, until, until)
    lines["value"], lines["squares"] = lines.quantity * lines.unit_price, lines.quantity**2
    keys = ["product_id", "retailer_id"]
    by_hand = lines.groupby(keys).agg(
        units=("quantity", "sum"), value=("value", "sum"), lines=("quantity", "size"),
        squares=("squares", "sum"),
    )  # fmt: skip
    pd.testing.assert_frame_equal(
        found.set_index(keys).sort_index(), by_hand.sort_index(), check_dtype=False
    )
    assert none.empty


def test_stock_tells_what_is_free_and_how_long_vendors_take(shared_workspace: Workspace) -> None:
    with shared_workspace.store.cursor() as cursor:
        found = scenario_market.stock(cursor)
        days = dict(
            cursor.execute(
                "SELECT product_id, lead_time_days FROM products JOIN vendors USING (vendor_key)"
            ).fetchall()
        )
        weeks = scenario_market.first_orders(cursor, date(2020, 1, 6), date(2100, 1, 1))
    assert len(found)
    for product_id, lead in zip(found["product_id"], found["lead_weeks"], strict=True):
        assert lead == pytest.approx(days[product_id] / 7)
    assert (weeks > 0).all()
