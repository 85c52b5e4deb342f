"""Every guarded use case and the roles it serves; a test holds that none is missing or wider."""

from __future__ import annotations

from typing import Final

from smartreco.entities import Role

RETAILER: Final = frozenset({Role.RETAILER})
ADMIN: Final = frozenset({Role.ADMIN})
ANALYSTS: Final = frozenset({Role.ANALYST, Role.ADMIN})
STAFF: Final = ANALYSTS | {Role.PRODUCT_MANAGER}
SHOPS: Final = STAFF | RETAILER  # a retailer: the own shop
SUPPLIERS: Final = frozenset({Role.VENDOR, Role.ADMIN})
VENDORS: Final = STAFF | {Role.VENDOR}  # a vendor: himself
EVERYONE: Final = frozenset(Role)

#: Names of use cases by subject and by whom they serve.
USE_CASES: Final[dict[str, dict[frozenset[Role], str]]] = {
    "people": {
        ADMIN: "account accounts add_account audit_names audit_trail bindable bound_to "
               "change_account disable_account enable_account end_sessions_of reset_account "
               "unlock_account",
        EVERYONE: "change_password choose_language end_session must_change own_sessions "
                  "sign_out_everywhere",
    },
    "visits": {EVERYONE: "end_tour news wants_tour"},
    "keys": {ADMIN: "every", EVERYONE: "make own revoke"},
    "system": {ADMIN: "errors failing health jobs overview tables"},
    "data": {ADMIN: "import_files import_raw make_demo"},
    "imports": {
        ADMIN: "batches begin begin_dry_run dry_run look make_demo quarantine quarantine_file "
               "reasons state template",
    },
    "quality": {ADMIN: "listed overview"},
    "keeping": {
        ADMIN: "backup backups check_backup erase_retailer export_retailer forget_old",
    },
    "models": {ANALYSTS: "fit"},
    "fits": {ANALYSTS: "begin newest state"},
    "blends": {
        STAFF: "all changes current learned publications read settings",
        ANALYSTS: "from_proposal publish roll_back",
    },
    "rules": {STAFF: "all choices effects preview", ANALYSTS: "add change remove"},
    "lists": {
        SHOPS: "explain recommend", RETAILER: "for_you seen", STAFF: "recommend_many",
    },
    "products": {SHOPS: "product search"},
    "drafts": {
        RETAILER: "add add_many clear dismiss remove restore set_many set_quantity undo",
        SHOPS: "read",
    },
    "orders": {
        RETAILER: "cancel paste place repeat take upload",
        SHOPS: "check counts history read sheet",
        ADMIN: "placed_here settle",
    },
    "stock": {
        SHOPS: "course shelf suggest_order wish",
        RETAILER: "keep_wish read_counts set_counts uncount",
        RETAILER | ADMIN: "template",
    },
    "replenishment": {STAFF: "trial"},
    "pricing": {STAFF: "elasticity"},
    "forecasts": {STAFF: "backtest", EVERYONE: "explain filtered forecast past prices_used"},
    "series": {STAFF: "choices study", EVERYONE: "line", SHOPS: "shop_line"},
    "explaining": {ANALYSTS: "breakdown changes near products shops"},
    "after": {ANALYSTS: "read"},
    "evaluations": {STAFF: "all latest", ANALYSTS: "evaluate"},
    "scoreboard": {
        ANALYSTS: "against curve curve_table document job measure measure_curve response shelf "
                  "standing stop table",
    },
    "tuning": {
        ANALYSTS: "check compare_lists half_lives measure plane readiness search search_state "
                  "stop_search suggested_shops",
    },
    "scenarios": {
        STAFF: "all choices compare delete duplicate names presets proposals propose_blend read "
               "ready rename report run save story trust undo_delete",
    },
    "vendor_demand": {
        VENDORS: "assortment cities facets headline heat heat_of_products movers over_time "
                 "products regions shops",
    },
    "vendor_reach": {VENDORS: "by_place by_product cohorts headline overlap white_space"},
    "vendor_supply": {
        SUPPLIERS: "add_promotion change_product change_promotion change_terms confirm deliver "
                   "end_promotion keep_wish read_counts refuse take_stock undo_product "
                   "undo_promotion undo_stock",
        VENDORS: "course goods order orders outlook product promotions service template terms "
                 "wish",
    },
}  # fmt: skip

#: What a use case needs before anybody has signed in, or what only the program itself calls.
UNGUARDED: Final[dict[str, str]] = {
    "people": "data_changed demo_accounts ending_of ensure_demo_accounts needs_first_admin "
              "offer_setup open_session principal_of_session redeem remove_demo_accounts "
              "reset_is_open set_up_admin setup_is_open sign_in sign_out use_reset "
              "username_of_reset",
    "keys": "sign_in sign_out identify",
    "data": "make_first settle_accounts",
    "fits": "close",
    "imports": "close",
    "models": "refit refresh reread start refresh_soon forget close latest follow make_ready "
              "take_newer let_go",
    "lists": "words",
    "drafts": "draft",
    "rules": "published",
    "blends": "in_force",
    "evaluations": "measure measure_curve recipe_of",
    "scoreboard": "close",
    "forecasts": "warm together",
    "scenarios": "warm",
    "vendor_reach": "warm close",
    "tuning": "close wait",
    "keeping": "back_up forget start close do_what_is_due",
}  # fmt: skip

#: Open to retailers or vendors without naming a shop or a vendor; what else holds their rows.
SCOPED_OTHERWISE: Final = {
    "visits": "what happened is read by the account's own binding",
    "people": "the own account only, by its name",
    "keys": "the own keys only; an admin alone binds one to a shop or a vendor",
    "forecasts": "levels and series of one's own, see test_forecasts and test_filtered",
    "series": "as forecasts, see test_series_view",
}
