"""What Kubernetes objects hold: the data of Secrets, decoded, and the files in ConfigMaps."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence

from onex_tools.model import Span
from onex_tools.structure.setting import MAX_DEPTH, Setting, as_text

Path = tuple[str | int, ...]
Objects = dict[tuple[int, Path], str]
InnerScanner = Callable[[str], Callable[[bytes], Iterable[Setting]] | None]
"""Gives the scanner that reads a file of a name, or None."""

_KINDS = frozenset({"Secret", "ConfigMap"})
_FIELDS = frozenset({"data", "stringData"})
_KEY_FILES = (".der", ".jks", ".jceks", ".kdbx", ".key", ".keystore", ".keytab", ".p12", ".pfx")
"""The endings of files that hold keys and are no text."""
_TYPICAL = frozenset("\t\n\r\f")


def objects(settings: Sequence[Setting]) -> Objects:
    """The kinds of the Secrets and ConfigMaps, by their document and path."""
    return {
        (one.document, one.path[:-1]): one.value
        for one in settings
        if one.value in _KINDS and one.path and one.path[-1] == "kind"
    }


def contents(
    settings: Sequence[Setting], objects: Objects, data: bytes, inner_scanner: InnerScanner
) -> Iterator[Setting]:
    """The decoded values of the objects' data, and the settings of the files in it."""
    for one in settings:
        path = one.path
        if len(path) < 2 or path[-2] not in _FIELDS or not isinstance(path[-1], str):
            continue
        kind = objects.get((one.document, path[:-2]))
        if kind is None:
            continue
        if kind == "Secret" and path[-2] == "data":
            decoded = _decoded(one)
            if decoded is not None:
                yield decoded
                yield from _inside(decoded, data, inner_scanner)
        else:
            yield from _inside(one, data, inner_scanner)


def _decoded(setting: Setting) -> Setting | None:
    """``setting`` with its value from base64, if that is a text or a file of keys."""
    import base64

    try:
        value = base64.b64decode("".join(setting.value.split()), validate=True)
    except ValueError:
        return None
    text = as_text(value)
    is_text = text.isprintable() or all(one.isprintable() or one in _TYPICAL for one in text)
    if not text or not (is_text or setting.key.lower().endswith(_KEY_FILES)):
        return None
    return setting._replace(value=text, kind="string", decoded_from="base64")


def _inside(setting: Setting, data: bytes, inner_scanner: InnerScanner) -> Iterator[Setting]:
    """The settings of the file that the value is, by the key, its name."""
    scanner = inner_scanner(setting.key) if "." in setting.key else None
    if scanner is None:
        return
    text = setting.value.encode("utf-8", "surrogateescape")
    places = None if setting.decoded_from else _Places.of(setting, text, data)
    for one in scanner(text):
        span, key_span = setting.span, setting.key_span
        if places is not None:
            span, key_span = places.outer(one.span), places.outer(one.key_span)
        yield one._replace(
            path=(*setting.path, *one.path)[:MAX_DEPTH],
            span=span,
            key_span=key_span,
            decoded_from=one.decoded_from or setting.decoded_from,
            document=setting.document,
        )


class _Places:
    """Where the lines of a block stand in the file around it."""

    def __init__(self, inner: list[int], outer: list[int]) -> None:
        self._inner, self._outer = inner, outer

    @classmethod
    def of(cls, setting: Setting, text: bytes, data: bytes) -> _Places | None:
        """The places of the lines of ``text``; None if they are not written as they are."""
        at = data.rfind(b"\n", 0, setting.span.start) + 1 if setting.style == "|" else -1
        if at < 0:
            whole = data[slice(*setting.span)] == text
            return cls([0], [setting.span.start]) if whole else None
        inner, outer, place = [], [], 0
        lines = text.split(b"\n")
        blank = next((nth for nth, line in enumerate(lines) if line.strip()), 0)
        for nth, line in enumerate(lines):
            inner.append(place)
            place += len(line) + 1
            if nth < blank or at >= setting.span.end:
                outer.append(setting.span.start if nth < blank else setting.span.end)
                continue
            end = data.find(b"\n", at)
            end = len(data) if end < 0 else end
            written = data[at:end].removesuffix(b"\r")
            if not written.endswith(line):
                return None
            outer.append(at + len(written) - len(line))
            at = end + 1
        return cls(inner, outer)

    def outer(self, span: Span) -> Span:
        """Where ``span`` of the inner text stands in the outer one."""
        return Span(self._place(span.start), self._place(span.end))

    def _place(self, at: int) -> int:
        line = bisect_right(self._inner, at) - 1
        return self._outer[line] + at - self._inner[line]
