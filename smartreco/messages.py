"""Gather every message of the application, and bring the languages' files up to date.

    python -m smartreco.messages            # write locale/smartreco.pot, update each smartreco.po
    python -m smartreco.messages --new ta   # begin a language: an empty locale/ta/…/smartreco.po

A message is an English sentence that reaches `Language`: the text given to ``t``, ``text``,
``say`` or ``Message``, the tables of words that pages and reasons keep at the top of their
modules, and the rules and advice of errors. The code is read, not run.
"""

from __future__ import annotations

import argparse
import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Final

from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po

from smartreco.config import PROJECT
from smartreco.language import ERROR, PLACE
from smartreco.language import FOLDER as LOCALE

TEMPLATE: Final = LOCALE / "smartreco.pot"
READ: Final = ("pages", "smartreco")
UNREAD: Final = ("smartreco/cli", "smartreco/api", "smartreco/messages.py", "smartreco/logs.py")
#: Modules whose constants are names of data, of SQL or of the world's places, not words of a page.
NO_TABLES: Final = (
    "pages/components/charts/theme.py", "smartreco/__", "smartreco/store/", "smartreco/config.py",
    "smartreco/dataset/aliases.py", "smartreco/dataset/cleaning/numerals.py",
    "smartreco/dataset/cleaning/texts.py", "smartreco/dataset/samples.py",
    "smartreco/dataset/templates.py", "smartreco/dataset/world/", "smartreco/dataset/synthetic.py",
    "smartreco/accounts/devices.py", "smartreco/entities.py", "smartreco/evaluation/measuring.py",
    "smartreco/recommend/rules/__init__.py", "smartreco/workspace/order/pasted_header.py",
    "smartreco/workspace/models.py", "smartreco/workspace/blend/",
)  # fmt: skip
CALLS: Final = frozenset({"t", "text", "say", "Note", "noted"})
ERRORS: Final = re.compile(r"[A-Z]\w*Error$")
#: Whose argument at a place is shown while work goes on.
PROGRESS: Final = {"progress": 1, "tell": 1, "report": 1, "Progress": 1}
#: What a constant of words looks like: a sentence, or a name that begins with a capital letter.
WORDS: Final = re.compile(
    r"[A-Z]\w*[ ,.:;’-].*|[A-Z][a-z]+|[A-Z]{2,4}|\{\w+\}.*[a-z]{2}.*|[a-z’-]+ .*[a-z].*"
)
#: What a sentence looks like wherever it stands.
SENTENCE: Final = re.compile(
    r"[A-Z{][^\n]* [^\n]*[.!?]|[^\n]*[a-z]{3} [^\n]*\{\w+\}[^\n]*|\{\w+\} [^\n]*[a-z]{3}[^\n]*"
)
#: What words do not look like: SQL, addresses, patterns, style, code.
NOT_WORDS: Final = re.compile(
    r"(?i)\b(select|insert|update \w+ set|delete from|join|group by|order by|where)\b.*[=(*]"
    r"|\bchip\b|NULLS LAST|[\\<>|]|;$|://|\.py\b|^\w+\.\w+$|\bpx\b|^--|\$\{|%[sd]"
    r"|(?-i:_[a-z]\w*_)|^[MTQ]\d"
)
UNKEPT: Final = tuple(
    f'"{name}'.encode()
    for name in ("POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Report-Msgid-Bugs-To",
                 "Language-Team", "Generated-By", "Project-Id-Version")
)  # fmt: skip
Key = str | tuple[str, str]


def gather(root: Path = PROJECT) -> Catalog:
    """All messages of the code below ``root``, each with the places where it stands.

    Raises
    ------
    ValueError
        Two messages share their singular and not their plural: a language's file finds a
        message by its singular and would have words for one of them only.
    """
    many: dict[str, str] = {}
    catalog = Catalog(domain="smartreco", project="SmartReco", charset="utf-8")
    for path in sorted(found for folder in READ for found in (root / folder).rglob("*.py")):
        name = path.relative_to(root).as_posix()
        if name.startswith(UNREAD):
            continue
        tables = not name.startswith(NO_TABLES)
        for key in _of(ast.parse(path.read_text(encoding="utf-8")), tables=tables):
            if isinstance(key, tuple) and many.setdefault(key[0], key[1]) != key[1]:
                raise ValueError(f"{name}: “{key[0]}” has the plural “{many[key[0]]}” elsewhere")
            catalog.add(key, locations=[(name, 1)])
        for template in _error_templates(path):
            catalog.add(template, locations=[(name, 1)], context=ERROR)
    return catalog


def _error_templates(path: Path) -> Iterator[str]:
    """Rules and advice of errors that fill in their places themselves, with f-strings."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        for words in chain.from_iterable(map(_choices, _filled(node))):
            if isinstance(words, ast.JoinedStr) and (template := _template(words)):
                yield template


def _choices(node: ast.expr) -> Iterator[ast.expr]:
    """Either side of a condition."""
    match node:
        case ast.IfExp(body=one, orelse=other):
            yield from _choices(one)
            yield from _choices(other)
        case _:
            yield node


def _filled(node: ast.AST) -> Iterable[ast.expr]:
    """What an error is raised with, is to be raised with, or what is noted for one."""
    match node:
        case ast.Assign(targets=[ast.Name(id="rule" | "action")], value=words):
            return [words]
        case ast.Call() if ERRORS.match(_called(node)):
            return _error_words(node)
        case ast.Call(args=[words]) if _called(node) == "noted":
            return [words]
    return []


def _template(words: ast.JoinedStr) -> str:
    """An f-string as a message: places are called after what fills them; "" without words."""
    said, names = "", Counter[str]()
    for part in words.values:
        if isinstance(part, ast.Constant):
            said += str(part.value)
        else:
            name = _name(part)
            names[name] += 1
            said += f"{{{name}{names[name] if names[name] > 1 else ''}}}"
    return said if re.search(r"[a-z]{2}", PLACE.sub("", said)) else ""


def _of(module: ast.Module, *, tables: bool) -> Iterator[Key]:
    """Messages of a module: those of its calls, then those of the tables at its top."""
    taken: set[int] = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            name = _called(node)
            if name == "Message":
                yield from _message(node, taken)
            elif name in CALLS and node.args:
                yield from _texts(node.args[0], taken)
            elif name == "counting" and len(node.args) > 2:  # n, one, many
                yield from _message(ast.Call(node.func, node.args[1:3], []), taken)
            elif name in PROGRESS and len(node.args) > PROGRESS[name]:
                yield from _texts(node.args[PROGRESS[name]], taken)
            elif ERRORS.match(name):
                yield from _texts_of(_error_words(node), taken)
        else:
            for text in _texts_of(_filled(node), taken):
                if not NOT_WORDS.search(text):
                    yield text
    for statement in _statements(module) if tables else ():
        if _is_table(statement):
            for key in _constants(statement, taken):
                if WORDS.fullmatch(key) and not NOT_WORDS.search(key):
                    yield key
    for key in _elsewhere(module, taken) if tables else ():
        if SENTENCE.fullmatch(key) and not NOT_WORDS.search(key):
            yield key


def _elsewhere(node: ast.AST, taken: set[int]) -> Iterator[str]:
    """Texts of a module that are neither documentation, nor for the log, nor part of another."""
    match node:
        case ast.Constant(value=str(text)):
            if id(node) not in taken:
                yield text
        case ast.Expr(value=ast.Constant()) | ast.JoinedStr() | ast.Raise():
            return
        case ast.Call(func=ast.Attribute(value=ast.Name(id="log"))):
            return
        case _:
            for child in ast.iter_child_nodes(node):
                yield from _elsewhere(child, taken)


def _name(part: ast.expr) -> str:
    """What a place of an f-string is called."""
    match part:
        case ast.FormattedValue(value=ast.Attribute(attr=name)):
            return name.lower()
    return [one.id for one in ast.walk(part) if isinstance(one, ast.Name)][-1].lower()


def _statements(module: ast.Module) -> Iterator[ast.stmt]:
    """What stands at the top of a module, or in a class of it."""
    for statement in module.body:
        yield statement
        if isinstance(statement, ast.ClassDef):
            yield from statement.body


def _is_table(statement: ast.stmt) -> bool:
    """A constant with values, other than the names that a module gives out or of types."""
    match statement:
        case ast.Assign(targets=[ast.Name(id="__all__")]):
            return False
        case ast.Assign() | ast.AnnAssign(value=ast.expr()):
            return True
    return False


def _called(node: ast.Call) -> str:
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _message(node: ast.Call, taken: set[int]) -> Iterator[Key]:
    """``Message(one)`` or ``Message(one, many, count)``."""
    texts = [one for one in node.args if isinstance(one, ast.Constant)]
    taken.update(map(id, texts))
    match [one.value for one in texts]:
        case [str(one)]:
            yield one
        case [str(one), str(many), *_]:
            yield (one, many)


def _error_words(node: ast.Call) -> Iterator[ast.expr]:
    """Its rule and its advice; what was found comes from the data."""
    yield from (node.args[at] for at in (0, 2) if at < len(node.args))
    yield from (one.value for one in node.keywords if one.arg in ("rule", "action"))


def _texts_of(nodes: Iterable[ast.expr], taken: set[int]) -> Iterator[str]:
    for node in nodes:
        yield from _texts(node, taken)


def _texts(node: ast.expr, taken: set[int]) -> Iterator[str]:
    """The texts that an argument may be, where the code names them."""
    match node:
        case ast.Constant(value=str(text)):
            taken.add(id(node))
            if text:
                yield text
        case ast.IfExp(body=one, orelse=other):
            yield from _texts(one, taken)
            yield from _texts(other, taken)
        case ast.BoolOp(values=values):
            yield from _texts_of(values, taken)


def _constants(node: ast.AST, taken: set[int]) -> Iterator[str]:
    """The texts within a constant; the keys of a table and the parts of an f-string are none."""
    match node:
        case ast.AnnAssign(value=ast.expr() as value):  # not its type
            yield from _constants(value, taken)
        case ast.Constant(value=str(text)):
            if id(node) not in taken and text:
                yield text
        case ast.Dict(values=values):
            for value in values:
                yield from _constants(value, taken)
        case ast.JoinedStr() | ast.Subscript() | ast.Lambda():
            return
        case ast.Call(func=ast.Attribute(attr="compile" | "getLogger")):
            return
        case _:
            for child in ast.iter_child_nodes(node):
                yield from _constants(child, taken)


def file_of(language: str, folder: Path = LOCALE) -> Path:
    """Where the words of a language are."""
    return folder / language / "LC_MESSAGES" / "smartreco.po"


def read(language: str, folder: Path = LOCALE) -> Catalog:
    """A language's catalogue; an empty one where it has no file yet."""
    path = file_of(language, folder)
    if not path.is_file():
        return Catalog(locale=language, domain="smartreco", project="SmartReco", charset="utf-8")
    with path.open("rb") as po:
        return read_po(po, locale=language, domain="smartreco")


def write(catalog: Catalog, path: Path) -> None:
    """Keep a catalogue, sorted by message, so that a change shows as few lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    catalog.fuzzy = False
    catalog.header_comment = "# Words of SmartReco: python -m smartreco.messages keeps this file."
    said = BytesIO()
    write_po(said, catalog, width=100, sort_output=True, ignore_obsolete=True, include_lineno=False)
    kept = [line for line in said.getvalue().splitlines(True) if not line.startswith(UNKEPT)]
    path.write_bytes(b"".join(kept))


def untranslated(catalog: Catalog) -> list[str]:
    """Messages of a catalogue that have no words yet, or doubtful ones."""
    return [
        str(one.id) for one in catalog if one.id and (one.fuzzy or not all(_strings(one.string)))
    ]  # fmt: skip


def _strings(words: object) -> tuple[object, ...]:
    return tuple(words) if isinstance(words, list | tuple) else (words,)


def main(arguments: list[str] | None = None) -> None:
    """Bring all files up to date, and say what is still to be translated."""
    parser = argparse.ArgumentParser(prog="python -m smartreco.messages", description=__doc__)
    parser.add_argument("--new", metavar="LANGUAGE", help="begin a language, such as ta")
    asked = parser.parse_args(arguments)
    template = gather()
    write(template, TEMPLATE)
    print(f"{len(template)} messages in {TEMPLATE.relative_to(PROJECT)}")
    held = {path.parts[-3] for path in LOCALE.glob("*/LC_MESSAGES/smartreco.po")}
    for language in sorted(held | ({asked.new} if asked.new else set())):
        catalog = read(language)
        catalog.update(template, no_fuzzy_matching=True, update_header_comment=False)
        write(catalog, file_of(language))
        print(f"{language}: {len(untranslated(catalog))} of them without words")


if __name__ == "__main__":
    main()
