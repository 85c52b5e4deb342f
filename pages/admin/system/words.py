"""Findings as sentences with what to do, sizes, and names that the parts of the page share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from smartreco.entities import Provenance
from smartreco.language import Language, Message, noted
from smartreco.workspace.operating.views import Finding

SOURCE: Final[Mapping[Provenance, str]] = {
    Provenance.DEMO: "Made by the program, to look around",
    Provenance.SAMPLE: "A real sample that comes with the program",
    Provenance.IMPORTED: "Imported",
}
JOBS: Final[Mapping[str, str]] = {
    "preparing": "Preparing data and lists",
    "fitting": "Learning from the orders",
    "measuring": "Measuring on the scoreboard",
    "importing": "Import or demo data",
}
STATES: Final[Mapping[str, str]] = {
    "running": "runs now", "done": noted("done"), "failed": noted("failed"),
    "stopped": noted("stopped"),
}  # fmt: skip


class Words(NamedTuple):
    """What is the matter, and what to do about it."""

    said: str | Message
    act: str


FINDINGS: Final[Mapping[str, Words]] = {
    "preparing": Words("Data or lists could not be prepared: {why}",
                       "Mend what it names and start the program again; the log has more."),
    "no_data": Words("There are no data yet", "Import orders, or make demo data."),
    "model_behind": Words("Lists do not know the newest data; they were learned {since} UTC",
                          "A fit follows by itself unless SMARTRECO_REFIT_AFTER is “never”; "
                          "`python -m smartreco fit` does it at once."),
    "disk": Words("Only {megabytes} MB are free on the store’s disk",
                  "Make room: without it nothing can be written."),
    "no_backup_folder": Words("No backup can be made: there is no folder for it",
                              "Set SMARTRECO_BACKUP_DIR to a folder outside this machine’s disk "
                              "and start the program again."),
    "no_backup": Words("There is no backup yet", "Make one below; a nightly one is better."),
    "bad_backup": Words("The newest backup, {name}, cannot be restored: {why}",
                        "Make another below."),
    "old_backup": Words("The newest backup is of {when} UTC", "Make another below."),
    "errors": Words(Message("{n} error in the last 24 hours, at {last} UTC",
                            "{n} errors in the last 24 hours, the last at {last} UTC", "n"),
                    "See “Errors” for what was written."),
    "failing": Words(Message("{n} call failed in the last 24 hours: “{name}”",
                             "{n} calls failed in the last 24 hours, most of “{name}”", "n"),
                     "See “Errors” for which, and why."),
    "slow": Words(Message("{n} use case is slow: “{name}” took over {seconds} s for 5 of 100",
                          "{n} use cases are slow; “{name}” took over {seconds} s for 5 of 100",
                          "n"),
                  "See “Times” for all of them."),
    "one_admin": Words("There is one administrator only",
                       "Add a second: nobody else could help if that password is lost."),
    "demo": Words("Demo accounts can sign in, each as one role",
                  "They go when data of your own are imported, or with SMARTRECO_DEMO=0."),
}  # fmt: skip


def finding(one: Finding, language: Language) -> tuple[str, str]:
    """The sentence and what to do."""
    words = FINDINGS[one.kind]
    return language.text(words.said, **one.values), language.text(words.act)


def size(count: float, language: Language) -> str:
    """Bytes as "512 KB" or "1.4 GB"; powers of ten, as disks are sold."""
    for unit, name in ((1e9, "GB"), (1e6, "MB")):
        if count >= unit:
            return f"{language.number(count / unit, 1)} {name}"
    return f"{language.number(count / 1e3)} KB"
