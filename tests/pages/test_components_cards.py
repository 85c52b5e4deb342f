"""Cards, tiles and chips: true to the values they are given, whatever these are called."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from string import Formatter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

import pages.components
from pages.components import cards, reasons, tiles
from pages.components.markup import Html, literal, tag
from smartreco.entities import ListName, Product, Reason, Recommendation, Suggestion
from smartreco.language import Language
from smartreco.recommend.templates import REASONS

RUPEES = Language("en_IN", "INR")
TEA = Product("p1", "Assam tea, 250 g", "FMCG", "Tea & coffee", "v1", "Nila Traders", 12, 142.5)


def suggested(product: Product = TEA, **changes: object) -> Suggestion:
    """A line of the reorder list: bought every 12 days, last 15 days ago."""
    line = Recommendation(
        "r1", ListName.REORDER, 1, product.product_id, 2.0, 0.64, 24, (), date(2026, 5, 1), 12.0
    )
    return replace(Suggestion(line, product, 15, due=True), **changes)  # type: ignore[arg-type]


class Text(HTMLParser):
    """What a reader sees of markup, and which elements carry it."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: set[str] = set()
        self.feed(markup)

    def handle_starttag(self, name: str, _attributes: list[tuple[str, str | None]]) -> None:
        self.tags.add(name)

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def __str__(self) -> str:
        return " ".join(" ".join(self.words).split())


@pytest.mark.parametrize(
    "module", [found.name for found in pkgutil.iter_modules(pages.components.__path__)]
)
def test_examples_in_the_docstrings_hold(module: str) -> None:
    assert not doctest.testmod(importlib.import_module(f"pages.components.{module}")).failed


@settings(deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_any_name_is_shown_as_it_is_and_never_becomes_markup(name: str, vendor: str) -> None:
    hostile = replace(TEA, name=f"<script>{name}", vendor=f'" onload="{vendor}')
    seen = Text(cards.product_card(suggested(hostile), ["<b>chip</b>"], RUPEES))
    assert "script" not in seen.tags
    assert "<b>chip</b>" in seen.words
    assert seen.tags <= {"article", "div", "span", "h3", "a", "p", "b", "ul", "li"}


def test_text_is_escaped_and_markup_is_not_escaped_twice() -> None:
    assert tag("p", "a < b", tag("b", "c & d")) == "<p>a &lt; b<b>c &amp; d</b></p>"
    assert isinstance(tag("p", None), Html)


def test_a_name_in_a_label_stays_a_name() -> None:
    assert literal("Soap :red[new] **$5** `x`") == "Soap \\:red\\[new\\] \\*\\*\\$5\\*\\* \\`x\\`"


def test_a_reorder_line_says_rhythm_likelihood_quantity_and_value() -> None:
    seen = str(Text(cards.reorder_line(suggested(), "Ordered 14 times", RUPEES)))
    for words in (
        "Assam tea, 250 g", "Nila Traders", "Ordered 14 times · ₹142 each", "3 days late",
        "every 12 days, last 15 days ago", "64%", "2 cases · 24 pieces", "₹3,420",
    ):  # fmt: skip
        assert words in seen


@pytest.mark.parametrize(
    ("days_since", "words"),
    [(15, "3 days late"), (13, "1 day late"), (12, "due today"), (11, "due in 1 day"),
     (4, "due in 8 days")],
)  # fmt: skip
def test_how_due_a_line_is_follows_from_its_own_rhythm(days_since: int, words: str) -> None:
    assert words in str(cards.rhythm_chip(suggested(days_since=days_since), RUPEES))


def test_a_habit_that_has_ended_is_not_called_late() -> None:
    ended = suggested(days_since=400, due=False)
    assert "not for a long time" in str(cards.rhythm_chip(ended, RUPEES))
    assert "warm" not in str(cards.rhythm_chip(ended, RUPEES))


def test_what_is_not_known_is_left_out_rather_than_made_up() -> None:
    unknown = replace(TEA, vendor=None, unit_price=None, case_size=1)
    line = suggested(unknown, days_since=None)
    line = replace(line, recommendation=replace(line.recommendation, probability=None))
    seen = str(Text(cards.reorder_line(line, "", RUPEES)))
    assert "%" not in seen
    assert "₹" not in seen
    assert "days ago" not in seen
    assert "24 pieces" in seen
    assert "price on request" in str(Text(cards.product_card(line, [], RUPEES)))


@settings(deadline=None)
@given(st.integers(1, 10_000), st.integers(1, 200))
def test_packs_count_every_piece(pieces: int, case_size: int) -> None:
    packs = cards.Packs(pieces, case_size)
    assert packs.count * (case_size if packs.in_cases else 1) == pieces


@settings(deadline=None)
@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_every_category_has_a_tile_and_always_the_same(
    category: str, name: str, subcategory: str
) -> None:
    first = tiles.tile(category, name, subcategory)
    for cached in (tiles.hue, tiles._picture, tiles._icon_for):
        cached.cache_clear()
    assert tiles.tile(category, name, subcategory) == first
    assert 0 <= tiles.hue(category) < tiles.HUES


@pytest.mark.parametrize(
    ("subcategory", "category", "icon"),
    [("Fans", "Durables", "fan"), ("", "AMERICAN VODKAS", "bottle"), ("", "Electronics", "plug"),
     ("Tea & coffee", "FMCG", "coffee"), ("", "BLENDED WHISKIES", "bottle")],
)  # fmt: skip
def test_the_particular_picture_wins_over_the_general(
    subcategory: str, category: str, icon: str
) -> None:
    assert tiles._picture(subcategory, category, "") == tiles.drawing(icon)


def test_a_category_without_a_picture_shows_its_initials() -> None:
    assert "ZX" in str(Text(tiles.tile("Zubehör Xtra", "Qqq 7")))


def test_every_reason_has_a_short_form_over_its_own_values() -> None:
    assert set(reasons.SHORT) == set(REASONS)
    for template, short in reasons.SHORT.items():
        for words in (short.one, short.many) if short else ():
            assert _places(words) <= _places(REASONS[template].one) | _places(
                REASONS[template].many
            )


def test_chips_are_the_strongest_reasons_that_speak_for_the_product() -> None:
    given = [
        Reason("peers", 0.2, "peers.neighbours", {"buyers": 14, "shops": 20}),
        Reason("content", -0.4, "content.vendor", {"label": "Nila", "count": 3, "products": 9}),
        Reason("collaborative", 0.5, "collaborative.also_bought",
               {"product": "Rusk", "share": "41%", "buyers": 9}),
        Reason("content", 0.1, "content.nothing", {}),
    ]  # fmt: skip
    assert reasons.chips(given, 3, RUPEES) == ["Goes with Rusk", "14 of 20 shops like yours"]


def _places(words: str | None) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(words or "") if name}


def test_a_figure_has_its_meaning_one_click_away() -> None:
    def script() -> None:
        from pages.components import cards

        cards.figure("Due", "₹14,892", meaning="Your usual quantities at today's prices.")

    shown = AppTest.from_function(script).run().metric[0]
    assert (shown.label, shown.value) == ("Due", "₹14,892")
    assert shown.help == "Your usual quantities at today's prices."
