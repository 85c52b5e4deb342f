"""The rows that the command line writes: lists of many shops, forecasts, an order, elasticities."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final

import pandas as pd
from fastapi import APIRouter, Path, Query
from pydantic import Field
from starlette.responses import Response

from smartreco.api.identity import Reader
from smartreco.api.paging import Page
from smartreco.api.shapes import sent
from smartreco.api.tables import Table, table
from smartreco.entities import ListName
from smartreco.forecast.elasticity import COLUMNS
from smartreco.forecast.panel import Level
from smartreco.workspace.forecasts import LONGEST_DAYS
from smartreco.workspace.lists import LONGEST_LIST
from smartreco.workspace.made_forecasts import Freq
from smartreco.workspace.order.telling import told
from smartreco.workspace.order.views import Aim, OrderWish
from smartreco.workspace.pricing import borrowing
from smartreco.workspace.wording import words

LONGEST_ID: Final = 200
MOST_IDS: Final = 500
Ids = Annotated[
    list[Annotated[str, Field(max_length=LONGEST_ID)]],
    Query(max_length=MOST_IDS, description="Only these; none named: all."),
]


def routes() -> APIRouter:
    """Routes of this subject."""
    router = APIRouter(prefix="/sheets")
    _lists(router)
    _ahead(router)
    return router


def _lists(router: APIRouter) -> None:
    @router.get("/recommendations", tags=["recommendations"], summary="Lists of many shops",
                response_model=Table)  # fmt: skip
    def recommendations(
        asked: Reader, page: Page, retailer: Ids = [],  # noqa: B006 - read only
        list: ListName = ListName.ALL,
        k: Annotated[int, Query(ge=1, le=LONGEST_LIST, description="Lines in a list.")] = 10,
    ) -> Response:  # fmt: skip
        """For staff. A page holds the lists of `limit` shops, and `total` counts shops."""
        workspace = asked.workspace
        known = workspace.models.current.catalogue.retailers["retailer_id"].tolist()
        ids = retailer or known
        frames = workspace.lists.recommend_many(
            asked.principal, ids[page.offset : page.offset + page.limit], list, k,
            words(workspace),
        )  # fmt: skip
        made = [*frames]
        frame = pd.concat(made, ignore_index=True) if made else pd.DataFrame()
        return sent(table(frame, page, total=len(ids)))

    @router.get("/order/{retailer_id}", tags=["orders"], summary="A suggested order",
                response_model=Table)  # fmt: skip
    def order(
        asked: Reader, page: Page,
        retailer_id: Annotated[str, Path(max_length=LONGEST_ID, examples=["R0001"])],
        budget: Annotated[float | None, Query(description="The most it may cost.")] = None,
        service: Annotated[
            float | None, Query(description="Chance that stock lasts until the next arrives.")
        ] = None,
        aim: Annotated[Aim, Query(description="margin: for staff.")] = Aim.STOCK,
    ) -> Response:  # fmt: skip
        """In whole cases, within the shop's means; nothing is ordered by it."""
        workspace = asked.workspace
        wish = OrderWish(budget=budget, aim=aim, service=service)
        found = workspace.stock.suggest_order(asked.principal, retailer_id, wish)
        language = words(workspace)
        return sent(table(found.frame(language), page, told(found, language)))


def _ahead(router: APIRouter) -> None:
    @router.get("/forecasts", tags=["forecasts"], summary="Coming demand of many series",
                response_model=Table)  # fmt: skip
    def forecasts(
        asked: Reader, page: Page, level: Level, id: Ids = [],  # noqa: B006 - read only
        horizon: Annotated[int, Query(ge=1, le=LONGEST_DAYS, description="Periods.")] = 8,
        freq: Freq = Freq.WEEK,
        as_of: Annotated[date | None, Query(description="First day that is not known.")] = None,
    ) -> Response:  # fmt: skip
        """A row a series and period, with its bands."""
        found = asked.workspace.forecasts.forecast(
            asked.principal, level, id or None, horizon=horizon, freq=freq, as_of=as_of
        )
        return sent(table(found.frame(), page))

    @router.get("/elasticities", tags=["forecasts"], summary="How demand answers prices",
                response_model=Table)  # fmt: skip
    def elasticities(asked: Reader, page: Page, id: Ids = []) -> Response:  # noqa: B006
        """A row a product, with how sure that is."""
        found = asked.workspace.pricing.elasticity(asked.principal, id or None)
        return sent(table(found[[*COLUMNS]], page, borrowing(found)))
