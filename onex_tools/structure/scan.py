"""Which scanner reads a file: by its name and kind."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Sequence

from onex_tools import kinds
from onex_tools.model import Span
from onex_tools.structure import joined, wide
from onex_tools.structure.setting import Setting

Scanner = Callable[[bytes], Iterable[Setting]]
Finder = Callable[[bytes, Sequence[int]], Sequence[Setting]]

BY_KIND = {
    "batch": "windows",
    "conf": "conf",
    "dockerfile": "dockerfile",
    "dotenv": "dotenv",
    "editorconfig": "ini",
    "gitconfig": "ini",
    "hcl": "hcl",
    "ini": "ini",
    "json": "json",
    "json5": "json",
    "powershell": "windows",
    "properties": "properties",
    "shell": "shell",
    "systemd": "ini",
    "toml": "toml",
    "xml": "xml",
    "yaml": "yaml",
}
"""The scanner, a module of this package, of each kind of file."""
BY_NAME = {
    ".boto": "ini",
    ".credentials": "ini",
    ".dockercfg": "credentials:docker",
    ".dockerconfigjson": "credentials:docker",
    ".git-credentials": "credentials:urls",
    ".hgrc": "ini",
    ".htpasswd": "credentials:accounts",
    ".my.cnf": "ini",
    ".netrc": "credentials:netrc",
    ".pgpass": "credentials:pgpass",
    ".s3cfg": "ini",
    "_netrc": "credentials:netrc",
    "config.json": "credentials:docker",
    "credentials": "ini",
    "hgrc": "ini",
    "htpasswd": "credentials:accounts",
    "my.cnf": "ini",
    "pgpass.conf": "credentials:pgpass",
    "shadow": "credentials:accounts",
    "shadow-": "credentials:accounts",
}
"""The scanner by the name of the file, in small letters: it goes before the kind.

A module's function, if that is not ``scan``, stands behind a colon.
"""
BY_SUFFIX = {
    "cnf": "ini",
    "config": "xml",
    "nuspec": "xml",
    "plist": "xml",
    "pubxml": "xml",
}
"""The scanner by the lower-case ending of the name, of files whose kind has none."""
_FINDERS = frozenset({"json", "yaml"})
"""The scanners that can pass over what is not near some places."""
_WITH_MAPPINGS = frozenset({"hcl", "json", "toml", "yaml"})
_UTF8_MARK = b"\xef\xbb\xbf"


def settings(path: str, kind: str, data: bytes) -> Sequence[Setting]:
    """The settings of a file, in the order of their places; none for a kind without a scanner.

    Values that are settings by a name beside them come twice: as they are written, and under
    that name; so does what is encoded in Kubernetes Secrets: as it is written, and decoded.
    Any bytes are read: what a scanner does not understand it passes over. Text in UTF-16 (told by
    its byte order mark) is read too, and the spans are those of the file's own bytes.
    """
    scanner = _scanner(path, kind)
    if scanner is None or (b"\0" in data[:8192] and data[:2] not in wide.ENCODINGS):
        return ()
    narrow = wide.narrowed(data)
    if narrow is not None:
        return _wide(scanner, narrow, wide.ENCODINGS[data[:2]])
    if data.startswith(_UTF8_MARK):
        data = b"\n\n\n" + data[3:]
    return _with_joined(scanner, data)


def settings_near(path: str, kind: str, data: bytes, places: Sequence[int]) -> Sequence[Setting]:
    """At least those of ``settings`` that have one of ``places`` in their value or in their path.

    ``places`` are offsets in ``data``, in order. Names and values that stand beside each other
    come together, and the first setting of a file always; none is there that ``settings`` has not.
    Scanners that can only read all of a file do.
    """
    finder = _finder(path, kind)
    if finder is None or data[:2] in wide.ENCODINGS or b"\0" in data[:8192]:
        return settings(path, kind, data)
    if data.startswith(_UTF8_MARK):
        data = b"\n\n\n" + data[3:]
    return joined.with_siblings(finder(data, places), data, _inner_scanner)


def is_read(path: str, kind: str) -> bool:
    """Whether there is a scanner for a file at ``path`` of that kind."""
    return _name_of_scanner(path, kind) is not None


def _with_joined(scanner: Scanner, data: bytes) -> Sequence[Setting]:
    """What ``scanner`` finds, and what that gives under the names that stand beside it."""
    found = tuple(scanner(data))
    module = scanner.__module__.rpartition(".")[2]
    if module in _WITH_MAPPINGS:
        return joined.with_siblings(found, data, _inner_scanner)
    return joined.with_named_texts(found) if module == "xml" else found


def _inner_scanner(name: str) -> Scanner | None:
    """The scanner of a file of this name inside of another file."""
    lower = name.lower()
    kind = kinds.BY_NAME.get(lower) or kinds.BY_SUFFIX.get(lower.rpartition(".")[2], "")
    return _scanner(name, kind)


def _name_of_scanner(path: str, kind: str) -> str | None:
    base = path.rpartition("/")[2].lower()
    return BY_NAME.get(base) or BY_KIND.get(kind) or BY_SUFFIX.get(base.rpartition(".")[2])


def _scanner(path: str, kind: str) -> Scanner | None:
    name = _name_of_scanner(path, kind)
    if name is None:
        return None
    module, _, function = name.partition(":")
    found = importlib.import_module(f"onex_tools.structure.{module}")
    scanner: Scanner = getattr(found, function or "scan")
    return scanner


def _finder(path: str, kind: str) -> Finder | None:
    """What reads only the settings near some places, where the scanner can."""
    name = _name_of_scanner(path, kind)
    if name not in _FINDERS:
        return None
    finder: Finder = importlib.import_module(f"onex_tools.structure.{name}").near
    return finder


def _wide(scanner: Scanner, narrow: bytes, encoding: str) -> Sequence[Setting]:
    """The settings of text in UTF-16: read as UTF-8, their spans put back."""
    found = _with_joined(scanner, narrow)
    offsets = sorted({offset for one in found for offset in (*one.span, *one.key_span)})
    places, before, place = {}, 0, 2
    for offset in offsets:
        passed = narrow[before:offset].decode("utf-8", "ignore")
        before, place = offset, place + len(passed.encode(encoding))
        places[offset] = place
    return tuple(
        one._replace(
            span=Span(places[one.span.start], places[one.span.end]),
            key_span=Span(places[one.key_span.start], places[one.key_span.end]),
        )
        for one in found
    )
