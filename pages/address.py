"""What a page keeps in its address, so that a link or going back restores it.

The address is the one place that holds it: no widget of these pages is bound to it by itself,
since ids (not names) belong there and several values have to change in one step back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st


def values(name: str) -> list[str]:
    """What the address says of a name; it may be anything."""
    return [str(one) for one in st.query_params.get_all(name)]


def value(name: str, known: Sequence[str]) -> str:
    """One of the known values: that of the address, else the first."""
    said = values(name)[-1:]
    return said[0] if said and said[0] in known else known[0]


def put(changes: Mapping[str, Sequence[str]]) -> None:
    """Change several names in one step of the browser's history; an empty one goes."""
    now = {name: values(name) for name in st.query_params}
    then = {name: list(said) for name, said in {**now, **changes}.items() if said}
    if then != now:
        st.query_params.from_dict(then)


def choose(
    label: str, name: str, known: Sequence[str], shown: Callable[[str], str],
    *, bare: bool = False,
) -> str:  # fmt: skip
    """A choice of one that the address keeps; the first is what it is without.

    ``bare`` : the label is for those who do not see what the choice stands over.
    """
    key = f"address-{name}"
    st.session_state[key] = chosen = value(name, known)
    st.segmented_control(
        label, known, key=key, required=True, format_func=shown, on_change=_take,
        args=(name, tuple(known)), label_visibility="collapsed" if bare else "visible",
    )  # fmt: skip
    return chosen


def select(label: str, name: str, known: Sequence[str], shown: Callable[[str], str]) -> str:
    """The same as a list that opens, for choices of which there may be many."""
    key = f"address-{name}"
    st.session_state[key] = chosen = value(name, known)
    st.selectbox(
        label, known, key=key, format_func=shown, on_change=_take, args=(name, tuple(known))
    )
    return chosen


def _take(name: str, known: Sequence[str]) -> None:
    given = st.session_state.get(f"address-{name}")
    put({name: [str(given)] if given in known and given != known[0] else []})
