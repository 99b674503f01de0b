"""Text from elsewhere (paths, messages, source lines) made safe to print and to parse."""

from __future__ import annotations

from typing import TextIO


def visible(text: str) -> str:
    r"""``text`` on one line, with nothing in it that a terminal obeys or hides.

    Control, bidirectional, invisible and undecodable characters become what Python would write in
    a string: ``\x1b``, ``\u202e``, ``\udcff``. The backslash itself stays single, so this form is
    for reading; the machine formats have their own.
    """
    if text.isprintable():
        return text
    return "".join([c if c.isprintable() else _escaped(c) for c in text])


def plain(text: str) -> str:
    r"""``text`` as valid Unicode: a lone surrogate, which strict JSON parsers reject, is spelled.

    An undecodable byte 0xff arrives as the surrogate U+DCFF and leaves as the six characters
    ``\udcff``.
    """
    if text.isascii():
        return text
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def raw(path: str) -> bytes:
    """The bytes of a path whose undecodable bytes were surrogate-escaped."""
    try:
        return path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # a surrogate that no byte made, so not the path of a real file
        return path.encode("utf-8", "surrogatepass")


def put(out: TextIO, text: str) -> None:
    """Write ``text``; a stream that cannot encode a character gets its escape instead.

    GitHub's runner obeys ``##[command]`` anywhere in what a step prints, so checked text that
    holds it is broken up.
    """
    text = text.replace("##[", "#\\x23[")
    try:
        out.write(text)
    except UnicodeEncodeError:
        encoding = out.encoding or "ascii"
        out.write(text.encode(encoding, "backslashreplace").decode(encoding))


def _escaped(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")
