"""What the process writes about itself: one form for all lines, no secrets, the last troubles.

Lines go to standard error, where whoever runs the process collects them; the
last warnings and errors are kept in memory too, for the page of the
administrator. Secrets are taken out of the finished text, so that a traceback
or a library's own words cannot carry one past.
"""

from __future__ import annotations

import logging
import re
import sys
from collections import deque
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from pythonjsonlogger.json import JsonFormatter

KEPT: Final = 200
LONGEST: Final = 2_000  # signs of a kept message
HIDDEN: Final = "***"

#: The id of the request that is being answered; lines written meanwhile bear it.
request_id: ContextVar[str | None] = ContextVar("request_id", default=None)

#: ``extra=SHOWN_ONCE``: a line whose secret is meant for the reader of the log (the first
#: administrator's link). What is kept in memory leaves the secret out all the same.
SHOWN_ONCE: Final = {"shown_once": True}

_SECRET_WORD = r"[\w-]*(?:password|passwd|secret|token|api[_-]?key|credential)s?"  # noqa: S105 - a pattern
_VALUE = r"""(?:b?"[^"]*"|b?'[^']*'|[^\s,;&)}\]"']+)"""
_PATTERNS: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), put)
    for pattern, put in (
        # header lines and header pairs, as text or as Python shows them
        (r"""((?:set-)?cookie["']?\s*[:=,]\s*(?:b?["'])?)[^\r\n"']+""", rf"\1{HIDDEN}"),
        (r"""(authorization["']?\s*[:=,]\s*(?:b?["'])?)[^\r\n"']+""", rf"\1{HIDDEN}"),
        (r"\b(bearer|basic)\s+[\w.~+/=-]{8,}", rf"\1 {HIDDEN}"),
        # scheme://user:password@host; a password may hold any sign but a blank
        (r"(\b[a-z][a-z0-9+.-]*://[^\s:/@]*:)\S+@", rf"\1{HIDDEN}@"),
        # what only an address carries, then what any text may
        (r"([?&](?:setup|reset|ticket|key|sid|code)=)[^\s&\"'<>]*", rf"\1{HIDDEN}"),
        (rf"(\b{_SECRET_WORD}\s*=\s*){_VALUE}", rf"\1{HIDDEN}"),
        (rf"""((["']){_SECRET_WORD}\2\s*[:,]\s*){_VALUE}""", rf"\1{HIDDEN}"),
        (r"\b(sr_)[\w.~-]{12,}", rf"\1{HIDDEN}"),  # an API key, wherever it stands
        (r"\$2[aby]\$\d\d\$[./\w]{50,}", HIDDEN),  # a password's hash
    )
)
#: No pattern fits a text without one of these; most lines have none, and this is tried once.
_SUSPECT = re.compile(r"[=:,$]|sr_|bearer|basic", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class LogLine:
    """A warning or an error that was written; ``happened_at`` in UTC without a zone."""

    happened_at: datetime
    level: str
    name: str
    message: str
    reference: str | None


def without_secrets(text: str) -> str:
    """The text with every password, token, cookie and one-time link replaced by `HIDDEN`.

    >>> without_secrets("GET /?setup=abc&x=1 on postgres://me:pass@host/db")
    'GET /?setup=***&x=1 on postgres://me:***@host/db'
    """
    if _SUSPECT.search(text) is None:
        return text
    for pattern, put in _PATTERNS:
        text = pattern.sub(put, text)
    return text


def one_line(text: str) -> str:
    """The text with line breaks and other control signs written out: a line stays one line."""
    return _CONTROL.sub(lambda sign: ascii(sign[0])[1:-1], text)


def recent() -> tuple[LogLine, ...]:
    """The last warnings and errors of this process, newest first."""
    return tuple(reversed(_kept.lines.copy()))


def set_up(level: str = "INFO", form: str = "text") -> None:
    """Write all lines to standard error in one form; a second call replaces the first.

    Parameters
    ----------
    level
        The least level of our own lines; libraries speak from WARNING on.
    form
        ``text``, or ``json`` for one object a line.
    """
    root = logging.getLogger()
    for handler in [one for one in root.handlers if isinstance(one, _Written | _Kept)]:
        root.removeHandler(handler)
    written = _Written(sys.stderr)
    written.setFormatter(_JsonLine() if form == "json" else _TextLine())
    root.addHandler(written)
    root.addHandler(_kept)
    logging.getLogger("smartreco").setLevel(level)


def hand_over(*libraries: str) -> None:
    """Have libraries that bring their own handlers write as everything else does.

    From WARNING on: one line a request is ours already.
    """
    known = [*logging.root.manager.loggerDict]
    for name in {*libraries, *(one for one in known if one.startswith(libraries))}:
        logger = logging.getLogger(name)
        for handler in logger.handlers[:]:
            logger.removeHandler(handler)
        logger.propagate = True
        logger.setLevel(logging.WARNING)


class _Written(logging.StreamHandler[Any]):
    """Ours among the root's handlers."""


class _Kept(logging.Handler):
    """Keeps the last `KEPT` warnings and errors."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: deque[LogLine] = deque(maxlen=KEPT)

    def emit(self, record: logging.LogRecord) -> None:
        try:
            message = record.getMessage()
            if record.exc_info and record.exc_info[0] is not None:
                message += f": {record.exc_info[0].__name__}: {record.exc_info[1]}"
            self.lines.append(
                LogLine(
                    datetime.fromtimestamp(record.created, UTC).replace(tzinfo=None),
                    record.levelname, record.name,
                    one_line(without_secrets(message))[:LONGEST],
                    getattr(record, "reference", None) or request_id.get(),
                )
            )  # fmt: skip
        except Exception:
            self.handleError(record)


class _TextLine(logging.Formatter):
    """``2026-11-23T20:15:00Z INFO smartreco: words [request]``, then a traceback if any."""

    def format(self, record: logging.LogRecord) -> str:
        words = one_line(record.getMessage())
        text = f"{_moment(record)} {record.levelname} {record.name}: {words}"
        if asked := request_id.get():
            text += f" [{asked}]"
        if record.exc_info:
            text += "\n" + self.formatException(record.exc_info)
        return text if getattr(record, "shown_once", False) else without_secrets(text)


class _JsonLine(JsonFormatter):
    """One JSON object a line; what a caller gave as ``extra`` are its further members."""

    def __init__(self) -> None:
        super().__init__(
            ["levelname", "name", "message", "exc_info"],
            rename_fields={"levelname": "level", "name": "logger", "exc_info": "exception"},
            json_ensure_ascii=False,
        )

    def add_fields(
        self, log_data: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]
    ) -> None:
        """Begin with the moment, end with the request."""
        log_data["time"] = _moment(record)
        super().add_fields(log_data, record, message_dict)
        if asked := request_id.get():
            log_data["request"] = asked

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        """Take the secrets out of every text before it becomes JSON."""
        shown = log_data.pop("shown_once", False)
        return {
            name: without_secrets(value) if isinstance(value, str) and not shown else value
            for name, value in log_data.items()
            if value is not None
        }


def _moment(record: logging.LogRecord) -> str:
    moment = datetime.fromtimestamp(record.created, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


_kept: Final = _Kept()
