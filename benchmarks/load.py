"""Two hundred people at once: how long a click takes, what breaks, how memory grows.

    python -m benchmarks.load --sessions 200 --minutes 5

Every session is a websocket of its own, signed in, and clicks after a pause
that is drawn anew each time (exponential, mean ``--think``). Of five clicks one
opens another page of the role, one draws the whole page anew, as a filter or a
tab does, and three draw what a click on a control draws: one part of the page
where the page is made of parts, else the whole. The client runs beside the
server on the same processors, so figures are on the safe side.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from benchmarks.machine import machine
from benchmarks.serving import PASSWORD, Served, application
from benchmarks.visiting import Tab, broke, cookie_of
from smartreco.entities import Role
from smartreco.workspace.accounts.demo import USERNAMES

#: Demo account -> the pages it goes through; most visitors are shops.
VISITS = {
    Role.RETAILER: ("for-you", "order", "orders", "catalogue", "stock"),
    Role.VENDOR: ("demand", "reach", "stock-service"),
    Role.PRODUCT_MANAGER: ("what-if",),
    Role.ANALYST: ("scoreboard", "list-rules"),
    Role.ADMIN: ("system",),
}
SHARES = {
    Role.RETAILER: 0.70, Role.VENDOR: 0.20, Role.PRODUCT_MANAGER: 0.04, Role.ANALYST: 0.04,
    Role.ADMIN: 0.02,
}  # fmt: skip
OPENS, WHOLE = 0.2, 0.2  # of clicks: another page, the whole page anew; the rest a part of it
EVERY = 5.0  # seconds between two looks at the memory


@dataclass
class Found:
    """What was measured, seconds and MB."""

    parts: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    opened: list[float] = field(default_factory=list)
    by_page: dict[str, list[float]] = field(default_factory=dict)
    errors: Counter[str] = field(default_factory=Counter)
    memory: list[tuple[float, float]] = field(default_factory=list)


async def visit(
    port: int, role: Role, cookie: str, think: float, begins: float, until: float, found: Found,
    dice: random.Random,
) -> None:  # fmt: skip
    """One session, from its first page to the end of the run."""
    await asyncio.sleep(begins)
    page = dice.choice(VISITS[role])
    try:
        async with Tab(port, cookie) as tab:
            parts = (await tab.run(page)).parts()
            while True:
                pause = dice.expovariate(1 / think)
                if time.monotonic() + pause > until:
                    return
                await asyncio.sleep(pause)
                click = dice.random()
                opens = click < OPENS
                page = dice.choice(VISITS[role]) if opens else page
                part = dice.choice(parts) if parts and click > OPENS + WHOLE else ""
                run = await tab.run(page, part=part)
                parts = parts if part else run.parts()
                if broke(run):
                    found.errors[f"{page}: the page says that something went wrong"] += 1
                kind = found.parts if part else found.opened if opens else found.whole
                kind.append(run.seconds)
                if not part:
                    found.by_page.setdefault(page, []).append(run.seconds)
    except Exception as error:
        found.errors[f"{page}: {type(error).__name__}: {error}"[:200]] += 1


async def watch(served: Served, until: float, found: Found) -> None:
    """The server's memory over time."""
    began = time.monotonic()
    while time.monotonic() < until:
        found.memory.append((round(time.monotonic() - began, 1), served.resident()))
        await asyncio.sleep(EVERY)


async def drive(served: Served, sessions: int, seconds: float, think: float, seed: int) -> Found:
    """Let all of them in one after another over one pause, then click until the end."""
    found, dice = Found(), random.Random(seed)  # noqa: S311 - clicks, not secrets
    cookies = {role: await cookie_of(served.port, USERNAMES[role], PASSWORD) for role in VISITS}
    for role, pages in VISITS.items():  # first drawings are no part of the figures
        async with Tab(served.port, cookies[role]) as tab:
            for page in pages:
                if broke(await tab.run(page)):
                    found.errors[f"{page}: broke before the run"] += 1
    until = time.monotonic() + think + seconds
    roles = dice.choices(list(SHARES), list(SHARES.values()), k=sessions)
    await asyncio.gather(
        watch(served, until, found),
        *(
            visit(
                served.port, role, cookies[role], think, dice.uniform(0, think), until, found,
                random.Random(seed + 1 + at),  # noqa: S311
            )
            for at, role in enumerate(roles)
        ),
    )  # fmt: skip
    return found


def summary(found: Found, sessions: int) -> dict[str, object]:
    """The figures as they are told; milliseconds and MB."""

    def spread(times: list[float]) -> dict[str, float]:
        if not times:
            return {}
        told = np.quantile(np.asarray(times) * 1000, [0.5, 0.95, 0.99])
        return dict(zip(("p50", "p95", "p99"), told.round(1).tolist(), strict=True)) | {
            "n": len(times)
        }

    half = found.memory[len(found.memory) // 2 :]
    return {
        "machine": machine(), "sessions": sessions,
        "reruns_ms": spread(found.parts + found.whole), "part_ms": spread(found.parts),
        "whole_page_ms": spread(found.whole), "other_page_ms": spread(found.opened),
        "pages_ms": {page: spread(times) for page, times in sorted(found.by_page.items())},
        "errors": dict(found.errors),
        "rss_mb": {
            "first": round(found.memory[0][1]), "middle": round(half[0][1]),
            "last": round(half[-1][1]), "most": round(max(mb for _, mb in found.memory)),
        },
    }  # fmt: skip


def main() -> None:
    """Run it and say what was found; exit 1 where anything broke."""
    words = argparse.ArgumentParser(description="Load on the pages of a running application.")
    words.add_argument("--sessions", type=int, default=200)
    words.add_argument("--minutes", type=float, default=5.0)
    words.add_argument("--think", type=float, default=10.0, help="mean seconds between clicks")
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--db", type=Path, help="a store with demo data; else one is made")
    words.add_argument("--out", type=Path, help="the figures as JSON")
    told = words.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        db = told.db or Path(folder) / "load.duckdb"
        with application(db, SMARTRECO_REFIT_AFTER="never") as served:
            found = asyncio.run(
                drive(served, told.sessions, told.minutes * 60, told.think, told.seed)
            )
    figures = json.dumps(summary(found, told.sessions), indent=1)
    print(figures)
    if told.out:
        told.out.write_text(figures, encoding="utf-8")
    raise SystemExit(1 if found.errors else 0)


if __name__ == "__main__":
    main()
