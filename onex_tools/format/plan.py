"""Which files are to be formatted, what holds for each, and what is known of it already."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from onex_tools.cache import digest
from onex_tools.discover import Reader, Skip
from onex_tools.format.agreement import Said
from onex_tools.format.exclusion import BadPattern
from onex_tools.format.formed import Steps
from onex_tools.format.licence import HeaderWish
from onex_tools.format.project import Place, Project, Unusable, bad_pattern, wish_fault
from onex_tools.globs import excludes
from onex_tools.kinds import UNKNOWN

if TYPE_CHECKING:
    from onex_tools.format.settings import Format
    from onex_tools.session import Session

NOTEBOOK = ".ipynb"


class Planned(NamedTuple):
    """A Python file, its bytes, and what holds for it.

    Attributes:
        form_key: what its form is remembered under.
        lint_key: what flake8's findings of it are remembered under.
    """

    path: str
    data: bytes
    place: Place
    steps: Steps
    form_key: str
    lint_key: str


class Left(NamedTuple):
    """A file that is not looked into, and why.

    ``said`` is there where settings are at fault; ``unreadable`` where it could not be read.
    """

    path: str
    reason: str
    said: Said | None = None
    unreadable: bool = False


class Planner:
    """Looks at files one by one; what is the same for many of them is asked for once.

    Attributes:
        project: the settings of the tools, by folder.
        notebooks: how many notebooks were passed over.
        waiving: files that may have comments which waive a finding of ours.
    """

    def __init__(self, session: Session, form_versions: str, lint_versions: str) -> None:
        self.project = Project(session.root)
        self.notebooks = 0
        self.waiving: list[str] = []
        self._session, self._root = session, session.root.rstrip("/")
        self._reader, self._limit = Reader(session.root), session.config.max_parse_bytes
        self._kinds = session.catalogue.kinds
        python = f"{sys.version} {session.catalogue.code}"
        self._versions = f"{python} {form_versions}", f"{python} {lint_versions}"
        self._options: dict[str, Format] = {}
        self._places: dict[str, Place | Said] = {}
        self._keys: dict[int, tuple[str, str]] = {}

    def look(self, paths: Sequence[str]) -> Iterator[Planned | Left]:
        """Every file of ``paths`` that is Python's, in their order."""
        self._foresee(paths)
        for path in paths:
            if path.endswith(NOTEBOOK):
                self.notebooks += 1
                continue
            found = self._look(path)
            if found is not None:
                yield found

    def planned(self, path: str, data: bytes) -> Planned | Left:
        """The file at ``path``, if it had the bytes ``data``."""
        folder = path.rpartition("/")[0]
        options = self.options(folder)
        if excludes(options.exclude, path):
            return Left(path, "`exclude` of [format] names it")
        place = self._place(folder)
        if isinstance(place, Said):
            return Left(path, place.message, place)
        steps = self._steps(path, place)
        if isinstance(steps, Said):
            return Left(path, steps.message, steps)
        form, lint = self._key(place)
        content = f"{digest(data)} {path} "
        way = "".join(map(str, map(int, steps)))
        homes = place.recipe.homes_in(data)
        form_key = digest(f"{content}{way} {homes} {form}".encode("utf-8", "surrogateescape"))
        lint_key = digest(f"{content}{lint}".encode("utf-8", "surrogateescape"))
        return Planned(path, data, place, steps, form_key[:32], lint_key[:32])

    def options(self, folder: str) -> Format:
        """Our own settings for ``folder``."""
        if folder not in self._options:
            self._options[folder] = self._session.part(folder + "/").options("format")
        return self._options[folder]

    def _look(self, path: str) -> Planned | Left | None:
        kind = self._kinds.of_path(path)
        by_head = kind == UNKNOWN and "." not in path[path.rfind("/") + 1 :]
        if kind != "python" and not by_head:
            return None
        try:
            data = self._reader(path, self._limit)
        except Skip as skip:
            if by_head or self._session.standing(path) != "file":
                return None
            return Left(path, str(skip), unreadable=not skip.over_limit)
        if by_head and self._kinds.of(path, data) != "python":
            return None
        if b"onex: ignore" in data:
            self.waiving.append(path)
        return self.planned(path, data)

    def _foresee(self, paths: Sequence[str]) -> None:
        """Match the patterns that may take for ever on all paths, before any file is written."""
        for path in paths:
            folder = path.rpartition("/")[0]
            if self._kinds.of_path(path) != "python":
                continue
            if not excludes(self.options(folder).exclude, path):
                place = self._place(folder)
                if isinstance(place, Place) and not place.black_paths.simple:
                    self._steps(path, place)

    def _place(self, folder: str) -> Place | Said:
        """What holds in ``folder``, or what is wrong with the settings there."""
        place = self._places.get(folder)
        if place is None:
            place = self._places[folder] = self._sought(folder, self.options(folder))
        return place

    def _sought(self, folder: str, options: Format) -> Place | Said:
        wish = HeaderWish(options.spdx, options.copyright, options.docstring_stub)
        fault = wish_fault(wish)
        if fault:
            config = self._session.part(folder + "/").config
            return Said(config.source or "onex.toml", 1, f"[format]: {fault}")
        try:
            return self.project.place(folder, wish)
        except Unusable as error:
            return error.said

    def _steps(self, path: str, place: Place) -> Steps | Said:
        full = f"{self._root}/{path}"
        try:
            black = not place.black_paths.leaves(full)
        except BadPattern as error:
            return bad_pattern(place.recipe.black, error)
        return Steps(header=black, isort=not place.isort_paths.leaves(full), black=black)

    def _key(self, place: Place) -> tuple[str, str]:
        keys = self._keys.get(id(place))
        if keys is None:
            form, lint = self._versions
            form += f" {place.recipe.form_key(self._root)}"
            lint += f" {place.recipe.lint_key(self._root)}"
            keys = self._keys[id(place)] = (
                digest(form.encode("utf-8", "surrogateescape")),
                digest(lint.encode("utf-8", "surrogateescape")),
            )
        return keys
