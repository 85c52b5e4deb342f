"""Whether there is anything to show a vendor at all, and clear words where there is not."""

from __future__ import annotations

from collections.abc import Callable

from pages.components import header, messages
from pages.context import Context
from smartreco.errors import NotEnoughDataError, NotFoundError


def for_vendor(title: str, draw: Callable[[Context, str], None]) -> Callable[[Context], None]:
    """A page's ``render`` of a drawing that takes the vendor's id.

    The account may be bound to a vendor that a later data set does not hold, the vendor may
    have no product, and the data no full week: each is said plainly.
    """

    def render(ctx: Context) -> None:
        vendor_id = str(ctx.principal.vendor_id)
        try:
            facets = ctx.workspace.vendor_demand.facets(ctx.principal, vendor_id)
        except NotFoundError:
            _said(
                ctx, title, ctx.t("Your company is not in these data any more"),
                ctx.t("The data were replaced since your account was made. Ask your "
                      "administrator to bind it to a vendor of the present data."),
            )  # fmt: skip
            return
        if facets.empty:
            _said(
                ctx, title, ctx.t("You have no products here yet"),
                ctx.t("They appear here once they are imported with your company as vendor."),
            )  # fmt: skip
        elif facets.first_week is None:
            _said(
                ctx, title, ctx.t("Not a full week of orders is known yet"),
                ctx.t("Figures begin with the first full week, Monday to Sunday."),
            )  # fmt: skip
        else:
            try:
                draw(ctx, vendor_id)
            except NotEnoughDataError as error:
                messages.note(messages.refusal(error, ctx.language))

    return render


def _said(ctx: Context, title: str, answer: str, hint: str) -> None:
    header.page_header(answer, ctx.t(title))
    messages.empty_state(ctx.t("Nothing to show"), hint, "package", key="vendor")
