"""``fit`` says where its settings come from; ``--jobs`` changes the time and nothing else."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tests.cli.conftest import Run


def test_fit_keeps_settings_until_it_is_told_to_learn(run: Run, orders_file: Path) -> None:
    run("import", "--orders", orders_file)
    first = run("fit", "--full")
    assert first.code == 0, first.err
    assert "learned anew: asked for" in first.out
    second = run("fit")
    assert "settings of version" in second.out
    assert "kept" in second.out


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_any_number_of_jobs_writes_the_same_file(
    run: Run, orders_file: Path, tmp_path: Path, jobs: str
) -> None:
    run("import", "--orders", orders_file)
    plain, by_jobs = tmp_path / "plain.parquet", tmp_path / "jobs.parquet"
    assert run("recommend", "--all", "--out", plain).code == 0
    answer = run("recommend", "--all", "--jobs", jobs, "--out", by_jobs)
    assert answer.code == 0, answer.err
    pd.testing.assert_frame_equal(pd.read_parquet(plain), pd.read_parquet(by_jobs))
    assert len(pd.read_parquet(plain))


def test_jobs_are_a_whole_number(run: Run) -> None:
    answer = run("recommend", "--all", "--jobs", "0")
    assert answer.code == 2
    assert "whole number" in answer.err
