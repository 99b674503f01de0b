"""The tables of keys and settings in the documentation, written from what the code knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from onex_tools.config.keys import ENTRY_KEYS, KEYS, Key, allowed, kebab, key_of

if TYPE_CHECKING:
    from onex_tools.result import SectionSpec

END = "<!-- end of the generated part -->"


def render(page: str, sections: Mapping[str, SectionSpec]) -> str:
    """``page`` with its generated parts written again.

    Each part stands between ``<!-- generated: keys -->`` (or ``entries``, ``sections``) and
    ``<!-- end of the generated part -->``.

    Raises:
        ValueError: a part is missing.
    """
    parts = {
        "keys": _keys(KEYS),
        "entries": _keys(ENTRY_KEYS),
        "sections": _sections(sections),
    }
    return with_parts(page, parts)


def with_parts(page: str, parts: Mapping[str, Iterable[str]]) -> str:
    """``page`` with the lines of each part between ``<!-- generated: NAME -->`` and its end.

    Raises:
        ValueError: a part is missing.
    """
    for name, lines in parts.items():
        begin = f"<!-- generated: {name} -->"
        before, found, rest = page.partition(begin)
        _, closed, after = rest.partition(END)
        if not found or not closed:
            raise ValueError(f"the page has no part {begin} ... {END}")
        page = f"{before}{begin}\n" + "\n".join(lines) + f"\n{END}{after}"
    return page


def _keys(keys: tuple[Key, ...]) -> Iterator[str]:
    yield "| key | allowed | default | meaning |"
    yield "|---|---|---|---|"
    for key in keys:
        place = " Only in the root." if key.root_only else ""
        yield _row(key.name, allowed(key), _default(key), key.doc + place)


def _sections(sections: Mapping[str, SectionSpec]) -> Iterator[str]:
    for name in sorted(sections):
        spec = sections[name]
        yield ""
        yield f"### `[{kebab(name)}]`"
        yield ""
        if spec.doc:
            yield spec.doc
            yield ""
        yield "| setting | allowed | default | meaning |"
        yield "|---|---|---|---|"
        for field in spec.fields:
            key = key_of(field)
            yield _row(kebab(field.name), allowed(key), _default(key), field.doc)
    yield ""


def _row(name: str, may_be: str, default: str, doc: str) -> str:
    cells = (f"`{name}`", may_be, default, doc)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _default(key: Key) -> str:
    if key.default in ("", (), [], {}):
        return ""
    return f"`{as_toml(key.default)}`"


def as_toml(value: object) -> str:
    """``value`` as TOML writes it."""
    import json

    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        inner = ", ".join(f"{_bare(str(name))} = {as_toml(item)}" for name, item in value.items())
        return "{ " + inner + " }" if inner else "{}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(as_toml, value)) + "]"
    if isinstance(value, str):
        # JSON's escapes are TOML's too; what a terminal would obey is escaped as well.
        text = json.dumps(value, ensure_ascii=False)
        return "".join(char if char.isprintable() else f"\\U{ord(char):08x}" for char in text)
    return str(value)


def _bare(name: str) -> str:
    plain = name.replace("-", "").replace("_", "")
    return name if plain.isalnum() and plain.isascii() else as_toml(name)
