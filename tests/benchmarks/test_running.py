"""A run from the command line to the tables, and what a failure leaves behind."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import recommend
from benchmarks.running import keep, run
from benchmarks.sets.prepared import Prepared
from benchmarks.table import costs, gain, quality, replace_section
from smartreco.entities import ListName


def test_a_model_runs_in_a_process_of_its_own(drawn: Prepared, tmp_path: Path) -> None:
    keep(drawn, tmp_path / "set.pickle")
    served = run(tmp_path / "set.pickle", "own_frequency")
    assert not isinstance(served, str)
    assert len(served.lists[ListName.ALL]) == len(drawn.shops)


def test_a_model_that_fails_is_named_with_the_last_line_of_its_error(
    drawn: Prepared, tmp_path: Path
) -> None:
    keep(drawn, tmp_path / "set.pickle")
    assert run(tmp_path / "set.pickle", "nobody") == "KeyError: 'nobody'"


def test_the_run_prints_tables_and_keeps_the_figures_of_earlier_sets(
    drawn: Prepared,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(recommend, "load", lambda name, file: drawn)
    readme = recommend.README.read_text(encoding="utf-8")
    out = tmp_path / "figures.json"
    out.write_text('{"uci": {"kept": true}}')
    recommend.main(["--set", "iowa", "--model", "popularity", "own_frequency", "--out", str(out)])
    found = json.loads(out.read_text())
    assert found["uci"] == {"kept": True}
    assert set(found["iowa"]["models"]) == {"popularity", "own_frequency"}
    assert "| Own frequency | 0." in capsys.readouterr().out
    assert recommend.README.read_text(encoding="utf-8") == readme  # not all models ran


FIGURES = {
    "settings": dict.fromkeys(("all", "reorder", "discover"), "plain"),
    "fit_seconds": 1.0, "learning_seconds": 2.0, "lists_a_second": 1234.5, "peak_mb": 200.0,
    "reasons_p95_ms": None,
    "all": {"ndcg": 0.5, "precision": 0.1, "recall": 0.2, "coverage": 0.3},
}  # fmt: skip


def test_the_best_model_stands_first() -> None:
    better = FIGURES | {"all": FIGURES["all"] | {"ndcg": 0.6}}
    rows = quality(ListName.ALL, {"worse": FIGURES, "better": better})
    assert [row.split(" | ")[0] for row in rows[2:]] == ["| better", "| worse"]


def test_only_a_gain_that_is_sure_is_bold() -> None:
    assert gain({"mean": 0.02, "low": 0.01, "high": 0.03}) == "**+0.0200 [+0.0100, +0.0300]**"
    assert gain({"mean": 0.02, "low": -0.01, "high": 0.05}) == "+0.0200 [-0.0100, +0.0500]"


def test_a_model_without_reasons_leaves_their_cells_empty() -> None:
    lists = dict.fromkeys(("reorder", "discover"), FIGURES["all"])
    assert costs({"it": FIGURES | lists})[2] == "| it | 1.00 | 2.00 | 1,234 | 200 |  |  |"


def test_only_the_section_of_the_set_is_replaced(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(
        "a\n<!-- one -->\nold\n<!-- end of one -->\nb\n<!-- two -->\n<!-- end of two -->\n"
    )
    replace_section(readme, "one", "new")
    assert readme.read_text() == (
        "a\n<!-- one -->\nnew\n<!-- end of one -->\nb\n<!-- two -->\n<!-- end of two -->\n"
    )
    with pytest.raises(ValueError, match="no markers"):
        replace_section(readme, "three", "new")


def test_every_option_is_in_the_readme() -> None:
    words = recommend.README.read_text(encoding="utf-8")
    for option in ("--set", "--uci", "--model", "--out"):
        assert f"`{option}" in words
