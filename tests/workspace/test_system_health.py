"""All is well, or not: each rule with a sign on either side of its bound."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pages.admin.system.words import FINDINGS, finding
from smartreco.entities import DatasetInfo, Provenance
from smartreco.language import Language
from smartreco.logs import LogLine
from smartreco.store.home import Home
from smartreco.store.models import ModelRow
from smartreco.store.request_log import MethodTimes
from smartreco.store.vital_signs import Failing
from smartreco.workspace.keeping.views import BackupView
from smartreco.workspace.operating.health import Signs, findings
from smartreco.workspace.operating.views import Overview
from smartreco.workspace.status import Phase, Status

NOW = datetime(2030, 5, 1, 12)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
INFO = DatasetInfo("Own", "INR", "en_IN", Provenance.IMPORTED, lines=5)
MODEL = ModelRow(3, 7, "m", NOW - 3 * DAY, 2.0, {})
OVERVIEW = Overview(
    "1", "3.11", {}, NOW, Home("duckdb", "x.duckdb"), 10**6, 10**11, 17, NOW, 7, 2, INFO, None,
    MODEL, 1, 1,
)  # fmt: skip
BACKUP = BackupView("b1", Path("b1"), 9, NOW - DAY, 30, 100, 1.0)
WELL = Signs(NOW, OVERVIEW, Status(Phase.READY), (BACKUP,), True, (), (), (), 2, False)


def times(calls: int, p95: float, name: str = "for_you") -> MethodTimes:
    return MethodTimes(name, calls, 0, 1.0, p95, p95, p95, NOW)


def test_nothing_is_said_where_all_is_well() -> None:
    assert findings(WELL) == ()


@pytest.mark.parametrize(
    ("change", "kind", "urgent"),
    [
        ({"status": Status(Phase.FAILED, message="no disk")}, "preparing", True),
        ({"overview": replace(OVERVIEW, info=None)}, "no_data", True),
        ({"overview": replace(OVERVIEW, data_version=8)}, "model_behind", True),
        ({"overview": replace(OVERVIEW, data_version=8,
                              model=replace(MODEL, fitted_at=NOW - HOUR))}, "model_behind", False),
        ({"overview": replace(OVERVIEW, free=10**8)}, "disk", True),
        ({"overview": replace(OVERVIEW, free=10**8, home=Home("postgres", "p"))}, None, False),
        ({"backup_folder": False, "backups": ()}, "no_backup_folder", True),
        ({"backups": ()}, "no_backup", True),
        ({"backups": (), "overview": replace(
            OVERVIEW, info=replace(INFO, provenance=Provenance.DEMO))}, "no_backup", False),
        ({"backups": (replace(BACKUP, made_at=NOW - 8 * DAY),)}, "old_backup", True),
        ({"backups": (replace(BACKUP, made_at=NOW - 6 * DAY),)}, None, False),
        ({"backups": (replace(BACKUP, problem="torn"),)}, "bad_backup", True),
        ({"errors": (LogLine(NOW - HOUR, "ERROR", "x", "boom", None),)}, "errors", True),
        ({"errors": (LogLine(NOW - 2 * DAY, "ERROR", "x", "boom", None),)}, None, False),
        ({"errors": (LogLine(NOW - HOUR, "WARNING", "x", "hm", None),)}, None, False),
        ({"failing": (Failing("place", "KeyError", 3, NOW),)}, "failing", True),
        ({"times": (times(20, 2500.0),)}, "slow", False),
        ({"times": (times(19, 2500.0), times(500, 1900.0), times(50, 9e5, "fit"))}, None, False),
        ({"admins": 1}, "one_admin", False),
        ({"admins": 1, "demo": True}, "demo", False),
    ],
)  # fmt: skip
def test_each_sign_is_told_with_its_weight(
    change: dict[str, Any], kind: str | None, urgent: bool
) -> None:
    found = findings(replace(WELL, **change))
    assert [(one.kind, one.urgent) for one in found] == ([] if kind is None else [(kind, urgent)])
    for one in found:
        said, act = finding(one, Language("en_US"))
        assert "{" not in said + act


def test_what_needs_somebody_comes_first() -> None:
    found = findings(replace(WELL, admins=1, backups=(), times=(times(90, 9000.0),)))
    assert [one.urgent for one in found] == [True, False, False]
    assert {one.kind for one in found} <= FINDINGS.keys()
