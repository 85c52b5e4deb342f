"""The look holds what it promises: contrast, nothing from outside, our own classes only."""

from __future__ import annotations

import re
import tomllib
from itertools import product
from xml.etree import ElementTree

import pytest

from pages.components import tiles
from smartreco.config import PROJECT

ASSETS = PROJECT / "assets"
CONFIG = (PROJECT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
THEME = tomllib.loads(CONFIG)["theme"]
STYLE = (ASSETS / "app.css").read_text(encoding="utf-8")
MODES = ("light", "dark")
AA = 4.5
#: A page may also be told by what of ours stands on it: its bar keeps room for the account.
OURS = r"""(:is\(|\.stApp:has\()?(\.st-key-|\[class\*="st-key-)"""


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.2."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    """Contrast ratio of WCAG 2.2; 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def tokens(mode: str) -> dict[str, str]:
    """Colours of the style sheet in one mode."""
    found = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", STYLE)
    return {name: pair[MODES.index(mode)] for name, *pair in found}


def test_black_on_white_has_the_known_contrast() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("mode", MODES)
def test_words_can_be_read_on_every_ground_of_the_theme(mode: str) -> None:
    theme = THEME[mode]
    grounds = [theme["backgroundColor"], theme["secondaryBackgroundColor"]]
    inks = [theme["textColor"], theme["linkColor"], theme["grayTextColor"]]
    pairs = [*product(inks, grounds), ("#FFFFFF", theme["primaryColor"])]
    names = ("green", "orange", "blue", "gray", "red")
    pairs += [(theme[f"{name}TextColor"], theme[f"{name}BackgroundColor"]) for name in names]
    assert {pair: round(contrast(*pair), 2) for pair in pairs if contrast(*pair) < AA} == {}


@pytest.mark.parametrize("mode", MODES)
def test_words_can_be_read_on_every_ground_of_a_card(mode: str) -> None:
    on = tokens(mode)
    pairs = [
        *product(("ink", "muted", "accent"), ("card", "accent-quiet")),
        ("ink", "quiet"), ("muted", "quiet"), ("warm", "warm-quiet"), ("cool", "cool-quiet"),
    ]  # fmt: skip
    found = {pair: contrast(on[pair[0]], on[pair[1]]) for pair in pairs}
    assert {pair: ratio for pair, ratio in found.items() if ratio < AA} == {}
    assert contrast("#FFFFFF", on["accent-solid"]) >= AA


@pytest.mark.parametrize("mode", MODES)
def test_each_colour_of_a_chart_stands_out_from_the_page(mode: str) -> None:
    theme = THEME[mode]
    for colour in theme["chartCategoricalColors"]:
        assert contrast(colour, theme["backgroundColor"]) >= 3


def test_every_rule_begins_with_a_class_of_our_own() -> None:
    bare = re.sub(r"/\*.*?\*/", "", STYLE, flags=re.S)
    bare = re.sub(r"@(media|container)[^{]*\{", "", bare)
    bare = re.sub(r"@keyframes sr-[\w-]+ \{[^{}]*\{[^{}]*\} *\}", "", bare)
    selectors = [found.strip() for found in re.findall(r"([^{}]+)\{", bare)]
    assert len(selectors) > 50
    for selector in selectors:
        for part in re.split(r",(?![^()]*\))", selector):
            assert re.match(OURS, part.strip())
    assert "data-testid" not in STYLE
    assert "emotion" not in STYLE


def test_nothing_is_fetched_from_elsewhere() -> None:
    assert "http" not in STYLE
    assert "@import" not in STYLE
    assert "http" not in CONFIG.split("[theme]")[1]


def test_every_font_is_shipped_with_its_licence() -> None:
    static = PROJECT / "pages" / "static"
    for face in THEME["fontFaces"]:
        assert (static / face["url"].removeprefix("app/static/")).is_file()
    assert "SIL Open Font License" in (static / "figtree-LICENSE.txt").read_text()


@pytest.mark.parametrize("name", ["logo-light.svg", "logo-dark.svg", "icon.svg"])
def test_the_logo_is_a_named_drawing_without_text_to_be_set(name: str) -> None:
    root = ElementTree.parse(ASSETS / name).getroot()  # noqa: S314 - our own file
    assert root.get("aria-label") == "SmartReco"
    assert not [node for node in root.iter() if node.tag.endswith("text")]


def test_every_picture_that_words_choose_is_drawn() -> None:
    chosen = tomllib.loads((ASSETS / "icons" / "words.toml").read_text(encoding="utf-8"))
    for icon in [*chosen, "basket", "package"]:
        assert "data:image/svg+xml" in tiles.drawing(icon)
    assert (ASSETS / "icons" / "LICENSE.txt").is_file()
