"""Replenishment is tried on weeks that nothing was chosen on, by those who may see all shops."""

from __future__ import annotations

import pytest

from smartreco.entities import Principal
from smartreco.errors import InputError, NotAllowedError, NotEnoughDataError
from smartreco.forecast.panel import Level
from smartreco.workspace import Workspace
from smartreco.workspace.replenishment import LEVELS
from tests.conftest import Cast

COLUMNS = [
    "rule", "target", "share", "fill_rate", "cycle_service", "weeks_of_stock",
    "ours_at_equal_fill",
]  # fmt: skip


@pytest.mark.parametrize("level", LEVELS)
def test_a_trial_reports_every_rule_on_both_levels(
    shared_workspace: Workspace, cast: Cast, level: Level
) -> None:
    found = shared_workspace.replenishment.trial(cast.analyst, level, weeks=5)
    rules = found.trial.rules.set_index("rule")
    assert list(found.trial.rules.columns) == COLUMNS
    assert found.trial.weeks == 5
    assert found.trial.products > 0
    assert found.trial.forecaster in found.trial.losses
    assert found.trial.losses[found.trial.forecaster] == min(found.trial.losses.values())
    ours = rules.loc[["ours at 90%", "ours at 95%", "ours at 98%"]]
    assert ours["share"].is_monotonic_increasing
    assert ours["weeks_of_stock"].is_monotonic_increasing
    assert rules["fill_rate"].between(0, 1).all()
    assert rules["cycle_service"].between(0, 1).all()
    assert rules.loc["MA8 x 1", "target"] != rules.loc["MA8 x 1", "target"]


@pytest.mark.parametrize("wrong", [{"lead": 0}, {"review": 9}, {"weeks": 1}])
def test_a_trial_that_cannot_be_is_refused(
    shared_workspace: Workspace, cast: Cast, wrong: dict[str, int]
) -> None:
    with pytest.raises(InputError):
        shared_workspace.replenishment.trial(cast.analyst, Level.PRODUCT, **wrong)
    with pytest.raises(InputError, match="retailer_product"):
        shared_workspace.replenishment.trial(cast.analyst, Level.VENDOR)


def test_too_short_a_past_says_so(shared_workspace: Workspace, cast: Cast) -> None:
    with pytest.raises(NotEnoughDataError, match="full weeks"):
        shared_workspace.replenishment.trial(cast.analyst, Level.PRODUCT, weeks=25)


def test_a_shop_or_vendor_tries_nothing(shared_workspace: Workspace, cast: Cast) -> None:
    who: Principal
    for who in (cast.retailer, cast.vendor):
        with pytest.raises(NotAllowedError):
            shared_workspace.replenishment.trial(who, Level.PRODUCT)
