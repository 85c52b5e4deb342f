"""The lists of "For you": what is due comes first and stays, whatever the shop does."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from smartreco.entities import ListName
from smartreco.language import Language
from smartreco.store.rules import RuleSpec
from smartreco.workspace import Workspace
from smartreco.workspace.views import ForYou, ListFilter
from tests.conftest import Cast


def page(workspace: Workspace, cast: Cast, k: int = 48, wanted: ListFilter | None = None) -> ForYou:
    shop = str(cast.retailer.retailer_id)
    return workspace.lists.for_you(cast.retailer, shop, wanted, reorder_k=k)


def due(shown: ForYou) -> list[str]:
    return [line.product.product_id for line in shown.due]


def reordered(shown: ForYou) -> list[str]:
    return [line.product.product_id for line in shown.reorder]


@pytest.fixture
def plenty(workspace: Workspace, cast: Cast) -> Workspace:
    """The shop's workspace, with several products due."""
    assert len(page(workspace, cast).due) >= 2
    return workspace


def test_everything_due_is_listed_before_anything_else(plenty: Workspace, cast: Cast) -> None:
    shown = page(plenty, cast)
    flags = [line.due for line in shown.reorder]
    assert flags == sorted(flags, reverse=True)
    assert not all(flags)
    assert reordered(shown)[: len(shown.due)] == due(shown)
    chances = [line.recommendation.probability for line in shown.reorder if line.due]
    assert chances == sorted(chances, key=lambda chance: -(chance or 0.0))
    assert [line.recommendation.rank for line in shown.reorder] == list(
        range(1, len(shown.reorder) + 1)
    )


def test_a_due_line_is_one_whose_rhythm_says_so(plenty: Workspace, cast: Cast) -> None:
    lines = page(plenty, cast).reorder
    assert {line.due for line in lines} == {False, True}
    for line in lines:
        since, rhythm = line.days_since, line.recommendation.cadence_days
        # since is of today, dueness of the day after the last order
        inside = (
            since is not None and rhythm is not None and 0.9 * rhythm <= since + 1 <= 3 * rhythm
        )
        assert line.due == inside


def test_what_is_due_does_not_change_with_the_draft(plenty: Workspace, cast: Cast) -> None:
    shop, before = str(cast.retailer.retailer_id), page(plenty, cast)
    lines = [line for line in before.reorder if line.due]
    for line in [*before.discover[:4], *before.reorder[-2:], before.reorder[0]]:
        plenty.drafts.add(cast.retailer, shop, line.product.product_id, 6, ListName.DISCOVER)
        after = page(plenty, cast)
        assert after.due == before.due
        assert [one for one in after.reorder if one.due] == lines
    assert after.discover != before.discover  # the draft does draw on the other list


def test_all_that_is_due_is_known_however_short_the_list(plenty: Workspace, cast: Cast) -> None:
    long, short = page(plenty, cast), page(plenty, cast, k=1)
    assert short.due == long.due
    assert reordered(short) == reordered(long)[:1]
    quantities = [line.recommendation.quantity for line in long.reorder if line.due]
    assert [line.quantity for line in long.due] == quantities


def test_a_filter_and_not_for_me_hold_for_what_is_due(plenty: Workspace, cast: Cast) -> None:
    shop, everything = str(cast.retailer.retailer_id), page(plenty, cast)
    category = everything.due[0].product.category
    some = page(plenty, cast, wanted=ListFilter(categories=(category,)))
    assert due(some) == [
        line.product.product_id for line in everything.due if line.product.category == category
    ]
    plenty.drafts.dismiss(cast.retailer, shop, due(everything)[0])
    assert due(page(plenty, cast)) == due(everything)[1:]


def test_no_line_is_said_to_be_moved_by_being_due(plenty: Workspace, cast: Cast) -> None:
    assert all(not line.recommendation.notes for line in page(plenty, cast).reorder)


def test_lists_made_once_are_not_those_of_another_state(plenty: Workspace, cast: Cast) -> None:
    first = page(plenty, cast)
    assert page(plenty, cast).reorder is first.reorder
    newer = replace(plenty.models.current, version=plenty.models.current.version + 1)
    plenty.models._current = newer
    again = page(plenty, cast)
    assert again.reorder is not first.reorder
    assert again.reorder == first.reorder


def test_a_cap_counts_the_list_as_the_reader_sees_it(plenty: Workspace, cast: Cast) -> None:
    everything = page(plenty, cast)
    plenty.rules.add(cast.analyst, RuleSpec("vendor_cap", amount=2.0))
    shown = page(plenty, cast, k=10)
    vendors = Counter(line.product.vendor_id for line in shown.reorder)
    assert max(vendors.values()) <= 2
    assert shown.due == everything.due  # places decide what is shown, not what is due
    assert {line.product.product_id for line in shown.reorder if line.due} <= set(due(everything))


def test_variety_does_not_mix_what_is_due_with_what_is_not(plenty: Workspace, cast: Cast) -> None:
    plenty.rules.add(cast.analyst, RuleSpec("diversity", amount=0.9))
    flags = [line.due for line in page(plenty, cast).reorder]
    assert any(flags)
    assert flags == sorted(flags, reverse=True)


def test_a_pin_stands_above_what_is_due(plenty: Workspace, cast: Cast) -> None:
    last = page(plenty, cast).reorder[-1]
    assert not last.due
    plenty.rules.add(cast.analyst, RuleSpec("pin", "product", last.product.product_id))
    first, second = page(plenty, cast).reorder[:2]
    assert (first.product, first.due, second.due) == (last.product, False, True)


def test_an_explanation_knows_the_place_on_the_page(plenty: Workspace, cast: Cast) -> None:
    shop, shown = str(cast.retailer.retailer_id), page(plenty, cast)
    plenty.drafts.add(cast.retailer, shop, shown.discover[0].product.product_id, 6, None)
    lines = page(plenty, cast, k=12).reorder
    assert len(lines) == 12
    for line in lines:
        answer = plenty.lists.explain(
            cast.retailer, shop, line.product.product_id, ListName.REORDER, Language()
        )
        assert answer.rank == line.recommendation.rank
        assert answer.score == pytest.approx(line.recommendation.score)


def test_what_was_just_ordered_is_not_proposed_until_the_model_knows_of_it(
    plenty: Workspace, cast: Cast
) -> None:
    shop, before = str(cast.retailer.retailer_id), page(plenty, cast)
    taken = before.due[0]
    pieces = taken.product.case_size * 20
    plenty.drafts.add(cast.retailer, shop, taken.product.product_id, pieces, ListName.REORDER)
    placed = plenty.orders.place(cast.retailer, shop)
    after = page(plenty, cast)
    assert due(after) == due(before)[1:]
    assert taken.product.product_id not in reordered(after)
    plenty.orders.cancel(cast.retailer, shop, placed.summary.order_id)
    assert due(page(plenty, cast)) == due(before)
