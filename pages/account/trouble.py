"""What people see when something went wrong: a reference, never a traceback."""

from __future__ import annotations

import logging
import secrets

import streamlit as st

from smartreco.errors import SmartRecoError
from smartreco.language import Language

log = logging.getLogger("smartreco.pages")


def report(error: Exception, language: Language | None = None) -> bool:
    """Say what happened; True tells Streamlit that nothing more is to be shown.

    An error of our own says itself what is wrong. Any other is written to the
    log under a reference that the reader can name.
    """
    words = language or Language()
    if isinstance(error, SmartRecoError):
        st.warning(words.text(str(error)))
        return True
    reference = secrets.token_hex(4)
    log.error(
        "a page broke off, reference %s", reference,
        exc_info=error, extra={"reference": reference},
    )  # fmt: skip
    st.error(words.text("Something went wrong. Reference: {reference}", reference=reference))
    st.write(words.text("Try again; if it stays, tell your administrator the reference above."))
    return True
