"""``fit`` says where its settings come from; ``--jobs`` changes the time and nothing else."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from tests.cli.conftest import Run


def test_fit_keeps_settings_until_it_is_told_to_learn(filled: Run) -> None:
    first = filled("fit", "--full")
    assert first.code == 0, first.err
    assert "learned anew: asked for" in first.out
    second = filled("fit")
    assert "settings of version" in second.out
    assert "kept" in second.out


def test_any_number_of_jobs_writes_the_same_file(filled: Run, tmp_path: Path) -> None:
    plain, by_jobs = tmp_path / "plain.parquet", tmp_path / "jobs.parquet"
    assert filled("recommend", "--all", "--out", plain).code == 0
    expected = pd.read_parquet(plain)
    assert len(expected)
    for jobs in ("1", "2"):
        answer = filled("recommend", "--all", "--jobs", jobs, "--out", by_jobs)
        assert answer.code == 0, answer.err
        pd.testing.assert_frame_equal(expected, pd.read_parquet(by_jobs))


def test_jobs_are_a_whole_number(run: Run) -> None:
    answer = run("recommend", "--all", "--jobs", "0")
    assert answer.code == 2
    assert "whole number" in answer.err
