"""black over the bytes of one file, exactly as its command does it: the one place that imports it.

black promises no interface to programs. What is used here is in every release of the range that
`pyproject.toml` names, and a test holds the bytes against those of the command.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

_SWITCHES = (
    *("skip_source_first_line", "skip_string_normalization", "skip_magic_trailing_comma"),
    *("preview", "unstable", "pyi"),
)


class BlackRefused(Exception):
    """black cannot do it; the message says why, and ``line`` where (1 if that is not known)."""

    def __init__(self, reason: str, line: int = 1) -> None:
        super().__init__(reason)
        self.reason, self.line = reason, line


class Blackener:
    """black with the settings of one ``[tool.black]``, whose keys have ``_`` between words.

    Raises:
        BlackRefused: a setting has a value that black does not know.
    """

    def __init__(self, values: Mapping[str, Any], line_length: int) -> None:
        black = _import()
        switches = {name: _is_on(name, values.get(name, False)) for name in _SWITCHES}
        _check_version(values.get("required_version"), black.__version__)
        self._black = black
        self._mode = black.Mode(
            target_versions=_targets(values),
            line_length=line_length,
            is_pyi=switches["pyi"],
            string_normalization=not switches["skip_string_normalization"],
            magic_trailing_comma=not switches["skip_magic_trailing_comma"],
            preview=switches["preview"],
            unstable=switches["unstable"],
            enabled_features=_features(values),
        )
        self._skips_first = switches["skip_source_first_line"]
        self._modes = {False: self._mode, True: _as_stub(self._mode)}

    def __call__(self, data: bytes, *, stub: bool) -> bytes:
        """The bytes that black makes of ``data``; the same where it has nothing to change.

        Raises:
            BlackRefused: black cannot read it, or fails.
        """
        first, rest = b"", data
        if self._skips_first:
            end = data.find(b"\n") + 1 or len(data)
            first, rest = data[:end], data[end:]
        mode = self._modes[stub]
        try:
            text, encoding, newline = _decoded(self._black, rest, mode)
            new = self._black.format_file_contents(text, fast=True, mode=mode)
        except self._black.NothingChanged:
            return data
        except self._black.InvalidInput as error:
            raise _refusal(error, data) from None
        except RecursionError:
            raise BlackRefused("black finds it nested too deeply") from None
        except (ValueError, SyntaxError, AssertionError, LookupError, TypeError) as error:
            said = str(error).partition("\n")[0][:200]
            raise BlackRefused(f"black fails on it: {said}") from None
        return first + _encoded(new, encoding, newline)


def _import() -> Any:
    """The module of black as it is: it does not say which of its names are for others."""
    import black

    return black


def _decoded(black: Any, data: bytes, mode: Any) -> tuple[str, str, str]:
    try:
        decoded: tuple[str, str, str] = black.decode_bytes(data, mode)
    except TypeError:  # before 26
        decoded = black.decode_bytes(data)
    return decoded


def _encoded(text: str, encoding: str, newline: str) -> bytes:
    """As a file opened with ``newline`` writes it."""
    stream = io.BytesIO()
    with io.TextIOWrapper(stream, encoding=encoding, newline=newline) as writer:
        writer.write(text)
        writer.flush()
        return stream.getvalue()


def _refusal(error: Exception, data: bytes) -> BlackRefused:
    """Read where black gave up from its message: ``Cannot parse: 3:4: text``.

    The text is the line, which may hold a secret: it is left to the frame, which masks it.
    """
    import re

    said = str(error).partition("\n")[0]
    place = re.search(r": ([0-9]+):[0-9]+", said)
    said = said[: place.end()] if place else said.partition(":")[0]
    lines = data.count(b"\n") + data.count(b"\r") + 1
    return BlackRefused(f"black cannot read it: {said}", min(int(place[1]), lines) if place else 1)


def _as_stub(mode: Any) -> Any:
    from dataclasses import replace

    return replace(mode, is_pyi=True)


def _is_on(name: str, value: Any) -> bool:
    said = str(value).lower()
    if said in ("true", "1", "yes", "on"):
        return True
    if said in ("false", "0", "no", "off"):
        return False
    raise BlackRefused(f"`{_written(name)}` is {said[:40]!r}: black allows true and false")


def _check_version(wanted: Any, version: str) -> None:
    if wanted is not None and str(wanted) not in (version, version.partition(".")[0]):
        said = f"`required-version` is {str(wanted)[:20]!r}, and black here is {version}"
        raise BlackRefused(said)


def _targets(values: Mapping[str, Any]) -> set[Any]:
    """The versions of Python that are asked for, or those that the project's metadata allows."""
    from black.files import infer_target_version
    from black.mode import TargetVersion

    wanted = values.get("target_version")
    if wanted is None:
        asked = values.get("requires_python")
        known = infer_target_version({"project": {"requires-python": asked}}) if asked else None
        return set(known or ())
    if not isinstance(wanted, list):
        raise BlackRefused("`target-version` is no list, as black wants it")
    try:
        return {TargetVersion[str(name).upper()] for name in wanted}
    except KeyError as error:
        raise BlackRefused(
            f"`target-version` has {error}, which this black does not know"
        ) from None


def _features(values: Mapping[str, Any]) -> set[Any]:
    from black.mode import Preview

    wanted = values.get("enable_unstable_feature", [])
    try:
        return {Preview[str(name)] for name in (wanted if isinstance(wanted, list) else [wanted])}
    except KeyError as error:
        said = f"`enable-unstable-feature` has {error}, which this black does not know"
        raise BlackRefused(said) from None


def _written(name: str) -> str:
    return name.replace("_", "-")
