"""The JSON Schema of a configuration, for editors and for ``check-jsonschema``."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from onex_tools.config.keys import ENTRY_KEYS, KEYS, Key, kebab, key_of

if TYPE_CHECKING:
    from onex_tools.result import SectionSpec

VERSION = 1
"""Part of the schema's name; rises when a configuration that was right no longer is."""
ID = f"https://onex.invalid/schemas/onex-config/{VERSION}"
_TYPES = {
    "bool": "boolean",
    "int": "integer",
    "float": "number",
    "str": "string",
    "date": "string",
    "list": "array",
    "table": "object",
    "entries": "array",
}


def render(sections: Mapping[str, SectionSpec]) -> str:
    """The text of the schema, with a line break at its end."""
    return json.dumps(make_schema(sections), indent=2, ensure_ascii=False) + "\n"


def make_schema(sections: Mapping[str, SectionSpec]) -> dict[str, Any]:
    """The schema of ``onex.toml``, which is also that of ``[tool.onex]`` in pyproject.toml.

    Keys are shown in kebab-case; the other spelling is accepted too, by pattern.
    """
    properties = {key.name: _value(key) for key in KEYS}
    for name in sorted(sections):
        properties[kebab(name)] = _section(sections[name])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": ID,
        "title": "onex configuration",
        "description": "onex.toml, or [tool.onex] in pyproject.toml",
        **_table(properties, "#/properties"),
    }


def _table(properties: Mapping[str, Any], place: str) -> dict[str, Any]:
    """A table with exactly these keys, in either spelling."""
    snake = {
        f"^{name.replace('-', '_')}$": {"$ref": f"{place}/{name}"}
        for name in properties
        if "-" in name
    }
    table = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**table, "patternProperties": snake} if snake else table


def _section(spec: SectionSpec) -> dict[str, Any]:
    fields = {kebab(field.name): _value(key_of(field)) for field in spec.fields}
    made = _table(fields, f"#/properties/{kebab(spec.section)}/properties")
    return {"description": spec.doc, **made} if spec.doc else made


def _value(key: Key) -> dict[str, Any]:
    made: dict[str, Any] = {"description": key.doc, "type": _TYPES[key.type]}
    if key.type == "list":
        made |= _list(key)
    elif key.type == "table":
        made["additionalProperties"] = _string(key.choices)
        if key.pattern:
            made["propertyNames"] = {"pattern": key.pattern}
    elif key.type == "entries":
        made["items"] = _entry()
    elif key.type == "date":
        made |= {"format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
    elif key.type == "str":
        made |= _string(key.choices, key.pattern)
    else:
        made |= _limits(key)
    made["default"] = _default(key)
    if key.loose:
        one = _string(key.choices, key.pattern)
        del made["default"]
        return {"description": key.doc, "anyOf": [one, {**made}]}
    if key.default == () and key.minimum:
        del made["default"]
    return made


def _default(key: Key) -> Any:
    return list(key.default) if isinstance(key.default, tuple) else key.default


def _string(choices: Sequence[str] = (), pattern: str = "") -> dict[str, Any]:
    made: dict[str, Any] = {"type": "string"}
    if choices:
        made["enum"] = list(choices)
    if pattern:
        made["pattern"] = pattern
    return made


def _list(key: Key) -> dict[str, Any]:
    made: dict[str, Any] = {"items": _string(key.choices, key.pattern)}
    if key.minimum is not None:
        made["minItems"] = int(key.minimum)
    return made


def _limits(key: Key) -> dict[str, Any]:
    limits = {"minimum": key.minimum, "maximum": key.maximum}
    return {name: limit for name, limit in limits.items() if limit is not None}


def _entry() -> dict[str, Any]:
    properties = {key.name: _value(key) for key in ENTRY_KEYS}
    for value in properties.values():
        value.pop("default", None)
    required = [key.name for key in ENTRY_KEYS if key.name != "until"]
    return {**_table(properties, ""), "required": required}
