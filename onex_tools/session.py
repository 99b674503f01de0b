"""One invocation's ground: root, configuration, rules and files, each found once."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from onex_tools import cache, selection
from onex_tools.discover import (
    DiscoveryError,
    Listing,
    Reader,
    Skip,
    changed_since,
    list_files,
    read_blobs,
    staged_blobs,
)
from onex_tools.globs import compile_glob, ending, fits
from onex_tools.model import Finding, Location, Severity
from onex_tools.registry import (
    Catalogue,
    Plugin,
    Problem,
    find_plugins,
    load_catalogue,
)
from onex_tools.result import Note, RuleInfo

if TYPE_CHECKING:
    from onex_tools.config import Config, ConfigTree, Overrides, PathIgnore
    from onex_tools.model import Ignore
    from onex_tools.rule import TreeValidator
    from onex_tools.source import SourceFile


class Part:
    """What holds in one part of the tree: its configuration, and the rules that run there."""

    def __init__(
        self,
        config: Config,
        codes: frozenset[str],
        catalogue: Catalogue,
        opposed: Mapping[str, str] = {},
    ) -> None:
        self.config, self.codes = config, codes - opposed.keys()
        self.opposed = opposed
        """What was left out of ``codes``, each with its opposite, which is in it."""
        self._catalogue = catalogue
        self._options: dict[str, Any] = {}

    def options(self, section: str) -> Any:
        """The settings of ``section``, as an instance of the class its rules declare."""
        if section not in self._options:
            from onex_tools.config import build

            cls = self._catalogue.locate(self._catalogue.sections[section].where)
            self._options[section] = build(cls, self.config.values_of(section))
        return self._options[section]


class Session:
    """Everything the commands share. Made by ``open_session``."""

    def __init__(
        self,
        root: str,
        tree: ConfigTree,
        catalogue: Catalogue,
        store: cache.Cache,
        listing: Listing | None,
    ) -> None:
        self.root, self.catalogue, self.cache = root, catalogue, store
        self.config: Config = tree.root
        self.fail_on = Severity.named(self.config.fail_on)
        self.named: list[str] = []
        self.stdin = ""
        self.isolated = False
        self.given: Mapping[str, bytes] = {}
        """Documents for tree rules, by name; set before anything is asked."""
        self.only: frozenset[str] | None = None
        """The rules that run, whatever is configured; set before anything is asked."""
        self.notes: list[Note] = []
        self._tree, self._listing = tree, listing
        self._reader = Reader(root)
        self._parts: dict[int, Part] = {}
        self._quiet: dict[int, Part] = {}
        self._evidence: dict[str, bool] = {}

    # What runs where -------------------------------------------------------------------------

    def part(self, path: str) -> Part:
        """What holds for the file at ``path``."""
        config = self._tree.at(path)
        part = self._parts.get(id(config))
        if part is None:
            codes = self._codes(config)
            opposed = self._opposed(config, codes)
            part = self._parts[id(config)] = Part(config, codes, self.catalogue, opposed)
        return part

    def quiet_part(self, path: str) -> Part:
        """As ``part``, for a run of tree rules only: no file rule runs."""
        part = self.part(path)
        quiet = self._quiet.get(id(part))
        if quiet is None:
            quiet = self._quiet[id(part)] = Part(part.config, frozenset(), self.catalogue)
        return quiet

    def _codes(self, config: Config) -> frozenset[str]:
        if self.only is not None:
            return self.only

        def evident(info: RuleInfo) -> bool:
            return (config.preview or not info.preview) and self.has_evidence(
                info.enabled_by, config
            )

        return frozenset(
            code
            for code, info in self.catalogue.rules.items()
            if not self.lacks(info)
            and selection.runs(info, config.select, config.extend_select, config.ignore, evident)
        )

    def _opposed(self, config: Config, codes: frozenset[str]) -> dict[str, str]:
        """The rules of ``codes`` whose opposite runs: what is locked, named most closely, usual."""

        def weigh(info: RuleInfo) -> tuple[int, ...]:
            named = selection.best((*(config.select or ()), *config.extend_select), info)
            usual = self.has_evidence(info.enabled_by, config)
            return (bool(selection.best(config.locked, info)), named, usual)

        if self.only is not None:
            return {}
        return selection.opposed((self.catalogue.rules[code] for code in codes), weigh)

    def lacks(self, info: RuleInfo) -> bool:
        """Whether the rule judges a document that the run was not handed."""
        kind, _, name = info.enabled_by.partition(":")
        return kind == "given" and name not in self.given

    def given_ids(self) -> dict[str, str]:
        """The content ids of the documents at hand, by name."""
        return {name: cache.digest(data) for name, data in sorted(self.given.items())}

    def has_evidence(self, wanted: str, config: Config) -> bool:
        """Whether the tree or the configuration has one of the things that ``wanted`` lists."""
        if not wanted:
            return True
        for one in wanted.split("|"):
            if one.startswith("config:"):
                if config.is_configured(one.removeprefix("config:")):
                    return True
            elif one.startswith("given:") or self._has_file(one):
                return True
        return False

    def _has_file(self, glob: str) -> bool:
        if glob not in self._evidence:
            if self._listing is not None:
                self._evidence[glob] = _may_have(self._listing, glob) and any(
                    map(compile_glob(glob).match, self._listing.paths())
                )
            else:
                there = self._is_plainly_there(glob)
                self._evidence[glob] = there or any(fits(glob, path) for path in self.named)
        return self._evidence[glob]

    def _is_plainly_there(self, glob: str) -> bool:
        """Whether the folder that ``glob`` begins with is there, or the one file it stands for."""
        if glob.startswith("/") and not set("*?[") & set(glob):
            return os.path.isfile(os.path.join(self.root, glob[1:]))
        literal = glob.split("*")[0].rpartition("/")[0]
        return bool(literal) and os.path.isdir(os.path.join(self.root, literal))

    @cached_property
    def codes(self) -> frozenset[str]:
        """The codes of all rules that run at the root or in some nested configuration."""
        return frozenset[str]().union(*(part.codes for part in self.parts()))

    @cached_property
    def tree_codes(self) -> frozenset[str]:
        """Those of ``codes`` that judge the tree."""
        scopes = self.catalogue.rules
        return frozenset(code for code in self.codes if scopes[code].scope == "tree")

    def rules_that_ran(self) -> dict[str, RuleInfo]:
        """The metadata of every rule that is on somewhere, and of the engine's own."""
        return {
            code: info
            for code, info in self.catalogue.rules.items()
            if code in self.codes or info.scope == "engine"
        }

    @property
    def signature(self) -> str:
        """A digest of all that a result depends on besides the files: code, settings, selection."""
        chosen = [(folder, sorted(part.codes)) for folder, part in self._all_parts()]
        settings = self._tree.digest
        return cache.digest(repr((self.catalogue.code, settings, chosen)).encode())

    def _all_parts(self) -> Iterator[tuple[str, Part]]:
        for folder in self._tree.folders:
            yield folder, self.part(f"{folder}/" if folder else "")

    def parts(self) -> list[Part]:
        """What holds at the root and in every folder with a configuration of its own."""
        return [part for _, part in self._all_parts()]

    def entries(self) -> list[PathIgnore]:
        """Every entry of every ``per-file-ignores``, each once."""
        found = {
            id(entry): entry for part in self.parts() for entry in part.config.per_file_ignores
        }
        return list(found.values())

    def tree_rule(self, code: str) -> TreeValidator:
        """The tree rule ``code``, with the root's settings."""
        info = self.catalogue.rules[code]
        options = self.part("").options(info.section) if info.section else None
        rule: TreeValidator = self.catalogue.locate(info.where)(options)
        return rule

    # Files -----------------------------------------------------------------------------------

    def listing(self) -> Listing:
        """Every file of the tree, asked of git once."""
        if self._listing is None:
            self._listing = list_files(self.root, self.cache.empty_git_dir)
        return self._listing

    def excluded(self, path: str) -> bool:
        """Whether the configuration excludes the file; explicit paths make no exception."""
        return self._tree.excludes(path)

    def standing(self, path: str) -> str:
        """``file``, or why ``path`` is none to check: gone, link, nested, special or excluded."""
        kind = self._kind(path)
        return "excluded" if kind in ("file", "link") and self.excluded(path) else kind

    def _kind(self, path: str) -> str:
        try:
            mode = os.lstat(os.path.join(self.root, path)).st_mode
        except (OSError, ValueError):
            return "gone"
        if stat.S_ISREG(mode):
            return "file"
        if stat.S_ISLNK(mode):
            return "link"
        return "nested" if stat.S_ISDIR(mode) else "special"

    def size(self, path: str) -> int:
        """The file's size in bytes; 0 if there is none."""
        try:
            return os.lstat(os.path.join(self.root, path)).st_size
        except (OSError, ValueError):
            return 0

    def files(self, paths: Sequence[str] | None) -> list[str]:
        """The files that ``paths`` name, or all of the tree that are not excluded, sorted."""
        if paths is not None:
            return self.expand(paths)
        return sorted({path for path in self.listing().paths() if not self.excluded(path)})

    def tidy(self, paths: Sequence[str]) -> None:
        """Remove the drafts of killed runs in the folders of ``paths``.

        git lists a draft as it lists any new file.
        """
        left = [path for path in paths if ".onex-" in path]
        if left:
            from onex_tools.writing import remove_stale_drafts

            remove_stale_drafts(self.root, left)

    def expand(self, paths: Sequence[str]) -> list[str]:
        """The files that ``paths`` name, folders opened, sorted."""
        files: set[str] = set()
        for path in paths:
            kind = self._kind(path) if path else "nested"
            if kind == "nested":
                below = path.rstrip("/") + "/" if path else ""
                found = [p for p in self.listing().paths() if p.startswith(below)]
                files.update(found)
                if path and not any(not p.endswith("/") for p in found):
                    said = "nothing to check below it: it is empty, ignored, or a tree of its own"
                    self.notes.append(Note("skipped", f"{path}: {said}"))
            elif kind == "file" and self.excluded(path):
                self.notes.append(Note("skipped", f"{path}: the configuration excludes it"))
            elif kind == "file":
                files.add(path)
            else:
                self.notes.append(Note("skipped", f"{path}: {_SKIPPED[kind]}"))
        return sorted(path for path in files if self._kind(path) == "file")

    def staged(self) -> dict[str, bytes | Skip]:
        """The bytes of every file that the next commit changes, from git's index, or why not."""
        blobs = staged_blobs(self.root)
        blobs = {path: blob for path, blob in blobs.items() if not self.excluded(path)}
        data = read_blobs(self.root, blobs.values(), self.config.max_scan_bytes)
        return {path: data[blob] for path, blob in blobs.items()}

    def since(self, revision: str) -> list[str]:
        """The files changed since this branch left ``revision``."""
        changed = changed_since(self.root, revision)
        return sorted(path for path in changed if self._kind(path) == "file")

    def read_for_report(self, path: str) -> bytes | None:
        """The bytes of a file for a source frame, or None."""
        try:
            return self._reader(path, self.config.max_scan_bytes)
        except (Skip, ValueError):
            return None

    def open_file(self, path: str, data: bytes | None = None) -> SourceFile | None:
        """The file at ``path`` outside any pass, with ``data`` if that was judged."""
        from onex_tools.filepass import new_services
        from onex_tools.source import SourceFile

        data = self.read_for_report(path) if data is None else data
        if data is None:
            return None
        kinds = self.catalogue.kinds
        services = new_services(self.config.max_parse_bytes, kinds)
        return SourceFile(path, kinds.of(path, data), data, services)

    def ignores_in(self, path: str) -> list[Ignore]:
        """The ignore directives of a file that no file rule read."""
        from onex_tools.ignores import find_ignores

        file = self.open_file(path)
        return find_ignores(file) if file else []

    # What is to be said ----------------------------------------------------------------------

    def problems(self) -> Iterator[Finding]:
        """Plugins and rules that cannot be used, as findings that fail the run."""
        place = self.config.origins["plugins"].partition(":")[0]
        place = "." if place == "default" else place
        for problem in self.catalogue.problems:
            yield Finding(
                "ONX092",
                Location(place),
                problem.message,
                Severity.ERROR,
                help=problem.help,
                anchor=problem.message,
            )


def _may_have(listing: Listing, glob: str) -> bool:
    """Whether some path ends as ``glob`` does: one search, not a match for each of many paths."""
    return os.fsencode(ending(glob)) + b"\0" in listing.raw


_SKIPPED = {
    "gone": "there is no such file",
    "link": "a symbolic link is not followed",
    "special": "it is not a regular file",
}


def open_session(
    paths: Sequence[str],
    overrides: Overrides,
    *,
    stdin_path: str | None = None,
    use_cache: bool = True,
    allow_local: bool = False,
) -> Session:
    """The session for a command on ``paths`` (as typed, relative to the current folder).

    Raises:
        ConfigError: the configuration cannot be used.
        DiscoveryError: the paths are missing or not below one root, or git refused.
    """
    from onex_tools.config import check_selectors, find_root, load, peek

    root = find_root(_start(paths, stdin_path), os.environ).path
    named = [_relative(root, path) for path in paths]
    stdin = _relative(root, stdin_path, must_exist=False) if stdin_path else ""
    store = cache.Cache(cache.folder() if use_cache else None)
    only_files = bool(paths or stdin_path) and not any(os.path.isdir(path) for path in paths)
    listing = None if only_files else list_files(root, store.empty_git_dir)
    peeked = peek(root, overrides)
    plugins, problems = find_plugins(peeked.plugins, root)
    trusted, refused = _local_plugins(root, peeked.local_rules, allow_local=allow_local)
    catalogue = load_catalogue([*plugins, *trusted], store)
    problems = [*catalogue.problems, *problems, *refused]
    catalogue = catalogue._replace(problems=tuple(problems))
    nested = _nested_configs(root, listing, [*named, stdin] if stdin else named)
    tree = load(root, nested, catalogue.sections, overrides, peeked=peeked, lenient=bool(problems))
    unknown = check_selectors(tree, catalogue.rules.values(), lenient=bool(problems))
    session = Session(root, tree, catalogue, store, listing)
    session.named, session.stdin, session.isolated = named, stdin, overrides.isolated
    session.notes += unknown
    if listing is not None and not listing.by_git:
        session.notes.append(Note("hint", "git is not installed: ignore files had no effect"))
    return session


def _start(paths: Sequence[str], stdin_path: str | None) -> str:
    places = [path if os.path.isdir(path) else os.path.dirname(path) for path in paths]
    if stdin_path:
        places.append(os.path.dirname(stdin_path))
    if not places:
        return os.getcwd()
    return os.path.commonpath([os.path.abspath(place or ".") for place in places])


def _relative(root: str, path: str, *, must_exist: bool = True) -> str:
    """``path`` as typed, relative to ``root``; its folders may be links, the root's too."""
    full = os.path.abspath(path)
    if must_exist and not os.path.lexists(full):
        raise DiscoveryError(f"{path}: there is no such file or folder")
    for base, name in ((root, full), (os.path.realpath(root), _real_parent(full))):
        relative = os.path.relpath(name, base)
        if relative == ".":
            return ""
        if not relative.startswith("../") and relative != "..":
            return relative.replace(os.sep, "/")
    raise DiscoveryError(f"{path}: it is not below the root {root}")


def _real_parent(full: str) -> str:
    return os.path.join(os.path.realpath(os.path.dirname(full)), os.path.basename(full))


def _nested_configs(root: str, listing: Listing | None, named: Sequence[str]) -> list[str]:
    from onex_tools.config import NAMES, configs_towards

    if listing is None:
        return sorted({config for path in named for config in configs_towards(root, path)})
    found = []
    for name in NAMES:
        ending = b"/" + name.encode() + b"\0"
        at = listing.raw.find(ending)
        while at >= 0:
            begin = listing.raw.rfind(b"\0", 0, at) + 1
            found.append(os.fsdecode(listing.raw[begin : at + len(ending) - 1]))
            at = listing.raw.find(ending, at + 1)
    return sorted(set(found))


def _local_plugins(
    root: str, patterns: Sequence[str], *, allow_local: bool
) -> tuple[list[Plugin], list[Problem]]:
    """The rule files that the repository ships, if the user trusts them."""
    if not patterns:
        return [], []
    from onex_tools.trust import is_trusted, rule_files

    plugins, refused = [], []
    for path in rule_files(root, patterns):
        name = "local:" + path
        if allow_local or is_trusted(root, path):
            module = "onex_local_" + cache.digest(path.encode("utf-8", "surrogateescape"))[:12]
            plugins.append(Plugin(name, module, os.path.join(root, path)))
        else:
            refused.append(
                Problem(
                    name,
                    f"the rules in {path} did not run: nobody has said they may",
                    f"read the file, then type `onex trust {path}`, or pass --allow-local-plugins",
                )
            )
    return plugins, refused
