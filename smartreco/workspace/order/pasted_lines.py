"""What a row of a list says: a product and how many, for orders and counts alike.

A row is cut in every way it can be cut, and the first cut that names a product says how many
of it; a row that could mean two things is shown with its number and the reason, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from smartreco.language import Sentence
from smartreco.workspace.catalogue import Catalogue
from smartreco.workspace.order.book_views import Choice, PastedLine
from smartreco.workspace.order.pasted_header import Header, header_of
from smartreco.workspace.order.pasted_names import Names
from smartreco.workspace.order.pasted_quantities import (
    Amount,
    Said,
    Unread,
    amount_of,
    cut_in_words,
)
from smartreco.workspace.order.pasted_rows import Cells, Row

LONGEST_SHOWN: Final = 80  # signs of a row that are shown back
MOST_CHOICES: Final = 12  # products that a row may mean
SEVERAL: Final = Unread("")  # numbers of which each may be the quantity


@dataclass(frozen=True, slots=True)
class Terms:
    """In what lists of orders and of counts differ.

    ``least``, ``most`` : pieces of a row; ``sold`` : only products that are still sold.
    """

    least: int
    most: int
    sold: bool


def read_lines(rows: Iterable[Row], catalogue: Catalogue, terms: Terms) -> list[PastedLine]:
    """Each row but a header as a line: with product and pieces, or with its problem."""
    names = Names(catalogue)
    header: Header | None = None
    found: list[PastedLine] = []
    for at, (number, text, cuts) in enumerate(rows):
        if at == 0:
            header = next((one for one in map(header_of, cuts) if one is not None), None)
            if header is not None:
                continue
        line = PastedLine(number, text[:LONGEST_SHOWN], None, None)
        found.append(_line(line, cuts, header, names, terms))
    return found


def out_of_range(terms: Terms) -> Sentence:
    """What is said of too few or too many pieces."""
    return Sentence("paste.bad_quantity", {"least": terms.least, "most": terms.most})


def _line(
    line: PastedLine, cuts: list[Cells], header: Header | None, names: Names, terms: Terms
) -> PastedLine:
    """The first cut that names a product, else why none does."""
    refused: tuple[PastedLine, str, Said] | None = None
    for cells in cuts:
        for code, said in _readings(cells, header):
            read = _understood(line, code, said, names, terms)
            if read.product is not None:
                return read
            refused = refused or (read, code, said)
    if refused is None:
        return replace(line, problem=Sentence("paste.no_quantity"))
    return _with_choices(names.with_suggestion(refused[0]), *refused[1:], names, terms)


def _with_choices(
    line: PastedLine, code: str, said: Said, names: Names, terms: Terms
) -> PastedLine:
    """A line that is not understood with the products it may mean, where it says how many."""
    if not isinstance(said, Amount):
        return line
    products = [line.suggestion] if line.suggestion is not None else names.candidates(code)
    choices = (
        Choice(one, said.pieces(one.case_size))
        for one in products[:MOST_CHOICES] if one.active or not terms.sold
    )  # fmt: skip
    fits = tuple(one for one in choices if terms.least <= one.quantity <= terms.most)
    return replace(line, choices=fits)


def _readings(cells: Cells, header: Header | None) -> Iterator[tuple[str, Said]]:
    """Ways to take cells for a code and an amount, the likeliest first."""
    if header is not None and len(cells) > header.last:
        yield cells[header.code], header.amount(cells)
        return
    filled = [cell for cell in cells if cell]
    if len(filled) == 1:
        yield from cut_in_words(filled[0])
    elif filled:
        yield from _beside_each_other(filled, [amount_of(cell) for cell in filled])


def _beside_each_other(filled: Cells, said: list[Said]) -> Iterator[tuple[str, Said]]:
    """The code stands first in most lists; a name may have been cut at its commas."""
    numbers = [at for at, one in enumerate(said) if at and one is not None]
    if numbers:
        yield filled[0], _only([said[at] for at in numbers])
        if numbers[-1] > 1:
            yield ", ".join(filled[: numbers[-1]]), said[numbers[-1]]
    if said[0] is not None:
        yield filled[1], said[0]
    elif not numbers:
        yield filled[0], None


def _only(numbers: list[Said]) -> Said:
    """The one quantity among numbers: a price with its parts may stand beside it."""
    read = [one for one in numbers if isinstance(one, Amount)]
    unread = [one for one in numbers if isinstance(one, Unread)]
    if unread and (not read or any(one.below_zero for one in unread)):
        return unread[0]
    return read[0] if len(read) == 1 else SEVERAL


def _understood(
    line: PastedLine, code: str, said: Said, names: Names, terms: Terms
) -> PastedLine:  # fmt: skip
    product, problem = names.find(code)
    if product is None:
        return replace(line, problem=problem)
    line = replace(line, product=product)
    if terms.sold and not product.active:
        return replace(line, problem=Sentence("paste.inactive", {"product": product.name}))
    if not isinstance(said, Amount):
        return replace(line, problem=_unread(said))
    pieces = said.pieces(product.case_size)
    if not terms.least <= pieces <= terms.most:
        return replace(line, problem=out_of_range(terms))
    hint = None
    if said.in_cases:
        hint = Sentence("paste.cases", {"cases": said.number, "case_size": product.case_size})
    return replace(line, quantity=pieces, hint=hint)


def _unread(said: Unread | None) -> Sentence:
    if said is None:
        return Sentence("paste.no_quantity")
    if said is SEVERAL:
        return Sentence("paste.several_numbers")
    return Sentence("paste.unread", {"text": said.text})
