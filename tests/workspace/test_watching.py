"""What another process changed is noticed by a look at the store, each kind of change once.

The other process is a second workspace on the same open store, with a memory of its own.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from smartreco.dataset.synthetic import SyntheticSettings
from smartreco.entities import OPERATOR, ListName
from smartreco.errors import InputError, StoreAwayError
from smartreco.store import dataset
from smartreco.store.away import away
from smartreco.store.connection import Cursor
from smartreco.store.home import Home
from smartreco.workspace import Workspace
from smartreco.workspace import watching as module
from smartreco.workspace.watching import Watch
from tests.conftest import Cast, opened_copy


@dataclass(frozen=True)
class Two:
    """This process with its watch, which has looked once, and the other one."""

    here: Workspace
    there: Workspace
    watch: Watch

    @property
    def one(self) -> str:
        """A product."""
        return str(self.there.models.current.catalogue.products["product_id"].iloc[0])

    @property
    def name(self) -> str:
        """Of that product, as this process tells it."""
        return self.here.models.current.catalogue.product(self.one).name

    def rename(self) -> None:
        """Give the product another name at the other process."""

        def work(cursor: Cursor) -> None:
            cursor.execute("UPDATE products SET name = 'Renamed' WHERE product_id = ?", [self.one])
            dataset.changed(cursor)

        self.there.store.write(work)

    def publish(self) -> int:
        """Publish another blend at the other process; the publication's number."""
        recipe = self.there.models.current.recipe
        share = 0.9 - self.there.models.current.publication / 20
        shares = {"peers": share, "content": 1 - share}
        other = replace(recipe, blend=recipe.blend.with_list(ListName.DISCOVER, shares))
        self.there.blends.publish(OPERATOR, other, "seen from elsewhere")
        return self.there.models.current.publication


def _two(here: Workspace) -> Two:
    there = Workspace(here.core)
    there.prepare()
    watch = Watch(here.core, here.models, here.drafts.steps)
    watch.look()
    return Two(here, there, watch)


@pytest.fixture(scope="module")
def kept(small_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Two]:
    """Two that changes of the same data set pass between, one test after the other."""
    here = opened_copy(small_store, tmp_path_factory.mktemp("watched"))
    yield _two(here)
    here.close()


def test_nothing_is_read_again_while_nothing_changes(kept: Two) -> None:
    before = kept.here.models.current
    kept.watch.look()
    assert kept.here.models.current is before


def test_another_name_is_told_beside_the_same_model(kept: Two) -> None:
    before = kept.here.models.current
    kept.rename()
    assert kept.name != "Renamed"
    kept.watch.look()
    assert kept.name == "Renamed"
    assert kept.here.models.current.version == before.version


def test_an_order_makes_nothing_be_read_again(kept: Two, cast: Cast) -> None:
    shop, shop_id = cast.retailer, str(cast.retailer.retailer_id)
    kept.there.store.write(lambda cursor: cursor.execute("UPDATE vendors SET min_order_value = 0"))
    shown = kept.there.lists.for_you(shop, shop_id, reorder_k=40, discover_k=40)
    line = next(
        line for line in (*shown.reorder, *shown.discover)
        if (line.product.on_hand or 0) >= line.product.case_size
    )  # fmt: skip
    kept.watch.look()
    before = kept.here.models.current.catalogue
    kept.there.drafts.add(shop, shop_id, line.product.product_id, line.product.case_size)
    kept.there.orders.place(shop, shop_id)
    kept.watch.look()
    assert kept.here.models.current.catalogue is before


def test_a_publication_is_followed(kept: Two) -> None:
    number = kept.publish()
    assert kept.here.models.current.publication < number
    kept.watch.look()
    held = kept.here.models.current
    assert held.publication == number
    assert held.recipe == kept.there.models.current.recipe


def test_a_newer_model_is_taken_and_no_other_is_fitted(kept: Two) -> None:
    newer = kept.there.models.refit()
    assert kept.here.models.current.version < newer.version
    kept.watch.look()
    assert kept.here.models.current.version == newer.version


def test_a_model_whose_arrays_are_elsewhere_is_left_alone(
    kept: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = kept.here.models.current.version
    newer = kept.there.models.refit().version
    with monkeypatch.context() as patch:
        patch.setattr(kept.here.models._files, "there", lambda row: False)
        kept.watch.look()
    assert kept.here.models.current.version == before
    kept.here.models.take_newer()
    assert kept.here.models.current.version == newer


def test_what_changed_while_the_database_was_away_is_seen_once_it_is_back(
    kept: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_answer(*_: object) -> None:
        raise away()

    number = kept.publish()
    for place, name in ((module.signals, "read"), (kept.here.models, "follow")):
        with monkeypatch.context() as patch:  # at once, or in the middle of the look
            patch.setattr(place, name, no_answer)
            with pytest.raises(StoreAwayError):
                kept.watch.look()
        assert kept.here.models.current.publication < number
    kept.watch.look()
    assert kept.here.models.current.publication == number


def test_a_change_that_cannot_be_followed_is_not_tried_every_second(
    kept: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[int] = []

    def refused() -> None:
        tried.append(1)
        raise InputError("a recipe is known")

    kept.publish()
    with monkeypatch.context() as patch:
        patch.setattr(kept.here.models, "follow", refused)
        with pytest.raises(InputError):
            kept.watch.look()
        kept.watch.look()
    assert tried == [1]


def test_of_other_data_nothing_earlier_is_handed_out(workspace: Workspace, cast: Cast) -> None:
    two = _two(workspace)
    shop_id = str(cast.retailer.retailer_id)
    product = workspace.models.current.catalogue.products["product_id"].iloc[0]
    workspace.drafts.add(cast.retailer, shop_id, product, 6)
    assert workspace.drafts.steps.last(shop_id) is not None
    before = workspace.models.current
    small = SyntheticSettings(retailers=12, products=30, vendors=3, months=6, seed=3)
    two.there.data.make_demo(OPERATOR, small, replace=True)
    two.watch.look()
    assert workspace.drafts.steps.last(shop_id) is None
    held = workspace.models.current
    assert held.data_version > before.data_version
    assert len(held.catalogue.products) == 30


def test_a_file_is_not_watched_and_a_database_is_until_the_end(
    kept: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    core = kept.here.core
    watch = Watch(core, kept.here.models, kept.here.drafts.steps)
    if core.store.home.kind == "duckdb":
        watch.start()
        assert watch._thread is None
    looked, answers = threading.Event(), iter([away(), InputError("x"), ValueError("x")])

    def look() -> None:
        if (answer := next(answers, None)) is not None:
            raise answer
        looked.set()

    monkeypatch.setattr(module, "PAUSE", 0.001)
    monkeypatch.setattr(core.store._place, "home", Home("postgres", "postgres://h:1/d"))
    monkeypatch.setattr(watch, "look", look)
    watch.start()
    assert looked.wait(10), "a look that failed was the last"
    watch.close()
    assert watch._thread is not None
    assert not watch._thread.is_alive()
