"""The same work on a store in a file and in PostgreSQL, one after the other on one machine.

    python -m benchmarks.homes --postgres postgres://user:password@host:port/empty_database

Processor time is this process's own, without PostgreSQL's. Wall time holds both, and
whatever else the machine does.
"""

from __future__ import annotations

import argparse
import itertools
import json
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np

from benchmarks.machine import machine
from smartreco.config import Settings
from smartreco.dataset.synthetic import SyntheticSettings
from smartreco.entities import OPERATOR, ListName, Principal, Role
from smartreco.errors import SmartRecoError
from smartreco.workspace import Workspace
from smartreco.workspace.vendor.views import VendorFilter

Figures = dict[str, float]


def timed(call: Callable[[int], object], times: int) -> Figures:
    """Milliseconds of calls, after two that nobody counts."""
    for at in range(2):
        call(at)
    wall, spent = np.zeros(times), time.process_time()
    for at in range(times):
        began = time.perf_counter()
        call(at + 2)
        wall[at] = time.perf_counter() - began
    spent = (time.process_time() - spent) / times
    p50, p95 = np.quantile(wall, (0.5, 0.95))
    return {name: round(1000 * float(one), 1) for name, one in
            (("p50", p50), ("p95", p95), ("processor", spent))}  # fmt: skip


def once(call: Callable[[], object]) -> Figures:
    """Seconds of one call."""
    began, spent = time.perf_counter(), time.process_time()
    call()
    wall, spent = time.perf_counter() - began, time.process_time() - spent
    return {"seconds": round(wall, 1), "processor": round(spent, 1)}


def measured(settings: Settings, shops: int, times: int) -> dict[str, Figures]:
    """The figures of one home."""
    workspace = Workspace.open(settings)
    try:
        made = SyntheticSettings(retailers=shops)
        found = {"import of demo data": once(lambda: workspace.data.make_demo(OPERATOR, made))}
        workspace.prepare()
        for sql in ("UPDATE vendors SET min_order_value = NULL",
                    "UPDATE retailers SET credit_limit = NULL"):  # fmt: skip
            workspace.store.write(lambda cursor, sql=sql: cursor.execute(sql))  # type: ignore[misc]
        found["recommendation list"] = timed(_lists(workspace), times)
        found["order placed"] = timed(_orders(workspace), times)
        found["vendor's headline"] = timed(_vendors(workspace), times)
        found["history page"] = timed(_history(workspace), times)
    finally:
        workspace.close()
    return found


def _shops(workspace: Workspace) -> list[Principal]:
    known = workspace.models.current.catalogue.retailers["retailer_id"]
    return [Principal("asha", "Asha", Role.RETAILER, retailer_id=str(one)) for one in known]


def _lists(workspace: Workspace) -> Callable[[int], object]:
    shops = itertools.cycle(_shops(workspace))

    def ask(_: int) -> object:
        shop = next(shops)
        return workspace.lists.recommend(shop, str(shop.retailer_id), ListName.ALL, 20)

    return ask


def _orders(workspace: Workspace) -> Callable[[int], object]:
    """A draft of one line and its order, where vendors have enough."""
    catalogue = workspace.models.current.catalogue
    known = [catalogue.product(one) for one in catalogue.products["product_id"]]
    goods = [one for one in known if one.active and (one.on_hand or 0) >= 4 * one.case_size]
    pairs = itertools.cycle(zip(_shops(workspace), itertools.cycle(goods), strict=False))

    def place(_: int) -> object:
        for shop, product in itertools.islice(pairs, 20):
            shop_id = str(shop.retailer_id)
            with suppress(SmartRecoError):
                workspace.drafts.clear(shop, shop_id)
                workspace.drafts.add(shop, shop_id, product.product_id, product.case_size)
                return workspace.orders.place(shop, shop_id)
        raise SystemExit("no order can be placed")

    return place


def _vendors(workspace: Workspace) -> Callable[[int], object]:
    vendors = sorted(workspace.models.current.catalogue.products["vendor_id"].dropna().unique())

    def ask(at: int) -> object:
        vendor = str(vendors[at % len(vendors)])
        who = Principal("vik", "Vik", Role.VENDOR, vendor_id=vendor)
        anew = VendorFilter(price_high=10_000.0 + at)  # that nothing kept answers it
        return workspace.vendor_demand.headline(who, vendor, anew)

    return ask


def _history(workspace: Workspace) -> Callable[[int], object]:
    shops = itertools.cycle(_shops(workspace))

    def ask(_: int) -> object:
        shop = next(shops)
        return workspace.orders.history(shop, str(shop.retailer_id))

    return ask


def main() -> None:
    """Measure both, say what came out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postgres", required=True, help="address of an empty database")
    parser.add_argument("--retailers", type=int, default=300)
    parser.add_argument("--times", type=int, default=100)
    asked = parser.parse_args()
    found: dict[str, object] = {"machine": machine()}
    with tempfile.TemporaryDirectory() as folder:
        for home, store in (("file", None), ("postgres", asked.postgres)):
            settings = Settings(
                db=Path(folder) / home / "store.duckdb", store=store, refit_after=None,
                demo_password="of-this-run", first_data="none",  # noqa: S106
            )  # fmt: skip
            found[home] = measured(settings, asked.retailers, asked.times)
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
