"""Every chart of the product: one theme, one builder a file."""

from __future__ import annotations

from pages.components.charts.contributions import MOST_BARS, Bar, contribution_bars, in_words
from pages.components.charts.correlogram import correlogram
from pages.components.charts.course import StockPoint, course_in_words, stock_course
from pages.components.charts.decomposition import decomposition
from pages.components.charts.demand import (
    DemandLine,
    demand_chart,
    demand_in_words,
    one_series,
)
from pages.components.charts.drawing import draw, draw_selectable, picked
from pages.components.charts.kept import draw_kept
from pages.components.charts.methods import MethodLine, methods_chart
from pages.components.charts.pairs import MOST_PAIRS, Pair, before_and_after, pairs_in_words
from pages.components.charts.parts import forecast_parts, parts_in_words
from pages.components.charts.purchases import (
    Purchase,
    Week,
    purchases,
    purchases_in_words,
    weeks,
    weeks_in_words,
)
from pages.components.charts.running_out import Span, running_out, running_out_in_words
from pages.components.charts.theme import CONFIG, FONT

__all__ = [
    "CONFIG",
    "FONT",
    "MOST_BARS",
    "MOST_PAIRS",
    "Bar",
    "DemandLine",
    "MethodLine",
    "Pair",
    "Purchase",
    "Span",
    "StockPoint",
    "Week",
    "before_and_after",
    "contribution_bars",
    "correlogram",
    "course_in_words",
    "decomposition",
    "demand_chart",
    "demand_in_words",
    "draw",
    "draw_kept",
    "draw_selectable",
    "forecast_parts",
    "in_words",
    "methods_chart",
    "one_series",
    "pairs_in_words",
    "parts_in_words",
    "picked",
    "purchases",
    "purchases_in_words",
    "running_out",
    "running_out_in_words",
    "stock_course",
    "weeks",
    "weeks_in_words",
]
