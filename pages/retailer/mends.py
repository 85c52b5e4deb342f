"""What one click can do about a problem of an order: the smallest change that settles it.

Each mend is a change of pieces by product, 0 takes a product off, so that one
undo takes it back. Nothing here reads or draws.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pages.components import cards
from smartreco.entities import DraftLine, Suggestion
from smartreco.language import Language, Message
from smartreco.workspace.order.book_views import Blocker, DraftCheck, Problem, VendorPart
from smartreco.workspace.views import Draft

OFF_MANY = Message("Take off {n} product", "Take off {n} products", "n")


@dataclass(frozen=True)
class Mend:
    """A change of the draft and the words on its button."""

    label: str
    pieces: Mapping[str, int]


def mend(problem: Problem, draft: Draft, check: DraftCheck, language: Language) -> Mend | None:
    """The change that settles a problem; None where only the reader can decide.

    A vendor's minimum has two ways out: this is leaving the vendor out, `top_up` the other.
    """
    lines = {line.product.product_id: line for line in draft.lines}
    line = lines.get(problem.product_id or "")
    match problem.blocker:
        case Blocker.STOCK if line is not None:
            return _within_stock(line, problem.room or 0, language)
        case Blocker.INACTIVE if line is not None:
            return Mend(language.text("Take it off"), {line.product.product_id: 0})
        case Blocker.CASE if line is not None:
            return _whole_cases(line, language)
        case Blocker.CREDIT:
            return _within_credit(draft.lines, check, language)
        case Blocker.MINIMUM:
            theirs = [i for i, one in lines.items() if one.product.vendor_id == problem.vendor_id]
            return Mend(language.text("Leave this vendor out"), dict.fromkeys(theirs, 0))
        case _:
            return None


def can_fill(part: VendorPart, draft: Draft, check: DraftCheck) -> bool:
    """Whether something of a vendor on the order can be had, so that more of it makes sense."""
    off = {
        one.product_id for one in check.problems
        if one.blocker is Blocker.INACTIVE or (one.blocker is Blocker.STOCK and not one.room)
    }  # fmt: skip
    theirs = (line for line in draft.lines if line.product.vendor_id == part.vendor_id)
    return any(line.product.product_id not in off for line in theirs)


def top_up(
    part: VendorPart, draft: Draft, more: Iterable[Suggestion], available: Mapping[str, int]
) -> dict[str, int]:
    """Pieces that bring a vendor's part up to its minimum, what the shop may need first.

    Products of that vendor among ``more`` come first, in their quantities; what is then
    still missing is more of what is on the order already, by the same factor. Empty
    where stock does not reach.
    """
    missing, pieces = part.missing, dict[str, int]()
    for one in more:
        price, quantity = one.product.unit_price, one.recommendation.quantity
        theirs = one.product.vendor_id == part.vendor_id
        new = theirs and not draft.quantity(one.product.product_id)
        if missing > 0 and new and price and quantity <= _most(one.product.on_hand):
            pieces[one.product.product_id] = quantity
            missing -= quantity * price
    lines = [line for line in draft.lines if line.product.vendor_id == part.vendor_id]
    factor = 1 + missing / part.value if part.value > 0 else 1.0
    for line in lines:
        product, price = line.product, line.product.unit_price
        if missing <= 0 or not price:
            continue
        wanted = math.ceil(line.quantity * factor / product.case_size) * product.case_size
        room = _most(available.get(product.product_id))
        wanted = int(min(wanted, room // product.case_size * product.case_size))
        if wanted > line.quantity:
            pieces[product.product_id] = wanted
            missing -= (wanted - line.quantity) * price
    return pieces if missing <= 0 else {}


def _most(known: int | None) -> float:
    return math.inf if known is None else known


def _within_stock(line: DraftLine, room: int, language: Language) -> Mend:
    size = line.product.case_size
    pieces = room // size * size
    if not pieces:
        return Mend(language.text("Take it off"), {line.product.product_id: 0})
    packs = cards.Packs(pieces, size).words(language)
    return Mend(language.text("Take {packs}", packs=packs), {line.product.product_id: pieces})


def _whole_cases(line: DraftLine, language: Language) -> Mend:
    size = line.product.case_size
    pieces = math.ceil(line.quantity / size) * size
    packs = cards.Packs(pieces, size).words(language)
    return Mend(language.text("Make it {packs}", packs=packs), {line.product.product_id: pieces})


def _within_credit(
    lines: Sequence[DraftLine], check: DraftCheck, language: Language
) -> Mend | None:
    """The cut of one line that takes least off; of several lines, the dearest, where none does."""
    over = check.total - (check.credit_free or 0.0)
    cuts = [cut for line in lines if (cut := _cut(line, over)) is not None]
    if cuts:
        _, line, left = min(cuts, key=lambda cut: cut[0])
        gone = cards.Packs(line.quantity - left, line.product.case_size).words(language)
        name = cards.calm(line.product.name)
        words = language.text("Take off {packs} of {product}", packs=gone, product=name)
        return Mend(words, {line.product.product_id: left})
    pieces: dict[str, int] = {}
    for line in sorted(lines, key=lambda line: -(line.value or 0.0)):
        if over <= 0:
            break
        pieces[line.product.product_id] = 0
        over -= line.value or 0.0
    return Mend(language.say(OFF_MANY, {"n": len(pieces)}), pieces) if pieces else None


def _cut(line: DraftLine, over: float) -> tuple[float, DraftLine, int] | None:
    """Value taken off, and pieces left, where whole cases of one line make up for `over`."""
    price, size = line.product.unit_price, line.product.case_size
    if not price or (line.value or 0.0) < over:
        return None
    left = max(line.quantity - math.ceil(over / (price * size)) * size, 0)
    return (line.quantity - left) * price, line, left
