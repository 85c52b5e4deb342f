"""The description as one page that loads nothing: no script, nothing from another host."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from html import escape
from typing import Any, Final

from smartreco.api.problems import TITLES

STYLE: Final = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; }
h3 code { font-size: 1rem; overflow-wrap: anywhere; }
pre { overflow-x: auto; padding: .75rem; border: 1px solid #8886; border-radius: .5rem; }
th, td { text-align: left; vertical-align: top; padding: .25rem 1rem .25rem 0; }
section { border-top: 1px solid #8886; }
"""


def page_of(schema: dict[str, Any]) -> bytes:
    """The page of an OpenAPI description."""
    return _made(json.dumps(schema))


@lru_cache(maxsize=2)
def _made(text: str) -> bytes:
    schema = json.loads(text)
    return "\n".join(_page(schema)).encode()


def _page(schema: Mapping[str, Any]) -> Iterator[str]:
    info, base = schema["info"], schema["servers"][0]["url"]
    yield f"<!doctype html><html lang=en><meta charset=utf-8><title>{escape(info['title'])}</title>"
    yield '<meta name=viewport content="width=device-width, initial-scale=1">'
    yield f"<style>{STYLE}</style><main><h1>{escape(info['title'])} {escape(info['version'])}</h1>"
    yield f"<p>{escape(info['description'])}</p>"
    yield f'<p>For programs: <a href="{base}/openapi.json">openapi.json</a></p>'
    for tag in schema.get("tags", []):
        found = list(_operations(schema, tag["name"]))
        if found:
            yield f"<h2>{escape(tag['name'].capitalize())}</h2><p>{escape(tag['description'])}</p>"
            for method, path, operation in found:
                yield from _operation(schema, method, base + path, operation)
    yield "<h2>Problems</h2><table>"
    for status, title in TITLES.items():
        yield f"<tr id={status}><th>{status}<td>{escape(title)}"
    yield "</table></main></html>"


def _operations(
    schema: Mapping[str, Any], tag: str
) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            if tag in operation.get("tags", []):
                yield method.upper(), path, operation


def _operation(
    schema: Mapping[str, Any], method: str, path: str, operation: Mapping[str, Any]
) -> Iterator[str]:
    yield f"<section><h3><code>{method} {escape(path)}</code></h3>"
    yield f"<p><strong>{escape(operation.get('summary', ''))}</strong>"
    yield f"{escape(operation.get('description', ''))}</p>"
    if operation.get("parameters"):
        yield "<table>"
        for one in operation["parameters"]:
            needed = ", needed" if one.get("required") else ""
            yield f"<tr><th><code>{escape(one['name'])}</code><td>{escape(one['in'])}{needed}"
            yield f"<td>{escape(one.get('description', ''))}"
        yield "</table>"
    for content in operation.get("requestBody", {}).get("content", {}).values():
        shown = _resolved(schema, content["schema"], 4)
        yield f"<p>Asks</p><pre>{escape(json.dumps(shown, indent=1, ensure_ascii=False))}</pre>"
    for status in ("200", "201", "202"):
        for content in operation["responses"].get(status, {}).get("content", {}).values():
            shown = _resolved(schema, content.get("schema", {}), 6)
            text = json.dumps(shown, indent=1, ensure_ascii=False)
            yield f"<details><summary>Answers {status}</summary><pre>{escape(text)}</pre></details>"
    yield "</section>"


def _resolved(schema: Mapping[str, Any], part: Mapping[str, Any], depth: int) -> Any:
    """An example of a part of the description."""
    if "$ref" in part:
        name = part["$ref"].rpartition("/")[2]
        return _resolved(schema, schema["components"]["schemas"][name], depth)
    if part.get("examples"):
        return part["examples"][0]
    for choice in ("anyOf", "oneOf", "allOf"):
        if part.get(choice):
            return _resolved(schema, part[choice][0], depth)
    if part.get("enum"):
        return part["enum"][0]
    if depth == 0:
        return "…"
    if part.get("type") == "object":
        fields = part.get("properties", {})
        return {name: _resolved(schema, one, depth - 1) for name, one in fields.items()}
    if part.get("type") == "array":
        return [_resolved(schema, part.get("items", {}), depth - 1)]
    return part.get("default", part.get("format", part.get("type", "any")))
