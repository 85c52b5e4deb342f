"""Evaluations through the workspace: run by analysts, read by who decides, kept."""

from __future__ import annotations

import pytest

from smartreco.entities import ListName
from smartreco.errors import InputError, NotAllowedError, NotEnoughDataError
from smartreco.evaluation.protocol import Split
from smartreco.evaluation.scores import OURS
from smartreco.workspace import Workspace
from tests.conftest import Cast, opened


def test_a_run_is_kept_and_read_again_after_a_restart(workspace: Workspace, cast: Cast) -> None:
    told: list[float] = []
    assert workspace.evaluations.latest(cast.product_manager) is None
    done = workspace.evaluations.evaluate(cast.analyst, k=5, progress=lambda f, _: told.append(f))
    assert (done.number, done.username, done.scoreboard.k) == (1, "ana", 5)
    assert done.model_version == workspace.models.current.version
    assert done.data_version == workspace.models.current.data_version
    assert told == sorted(told)
    assert told[-1] == 1.0
    models = {one.model for one in done.scoreboard.of(ListName.ALL).models}
    assert models >= {OURS, "popularity", "own_frequency", "item_knn", "tifu_knn"}
    folder = workspace.settings.db.parent
    workspace.close()
    again = opened(folder)
    try:
        assert again.evaluations.latest(cast.product_manager, Split.TIME) == done
        assert again.evaluations.latest(cast.admin, Split.TIME, k=10) is None
        assert again.evaluations.latest(cast.admin, Split.RANDOM) is None
        assert again.evaluations.all(cast.analyst) == [done]
    finally:
        again.close()


def test_a_product_manager_reads_but_does_not_run(shared_workspace: Workspace, cast: Cast) -> None:
    assert shared_workspace.evaluations.all(cast.product_manager) == []
    with pytest.raises(NotAllowedError):
        shared_workspace.evaluations.evaluate(cast.product_manager)
    for who in (cast.retailer, cast.vendor):
        with pytest.raises(NotAllowedError):
            shared_workspace.evaluations.latest(who)
        with pytest.raises(NotAllowedError):
            shared_workspace.evaluations.all(who)


@pytest.mark.parametrize("k", [0, 501])
def test_an_impossible_length_is_refused(shared_workspace: Workspace, cast: Cast, k: int) -> None:
    with pytest.raises(InputError, match="between 1 and 500"):
        shared_workspace.evaluations.evaluate(cast.analyst, k=k)


def test_a_run_in_other_words_is_passed_over(workspace: Workspace, cast: Cast) -> None:
    workspace.store.write(
        lambda cursor: cursor.execute(
            "INSERT INTO evaluations VALUES (1, TIMESTAMP '2026-01-01', 1, NULL, 'time', 10, "
            "'ana', 1.0, '{\"old\": true}', NULL)"
        )
    )
    assert workspace.evaluations.latest(cast.analyst) is None
    assert workspace.evaluations.all(cast.analyst) == []


def test_a_store_without_orders_says_what_is_missing(workspace: Workspace, cast: Cast) -> None:
    workspace.store.write(lambda cursor: cursor.execute("DELETE FROM order_lines"))
    with pytest.raises(NotEnoughDataError, match="import orders"):
        workspace.evaluations.evaluate(cast.analyst)
    assert workspace.evaluations.all(cast.analyst) == []
