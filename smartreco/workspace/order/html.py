"""An order as one HTML page that prints on A4: no script, no file from elsewhere."""

from __future__ import annotations

from html import escape
from typing import Final

from smartreco.language import Language, noted
from smartreco.workspace.sheet_content import SheetContent, SheetLine, SheetPart

STYLE: Final = """
:root { color-scheme: light; }
body { font: 11pt/1.45 "Noto Sans", "Noto Sans Devanagari", system-ui, sans-serif; color: #1b1f24;
  background: #fff; max-width: 48rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; }
p { margin: 0 0 .5rem; }
.quiet { color: #57606a; }
.note { white-space: pre-line; }
table { width: 100%; border-collapse: collapse; margin: 1.25rem 0; }
thead { display: table-header-group; }
th, td { text-align: left; padding: .4rem .5rem; border-bottom: 1px solid #d0d7de;
  vertical-align: top; }
th.figure, td.figure { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
tr { break-inside: avoid; }
th.vendor { padding-top: 1rem; break-after: avoid; }
tr.subtotal td { color: #57606a; font-weight: 700; }
tfoot td { font-weight: 700; border-bottom: 0; }
@page { size: A4; margin: 16mm; }
@media print { body { margin: 0; max-width: none; padding: 0; } }
"""


def as_html(content: SheetContent, words: Language) -> bytes:
    """The page, in UTF-8."""
    head = "".join(
        f'<th scope="col"{kind}>{escape(words.text(name))}</th>'
        for name, kind in (
            ("Product", ""), ("Code", ""), ("Pieces", _FIGURE), (noted("Packs"), _FIGURE),
            ("Price", _FIGURE), ("Value", _FIGURE),
        )
    )  # fmt: skip
    rows = "".join(_part(part, words, content.by_vendor) for part in content.parts)
    note = f'<p class="note">{escape(content.note)}</p>' if content.note else ""
    missing = words.text("Prices on request are not in the total") if content.unpriced else ""
    when = f"{words.day(content.day)} · {content.state}"
    language = escape(words.locale.language)
    page = f"""<!doctype html>
<html lang="{language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(content.title)}</title><style>{STYLE}</style></head>
<body><h1>{escape(content.title)}</h1>
<p>{escape(content.shop)}</p><p class="quiet">{escape(when)}</p>{note}
<table><thead><tr>{head}</tr></thead>{rows}
<tfoot><tr><td colspan="5">{escape(content.size(words))}</td>
<td class="figure">{escape(words.money(content.total))}</td></tr></tfoot></table>
<p class="quiet">{escape(missing)}</p></body></html>
"""
    return page.encode()


_FIGURE: Final = ' class="figure"'


def _part(part: SheetPart, words: Language, named: bool) -> str:
    """A vendor's lines under his name, with what they come to."""
    rows = "".join(_row(line, words) for line in part.lines)
    if not named:
        return f"<tbody>{rows}</tbody>"
    name = f'<tr><th scope="rowgroup" class="vendor" colspan="6">{escape(part.named(words))}</th>'
    total = (
        f'<tr class="subtotal"><td colspan="5">{escape(part.summed(words))}</td>'
        f"<td{_FIGURE}>{escape(words.money(part.total))}</td></tr>"
    )
    return f"<tbody>{name}</tr>{rows}{total}</tbody>"


def _row(line: SheetLine, words: Language) -> str:
    figures = "".join(f"<td{_FIGURE}>{escape(one)}</td>" for one in line.figures(words))
    return (
        f"<tr><td>{escape(line.product.name)}</td><td>{escape(line.product.product_id)}</td>"
        f"{figures}</tr>"
    )
