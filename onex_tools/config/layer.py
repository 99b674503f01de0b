"""What one place says: a file's keys or the command line's options, checked one by one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from onex_tools.config import keys
from onex_tools.config.document import Document
from onex_tools.config.keys import Key, Mismatch, kebab, key_of
from onex_tools.config.problem import COMMAND_LINE, MOST, Problem, nearest, quoted
from onex_tools.globs import compile_glob

if TYPE_CHECKING:
    from onex_tools.result import SectionSpec

_SPECIAL = r"[*?\[]"


class Overrides(NamedTuple):
    """What the command line says; it is the nearest layer of every folder.

    ``ignore`` adds to what the files say, everything else replaces it. ``isolated``: no
    configuration file is read at all.
    """

    isolated: bool = False
    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, str] | None = None
    fail_on: str | None = None
    preview: bool | None = None
    baseline: str | None = None
    jobs: int | None = None


class PathIgnore:
    """One entry of ``per-file-ignores``.

    Attributes:
        paths: globs relative to the root.
        codes: selectors.
        until: ISO date of the last day, or "".
    """

    __slots__ = ("_index", "_layer", "codes", "paths", "reason", "until")

    def __init__(self, layer: Layer, index: int, entry: Mapping[str, Any]) -> None:
        self._layer, self._index = layer, index
        self.paths: tuple[str, ...] = entry["path"]
        self.codes: tuple[str, ...] = entry["codes"]
        self.reason: str = entry["reason"]
        self.until: str = entry.get("until", "")

    @property
    def origin(self) -> str:
        """Where it is written: ``path:line``."""
        return self._layer.origin("per-file-ignores", self._index)

    def matches(self, path: str) -> bool:
        """Whether it is for the file at ``path``, or for a folder above it."""
        from onex_tools.globs import excludes

        return excludes(self.paths, path)

    def shown(self) -> dict[str, Any]:
        """Its values as a configuration would have them."""
        entry = {"path": self.paths, "codes": self.codes, "reason": self.reason}
        return {**entry, "until": self.until} if self.until else entry


class Layer:
    """The checked values of one place.

    Attributes:
        path: the file as messages show it, or ``command line``.
        folder: the folder it is for, relative to the root; "" is the root.
        values: by key; globs are relative to the root.
        sections: the values that are set, by section and field.
    """

    __slots__ = ("_document", "_written", "folder", "path", "sections", "values")

    def __init__(self, document: Document | None, folder: str) -> None:
        self._document, self.folder = document, folder
        self.path = document.path if document else COMMAND_LINE
        self.values: dict[str, Any] = {}
        self.sections: dict[str, dict[str, Any]] = {}
        self._written: dict[tuple[str | int, ...], str] = {}

    def line(self, *names: str | int) -> int:
        """The line on which the value stands, or 0."""
        if self._document is None:
            return 0
        steps = [self._written.get(names[: at + 1], name) for at, name in enumerate(names)]
        return self._document.line(*steps)

    def origin(self, *names: str | int) -> str:
        """The place of the value: ``path:line``, ``path`` or ``command line``."""
        line = self.line(*names)
        return f"{self.path}:{line}" if line else self.path

    def problem(self, message: str, *names: str | int, help: str = "") -> Problem:
        """A problem with the value at ``names``."""
        return Problem(message, self.path, self.line(*names), help)


def read_layer(
    document: Document,
    folder: str,
    sections: Mapping[str, SectionSpec],
    problems: list[Problem],
    *,
    lenient: bool = False,
) -> Layer:
    """The layer that ``document`` makes in ``folder``; what is wrong goes to ``problems``."""
    layer = Layer(document, folder)
    for raw, value in document.table.items():
        name = _spelled(layer, raw, (), problems)
        key = keys.BY_NAME.get(name)
        if key is not None:
            _take(layer, key, value, problems)
        elif name in sections:
            _read_section(layer, sections[name], value, problems)
        elif not (lenient and isinstance(value, dict)):
            known = [*keys.BY_NAME, *sections]
            message = f"there is no key `{_clipped(raw)}`"
            problems.append(layer.problem(message, name, help=_near(name, known, problems)))
    return layer


def _spelled(layer: Layer, raw: str, above: tuple[str, ...], problems: list[Problem]) -> str:
    """The kebab spelling of ``raw``; both at once are a problem."""
    name = kebab(raw)
    earlier = layer._written.get((*above, name))
    layer._written[(*above, name)] = raw
    if earlier is not None:
        message = f"`{name}` is given twice, as `{earlier}` and as `{raw}`"
        problems.append(layer.problem(message, *above, name))
    return name


def _clipped(name: str) -> str:
    return quoted(name)[1:-1]


def _near(word: str, known: Iterable[str], problems: list[Problem]) -> str:
    """Help for ``word``, as long as anybody will read it."""
    return nearest(word, known) if len(problems) < MOST else ""


def _take(layer: Layer, key: Key, value: object, problems: list[Problem]) -> None:
    try:
        checked = keys.check(key, value)
    except Mismatch as found:
        problems.append(layer.problem(_mismatch(key.name, found, key), key.name))
        return
    if key.name == "exclude":
        checked = _globs(layer, checked, ("exclude",), problems)
    elif key.name == "per-file-ignores":
        checked = tuple(_entries(layer, checked, problems))
    layer.values[key.name] = checked


def _mismatch(name: str, found: Mismatch, key: Key) -> str:
    return f"`{name}` is {found}; allowed: {keys.allowed(key)}"


def _entries(
    layer: Layer, entries: list[dict[str, Any]], problems: list[Problem]
) -> Iterator[PathIgnore]:
    known = {key.name: key for key in keys.ENTRY_KEYS}
    for index, entry in enumerate(entries):
        at = ("per-file-ignores", index)
        faults = len(problems)
        checked = {}
        for name, value in entry.items():
            if name not in known:
                message = f"`per-file-ignores` has no key `{_clipped(name)}`"
                help_ = _near(name, known, problems)
                problems.append(layer.problem(message, *at, name, help=help_))
                continue
            try:
                checked[name] = keys.check(known[name], value)
            except Mismatch as found:
                said = _mismatch(f"per-file-ignores.{name}", found, known[name])
                problems.append(layer.problem(said, *at, name))
        for name in ("path", "codes", "reason"):
            if name not in entry:
                message = f"`per-file-ignores` needs `{name}` in every entry"
                problems.append(layer.problem(message, *at))
        if "path" in checked:
            checked["path"] = _globs(layer, checked["path"], (*at, "path"), problems)
        if len(problems) == faults:
            yield PathIgnore(layer, index, checked)


def _globs(
    layer: Layer, globs: tuple[str, ...], at: tuple[str | int, ...], problems: list[Problem]
) -> tuple[str, ...]:
    for glob in globs:
        try:
            compile_glob(glob)
        except (re.error, ValueError, OverflowError, RecursionError) as error:
            problems.append(layer.problem(f"the glob {quoted(glob)} is not valid: {error}", *at))
            return ()
    return tuple(_rebased(glob, layer.folder) for glob in globs)


def _rebased(glob: str, folder: str) -> str:
    """``glob``, written in ``folder``, as one that is relative to the root."""
    if not folder:
        return glob
    above = re.sub(_SPECIAL, r"[\g<0>]", folder)
    glob = glob.removeprefix("./")
    anchored = "/" in glob.rstrip("/")
    return f"{above}/{glob.lstrip('/')}" if anchored else f"{above}/**/{glob}"


def _read_section(layer: Layer, spec: SectionSpec, value: object, problems: list[Problem]) -> None:
    section = kebab(spec.section)
    if not isinstance(value, dict):
        problems.append(layer.problem(f"`{section}` must be a table: [{section}]", section))
        return
    known = {kebab(field.name): field for field in spec.fields}
    taken = layer.sections.setdefault(spec.section, {})
    for written, item in value.items():
        name = _spelled(layer, written, (section,), problems)
        field = known.get(name)
        if field is None:
            message = f"`{section}` has no setting `{_clipped(written)}`"
            help_ = _near(name, known, problems)
            problems.append(layer.problem(message, section, name, help=help_))
            continue
        key = key_of(field)
        try:
            taken[field.name] = keys.check(key, item)
        except Mismatch as found:
            said = _mismatch(f"{section}.{name}", found, key)
            problems.append(layer.problem(said, section, name))


def override_layer(overrides: Overrides, problems: list[Problem]) -> Layer:
    """The layer that the command line makes, checked like any other."""
    layer = Layer(None, "")
    for name, value in overrides._asdict().items():
        if name == "isolated" or value in (None, ()):
            continue
        key = keys.BY_NAME[kebab(name)]
        # The command line's baseline may be anywhere: whoever types it can read it anyway.
        _take(layer, key._replace(pattern="") if name == "baseline" else key, value, problems)
    return layer
