"""Long answers in pages: how many, from where, and the address of the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Final, Generic, TypeVar

from fastapi import Depends, Query
from pydantic import Field
from starlette.datastructures import URL
from starlette.requests import Request

from smartreco.api.shapes import Answer

LONGEST_PAGE: Final = 500
USUAL_PAGE: Final = 50
FARTHEST: Final = 100_000_000

T = TypeVar("T")


class Paged(Answer, Generic[T]):
    """A page of a longer answer."""

    items: list[T] = Field(description="The page, in the order of the whole.")
    total: int = Field(description="How many there are in all.", ge=0, examples=[120])
    next: str | None = Field(
        description="Address of the next page; null on the last.",
        examples=["/api/v1/products?limit=50&offset=50"],
    )


@dataclass(frozen=True, slots=True)
class Paging:
    """The page that was asked for."""

    limit: int
    offset: int
    url: URL

    def next(self, total: int) -> str | None:
        """Address of the page after this one, from the root of the server."""
        after = self.offset + self.limit
        if after >= total:
            return None
        there = self.url.include_query_params(limit=self.limit, offset=after)
        return f"{there.path}?{there.query}"

    def of(self, items: Sequence[T], total: int) -> Paged[T]:
        """An answer of the items of this page."""
        return Paged(items=list(items), total=total, next=self.next(total))

    def cut(self, items: Sequence[T]) -> Paged[T]:
        """An answer of this page out of all items."""
        return self.of(items[self.offset : self.offset + self.limit], len(items))


async def paging(
    request: Request,
    limit: Annotated[
        int, Query(ge=1, le=LONGEST_PAGE, description="Items in a page.")
    ] = USUAL_PAGE,
    offset: Annotated[int, Query(ge=0, le=FARTHEST, description="Items before the page.")] = 0,
) -> Paging:
    """Read the page that a request asks for."""
    return Paging(limit, offset, request.url)


Page = Annotated[Paging, Depends(paging)]
