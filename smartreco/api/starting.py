"""How a server process begins: its lines in one form, or one sentence and an exit code.

A server prints a traceback for whatever is raised while it starts, which tells a person who
wrote a setting wrong nothing.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from typing import TypeVar

from smartreco import logs
from smartreco.config import Settings
from smartreco.errors import SmartRecoError

Result = TypeVar("Result")


def or_leave(step: Callable[[], Result]) -> Result:
    """What a step of the start gives; the process ends where it is refused."""
    try:
        return step()
    except SmartRecoError as error:
        print(f"SmartReco cannot start: {error}", file=sys.stderr, flush=True)
        # nothing is open yet; raising here would have the server print a traceback
        os._exit(error.exit_code)


def set_up_logging(settings: Settings) -> None:
    """All lines in the form that the settings name, the server's own too."""
    logs.set_up(settings.log_level, settings.log_format)
    logs.hand_over("streamlit", "uvicorn", "websockets")
    # pages report each error with its reference; Streamlit would write it again
    logging.getLogger("streamlit.error_util").disabled = True
