"""What if: a product manager tries the future and sees how sure that is.

The address says what is looked at: nothing (the start), a ready question, a saved one, one
that is being composed, or two that are compared. The page is one fragment, so that a slider
redraws it without the frame around it.
"""

from __future__ import annotations

import streamlit as st

from pages import address
from pages.components import header, messages
from pages.context import Context
from pages.product_manager.what_if import compare, start, studio
from pages.product_manager.what_if.desk import NOWHERE, WhatIfDesk
from smartreco.errors import NotEnoughDataError, NotFoundError, SmartRecoError


def render(ctx: Context) -> None:
    """Draw the page."""
    st.fragment(_draw, key="what-if")(ctx)


def _draw(ctx: Context) -> None:
    desk = WhatIfDesk(ctx)
    with st.container(key="sr-whatif", gap="medium"):
        try:
            _view(desk)
        except NotEnoughDataError as error:
            _trouble(desk, ctx.t("These data cannot say what would happen"), error, way_out=False)
        except NotFoundError as error:
            _trouble(desk, ctx.t("There is no such question"), error, way_out=True)


def _view(desk: WhatIfDesk) -> None:
    with st.spinner(studio.waiting(desk)):
        desk.choices  # noqa: B018 - today is learned by asking; data that cannot say refuse here
    if desk.compared is not None:
        compare.draw(desk, *desk.compared)
    elif desk.open():
        studio.draw(desk)
    else:
        start.draw(desk)


def _trouble(desk: WhatIfDesk, title: str, error: SmartRecoError, *, way_out: bool) -> None:
    t = desk.ctx.t
    header.page_header(title, t("What if"))
    messages.empty_state(
        messages.refusal(error, desk.ctx.language),
        t("Nothing here changes orders, stock or what shops are recommended."), "sparkles",
        key="what-if", action=t("All questions") if way_out else "", on_click=_all,
    )  # fmt: skip


def _all() -> None:
    address.put(NOWHERE)
