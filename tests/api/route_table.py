"""Every route of the API and the roles it serves; a test holds that none is missing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from smartreco.entities import Role

EVERYONE = frozenset(Role)
STAFF = frozenset({Role.PRODUCT_MANAGER, Role.ANALYST, Role.ADMIN})
SHOPPERS = STAFF | {Role.RETAILER}
SHOP = frozenset({Role.RETAILER})
SELLERS = STAFF | {Role.VENDOR}
JUDGES = frozenset({Role.ANALYST, Role.ADMIN})
ADMIN = frozenset({Role.ADMIN})

OWN = "/retailers/{retailer_id}"


@dataclass(frozen=True)
class Tried:
    """How a route is asked; with these, a role that it serves is not refused as such."""

    roles: frozenset[Role]
    query: dict[str, Any] = field(default_factory=dict)
    body: Any = None
    fill: dict[str, str] = field(default_factory=dict)


LINES = {"lines": [{"product_id": "{product_id}", "quantity": 1}]}

ROUTES: dict[str, Tried] = {
    "GET /me": Tried(EVERYONE),
    "GET /keys": Tried(EVERYONE),
    "POST /keys": Tried(EVERYONE, body={"name": "robot", "scopes": ["read"]}),
    "DELETE /keys/{key_id}": Tried(EVERYONE),
    f"GET {OWN}/recommendations": Tried(SHOPPERS),
    f"GET {OWN}/recommendations/{{product_id}}": Tried(SHOPPERS),
    f"GET {OWN}/products": Tried(SHOPPERS),
    f"GET {OWN}/products/{{product_id}}": Tried(SHOPPERS),
    f"GET {OWN}/products/{{product_id}}/similar": Tried(SHOPPERS),
    "GET /forecasts": Tried(SHOPPERS, query={"level": "retailer", "horizon": 2}),
    f"GET {OWN}/stock": Tried(SHOPPERS),
    f"GET {OWN}/suggested-order": Tried(SHOPPERS),
    f"GET {OWN}/draft": Tried(SHOPPERS),
    f"GET {OWN}/draft/check": Tried(SHOPPERS),
    f"POST {OWN}/draft/lines": Tried(SHOP, body=LINES),
    f"PUT {OWN}/draft/lines/{{product_id}}": Tried(SHOP, body={"quantity": 2}),
    f"DELETE {OWN}/draft/lines/{{product_id}}": Tried(SHOP),
    f"POST {OWN}/draft/undo": Tried(SHOP),
    f"DELETE {OWN}/draft": Tried(SHOP),
    f"GET {OWN}/orders": Tried(SHOPPERS),
    f"POST {OWN}/orders": Tried(SHOP, body={}),
    f"GET {OWN}/orders/{{order_id}}": Tried(SHOPPERS),
    f"POST {OWN}/orders/{{order_id}}/cancel": Tried(SHOP),
    "GET /vendors/{vendor_id}/filters": Tried(SELLERS),
    "GET /vendors/{vendor_id}/demand/{name}": Tried(SELLERS, fill={"name": "headline"}),
    "GET /vendors/{vendor_id}/reach/{name}": Tried(SELLERS, fill={"name": "regions"}),
    "GET /vendors/{vendor_id}/stock/{name}": Tried(SELLERS, fill={"name": "outlook"}),
    "GET /sheets/recommendations": Tried(STAFF),
    "GET /sheets/order/{retailer_id}": Tried(SHOPPERS),
    "GET /sheets/forecasts": Tried(SHOPPERS, query={"level": "retailer", "horizon": 2}),
    "GET /sheets/elasticities": Tried(STAFF),
    "GET /scenarios/levers": Tried(STAFF),
    "POST /scenarios/run": Tried(STAFF),
    "POST /scenarios/report": Tried(STAFF),
    "POST /scenarios/{scenario_id}/run": Tried(STAFF),
    "POST /scenarios/{scenario_id}/report": Tried(STAFF),
    "GET /scenarios": Tried(STAFF),
    "POST /scenarios": Tried(STAFF),
    "GET /scenarios/{scenario_id}": Tried(STAFF),
    "PUT /scenarios/{scenario_id}": Tried(STAFF),
    "DELETE /scenarios/{scenario_id}": Tried(STAFF),
    "GET /blends": Tried(STAFF),
    "GET /blends/current": Tried(STAFF),
    "GET /blends/publications": Tried(STAFF),
    "GET /blends/{number}": Tried(STAFF),
    "GET /blends/{number}/changes": Tried(STAFF, query={"since": 1}),
    "POST /blends": Tried(JUDGES),
    "POST /blends/{number}/rollback": Tried(JUDGES),
    "GET /blends/proposals": Tried(STAFF),
    "POST /blends/proposals": Tried(STAFF),
    "GET /blends/proposals/{number}": Tried(JUDGES),
    "POST /evaluations": Tried(JUDGES),
    "GET /evaluations": Tried(JUDGES),
    "GET /evaluations/running": Tried(JUDGES),
    "DELETE /evaluations/running": Tried(JUDGES),
    "GET /evaluations/latest": Tried(STAFF),
    "GET /evaluations/{number}": Tried(JUDGES),
    "POST /fits": Tried(JUDGES),
    "GET /fits/{job}": Tried(JUDGES),
    **{
        route: Tried(ADMIN)
        for route in (
            "GET /imports/held",
            "POST /imports/look",
            "POST /imports/rehearsals",
            "POST /imports",
            "POST /imports/demo",
            "GET /imports/jobs/latest",
            "GET /imports/jobs/{number}",
            "GET /imports/batches",
            "GET /imports/batches/{number}/reasons",
            "GET /imports/batches/{number}/rows",
            "GET /imports/batches/{number}/quarantine",
            "GET /imports/templates/{kind}",
            "GET /accounts",
            "POST /accounts",
            "GET /accounts/{username}",
            "PATCH /accounts/{username}",
            "POST /accounts/{username}/disable",
            "POST /accounts/{username}/enable",
            "POST /accounts/{username}/unlock",
            "POST /accounts/{username}/reset",
            "DELETE /accounts/{username}/sessions",
            "GET /backups",
            "POST /backups",
            "GET /backups/{name}",
            "GET /retailers/{retailer_id}/export",
            "POST /retailers/{retailer_id}/erase",
            "GET /audit",
            "GET /metrics",
        )
    },
}
#: Without a sign-in, or ending the sign-in itself.
APART = {"POST /token", "DELETE /token", "GET /health", "GET /ready"}
#: Begin work that a test of permissions should not wait for; roles they do not serve are tried.
HEAVY = {"POST /imports", "POST /imports/rehearsals", "POST /imports/look", "POST /backups"}
#: Their role is told by the body's reading only where the scope does not tell it.
BY_BODY = {
    ("POST /blends", Role.PRODUCT_MANAGER),
    ("POST /blends/{number}/rollback", Role.PRODUCT_MANAGER),
    ("POST /fits", Role.PRODUCT_MANAGER),
    ("POST /evaluations", Role.PRODUCT_MANAGER),
}
