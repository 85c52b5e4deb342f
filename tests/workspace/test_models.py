"""One model in place, kept on disk, fitted again when the data changed and only then."""

from __future__ import annotations

from smartreco.entities import OPERATOR, ListName
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
