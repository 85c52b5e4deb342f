"""After publishing: what shops really do on their pages is counted by the stated rules."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from smartreco.entities import ListName, Principal, Role, Suggestion
from smartreco.errors import InputError
from smartreco.store import list_events
from smartreco.store.connection import Cursor
from smartreco.workspace import Workspace
from smartreco.workspace.after.after import CHOICES
from smartreco.workspace.core import Core
from smartreco.workspace.views import ForYou
from tests.conftest import Cast

NOW = datetime(2030, 1, 7, 9, 0)  # a Monday
At = Callable[[float], None]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> At:
    """Set the clock to so many days after `NOW`."""

    def go(days: float) -> None:
        moment = NOW + timedelta(days=days)
        monkeypatch.setattr(Core, "now", staticmethod(lambda: moment))

    go(0)
    return go


class Shop:
    """A shop at its page, through the methods that the page calls."""

    def __init__(self, workspace: Workspace, who: Principal) -> None:
        self.workspace, self.who, self.id = workspace, who, str(who.retailer_id)

    def look(self, lines: int = 3, version: int | None = None) -> list[Suggestion]:
        """Open the page; some of its lines are seen."""
        shown: ForYou = self.workspace.lists.for_you(self.who, self.id)
        seen = [*shown.reorder[:lines], *shown.discover[:lines]]
        stamp = shown.blend_version if version is None else version
        self.workspace.lists.seen(self.who, self.id, seen, shown.model_version, stamp)
        return seen

    def add(self, line: Suggestion, pieces: int = 1) -> None:
        """Put a line on the order."""
        name = line.recommendation.list
        self.workspace.drafts.add(self.who, self.id, line.product.product_id, pieces, name)

    def order(self) -> str:
        """Place what is on the draft."""
        return self.workspace.orders.place(self.who, self.id).summary.order_id


@pytest.fixture
def shop(workspace: Workspace, cast: Cast, at: At) -> Shop:
    return Shop(workspace, cast.retailer)


def rows(workspace: Workspace, days: int = 28) -> list[dict[str, object]]:
    """Lines as they are counted now."""
    with workspace.store.cursor() as cursor:
        return list_events.lines(cursor, workspace.core.now(), days).to_dict("records")


def affordable(workspace: Workspace, shop: Shop, seen: list[Suggestion]) -> Suggestion:
    """A line whose order nothing stands in the way of."""
    for line in seen:
        shop.add(line, 1)
        if workspace.orders.check(shop.who, shop.id).can_place:
            return line
        pieces = line.product.case_size
        for many in (pieces, 10 * pieces, 50 * pieces):
            workspace.drafts.set_quantity(shop.who, shop.id, line.product.product_id, many)
            if workspace.orders.check(shop.who, shop.id).can_place:
                return line
        workspace.drafts.clear(shop.who, shop.id)
    raise AssertionError("no line of the page can be ordered alone")


def test_before_any_shop_has_looked_there_is_nothing(workspace: Workspace, cast: Cast) -> None:
    found = workspace.after.read(cast.analyst)
    assert (found.shown, found.settled, found.outcomes) == (0, 0, ())
    assert found.first_figures_on is None


def test_a_line_counts_once_with_what_was_said_of_it(workspace: Workspace, shop: Shop) -> None:
    seen = shop.look()
    shop.look()
    found = rows(workspace)
    assert len(found) == len(seen)
    assert {one["list"] for one in found} == {"reorder", "discover"}
    said = sorted(line.recommendation.probability or 0.0 for line in seen)
    assert sorted(one["said"] for one in found) == pytest.approx(said)  # type: ignore[type-var]
    assert not any(one["added"] or one["ordered"] or one["dismissed"] for one in found)
    assert {one["version"] for one in found} == {
        workspace.blends.current(Principal("a", "A", Role.ANALYST)).version
    }


def test_added_ordered_and_dismissed_are_seen(workspace: Workspace, shop: Shop, at: At) -> None:
    seen = shop.look()
    at(0.01)
    workspace.drafts.dismiss(shop.who, shop.id, seen[-1].product.product_id, ListName.DISCOVER)
    line = affordable(workspace, shop, seen[:-1])
    shop.order()
    at(0.02)
    found = rows(workspace)
    assert sum(bool(one["ordered"]) for one in found) == 1
    assert sum(bool(one["dismissed"]) for one in found) == 1
    ordered = next(one for one in found if one["ordered"])
    assert ordered["added"]
    assert (ordered["rank"], ordered["list"]) == (
        line.recommendation.rank, line.recommendation.list.value,
    )  # fmt: skip


def test_a_cancelled_order_does_not_count(workspace: Workspace, shop: Shop, at: At) -> None:
    seen = shop.look()
    at(0.01)
    affordable(workspace, shop, seen)
    order_id = shop.order()
    assert any(one["ordered"] for one in rows(workspace))
    workspace.orders.cancel(shop.who, shop.id, order_id)
    assert not any(one["ordered"] for one in rows(workspace))
    assert any(one["added"] for one in rows(workspace))


def test_an_order_that_was_imported_counts_by_its_own_time(
    workspace: Workspace, shop: Shop, at: At
) -> None:
    late, early = shop.look()[:2]
    keys = [(1, timedelta(days=3), late), (2, timedelta(days=-1), early)]

    def work(cursor: Cursor) -> None:
        for key, after, line in keys:
            moment = NOW + after
            cursor.execute(
                "INSERT INTO orders SELECT 900000 + ?, 'X' || ?, retailer_key, ?, 'placed', NULL, "
                "NULL FROM retailers WHERE retailer_id = ?",
                [key, key, moment, shop.id],
            )
            cursor.execute(
                "INSERT INTO order_lines SELECT 900000 + ?, '1', r.retailer_key, product_key, ?, "
                "1, 1, 1, 1 FROM products, retailers r WHERE retailer_id = ? AND product_id = ?",
                [key, moment.date(), shop.id, line.product.product_id],
            )  # fmt: skip

    workspace.store.write(work)
    at(10)
    ordered = [one["rank"] for one in rows(workspace) if one["ordered"]]
    assert ordered == [late.recommendation.rank]


def test_an_order_before_or_too_long_after_does_not_count(
    workspace: Workspace, shop: Shop, at: At
) -> None:
    seen = shop.look()
    at(-1)
    shop.add(seen[0])
    at(29)
    shop.add(seen[1])
    at(40)
    assert not any(one["added"] for one in rows(workspace))
    at(27.9)
    shop.add(seen[2])
    at(40)
    assert sum(bool(one["added"]) for one in rows(workspace)) == 1
    assert not any(one["added"] for one in rows(workspace, days=7))


def test_what_came_after_another_version_showed_it_counts_for_that(
    workspace: Workspace, shop: Shop, at: At
) -> None:
    first = shop.look(version=7)
    at(5)
    shop.look(version=8)
    at(6)
    shop.add(first[0])
    at(40)
    found = rows(workspace)
    added = [one["version"] for one in found if one["added"]]
    assert added == [8]
    days = {one["version"]: one["days"] for one in found}
    assert days == {7: pytest.approx(5), 8: 28}
    at(10)
    shop.look(version=7)  # rolled back: a line of its own
    assert len(rows(workspace)) == 3 * len(first)


def test_a_line_that_is_shown_on_counts_anew(workspace: Workspace, shop: Shop, at: At) -> None:
    first = shop.look()
    for day in (10, 27, 30, 45):
        at(day)
        shop.look()
    at(100)
    found = rows(workspace)
    assert len(found) == 2 * len(first)
    assert {one["days"] for one in found} == {28}
    assert len(rows(workspace, days=7)) > len(found)


def test_events_of_before_there_were_versions_are_named_by_their_model(
    workspace: Workspace, cast: Cast, shop: Shop, at: At
) -> None:
    shown = workspace.lists.for_you(shop.who, shop.id)
    workspace.lists.seen(shop.who, shop.id, shown.reorder[:2], 3)
    at(30)
    (found,) = workspace.after.read(cast.analyst).outcomes
    assert found.key == (None, 3)
    assert (found.shown, found.settled, found.shops) == (2, 2, 1)


def test_shares_wait_until_the_first_lines_have_had_their_time(
    workspace: Workspace, cast: Cast, shop: Shop, at: At
) -> None:
    shop.look()
    at(1)
    young = workspace.after.read(cast.analyst)
    assert (young.shown, young.settled) == (6, 0)
    assert young.first_figures_on == (NOW + timedelta(days=28)).date()
    at(28.5)
    old = workspace.after.read(cast.analyst)
    assert (old.settled, old.first_figures_on) == (6, None)
    assert all(one.ordered.share is None for one in old.outcomes)  # one shop is no evidence
    assert workspace.after.read(cast.analyst, 7).days == 7


def test_what_a_version_promised_on_held_out_weeks_is_told(
    workspace: Workspace, cast: Cast, shop: Shop, at: At
) -> None:
    recipe = workspace.blends.learned(cast.analyst)
    weights = dict(recipe.blend.weights[ListName.DISCOVER])
    weights["content"] += 0.3
    other = type(recipe)(recipe.blend.with_list(ListName.DISCOVER, weights))
    metrics = {"held_out": {"discover": {"shops": 9, "precision": {"value": 0.125}}}}
    made = workspace.blends.publish(cast.analyst, other, "Tried with a test", metrics=metrics)
    shop.look()
    found = {one.list: one for one in workspace.after.read(cast.analyst).outcomes}
    assert found[ListName.DISCOVER].key == (made.version, None)
    assert found[ListName.DISCOVER].held_out == 0.125
    assert found[ListName.REORDER].held_out is None


def test_only_the_offered_times_can_be_asked_for(workspace: Workspace, cast: Cast) -> None:
    with pytest.raises(InputError, match="28 or 7"):
        workspace.after.read(cast.analyst, 10)
    assert workspace.after.read(cast.analyst, CHOICES[-1]).shown == 0
