"""One model in place, kept on disk, fitted again when the data changed and only then."""

from __future__ import annotations

import numpy as np

from smartreco.entities import OPERATOR, ListName
from smartreco.store.models import load_arrays, save_arrays
from smartreco.workspace import Phase, Workspace
from tests.conftest import Cast, opened


def test_a_restart_takes_the_kept_model(workspace: Workspace, cast: Cast) -> None:
    before = workspace.models.current
    shop = cast.retailer.retailer_id
    assert shop is not None
    lines = workspace.lists.recommend(cast.retailer, shop, ListName.DISCOVER)
    folder = workspace.settings.db.parent
    workspace.close()
    again = opened(folder)
    try:
        assert again.models.current.version == before.version
        assert again.lists.recommend(cast.retailer, shop, ListName.DISCOVER) == lines
    finally:
        again.close()


def test_a_damaged_model_file_is_fitted_again(workspace: Workspace) -> None:
    folder = workspace.settings.db.parent
    version = workspace.models.current.version
    workspace.close()
    for path in workspace.settings.model_dir.glob("*.npz"):
        path.write_bytes(b"half a file")
    again = opened(folder)
    try:
        assert again.status().phase is Phase.READY
        assert again.models.current.version == version + 1
    finally:
        again.close()


def test_readers_keep_the_old_model_until_the_new_one_is_whole(workspace: Workspace) -> None:
    old = workspace.models.current
    seen: list[int] = []
    workspace.models.fit(OPERATOR, lambda *_: seen.append(workspace.models.current.version))
    assert set(seen[:-1]) == {old.version}
    assert workspace.models.current.version == old.version + 1


def test_changed_data_make_the_model_due(workspace: Workspace) -> None:
    version = workspace.models.current.version
    workspace.models.refresh()
    assert workspace.models.current.version == version
    workspace.store.write(
        lambda cursor: cursor.execute("UPDATE dataset_info SET data_version = data_version + 1")
    )
    workspace.models.refresh()
    assert workspace.models.current.version == version + 1


def test_settings_are_kept_when_little_changed_and_the_summary_says_so(
    workspace: Workspace,
) -> None:
    first = workspace.models.fit(OPERATOR, full=True)
    assert "asked for" in first.learning
    second = workspace.models.fit(OPERATOR)
    assert second.version == first.version + 1
    assert f"version {first.version} kept" in second.learning
    assert second.model.blend == first.model.blend
    assert second.summary["learned_from"] == first.summary["learned_from"]
    third = workspace.models.fit(OPERATOR, full=True)
    assert "asked for" in third.learning


def test_a_refit_after_a_restart_still_knows_what_was_learned(workspace: Workspace) -> None:
    version = workspace.models.fit(OPERATOR, full=True).version
    folder = workspace.settings.db.parent
    workspace.close()
    again = opened(folder)
    try:
        assert f"version {version} kept" in again.models.fit(OPERATOR).learning
    finally:
        again.close()


def test_kept_arrays_of_another_form_are_fitted_again(workspace: Workspace) -> None:
    """Whatever is wrong with them: here a number where a table of settings should be."""
    folder, version = workspace.settings.db.parent, workspace.models.current.version
    path = workspace.settings.model_dir / f"model-{version:06d}.npz"
    arrays = load_arrays(path)
    workspace.close()
    save_arrays(path, arrays | {"model": np.array("7")})
    again = opened(folder)
    try:
        assert again.models.current.version == version + 1
        assert "no earlier settings" in again.models.current.learning
    finally:
        again.close()


def test_nothing_is_kept_from_data_that_were_replaced(workspace: Workspace) -> None:
    """Even where the new data have the same ids and as many lines."""
    workspace.models.fit(OPERATOR)
    workspace.models.forget()
    assert not workspace.models.ready
    assert "no earlier settings" in workspace.models.fit(OPERATOR).learning


def test_a_start_does_not_wait_for_orders_that_were_placed_here(
    workspace: Workspace, cast: Cast
) -> None:
    shop, version = str(cast.retailer.retailer_id), workspace.models.current.version
    due = workspace.lists.for_you(cast.retailer, shop).due[0].product
    workspace.drafts.add(cast.retailer, shop, due.product_id, due.case_size * 20)
    workspace.orders.place(cast.retailer, shop)
    folder = workspace.settings.db.parent
    workspace.close()
    again = opened(folder)
    try:
        assert again.models.current.version == version
        shown = again.lists.for_you(cast.retailer, shop).due
        assert due.product_id not in [line.product.product_id for line in shown]
        assert again.models.refresh().version == version + 1
        again.store.write(
            lambda cursor: cursor.execute("UPDATE dataset_info SET data_version = data_version + 1")
        )
        assert again.models.start().version == version + 2  # an import is another matter
    finally:
        again.close()
