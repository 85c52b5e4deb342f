"""Orders as files: a list that comes out of a sheet or a chat, and a sheet to hand on."""

from __future__ import annotations

from smartreco.accounts.permissions import require_retailer
from smartreco.entities import Principal, Role
from smartreco.language import Language
from smartreco.workspace.core import Core, permits
from smartreco.workspace.drafts import Drafts
from smartreco.workspace.models import Models
from smartreco.workspace.order import pasting
from smartreco.workspace.order.book_views import Pasted
from smartreco.workspace.order.checks import check_draft
from smartreco.workspace.order.reading import order_view
from smartreco.workspace.order.sheets import Sheet, made_sheet
from smartreco.workspace.sheet_content import of_draft, of_order
from smartreco.workspace.views import Draft


class OrderFiles:
    """Use cases on what is pasted or uploaded, and on sheets."""

    def __init__(self, core: Core, models: Models, drafts: Drafts) -> None:
        self.core = core
        self._models = models
        self._drafts = drafts

    @permits(Role.RETAILER)
    def paste(self, principal: Principal, retailer_id: str, text: str) -> Pasted:
        """Read codes and quantities as they come out of a sheet or a chat; nothing is changed.

        Raises
        ------
        InputError
            Too much text.
        """
        require_retailer(principal, retailer_id)
        return pasting.read_text(text, self._models.current.catalogue)

    @permits(Role.RETAILER)
    def upload(self, principal: Principal, retailer_id: str, name: str, content: bytes) -> Pasted:
        """Read a CSV or XLSX file of codes and quantities; nothing is changed.

        Raises
        ------
        InputError
            The file is too large, or is none of its ending.
        """
        require_retailer(principal, retailer_id)
        return pasting.read_upload(name, content, self._models.current.catalogue)

    @permits(Role.RETAILER)
    def take(self, principal: Principal, retailer_id: str, pasted: Pasted) -> Draft:
        """Put the good lines of a list on the draft as it states them; undo takes them back."""
        require_retailer(principal, retailer_id)
        pieces = {
            line.product.product_id: line.quantity
            for line in pasted.good
            if line.product is not None and line.quantity
        }
        if not pieces:
            return self._drafts.read(principal, retailer_id)
        return self._drafts.set_many(principal, retailer_id, pieces)

    @permits(Role.RETAILER, Role.PRODUCT_MANAGER, Role.ANALYST, Role.ADMIN)
    def sheet(
        self, principal: Principal, retailer_id: str, kind: Sheet | str,
        order_id: str | None = None, language: Language | None = None,
    ) -> bytes:  # fmt: skip
        """An order (None: the draft) to print or hand on; text is UTF-8.

        Parameters
        ----------
        language
            None: that of the data set.

        Raises
        ------
        InputError
            No such kind of sheet, or an empty draft.
        NotFoundError
            As `read`.
        """
        require_retailer(principal, retailer_id)
        catalogue = self._models.current.catalogue
        words = language or Language(catalogue.info.locale, catalogue.info.currency)
        shop = catalogue.retailer(retailer_id).name
        with self.core.store.cursor() as cursor:
            if order_id is not None:
                order = order_view(cursor, catalogue, retailer_id, order_id)
                return made_sheet(of_order(order, shop, words), kind, words)
            draft = self._drafts.draft(cursor, retailer_id)
            dated = check_draft(cursor, retailer_id, draft.lines, self.core.now()).dated
        return made_sheet(of_draft(draft, shop, dated, words), kind, words)
