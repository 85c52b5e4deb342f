"""The account of an import: what became of every row, and what was assumed.

For each file kept + fixed + quarantined = read, and the three are disjoint. A
row that breaks several rules is counted once, under the first; how many rows
break a rule in all is told beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field

from smartreco.dataset.reasons import RULES, Outcome, sentence
from smartreco.language import Language, Message


@dataclass(frozen=True, slots=True)
class ReasonCount:
    """Rows of one file under one reason."""

    code: str
    rows: int  # counted under this reason
    touched: int  # all rows that the rule applies to

    @property
    def outcome(self) -> Outcome:
        """Fixed or quarantined."""
        return RULES[self.code].outcome


@dataclass(frozen=True, slots=True)
class FileAccount:
    """What became of the rows of one file."""

    kind: str
    source: str
    read: int
    kept: int
    fixed: int
    quarantined: int
    reasons: tuple[ReasonCount, ...] = ()
    ignored_columns: tuple[str, ...] = ()

    def touched(self, prefix: str) -> int:
        """Rows that rules whose code starts with `prefix` apply to."""
        return sum(reason.touched for reason in self.reasons if reason.code.startswith(prefix))

    def rows(self, prefix: str) -> int:
        """Rows counted under rules whose code starts with `prefix`."""
        return sum(reason.rows for reason in self.reasons if reason.code.startswith(prefix))


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was assumed or derived: a sentence with its values."""

    message: str | Message
    values: Mapping[str, object] = field(default_factory=dict)

    def text(self, language: Language) -> str:
        """The note in words."""
        return language.text(self.message, **self.values)

    @classmethod
    def counting(cls, n: int, one: str, many: str) -> Note:
        """A note on ``{n}`` things, with words for one and for many."""
        return cls(Message(one, many, "n"), {"n": n})


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The whole account of one import.

    Attributes
    ----------
    files
        One account a file, orders first.
    notes
        What was assumed, derived or read in its own form.
    absent
        What the data set does not hold, as sentences; pages say so instead of inventing it.
    """

    files: tuple[FileAccount, ...]
    notes: tuple[Note, ...] = ()
    absent: tuple[str, ...] = ()

    @property
    def read(self) -> int:
        """Rows read from all files."""
        return sum(account.read for account in self.files)

    @property
    def kept(self) -> int:
        """Rows taken as they came."""
        return sum(account.kept for account in self.files)

    @property
    def fixed(self) -> int:
        """Rows taken with a change."""
        return sum(account.fixed for account in self.files)

    @property
    def quarantined(self) -> int:
        """Rows set aside."""
        return sum(account.quarantined for account in self.files)

    @property
    def sources(self) -> str:
        """The names of the files."""
        return ", ".join(account.source for account in self.files)

    def file(self, kind: str) -> FileAccount:
        """The account of one kind.

        Raises
        ------
        KeyError
            No file of that kind was imported.
        """
        return {account.kind: account for account in self.files}[kind]

    def text(self, language: Language) -> tuple[str, ...]:
        """The account as lines for the command line."""
        lines: list[str] = []
        for account in self.files:
            lines += _file_lines(account, language)
        lines += [note.text(language) for note in self.notes]
        lines += [language.text(words) for words in self.absent]
        return tuple(lines)

    def as_dict(self) -> dict[str, object]:
        """Plain values for JSON; notes without their words."""
        return {
            "files": [asdict(account) for account in self.files],
            "absent": list(self.absent),
        }


def _file_lines(account: FileAccount, language: Language) -> Iterator[str]:
    say = language.text
    yield say(
        "{source}: {read} rows read = {kept} kept + {fixed} fixed + {quarantined} quarantined",
        source=account.source, read=account.read, kept=account.kept,
        fixed=account.fixed, quarantined=account.quarantined,
    )  # fmt: skip
    for outcome, title in (
        (Outcome.QUARANTINED, say("Quarantined:")),
        (Outcome.FIXED, say("Fixed:")),
    ):
        reasons = [r for r in account.reasons if r.outcome is outcome]
        if outcome is Outcome.FIXED:  # other rows under these rules were quarantined anyway
            reasons = [r for r in reasons if r.rows]
        if reasons:
            yield f"  {title}"
        for reason in sorted(reasons, key=lambda reason: -reason.touched):
            yield _reason_line(reason, language)
    service = account.rows("service.")
    if service:
        yield "  " + say("Service lines dropped: {rows}", rows=service)
    if account.ignored_columns:
        yield "  " + say("Columns ignored: {names}", names=", ".join(account.ignored_columns))


def _reason_line(reason: ReasonCount, language: Language) -> str:
    words = sentence(reason.code, language)
    line = f"  {language.number(reason.rows):>10}  {words}"
    if reason.touched == reason.rows:
        return line
    return line + " " + language.text("(in all {touched} rows)", touched=reason.touched)
