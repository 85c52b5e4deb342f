"""What the documents say is true: links lead somewhere, commands exist, code runs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Self

import numpy as np
import pytest

from pages.registry import PAGES
from smartreco.cli.registry import COMMANDS
from smartreco.config import PROJECT
from smartreco.evaluation.scenario_grading import ALL, Grading
from smartreco.language import Percent
from smartreco.recommend.history import History
from smartreco.recommend.market import Market
from smartreco.recommend.scorer import IntArray, Part, Scorer, Scores, Words, total
from smartreco.recommend.shops import Shops
from tests.recommend.conftest import small_history, small_market

__all__ = ["small_history", "small_market"]

DOCUMENTS = [
    PROJECT / name
    for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/how-it-works.md")
]
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
PATH = re.compile(r"`((?:smartreco|pages|tests|assets|locale|deploy|benchmarks)/[\w./-]+)`")
COMMAND = re.compile(r"python -m smartreco ([^`\n]+)")
BLOCK = re.compile(r"```python\n(.*?)```", re.S)
EVERY = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda one: one.name)


@EVERY
def test_links_lead_to_files_that_there_are(document: Path) -> None:
    links = [one for one in LINK.findall(document.read_text()) if "://" not in one]
    assert [one for one in links if not (document.parent / one).exists()] == []


@EVERY
def test_paths_in_code_are_files_or_folders(document: Path) -> None:
    paths = PATH.findall(document.read_text().replace("/ta/", "/<language>/"))
    assert [one for one in paths if not (PROJECT / one).exists() and "<" not in one] == []


@EVERY
def test_commands_are_commands(document: Path) -> None:
    known = {command.name for command in COMMANDS}
    said = COMMAND.findall(document.read_text().replace("[--db FILE] ", ""))
    assert {words.split()[0] for words in said} - {"COMMAND"} <= known


def test_the_readme_has_a_screenshot_of_every_role_and_no_page_that_is_not() -> None:
    text = (PROJECT / "README.md").read_text()
    shots = set(re.findall(r"assets/screenshots/([\w-]+)-(?:1280|390)-(?:light|dark)\.png", text))
    addresses = {spec.url: spec.roles for spec in PAGES}
    pages = {max((url for url in addresses if one.startswith(url)), key=len) for one in shots}
    served = {role.value for page in pages for role in addresses[page]}
    assert served >= {"retailer", "vendor", "product_manager", "analyst"}


def test_the_drawing_counts_what_there_is() -> None:
    drawing = (PROJECT / "assets" / "architecture.svg").read_text()
    assert f"Streamlit, {len(PAGES)} of them" in drawing
    assert f"{len(COMMANDS)} commands" in drawing


def test_the_scorer_of_the_guide_keeps_what_every_scorer_promises(
    small_market: Market, small_history: History
) -> None:
    (code,) = BLOCK.findall((PROJECT / "CONTRIBUTING.md").read_text())
    names: dict[str, Any] = {
        "dataclass": dataclass, "ClassVar": ClassVar, "Self": Self, "np": np, "Scorer": Scorer,
        "Scores": Scores, "Part": Part, "Words": Words, "IntArray": IntArray, "Shops": Shops,
        "Market": Market, "History": History, "Percent": Percent, "__name__": __name__,
    }  # fmt: skip
    exec(code, names)  # noqa: S102 - our own guide
    scorer = names["Popular"].fit(small_market, small_history, None)
    shop, products = small_market.shops(np.array([3])), np.arange(small_market.shape[1])
    scores = scorer.score(shop)
    parts = scorer.explain(shop, products)
    assert scores.shape == (1, len(products))
    assert total(parts, len(products)) == pytest.approx(scores[0], rel=1e-9)
    said = scorer.words(shop, products, parts)
    assert [one.template for one in said] == ["popular"] * len(products)


def test_how_far_what_ifs_are_trusted_is_what_was_graded() -> None:
    grading = Grading.shipped()
    units, revenue = (grading.of(ALL, measure) for measure in ("units", "revenue"))
    assert units is not None
    assert revenue is not None
    said = " ".join((PROJECT / "README.md").read_text(encoding="utf-8").split())
    assert f"In {units.cases} what-ifs of synthetic worlds" in said
    assert f"the truth of units in {units.inside:.0%}".replace("%", " %") in said
    assert f"that of revenue in {revenue.inside:.0%}".replace("%", " %") in said
