"""Settings whose name stands beside the value or in it: ``name: X`` and ``value: Y``, ``X=Y``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onex_tools.model import Span
from onex_tools.structure import kubernetes
from onex_tools.structure.kubernetes import InnerScanner
from onex_tools.structure.setting import MAX_DEPTH, Setting

Path = tuple[str | int, ...]
Group = dict[str | int, Setting]

_NAMES = ("name", "key", "variable", "parametername", "parameterkey", "option", "id")
"""The keys, in small letters, of what names the value beside it; the first ones go before."""
_VALUES = ("value", "val", "default", "defaultvalue", "parametervalue", "secretvalue", "string")
_WORDS = ("parameter name", "parameter key", "parameter value", "default value", "secret value")
SIBLINGS = frozenset(
    form
    for word in (*_NAMES, *_VALUES, *_WORDS)
    for joint in ("", "_")
    for camel in (word.replace(" ", joint), word.title().replace(" ", joint))
    for form in (camel, camel[0].lower() + camel[1:], camel.upper(), f"@{camel}")
)
"""The keys, as they are written, of names and of the values beside them."""
_ENVIRONMENTS = frozenset(
    form
    for word in ("env", "envs", "environ", "environment", "environments", "args", "build_args")
    for form in (word, word.capitalize(), word.upper(), word.replace("_a", "A"))
)
_ASSIGNMENT = re.compile(r"(?:export[ ]+)?([A-Za-z_][A-Za-z0-9_.-]{0,200})=", re.ASCII)
_NEAR = 300
"""Bytes between a name in an attribute and the text of its element."""
_LONGEST = 200


def with_siblings(
    settings: Sequence[Setting], data: bytes, inner_scanner: InnerScanner
) -> Sequence[Setting]:
    """``settings``, and behind each value the setting that it is by a name which stands beside it.

    Such a setting's path is that of the mapping or the list item, then the name: a value ``Y``
    beside a name ``X`` in one mapping, and ``X=Y`` in a list of environment variables. What
    Kubernetes objects hold is added too, decoded, and the settings of the files in it.
    """
    added = list(_beside(settings, data))
    objects = kubernetes.objects(settings)
    if objects:
        inner = list(kubernetes.contents(settings, objects, data, inner_scanner))
        added += inner
        added += _beside(inner, data)
    return _in_order(settings, added)


def with_named_texts(settings: Sequence[Setting]) -> Sequence[Setting]:
    """``settings`` of XML, and the texts of elements under the names that attributes give them."""
    added: list[Setting] = []
    name = None
    for one in settings:
        if one.path and one.path[-1] in SIBLINGS:
            name = one
        elif name is not None and one.path == name.path[:-1]:
            added += _text(name, one)
    return _in_order(settings, added)


def _in_order(settings: Sequence[Setting], added: Sequence[Setting]) -> Sequence[Setting]:
    if not added:
        return settings
    return sorted((*settings, *added), key=lambda one: one.span.start)


def _beside(settings: Sequence[Setting], data: bytes) -> Iterator[Setting]:
    """The settings that the mappings and the lists of variables among ``settings`` give."""
    groups: dict[tuple[int, Path], Group] = {}
    for setting in settings:
        path = setting.path
        if not path:
            continue
        last = path[-1]
        if last in SIBLINGS:
            group = groups.setdefault((setting.document, path[:-1]), {})
            if last in group:  # the next mapping of the same path
                yield from _pairs(group)
                group.clear()
            group[last] = setting
        elif type(last) is int and len(path) > 1 and path[-2] in _ENVIRONMENTS:
            yield from _assigned(setting, data)
    for group in groups.values():
        yield from _pairs(group)


def _pairs(group: Group) -> Iterator[Setting]:
    """The values of one mapping, under the name that it has."""
    if len(group) < 2:
        return
    parts = {str(key).lstrip("@").replace("_", "").lower(): one for key, one in group.items()}
    names = [parts[word] for word in _NAMES if word in parts and _is_name(parts[word])]
    if not names:
        return
    name = next((one for one in names if " " not in one.value), names[0])
    for word in _VALUES:
        if word in parts:
            yield _under(name, parts[word], name.path[:-1])


def _text(name: Setting, setting: Setting) -> Iterator[Setting]:
    """The text of an element whose attribute is its name."""
    is_near = 0 <= setting.span.start - name.span.end < _NEAR
    if is_near and str(name.path[-1]).lower() in _NAMES and _is_name(name):
        yield _under(name, setting, setting.path)


def _is_name(setting: Setting) -> bool:
    text = setting.value
    return setting.kind == "string" and 0 < len(text) <= _LONGEST and "\n" not in text


def _under(name: Setting, value: Setting, path: Path) -> Setting:
    path = (*path, name.value) if len(path) < MAX_DEPTH else path
    return value._replace(path=path, key_span=name.span)


def _assigned(setting: Setting, data: bytes) -> Iterator[Setting]:
    """The variable that an item ``NAME=value`` of a list sets."""
    found = _ASSIGNMENT.match(setting.value)
    if found is None or len(setting.path) >= MAX_DEPTH:
        return
    start, size = setting.span.start, found.end()
    text = setting.value[size:]
    if data[start : start + size] != found[0].encode():
        size = 0
    name = Span(start + found.start(1), start + found.end(1)) if size else setting.key_span
    path = (*setting.path, found[1])
    span = Span(start + size, setting.span.end)
    yield setting._replace(path=path, value=text, span=span, key_span=name)
