"""What is on a what-if's one-page report, in the words of its reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from smartreco.entities import ListName
from smartreco.evaluation.scenario_grading import ALL, GRADED_AS, Grade, Grading
from smartreco.language import Language, Message, Percent
from smartreco.recommend.rules.effects import Change
from smartreco.scenario.levers.lists import ListLever
from smartreco.scenario.lists import ListOutcome
from smartreco.scenario.outcome import Measure, Measured, Outcome, Part, Unit
from smartreco.scenario.words import say
from smartreco.workspace.scenario.story_words import tell
from smartreco.workspace.scenario.views import Names, Story
from smartreco.workspace.scenario.words import (
    MEASURE_WORDS,
    VERDICT_WORDS,
    band,
    figure,
    lever_words,
    points,
)

Row = tuple[str, ...]
HEAD: Final = ("Measure", "Today", "Scenario", "Difference", "Likely range", "Verdict")
LIST_HEAD: Final = ("List", "Today", "Scenario", "Difference", "Likely range", "Verdict")
LISTS: Final = {
    ListName.REORDER: "Reorder list",
    ListName.DISCOVER: "Discover list",
    ListName.ALL: "Mixed list",
}
SAMPLED: Final = Message(
    "Lists of {shops} of {known} shops were made twice; orders are the model's own calibrated"
    " probabilities, and shops were drawn anew for the likely range (nineteen of twenty draws)."
)
WEEKS: Final = Message("{weeks} week from {day}", "{weeks} weeks from {day}", "weeks")
PLAYED: Final = (
    "Both worlds were played {draws} times on the same draws (seed {seed}). Likely range:"
    " eight of ten of them."
)
SEEDED: Final = "Shops were drawn with the seed {seed}."
NOT_OF_LISTS: Final = (
    "Lists are not graded in this way: see the scoreboard for how good they were in the past."
)
GRADED: Final = Message(
    "In {cases} what-ifs on made-up markets where the lever was truly moved, the range for {what}"
    " held what happened in {inside} (promised: 80%)"
)
SIGNED: Final = Message(
    "{graded}; of {count} whose difference was more than luck the direction was right in {right}."
)


@dataclass(frozen=True, slots=True)
class Bar:
    """One week of the timeline: difference and its band, in currency or pieces."""

    day: date
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ReportContent:
    """A report.

    Attributes
    ----------
    about
        Weeks looked at, by whom and when.
    story
        Three sentences.
    levers, assumptions
        What is moved; what to know before trusting a figure.
    measures, lists
        Rows below `HEAD` and `LIST_HEAD`, all in words; none where demand, or no list, is moved.
    bars, bars_of, in_money
        Timeline, what it is of, and whether that is currency.
    trust
        How often such ranges were right.
    footer
        How it can be made again.
    """

    title: str
    about: str
    story: tuple[str, ...]
    levers: tuple[str, ...]
    assumptions: tuple[str, ...]
    measures: tuple[Row, ...]
    lists: tuple[Row, ...]
    bars: tuple[Bar, ...]
    bars_of: str
    in_money: bool
    trust: tuple[str, ...]
    footer: str

    def axis(self, words: Language) -> tuple[float, float, str, str]:
        """Lowest and highest end of the timeline, as numbers and in words; zero is between."""
        low = min((one.low for one in self.bars), default=0.0)
        high = max((one.high for one in self.bars), default=0.0)
        low, high = min(low, 0.0), max(high, 0.0)
        said = words.compact_money if self.in_money else words.compact
        return low, high, said(low), said(high)


def report_of(
    outcome: Outcome, story: Story, names: Names, trust: Grading | None, author: str, day: date,
    words: Language,
) -> ReportContent:  # fmt: skip
    """The report of an outcome."""
    scenario = outcome.scenario
    weeks = words.say(WEEKS, {"weeks": scenario.horizon, "day": outcome.since})
    about = words.text("{weeks} · {author}, {day}", weeks=weeks, author=author, day=day)
    money = any(one.revenue.baseline for one in outcome.by_week)
    demand = not outcome.lists or any(not isinstance(one, ListLever) for one in scenario.levers)
    levers = tuple(lever_words(one, names, words) for one in scenario.levers)
    return ReportContent(
        title=scenario.name,
        about=about,
        story=tell(story, words),
        levers=levers or (words.text("Nothing is moved"),),
        assumptions=_assumptions(outcome, words),
        measures=tuple(_measure(one, words) for one in outcome.measures) if demand else (),
        lists=tuple(row for one in outcome.lists for row in _list(one, words)),
        bars=_bars(outcome.by_week, money=money) if demand else (),
        bars_of=words.text(
            "Difference of revenue by week" if money else "Difference of pieces by week"
        ),
        in_money=money,
        trust=_trust(trust, outcome, words) if demand else (words.text(NOT_OF_LISTS),),
        footer=words.text(
            PLAYED if demand else SEEDED, draws=outcome.draws, seed=str(scenario.seed)
        ),
    )  # fmt: skip


def _assumptions(outcome: Outcome, words: Language) -> tuple[str, ...]:
    said = [say(one.sentence, words) for one in outcome.flags]
    if outcome.lists:
        preview = outcome.lists[0].preview
        said.append(words.say(SAMPLED, {"shops": preview.retailers, "known": preview.known}))
    return tuple(said)


def _measure(one: Measured, words: Language) -> Row:
    compared, unit = one.compared, one.unit
    return (
        words.text(MEASURE_WORDS[one.measure]), figure(compared.baseline, unit, words),
        figure(compared.scenario, unit, words),
        figure(compared.difference, unit, words, signed=True), band(compared, unit, words),
        words.text(VERDICT_WORDS[compared.verdict]),
    )  # fmt: skip


def _list(outcome: ListOutcome, words: Language) -> list[Row]:
    name, preview = words.text(LISTS[outcome.list]), outcome.preview
    rows = (
        (words.text("{list}: orders in four weeks", list=name), preview.orders, False),
        (words.text("{list}: mean margin", list=name), preview.margin, True),
    )
    return [_change(title, change, words, share=share) for title, change, share in rows]


def _change(title: str, change: Change, words: Language, *, share: bool) -> Row:
    if not change.difference.shops:
        return (title, words.text("not known"), "", "", "", "")
    apart = change.difference
    shown = [
        words.percent(value, 1) if share else words.number(value, 3)
        for value in (change.before, change.after)
    ]
    unit = Unit.SHARE if share else Unit.PIECES
    said = [
        figure(value, unit, words, signed=True) if share else f"{value:+.3f}"
        for value in (apart.mean, apart.low, apart.high)
    ]
    ranged = words.text("{low} to {high}", low=said[1], high=said[2])
    if share:
        ranged = points(apart.low, apart.high, words)
    clear = apart.low > 0 or apart.high < 0
    verdict = ("more" if apart.mean > 0 else "less") if clear else _CANNOT
    return (title, *shown, said[0], ranged, words.text(verdict))


_CANNOT: Final = "cannot tell apart from no change"


def _bars(weeks: tuple[Part, ...], *, money: bool) -> tuple[Bar, ...]:
    figures = ((one.id, one.revenue if money else one.units) for one in weeks)
    return tuple(
        Bar(date.fromisoformat(day), one.difference, one.low, one.high) for day, one in figures
    )


def _trust(trust: Grading | None, outcome: Outcome, words: Language) -> tuple[str, ...]:
    """Pieces and revenue over all, and revenue of each kind that is moved."""
    if trust is None:
        return (words.text("Not graded yet"),)
    moved = (GRADED_AS.get(one.kind, one.kind) for one in outcome.scenario.levers)
    kinds = [ALL, *dict.fromkeys(moved)]
    found = [
        (kind, grade)
        for kind in kinds
        for measure in (Measure.UNITS, Measure.REVENUE)
        if (kind == ALL or measure is Measure.REVENUE)
        and (grade := trust.of(kind, measure.value)) is not None
    ]
    return tuple(_graded(kind, grade, words) for kind, grade in found)


def _graded(kind: str, grade: Grade, words: Language) -> str:
    what = words.text("revenue" if grade.measure == Measure.REVENUE.value else "pieces")
    values = {"cases": grade.cases, "what": what, "inside": Percent(grade.inside)}
    said = words.say(GRADED, values)
    if kind != ALL:
        said = words.text("{kind}: {said}", kind=kind, said=said)
    if grade.right_way is None:
        return said + "."
    right = Percent(grade.right_way)
    return words.say(SIGNED, {"graded": said, "count": grade.with_sign, "right": right})
