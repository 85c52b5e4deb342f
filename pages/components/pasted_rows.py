"""What was understood of a pasted list, row by row; rows that need a look come first."""

from __future__ import annotations

from pages.components.cards import Packs, calm
from pages.components.markup import Html, join, tag
from smartreco.language import Language
from smartreco.workspace.order.book_views import Pasted, PastedLine
from smartreco.workspace.order.words import say
from smartreco.workspace.views import Draft

MOST = 200  # rows of one kind that are written out


def table(pasted: Pasted, draft: Draft, language: Language) -> Html:
    """Row, what it says, what it was taken for, and what it does to the order."""
    t = language.text
    heads = (t("Row"), t("What it says"), t("Understood as"), t("Quantity"))
    rows = [*(_row(line, draft, language) for line in pasted.bad[:MOST]),
            *(_row(line, draft, language) for line in pasted.good[:MOST])]  # fmt: skip
    left = max(len(pasted.bad) - MOST, 0) + max(len(pasted.good) - MOST, 0)
    return join(
        tag(
            "table",
            tag("thead", tag("tr", *(tag("th", head, scope="col") for head in heads))),
            tag("tbody", *rows),
            cls="pasted",
        ),
        tag("p", t("and {n} more", n=left), cls="small") if left else None,
    )


def _row(line: PastedLine, draft: Draft, language: Language) -> Html:
    about = line.problem or line.hint
    words = tag("span", say(about, language), cls="small block") if about else None
    if line.problem is not None:
        chip = tag("span", language.text("needs a look"), cls="chip warm")
        understood = tag("td", chip, words)
    else:
        understood = tag("td", calm(line.product.name) if line.product else "", words)
    quantity = ""
    if line.product is not None and line.quantity:
        quantity = Packs(line.quantity, line.product.case_size).words(language)
    return tag(
        "tr", tag("td", language.number(line.row), cls="row"), tag("td", line.text, cls="text"),
        understood, tag("td", quantity, _instead(line, draft, language)),
        cls="bad" if line.problem is not None else None,
    )  # fmt: skip


def _instead(line: PastedLine, draft: Draft, language: Language) -> Html | None:
    """What taking the row does to a product that is on the order already."""
    if line.problem is not None or line.product is None or not line.quantity:
        return None
    now = draft.quantity(line.product.product_id)
    if not now:
        return None
    words = language.text("on your order already")
    if now != line.quantity:
        words = language.text("now {now}, becomes {then}", now=now, then=line.quantity)
    return tag("span", words, cls="small block")
