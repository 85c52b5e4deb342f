"""What of the log is wanted: time, person, kind of act and words, kept in the address."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

import streamlit as st

from pages import address
from pages.admin.audit import kinds
from pages.admin.audit.sentences import person
from pages.context import Context
from smartreco.workspace.operating.audit_trail import AuditNames

DAYS: Final[Mapping[str, int | None]] = {"7": 7, "1": 1, "30": 30, "all": None, "between": None}
WORDS: Final[Mapping[str, str]] = {
    "7": "Last 7 days", "1": "Last 24 hours", "30": "Last 30 days", "all": "Ever",
    "between": "Between two days",
}  # fmt: skip
ALL: Final = "all"
NAMES: Final = ("search", "when", "from", "to", "who", "kind")
LONGEST: Final = 100  # signs of a search


@dataclass(frozen=True, slots=True)
class Choice:
    """What the filters say; ``asked`` are the arguments of the use case."""

    when: str
    asked: Mapping[str, Any]

    @property
    def mark(self) -> str:
        """Another for another question, for keys of widgets that belong to it."""
        said = {name: one for name, one in self.asked.items() if one}
        if not self.fixed:
            said.pop("since", None)  # moves on with the clock
        return str(hash((self.when, str(sorted(said.items(), key=str)))))

    @property
    def fixed(self) -> bool:
        """Whether the time does not move on with the clock."""
        return self.when == "between"

    @property
    def narrow(self) -> bool:
        """Whether anything but the time is filtered."""
        return any(self.asked.get(name) for name in ("username", "action", "search"))


def draw(ctx: Context, names: AuditNames) -> Choice:
    """The row of filters; answer what is chosen now."""
    t = ctx.t
    with st.container(key="sr-audit-filters", horizontal=True, vertical_alignment="bottom",
                      gap="small"):  # fmt: skip
        search = _search(ctx)
        when = address.select(t("When"), "when", list(DAYS), lambda one: t(WORDS[one]))
        who = address.select(
            t("Who"), "who", [ALL, *names.people],
            lambda one: t("Everybody") if one == ALL else person(one, ctx.language),
        )  # fmt: skip
        kind = address.select(
            t("Kind of act"), "kind", [ALL, *kinds.kinds_of(names.actions)],
            lambda one: t("All kinds") if one == ALL else t(kinds.KINDS[one][0]),
        )  # fmt: skip
        now = ctx.workspace.core.now()
        since, until = _between(ctx, now) if when == "between" else (_since(when, now), None)
    actions = tuple(one for one in names.actions if kind != ALL and kinds.kind_of(one) == kind)
    return Choice(when, {
        "since": since, "until": until, "username": None if who == ALL else who,
        "action": actions, "search": search,
    })  # fmt: skip


def clear() -> None:
    """Take every filter but the time back; for a button's ``on_click``."""
    address.put({name: [] for name in NAMES if name not in ("when", "from", "to")})


def _since(when: str, now: datetime) -> datetime | None:
    days = DAYS[when]
    return None if days is None else now - timedelta(days=days)


def _search(ctx: Context) -> str:
    key = "audit-search"
    st.session_state[key] = said = "".join(address.values("search")[-1:])[:LONGEST]
    st.text_input(
        ctx.t("Search"), key=key, type="search", max_chars=LONGEST, icon=":material/search:",
        placeholder=ctx.t("Name, order, reason …"), on_change=_take_search,
    )  # fmt: skip
    return said.strip()


def _take_search() -> None:
    said = str(st.session_state.get("audit-search") or "").strip()
    address.put({"search": [said] if said else []})


def _between(ctx: Context, now: datetime) -> tuple[datetime, datetime]:
    """Two days, both of them whole; the last week until both are chosen."""
    first = _day("from") or now.date() - timedelta(days=6)
    last = max(_day("to") or now.date(), first)
    st.session_state["audit-days"] = (first, last)
    st.date_input(
        ctx.t("From and to (UTC)"), key="audit-days", on_change=_take_days,
        min_value=date(2000, 1, 1), max_value=max(now.date(), last),
    )  # fmt: skip
    begin = datetime.combine(first, time())
    return begin, datetime.combine(last, time()) + timedelta(days=1)


def _take_days() -> None:
    chosen = st.session_state.get("audit-days")
    if isinstance(chosen, tuple | list) and len(chosen) == 2:
        address.put({"from": [str(chosen[0])], "to": [str(chosen[1])]})


def _day(name: str) -> date | None:
    with suppress(ValueError, IndexError):
        found = date.fromisoformat(address.values(name)[-1])
        return found if date(2000, 1, 1) <= found <= date(2200, 1, 1) else None
    return None
