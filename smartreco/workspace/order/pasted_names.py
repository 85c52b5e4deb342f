"""Which product a code or a name in a list means."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from difflib import get_close_matches
from functools import cached_property
from typing import Final

from smartreco.columns import NAME, PRODUCT_ID
from smartreco.entities import Product
from smartreco.language import Sentence
from smartreco.workspace.catalogue import Catalogue
from smartreco.workspace.order.book_views import PastedLine

SHORTEST_PREFIX: Final = 3
MOST_SUGGESTED: Final = 40  # rows of a list; each looks through the whole catalogue
MOST_NAMED: Final = 3  # products that a row may mean, in its sentence
LIKE: Final = 0.6  # of the letters in common
LONGEST_CODE: Final = 60  # signs that are shown back


class Names:
    """Finds products by id, by name, or by the beginning of either where only one has it."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._suggested = 0

    def find(self, code: str) -> tuple[Product | None, Sentence | None]:
        """The product, or why there is none."""
        found = self.candidates(code)
        if len(found) == 1:
            return found[0], None
        shown = code[:LONGEST_CODE]
        if found:
            names = ", ".join(one.name for one in found[:MOST_NAMED])
            return None, Sentence(
                "paste.several", {"code": shown, "many": len(found), "names": names}
            )
        return None, Sentence("paste.unknown", {"code": shown})

    def candidates(self, code: str) -> list[Product]:
        """Products that a code or a name may mean."""
        wanted = folded(code)
        ids = self._whole.get(wanted) or self._beginning_with(wanted)
        found = [self._catalogue.product(one) for one in ids]
        # what is no longer sold does not stand in the way
        return [one for one in found if one.active] or found

    def with_suggestion(self, line: PastedLine) -> PastedLine:
        """A line that names no product, with the one it is closest to."""
        problem = line.problem
        if problem is None or problem.template != "paste.unknown":
            return line
        code = str(problem.values["code"])
        if self._suggested >= MOST_SUGGESTED or len(code) < SHORTEST_PREFIX:
            return line
        self._suggested += 1
        close = get_close_matches(folded(code), self._sorted, n=1, cutoff=LIKE)
        if not close:
            return line
        like = self._catalogue.product(self._whole[close[0]][0])
        said = Sentence("paste.unknown_like", {"code": code, "like": like.name})
        return replace(line, problem=said, suggestion=like)

    @cached_property
    def _whole(self) -> dict[str, list[str]]:
        """Ids by folded id or name; an id wins over a name that reads the same."""
        goods = self._catalogue.products
        by_id: dict[str, list[str]] = {}
        by_name: dict[str, list[str]] = {}
        for product_id, name in zip(goods[PRODUCT_ID], goods[NAME], strict=True):
            by_id.setdefault(folded(product_id), []).append(product_id)
            by_name.setdefault(folded(name), []).append(product_id)
        return by_name | by_id

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self._whole)

    def _beginning_with(self, start: str) -> list[str]:
        if len(start) < SHORTEST_PREFIX:
            return []
        return list(dict.fromkeys(self._ids_from(start)))

    def _ids_from(self, start: str) -> Iterator[str]:
        names = self._sorted
        for at in range(bisect_left(names, start), len(names)):
            if not names[at].startswith(start):
                return
            yield from self._whole[names[at]]


def folded(text: str) -> str:
    """Without capitals, without spaces to spare, without the sign that keeps a cell inert."""
    return " ".join(text.strip().lstrip("'").casefold().split())
