"""Search: let the machine look for a better recipe, with a budget and an honest end."""

from __future__ import annotations

from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages import address
from pages.analyst.tune import bench, finding, wording
from pages.analyst.tune.desk import JOB, TuneDesk
from pages.components import header, messages
from pages.components.markup import place, tag
from pages.context import Context
from pages.state import Slot
from smartreco.errors import NotFoundError
from smartreco.language import Message
from smartreco.workspace.tuning.views import Objective, SearchState

TRIALS: Final = 200
BUDGETS: Final = (10, 20, 30, 60, 120, 300)
OBJECTIVES: Final = {
    Objective.ACCURACY: ("Accuracy", "Better hits on both lists (NDCG)."),
    Objective.COVERAGE: ("Breadth", "More of the catalogue on lists, at no loss of accuracy."),
    Objective.MARGIN: ("Margin", "More earned with what lists hit, at no loss of accuracy."),
    Objective.FAIRNESS: ("Fairness", "Places spread more evenly over vendors, at no loss of "
                         "accuracy."),
}  # fmt: skip
OBJECTIVE, BUDGET, START = "search-objective", "search-budget", "search-start"
SECONDS: Final = Message("{n} second", "{n} seconds", "n")
TRIED: Final = Message("{n} recipe tried", "{n} recipes tried", "n")


class Asked:
    """What was asked of the last search; its form is not on the page while it runs."""

    objective = Slot(Objective.ACCURACY)
    seconds = Slot(60)


asked = Asked()


def draw(desk: TuneDesk, head: DeltaGenerator) -> None:
    """A form; while a search runs its progress, and then what it found."""
    if not bench.ready(desk, head):
        return
    t, state = desk.ctx.t, _state(desk)
    if state is not None and state.running:
        with head:
            header.page_header(t("Looking for a better recipe"), t("Search"))
        _running(desk.ctx, _job())
        return
    if state is not None and state.found is not None:
        finding.draw(desk, head, state.found)
        header.section(t("Search again"), "search")
    else:
        with head:
            header.page_header(t("Let a search look for better weights"), t("Search"))
            place(tag("p", t("It tries recipes on the past window of the sliders, and holds the "
                             "best one against orders it has never seen.")))  # fmt: skip
        if state is not None:
            why = wording.why_said(state.message, desk.ctx.language)
            messages.note(t("The search ended without a result: {why}", why=why))
    _form(desk)


def _job() -> int | None:
    said = address.values(JOB)[-1:]
    return int(said[0]) if said and said[0].isascii() and said[0].isdigit() else None


def _state(desk: TuneDesk) -> SearchState | None:
    job = _job()
    if job is None:
        return None
    try:
        return desk.tuning.search_state(desk.ctx.principal, job)
    except NotFoundError:
        return None


def _form(desk: TuneDesk) -> None:
    t = desk.ctx.t
    with st.container(key="sr-searchform", gap="small"):
        chosen = st.segmented_control(
            t("What to raise"), list(OBJECTIVES), key=OBJECTIVE, default=asked.objective,
            required=True, format_func=lambda one: t(OBJECTIVES[Objective(one)][0]),
        )  # fmt: skip
        messages.note(t(OBJECTIVES[Objective(chosen or Objective.ACCURACY)][1]))
        st.select_slider(
            t("At most"), BUDGETS, value=asked.seconds, key=BUDGET,
            format_func=lambda one: desk.ctx.language.say(SECONDS, {"n": one}),
            help=t("It ends after {n} recipes, or when the time is up.", n=TRIALS),
        )  # fmt: skip
        if desk.touched:
            st.segmented_control(
                t("Start from"), ("published", "sliders"), key=START, default="published",
                required=True, format_func=lambda one: t("Version {n}", n=desk.current.version)
                if one == "published" else t("The sliders"),
            )  # fmt: skip
        st.button(t("Start the search"), key="search-go", type="primary",
                  icon=":material/search:", on_click=_start, args=(desk,))  # fmt: skip


def _running(ctx: Context, job: int | None) -> None:
    if job is None:
        return

    @st.fragment(run_every="1s")
    def follow() -> None:
        state = ctx.workspace.tuning.search_state(ctx.principal, job)
        if not state.running:
            st.rerun()
        said = [wording.why_said(state.message, ctx.language),
                ctx.language.say(TRIED, {"n": state.trials})]  # fmt: skip
        st.progress(min(max(state.fraction, 0.0), 1.0), text=" · ".join(filter(None, said)))
        if state.best is not None:
            best = ctx.t("Nothing better than the start so far")
            if state.best > 0:
                best = ctx.t("Best so far: {gain} above the start",
                             gain=ctx.language.number(state.best, 4))  # fmt: skip
            place(tag("p", best, role="status"))

    with st.container(key="sr-searching", gap="small"):
        follow()
        st.button(ctx.t("Stop and take the best so far"), key="search-stop",
                  icon=":material/stop:", on_click=_stop, args=(ctx, job))  # fmt: skip


def _start(desk: TuneDesk) -> None:
    with messages.told(desk.ctx.language):
        start = desk.recipe if st.session_state.get(START) == "sliders" else desk.current.recipe
        objective = Objective(st.session_state.get(OBJECTIVE) or Objective.ACCURACY)
        seconds = min(max(int(st.session_state.get(BUDGET) or 60), BUDGETS[0]), BUDGETS[-1])
        asked.objective, asked.seconds = objective, seconds
        job = desk.tuning.search(desk.ctx.principal, objective, float(seconds), TRIALS, start)
        address.put({JOB: [str(job)]})


def _stop(ctx: Context, job: int) -> None:
    with messages.told(ctx.language):
        ctx.workspace.tuning.stop_search(ctx.principal, job)
