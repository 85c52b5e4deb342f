"""Product tiles drawn from category and name: no photo is needed, any category has one.

The colour follows from the category's name alone, so a category looks the same
everywhere and after every restart. A picture is chosen by words of the
category, sub-category or name; where no word is known the tile shows initials.
"""

from __future__ import annotations

import re
import tomllib
import zlib
from functools import lru_cache
from urllib.parse import quote

from pages.components.markup import Html, tag
from smartreco.config import PROJECT

ICONS = PROJECT / "assets" / "icons"
HUES = 12  # classes hue-0 .. hue-11 in assets/app.css, 30 degrees apart


def tile(category: str, name: str = "", subcategory: str | None = None, size: str = "m") -> Html:
    """A square with the category's colour and a picture, or initials; decorative only."""
    drawing = _picture(subcategory or "", category, name)
    inside = drawing or tag("span", initials(category or name), cls="initials")
    return tag("span", inside, cls=f"tile tile-{size} hue-{hue(category)}", aria_hidden="true")


@lru_cache(maxsize=4096)
def hue(category: str) -> int:
    """Which of the colours a category has."""
    return zlib.crc32(category.strip().casefold().encode()) % HUES


def initials(text: str) -> str:
    """At most two letters that stand for a name.

    >>> initials("Cold chain"), initials("misc"), initials("")
    ('CC', 'M', '·')
    """
    words = re.findall(r"\w+", text)
    return "".join(word[0] for word in words[:2]).upper() or "·"


@lru_cache(maxsize=1)
def _pictures() -> dict[str, list[str]]:
    return tomllib.loads((ICONS / "words.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=4096)
def _picture(subcategory: str, category: str, name: str) -> Html | None:
    found = next(filter(None, map(_icon_for, (subcategory, category, name))), None)
    return drawing(found) if found else None


@lru_cache(maxsize=4096)
def _icon_for(text: str) -> str | None:
    words = [_singular(word) for word in re.findall(r"[a-z]+", text.casefold())]
    phrase = f" {' '.join(words)} "
    pictures = _pictures().items()
    return next(
        (icon for icon, keys in pictures if any(f" {key} " in phrase for key in keys)), None
    )


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


@lru_cache(maxsize=128)
def drawing(icon: str) -> Html:
    """An icon of assets/icons in the colour of its text.

    Streamlit takes SVG elements out of HTML, so the drawing is a mask over a
    box that has the text's colour.
    """
    svg = (ICONS / f"{icon}.svg").read_text(encoding="utf-8").strip()
    return tag("span", cls="drawing", style=f"--drawing:url('data:image/svg+xml,{quote(svg)}')")
