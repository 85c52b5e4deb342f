"""White space against what shops truly ordered later: `python -m benchmarks.white_space`.

Makes synthetic worlds that nothing was chosen on, imports each up to a day as any data set,
asks every vendor's list of shops to win, and holds it against the orders of the weeks after:
how many of the first hundred pairs came, against ranking by the shop's size, and how often
the revenue of a region, a cell and a vendor lay between its 80 % limits.
"""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pandas as pd

from benchmarks.table import replace_section
from smartreco import columns as c
from smartreco.config import Settings
from smartreco.dataset.cleaning import CleaningOptions
from smartreco.dataset.frames import CleanData
from smartreco.dataset.synthetic import SyntheticSettings, generate
from smartreco.entities import OPERATOR
from smartreco.recommend.first_orders import LAPSED_DAYS
from smartreco.store import vendor_reach as reach_store
from smartreco.vendors.partition import CELL, partition
from smartreco.workspace import Workspace
from smartreco.workspace.vendor.reach_views import WhiteSpace
from smartreco.workspace.vendor.white_book import HORIZON_WEEKS

README = Path(__file__).with_name("README.md")
FIRST = 100  # pairs of a list that are judged
ENDS = (date(2026, 10, 12), date(2026, 6, 1), date(2026, 3, 2))  # of the worlds, in turn
KINDS = ("products", "retailers", "vendors")
PLACE = [c.REGION, c.CITY, c.SEGMENT]


@dataclass(frozen=True)
class World:
    """A data set known up to a day.

    ``pairs`` : a row a shop and product on offer that was not bought lately, by a shop that
    may be named or not. Columns retailer_id, product_id, vendor_id, region, city, segment (of
    the cell), named, size (currency the shop ever spent), buyers (of the product), came
    (currency, in the weeks after).
    """

    workspace: Workspace
    pairs: pd.DataFrame


def opened(seed: int, end: date, folder: Path) -> World:
    """Make a world and import what is known `HORIZON_WEEKS` before its end."""
    clean = generate(SyntheticSettings(seed=seed, end=end)).clean
    cut = pd.Timestamp(end - timedelta(weeks=HORIZON_WEEKS))
    orders = clean.orders[clean.orders[c.ORDERED_AT] < cut]
    files = {"orders": orders} | {kind: getattr(clean, kind) for kind in KINDS}
    paths = {kind: folder / f"{kind}.parquet" for kind in files}
    for kind, frame in files.items():
        frame.to_parquet(paths[kind])
    workspace = Workspace.open(Settings(db=folder / "store.duckdb"))
    options = CleaningOptions(name="White space", currency="INR", locale="en_IN")
    workspace.data.import_files(OPERATOR, paths, options, today=cut.date())
    workspace.models.refresh()
    workspace.vendor_reach.warm()
    with workspace.store.cursor() as cursor:
        shops = reach_store.shops(cursor)
    return World(workspace, pairs_of(clean, orders, cut, shops))


def pairs_of(
    clean: CleanData, orders: pd.DataFrame, cut: pd.Timestamp, shops: pd.DataFrame
) -> pd.DataFrame:
    """See `World`."""
    spent = orders.assign(value=orders[c.QUANTITY] * orders[c.UNIT_PRICE])
    cells = partition(shops)
    place = cells.cells[PLACE].iloc[cells.shops[CELL]].set_axis(cells.shops.index)
    known = pd.concat([cells.shops[[c.RETAILER_ID]], place], axis=1)
    known = known.merge(shops[[c.RETAILER_ID, "open_to_vendors"]], on=c.RETAILER_ID)
    known["size"] = known[c.RETAILER_ID].map(spent.groupby(c.RETAILER_ID)["value"].sum()).fillna(0)
    goods = clean.products.loc[clean.products[c.ACTIVE], [c.PRODUCT_ID, c.VENDOR_ID]]
    buyers = orders.groupby(c.PRODUCT_ID)[c.RETAILER_ID].nunique()
    goods = goods.assign(buyers=goods[c.PRODUCT_ID].map(buyers).fillna(0))
    lately = orders[orders[c.ORDERED_AT] >= cut - pd.Timedelta(days=LAPSED_DAYS)]
    keys = [c.RETAILER_ID, c.PRODUCT_ID]
    found = known.rename(columns={"open_to_vendors": "named"}).merge(goods, how="cross")
    bought = pd.MultiIndex.from_frame(lately[keys].drop_duplicates())
    found = found[~pd.MultiIndex.from_frame(found[keys]).isin(bought)]
    after = clean.orders[clean.orders[c.ORDERED_AT] >= cut]
    came = after.assign(came=after[c.QUANTITY] * after[c.UNIT_PRICE])
    came = came.groupby(keys, as_index=False)["came"].sum()
    return found.merge(came, on=keys, how="left").fillna({"came": 0.0}).reset_index(drop=True)


def hits(told: WhiteSpace, pairs: pd.DataFrame) -> dict[str, float]:
    """Share of the first pairs that were ordered: ours, and two rankings by the shop's size."""
    keys = [c.RETAILER_ID, c.PRODUCT_ID]
    taken = pd.MultiIndex.from_frame(pairs.loc[pairs["came"] > 0, keys])
    ours = pd.MultiIndex.from_frame(told.rows[keys].head(FIRST))
    named = pairs[pairs["named"]]
    by_size = named.sort_values(["size", "buyers"], ascending=False, kind="stable")
    one_each = by_size.drop_duplicates(c.RETAILER_ID)
    return {
        "ours": float(ours.isin(taken).mean()),
        "by size": float((by_size["came"].head(FIRST) > 0).mean()),
        "one each": float((one_each["came"].head(FIRST) > 0).mean()),
    }


def covered(told: WhiteSpace, pairs: pd.DataFrame) -> dict[str, list[bool]]:
    """Whether the revenue of each region, each cell and the whole lay between its limits."""
    found = {}
    for kind, frame, keys in (
        ("region", told.regions, [c.REGION]), ("cell", told.cells, PLACE),
    ):  # fmt: skip
        came = pairs.assign(**pairs[keys].fillna("-")).groupby(keys)["came"].sum()
        names = frame[keys].astype(object).where(frame[keys].notna(), "-")
        index = pd.MultiIndex.from_frame(names) if len(keys) > 1 else pd.Index(names[keys[0]])
        value = came.reindex(index).fillna(0.0).to_numpy()
        found[kind] = ((value >= frame["low"]) & (value <= frame["high"])).tolist()
    whole = float(pairs["came"].sum())
    found["vendor"] = [told.total.low <= whole <= told.total.high]
    return found


def judged(seed: int, end: date) -> pd.DataFrame:
    """A row a vendor: hits, expected and true revenue, cases inside their limits and all."""
    with tempfile.TemporaryDirectory() as folder:
        world = opened(seed, end, Path(folder))
        rows = []
        for vendor, pairs in world.pairs.groupby(c.VENDOR_ID):
            told = world.workspace.vendor_reach.white_space(OPERATOR, str(vendor), most=FIRST)
            if told.why is not None:
                continue
            inside = covered(told, pairs)
            rows.append(
                {"seed": seed, "expected": told.total.expected, "came": pairs["came"].sum()}
                | hits(told, pairs)
                | {f"{kind} in": sum(cases) for kind, cases in inside.items()}
                | {f"{kind} of": len(cases) for kind, cases in inside.items()}
            )  # fmt: skip
        world.workspace.close()
    return pd.DataFrame(rows)


def words(found: pd.DataFrame) -> str:
    """The figures as Markdown."""
    mean = found[["ours", "by size", "one each"]].mean()
    each = found.groupby("seed")[["ours", "by size", "one each"]].mean()
    lines = [
        f"{found['seed'].nunique()} worlds of the demo's size, {len(found)} vendors; the first"
        f" {FIRST} pairs by expected revenue, {HORIZON_WEEKS} weeks ahead.", "",
        "| ranking | share of pairs ordered | worlds' range |", "|---|---|---|",
        *(
            f"| {name} | {mean[key]:.3f} | {each[key].min():.3f} to {each[key].max():.3f} |"
            for name, key in (
                ("white space", "ours"), ("by the shop's size", "by size"),
                ("by the shop's size, one product a shop", "one each"),
            )
        ), "",
        f"Times as many as by the shop's size: {mean['ours'] / mean['by size']:.2f}"
        f" ({mean['ours'] / mean['one each']:.2f} with one product a shop).", "",
        "| revenue of | cases | between its 80 % limits |", "|---|---|---|",
        *(
            f"| a vendor's {kind} | {found[f'{kind} of'].sum()} |"
            f" {found[f'{kind} in'].sum() / found[f'{kind} of'].sum():.3f} |"
            for kind in ("region", "cell")
        ),
        f"| a vendor | {found['vendor of'].sum()} | {found['vendor in'].mean():.3f} |", "",
        f"Revenue that came, over all: {found['came'].sum() / found['expected'].sum():.3f} of what"
        " was expected.",
    ]  # fmt: skip
    return "\n".join(lines)


def main() -> None:
    """Make worlds, judge, tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--first-seed", type=int, default=701)
    parser.add_argument("--worlds", type=int, default=9)
    given = parser.parse_args()
    rows = []
    for n in range(given.worlds):
        rows.append(judged(given.first_seed + n, ENDS[n % len(ENDS)]))
        print(f"world {given.first_seed + n} done", flush=True)
    found = words(pd.concat(rows))
    print(found)
    replace_section(README, "white space", found)


if __name__ == "__main__":
    main()
