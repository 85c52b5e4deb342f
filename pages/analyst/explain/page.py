"""Explain the model: the whole arithmetic behind one line of one shop's list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import streamlit as st

from pages import address
from pages.analyst.explain import change, choice, near, outlook, score, wording
from pages.analyst.explain.visit import VIEW, ExplainVisit
from pages.components import cards, header, messages
from pages.components.markup import place, tag
from pages.context import Context

VIEWS: Final[dict[str, tuple[str, Callable[[ExplainVisit], None]]]] = {
    "score": ("The score", score.draw),
    "change": ("What would change it", change.draw),
    "near": ("Who and what is near", near.draw),
    "outlook": ("Chance and forecast", outlook.draw),
}


def render(ctx: Context) -> None:
    """Draw the page."""
    with st.container(key="sr-explain", gap="medium"):
        top = st.container()
        visit = choice.draw(ctx)
        if visit is None:
            with top:
                header.page_header(ctx.t("Nothing to explain yet"), ctx.t("Explain the model"))
            messages.empty_state(
                ctx.t("There is no shop with a list"),
                ctx.t("Shops and products come with the first orders."), "package", key="explain",
            )  # fmt: skip
            return
        with top:
            _answer(visit)
        with st.container(key="sr-views-explain"):
            chosen = address.choose(
                ctx.t("What to look at"), VIEW, list(VIEWS), lambda one: ctx.t(VIEWS[one][0]),
                bare=True,
            )  # fmt: skip
        with st.container(key=f"sr-explain-{chosen}", gap="medium"):
            VIEWS[chosen][1](visit)


def _answer(visit: ExplainVisit) -> None:
    found, language = visit.found, visit.ctx.language
    product = found.product
    about = " · ".join(
        (
            cards.calm(product.name), cards.calm(product.vendor or product.category),
            visit.ctx.t("version {n}", n=found.blend_version),
        )
    )  # fmt: skip
    with st.container(key="sr-answer"):
        header.page_header(
            wording.answer(found, language), about,
            visit.ctx.t(
                "The same arithmetic that the shop reads under “Why this?”, with every shop, "
                "purchase and attribute named."
            ),
        )  # fmt: skip
        if said := _rules(visit):
            place(tag("p", said))


def _rules(visit: ExplainVisit) -> str:
    """What else than its score decides its rank; "" where nothing does."""
    found, t = visit.found, visit.ctx.t
    if found.rank == found.by_score or found.rank is None or found.by_score is None:
        return ""
    if found.due:
        return t("It is due, and what is due comes first: by score alone it would stand at rank "
                 "{n}.", n=found.by_score)  # fmt: skip
    if found.notes:
        return t("By score alone it would stand at rank {n}; rules moved it.", n=found.by_score)
    return t("By score alone it would stand at rank {n}; what is due, or moved by a rule, stands "
             "before it.", n=found.by_score)  # fmt: skip
