"""The catalogue as one shop sees it: finding a product, one product, and products like it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from smartreco.api.identity import Reader
from smartreco.api.paging import FARTHEST
from smartreco.api.routes.product_shapes import ProductAnswer, ProductId, ShopId
from smartreco.api.shapes import VERSIONED, Answer, versioned
from smartreco.workspace.product_views import Match, ProductView, SearchPage, Sort, Wanted
from smartreco.workspace.products import LONGEST_PAGE

MOST_CHOICES: Final = 100
LONGEST_TEXT: Final = 200
Choices = list[Annotated[str, Field(max_length=LONGEST_TEXT)]]


class FoundAnswer(Answer):
    """A product beside the shop's own orders of it."""

    product: ProductAnswer
    usual: int = Field(description="Pieces of a usual order.", examples=[24])
    orders: int = Field(description="How often the shop ordered it.", examples=[6])
    days_since: int | None = Field(description="Since its last order of it.", examples=[9])


class ProductsAnswer(Answer):
    """A page of what was found."""

    items: list[FoundAnswer]
    total: int = Field(description="With all filters.", examples=[12])
    next: str | None = Field(description="Address of the next page.", examples=[None])
    categories: dict[str, int] = Field(
        description="What each choice would leave.", examples=[{"Essentials": 12}]
    )
    vendors: dict[str, int] = Field(examples=[{"Northern Mills": 12}])
    match: Match = Field(description="How the text was read.")
    read_as: str = Field(description="The words that were searched with.", examples=["rice"])


class PromotionAnswer(Answer):
    """A promotion that runs today."""

    depth: float = Field(description="Share off the list price.", examples=[0.1])
    starts_on: date
    ends_on: date


class OwnOrderAnswer(Answer):
    """One of the shop's orders of the product."""

    order_id: str = Field(examples=["SR-000001"])
    ordered_on: date
    quantity: int
    unit_price: float
    status: str = Field(examples=["delivered"])


class WholeProduct(Answer):
    """All that a shop may know of one product."""

    product: ProductAnswer
    today: date = Field(description="The day that an order placed now would carry.")
    usual: int = Field(description="Pieces of a usual order.", examples=[24])
    probability: float | None = Field(
        description="Chance that it is ordered within 28 days.", examples=[0.64]
    )
    promotion: PromotionAnswer | None
    lead_time_days: int | None = Field(description="From order to delivery.", examples=[3])
    min_order_value: float | None = Field(description="Of its vendor.", examples=[100.0])
    dismissed: bool = Field(description='Whether the shop said "not for me".')
    orders: list[OwnOrderAnswer] = Field(description="The shop's own, newest first.")


class Alike(Answer):
    """A product like it."""

    product: ProductAnswer
    likeness: float = Field(description="0 to 1.", examples=[0.82])
    shared: list[str] = Field(description="What both have.", examples=[["Essentials"]])
    usual: int = Field(examples=[12])


class Together(Answer):
    """A product that is ordered together with it."""

    product: ProductAnswer
    both: int = Field(description="Orders that hold both.", examples=[31])
    orders: int = Field(description="Orders that hold this one.", examples=[120])
    lift: float = Field(description="How much oftener than by chance.", examples=[2.4])
    usual: int = Field(examples=[12])


class Similar(Answer):
    """Products that go with one."""

    product: ProductAnswer
    alike: list[Alike]
    together: list[Together]


def _choice(what: str) -> Any:
    return Query(max_length=MOST_CHOICES, description=f"Only this {what}, or these.")


def routes() -> APIRouter:
    """Routes of this subject."""
    router = APIRouter(tags=["products"], prefix="/retailers/{retailer_id}/products")

    @router.get("", summary="Find products")
    def search(
        request: Request,
        caller: Reader,
        retailer_id: ShopId,
        text: Annotated[
            str, Query(max_length=LONGEST_TEXT, description="Words or a code.", examples=["rice"])
        ] = "",
        category: Annotated[Choices, _choice("category")] = [],  # noqa: B006 - read only
        vendor: Annotated[Choices, _choice("vendor's name")] = [],  # noqa: B006
        price_low: Annotated[float | None, Query(ge=0, allow_inf_nan=False)] = None,
        price_high: Annotated[float | None, Query(ge=0, allow_inf_nan=False)] = None,
        in_stock: Annotated[bool, Query(description="Only what the vendor has.")] = False,
        mine: Annotated[
            bool | None, Query(description="true: ordered before; false: never.")
        ] = None,
        sort: Annotated[Sort, Query(description="What stands first.")] = Sort.RELEVANCE,
        limit: Annotated[int, Query(ge=1, le=LONGEST_PAGE)] = 24,
        offset: Annotated[int, Query(ge=0, le=FARTHEST)] = 0,
    ) -> ProductsAnswer:
        """A page of the products that a shop looks for; misspelt words are forgiven."""
        wanted = Wanted(
            text, tuple(category), tuple(vendor), price_low, price_high, in_stock, mine, sort,
            limit, offset,
        )  # fmt: skip
        found = caller.workspace.products.search(caller.principal, retailer_id, wanted)
        return _page(request, found, limit, offset)

    @router.get(
        "/{product_id}", response_model=WholeProduct, responses=VERSIONED, summary="One product"
    )
    def product(
        request: Request, caller: Reader, retailer_id: ShopId, product_id: ProductId
    ) -> Response:
        """Price, supply and the shop's own orders; of a product no longer sold as well."""
        view = caller.workspace.products.product(caller.principal, retailer_id, product_id)
        return versioned(request, _whole(view))

    @router.get(
        "/{product_id}/similar", response_model=Similar, responses=VERSIONED,
        summary="Products that go with one",
    )  # fmt: skip
    def similar(
        request: Request, caller: Reader, retailer_id: ShopId, product_id: ProductId
    ) -> Response:
        """Products like it, and products that are ordered together with it."""
        view = caller.workspace.products.product(caller.principal, retailer_id, product_id)
        return versioned(request, _similar(view))

    return router


def _page(request: Request, found: SearchPage, limit: int, offset: int) -> ProductsAnswer:
    more = request.url.include_query_params(limit=limit, offset=offset + limit)
    return ProductsAnswer(
        items=[
            FoundAnswer(
                product=ProductAnswer.of(one.product), usual=one.usual, orders=one.orders,
                days_since=one.days_since,
            )
            for one in found.found
        ],
        total=found.total,
        next=f"{more.path}?{more.query}" if offset + limit < found.total else None,
        categories=found.categories, vendors=found.vendors, match=found.match,
        read_as=found.read_as,
    )  # fmt: skip


def _whole(view: ProductView) -> WholeProduct:
    running, line = view.price.promotion, view.suggestion
    return WholeProduct(
        product=ProductAnswer.of(view.product), today=view.today, usual=view.usual,
        probability=None if line is None else line.recommendation.probability,
        promotion=None if running is None else PromotionAnswer.model_validate(running),
        lead_time_days=view.supply.lead_time_days,
        min_order_value=view.supply.min_order_value, dismissed=view.dismissed,
        orders=[OwnOrderAnswer.model_validate(one) for one in view.own.orders],
    )  # fmt: skip


def _similar(view: ProductView) -> Similar:
    return Similar(
        product=ProductAnswer.of(view.product),
        alike=[
            Alike(
                product=ProductAnswer.of(one.product), likeness=one.likeness,
                shared=[label for _, label in one.shared], usual=one.usual,
            )
            for one in view.alike
        ],
        together=[
            Together(
                product=ProductAnswer.of(one.product), both=one.both, orders=one.orders,
                lift=one.lift, usual=one.usual,
            )
            for one in view.together
        ],
    )  # fmt: skip
