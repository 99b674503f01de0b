"""Recognise one block, line by line, in every dialect that is out there."""

from __future__ import annotations

import re

from onex_tools.model import Span
from onex_tools.stamp import block as b
from onex_tools.stamp.fields import is_nested, read_item, read_scalar, split_field
from onex_tools.stamp.hashing import is_v1_hash
from onex_tools.stamp.lines import (
    Line,
    Marker,
    Marks,
    conflict_mark,
    line_at,
    skip_blank,
)

MAX_LINES = 1000
"""A block longer than this is taken as unclosed."""

_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_SHA256 = re.compile(r"[0-9a-fA-F]{64}")
_DECORATION = re.compile(rb"[ \t]*\*(?!/)[ \t]?")


class BlockRecogniser:
    """Reads the block that ``line`` opens.

    Attributes:
        faults: what is wrong with its form, in the order of the lines.
        in_conflict: a merge conflict that began in the block goes on below it.
    """

    def __init__(
        self, data: bytes, line: Line, marker: Marker, marks: Marks, *, bare: bool
    ) -> None:
        self.data, self.line, self.marker, self.style = data, line, marker, marker.style
        self.faults: list[b.Fault] = []
        self.in_conflict = False
        self._marks, self._bare_allowed = marks, bare
        self._layout = ""
        self._fields: list[b.Field] = []
        self._comment_open = self._open_after(data[line.start : line.end], was_open=False)

    def run(self) -> b.Block:
        """The block, closed or not."""
        last = line = self.line
        for _ in range(MAX_LINES):
            following = line_at(self.data, line.after, line.number + 1)
            if following is None:
                break
            line = following
            marker = self._marks.marker_in(self.data, line)
            if marker is not None:
                if marker.closing:
                    return self._finish(line, self._how_closed(line, marker))
                if self._fields and not self._opens_another(line):
                    self._fault("opener-as-closer", "stamp is closed by another opening line", line)
                    return self._finish(line, b.OPENER)
                break
            if not self._take(line):
                break
            if self.data[line.start : line.end].strip():
                last = line
        self._fault("unclosed", "stamp has no closing line", self.line)
        return self._finish(last, b.UNCLOSED)

    def _fault(self, kind: str, message: str, line: Line) -> None:
        self.faults.append(b.Fault(kind, message, line.span, line.number))

    def _open_after(self, text: bytes, *, was_open: bool) -> bool:
        """Whether a block comment is open after ``text``."""
        if not self.style.closing:
            return False
        at, is_open = 0, was_open
        while True:
            token = self.style.closing if is_open else self.style.opening
            at = text.find(token, at)
            if at < 0:
                return is_open
            at, is_open = at + len(token), not is_open

    def _how_closed(self, line: Line, marker: Marker) -> str:
        text = self.data[line.start : line.end]
        still_open = self._open_after(text, was_open=self._comment_open)
        if marker.kind != self.marker.kind:
            kinds = f"opened as `{self.marker.kind}`, closed as `{marker.kind}`"
            self._fault("other-kind", f"stamp is {kinds}", line)
        if still_open:
            self._fault("comment-left-open", "closing line leaves the comment open", line)
        if self.style.opening and marker.style != self.style and not self._comment_open:
            self._fault("visible-close", "closing line stands outside the comment", line)
            return b.VISIBLE
        return b.CLOSED

    def _opens_another(self, line: Line) -> bool:
        """Whether the opening line ``line`` has a closing line of its own."""
        following: Line | None = line
        for _ in range(MAX_LINES):
            following = line_at(self.data, following.after, 0) if following else None
            if following is None:
                return False
            marker = self._marks.marker_in(self.data, following)
            if marker is not None:
                return marker.closing
            text = self.data[following.start : following.end]
            inside = text.startswith(self.style.opening) if self.style.opening else False
            if text.strip() and not inside and not split_field(text) and not is_nested(text):
                return False
        return False

    def _take(self, line: Line) -> bool:
        """Take ``line`` into the block; False where the block has ended before it."""
        mark = conflict_mark(self.data, line)
        if mark == "<" or (mark and self.in_conflict):
            self.in_conflict = mark != ">"
            self._fault("conflict-marker", "merge conflict marker", line)
            return True
        text = self.data[line.start : line.end]
        if not text.strip():
            return True
        content = self._content(text)
        if content is None:
            return False
        self._comment_open = self._open_after(text, was_open=self._comment_open)
        self._add(line, content)
        return True

    def _content(self, text: bytes) -> Span | None:
        """Where the content of a line is, its comment decoration left out; None: not ours."""
        inside = bool(self.style.opening) and text.startswith(self.style.opening)
        if self.style.closing:
            if not (inside or self._comment_open):
                return None
        elif not inside or self._layout.endswith("bare"):
            bare = self._bare_allowed or not self.style.opening
            if (self._layout and not self._layout.endswith("bare")) or not bare:
                return None
            if not (split_field(text) or is_nested(text)):
                return None
        self._layout = self._layout or self._layout_of(inside=inside)
        return self._undecorated(text, inside=inside and not self._layout.endswith("bare"))

    def _layout_of(self, *, inside: bool) -> str:
        if not self.style.opening:
            return self.style.name
        if self.style.closing:
            return f"{self.style.name}-lines" if inside else self.style.name
        return self.style.name if inside else f"{self.style.name}-bare"

    def _undecorated(self, text: bytes, *, inside: bool) -> Span:
        start, end = 0, len(text.rstrip())
        if inside:
            start = len(self.style.opening)
        elif self.style.name == "c" and (match := _DECORATION.match(text)):
            start = match.end()
        if inside and text[start : start + 1] in (b" ", b"\t"):
            start += 1
        if self.style.closing and text.endswith(self.style.closing, start, end):
            end = start + len(text[start : end - len(self.style.closing)].rstrip())
        return Span(start, end)

    def _add(self, line: Line, where: Span) -> None:
        """Read the content at ``where`` (offsets into the line) as a field or a part of one."""
        start, end = line.start + where.start, line.start + where.end
        content = self.data[start:end]
        found = split_field(content)
        if found is not None:
            key, offset = found
            value = read_scalar(content[offset:])
            self._fields.append(b.Field(key, value.text, Span(start + offset, end), line.number))
            plain = value.plain
        elif self._fields and is_nested(content):
            nested = content.decode("utf-8", "surrogateescape")
            above = self._fields[-1]
            self._fields[-1] = above._replace(nested=(*above.nested, nested))
            plain = read_item(nested).plain
        else:
            if content:
                self._fault("malformed-line", "line is not `key: value`", line)
            return
        if not plain:
            self._fault("ambiguous-value", "value that YAML rejects or misreads", line)

    def _finish(self, last: Line, closed: str) -> b.Block:
        fields = tuple(self._fields)
        form = form_of(fields, self._layout)
        span = Span(self.line.start, last.after)
        if form == b.V1:
            self.faults = [f for f in self.faults if f.kind != "ambiguous-value"]
        if closed != b.UNCLOSED and not any(f.kind == "conflict-marker" for f in self.faults):
            self._judge_fields(form, last)
        return b.Block(
            self.marker.kind,
            form,
            self._layout or self.style.name,
            closed,
            span,
            skip_blank(self.data, last.after) if closed != b.UNCLOSED else last.after,
            self.line.span,
            self.line.number,
            last.number,
            fields,
        )

    def _judge_fields(self, form: str, last: Line) -> None:
        """Faults that show only when the whole block is known."""
        seen: set[str] = set()
        for field in self._fields:
            at = Line(field.span.start, field.span.end, 0, field.line)
            if field.key in seen:
                self._fault("duplicate-field", f"second `{field.key}` in the stamp", at)
            elif (
                field.key == "uuid" and not is_uuid(field.text) and field.text[:1] not in ("", "<")
            ):
                self._fault("malformed-uuid", "`uuid` is not a UUID", at)
            seen.add(field.key)
        if form != b.V1:
            return
        for key in ("name", "uuid"):
            if key not in seen:
                self._fault("missing-field", f"stamp has no `{key}`", self.line)
        inside = self.data[self.line.start : last.end].removesuffix(b"-->")[4:]
        if self.style.name == "xml" and b"--" in inside:
            self._fault("malformed-comment", "`--` inside an HTML comment", self.line)


def is_uuid(text: str) -> bool:
    """Whether ``text`` is a UUID in its usual form; old tools wrote capitals too."""
    return _UUID.fullmatch(text) is not None


def form_of(fields: tuple[b.Field, ...], layout: str) -> str:
    """``v1`` or ``legacy``, by the hash, or else by the version of the metadata.

    A block with neither is the short one of v1, its hash kept elsewhere, or an old one.
    """
    texts = {field.key: field.text for field in fields}
    value = texts.get("hash", "")
    if is_v1_hash(value):
        return b.V1
    if _SHA256.fullmatch(value):
        return b.LEGACY
    version = texts.get("metadata_version")
    if version is not None:
        return b.V1 if version.startswith("1.") else b.LEGACY
    short = {"name", "uuid"} <= set(texts) <= {"name", "uuid", "hash"}
    return b.V1 if short and not layout.endswith(("-lines", "-bare")) else b.LEGACY
