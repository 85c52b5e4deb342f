"""The answer, the figures of this moment, what runs in the background, and backups."""

from __future__ import annotations

import streamlit as st

from pages.admin.system import backups, words
from pages.components import header
from pages.components.markup import Html, place, tag
from pages.context import Context
from smartreco.language import Message
from smartreco.workspace.operating.views import Finding, JobView, Overview
from smartreco.workspace.status import Phase

URGENT = Message("{n} thing needs attention", "{n} things need attention", "n")
ACCOUNTS = Message("of {n} account", "of {n} accounts", "n")


def answer(ctx: Context) -> None:
    """All is well, or how much is not; each finding with what to do about it."""
    found = ctx.workspace.system.health(ctx.principal)
    urgent = sum(one.urgent for one in found)
    said = ctx.language.say(URGENT, {"n": urgent}) if urgent else ctx.t("All is well")
    header.page_header(
        said, ctx.t("Data, lists, backups, errors and speed of the last 24 hours, looked at now."),
    )  # fmt: skip
    if found:
        with st.container(key="sr-findings"):
            place(tag("ul", *(tag("li", *_finding(ctx, one)) for one in found), cls="findings"))


def draw(ctx: Context) -> None:
    """The figures of this moment and what they rest on."""
    overview = ctx.workspace.system.overview(ctx.principal)
    with st.container(key="sr-system-figures"):
        place(tag("ul", *_figures(ctx, overview), cls="figures"))
    with st.container(key="sr-system-facts"):
        place(tag("ul", *_facts(ctx, overview), cls="facts"))
    backups.draw(ctx)


def _finding(ctx: Context, one: Finding) -> tuple[Html, ...]:
    said, act = words.finding(one, ctx.language)
    mark = (
        tag("span", ctx.t("Act"), cls="chip warm") if one.urgent
        else tag("span", ctx.t("To know"), cls="chip")
    )  # fmt: skip
    return mark, tag("p", tag("b", said), tag("span", act, cls="small block"))


def _figures(ctx: Context, overview: Overview) -> list[Html]:
    t, number = ctx.t, ctx.language.number
    day = ctx.workspace.scoreboard.response(ctx.principal, 1)
    calls, failed = sum(one.calls for one in day), sum(one.failed for one in day)
    info = overview.info
    return [
        _figure(t("Browsers signed in"), number(overview.sessions),
                ctx.language.say(ACCOUNTS, {"n": overview.people})),
        _figure(t("Calls in 24 hours"), number(calls),
                t("{n} refused or failed", n=failed)),
        _figure(t("Order lines"), number(info.lines if info else 0),
                t("of {n} shops", n=info.retailers if info else 0)),
        _figure(t("Store"), words.size(overview.size, ctx.language),
                t("{free} free on this disk", free=words.size(overview.free, ctx.language))),
        _figure(t("Runs since"), ctx.language.day(overview.started_at.date()),
                t("{hour} UTC", hour=f"{overview.started_at:%H:%M}")),
    ]  # fmt: skip


def _figure(label: str, value: str, about: str) -> Html:
    return tag("li", tag("p", label, cls="small"), tag("p", value, cls="number"),
               tag("p", about, cls="small"))  # fmt: skip


def _facts(ctx: Context, overview: Overview) -> list[Html]:
    t, facts = ctx.t, []
    info, batch, model = overview.info, overview.last_import, overview.model
    if info is not None:
        facts.append(_fact(t("Data set"), info.name, t(words.SOURCE[info.provenance]),
                           t("{n} products", n=info.products), info.credit))  # fmt: skip
    if batch is not None:
        facts.append(_fact(
            t("Last import"), t("{n} rows read", n=batch.read),
            t("{kept} as they came, {fixed} fixed, {aside} set aside", kept=batch.kept,
              fixed=batch.fixed, aside=batch.quarantined),
            t("{added} order lines added, {replaced} replaced, {known} known already",
              added=batch.lines_added, replaced=batch.lines_replaced,
              known=batch.lines_unchanged),
            t("{who}, {moment} UTC", who=batch.username, moment=batch.imported_at),
        ))  # fmt: skip
    if model is not None:
        fresh = model.data_version == overview.data_version
        facts.append(_fact(
            t("Lists"), t("Model {n}, blend {blend}", n=model.version,
                          blend=overview.blend_version or "–"),
            t("knows the newest data") if fresh else t("newer data are not in it yet"),
            t("learned {moment} UTC in {seconds} s", moment=model.fitted_at,
              seconds=ctx.language.number(model.seconds, 1)),
        ))  # fmt: skip
    facts.append(_fact(t("In the background"), *_jobs(ctx)))
    return facts


def _fact(label: str, name: str, *about: str) -> Html:
    more = (tag("p", one, cls="small") for one in about if one)
    return tag("li", tag("p", label, cls="small"), tag("p", tag("b", name)), *more)


def _jobs(ctx: Context) -> list[str]:
    jobs = ctx.workspace.system.jobs(ctx.principal)
    running = [one for one in jobs if one.state == "running"]
    ready = ctx.workspace.status().phase is Phase.READY
    head = (
        _job(ctx, running[0]) if running
        else ctx.t("Nothing runs") if ready else ctx.t("Nothing runs, and no lists are ready")
    )  # fmt: skip
    return [head, *(_job(ctx, one) for one in jobs if one not in running[:1])]


def _job(ctx: Context, one: JobView) -> str:
    said = ctx.t("{job}: {state}", job=ctx.t(words.JOBS[one.kind]),
                 state=ctx.t(words.STATES[one.state]))  # fmt: skip
    if one.fraction is not None:
        said += f", {ctx.language.percent(one.fraction)}"
    return f"{said} ({ctx.t(one.doing)})" if one.doing else said
