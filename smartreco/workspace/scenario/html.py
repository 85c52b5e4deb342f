"""A what-if's report as one HTML page that prints on A4: no script, no file from elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from typing import Final

from smartreco.language import Language
from smartreco.workspace.scenario.report import HEAD, LIST_HEAD, Bar, ReportContent, Row

STYLE: Final = """
:root { color-scheme: light; }
body { font: 10pt/1.4 "Noto Sans", "Noto Sans Devanagari", system-ui, sans-serif; color: #1b1f24;
  background: #fff; max-width: 48rem; margin: 1.5rem auto; padding: 0 1rem; }
h1 { font-size: 1.45rem; margin: 0 0 .2rem; }
h2 { font-size: 1rem; margin: 1rem 0 .3rem; }
p { margin: 0 0 .35rem; }
.quiet { color: #57606a; }
.story { font-size: 1.05em; }
ul { margin: 0; padding-left: 1.1rem; }
table { width: 100%; border-collapse: collapse; }
th, td { text-align: left; padding: .25rem .4rem; border-bottom: 1px solid #d0d7de;
  vertical-align: top; }
th.figure, td.figure { text-align: right; font-variant-numeric: tabular-nums; }
tr { break-inside: avoid; }
figure { margin: 0; }
svg { width: 100%; height: auto; }
svg text { font-size: 11px; fill: #57606a; }
@page { size: A4; margin: 14mm; }
@media print { body { margin: 0; max-width: none; padding: 0; } }
"""
WIDTH, HEIGHT, LEFT, FOOT = 720, 170, 64, 22
WORD = 66  # that a day takes below the timeline
FIGURES_FROM, FIGURES_TO = 1, 4  # columns of a table that stand on the right


def as_html(content: ReportContent, words: Language) -> bytes:
    """The page, in UTF-8."""
    story = "".join(f'<p class="story">{escape(one)}</p>' for one in content.story)
    came = bars = lists = ""
    if content.measures:
        came = _section(words, "What came of it", _table(HEAD, content.measures, words))
        bars = f"<h2>{escape(content.bars_of)}</h2>{_timeline(content, words)}"
    if content.lists:
        lists = _section(words, "Lists before and after", _table(LIST_HEAD, content.lists, words))
    sections = (
        _section(words, "What is moved", _points(content.levers)),
        came,
        lists,
        bars,
        _section(words, "What it rests on", _points(content.assumptions, words)),
        _section(words, "How far to trust this", _points(content.trust)),
    )
    page = f"""<!doctype html>
<html lang="{escape(words.locale.language)}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(content.title)}</title><style>{STYLE}</style></head>
<body><h1>{escape(content.title)}</h1><p class="quiet">{escape(content.about)}</p>
{story}{"".join(sections)}
<p class="quiet">{escape(content.footer)}</p></body></html>
"""
    return page.encode()


def _section(words: Language, title: str, body: str) -> str:
    return f"<h2>{escape(words.text(title))}</h2>{body}"


def _points(lines: Iterable[str], words: Language | None = None) -> str:
    said = "".join(f"<li>{escape(one)}</li>" for one in lines)
    if not said and words is not None:
        return f"<p>{escape(words.text('Nothing to know before trusting a figure'))}</p>"
    return f"<ul>{said}</ul>"


def _table(head: Row, rows: Iterable[Row], words: Language) -> str:
    titles = "".join(
        f'<th scope="col"{_side(at)}>{escape(words.text(one) if one else "")}</th>'
        for at, one in enumerate(head)
    )
    body = "".join(f"<tr>{_cells(row)}</tr>" for row in rows)
    return f"<table><thead><tr>{titles}</tr></thead><tbody>{body}</tbody></table>"


def _cells(row: Row) -> str:
    return "".join(f"<td{_side(at)}>{escape(one)}</td>" for at, one in enumerate(row))


def _side(column: int) -> str:
    return ' class="figure"' if FIGURES_FROM <= column <= FIGURES_TO else ""


def _timeline(content: ReportContent, words: Language) -> str:
    """Bands and means by week on one line of zero."""
    low, high, lowest, highest = content.axis(words)
    if high <= low:
        return f"<p>{escape(words.text('No week differs from today'))}</p>"
    plot = HEIGHT - FOOT

    def down(value: float) -> float:
        return 8 + (high - value) / (high - low) * (plot - 16)

    step = (WIDTH - LEFT) / len(content.bars)
    bars = "".join(_bar(one, LEFT + at * step, step, down) for at, one in enumerate(content.bars))
    every = max(len(content.bars) // 6, 1)
    days = "".join(
        f'<text x="{LEFT + at * step:.0f}" y="{HEIGHT - 6}">{escape(words.day(one.day))}</text>'
        for at, one in enumerate(content.bars)
        if at % every == 0 and at * step < WIDTH - LEFT - WORD
    )  # fmt: skip
    ends = "".join(
        f'<text x="{LEFT - 6}" y="{down(value) + 4:.0f}" text-anchor="end">{escape(said)}</text>'
        for value, said in ((low, lowest), (0.0, "0"), (high, highest))
        if not (value == 0.0 and said != "0")
    )
    return (
        f'<figure><svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="'
        f'{escape(content.bars_of)}">{bars}<line x1="{LEFT}" x2="{WIDTH}" y1="{down(0.0):.1f}" '
        f'y2="{down(0.0):.1f}" stroke="#57606a"/>{ends}{days}</svg></figure>'
    )


def _bar(one: Bar, left: float, step: float, down: Callable[[float], float]) -> str:
    top, foot, mean = down(one.high), down(one.low), down(one.value)
    wide = 0.6 * step
    return (
        f'<rect x="{left + 0.1 * step:.1f}" y="{top:.1f}" width="{wide:.1f}" '
        f'height="{max(foot - top, 0.5):.1f}" fill="#9ec5f0"/>'
        f'<line x1="{left + 0.1 * step:.1f}" x2="{left + 0.1 * step + wide:.1f}" y1="{mean:.1f}" '
        f'y2="{mean:.1f}" stroke="#0b4a94" stroke-width="2.5"/>'
    )
