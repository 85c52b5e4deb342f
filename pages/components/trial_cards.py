"""A shop's list as it would be: what stays, what came onto it, moved or left, and why."""

from __future__ import annotations

from collections.abc import Callable

from pages.components.cards import calm
from pages.components.markup import Html, tag
from smartreco.language import Language, Message, Sentence
from smartreco.workspace.tuning.views import TrialLine, TrialList

UP: Message = Message("up {n} place", "up {n} places", "n")
DOWN: Message = Message("down {n} place", "down {n} places", "n")
Say = Callable[[Sentence, Language], str]


def trial_card(one: TrialList, language: Language, why: Say) -> Html:
    """The list after, in its order, and below it what is no longer on it."""
    left = tag("ol", *(_gone(line, language, why) for line in one.left)) if one.left else None
    return tag(
        "section",
        tag("h3", calm(one.name)),
        tag("p", _told(one, language), cls="small"),
        tag("ol", *(_line(line, language, why) for line in one.after)) if one.after
        else tag("p", language.text("Nothing to recommend"), cls="small"),
        tag("h4", language.text("No longer on it")) if left else None,
        left,
        cls="trial",
    )  # fmt: skip


def _told(one: TrialList, language: Language) -> str:
    if [line.product_id for line in one.before] == [line.product_id for line in one.after]:
        return language.text("The same list")
    if not one.entered:
        return language.text("The same products in another order")
    return language.text("{n} of {all} are new on it", n=len(one.entered), all=len(one.after))


def _line(line: TrialLine, language: Language, why: Say) -> Html:
    steps = 0 if line.rank is None or line.rank_before is None else line.rank_before - line.rank
    chip = None
    if line.rank_before is None:
        chip = tag("span", language.text("new here"), cls="chip good")
    elif steps:
        words = language.say(UP if steps > 0 else DOWN, {"n": abs(steps)})
        chip = tag("span", words, cls="chip cool" if steps > 0 else "chip")
    said = why(line.why, language) if line.why is not None and chip is not None else ""
    return tag(
        "li", tag("span", str(line.rank or ""), cls="rank"),
        tag("div", tag("p", calm(line.name), " ", chip, cls="named"),
            tag("p", said, cls="small") if said else None),
    )  # fmt: skip


def _gone(line: TrialLine, language: Language, why: Say) -> Html:
    said = why(line.why, language) if line.why is not None else ""
    return tag(
        "li", tag("span", str(line.rank_before or ""), cls="rank"),
        tag("div", tag("p", tag("del", calm(line.name)), cls="named"),
            tag("p", said, cls="small") if said else None),
    )  # fmt: skip
