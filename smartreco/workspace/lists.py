"""Lists of what to order: one for a page, many for a file, and why each line is there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from smartreco.accounts.permissions import require_retailer
from smartreco.entities import (
    ListName,
    Principal,
    Reason,
    Recommendation,
    Role,
    Suggestion,
)
from smartreco.errors import InputError
from smartreco.language import Language
from smartreco.recommend.batches import recommend_batches
from smartreco.recommend.recent import Recent
from smartreco.recommend.templates import render
from smartreco.store import events as event_store
from smartreco.store.events import Event, EventKind
from smartreco.workspace import clock
from smartreco.workspace.core import Core, permits
from smartreco.workspace.drafts import Drafts
from smartreco.workspace.explained_lines import explained_line
from smartreco.workspace.list_files import list_frame
from smartreco.workspace.list_rules import rules_for
from smartreco.workspace.list_state import ListStates
from smartreco.workspace.models import Fitted, Models
from smartreco.workspace.page_lists import Both, both_lists
from smartreco.workspace.rules import RuleBook
from smartreco.workspace.views import ExplanationView, ForYou, ListFilter

LONGEST_LIST = 500
LINES_HELD = 8_000  # of lists that were asked for lately, all together: some 5 kB each
PAGES_HELD = 64  # readers whose next rerun finds its lists made, as long as nothing changes


class Lists:
    """Use cases on recommendations."""

    def __init__(self, core: Core, models: Models, drafts: Drafts, rules: RuleBook) -> None:
        self.core = core
        self._models = models
        self._drafts = drafts
        self._rules = rules
        self._states = ListStates(core, models, rules)
        self._made: Recent[tuple[object, ...], tuple[Recommendation, ...]]
        self._made = Recent(LINES_HELD, lambda lines: 1 + len(lines))
        self._both: Recent[tuple[object, ...], Both] = Recent(PAGES_HELD)

    @permits(Role.RETAILER, Role.PRODUCT_MANAGER, Role.ANALYST, Role.ADMIN)
    def recommend(
        self,
        principal: Principal,
        retailer_id: str,
        list_name: ListName,
        k: int = 10,
        wanted: ListFilter | None = None,
    ) -> tuple[Recommendation, ...]:
        """One list of one shop, best first."""
        require_retailer(principal, retailer_id)
        check_length(k)
        state, wanted = self._states.of(retailer_id), wanted or ListFilter()

        def made() -> tuple[Recommendation, ...]:
            rules = rules_for(
                state.fitted, state.plans[list_name], state.hidden, wanted, state.ordered
            )
            return state.fitted.model.recommend(
                retailer_id, list_name, k, basket=state.basket, rules=rules
            )

        return self._made.get((state, list_name, k, wanted), made)

    @permits(Role.PRODUCT_MANAGER, Role.ANALYST, Role.ADMIN)
    def recommend_many(
        self,
        principal: Principal,
        retailer_ids: Sequence[str] | None,
        list_name: ListName,
        k: int,
        language: Language,
    ) -> Iterator[pd.DataFrame]:
        """Lists of many shops (None: all), a frame a batch with `RECOMMENDATION_COLUMNS`."""
        check_length(k)
        with self.core.store.cursor() as cursor:
            fitted = self._models.latest(cursor)
        ids = list(fitted.catalogue.retailers["retailer_id"]) if retailer_ids is None else [
            fitted.catalogue.retailer(retailer_id).retailer_id for retailer_id in retailer_ids
        ]  # fmt: skip
        return self._batches(fitted, ids, list_name, k, language)

    def _batches(
        self, fitted: Fitted, ids: list[str], list_name: ListName, k: int, language: Language
    ) -> Iterator[pd.DataFrame]:
        with self.core.store.cursor() as cursor:
            rules = rules_for(fitted, self._rules.published(cursor, fitted)[list_name])
        jobs = self.core.settings.jobs
        for lists in recommend_batches(fitted.model, ids, list_name, k, rules, jobs=jobs):
            yield list_frame([line for one in lists for line in one], language)

    @permits(Role.RETAILER)
    def for_you(
        self,
        principal: Principal,
        retailer_id: str,
        wanted: ListFilter | None = None,
        reorder_k: int = 12,
        discover_k: int = 12,
    ) -> ForYou:
        """Everything the page "For you" shows, from one state of model and store."""
        require_retailer(principal, retailer_id)
        wanted = wanted or ListFilter()
        state = self._states.of(retailer_id)
        fitted, hidden, ordered = state.fitted, state.hidden, state.ordered
        shop = fitted.catalogue.retailer(retailer_id)
        with self.core.store.cursor() as cursor:
            draft = self._drafts.draft(cursor, retailer_id)
            today = clock.today(cursor, self.core.now())
        basket = tuple(line.product.product_id for line in draft.lines)
        reorder, discover = state.plans[ListName.REORDER], state.plans[ListName.DISCOVER]
        asked = (
            fitted.state, retailer_id, wanted, reorder_k, discover_k, basket, hidden,
            reorder, discover, ordered, today,
        )  # fmt: skip
        both = self._both.get(
            asked,
            lambda: both_lists(
                fitted, retailer_id, basket, today,
                (reorder_k, rules_for(fitted, reorder, hidden, wanted, ordered)),
                (discover_k, rules_for(fitted, discover, hidden, wanted, ordered)),
            ),
        )  # fmt: skip
        known = fitted.catalogue.position
        return ForYou(
            retailer=shop,
            info=fitted.catalogue.info,
            due=both.due,
            reorder=both.reorder,
            discover=both.discover,
            facets=fitted.catalogue.facets,
            draft=draft,
            dismissed=tuple(fitted.catalogue.product(one) for one in hidden if one in known),
            model_version=fitted.version,
            blend_version=fitted.blend_version,
        )

    @permits(Role.RETAILER)
    def seen(
        self,
        principal: Principal,
        retailer_id: str,
        shown: Sequence[Suggestion],
        version: int,
        blend_version: int | None = None,
    ) -> None:
        """Record that lines were shown; a page calls it when its lists have changed.

        ``version`` and ``blend_version`` are those of `ForYou`.
        """
        require_retailer(principal, retailer_id)
        now = self.core.now()
        events = [
            Event(
                now, principal.username, retailer_id, EventKind.SHOWN.value,
                line.product.product_id, line.recommendation.list.value,
                line.recommendation.rank, version, blend_version,
                line.recommendation.probability,
            )
            for line in shown
        ]  # fmt: skip
        self.core.store.write(lambda cursor: event_store.record(cursor, events), aside=True)

    @permits(Role.RETAILER, Role.PRODUCT_MANAGER, Role.ANALYST, Role.ADMIN)
    def explain(
        self,
        principal: Principal,
        retailer_id: str,
        product_id: str,
        list_name: ListName,
        language: Language,
    ) -> ExplanationView:
        """Every addend of a product's score for a shop, and what would change its rank."""
        require_retailer(principal, retailer_id)
        state = self._states.of(retailer_id)
        fitted = state.fitted
        product = fitted.catalogue.product(product_id)
        plan = state.plans[list_name]
        rules = rules_for(fitted, plan, state.hidden, ordered=state.ordered)
        return explained_line(
            fitted, retailer_id, product, list_name, state.basket, rules, language
        )

    @staticmethod
    def words(reason: Reason, language: Language) -> str:
        """A reason in the words of a language."""
        return render(reason, language)


def check_length(k: int) -> None:
    """Refuse a length that no list has.

    Raises
    ------
    InputError
        It is not 1 to `LONGEST_LIST`.
    """
    if not 1 <= k <= LONGEST_LIST:
        raise InputError(
            f"a list has between 1 and {LONGEST_LIST} lines", str(k), "choose another length"
        )
