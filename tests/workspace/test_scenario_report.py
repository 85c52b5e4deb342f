"""A report says what was found and what it rests on, and nothing where nothing was asked."""

from __future__ import annotations

from datetime import date

import pytest

from smartreco.evaluation.scenario_grading import Grade, Grading
from smartreco.language import Language
from smartreco.scenario.outcome import Measure, Outcome
from smartreco.scenario.scenario import Scenario
from smartreco.scenario.simulate import simulate
from smartreco.workspace.scenario.html import as_html
from smartreco.workspace.scenario.pdf import as_pdf
from smartreco.workspace.scenario.report import ReportContent, report_of
from smartreco.workspace.scenario.stories import story
from smartreco.workspace.scenario.views import Names
from tests.scenario.markets import uncertain

WORDS = Language("en_IN", "INR")
NAMES = Names({"P0": "Darjeeling"}, {"V1": "Patel"})
TRUST = Grading(
    "2026-05-01", (1,), {"retailers": 9, "products": 8, "vendors": 7}, 8,
    tuple(
        Grade(kind, measure, 20, inside, 9, right, 0.3, 1.0, 0.8)
        for kind, inside, right in (("all", 0.81, 1.0), ("stock-out", 0.75, None))
        for measure in ("units", "revenue")
    ),
)  # fmt: skip


def outcome(*levers: dict[str, object]) -> Outcome:
    plain = {"name": "A <question>", "horizon": 4, "levers": list(levers), "draws": 60}
    return simulate(uncertain(), Scenario.from_dict(plain))


def content(found: Outcome, trust: Grading | None = TRUST) -> ReportContent:
    told = story(found, NAMES)
    return report_of(found, told, NAMES, trust, "Mira", date(2026, 5, 4), WORDS)


def test_levers_and_flags_are_said_with_names() -> None:
    made = content(outcome({"kind": "price", "products": ["P0"], "change": -0.1}))
    assert made.levers == ("Prices move by -10%, 1 product: Darjeeling, in all weeks looked at",)
    made = content(outcome({"kind": "stock_out", "vendor": "V1", "weeks": 2}))
    assert "Patel" in made.levers[0]
    assert any("something like it" in one for one in made.assumptions)


def test_every_measure_and_every_week_is_there_as_it_was_found() -> None:
    found = outcome({"kind": "price", "products": ["P0"], "change": -0.1})
    made = content(found)
    assert len(made.measures) == len(found.measures)
    assert [one.value for one in made.bars] == [one.revenue.difference for one in found.by_week]
    revenue = found.of(Measure.REVENUE)
    assert WORDS.compact_money(revenue.baseline) in made.measures[2]
    assert WORDS.compact_money(revenue.scenario) in made.measures[2]


def test_how_far_to_trust_it_is_of_the_kinds_that_are_moved() -> None:
    made = content(outcome({"kind": "stock_out", "products": ["P0"], "weeks": 2}))
    assert len(made.trust) == 3
    assert "81%" in made.trust[0]
    assert made.trust[2].startswith("stock-out")
    assert "75%" in made.trust[2]
    price = content(outcome({"kind": "price", "products": ["P0"], "change": -0.1}))
    assert len(price.trust) == 2
    assert content(outcome(), None).trust == ("Not graded yet",)


@pytest.mark.parametrize("levers", [(), ({"kind": "demand", "change": 0.2, "region": "East"},)])
def test_page_and_pdf_hold_any_outcome(levers: tuple[dict[str, object], ...]) -> None:
    made = content(outcome(*levers))
    page = as_html(made, WORDS).decode()
    assert "<h1>A &lt;question&gt;</h1>" in page
    assert ("<svg" in page) == bool(levers)
    assert as_pdf(made, WORDS).startswith(b"%PDF")
