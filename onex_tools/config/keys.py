"""The keys of a configuration: type, default, limits and meaning of each, and their check."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from onex_tools.config.problem import quoted

if TYPE_CHECKING:
    from onex_tools.result import FieldSpec

LEVELS = ("info", "warning", "error")
DEFAULT_PLUGIN = "onex_validators"
SELECTOR = "^[A-Za-z][A-Za-z0-9_.:-]{0,79}$"
_NO_PARENT = r"(?!.*(?:^|/)\.\.(?:/|$))"
_GLOB = rf"^(?!!)(?!/*$){_NO_PARENT}[^\\\n]{{1,500}}$"
_PATH = rf"^(?!/){_NO_PARENT}[^\\\n]{{1,500}}$"
_EXTENDS = r"^(?:pkg:[A-Za-z_][A-Za-z0-9_]*/)?[^/\\\n:][^\\\n:]{0,500}\.toml$"
_TAIL = r"(?:(?:a|b|rc)[0-9]{1,9})?(?:\.post[0-9]{1,9})?(?:\.dev[0-9]{1,9})?"
_NUMBERS = r"[0-9]{1,9}(?:\.[0-9]{1,9})"
_CLAUSE = rf"(?:(?:==|>=|<=|<|>) *{_NUMBERS}*{_TAIL}|~= *{_NUMBERS}+{_TAIL}) *"
_REQUIRED = rf"^ *{_CLAUSE}(?:, *{_CLAUSE})*$"
_LARGEST = 2**63 - 1


class Key(NamedTuple):
    """One key: ``type`` is bool, int, float, str, date, list, table (of strings) or entries.

    ``pattern`` is a regular expression that Python and JSON Schema read alike: for a string, the
    items of a list, or the keys of a table. ``minimum`` and ``maximum`` bound a number, or the
    number of items. ``loose``: a lone string stands for a list of one.
    """

    name: str
    type: str
    default: Any
    doc: str
    choices: tuple[str, ...] = ()
    pattern: str = ""
    allowed: str = ""
    minimum: float | None = None
    maximum: float | None = None
    root_only: bool = False
    loose: bool = False


_SELECTORS = "a list of selectors: `ALL`, a family, a code or the start of one, a name, an alias"
_GLOBS = "globs with `*`, `?`, `**`, a `/` at the end for folders; no `!`, `\\` or `..`"

KEYS = (
    Key("root", "bool", False, "This folder is a root of its own.", root_only=True),
    Key(
        "required-version",
        "str",
        "",
        "The versions of onex that may read this configuration.",
        pattern=rf"{_REQUIRED}|^$",
        allowed="versions like `>=0.1, <2` with `==`, `>=`, `<=`, `<`, `>`, `~=`",
        root_only=True,
    ),
    Key(
        "extends",
        "list",
        (),
        "Files to inherit from, the last one strongest: paths relative to this file, inside the "
        "root, or `pkg:NAME/FILE` in an installed package.",
        pattern=_EXTENDS,
        allowed="relative paths of TOML files, or `pkg:NAME/FILE.toml`",
    ),
    Key(
        "plugins",
        "list",
        (),
        "Entry points of installed plugins whose rules run beside the built-in ones.",
        pattern="^[A-Za-z_][A-Za-z0-9_.-]{0,99}$",
        allowed="a list of entry point names",
        root_only=True,
    ),
    Key(
        "local-rules",
        "list",
        (),
        "Rule files that this repository ships; each runs only once its user trusts it.",
        pattern=_GLOB,
        allowed=_GLOBS,
        root_only=True,
    ),
    Key(
        "select",
        "list",
        (),
        "Only these rules run. Left out: every rule that is not a preview and has reason to run.",
        pattern=SELECTOR,
        allowed=_SELECTORS + "; at least one",
        minimum=1,
    ),
    Key(
        "extend-select",
        "list",
        (),
        "Rules that run besides those of `select`, or besides the usual ones.",
        pattern=SELECTOR,
        allowed=_SELECTORS,
    ),
    Key(
        "ignore",
        "list",
        (),
        "Rules whose findings do not count; where `select` names a rule more closely, it wins.",
        pattern=SELECTOR,
        allowed=_SELECTORS,
    ),
    Key("preview", "bool", False, "Rules that are still being tried run too."),
    Key(
        "severity",
        "table",
        {},
        "The level of a rule's findings; the closest selector wins.",
        choices=LEVELS,
        pattern=SELECTOR,
    ),
    Key(
        "fail-on",
        "str",
        "warning",
        "The least level that makes the exit code 1.",
        choices=LEVELS,
        root_only=True,
    ),
    Key(
        "exclude",
        "list",
        (),
        "Files that are never checked, not even if named; relative to this folder.",
        pattern=_GLOB,
        allowed=_GLOBS,
    ),
    Key(
        "locked",
        "list",
        (),
        "Rules that nothing below may ignore or lower: no nested configuration, per-file ignore, "
        "comment or baseline.",
        pattern=SELECTOR,
        allowed=_SELECTORS,
        root_only=True,
    ),
    Key(
        "per-file-ignores",
        "entries",
        (),
        "Rules whose findings do not count in some files, each with the reason.",
        allowed="tables with `path`, `codes`, `reason` and maybe `until`",
    ),
    Key(
        "baseline",
        "str",
        "",
        "The file with the findings that were there before; relative to the root.",
        pattern=rf"{_PATH}|^$",
        allowed="a relative path inside the root",
        root_only=True,
    ),
    Key(
        "timeout",
        "float",
        10.0,
        "Seconds that one check may take for one file.",
        minimum=0.001,
        maximum=3600,
        root_only=True,
    ),
    Key(
        "max-parse-bytes",
        "int",
        1 << 20,
        "Larger files are not parsed.",
        minimum=1,
        maximum=1 << 30,
        root_only=True,
    ),
    Key(
        "max-scan-bytes",
        "int",
        5 << 20,
        "Larger files are not read at all.",
        minimum=1,
        maximum=1 << 30,
        root_only=True,
    ),
    Key(
        "jobs",
        "int",
        0,
        "Processes that check files; 0: as many as there are processors.",
        minimum=0,
        maximum=256,
        root_only=True,
    ),
)

ENTRY_KEYS = (
    Key(
        "path",
        "list",
        (),
        "The files: a glob or a list of globs, relative to this folder.",
        pattern=_GLOB,
        allowed=_GLOBS,
        minimum=1,
        loose=True,
    ),
    Key(
        "codes",
        "list",
        (),
        "The rules.",
        pattern=SELECTOR,
        allowed=_SELECTORS + "; at least one",
        minimum=1,
    ),
    Key("reason", "str", "", "Why.", pattern=r"[^\s]", allowed="a reason in words"),
    Key("until", "date", "", "The last day on which it holds."),
)
"""The keys of one table of ``per-file-ignores``; all but the last are required."""

BY_NAME: Mapping[str, Key] = {key.name: key for key in KEYS}

_ALLOWED = {
    "bool": "`true` or `false`",
    "int": "a whole number",
    "float": "a number",
    "str": "a string",
    "date": "a date like 2027-01-31",
    "list": "a list of strings",
    "table": "a table of strings",
    "entries": "a list of tables",
}


def kebab(name: str) -> str:
    """``name`` as it is shown; both spellings are accepted."""
    return name.replace("_", "-")


def key_of(field: FieldSpec) -> Key:
    """The setting ``field`` of a section as a key."""
    name, type_, default, doc, choices, minimum, maximum = field[:7]
    if type_ == "str" and choices and default not in choices:
        choices = (*choices, default)  # so that a folder can take back what one above it says
    return Key(name, type_, default, doc, choices, minimum=minimum, maximum=maximum)


def allowed(key: Key) -> str:
    """In words, what ``key`` may be."""
    if key.allowed:
        return key.allowed
    text = _ALLOWED[key.type]
    if key.choices:
        words = ", ".join(f"`{choice}`" if choice else '`""`' for choice in key.choices)
        return words if key.type == "str" else f"{text} from {words}"
    if key.minimum is not None and key.maximum is not None:
        return f"{text} from {key.minimum:g} to {key.maximum:.12g}"
    if key.type in ("int", "float") and key.minimum is not None:
        return f"{text} from {key.minimum:g}"
    return f"{text} up to {key.maximum:.12g}" if key.maximum is not None else text


class Mismatch(ValueError):
    """A value is not what its key allows; the message says what was found."""


def check(key: Key, value: object) -> Any:
    """``value`` in the form the program uses: lists become tuples, dates ISO text.

    Raises:
        Mismatch: ``key`` does not allow it.
    """
    return _READERS[key.type](key, value)


def _found(value: object) -> str:
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, str):
        return f"the string {quoted(value)}"
    if isinstance(value, (int, float)):
        return f"the number {value}" if abs(value) <= _LARGEST else "a number out of range"
    if isinstance(value, list):
        return "a list"
    return "a table" if isinstance(value, dict) else "a date or time"


def _bool(_: Key, value: object) -> bool:
    if not isinstance(value, bool):
        raise Mismatch(_found(value))
    return value


def _number(key: Key, value: object) -> int | float:
    kinds = (int, float) if key.type == "float" else int
    low = -_LARGEST if key.minimum is None else key.minimum
    high = _LARGEST if key.maximum is None else key.maximum
    # A comparison with NaN is false, so NaN is refused too.
    if isinstance(value, bool) or not isinstance(value, kinds) or not low <= value <= high:
        raise Mismatch(_found(value))
    return float(value) if key.type == "float" else value


def _str(key: Key, value: object) -> str:
    if not isinstance(value, str):
        raise Mismatch(_found(value))
    if not _fits(key.pattern, value) or (key.choices and value not in key.choices):
        raise Mismatch(_found(value))
    return value


def _fits(pattern: str, text: str) -> bool:
    # Python's $ also matches before a last line break, JSON Schema's does not.
    if "\0" in text or (pattern.endswith("$") and text.endswith("\n")):
        return False
    return not pattern or re.search(pattern, text) is not None


def _date(_: Key, value: object) -> str:
    from datetime import date, datetime

    if isinstance(value, str) and re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z", value):
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError:
            raise Mismatch(_found(value)) from None
    if not isinstance(value, date) or isinstance(value, datetime):
        raise Mismatch(_found(value))
    return value.isoformat()


def _list(key: Key, value: object) -> tuple[str, ...]:
    items = [value] if key.loose and isinstance(value, str) else value
    if not isinstance(items, (list, tuple)):
        raise Mismatch(_found(value))
    if len(items) < (key.minimum or 0):
        raise Mismatch("an empty list")
    return tuple(_str(key, item) for item in items)


def _table(key: Key, value: object) -> dict[str, str]:
    if not isinstance(value, dict):
        raise Mismatch(_found(value))
    for name in value:
        if not _fits(key.pattern, name):
            raise Mismatch(f"the key {quoted(name)}")
    plain = key._replace(pattern="")
    return {name: _str(plain, item) for name, item in value.items()}


def _entries(_: Key, value: object) -> list[dict[str, object]]:
    """Only the shape: each entry is checked by itself, so that each has its own line."""
    if not isinstance(value, list):
        raise Mismatch(_found(value))
    for item in value:
        if not isinstance(item, dict):
            raise Mismatch(f"a list with {_found(item)} in it")
    return value


_READERS: Mapping[str, Callable[[Key, object], Any]] = {
    "bool": _bool,
    "int": _number,
    "float": _number,
    "str": _str,
    "date": _date,
    "list": _list,
    "table": _table,
    "entries": _entries,
}
