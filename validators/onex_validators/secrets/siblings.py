"""Settings whose name stands in a sibling, and the data of Kubernetes Secrets, decoded."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Sequence

from onex_tools.api import Setting
from onex_validators.secrets.words import listed

_NAMES = listed("name key id variable parametername parameterkey option")
_VALUES = listed("value val defaultvalue default parametervalue secretvalue string")
_AHEAD = 6
"""Settings after a value among which its name may stand."""
_NEAR = 300
"""Bytes between a name in an attribute and the text of its element."""

Path = tuple[str | int, ...]


def joined(settings: Sequence[Setting]) -> Iterator[Setting]:
    """The settings, each under the name that it has: ``{"name": "TOKEN", "value": "x"}``.

    What stands in the ``data`` of a Kubernetes Secret is decoded.
    """
    names: dict[Path, Setting] = {}
    kinds: dict[Path, str] = {}
    for at, setting in enumerate(settings):
        parent, last = setting.path[:-1], str(setting.path[-1]).lower() if setting.path else ""
        if last == "kind":
            kinds[parent] = setting.value
        if last in _NAMES and setting.kind == "string":
            names[parent] = setting
        if last in _VALUES:
            name = names.pop(parent, None) or _name_after(settings, at)
            yield setting if name is None else _renamed(setting, (*parent, name.value))
        elif setting.path in names and 0 <= _distance(names[setting.path], setting) < _NEAR:
            yield _renamed(setting, (*setting.path, names.pop(setting.path).value))
        elif len(setting.path) > 1 and setting.path[-2] == "data":
            yield _decoded(setting) if kinds.get(setting.path[:-2]) == "Secret" else setting
        else:
            yield setting


def _name_after(settings: Sequence[Setting], at: int) -> Setting | None:
    parent = settings[at].path[:-1]
    for other in settings[at + 1 : at + 1 + _AHEAD]:
        if other.path[:-1] != parent:
            return None
        if str(other.path[-1]).lower() in _NAMES and other.kind == "string":
            return other
    return None


def _distance(before: Setting, after: Setting) -> int:
    return after.span.start - before.span.end


def _renamed(setting: Setting, path: Path) -> Setting:
    return setting._replace(path=path)


def _decoded(setting: Setting) -> Setting:
    """``setting`` with its value from base64, if that is a text."""
    try:
        text = base64.b64decode("".join(setting.value.split()), validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        return setting
    return setting._replace(value=text, decoded_from="base64") if text else setting
