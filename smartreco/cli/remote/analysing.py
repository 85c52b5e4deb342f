"""Scenarios, recipes, evaluations and fits, asked of a running app."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Final

import pandas as pd

from smartreco.cli import blend, scenario, scoreboard
from smartreco.cli.output import ENDINGS, WHOLE, check_out, write_json
from smartreco.cli.progress import bar
from smartreco.cli.remote.server import Server
from smartreco.evaluation.scoreboard import Scoreboard

MEASURES: Final = ("measure", *scenario.FIGURES, "verdict")
PARTS: Final = {
    "weeks": "by_week", "categories": "by_category", "regions": "by_region",
    "vendors": "by_vendor", "products": "by_product",
}  # fmt: skip


def scenarios(arguments: argparse.Namespace, server: Server) -> None:
    """``scenario``."""
    match arguments.act:
        case "levers":
            print(scenario.levers())
        case "run":
            _run(arguments, server)
        case "save":
            body = {"scenario": _question(arguments), "note": arguments.note}
            made = server.post("/scenarios", body)
            print(f"Saved as scenario {made['scenario_id']}: {made['name']}")
        case _:
            saved = list(server.items("/scenarios"))
            print("\n".join(map(_line, saved)) or "No saved scenarios yet")


def _question(arguments: argparse.Namespace) -> dict[str, Any]:
    return scenario.read_file(arguments.file).to_dict()


def _run(arguments: argparse.Namespace, server: Server) -> None:
    out = arguments.out
    check_out(out, (*ENDINGS, *scenario.REPORTS))
    body = _question(arguments) if arguments.file else None
    path = "/scenarios" if arguments.file else f"/scenarios/{arguments.saved}"
    if out is not None and out.suffix.lower() in scenario.REPORTS:
        params = {"kind": out.suffix.lower().removeprefix(".")}
        out.write_bytes(server.ask("POST", f"{path}/report", params, body).body)
        print(f"Report written to {out}")
        return
    found = server.post(f"{path}/run", body)
    rows = found["measures"] if arguments.show is None else list(_parts(found, arguments.show))
    columns = MEASURES if arguments.show is None else ("id", "name", *MEASURES)
    table = pd.DataFrame(rows, columns=list(columns))
    scenario.put(table, found["story"], [flag["text"] for flag in found["flags"]], out)


def _parts(found: Mapping[str, Any], show: str) -> list[dict[str, Any]]:
    return [
        {"id": one["id"], "name": one["name"] or scenario.NAMELESS, "measure": name, **one[name]}
        for one in found[PARTS[show]]
        for name in ("units", "revenue", "share")
        if one[name] is not None
    ]


def _line(one: Mapping[str, Any]) -> str:
    outdated = "  (the data have changed since)" if one["outdated"] else ""
    return (
        f"{one['scenario_id']:>4}  {one['changed_at'][:10]}  {one['author']:<12}  {one['name']}"
        f"{outdated}"
    )


def blends(arguments: argparse.Namespace, server: Server) -> None:
    """``blend``."""
    match arguments.act:
        case "list":
            print("\n".join(map(_version, server.items("/blends"))))
        case "show":
            _show(server, arguments.version, arguments.json)
        case "publish":
            recipe = blend.read_file(arguments.file).to_dict()
            made = server.post("/blends", {"recipe": recipe, "reason": arguments.reason})
            print(f"Version {made['version']} holds from the next list on")
        case "rollback":
            body = {"reason": arguments.reason}
            done = server.post(f"/blends/{arguments.version}/rollback", body)
            print(f"Version {done['version']} holds again from the next list on")


def _version(one: Mapping[str, Any]) -> str:
    held = "in force" if one["in_force"] else "" if one["published_at"] else "never published"
    state = held if one["whole"] else "ALTERED: never served"
    made = one["made_at"][:16].replace("T", " ")
    return (
        f"{one['version']:>4}  {made}  {one['origin']:<9} {one['author']:<16} {state:<15}  "
        f"{one['reason']}"
    )


def _show(server: Server, version: int, plain: bool) -> None:
    one = server.get(f"/blends/{version}")
    if plain:
        print(blend.as_file(one["recipe"]))
        return
    print(_version(one))
    print(
        f"      data {one['data_version']}, model {one['model_version']}, "
        f"rules {one['rules_version']}"
    )
    for line in blend.shares(one["recipe"]["blend"]):
        print(line)
    others = [other for other in server.items("/blends/publications")
              if other["version"] == version]  # fmt: skip
    if others and others[-1]["replaced"] is not None:
        since = others[-1]["replaced"]
        print(f"      to version {since}:")
        for change in server.get(f"/blends/{version}/changes", {"since": since}):
            where = "" if change["list"] is None else f"{change['list']} "
            before, after = map(blend.setting, (change["before"], change["after"]))
            print(f"        {where}{change['setting']} {before} -> {after}")


def evaluate(arguments: argparse.Namespace, server: Server) -> None:
    """``evaluate``: begun, waited for, shown."""
    check_out(arguments.out, WHOLE)
    body = {"k": arguments.k, "split": arguments.split, "version": arguments.version}
    with bar("Evaluation") as progress:
        state = server.follow(server.ask("POST", "/evaluations", body=body), progress)
    if state["number"] is None:
        print("The evaluation was stopped; nothing of it is kept")
        return
    found = server.get(f"/evaluations/{state['number']}")
    of_board = {one.name for one in fields(Scoreboard)}
    board = Scoreboard.from_dict({name: found[name] for name in found if name in of_board})
    for line in scoreboard.text(board):
        print(line)
    print(f"\nKept as evaluation {found['number']}; measured in {found['seconds']:.1f} s")
    if arguments.out is not None:
        kept = ("number", "evaluated_at", "data_version", "seconds")
        write_json({name: found[name] for name in kept} | board.to_dict(), arguments.out)
        print(f"Written to {arguments.out}")


def fit(arguments: argparse.Namespace, server: Server) -> None:
    """``fit``: begun, waited for, told."""
    with bar("Fit") as progress:
        state = server.follow(server.ask("POST", "/fits", body={"full": arguments.full}), progress)
    made = state["made"]
    print(f"Model {made['version']} fitted in {made['seconds']:.1f} s")
    print(f"  settings    {made['learning']}")
    print(f"  retailers   {made['retailers']:>10,}")
    print(f"  products    {made['products']:>10,}")
    print(f"  kept arrays {made['bytes'] / 1e6:>10,.1f} MB")
