"""Lists, forecasts, orders and a vendor's figures, asked of a running app."""

from __future__ import annotations

import argparse
from itertools import chain

from smartreco.cli import elasticity, forecast, order, recommend, vendor
from smartreco.cli.output import check_out
from smartreco.cli.remote.server import Server, part
from smartreco.cli.vendor_part import filter_of


def recommend_lists(arguments: argparse.Namespace, server: Server) -> None:
    """``recommend``: pages of shops, one after another."""
    check_out(arguments.out)
    params = {
        "retailer": [] if arguments.all else list(dict.fromkeys(arguments.retailer)),
        "list": arguments.list, "k": arguments.k,
    }  # fmt: skip
    pages = server.frames("/sheets/recommendations", params)
    first = next(pages)  # what is refused is refused before a file is begun
    recommend.put((frame for frame, _ in chain([first], pages)), arguments.out)


def forecasts(arguments: argparse.Namespace, server: Server) -> None:
    """``forecast``."""
    check_out(arguments.out)
    params = {
        "level": arguments.level, "id": list(dict.fromkeys(arguments.id or [])),
        "horizon": arguments.horizon, "freq": arguments.freq, "as_of": arguments.as_of,
    }  # fmt: skip
    frame, _ = server.table("/sheets/forecasts", params)
    forecast.put(frame, arguments.out)


def elasticities(arguments: argparse.Namespace, server: Server) -> None:
    """``elasticity``."""
    check_out(arguments.out)
    ids = [] if arguments.all else list(dict.fromkeys(arguments.id))
    frame, said = server.table("/sheets/elasticities", {"id": ids})
    elasticity.put(frame, said, arguments.out)


def suggested_order(arguments: argparse.Namespace, server: Server) -> None:
    """``order``."""
    check_out(arguments.out)
    params = {
        "budget": arguments.budget, "service": arguments.service, "aim": arguments.aim,
    }  # fmt: skip
    frame, said = server.table(f"/sheets/order/{part(arguments.retailer)}", params)
    order.put(frame, said, arguments.out)


def vendor_figures(arguments: argparse.Namespace, server: Server) -> None:
    """``vendor``: the table of a part."""
    check_out(arguments.out)
    params = filter_of(arguments).to_strings()
    path = f"/vendors/{part(arguments.vendor)}/{arguments.part}/{arguments.show}"
    frame, said = server.table(path, params)
    vendor.put(frame, said, arguments.out)
