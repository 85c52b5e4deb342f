"""A recipe as the file that ``python -m smartreco blend publish FILE.json`` takes."""

from __future__ import annotations

import json

import streamlit as st

from pages.analyst.tune.desk import TuneDesk
from smartreco.recommend.recipe import Recipe


def as_json(recipe: Recipe) -> bytes:
    """A recipe's plain form."""
    return (json.dumps(recipe.to_dict(), indent=2) + "\n").encode()


def recipe_button(desk: TuneDesk, key: str = "tune-json") -> None:
    """A button that takes away what the sliders hold."""
    st.download_button(
        desk.ctx.t("Recipe as JSON"), as_json(desk.recipe), "recipe.json", "application/json",
        key=key, on_click="ignore", type="tertiary", icon=":material/data_object:",
        help=desk.ctx.t("The command `python -m smartreco blend publish recipe.json` takes it."),
    )  # fmt: skip
