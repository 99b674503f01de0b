"""The parsers the engine hands to files: bounded, and failing only as ParseFailure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from onex_tools.model import Span
from onex_tools.source import ParseFailure, SourceFile

if TYPE_CHECKING:
    import ast

MAX_DEPTH = 200
"""YAML nested deeper than this is refused before a recursive parser sees it."""
MAX_TOKENS = 400_000
"""Python's syntax tree takes up to 900 bytes a token."""
MAX_PARTS = 1000
"""Parts of a dotted name in Python; in TOML a thirtieth is already more than anybody writes."""
MAX_WORK = 200_000_000
"""Fields times bytes of one f-string: before 3.12 the parser reads the string once a field."""

_TOKEN = re.compile(rb"[\w\x80-\xff]++|([^\w \t])\1*+")
_DOTTED = re.compile(rb"(?:[\w\x80-\xff]++[\s\\]*+\.[\s\\]*+)++")
_TOML_PART = r"(?:[A-Za-z0-9_-]++|\"[^\"\n]*+\"|'[^'\n]*+')"
_TOML_KEY = rf"(?<![A-Za-z0-9_-]){_TOML_PART}(?:[ \t]*+\.[ \t]*+{_TOML_PART}){{32}}"
_MARK = b"\xef\xbb\xbf"
_SLOW_CODECS = ("idna", "punycode")

_COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)", re.M)
_UTF8 = (b"utf-8", b"utf8", b"u8", b"utf_8", b"ascii", b"us-ascii")


def parse(language: str, file: SourceFile) -> Any:
    """``file`` parsed as ``language``.

    Raises:
        ParseFailure: the file is not valid, too deep for the parser, or holds NUL bytes.
        KeyError: there is no parser for ``language``.
    """
    parser = _PARSERS[language]
    try:
        return parser(file)
    except (RecursionError, MemoryError):
        raise ParseFailure(language, "it is nested too deeply to parse") from None


def _python(file: SourceFile) -> Any:
    import ast

    data = file.data
    if b"\0" in data:
        at = data.index(b"\0")
        raise ParseFailure("python", "it holds a NUL byte", Span(at, at + 1))
    cookie = _cookie(data)
    if cookie and cookie[1].lower() not in _UTF8:
        _check_encoding(cookie[1], data)
    _check_cost(data)
    try:
        return _without_warnings(lambda: ast.parse(data, type_comments=False))
    except SyntaxError as error:
        place = _broken_at(file, cookie[1].decode("ascii") if cookie else "utf-8", error)
        raise ParseFailure("python", f"Python's parser says: {error.msg}", place) from None
    except (ValueError, UnicodeError) as error:
        raise ParseFailure("python", f"Python's parser says: {error}") from None


def _cookie(data: bytes) -> re.Match[bytes] | None:
    """Where a file says its encoding."""
    return _COOKIE.search(b"\n".join(data[:400].split(b"\n", 2)[:2]))


def parse_outline(file: SourceFile) -> ast.Module | None:
    """``SourceFile.outline`` made of what is needed for it; None where that is not sure."""
    import ast

    from onex_tools.outline import reduced

    try:
        text = reduced(file.data) if _is_utf8(file.data) else None
        if text is None:
            return None
        _check_cost(text)
        module: ast.Module = _without_warnings(lambda: ast.parse(text))
        return module
    except (ParseFailure, SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _is_utf8(data: bytes) -> bool:
    """Whether all of it is in the encoding that it says, and that is UTF-8 or a part of it."""
    cookie = _cookie(data)
    encoding = cookie[1].lower() if cookie else _UTF8[0]
    if encoding not in _UTF8:
        return False
    try:
        data.decode(encoding.decode())
    except UnicodeError:
        return False
    return True


def _broken_at(file: SourceFile, encoding: str, error: SyntaxError) -> Span:
    """Where Python's parser gave up; the whole line where it does not tell.

    It is asked again, with text: of bytes, releases before 3.13 count now bytes, now characters.
    """
    import ast

    head = len(_MARK) if file.data.startswith(_MARK) else 0
    try:
        text = file.data[head:].decode(encoding)
        _without_warnings(lambda: ast.parse(text, type_comments=False))
    except SyntaxError as again:
        error = again.with_traceback(None)  # which holds this frame, a circle
    except (ValueError, LookupError):
        return file.line_span(error.lineno or 1)
    span = file.line_span(error.lineno or 1)
    start = max(span.start, head)
    line = file.data[start : span.end].decode(encoding, "replace")
    first = (error.offset or 0) - 1
    # In a replacement field, Python 3.11 counts from a line that is in no file.
    if first < 0 or line not in (error.text or line):
        return span
    last = (error.end_offset or 0) - 1 if error.end_lineno == error.lineno else len(line)
    before = [len(line[:end].encode(encoding, "replace")) for end in (first, max(last, first + 1))]
    return Span(start + before[0], start + before[1])


def _check_encoding(cookie: bytes, data: bytes) -> None:
    import codecs

    name = cookie.decode("ascii", "replace")
    try:
        found = codecs.lookup(name).name
        if found in _SLOW_CODECS:
            raise LookupError(name)
        data.decode(found)
    except (LookupError, UnicodeError, ValueError, AssertionError):
        raise ParseFailure("python", f"it is not the {name} it says it is") from None


def _check_cost(data: bytes) -> None:
    """Refuse what would cost Python's parser memory or time out of proportion to its size."""
    if len(data) > MAX_TOKENS // 2 and sum(1 for _ in _TOKEN.finditer(data)) > MAX_TOKENS:
        raise ParseFailure("python", f"it has more than {MAX_TOKENS:,} tokens")
    if data.count(b".") > MAX_PARTS:
        for match in _long_names(data):
            if match[0].count(b".") > MAX_PARTS:
                said = f"a dotted name has more than {MAX_PARTS:,} parts"
                raise ParseFailure("python", said, Span(*match.span()))
    if data.count(b"{") * len(data) > MAX_WORK:
        from onex_tools.lexemes import PYTHON

        for match in PYTHON.finditer(data):
            if match[0].count(b"{") * len(match[0]) > MAX_WORK:
                said = "a string has too many braces for its length"
                raise ParseFailure("python", said, Span(*match.span()))


def _long_names(data: bytes) -> Iterator[re.Match[bytes]]:
    """Every dotted name that may be long: between two brackets there is seldom room for one."""
    start = 0
    for piece in data.split(b"("):
        if len(piece) > 2 * MAX_PARTS:
            yield from _DOTTED.finditer(data, start, start + len(piece))
        start += len(piece) + 1


def _without_warnings(compute: Callable[[], Any]) -> Any:
    """Invalid escapes in somebody's code are not ours to print."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return compute()


def _yaml(file: SourceFile) -> Any:
    import yaml

    loader_class: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        _check_depth("yaml", file.data)
        loader = loader_class(file.data)
    except (yaml.YAMLError, UnicodeError) as error:
        raise _yaml_failure(file, error) from None
    documents = []
    try:
        while loader.check_node():
            documents.append(loader.get_node())
    except (yaml.YAMLError, UnicodeError, ValueError) as error:
        raise _yaml_failure(file, error) from None
    finally:
        loader.dispose()
    return documents


def _yaml_failure(file: SourceFile, error: Exception) -> ParseFailure:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "unreadable"
    span = file.line_span(mark.line + 1) if mark is not None else Span(0, 0)
    return ParseFailure("yaml", f"YAML's parser says: {problem}", span)


def _check_depth(language: str, data: bytes) -> None:
    """Refuse deep nesting: libyaml's composer is recursive and has no limit of its own.

    Its event parser is neither, and costs a tenth; only events know a bracket from a letter.
    """
    if len(data) <= MAX_DEPTH:
        return
    import yaml

    depth = 0
    loader_class: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    for event in yaml.parse(data, Loader=loader_class):
        if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            depth += 1
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            depth -= 1
        if depth > MAX_DEPTH:
            raise ParseFailure(language, f"it is nested deeper than {MAX_DEPTH} levels", Span(0, 0))


def _toml(file: SourceFile) -> Any:
    import tomllib

    try:
        text = file.data.decode("utf-8-sig")
        # The standard parser needs time with the square of the parts of one dotted key.
        if text.count(".") >= 32 and (deep := re.search(_TOML_KEY, text)):
            line = file.line_span(text.count("\n", 0, deep.start()) + 1)
            raise ParseFailure("toml", "a key has more than 32 parts", line)
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValueError) as error:
        found = re.search(r"at line (\d+)", str(error))
        span = file.line_span(int(found[1])) if found else Span(0, 0)
        raise ParseFailure("toml", f"TOML's parser says: {error}", span) from None


_PARSERS: dict[str, Callable[[SourceFile], Any]] = {
    "python": _python,
    "toml": _toml,
    "yaml": _yaml,
}
LANGUAGES = tuple(_PARSERS)
"""What ``SourceFile.parsed`` understands."""
