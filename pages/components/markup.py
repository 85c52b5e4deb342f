"""Small pieces of HTML that cannot carry a stranger's markup.

Cards are drawn as one `st.html` element each, because a card built from eight
Streamlit elements costs eight times the rerun. Names come from imported files,
so plain text is escaped where it enters; only `Html` passes as it is.
"""

from __future__ import annotations

from html import escape
from typing import Literal

import streamlit as st


class Html(str):
    """Markup that was made by `tag` (or is a constant of this package)."""

    __slots__ = ()


def tag(name: str, *children: Html | str | None, **attributes: str | None) -> Html:
    """One element; text is escaped, None is left out, ``cls`` is the class.

    >>> tag("b", "Salt & <pepper>", cls="name")
    '<b class="name">Salt &amp; &lt;pepper&gt;</b>'
    """
    inner = "".join(
        child if isinstance(child, Html) else escape(child) for child in children if child
    )
    return Html(f"<{name}{_written(attributes)}>{inner}</{name}>")


def join(*children: Html | str | None) -> Html:
    """Elements one after the other, without one around them."""
    return Html(
        "".join(child if isinstance(child, Html) else escape(child) for child in children if child)
    )


def place(markup: Html, width: Literal["stretch", "content"] = "stretch") -> None:
    """Put markup on the page."""
    st.html(markup, width=width)


def literal(text: str) -> str:
    r"""Text for a label that reads Markdown, so that a name stays a name.

    >>> literal("Soap *extra* [75 g]")
    'Soap \\*extra\\* \\[75 g\\]'
    """
    return "".join("\\" + sign if sign in _MARKDOWN else sign for sign in text)


_MARKDOWN = frozenset("\\`*_{}[]<>()#+-.!|~:$")


def _written(attributes: dict[str, str | None]) -> str:
    return "".join(
        f' {_attribute(name)}="{escape(value)}"'
        for name, value in attributes.items()
        if value is not None
    )


def _attribute(name: str) -> str:
    return "class" if name == "cls" else name.rstrip("_").replace("_", "-")
