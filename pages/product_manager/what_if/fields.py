"""Settings of a lever as a reader enters them: per cent, weeks, names, money.

The draft is the one place that holds a setting. A widget shows what the draft holds, each run
anew, and writes to it when it is moved; so undo and a link need nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from pages.components.cards import calm
from pages.product_manager.what_if.desk import WhatIfDesk
from pages.product_manager.what_if.draft import DraftLever

FEW: Final = 300  # so many names fit into one list; more are searched first


@dataclass(frozen=True)
class Fields:
    """The settings of one lever."""

    desk: WhatIfDesk
    lever: DraftLever

    def value(self, name: str, default: Any = None) -> Any:
        """What the draft holds of a setting."""
        return self.lever.plain.get(name, default)

    def percent(
        self, name: str, label: str, low: int, high: int, step: int = 1, meaning: str = ""
    ) -> None:
        """A share on a slider of whole per cent, wider where the draft holds more."""
        now = round(100 * float(self.value(name, 0.0)))
        self._slider(name, label, min(low, now), max(high, now), now, step, meaning,
                     back=lambda shown: round(shown / 100, 4), sign="%d %%")  # fmt: skip

    def number(
        self, name: str, label: str, low: int, high: int, default: int = 0, meaning: str = ""
    ) -> None:
        """A whole number on a slider."""
        now = int(self.value(name, default))
        self._slider(name, label, min(low, now), max(high, now), now, 1, meaning)

    def amount(
        self, name: str, label: str, low: float, high: float, step: float, meaning: str = ""
    ) -> None:
        """A number on a slider."""
        now = float(self.value(name, low))
        self._slider(name, label, min(low, now), max(high, now), now, step, meaning)

    def money(self, name: str, label: str, *, optional: bool = False) -> None:
        """An amount of the data set's currency for one piece."""
        key, now = self._key(name), self.value(name)
        st.session_state[key] = None if now is None else float(now)
        unit = self.desk.ctx.language.currency
        st.number_input(
            f"{label} ({unit})" if unit else label, min_value=0.01, key=key, format="%g",
            placeholder=self.desk.ctx.t("not known") if optional else None,
            on_change=self._take, args=(name, key, None),
        )  # fmt: skip

    def text(self, name: str, label: str) -> None:
        """A few words."""
        key = self._key(name)
        st.session_state[key] = str(self.value(name, ""))
        st.text_input(label, key=key, max_chars=80, on_change=self._take,
                      args=(name, key, _stripped))  # fmt: skip

    def switch(self, name: str, label: str, meaning: str = "") -> None:
        """Yes or no."""
        key = self._key(name)
        st.session_state[key] = bool(self.value(name, False))
        st.toggle(label, key=key, help=meaning or None, on_change=self._take,
                  args=(name, key, None))  # fmt: skip

    def choice(
        self, name: str, label: str, options: Sequence[str], *,
        names: Mapping[str, str] | None = None, every: str = "", plain: bool = False,
    ) -> None:  # fmt: skip
        """One of several; ``every`` : words for leaving it open; ``plain`` : as written."""
        key, now = self._key(name), self.value(name)
        known = list(options) if now is None or now in options else [*options, str(now)]
        st.session_state[key] = now
        shown, open_ = names or {}, bool(every) or now is None  # else it cannot be taken back
        st.selectbox(
            label, known, key=key, index=None if open_ else 0,
            placeholder=every or self.desk.ctx.t("Choose one"),
            format_func=lambda one: shown.get(one, one) if plain else calm(shown.get(one, one)),
            on_change=self._take, args=(name, key, None),
        )  # fmt: skip

    def several(self, name: str, label: str, names: Mapping[str, str], every: str) -> None:
        """Some of many, by id; where there are very many a word narrows them."""
        key, chosen = self._key(name), list(self.value(name, ()))
        ids = list(names)
        if len(ids) > FEW:
            word = st.text_input(
                self.desk.ctx.t("Search products"), key=f"{key}-search", type="search",
                max_chars=80, placeholder=self.desk.ctx.t("Part of the name"),
            )  # fmt: skip
            words = str(word or "").lower().split()
            ids = [one for one in ids if all(part in names[one].lower() for part in words)][:FEW]
        st.session_state[key] = chosen
        st.multiselect(
            label, [*dict.fromkeys([*chosen, *ids])], key=key, placeholder=every,
            format_func=lambda one: calm(names.get(one, one)),
            on_change=self._take, args=(name, key, lambda some: list(some) or None),
        )  # fmt: skip

    def weeks(self) -> None:
        """From which week to which; to the last one is to the end, however far is looked."""
        t, most = self.desk.ctx.t, self.desk.draft.horizon
        if most < 2:
            return
        first = min(int(self.value("from_week", 1)), most)
        many = self.value("weeks")
        last = most if many is None else min(first + int(many) - 1, most)
        key = self._key("weeks")
        st.session_state[key] = (first, last)
        st.slider(
            t("In weeks"), 1, most, key=key, step=1,
            help=t("Week 1 begins on {day}.", day=self.desk.choices.weeks[0]),
            on_change=self._take_weeks, args=(key, most),
        )  # fmt: skip

    def _slider(
        self, name: str, label: str, low: float, high: float, now: float, step: float,
        meaning: str = "", back: Callable[[Any], Any] | None = None, sign: str | None = None,
    ) -> None:  # fmt: skip
        key = self._key(name)
        st.session_state[key] = now
        st.slider(
            label, low, high, key=key, step=step, format=sign, help=meaning or None,
            on_change=self._take, args=(name, key, back),
        )  # fmt: skip

    def _take(self, name: str, key: str, back: Callable[[Any], Any] | None) -> None:
        given = st.session_state.get(key)
        value = given if back is None or given is None else back(given)
        self.desk.set(self.lever.at, **{name: value})

    def _take_weeks(self, key: str, most: int) -> None:
        first, last = st.session_state[key]
        many = None if last >= most else int(last) - int(first) + 1
        self.desk.set(self.lever.at, from_week=int(first), weeks=many)

    def _key(self, name: str) -> str:
        return f"lever-{self.lever.at}-{name}"


def _stripped(given: str) -> str:
    return given.strip()
