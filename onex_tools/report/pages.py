"""The files that frames are cut from, each with the spans that must never be shown."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from sys import maxsize

from onex_tools.masking import LONGEST, pieces_of, repeats
from onex_tools.model import Finding, Span
from onex_tools.result import UNTOLD, Result

_PAGES = 8


class Page:
    """The bytes of a file (or of a mended part of one), and what is secret in them.

    Attributes:
        data: the bytes.
        secret: sorted spans of ``data``, none touching another.
        pieces: the secret texts, line by line, to be found again wherever else they stand.
    """

    __slots__ = ("data", "pieces", "secret")

    def __init__(self, data: bytes, secret: Sequence[Span], pieces: Sequence[bytes]) -> None:
        self.data, self.secret, self.pieces = data, secret, pieces

    def line(self, offset: int) -> Span:
        """The line that ``offset`` is on, without its ending; LF, CRLF and lone CR end a line."""
        data = self.data
        if data[offset - 1 : offset + 1] == b"\r\n" and offset:
            offset -= 1
        start = data.rfind(b"\n", 0, offset) + 1
        start = max(start, data.rfind(b"\r", start, offset) + 1)
        end = data.find(b"\n", offset)
        end = len(data) if end < 0 else end
        lone = data.find(b"\r", offset, end)
        return Span(start, end if lone < 0 else lone)

    def after(self, end: int) -> int:
        """Where the next line begins, for a line that ends at ``end``; the size at the last."""
        return min(end + (2 if self.data[end : end + 2] == b"\r\n" else 1), len(self.data))

    def touches(self, start: int, end: int) -> bool:
        """Whether a secret has a byte in ``data[start:end]``, or goes on across an empty span."""
        return any(True for _ in self._known(start, end))

    def masks(self, start: int, end: int) -> list[Span]:
        """What to hide in ``data[start:end]``: secret spans, and repeats of their text."""
        if not self.secret and not self.pieces:
            return []
        found = [span for span in self._known(start, end) if span.start < span.end]
        if self.pieces:
            # A repeat may begin before the part that is shown, or end after it.
            low, high = max(0, start - LONGEST), min(len(self.data), end + LONGEST)
            for span in repeats(self.data[low:high], self.pieces):
                begin, stop = max(span.start + low, start), min(span.end + low, end)
                if begin < stop:
                    found.append(Span(begin, stop))
        return merged(found)

    def _known(self, start: int, end: int) -> Iterator[Span]:
        at = max(0, bisect_left(self.secret, (start, start)) - 1)
        while at < len(self.secret) and self.secret[at].start < end:
            span = self.secret[at]
            if span.end > start:
                yield Span(max(span.start, start), min(span.end, end))
            at += 1


class Pages:
    """Reads files for frames, a few kept at a time, and knows the secrets of the whole result."""

    def __init__(self, result: Result) -> None:
        self._read, self._more = result.read, result.secrets
        self._kept: dict[str, Page | None] = {}
        self._sensitive = _sensitive_codes(result)
        self._untold = _untold(result)
        self._secrets = self._collect(result)

    def sensitive(self, code: str) -> bool:
        """Whether the spans of the rule ``code`` are secret; of an unknown rule they are."""
        return self._sensitive[code]

    def page(self, path: str) -> Page | None:
        """The file at ``path``; None if it cannot be read, or if nothing of it may be shown."""
        if path not in self._kept:
            if len(self._kept) >= _PAGES:
                self._kept.clear()
            self._kept[path] = self._open(path)
        return self._kept[path]

    def carries(self, finding: Finding) -> bool:
        """Whether the edits of ``finding`` might carry a secret out of its file."""
        if finding.fix is None or finding.path not in self._secrets:
            return False
        page = self.page(finding.path)
        if page is None:
            return True
        own = self.sensitive(finding.code)
        return any(
            (not own and page.touches(edit.start, edit.end))
            or any(repeats(edit.replacement, page.pieces))
            for edit in finding.fix.edits
        )

    def _open(self, path: str) -> Page | None:
        spans = self._secrets.get(path, ())
        if any(span.end == maxsize for span in spans):
            return None
        data = self._read(path)
        more = None if data is None else self._more(path, data)
        if data is None or more is None:
            return None
        spans = [*spans, *more]
        return Page(data, merged(spans), pieces_of(data, spans))

    def _collect(self, result: Result) -> dict[str, list[Span]]:
        spans: dict[str, list[Span]] = {}
        if not any(self._sensitive.values()) and not self._untold:
            return spans
        for finding in _all(result):
            if finding.code in UNTOLD and finding.anchor in self._untold:
                spans.setdefault(finding.path, []).append(Span(0, maxsize))
            elif self._sensitive[finding.code]:
                at = finding.location
                # With no span to hide, the whole file is taken to be the secret.
                whole = Span(0, maxsize)
                span = Span(at.start, at.end) if at.start < at.end else whole
                spans.setdefault(at.path, []).append(span)
                for near, _ in finding.related:
                    if near.start < near.end:
                        spans.setdefault(near.path, []).append(Span(near.start, near.end))
        return spans


def merged(spans: Iterable[Span]) -> list[Span]:
    """``spans`` sorted, with those that overlap or touch made one."""
    result: list[Span] = []
    for span in sorted(spans):
        if result and span.start <= result[-1].end:
            result[-1] = Span(result[-1].start, max(result[-1].end, span.end))
        else:
            result.append(span)
    return result


def _sensitive_codes(result: Result) -> dict[str, bool]:
    sensitive = {}
    for finding in _all(result):
        if finding.code not in sensitive:
            info = result.rules.get(finding.code)
            sensitive[finding.code] = info is None or info.sensitive
    return sensitive


def _untold(result: Result) -> frozenset[str]:
    """The sensitive rules that did not say all they know of some file, or of the tree."""
    said = {finding.anchor for finding in _all(result) if finding.code in UNTOLD}
    return frozenset(code for code in said if code in result.rules and result.rules[code].sensitive)


def _all(result: Result) -> Iterator[Finding]:
    yield from result.findings
    for waived in result.waived:
        yield waived.finding
