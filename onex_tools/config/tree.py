"""The configuration of a whole tree: loaded, inherited folder by folder, and checked."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from onex_tools.config import keys
from onex_tools.config.document import NAMES, Document, read_document
from onex_tools.config.keys import BY_NAME
from onex_tools.config.layer import Layer, Overrides, override_layer, read_layer
from onex_tools.config.problem import ConfigError, Problem
from onex_tools.config.values import Config, default_config

if TYPE_CHECKING:
    from onex_tools.result import SectionSpec


class ConfigTree:
    """The configuration of every folder below one root.

    Attributes:
        configs: by the folder that has a configuration of its own; "" is the root.
        layers: what each place says, by folder, weakest first.
        overrides: what the command line says.
    """

    def __init__(
        self,
        configs: Mapping[str, Config],
        layers: Mapping[str, Sequence[Layer]],
        overrides: Layer,
    ) -> None:
        self.configs, self.layers, self.overrides = configs, layers, overrides
        self._by_folder: dict[str, Config] = dict(configs)

    @property
    def root(self) -> Config:
        """The configuration of the root."""
        return self.configs[""]

    @property
    def folders(self) -> list[str]:
        """The folders with a configuration of their own, sorted; the first is "", the root."""
        return sorted(self.configs)

    def at(self, path: str) -> Config:
        """The configuration that holds for the file at ``path`` (relative to the root)."""
        return self._at_folder(path.rpartition("/")[0])

    def _at_folder(self, folder: str) -> Config:
        known, new = self._by_folder, []
        while folder not in known:
            new.append(folder)
            folder = folder.rpartition("/")[0]
        config = known[folder]
        known.update(dict.fromkeys(new, config))
        return config

    def excludes(self, path: str) -> bool:
        """Whether the configuration that holds for ``path`` excludes it."""
        return self.at(path).excludes(path)

    @property
    def digest(self) -> str:
        """64 hexadecimal digits over all that changes which checks run and what they find.

        Not over severities, per-file ignores, baseline, ``fail-on``, ``locked``, ``timeout`` and
        ``jobs``: those hold after the checks, or change none of their answers.
        """
        import json

        from onex_tools.cache import digest

        rows = [[folder, self.configs[folder].computed()] for folder in self.folders]
        return digest(json.dumps(rows, sort_keys=True).encode())


class Peek(NamedTuple):
    """What must be known before the settings sections are: the root's plugins and rule files."""

    plugins: tuple[str, ...]
    local_rules: tuple[str, ...]
    documents: tuple[Document, ...]
    problems: tuple[Problem, ...]


def peek(root: str, overrides: Overrides) -> Peek:
    """The first look at the configuration of ``root``; ``load`` says what is wrong with it.

    Raises:
        ConfigError: it is for another version of onex, and may hold what this one cannot read.
    """
    problems: list[Problem] = []
    documents = [] if overrides.isolated else _documents(root, "", problems)
    _require_version(documents)
    plugins = (keys.DEFAULT_PLUGIN, *_first_look(documents, "plugins"))
    return Peek(
        tuple(dict.fromkeys(plugins)),
        _first_look(documents, "local-rules"),
        tuple(documents),
        tuple(problems),
    )


def load(
    root: str,
    listing_configs: Iterable[str],
    sections: Mapping[str, SectionSpec],
    overrides: Overrides,
    *,
    peeked: Peek | None = None,
    lenient: bool = False,
) -> ConfigTree:
    """The configuration of everything below ``root`` (an absolute path).

    ``listing_configs`` are the paths, relative to the root, of the ``onex.toml`` and
    ``pyproject.toml`` files that discovery saw; those that an outer configuration excludes are
    left out. ``peeked`` saves reading the root's file again. ``lenient``: some plugin could not be
    loaded, so an unknown table may be its settings.

    Raises:
        ConfigError: with everything that is wrong, in all files.
    """
    peeked = peeked or peek(root, overrides)
    problems = list(peeked.problems)
    loading = _Loading(root, sections, problems, lenient=lenient)
    loading.resolve(default_config(sections), "", peeked.documents)
    if not overrides.isolated:
        loading.add_nested(listing_configs)
    over = override_layer(overrides, problems)
    if problems:
        raise ConfigError(problems)
    configs = {folder: config.overlaid(over) for folder, config in loading.configs.items()}
    return ConfigTree(configs, loading.layers, over)


class _Loading:
    """The state of one ``load``: configurations so far, without the command line's part."""

    def __init__(
        self,
        root: str,
        sections: Mapping[str, SectionSpec],
        problems: list[Problem],
        *,
        lenient: bool,
    ) -> None:
        self.lenient = lenient
        self.root, self.sections, self.problems = root, sections, problems
        self.configs: dict[str, Config] = {}
        self.layers: dict[str, list[Layer]] = {}

    def resolve(self, base: Config, folder: str, documents: Sequence[Document]) -> None:
        """Keep, for ``folder``, ``base`` with the layers of ``documents`` over it."""
        layers = [
            read_layer(doc, folder, self.sections, self.problems, lenient=self.lenient)
            for doc in documents
        ]
        for layer in layers[:-1]:
            if "root" in layer.values:
                message = "`root` has no meaning in a file that others inherit from"
                self.problems.append(layer.problem(message, "root"))
        config = base
        for layer in layers:
            config = config.overlaid(layer)
        self.configs[folder], self.layers[folder] = config, layers

    def add_nested(self, listing_configs: Iterable[str]) -> None:
        """Resolve every nested folder, outer ones first."""
        folders = {path.rpartition("/")[0] for path in listing_configs}
        folders.discard("")
        for folder in sorted(folders, key=lambda name: (name.count("/"), name)):
            base = self._around(folder)
            if base.excludes(f"{folder}/{NAMES[0]}"):
                continue
            documents = _documents(self.root, folder, self.problems)
            if documents:
                self.resolve(base, folder, documents)
                self._refuse_root_keys(folder)

    def _around(self, folder: str) -> Config:
        while folder:
            folder = folder.rpartition("/")[0]
            if folder in self.configs:
                return self.configs[folder]
        return self.configs[""]

    def _refuse_root_keys(self, folder: str) -> None:
        top = self.layers[""][-1].path if self.layers[""] else NAMES[0]
        for layer in self.layers[folder]:
            for name in layer.values:
                if BY_NAME[name].root_only:
                    help_ = f"set it in the root's {top}, or exclude `{folder}/` there"
                    message = f"`{name}` holds for the whole root: it cannot be set below"
                    self.problems.append(layer.problem(message, name, help=help_))


def _documents(root: str, folder: str, problems: list[Problem]) -> list[Document]:
    """What the folder's own configuration says, after what it inherits from."""
    found = []
    for name in NAMES:
        shown = f"{folder}/{name}" if folder else name
        try:
            document = read_document(os.path.join(root, folder), name, root, shown)
        except ConfigError as error:
            problems.extend(error.problems)
            continue
        if document is not None and document.table:
            found.append(document)
    if len(found) > 1:
        first, second = found
        message = f"{first.path} holds the configuration of this folder already: keep one of them"
        problems.append(Problem(message, second.path, second.line()))
    if not found or "extends" not in found[0].table:
        return found[:1]
    from onex_tools.config.extends import expand

    return expand(found[0], root, problems)


def _require_version(documents: Sequence[Document]) -> None:
    """Stop at once where another version is asked for: it may know keys that this one does not."""
    for document in documents:
        for name in ("required-version", "required_version"):
            wanted = document.table.get(name)
            if isinstance(wanted, str):
                from onex_tools.config.version import check_version

                problem = check_version(wanted)
                if problem:
                    raise ConfigError([Problem(problem, document.path, document.line(name))])


def _first_look(documents: Sequence[Document], name: str) -> tuple[str, ...]:
    """The list called ``name``, where it is well-formed; what is wrong is said by its check."""
    found: tuple[str, ...] = ()
    for document in documents:
        table = document.table
        given = table.get(name, table.get(name.replace("-", "_"), found))
        try:
            found = keys.check(BY_NAME[name], given)
        except keys.Mismatch:
            continue
    return found
