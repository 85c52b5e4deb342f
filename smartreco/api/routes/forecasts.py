"""Coming demand by level, with bands."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from smartreco.api.identity import Reader
from smartreco.api.paging import Page
from smartreco.api.shapes import VERSIONED, Answer, versioned
from smartreco.forecast.forecaster import Forecast
from smartreco.forecast.panel import Level
from smartreco.workspace.forecasts import LONGEST_DAYS
from smartreco.workspace.made_forecasts import Freq

MOST_IDS: Final = 200
LONGEST_ID: Final = 400  # a pair's


class Period(Answer):
    """One week or day; pieces, with quantiles of what may come."""

    period_start: date
    forecast: float = Field(description="Expected pieces.", examples=[120.4])
    q025: float = Field(examples=[80.1])
    q10: float = Field(examples=[95.0])
    q50: float = Field(examples=[119.2])
    q90: float = Field(examples=[148.7])
    q975: float = Field(examples=[166.3])


class Series(Answer):
    """What is expected of one shop, product, vendor, category, region or of all."""

    id: str = Field(examples=["P0001"])
    periods: list[Period]


class ForecastAnswer(Answer):
    """Series of a level; all levels agree with each other."""

    level: Level
    freq: Freq
    items: list[Series]
    total: int = Field(description="Series in all.", ge=0, examples=[1])
    next: str | None = Field(description="Address of the next page.", examples=[None])


def routes() -> APIRouter:
    """Routes of this subject."""
    router = APIRouter(tags=["forecasts"], prefix="/forecasts")

    @router.get("", response_model=ForecastAnswer, responses=VERSIONED, summary="Coming demand")
    def forecast(
        request: Request,
        caller: Reader,
        page: Page,
        level: Annotated[Level, Query(description="What one series adds up.")],
        ids: Annotated[
            list[Annotated[str, Field(max_length=LONGEST_ID)]] | None,
            Query(
                alias="id", max_length=MOST_IDS,
                description="One or more ids of the level; of retailer_product as "
                "RETAILER/PRODUCT. Left out: all that the account may see.",
            ),
        ] = None,
        horizon: Annotated[
            int, Query(ge=1, le=LONGEST_DAYS, description="Periods ahead: 104 weeks, 366 days.")
        ] = 8,
        freq: Annotated[Freq, Query(description="Length of the periods.")] = Freq.WEEK,
        as_of: Annotated[
            date | None,
            Query(description="First day taken as unknown; else the day after the last order."),
        ] = None,
    ) -> Response:  # fmt: skip
        """Weeks from Monday or days, with quantiles.

        A shop sees itself and what it buys (retailer, retailer_product), a vendor himself and
        his products (vendor, product), staff every level.
        """
        wanted = None if ids is None else list(dict.fromkeys(ids))
        found = caller.workspace.forecasts.forecast(
            caller.principal, level, wanted, horizon=horizon, freq=freq, as_of=as_of
        )
        total = len(found.ids)
        last = min(page.offset + page.limit, total)
        items = [_series(found, at) for at in range(page.offset, last)]
        body = ForecastAnswer.model_construct(
            level=level, freq=freq, items=items, total=total, next=page.next(total)
        )
        return versioned(request, body)

    return router


def _series(found: Forecast, at: int) -> Series:
    starts = found.starts.astype("datetime64[D]").astype(object)
    bands = found.quantiles[at].tolist()
    return Series(
        id=str(found.ids[at]),
        periods=[
            Period(
                period_start=start, forecast=mean, q025=band[0], q10=band[1], q50=band[2],
                q90=band[3], q975=band[4],
            )
            for start, mean, band in zip(starts, found.mean[at].tolist(), bands, strict=True)
        ],
    )  # fmt: skip
