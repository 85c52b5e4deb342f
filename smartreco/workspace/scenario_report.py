"""What is on a what-if's one-page report, in the words of its reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from smartreco.evaluation.scenario_grading import ALL, Grade, Grading
from smartreco.language import Language, Message, Percent
from smartreco.recommend.rules.effects import Change
from smartreco.scenario.levers.product_exit import ProductExit
from smartreco.scenario.levers.stock_out import StockOut
from smartreco.scenario.levers.vendor_exit import VendorExit
from smartreco.scenario.lists import ListOutcome
from smartreco.scenario.outcome import Measure, Measured, Outcome, Part, Unit
from smartreco.scenario.words import say
from smartreco.workspace.scenario_story_words import tell
from smartreco.workspace.scenario_views import Names, Story
from smartreco.workspace.scenario_words import (
    MEASURE_WORDS,
    VERDICT_WORDS,
    band,
    figure,
    lever_words,
)

Row = tuple[str, ...]
HEAD: Final = ("Measure", "Today", "Scenario", "Difference", "Likely range", "Verdict")
LIST_HEAD: Final = ("List", "Today", "Scenario", "Difference", "", "")
WEEKS: Final = Message("{weeks} week from {day}", "{weeks} weeks from {day}", "weeks")
GRADED_AS: Final = {
    StockOut.kind: "stock-out", ProductExit.kind: "exit", VendorExit.kind: "exit",
}  # fmt: skip
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
        Rows below `HEAD` and `LIST_HEAD`, all in words.
    bars, bars_of
        Timeline, and what it is of.
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
    trust: tuple[str, ...]
    footer: str

    def axis(self, words: Language) -> tuple[float, float, str, str]:
        """Lowest and highest end of the timeline, as numbers and in words; zero is between."""
        low = min(0.0, *(one.low for one in self.bars))
        high = max(0.0, *(one.high for one in self.bars))
        return low, high, words.compact(low), words.compact(high)


def report_of(
    outcome: Outcome, story: Story, names: Names, trust: Grading | None, author: str, day: date,
    words: Language,
) -> ReportContent:  # fmt: skip
    """The report of an outcome."""
    scenario = outcome.scenario
    weeks = words.say(WEEKS, {"weeks": scenario.horizon, "day": outcome.since})
    about = words.text("{weeks} · {author}, {day}", weeks=weeks, author=author, day=day)
    money = any(one.revenue.baseline for one in outcome.by_week)
    levers = tuple(lever_words(one, names, words) for one in scenario.levers)
    return ReportContent(
        title=scenario.name,
        about=about,
        story=tell(story, words),
        levers=levers or (words.text("Nothing is moved"),),
        assumptions=tuple(say(one.sentence, words) for one in outcome.flags),
        measures=tuple(_measure(one, words) for one in outcome.measures),
        lists=tuple(row for one in outcome.lists for row in _list(one, words)),
        bars=_bars(outcome.by_week, money=money),
        bars_of=words.text(
            "Difference of revenue by week" if money else "Difference of pieces by week"
        ),
        trust=_trust(trust, outcome, words),
        footer=words.text(
            "Both worlds were played {draws} times on the same draws (seed {seed}). Likely range:"
            " eight of ten of them.", draws=outcome.draws, seed=str(scenario.seed),
        ),
    )  # fmt: skip


def _measure(one: Measured, words: Language) -> Row:
    compared, unit = one.compared, one.unit
    return (
        words.text(MEASURE_WORDS[one.measure]), figure(compared.baseline, unit, words),
        figure(compared.scenario, unit, words),
        figure(compared.difference, unit, words, signed=True), band(compared, unit, words),
        words.text(VERDICT_WORDS[compared.verdict]),
    )  # fmt: skip


def _list(outcome: ListOutcome, words: Language) -> list[Row]:
    name, preview = outcome.list.value, outcome.preview
    rows = (
        (words.text("Orders a {list} list brings in four weeks", list=name), preview.orders, False),
        (words.text("Mean margin of a {list} list", list=name), preview.margin, True),
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
    """Over all, and of each kind that is moved."""
    if trust is None:
        return (words.text("Not graded yet"),)
    measures = [Measure.UNITS, Measure.REVENUE]
    moved = (GRADED_AS.get(one.kind, one.kind) for one in outcome.scenario.levers)
    kinds = [ALL, *dict.fromkeys(moved)]
    found = [
        (kind, grade)
        for kind in kinds
        for measure in measures
        if (grade := trust.of(kind, measure.value)) is not None
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
