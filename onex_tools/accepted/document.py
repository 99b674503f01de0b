"""Files of other tools, read with care: limits, and the line of what is not as it should be."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from typing import Any, NoReturn

from onex_tools.accepted.entry import AcceptedError
from onex_tools.discover import Reader, Skip

LIMIT = 64 << 20
"""Bytes a file may have: some two hundred thousand findings."""
_SPACE = re.compile(r"[ \t\r\n]*")


def read_text(path: str) -> str:
    """The text of the file at ``path``.

    Raises:
        AcceptedError: it cannot be read, or is not UTF-8.
    """
    try:
        folder, name = os.path.split(os.path.abspath(path))
        data = Reader(folder)(name, LIMIT)
    except (Skip, ValueError) as error:
        raise AcceptedError(f"{path}: it cannot be read: {error}") from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise AcceptedError(f"{path}:{line}: it is not UTF-8") from None


class Document:
    """A JSON document, and the line of each value in it.

    Attributes:
        path: the file, for messages.
        value: what it holds.
    """

    def __init__(self, path: str, text: str) -> None:
        """Parse ``text``.

        Raises:
            AcceptedError: it is not JSON, or nested too deeply.
        """
        self.path, self._text = path, text
        try:
            self.value: Any = json.loads(text)
        except json.JSONDecodeError as error:
            said = f"{path}:{error.lineno}: not valid JSON: {error.msg.lower()}"
        except RecursionError:
            said = f"{path}: it is nested too deeply"
        except ValueError:
            said = f"{path}: a number in it is too long"
        else:
            return
        # Raised out here, so that no exception with the text goes along.
        raise AcceptedError(said)

    def refuse(self, expected: str, *keys: str | int) -> NoReturn:
        """Say that the value at ``keys`` is not what was ``expected``.

        Raises:
            AcceptedError: always; the value itself is not shown, it may be secret.
        """
        try:
            line = self.line(keys)
        except RecursionError:  # it was parsed, just so
            line = 1
        raise AcceptedError(f"{self.path}:{line}: expected {expected}") from None

    def line(self, keys: Sequence[str | int]) -> int:
        """The line of the value at ``keys``, or of what should hold it."""
        at = _after_space(self._text, 0)
        for key in keys:
            inner = self._member(at, key)
            if inner < 0:
                break
            at = inner
        return self._text.count("\n", 0, at) + 1

    def _member(self, at: int, key: str | int) -> int:
        """Where the value of ``key`` begins in the object or array at ``at``; the last of equals.

        -1 where there is none. The text is known to be JSON.
        """
        text, found, number = self._text, -1, 0
        opening, at = text[at], _after_space(text, at + 1)
        if opening not in "{[":
            return -1
        decoder = json.JSONDecoder()
        while text[at] not in "}]":
            name: str | int = number
            if opening == "{":
                name, at = decoder.raw_decode(text, at)
                at = _after_space(text, _after_space(text, at) + 1)
            if name == key:
                found = at
            _, at = decoder.raw_decode(text, at)
            at = _after_space(text, at)
            if text[at] == ",":
                at = _after_space(text, at + 1)
            number += 1
        return found


def _after_space(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at
