"""Words of the checks: what each is called, what its figure means, and what to do."""

from __future__ import annotations

from typing import Final, NamedTuple

from smartreco.workspace.operating.quality import Check, Verdict


class Words(NamedTuple):
    """Translation keys of one check; ``advice`` is shown where it stands out."""

    name: str
    figure: str
    advice: str


WORDS: Final = {
    Check.EMPTY_WEEKS: Words(
        "Weeks with hardly an order",
        "{found} of {among} weeks",
        "Is an export missing? Import those weeks.",
    ),
    Check.REPEATED_ORDERS: Words(
        "Orders held twice",
        "{found} of {among} orders of several lines",
        "Was an export imported again under new numbers? Import it once, in place of the data.",
    ),
    Check.QUIET_SHOPS: Words(
        "Shops gone quiet",
        "{found} of {among} shops that came regularly",
        "Ask whether they closed; forecasts still count on them.",
    ),
    Check.ODD_QUANTITIES: Words(
        "Quantities far from what is usual",
        "{found} of {among} lines",
        "Were cases counted as pieces? Correct such lines and import them again.",
    ),
    Check.ODD_PRICES: Words(
        "Prices far from what is usual",
        "{found} of {among} lines",
        "Was a case's price taken for a piece's? Correct such lines and import them again.",
    ),
    Check.NEW_PRODUCTS: Words(
        "New products since the last fit",
        "{found} of {among} products ordered since",
        "Fit again, so that lists know them.",
    ),
    Check.NEW_SHOPS: Words(
        "New shops since the last fit",
        "{found} of {among} shops that ordered since",
        "Fit again, so that their lists rest on what they order.",
    ),
    Check.QUANTITIES_MOVED: Words(
        "Products whose quantities moved since the last fit",
        "{found} of {among} products ordered before and since",
        "Does the export count cases now, or pieces? Correct it and import it again.",
    ),
    Check.PRICES_MOVED: Words(
        "Products whose prices moved since the last fit",
        "{found} of {among} products ordered before and since",
        "Is it another currency, or a case's price? If prices did change, fit again.",
    ),
    Check.MIX: Words(
        "Change of the order mix since the last fit",
        "{share} of the lines moved between categories",
        "Fit again, then see the scoreboard.",
    ),
}
VERDICTS: Final = {
    Verdict.GOOD: "Fine",
    Verdict.LOOK: "Worth a look",
    Verdict.ACT: "Do something",
    Verdict.UNKNOWN: "Not enough data",
}
