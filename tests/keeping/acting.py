"""A process that imports, orders and backs up until it is killed, and says each time it is done.

Every act is announced before it begins and acknowledged once its call has returned, a line of
JSON each on standard output: what was acknowledged must be in the store, what was only
announced must be there whole or not at all.

    python -m tests.keeping.acting FOLDER ROUND
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np

from smartreco.entities import OPERATOR, Principal, Role
from smartreco.workspace import Workspace
from tests.keeping import trade


def say(word: str, **what: object) -> None:
    print(json.dumps({"word": word, **what}), flush=True)


def order(workspace: Workspace, tag: str, rng: np.random.Generator) -> None:
    shop = str(rng.choice(trade.SHOPS))
    principal = Principal(f"keeper-of-{shop}", "Keeper", Role.RETAILER, retailer_id=shop)
    size = int(rng.integers(1, 8))
    chosen = [str(each) for each in rng.choice(trade.PRODUCTS, size=size, replace=False)]
    lines = {product: int(rng.integers(1, 30)) for product in chosen}
    workspace.drafts.clear(principal, shop)
    workspace.drafts.add_many(principal, shop, [(p, n, None) for p, n in lines.items()])
    say("begin", kind="order", tag=tag, shop=shop, lines=lines)
    placed = workspace.orders.place(principal, shop, note=tag)
    say("done", tag=tag, order_id=placed.summary.order_id)
    if rng.random() < 0.2:
        say("begin", kind="cancel", tag=f"{tag}-cancel", order=tag)
        workspace.orders.cancel(principal, shop, placed.summary.order_id)
        say("done", tag=f"{tag}-cancel")


def bring(workspace: Workspace, tag: str, rng: np.random.Generator, folder: Path) -> None:
    frame = trade.orders(tag, rng, int(rng.integers(1, 120)))
    lines = {key: int(rows) for key, rows in frame.groupby("order_id").size().items()}
    say("begin", kind="import", tag=tag, orders=lines)
    batch = trade.take(workspace, frame, folder / "incoming.csv")
    say("done", tag=tag, batch=batch)


def back_up(workspace: Workspace, tag: str) -> None:
    say("begin", kind="backup", tag=tag)
    made = workspace.keeping.backup(OPERATOR)
    say("done", tag=tag, name=made.name)


def main(folder: Path, number: int) -> None:
    rng = np.random.default_rng(number)
    workspace = Workspace.open(trade.settings(folder))
    workspace.prepare()
    say("ready")
    for at in range(1_000_000):
        tag = f"round{number}-{at}"
        dice = rng.random()
        if dice < 0.6:
            order(workspace, tag, rng)
        elif dice < 0.95:
            bring(workspace, tag, rng, folder)
        else:
            back_up(workspace, tag)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
