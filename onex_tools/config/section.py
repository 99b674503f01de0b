"""A settings class as plain data, and an instance of it from a configuration's values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from onex_tools.config.keys import Mismatch, allowed, check, kebab, key_of
from onex_tools.config.problem import ConfigError, Problem, nearest

if TYPE_CHECKING:
    from dataclasses import Field

    from onex_tools.result import FieldSpec, SectionSpec

T = TypeVar("T")
_TYPES = {
    "bool": "bool",
    "int": "int",
    "float": "float",
    "str": "str",
    "tuple[str,...]": "list",
    "dict[str,str]": "table",
}


def describe(settings_class: type[Any]) -> SectionSpec:
    """What ``settings_class`` (made by ``@settings``) allows, without any of its code.

    Raises:
        TypeError: it is not such a class, or a field has no documentation or another type.
    """
    import dataclasses

    from onex_tools.result import SectionSpec

    section = getattr(settings_class, "section", None)
    where = f"{settings_class.__module__}:{settings_class.__qualname__}"
    if not section or not dataclasses.is_dataclass(settings_class):
        raise TypeError(f"`{where}` is not made by @settings(...)")
    fields = tuple(_describe_field(where, field) for field in dataclasses.fields(settings_class))
    doc = (settings_class.__doc__ or "").strip().partition("\n")[0]
    return SectionSpec(section, fields, doc, where)


def _describe_field(where: str, field: Field[Any]) -> FieldSpec:
    from dataclasses import MISSING

    from onex_tools.result import FieldSpec

    kind = _TYPES.get(_annotation(field.type).replace(" ", ""))
    if kind is None:
        raise TypeError(f"`{where}`: `{field.name}` must be one of {', '.join(_TYPES)}")
    doc = field.metadata.get("doc", "")
    if not doc:
        raise TypeError(f"`{where}`: `{field.name}` has no documentation: use setting(...)")
    default = field.default
    if field.default_factory is not MISSING:
        default = field.default_factory()
    choices = tuple(field.metadata.get("choices", ()))
    least, most = (field.metadata.get(name) for name in ("minimum", "maximum"))
    rules, switches = (tuple(field.metadata.get(name, ())) for name in ("rules", "switches"))
    spec = FieldSpec(field.name, kind, default, doc, choices, least, most, rules, switches)
    if kind not in ("int", "float") and (least, most) != (None, None):
        raise TypeError(f"`{where}`: `{field.name}` has limits, and is no number")
    try:
        # A default may be a word that nobody can write, such as "" for "not given".
        check(key_of(spec)._replace(choices=()), default)
    except Mismatch as found:
        raise TypeError(f"`{where}`: the default of `{field.name}` is {found}") from None
    return spec


def _annotation(annotation: Any) -> str:
    if isinstance(annotation, str):
        return annotation
    return annotation.__name__ if isinstance(annotation, type) else str(annotation)


def build(settings_class: type[T], values: Mapping[str, Any]) -> T:
    """An instance of ``settings_class``; what ``values`` leave out keeps its default.

    Raises:
        ConfigError: a value has no field, or is not allowed there.
    """
    spec = describe(settings_class)
    known = {field.name: field for field in spec.fields}
    problems: list[Problem] = []
    checked: dict[str, Any] = {}
    for given, value in values.items():
        name = given.replace("-", "_")
        if name not in known:
            message = f"`{spec.section}` has no setting `{given}`"
            problems.append(Problem(message, help=nearest(name, known)))
            continue
        key = key_of(known[name])
        if value == key.default:
            checked[name] = value
            continue
        try:
            checked[name] = check(key, value)
        except Mismatch as found:
            shown = f"{spec.section}.{kebab(name)}"
            problems.append(Problem(f"`{shown}` is {found}; allowed: {allowed(key)}"))
    if problems:
        raise ConfigError(problems)
    return settings_class(**checked)
