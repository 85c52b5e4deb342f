"""What is written: one form, no secrets, the last troubles at hand."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator

import pytest

from smartreco import logs

SECRET = "Hunter2.very.secret_0123456789abcdef"


@pytest.fixture
def root() -> Iterator[logging.Logger]:
    """The root logger; its handlers are put back afterwards."""
    logger, ours = logging.getLogger(), logging.getLogger("smartreco")
    handlers, level, kept = logger.handlers[:], ours.level, list(logs._kept.lines)
    logs._kept.lines.clear()
    yield logger
    logger.handlers[:] = handlers
    ours.setLevel(level)
    logs._kept.lines.clear()
    logs._kept.lines.extend(kept)


CARRIERS = [
    f"GET /?setup={SECRET}",
    f"GET /for-you?a=1&reset={SECRET}&b=2",
    f"GET /session/open?ticket={SECRET} HTTP/1.1",
    f"Authorization: Bearer {SECRET}",
    f"authorization=Basic {SECRET}",
    f"{{'Authorization': 'Bearer {SECRET}'}}",
    f"[(b'authorization', b'Bearer {SECRET}')]",
    f"Cookie: a=1; sid={SECRET}; b=2",
    f"[(b'cookie', b'sid={SECRET}')]",
    f"Set-Cookie: sid={SECRET}; HttpOnly",
    f"asked with bearer {SECRET}",
    f"postgres://app:{SECRET}@db:5432/shop",
    f"postgresql://app:p@ss/{SECRET}@db/shop",
    f"host=db password={SECRET} user=app",
    f"host=db password='{SECRET} and more' user=app",
    f"SMARTRECO_DEMO_PASSWORD={SECRET}",
    f"SMARTRECO_TOKEN = {SECRET}",
    f'{{"username": "asha", "password": "{SECRET}"}}',
    f"{{'new_password': '{SECRET} with blanks', 'x': 1}}",
    f"https://shop.test/?api_key={SECRET}&x=1",
    f"key sr_{SECRET} revoked",
    "hash $2b$12$" + "abcdefghijklmnopqrstuv" + SECRET,
]


@pytest.mark.parametrize("text", CARRIERS)
def test_no_secret_is_left_in_a_text(text: str) -> None:
    left = logs.without_secrets(text)
    assert "Hunter2" not in left
    assert "very.secret" not in left
    assert "with blanks" not in left
    assert logs.HIDDEN in left


@pytest.mark.parametrize(
    "text",
    [
        "model 3 fitted in 3.7 s",
        "Wrong password: try again in 5 minutes",
        "GET http://shop.test:8501/for-you?page=2",
        "retailer shop-17 ordered 3 x SKU-42 at 18.50",
        "the token was revoked",
    ],
)
def test_plain_words_stay_as_they_are(text: str) -> None:
    assert logs.without_secrets(text) == text


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_traceback_carries_no_secret_past(
    form: str, root: logging.Logger, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.set_up("INFO", form)
    try:
        raise ValueError(f"postgres://app:{SECRET}@db/shop")
    except ValueError:
        logging.getLogger("smartreco.x").exception("cannot connect")
    written = capsys.readouterr().err
    assert "ValueError" in written
    assert SECRET not in written


def test_json_is_one_object_a_line_with_the_request_and_what_was_given(
    root: logging.Logger, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.set_up("INFO", "json")
    asked = logs.request_id.set("request-1")
    logging.getLogger("smartreco").info("two\nlines %s", "é", extra={"ms": 3})
    logs.request_id.reset(asked)
    line = json.loads(capsys.readouterr().err)
    assert line.pop("time").endswith("Z")
    assert line == {
        "level": "INFO", "logger": "smartreco", "message": "two\nlines é", "ms": 3,
        "request": "request-1",
    }  # fmt: skip


def test_text_cannot_be_broken_into_a_second_line(
    root: logging.Logger, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.set_up("INFO", "text")
    logging.getLogger("smartreco").warning("a\n2026-01-01 INFO forged: b\u2028c")
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_link_that_is_meant_to_be_read_is_written_but_not_kept(
    root: logging.Logger, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.set_up("INFO", "text")
    logging.getLogger("smartreco").warning("/?setup=%s", SECRET, extra=logs.SHOWN_ONCE)
    assert SECRET in capsys.readouterr().err
    assert SECRET not in logs.recent()[0].message


def test_the_last_warnings_and_errors_are_kept_newest_first(root: logging.Logger) -> None:
    logs.set_up("INFO")
    log = logging.getLogger("smartreco.x")
    for at in range(logs.KEPT + 5):
        log.warning("trouble %s", at)
    log.info("no trouble")
    log.error("broke", exc_info=ZeroDivisionError("by nothing"), extra={"reference": "ab12"})
    lines = logs.recent()
    assert len(lines) == logs.KEPT
    assert (lines[0].level, lines[0].name, lines[0].reference) == ("ERROR", "smartreco.x", "ab12")
    assert lines[0].message == "broke: ZeroDivisionError: by nothing"
    assert lines[1].message == f"trouble {logs.KEPT + 4}"


def test_setting_up_twice_writes_each_line_once(
    root: logging.Logger, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.set_up("INFO")
    logs.set_up("INFO")
    logging.getLogger("smartreco").warning("once")
    assert capsys.readouterr().err.count("once") == 1
    assert len(logs.recent()) == 1


def test_a_library_with_handlers_of_its_own_writes_as_we_do(
    root: logging.Logger, capsys: pytest.CaptureFixture[str]
) -> None:
    library = logging.getLogger("chatty.part")
    library.addHandler(logging.StreamHandler(sys.stdout))
    library.propagate = False
    logs.set_up("INFO")
    logs.hand_over("chatty")
    library.warning("token=%s", SECRET)
    out, err = capsys.readouterr()
    assert out == ""
    assert "chatty.part: token=***" in err
