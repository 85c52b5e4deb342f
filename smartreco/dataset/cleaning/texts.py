"""Words as people read them: broken letters mended, capitals put into title case."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

import pandas as pd

_MOJIBAKE: Final = re.compile("[ÃÂâÅÄà][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œžŸ]")
_UNSEEN: Final = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad\x00-\x08\x0e-\x1f]")
_SMALL: Final = frozenset(
    {"a", "an", "and", "at", "by", "de", "for", "from", "in", "of", "on", "or", "the", "to",
     "with", "et", "la", "le"}
)  # fmt: skip
_CAPITAL: Final = frozenset(
    {"USA", "US", "UK", "EU", "UAE", "LLC", "PLC", "LLP", "LP", "II", "III", "IV", "VI", "VII",
     "XO", "VSOP", "RTD", "IPA", "LED", "USB", "TV", "DVD", "DIY", "IA", "NE", "NW", "SE", "SW"}
)  # fmt: skip
_TITLE: Final = frozenset(
    {"Mr", "Mrs", "Ms", "Dr", "St", "Mt", "Ft", "Ltd", "Jr", "Sr", "Pk", "Mfg", "Bros", "Pvt",
     "Blvd"}
)  # fmt: skip
_ORDINAL: Final = re.compile(r"(\d+)(ST|ND|RD|TH)")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:ST|ND|RD|TH)\b|\d[\w]*")

CAPITALS_SHARE: Final = 0.8  # of a column's texts, for its capitals to be its form


def mend(text: str) -> str:
    """Undo a wrong encoding ("CafÃ©" for "Café"), drop unseen signs, fold spaces."""
    for _ in range(3):
        if not _MOJIBAKE.search(text):
            break
        try:
            text = _as_bytes(text).decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            break
    text = _UNSEEN.sub("", unicodedata.normalize("NFC", text))
    return " ".join(text.split())


def _as_bytes(text: str) -> bytes:
    """The bytes that Windows' code page or Latin-1 had shown as this text."""
    return b"".join(
        sign.encode("latin-1") if ord(sign) < 0xA0 else sign.encode("cp1252") for sign in text
    )


def broken(text: str) -> bool:
    """Whether `mend` changes more than spaces and unseen signs."""
    return _MOJIBAKE.search(text) is not None and "".join(mend(text).split()) != "".join(
        text.split()
    )


def in_capitals(texts: pd.Series) -> bool:
    """Whether a column is written in capitals throughout."""
    worded = texts[texts.str.contains(r"[^\W\d_]{2}", regex=True, na=False)]
    return len(worded) > 0 and (worded == worded.str.upper()).mean() >= CAPITALS_SHARE


def in_title(text: str) -> str:
    """A proper name that is all capitals or all small letters, in title case.

    >>> in_title("navi mumbai"), in_title("PUNE"), in_title("NYC"), in_title("McAllen")
    ('Navi Mumbai', 'Pune', 'NYC', 'McAllen')
    """
    if text == text.lower():
        return readable(text.upper())
    return readable(text) if len(text) > 3 else text


def readable(text: str) -> str:
    """A text in capitals in title case; any other text as it is.

    Keeps ``RTD``, ``LLC``, ``#504``, ``100%`` and words without vowels, which
    are abbreviations.

    Examples
    --------
    >>> readable("CASEY'S GENERAL STORE #2694 / PELLA")
    "Casey's General Store #2694 / Pella"
    >>> readable("COCKTAILS/RTD"), readable("HY-VEE / WDM"), readable("MCCORMICK DISTILLING CO.")
    ('Cocktails/RTD', 'Hy-Vee / WDM', 'McCormick Distilling Co.')
    """
    if text != text.upper() or not re.search(r"[^\W\d_]{2}", text):
        return text
    return _WORD.sub(
        lambda match: _title(match.group(), match.start() == 0, text, match.end()), text
    )


def _title(word: str, first: bool, text: str, end: int) -> str:
    if word[0].isdigit():
        ordinal = _ORDINAL.fullmatch(word)
        return word.lower() if ordinal else word
    name = word.capitalize()
    if word in _CAPITAL or (len(word) == 1 and word not in "AW"):
        return word
    if word == "W":
        return "w" if text[end : end + 1] == "/" else word
    if word.lower() in _SMALL and not first:
        return word.lower()
    if name in _TITLE:
        return name
    if re.fullmatch(r"\w['’]S", word):
        return word[0] + word[1:].lower()
    if len(word) <= 4 and not re.search("[AEIOUYÀ-ÖØ-Ý]", word) and word.isascii():
        return word
    if re.fullmatch(r"[OD]['’]\w{3,}(['’]\w+)?", word):
        return word[:2] + word[2:].capitalize()
    if re.fullmatch(r"MC[B-DF-HJ-NP-TV-Z]\w{3,}", word):
        return "Mc" + word[2:].capitalize()
    return name
