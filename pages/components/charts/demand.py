"""Demand week by week: what was ordered, what comes with its bands, and the festivals between.

Every page with a forecast draws it here: a product, a category, a shop or a vendor.
Words for a listener are `demand_in_words`; hover shows the figures of one week.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from pages.components import look
from pages.components.charts.theme import sized
from pages.components.charts.vega import (
    Channel,
    Spec,
    colour,
    layer,
    layered,
    note_at_top,
    quantity,
    temporal,
    tooltip,
)
from smartreco.language import Language, Percent

WEEKS_SHOWN: Final = 52  # of the past, unless a page asks for another span
HEIGHT: Final = 280  # pixels
ROOM: Final = {"festival": 300, "wide": 560}  # pixels of the drawing: on a phone, and above
LETTER, MARGIN = 6.2, 10.0  # pixels of one, and between two names
LUMPY: Final = 0.5  # share of weeks without an order, from which orders come in lumps
BANDS: Final = (("q025", "q975", 0.16), ("q10", "q90", 0.24))  # low, high, how dense
WEEK: Final = "week"
MIDDLE: Final = pd.Timedelta(days=3.5)  # of a week, where its figures stand
BAR: Final = pd.Timedelta(days=5.5)
LINE_MARK: Final[Spec] = {"type": "line", "strokeWidth": 2.5, "interpolate": "monotone"}


@dataclass(frozen=True)
class DemandLine:
    """One series, as the forecaster answers.

    Attributes
    ----------
    past
        Columns period_start, sold, demand, missing
        (`smartreco.forecast.panel.PAST_COLUMNS` of one series).
    ahead
        Columns period_start, forecast, q025, q10, q50, q90, q975
        (`smartreco.forecast.forecaster.COLUMNS` of one series); empty without a forecast.
    festivals
        Columns festival, day; None where the data have none.
    median
        Whether the line ahead is the median (single products) or the mean (sums).
    """

    past: pd.DataFrame
    ahead: pd.DataFrame
    festivals: pd.DataFrame | None = None
    median: bool = False

    @property
    def middle(self) -> str:
        """Column of the line ahead."""
        return "q50" if self.median else "forecast"


def demand_chart(
    line: DemandLine, title: str, language: Language, *, weeks: int = WEEKS_SHOWN,
    select: str | None = None,
) -> Spec:  # fmt: skip
    """The chart of one series.

    Parameters
    ----------
    title
        "" where the page writes it above.
    weeks
        How many of the past are shown.
    select
        Name of a selection of weeks by dragging; None: nothing can be picked.
    """
    names = _Names.of(language)
    past = line.past.tail(weeks)
    ahead = line.ahead.assign(what=names.ahead, week=line.ahead["period_start"] + MIDDLE)
    rows = pd.concat([_past(past, language), _coming(line, language)])
    marks = _festivals(line.festivals, rows)
    paint = colour("what", list(names.drawn(past)))
    layers = [
        *(_band(low, high, density, paint) for low, high, density in BANDS),
        layer("ahead", LINE_MARK, {"x": temporal(WEEK), "y": quantity(line.middle),
                                   "color": paint}),
        _bars(paint),
        *note_at_top("festivals", WEEK, "festival", look.ink(), wide="wide", whole="name"),
        _hover(language, select),
    ]  # fmt: skip
    return {
        **layered(
            layers, HEIGHT, ahead=ahead, past=_bar_frame(past, names), festivals=marks, rows=rows
        ),
        **sized(HEIGHT, title, lumps_in_words(line, language)),
    }


def lumps_in_words(line: DemandLine, language: Language) -> str:
    """How the line ahead is to be read beside single large orders; "" where it need not be."""
    sold = line.past["sold"][~line.past["missing"]].tail(WEEKS_SHOWN).to_numpy()
    begun = sold[int(np.argmax(sold > 0)) :] if (sold > 0).any() else sold[:0]
    if not len(line.ahead) or not len(begun) or (begun == 0).mean() < LUMPY:
        return ""
    if line.median:
        return language.text("Ordered in lumps; the line is the week in the middle")
    return language.text("Ordered in lumps; the line is the average week")


def demand_in_words(line: DemandLine, title: str, language: Language) -> str:
    """What the chart shows, for those who do not see it."""
    said = [title]
    if len(line.past):
        last = line.past.tail(4)["demand"].mean()
        said.append(language.text("last four weeks {n} a week", n=float(last)))
    if len(line.ahead):
        weeks, mean = len(line.ahead), float(line.ahead[line.middle].mean())
        low, high = float(line.ahead["q10"].mean()), float(line.ahead["q90"].mean())
        said.append(
            language.text(
                "next {weeks} weeks about {mean} a week, likely between {low} and {high}",
                weeks=weeks, mean=mean, low=low, high=high,
            )
        )  # fmt: skip
    said += [one] if (one := lumps_in_words(line, language)) else []
    held = int(line.past["missing"].tail(WEEKS_SHOWN).sum())
    if held:
        said.append(language.text("{n} weeks without stock at the vendor", n=held))
    return "; ".join(said)


@dataclass(frozen=True)
class _Names:
    """What the lines are called."""

    sold: str
    ahead: str
    hidden: str

    @classmethod
    def of(cls, language: Language) -> _Names:
        return cls(
            language.text("Ordered"),
            language.text("Forecast, {near} and {far} bands", near=Percent(0.8), far=Percent(0.95)),
            language.text("Missed, no stock"),
        )

    def drawn(self, past: pd.DataFrame) -> tuple[str, ...]:
        """Only what is there is in the legend; places keep their colours."""
        return (self.sold, self.ahead, *([self.hidden] if past["missing"].any() else []))


def _past(past: pd.DataFrame, language: Language) -> pd.DataFrame:
    """What hovering says of the weeks behind."""
    weeks = zip(past["sold"], past["demand"], past["missing"], strict=True)
    said = [
        language.text("about {n}, had there been stock", n=float(demand)) if missing else "–"
        for _, demand, missing in weeks
    ]
    return _rows(past["period_start"], past["sold"], said, language)


def _coming(line: DemandLine, language: Language) -> pd.DataFrame:
    ahead = line.ahead
    said = [
        f"{language.show(float(low))} – {language.show(float(high))}"
        for low, high in zip(ahead["q10"], ahead["q90"], strict=True)
    ]
    return _rows(ahead["period_start"], ahead[line.middle], said, language)


def _rows(
    weeks: pd.Series[Any], pieces: pd.Series[Any], likely: list[str], language: Language
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            WEEK: weeks + MIDDLE,
            "day": [language.day(one) for one in weeks.dt.date],
            "words": [language.show(float(one)) for one in pieces],
            "likely": likely,
        }
    )


def _band(low: str, high: str, density: float, paint: Channel) -> Spec:
    mark: Spec = {"type": "area", "opacity": density, "interpolate": "monotone"}
    return layer(
        "ahead", mark,
        {"x": temporal(WEEK), "y": quantity(low), "y2": {"field": high}, "color": paint},
    )  # fmt: skip


def _bars(paint: Channel) -> Spec:
    return layer(
        "past", {"type": "bar", "cornerRadius": 1},
        {"x": temporal("begins"), "x2": {"field": "ends"}, "y": quantity("pieces"),
         "y2": {"field": "low"}, "color": paint},
    )  # fmt: skip


def _bar_frame(past: pd.DataFrame, names: _Names) -> pd.DataFrame:
    """What was ordered, and on top what would have been had the vendor had any.

    Bars, since orders of one shop come in lumps: a line between them would show pieces
    that nobody ordered.
    """
    middle = past["period_start"] + MIDDLE
    spans = {"begins": middle - BAR / 2, "ends": middle + BAR / 2}
    top = past["demand"].where(past["missing"], past["sold"])
    sold = pd.DataFrame({**spans, "low": 0.0, "pieces": past["sold"], "what": names.sold})
    more = pd.DataFrame({**spans, "low": past["sold"], "pieces": top, "what": names.hidden})
    frame = pd.concat([sold, more])
    return frame[frame["pieces"] > frame["low"]]


def _festivals(calendar: pd.DataFrame | None, rows: pd.DataFrame) -> pd.DataFrame:
    """Festivals within what is shown, named where there is room."""
    if calendar is None or not len(calendar) or not len(rows):
        return pd.DataFrame({WEEK: pd.to_datetime([]), "name": [], **{one: [] for one in ROOM}})
    day = pd.to_datetime(calendar["day"])
    first, last = rows[WEEK].min(), rows[WEEK].max()
    shown = calendar.assign(day=day)[(day >= first) & (day <= last)].sort_values("day")
    along = ((shown["day"] - first) / max(last - first, MIDDLE)).tolist()
    names = [str(one) for one in shown["festival"]]
    fitting = {one: _with_room(names, along, pixels) for one, pixels in ROOM.items()}
    return pd.DataFrame({WEEK: shown["day"].to_numpy(), "name": names, **fitting})


def _with_room(names: list[str], along: list[float], pixels: int) -> list[str]:
    """Names that neither meet the one before nor the right edge; ``along``: places, 0 to 1."""
    said: list[str] = []
    reached = 0.0
    for name, place in zip(names, along, strict=True):
        ends = place * pixels + len(name) * LETTER
        free = place * pixels >= reached and ends <= pixels
        said.append(name if free else "")
        reached = ends + MARGIN if free else reached
    return said


def _hover(language: Language, select: str | None) -> Spec:
    """A line that follows the pointer (or a finger), with the figures of the nearest week."""
    near: Spec = {
        "name": "hover",
        "select": {"type": "point", "on": "pointerover", "clear": "pointerout", "nearest": True,
                   "fields": [WEEK]},
    }  # fmt: skip
    params = [near]
    if select is not None:
        params.append({"name": select, "select": {"type": "interval", "encodings": ["x"]}})
    seen = {"condition": {"param": "hover", "empty": False, "value": 0.5}, "value": 0}
    said = tooltip(
        day=language.text("Week of"), words=language.text("Pieces"), likely=language.text("Likely")
    )
    encoding = {"x": temporal(WEEK), "opacity": seen, "tooltip": said}
    return layer("rows", {"type": "rule", "color": look.ink()}, encoding, *params)


def one_series(frame: pd.DataFrame, series_id: str) -> pd.DataFrame:
    """Rows of one series out of the forecaster's frames, in the order of weeks."""
    rows = frame[frame["id"] == series_id]
    return rows.iloc[np.argsort(rows["period_start"].to_numpy(), kind="stable")]
