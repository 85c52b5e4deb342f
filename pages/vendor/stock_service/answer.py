"""What the page says first, for each way to look at it: one sentence that was computed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from pages import address
from pages.vendor.stock_service.desk import SupplyDesk
from smartreco.language import Message, Money, Percent
from smartreco.workspace.vendor.desk_views import PromotionState
from smartreco.workspace.vendor.supply_views import Outlook

RUNS_OUT: Final = Message(
    "{n} product runs out before a delivery could arrive",
    "{n} products run out before a delivery could arrive", "n",
)  # fmt: skip
TO_ORDER: Final = Message(
    "{n} product needs stock soon: {pieces} pieces in all",
    "{n} products need stock soon: {pieces} pieces in all", "n",
)  # fmt: skip
TIED: Final = Message(
    "{value} is tied up in {n} product that you have more of than you need",
    "{value} is tied up in {n} products that you have more of than you need", "n",
)  # fmt: skip
WAITING: Final = Message(
    "{n} order waits for you to confirm it", "{n} orders wait for you to confirm them", "n"
)  # fmt: skip
ON_THE_WAY: Final = Message("{n} order is to be delivered", "{n} orders are to be delivered", "n")
RUN: Final = Message("{n} promotion runs now", "{n} promotions run now", "n")
COUNTED: Final = Message(
    "The stock of {n} of {all} product is known", "The stock of {n} of {all} products is known",
    "all",
)  # fmt: skip


DELIVERS: Final = Message("You deliver within {n} day", "You deliver within {n} days", "n")
FROM_DATA: Final = Message(
    "{n} open order came with the data: the next import says what became of it.",
    "{n} open orders came with the data: the next import says what became of them.", "n",
)  # fmt: skip


class Answer(NamedTuple):
    """The answer, whose and of when, what its words mean, and sentences below it."""

    answer: str
    about: str
    meaning: str = ""
    more: tuple[str, ...] = ()
    to_counts: bool = False  # whether the way on is to enter stock


def of_outlook(desk: SupplyDesk) -> Answer:
    """What runs out before it can be helped, and how much by when."""
    t, outlook = desk.ctx.t, desk.outlook
    about = f"{desk.ctx.principal.name} · {t('as of {day}', day=outlook.today)}"
    if not outlook.stock_known:
        words = t(
            "These data hold no stock of yours. Enter or upload what you have: then this page "
            "says what runs out first. Until then it shows what shops will ask for, and how much "
            "to have."
        )
        return Answer(
            t("Enter your stock to see what runs out first"), about, more=(words,), to_counts=True
        )
    meaning = t(
        "A product runs out when it is as likely as not that its free stock is used up before "
        "something ordered or produced today could be there."
    )
    return Answer(_outlook_said(desk, outlook), about, meaning, _outlook_more(desk, outlook))


def _outlook_said(desk: SupplyDesk, outlook: Outlook) -> str:
    t, say = desk.ctx.t, desk.ctx.language.say
    late = [row for row in outlook.rows if row.late]
    if not late:
        return t("Nothing runs out before a delivery could arrive")
    said = say(RUNS_OUT, {"n": len(late)})
    pieces = sum(row.pieces or 0 for row in late)
    days = [row.order_by for row in late if row.pieces and row.order_by is not None]
    if not pieces or not days:
        return said
    if min(days) <= outlook.today:
        return t("{said}: make or order {pieces} pieces today", said=said, pieces=pieces)
    return t("{said}: make or order {pieces} pieces by {day}", said=said, pieces=pieces,
             day=min(days))  # fmt: skip


def _outlook_more(desk: SupplyDesk, outlook: Outlook) -> tuple[str, ...]:
    t, say, more = desk.ctx.t, desk.ctx.language.say, []
    if outlook.to_order:
        pieces = sum(row.pieces or 0 for row in outlook.rows)
        words = say(TO_ORDER, {"n": outlook.to_order, "pieces": pieces})
        if outlook.order_value:
            words = t("{words}, for {value} at cost", words=words,
                      value=Money(outlook.order_value, compact=True))  # fmt: skip
        more.append(f"{words}.")
    over = sum(1 for row in outlook.rows if row.excess)
    if over and outlook.tied_up:
        said = say(TIED, {"n": over, "value": Money(outlook.tied_up, compact=True)})
        more.append(f"{said}.")
    return tuple(more)


def of_service(desk: SupplyDesk) -> Answer:
    """How much of what was asked for was there, and what was lost."""
    t, service = desk.ctx.t, desk.service
    now = service.periods.now
    about = " · ".join(
        [desk.ctx.principal.name, t("{first} to {last}", first=now.first, last=now.last_day)]
    )
    level, lost = service.level.now, service.lost_value.now
    if level is None:
        known = service.known
        return Answer(t("Nothing was asked for here") if known else
                      t("How well you served is not known"), about)  # fmt: skip
    share = in_per_cent(desk, level)
    if not lost:
        return Answer(t("{share} of what shops asked for was there", share=share), about)
    answer = t(
        "{share} of what shops asked for was there; about {value} of sales were lost",
        share=share, value=Money(lost, compact=True),
    )  # fmt: skip
    return Answer(answer, about)


def of_orders(desk: SupplyDesk) -> Answer:
    """What waits for the vendor."""
    t, say = desk.ctx.t, desk.ctx.language.say
    placed, confirmed = desk.waiting("confirm"), desk.waiting("deliver")
    about = f"{desk.ctx.principal.name} · {t('your part of shops’ orders')}"
    to_deliver = say(ON_THE_WAY, {"n": confirmed})
    others = desk.open_orders.total - placed - confirmed
    more = (say(FROM_DATA, {"n": others}),) if others > 0 else ()
    if placed:
        also = (f"{to_deliver}.",) if confirmed else ()
        return Answer(say(WAITING, {"n": placed}), about, more=also + more)
    if confirmed:
        return Answer(to_deliver, about, more=more)
    return Answer(t("No order waits for you"), about, more=more)


def of_keeping(desk: SupplyDesk) -> Answer:
    """What is known of the part that is open."""
    about = f"{desk.ctx.principal.name} · {desk.ctx.t('as of {day}', day=desk.today)}"
    said = KEPT.get(address.value("keep", ("stock", *KEPT)), _stock_kept)(desk)
    return Answer(said[0], about, more=said[1:])


def _stock_kept(desk: SupplyDesk) -> tuple[str, ...]:
    t, outlook = desk.ctx.t, desk.whole
    if not outlook.stock_known:
        return (t("Your stock is not known yet"),)
    days = [day for row in outlook.rows if (day := desk.counted_on(row)) is not None]
    n = {"n": outlook.stock_known, "all": len(outlook.rows)}
    last = (t("Last counted on {day}.", day=max(days)),) if days else ()
    if outlook.stock_known == len(outlook.rows) > 1:
        return t("The stock of all {n} products is known", n=outlook.stock_known), *last
    return desk.ctx.language.say(COUNTED, n), *last


def _promotions_kept(desk: SupplyDesk) -> tuple[str, ...]:
    states = [one.state for one in desk.promotions.rows]
    running, planned = states.count(PromotionState.RUNNING), states.count(PromotionState.PLANNED)
    said = desk.ctx.language.say(RUN, {"n": running})
    return (desk.ctx.t("{running}, {planned} planned", running=said, planned=planned),)


def _products_kept(desk: SupplyDesk) -> tuple[str, ...]:
    active = sum(one.active for one in desk.goods.values())
    changed = sum(bool(one.edits) for one in desk.goods.values())
    said = desk.ctx.t("{n} of your {all} products are on offer", n=active, all=len(desk.goods))
    more = (desk.ctx.t("{n} differ from what was imported.", n=changed),) if changed else ()
    return said, *more


def _terms_kept(desk: SupplyDesk) -> tuple[str, ...]:
    t, terms = desk.ctx.t, desk.terms
    if terms.lead_time_days is None:
        said = t("Shops do not know how long you take to deliver")
    else:
        said = desk.ctx.language.say(DELIVERS, {"n": terms.lead_time_days})
    if not terms.min_order_value:
        return (said,)
    return said, t("You take orders from {least}.", least=Money(terms.min_order_value))


KEPT: Final[Mapping[str, Callable[[SupplyDesk], tuple[str, ...]]]] = {
    "promotions": _promotions_kept, "product": _products_kept, "terms": _terms_kept,
}  # fmt: skip


def in_per_cent(desk: SupplyDesk, share: float) -> str:
    """A service level: a tenth of a per cent matters near the top, and columns stand even."""
    return desk.ctx.language.show(Percent(share, 1 if share < 0.9995 else 0))
