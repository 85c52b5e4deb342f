"""Products and places in an address, as several subjects speak of them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Final

from fastapi import Path
from pydantic import Field

from smartreco.api.shapes import Answer
from smartreco.entities import Product

LONGEST_ID: Final = 200

ShopId = Annotated[
    str, Path(min_length=1, max_length=LONGEST_ID, description="The shop.", examples=["R0001"])
]
ProductId = Annotated[
    str, Path(min_length=1, max_length=LONGEST_ID, description="The product.", examples=["P0001"])
]


class ProductAnswer(Answer):
    """A product; prices in the data set's currency, for one piece."""

    product_id: str = Field(examples=["P0001"])
    name: str = Field(examples=["Basmati Rice 5 kg"])
    category: str = Field(examples=["Essentials"])
    subcategory: str | None = Field(examples=["Rice"])
    vendor_id: str | None = Field(examples=["V01"])
    vendor: str | None = Field(examples=["Northern Mills"])
    case_size: int = Field(description="Pieces in a case.", examples=[12])
    unit_price: float | None = Field(description="Null where no price is known.", examples=[4.2])
    regular_price: float | None = Field(
        description="Without the promotion that runs today; null: none runs.", examples=[None]
    )
    reduced_until: date | None = Field(description="Its last day.", examples=[None])
    active: bool = Field(description="Whether it is still sold.")
    on_hand: int | None = Field(
        description="Pieces that the vendor has; null where the data do not say.", examples=[480]
    )

    @classmethod
    def of(cls, product: Product) -> ProductAnswer:
        """The same, made of what the workspace answers with."""
        return cls.model_validate(product)


def product_values(product: Product) -> dict[str, Any]:
    """`ProductAnswer` as plain values, for lists that are asked for often."""
    return {name: getattr(product, name) for name in ProductAnswer.model_fields}
