"""Whatever a file holds, an import answers with an account or a sentence, and loses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from smartreco.config import Settings
from smartreco.dataset import reading
from smartreco.dataset.importing import KINDS
from smartreco.entities import OPERATOR
from smartreco.errors import InputError, SmartRecoError
from smartreco.workspace import Workspace
from smartreco.workspace.importing.jobs import UNKNOWN, UNKNOWN_AFTER
from smartreco.workspace.importing.views import Accounting, Files, ImportOptions
from tests.drawing import drawn
from tests.workspace.malformed import ENDINGS, HOSTILE, PARQUET, UPLOADS
from tests.workspace.test_imports import GOOD, content, files

QUICK: dict[str, Any] = {
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.function_scoped_fixture,
                              HealthCheck.data_too_large]
}  # fmt: skip
IMPORTS = {
    "uploads": st.dictionaries(st.sampled_from(KINDS), st.tuples(ENDINGS, UPLOADS), max_size=2),
    "orders": st.tuples(ENDINGS, UPLOADS),
    "tolerant": st.booleans(),
}
Upload = tuple[str, bytes]
#: Each once broke something; the others are tried in the full run.
OFTEN = ("ten thousand columns", "Parquet of lists", "a zip bomb")


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("held")
    workspace = Workspace.open(
        Settings(db=folder / "s.duckdb", first_data="none", refit_after=None)
    )
    workspace.imports.begin(OPERATOR, files(*GOOD))
    workspace.imports.close()
    yield workspace
    workspace.close()


def named(uploads: dict[str, Upload]) -> Files:
    return {kind: (f"{kind}{ending}", one) for kind, (ending, one) in uploads.items()}


def rehearsed(held: Workspace, given_files: Files, *, tolerant: bool) -> Accounting | None:
    """The account of a dry run, which sums; None where it was refused with a sentence."""
    looked = held.imports.look(OPERATOR, given_files)
    assert len(looked.files) == len(given_files)
    before = content(held)
    try:
        done = held.imports.dry_run(OPERATOR, given_files, options=ImportOptions(tolerant=tolerant))
    except SmartRecoError:  # a sentence; anything else fails here
        done = None
    else:
        report = done.report
        assert looked.ready
        assert report.kept + report.fixed + report.quarantined == report.read
        assert report.read == sum(file.rows for file in looked.files)
    assert content(held) == before
    return done


def refused(held: Workspace, given_files: Files, *, tolerant: bool) -> None:
    """The real import is refused as well, in words, and changes nothing."""
    before = content(held)
    job = held.imports.begin(OPERATOR, given_files, options=ImportOptions(tolerant=tolerant))
    held.imports.close()
    state = held.imports.state(OPERATOR, job)
    assert state is not None
    assert state.error not in (None, UNKNOWN, UNKNOWN_AFTER)
    assert content(held) == before


@drawn(1000, 12, **QUICK)
@given(**IMPORTS)
def test_no_file_ends_in_a_traceback_and_a_refused_one_changes_nothing(
    held: Workspace, uploads: dict[str, Upload], orders: Upload, tolerant: bool
) -> None:
    rehearsed(held, named({"orders": orders} | uploads), tolerant=tolerant)


@pytest.mark.full
def test_thousands_of_malformed_files_are_refused_in_words_or_accounted_for(
    held: Workspace,
) -> None:
    tried: list[int] = []

    @settings(max_examples=3000, deadline=None, **QUICK)
    @given(**IMPORTS)
    def one_import(uploads: dict[str, Upload], orders: Upload, tolerant: bool) -> None:
        given_files = named({"orders": orders} | uploads)
        tried.append(len(given_files))
        if rehearsed(held, given_files, tolerant=tolerant) is None:
            refused(held, given_files, tolerant=tolerant)

    one_import()
    assert sum(tried) >= 5000


@pytest.mark.parametrize(
    "what",
    [pytest.param(one, marks=() if one in OFTEN else pytest.mark.full) for one in HOSTILE],
)
def test_a_file_made_to_harm_is_refused_in_words_or_accounted_for(
    held: Workspace, what: str
) -> None:
    given_files = named({"orders": HOSTILE[what]})
    if rehearsed(held, given_files, tolerant=False) is None:
        refused(held, given_files, tolerant=False)


def test_a_small_parquet_file_may_not_unfold_to_more_than_fits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reading, "MOST_CELLS", 239)  # 40 rows of 6
    with pytest.raises(InputError, match="unfolds"):
        reading.read_table(("orders.parquet", PARQUET))
