"""One vendor's demand, reach and stock: the tables of his pages, with the filter they share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Path, Query
from pydantic import Field
from starlette.responses import Response

from smartreco.api.identity import Reader
from smartreco.api.paging import Page
from smartreco.api.shapes import Answer, sent
from smartreco.api.tables import Table, table
from smartreco.workspace.vendor.listing.listing import Listing
from smartreco.workspace.vendor.listing.registry import LISTINGS
from smartreco.workspace.vendor.views import Facets, VendorFilter
from smartreco.workspace.wording import words

LONGEST_ID: Final = 200
MOST_CHOICES: Final = 200

VendorId = Annotated[
    str, Path(max_length=LONGEST_ID, description="The vendor's id.", examples=["V001"])
]
Choices = list[Annotated[str, Field(max_length=LONGEST_ID)]]


def _choice(what: str) -> Any:
    return Query(max_length=MOST_CHOICES, description=f"Only this {what}, or these.")


async def vendor_filter(
    since: Annotated[date | None, Query(description="A day in the first week that counts.")] = None,
    until: Annotated[date | None, Query(description="A day in the last week that counts.")] = None,
    region: Annotated[Choices, _choice("region")] = [],  # noqa: B006 - read only
    city: Annotated[Choices, _choice("city")] = [],  # noqa: B006
    category: Annotated[Choices, _choice("category")] = [],  # noqa: B006
    product: Annotated[Choices, _choice("product id")] = [],  # noqa: B006
    segment: Annotated[Choices, _choice("segment")] = [],  # noqa: B006
    price_low: Annotated[float | None, Query(ge=0, description="Lowest price a piece.")] = None,
    price_high: Annotated[float | None, Query(ge=0, description="Highest price a piece.")] = None,
) -> VendorFilter:
    """The filter that a vendor's pages, addresses and commands share; empty means all."""
    return VendorFilter(
        since, until, tuple(region), tuple(city), tuple(category), tuple(product),
        tuple(segment), price_low, price_high,
    )  # fmt: skip


Filter = Annotated[VendorFilter, Depends(vendor_filter)]


class Choice(Answer):
    """A value that the filter can choose."""

    value: str = Field(examples=["North"])
    label: str = Field(examples=["North"])
    count: int = Field(
        description="Shops that ever bought; of a category its products.", ge=0, examples=[12]
    )
    within: str | None = Field(description="What it lies in.", examples=[None])


class Choosable(Answer):
    """What the filter can choose, from the vendor's own products and the shops that buy them."""

    regions: list[Choice]
    cities: list[Choice] = Field(description="Within the region of most of their shops.")
    segments: list[Choice]
    categories: list[Choice]
    products: list[Choice] = Field(description="By id, within their category.")
    first_week: date | None = Field(description="Monday of the first full week that is known.")
    last_week: date | None = Field(description="Monday of the last one.")
    price_low: float | None = Field(description="Lowest price of a product.", examples=[12.5])
    price_high: float | None = Field(description="Highest price of a product.", examples=[990.0])

    @classmethod
    def of(cls, found: Facets) -> Choosable:
        """The same of a workspace's facets."""
        return cls.model_validate(found)


def routes() -> APIRouter:
    """Routes of this subject."""
    router = APIRouter(prefix="/vendors/{vendor_id}", tags=["vendors"])

    @router.get("/filters", summary="What a vendor's filter can choose")
    def filters(asked: Reader, vendor_id: VendorId) -> Choosable:
        """Regions, cities, segments, categories and products, and the time that is known."""
        return Choosable.of(asked.workspace.vendor_demand.facets(asked.principal, vendor_id))

    for listing in LISTINGS:
        _add(router, listing)
    return router


def _add(router: APIRouter, listing: Listing) -> None:
    """A route for a subject; its tables are the values of a path's last part."""
    words_of = {name.replace("-", "_").upper(): name for name in listing.tables}
    names = StrEnum(f"{listing.name.title()}Table", words_of)  # type: ignore[misc]
    endpoint: Callable[..., Response] = _endpoint(listing, names)
    router.add_api_route(
        f"/{listing.name}/{{name}}", endpoint, methods=["GET"], response_model=Table,
        summary=f"A vendor's {listing.name}", description=f"Tables on {listing.help}.",
        operation_id=f"vendor_{listing.name}",
    )  # fmt: skip


def _endpoint(listing: Listing, names: Any) -> Callable[..., Response]:
    def read(
        asked: Reader, vendor_id: VendorId, name: names, wanted: Filter, page: Page
    ) -> Response:
        workspace = asked.workspace
        found = listing.tables[name.value](workspace, asked.principal, vendor_id, wanted)
        return sent(table(found.rows, page, found.said(words(workspace))))

    # annotations are text here, and `names` is known in this call only
    read.__annotations__["name"] = names
    return read
