"""Times as somebody reads them: how long ago in words, the hour on the reader's own clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from pages.context import Context
from smartreco.language import Message

MINUTES: Final = Message("{n} minute ago", "{n} minutes ago", "n")
HOURS: Final = Message("{n} hour ago", "{n} hours ago", "n")
DAYS: Final = Message("{n} day ago", "{n} days ago", "n")
JUST: Final = timedelta(minutes=2)


def now() -> datetime:
    """The present in UTC without a zone, as use cases say times."""
    return datetime.now(UTC).replace(tzinfo=None)


def ago(ctx: Context, at: datetime) -> str:
    """How long ago something was."""
    passed = now() - at
    if passed < JUST:
        return ctx.t("just now")
    if passed < timedelta(hours=1):
        return ctx.t(MINUTES, n=int(passed / timedelta(minutes=1)))
    if passed < timedelta(days=1):
        return ctx.t(HOURS, n=int(passed / timedelta(hours=1)))
    return ctx.t(DAYS, n=passed.days)


def clock(ctx: Context, at: datetime) -> str:
    """The hour and minute of a moment, where the reader's browser is; else in UTC."""
    zone = st.context.timezone
    try:
        there = at.replace(tzinfo=UTC).astimezone(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, TypeError, ValueError):  # AppTest answers with a mock
        return ctx.t("{clock} UTC", clock=f"{at:%H:%M}")
    return f"{there:%H:%M}"
