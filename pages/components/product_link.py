"""Where a product's page is, for every place that names a product.

A plain address in the markup of a card: it opens in place, in a new tab, or is sent to a
colleague, and the browser's "back" returns to the list with its filters. Streamlit's own
page links leave two entries in the history, the first of them without the filters.
"""

from __future__ import annotations

from urllib.parse import quote

from pages.components.markup import Html, tag

PAGE = "product"


def href(product_id: str) -> str:
    """The address of a product's page, from any page of the application.

    >>> href("P 1/2")
    'product?id=P%201%2F2'
    """
    return f"{PAGE}?id={quote(product_id, safe='')}"


def named(product_id: str, name: str) -> Html:
    """A product's name that leads to its page."""
    return tag("a", name, href=href(product_id), cls="to-product")
