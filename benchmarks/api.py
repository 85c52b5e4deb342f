"""Recommendation lists with reasons over the REST API: how many a second, how late the last.

    python -m benchmarks.api --clients 2 --rate 100 --seconds 30 [--fresh] [--alone]

Each client is a process of its own with one kept connection. They ask at fixed
moments (an open loop), so that an answer that comes late makes the ones after
it late too, as it would for people; ``--rate 0`` asks as fast as answers come.
The clients take turns among few shops, whose lists are held while nothing
changes; with ``--fresh`` each asks for another length every time, so that every
list is made anew. ``--alone`` starts the API without the pages.
"""

from __future__ import annotations

import argparse
import http.client
import json
import tempfile
import time
import urllib.parse
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np

from benchmarks.machine import machine
from benchmarks.serving import PASSWORD, Served, application
from smartreco.entities import Role
from smartreco.workspace.accounts.demo import USERNAMES

LINES = 10
LENGTHS = (8, 9, 10, 11, 12)  # in turn: more lists than are held
MAKING = 0.02  # seconds that a list takes at most, the first time
PATIENCE = 2.0  # times as long as the run should take, until a client gives up


def token(port: int) -> str:
    """A short-lived token of the analyst, who may ask for every shop."""
    form = {"username": USERNAMES[Role.ANALYST], "password": PASSWORD}
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("POST", "/api/v1/token", urllib.parse.urlencode(form), kind)
    answer = json.loads(connection.getresponse().read())
    return str(answer["access_token"])


def shops(port: int, bearer: str) -> list[str]:
    """Ids of shops to ask for."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    path = "/api/v1/sheets/recommendations?k=1&limit=500"
    connection.request("GET", path, headers=_headers(bearer))
    lines = json.loads(connection.getresponse().read())["items"]
    return sorted({str(one["retailer_id"]) for one in lines})


def ask(
    port: int, bearer: str, ids: list[str], rate: float, seconds: float, shift: float, fresh: bool
) -> tuple[list[float], dict[str, int], float]:
    """One client: seconds from the moment a list was due to its last byte, and answers by kind.

    Last, when it ended. Where the server cannot follow, it gives up after `PATIENCE`.
    """
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers, took, kinds = _headers(bearer), [], {}
    began = time.perf_counter() + shift
    at = 0
    while True:
        due = began + at / rate if rate else time.perf_counter()
        now = time.perf_counter()
        if due - began > seconds or now - began > PATIENCE * seconds:
            return took, kinds, max(seconds, now - began)
        time.sleep(max(0.0, due - time.perf_counter()))
        shop = urllib.parse.quote(ids[at % len(ids)], safe="")
        lines = LENGTHS[at // len(ids) % len(LENGTHS)] if fresh else LINES
        path = f"/api/v1/retailers/{shop}/recommendations?k={lines}"
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        good = answer.status == 200 and b'"reasons"' in body
        kind = "ok" if good else f"{answer.status}"
        kinds[kind] = kinds.get(kind, 0) + 1
        took.append(time.perf_counter() - due)
        at += 1


def _headers(bearer: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {bearer}"}


def drive(
    served: Served, clients: int, rate: float, seconds: float, fresh: bool
) -> dict[str, object]:
    """Ask from several processes at once."""
    bearer = token(served.port)
    ids = shops(served.port, bearer)
    once = 2.0 + MAKING * len(ids)  # each shop was asked for before; that is no part of it
    ask(served.port, bearer, ids, 0, once, 0.0, fresh)
    memory, processor = served.resident(), served.processor()
    with ProcessPoolExecutor(clients) as pool:
        asked = [
            pool.submit(
                ask, served.port, bearer, ids[at::clients] or ids, rate / clients, seconds,
                0.5 + at / rate if rate else 0.5, fresh,
            )
            for at in range(clients)
        ]  # fmt: skip
        found = [one.result() for one in asked]
    spent = served.processor() - processor
    took = np.concatenate([times for times, _, _ in found]) * 1000
    kinds: dict[str, int] = {}
    for _, by_kind, _ in found:
        for kind, count in by_kind.items():
            kinds[kind] = kinds.get(kind, 0) + count
    p50, p95, p99 = np.quantile(took, [0.5, 0.95, 0.99]).round(1).tolist()
    return {
        "machine": machine(), "clients": clients, "shops": len(ids), "fresh": fresh,
        "asked_a_second": rate,
        "lists_a_second": round(len(took) / max(ended for _, _, ended in found), 1),
        "never_asked": max(0, round(rate * seconds) - len(took)) if rate else 0,
        "ms": {"p50": p50, "p95": p95, "p99": p99},
        "cpu_ms_per_list": round(spent * 1000 / len(took), 2),
        "answers": kinds, "rss_mb": {"first": round(memory), "last": round(served.resident())},
    }  # fmt: skip


def main() -> None:
    """Run it and say what was found; exit 1 where an answer was not a list."""
    words = argparse.ArgumentParser(description="Load on the REST API of a running application.")
    words.add_argument("--clients", type=int, default=2)
    words.add_argument("--rate", type=float, default=100.0, help="lists a second; 0: no pauses")
    words.add_argument("--seconds", type=float, default=30.0)
    words.add_argument("--fresh", action="store_true", help="no list is asked for twice in a row")
    words.add_argument("--alone", action="store_true", help="the API without the pages")
    words.add_argument("--db", type=Path, help="a store with demo data; else one is made")
    words.add_argument("--out", type=Path, help="the figures as JSON")
    told = words.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        db = told.db or Path(folder) / "api.duckdb"
        never = {"SMARTRECO_REFIT_AFTER": "never", "SMARTRECO_API_RATE": "1000000/minute"}
        with application(db, alone=told.alone, **never) as served:
            figures = drive(served, told.clients, told.rate, told.seconds, told.fresh)
    figures["alone"] = told.alone
    print(json.dumps(figures, indent=1))
    if told.out:
        told.out.write_text(json.dumps(figures, indent=1), encoding="utf-8")
    raise SystemExit(0 if set(figures["answers"]) == {"ok"} else 1)  # type: ignore[call-overload]


if __name__ == "__main__":
    main()
