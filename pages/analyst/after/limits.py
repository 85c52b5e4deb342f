"""How it is counted, and what it cannot tell."""

from __future__ import annotations

import streamlit as st

from pages.components import header
from pages.components.markup import place, tag
from pages.context import Context
from smartreco.evaluation.after import FEWEST_LINES, FEWEST_SHOPS
from smartreco.workspace.after.views import AfterPublishing


def counting(ctx: Context, found: AfterPublishing) -> None:
    """Both, as sentences."""
    t = ctx.t
    header.section(t("How it is counted, and what it cannot tell"), "limits")
    rules = (
        t("A line is a product on a list of a shop under one version, from the first time it is "
          "shown; its place is the one it had then."),
        t("An order counts if the same shop ordered the product within {days} days after the line "
          "was first shown, and before it was shown the product under another version or on "
          "another list. It counts whatever way the product came onto the order; a cancelled "
          "order does not.", days=found.days),
        t("A line that is still shown after {days} days counts as a new one from then on.",
          days=found.days),
        t("Intervals are of 95 %, by drawing shops with replacement; below {lines} lines or "
          "{shops} shops nothing is said.", lines=FEWEST_LINES, shops=FEWEST_SHOPS),
    )  # fmt: skip
    limits = (
        t("No shop was given a version by lot. Versions follow each other, so weeks, prices, "
          "stock and festivals differ too: a difference beyond noise need not come from the "
          "version."),
        t("A shop might have ordered a line without seeing it; above all on the list to reorder."),
        t("Precision on held-out weeks stands beside the share where no chance was kept with the "
          "lines: it counts whole lists over all of those weeks, so it is another measure."),
        t("Shops that seldom open the page count little here, those that open it often count more "
          "lines."),
    )  # fmt: skip
    with st.container(key="sr-figure-limits", gap="small"):
        place(tag("h3", t("Counted like this")))
        place(tag("ul", *(tag("li", one) for one in rules), cls="checks"))
        place(tag("h3", t("What this cannot tell")))
        place(tag("ul", *(tag("li", one) for one in limits), cls="checks"))
