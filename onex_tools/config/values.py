"""The values that hold in one folder, and where each of them came from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from onex_tools.config.document import NAMES
from onex_tools.config.keys import DEFAULT_PLUGIN, KEYS, kebab
from onex_tools.config.layer import Layer, PathIgnore
from onex_tools.config.problem import COMMAND_LINE
from onex_tools.globs import compile_glob

if TYPE_CHECKING:
    from onex_tools.result import SectionSpec

DEFAULT = "default"
_COMPUTED = ("exclude", "extend-select", "ignore", "max-parse-bytes", "max-scan-bytes", "plugins")
_ADDED = ("exclude", "extend-select", "per-file-ignores")
_Source = tuple[Layer, tuple[str, ...]]


class Config:
    """The values that hold in one folder and below.

    ``select`` is None where nothing chose the rules; ``severity`` maps selectors to levels; globs
    are relative to the root; ``baseline`` is relative to the root, or "". ``source`` is the file
    that the nearest values are in, or "".
    """

    def __init__(
        self,
        values: Mapping[str, Any],
        set_values: Mapping[str, Mapping[str, Any]],
        sections: Mapping[str, SectionSpec],
        sources: Mapping[str, tuple[_Source, ...]],
        *,
        source: str = "",
    ) -> None:
        self.source = source
        self._values, self._set, self._sections = values, set_values, sections
        self._sources = sources
        self._folders: dict[str, bool] = {}
        self._matchers: list[Callable[[str], object]] | None = None
        self.plugins: tuple[str, ...] = values["plugins"]
        self.local_rules: tuple[str, ...] = values["local-rules"]
        self.select: tuple[str, ...] | None = values["select"] or None
        self.extend_select: tuple[str, ...] = values["extend-select"]
        self.ignore: tuple[str, ...] = values["ignore"]
        self.preview: bool = values["preview"]
        self.severity: Mapping[str, str] = values["severity"]
        self.fail_on: str = values["fail-on"]
        self.exclude: tuple[str, ...] = values["exclude"]
        self.locked: tuple[str, ...] = values["locked"]
        self.per_file_ignores: tuple[PathIgnore, ...] = values["per-file-ignores"]
        self.baseline: str = values["baseline"]
        self.timeout: float = values["timeout"]
        self.max_parse_bytes: int = values["max-parse-bytes"]
        self.max_scan_bytes: int = values["max-scan-bytes"]
        self.jobs: int = values["jobs"]

    def values_of(self, section: str) -> dict[str, Any]:
        """Every setting of ``section`` by its field name, defaults included.

        Raises:
            KeyError: no plugin has such a section.
        """
        spec = self._sections[section]
        chosen = self._set.get(section, {})
        return {field.name: chosen.get(field.name, field.default) for field in spec.fields}

    @property
    def file(self) -> str:
        """The file to write settings in: the one in use, or the one that there could be."""
        return self.source or NAMES[0]

    def table(self, section: str = "") -> str:
        """The head of the table of ``section`` in ``file``; of all keys, for none: maybe ""."""
        names = ["tool", "onex"] if self.file.endswith(NAMES[1]) else []
        names += [kebab(section)] if section else []
        return f"[{'.'.join(names)}]" if names else ""

    def place(self, section: str = "") -> str:
        """Where ``section``, or else a key, is written: the head of its table, and the file."""
        table = self.table(section)
        return f"{table} in {self.file}" if table else self.file

    def is_configured(self, what: str) -> bool:
        """Whether some file has a table for a section, even an empty one.

        ``section.name``: whether it sets that one to something; ``section.name=a,b``: whether to
        one of these values.
        """
        place, equals, values = what.partition("=")
        section, _, name = place.partition(".")
        if not name:
            return section in self._set
        value = self._set.get(section, {}).get(name)
        return value in values.split(",") if equals else bool(value)

    def excludes(self, path: str) -> bool:
        """Whether the file at ``path``, or a folder above it, is excluded."""
        if not self.exclude:
            return False
        return self._fits(path) or self._excludes_folder(path.rpartition("/")[0])

    def _fits(self, path: str) -> bool:
        if self._matchers is None:
            self._matchers = [compile_glob(glob).match for glob in self.exclude]
        return any(match(path) for match in self._matchers)

    def _excludes_folder(self, folder: str) -> bool:
        known, new = self._folders, []
        while folder and folder not in known and not self._fits(folder):
            new.append(folder)
            folder = folder.rpartition("/")[0]
        excluded = bool(folder) and known.setdefault(folder, True)
        known.update(dict.fromkeys(new, excluded))
        return excluded

    @property
    def values(self) -> dict[str, Any]:
        """Every key with its plain value, settings as ``section.field``, in a stable order."""
        found = {key.name: _plain(self._values[key.name]) for key in KEYS}
        found["select"] = found["select"] or None
        for section in sorted(self._sections):
            for name, value in self.values_of(section).items():
                found[f"{kebab(section)}.{kebab(name)}"] = _plain(value)
        return found

    @property
    def origins(self) -> dict[str, str]:
        """Where each key of ``values`` was set: ``path:line``, ``command line`` or ``default``."""
        return {name: self.origin(name) for name in (*self.values, *self._sources)}

    def origin(self, name: str) -> str:
        """Where the key ``name`` was set, as in ``origins``."""
        sources = self._sources.get(name, ())
        return ", ".join(layer.origin(*steps) for layer, steps in sources) or DEFAULT

    def computed(self) -> list[Any]:
        """What changes the answers of checks, in a stable form for JSON."""
        kept = [self._values[name] for name in _COMPUTED]
        settings = [[name, self.values_of(name)] for name in sorted(self._sections)]
        configured = sorted(self._set)
        return [self.select, self.preview, kept, settings, configured]

    def overlaid(self, layer: Layer) -> Config:
        """This configuration with ``layer`` nearer than everything in it."""
        values, sources = dict(self._values), dict(self._sources)
        if "select" in layer.values:
            # A nearer choice starts over; it also lifts an inherited ignore of the same words.
            values["extend-select"] = ()
            sources.pop("extend-select", None)
        chosen = {*layer.values.get("select", ()), *layer.values.get("extend-select", ())}
        values["ignore"] = tuple(word for word in values["ignore"] if word not in chosen)
        for name, value in layer.values.items():
            adds = name in _ADDED or (name == "ignore" and layer.path == COMMAND_LINE)
            values[name] = _merged(name, values[name], value, adds=adds)
            earlier = sources.get(name, ()) if adds else ()
            sources[name] = (*earlier, (layer, (name,)))
            if isinstance(value, dict):
                sources |= {f"{name}.{word}": ((layer, (name, word)),) for word in value}
        source = self.source if layer.path == COMMAND_LINE else layer.path
        settings = _merged_sections(self._set, layer, sources)
        return Config(values, settings, self._sections, sources, source=source)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [item.shown() if isinstance(item, PathIgnore) else item for item in value]
    return value


def _merged(name: str, old: Any, new: Any, *, adds: bool) -> Any:
    if isinstance(new, dict):
        return {**old, **new}
    if name == "plugins":
        new = (DEFAULT_PLUGIN, *new)
    if not isinstance(new, tuple):
        return new
    return tuple(dict.fromkeys((*old, *new) if adds else new))


def _merged_sections(
    old: Mapping[str, Mapping[str, Any]], layer: Layer, sources: dict[str, tuple[_Source, ...]]
) -> dict[str, Mapping[str, Any]]:
    merged = dict(old)
    for section, given in layer.sections.items():
        before = merged.get(section, {})
        merged[section] = {
            **before,
            **{
                name: {**before.get(name, {}), **value} if isinstance(value, dict) else value
                for name, value in given.items()
            },
        }
        shown = kebab(section)
        sources |= {f"{shown}.{kebab(name)}": ((layer, (shown, kebab(name))),) for name in given}
    return merged


def default_config(sections: Mapping[str, SectionSpec]) -> Config:
    """What holds where nothing is configured."""
    values = {key.name: key.default for key in KEYS}
    values["plugins"] = (DEFAULT_PLUGIN,)
    return Config(values, {}, sections, {})
