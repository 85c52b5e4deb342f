"""Every chart of the product: one theme, one builder a file."""

from __future__ import annotations

from pages.components.charts.bands import Banded, banded_rows, bands_in_words
from pages.components.charts.change_parts import ChangePart, change_parts, money_signed
from pages.components.charts.city_map import City, city_map, map_in_words
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
from pages.components.charts.effect_course import EffectWeek, effect_course, effect_in_words
from pages.components.charts.heat_map import Cell, heat_in_words, heat_map
from pages.components.charts.kept import draw_kept
from pages.components.charts.methods import MethodLine, methods_chart
from pages.components.charts.pairs import MOST_PAIRS, Pair, before_and_after, pairs_in_words
from pages.components.charts.parts import forecast_parts, parts_in_words
from pages.components.charts.picking import draw_picking
from pages.components.charts.plane import ID as PLANE_ID
from pages.components.charts.plane import PICK as PLANE_PICK
from pages.components.charts.plane import Spot, plane, plane_in_words
from pages.components.charts.purchases import (
    Purchase,
    Week,
    purchases,
    purchases_in_words,
    weeks,
    weeks_in_words,
)
from pages.components.charts.running_out import Span, running_out, running_out_in_words
from pages.components.charts.shares import SharePoint, share_points, shares_in_words
from pages.components.charts.supply_course import (
    asked_for,
    asked_in_words,
    left_in_words,
    stock_left,
)
from pages.components.charts.theme import CONFIG, FONT
from pages.components.charts.tornado import Cause, tornado, tornado_in_words
from pages.components.charts.waterfall import Step, waterfall, waterfall_in_words

__all__ = [
    "CONFIG",
    "FONT",
    "MOST_BARS",
    "MOST_PAIRS",
    "PLANE_ID",
    "PLANE_PICK",
    "Banded",
    "Bar",
    "Cause",
    "Cell",
    "ChangePart",
    "City",
    "DemandLine",
    "EffectWeek",
    "MethodLine",
    "Pair",
    "Purchase",
    "SharePoint",
    "Span",
    "Spot",
    "Step",
    "StockPoint",
    "Week",
    "asked_for",
    "asked_in_words",
    "banded_rows",
    "bands_in_words",
    "before_and_after",
    "change_parts",
    "city_map",
    "contribution_bars",
    "correlogram",
    "course_in_words",
    "decomposition",
    "demand_chart",
    "demand_in_words",
    "draw",
    "draw_kept",
    "draw_picking",
    "draw_selectable",
    "effect_course",
    "effect_in_words",
    "forecast_parts",
    "heat_in_words",
    "heat_map",
    "in_words",
    "left_in_words",
    "map_in_words",
    "methods_chart",
    "money_signed",
    "one_series",
    "pairs_in_words",
    "parts_in_words",
    "picked",
    "plane",
    "plane_in_words",
    "purchases",
    "purchases_in_words",
    "running_out",
    "running_out_in_words",
    "share_points",
    "shares_in_words",
    "stock_course",
    "stock_left",
    "tornado",
    "tornado_in_words",
    "waterfall",
    "waterfall_in_words",
    "weeks",
    "weeks_in_words",
]
