"""Fields of the sphinx convention that are malformed, misspelt, repeated, or lost."""

from __future__ import annotations

import re
from collections.abc import Iterable

from onex_tools.api import Bad, Edit, Finding, Fix, Good, Related, SourceFile
from onex_validators.docstrings.reading.entries import indent_of
from onex_validators.docstrings.reading.headings import ANY, is_underline
from onex_validators.docstrings.reading.spelling import near_word
from onex_validators.docstrings.reading.sphinx import (
    FIELDS,
    TYPES,
    Field,
    bare_name,
    fields,
    margin_of,
)
from onex_validators.docstrings.reading.text import Docstring
from onex_validators.docstrings.rule import EVERY_CONVENTION, DocstringRule

SPHINX = {"convention": "sphinx"}
_KNOWN = (*FIELDS, *TYPES)
_COLON = re.compile(r"(?:\A|[\r\n])[ \t]*+:[a-z]")
_STRAY = re.compile(
    rf"[ \t]*+(:(?:{'|'.join(sorted(_KNOWN, key=len, reverse=True))})\b)(?!:`)"
    r"(?:[ \t]++[\w*\\.]++)?+(:?)(.?)"
)
_NEEDS_NAME = frozenset(name for name, kind in FIELDS.items() if "arguments" in kind) | {"type"}


class MalformedField(DocstringRule):
    """A field lacks its second colon, the blank after it, or the name of an argument.

    `:param path A path.`, `:param path:A path.` and `:param: A path.` are plain text to Sphinx, or
    a field that belongs to nothing.
    """

    code, name = "DCS230", "malformed-field"
    enabled_by = EVERY_CONVENTION
    examples = (
        Good("load.py", '"""Load.\n\n:param path: A path.\n"""\n', settings=SPHINX),
        Bad("load.py", '"""Load.\n\n:param path A path.\n"""\n', at=(3,), settings=SPHINX),
        Bad("load.py", '"""Load.\n\n:param: A path.\n"""\n', at=(3,), settings=SPHINX),
        Bad(
            "load.py",
            '"""Load.\n\n:param path:A path.\n"""\n',
            at=(3,),
            fixed='"""Load.\n\n:param path: A path.\n"""\n',
            settings=SPHINX,
        ),
    )

    def judge(self, file: SourceFile, docstring: Docstring) -> Iterable[Finding]:
        """Yield a finding at each such field."""
        if not _COLON.search(docstring.raw):
            return
        for field in fields(docstring):
            if field.name in _NEEDS_NAME and not field.argument:
                message = f"field `:{field.name}:` does not say of which argument"
                yield file.finding(self, docstring.span(field.start, field.body), message)
        yield from self._stray(file, docstring)

    def _stray(self, file: SourceFile, docstring: Docstring) -> Iterable[Finding]:
        margin = margin_of(docstring)
        heads = {field.line for field in fields(docstring)}
        for number, line in enumerate(docstring.lines):
            match = _STRAY.match(line) if ":" in line and number not in heads else None
            if match and number and indent_of(line) == margin:
                yield self._report(file, docstring, docstring.starts[number], match)

    def _report(
        self, file: SourceFile, docstring: Docstring, start: int, match: re.Match[str]
    ) -> Finding:
        span = docstring.span(start + match.start(1), start + match.end(2))
        if not match[2]:
            message = f"field `{match[1]}` has no second colon"
            return file.finding(self, span, message, help=f"write `{match[1]} name: text`")
        message = f"no blank after the second colon of field `{match[1]}`"
        fix = Fix("add a blank", (Edit(span.end, span.end, b" "),))
        return file.finding(self, span, message, fix=fix)


class MisspeltField(DocstringRule):
    """The name of a field is misspelt.

    Sphinx shows `:parm path:` as it stands, and does not count it as a description of `path`.
    """

    code, name = "DCS231", "misspelt-field"
    enabled_by = EVERY_CONVENTION
    examples = (
        Good("load.py", '"""Load.\n\n:meta private:\n:param path: A path.\n"""\n', settings=SPHINX),
        Bad(
            "load.py",
            '"""Load.\n\n:parma path: A path.\n"""\n',
            at=(3,),
            fixed='"""Load.\n\n:param path: A path.\n"""\n',
            settings=SPHINX,
        ),
    )

    def judge(self, file: SourceFile, docstring: Docstring) -> Iterable[Finding]:
        """Yield a finding at the name of each such field."""
        for field in fields(docstring):
            if field.name in FIELDS or field.name in TYPES or not field.name.islower():
                continue
            singular = field.name.removesuffix("s")
            wanted = singular if singular in _KNOWN else near_word(field.name, _KNOWN)
            if wanted:
                span = docstring.span(field.start + 1, field.start + 1 + len(field.name))
                fix = Fix(f"write `{wanted}`", (Edit(*span, wanted.encode()),), safe=False)
                message = f"field `:{field.name}:` is not known"
                help = f"did you mean `:{wanted}:`?"
                yield file.finding(self, span, message, help=help, fix=fix)


class RepeatedField(DocstringRule):
    """Two fields describe the same argument, or both what is returned.

    One of them is out of date, or about another argument.
    """

    code, name = "DCS232", "repeated-field"
    enabled_by = EVERY_CONVENTION
    examples = (
        Good(
            "load.py",
            '"""Load.\n\n:raises OSError: If absent.\n:raises OSError: If broken.\n"""\n',
            settings=SPHINX,
        ),
        Bad(
            "load.py",
            '"""Load.\n\n:param path: A path.\n:param str path: Where to.\n"""\n',
            at=(4,),
            settings=SPHINX,
        ),
        Bad(
            "load.py",
            '"""Load.\n\n:return: It.\n:rtype: int\n:returns: All.\n"""\n',
            at=(5,),
            settings=SPHINX,
        ),
    )

    def judge(self, file: SourceFile, docstring: Docstring) -> Iterable[Finding]:
        """Yield a finding at each such field after the first."""
        seen: dict[tuple[str, ...], Field] = {}
        for field in fields(docstring):
            key = _subject(field)
            first = seen.setdefault(key, field) if key else field
            if first is not field:
                place = file.location(docstring.span(first.start, first.body))
                span = docstring.span(field.start, field.body)
                message = f"field `{_written(field)}` repeats another one"
                related = [Related(place, f"`{_written(first)}` is here")]
                yield file.finding(self, span, message, related=related)


def _subject(field: Field) -> tuple[str, ...]:
    """What ``field`` is the description or the type of; empty where it may be repeated."""
    kind = FIELDS.get(field.name, "")
    if kind == "raises" or not (kind or field.name in TYPES):
        return ()
    name = bare_name(field.argument.rpartition(" ")[2])
    if kind in ("returns", "yields"):
        return (kind,)
    return (kind or TYPES[field.name], name, "" if kind else "type")


def _written(field: Field) -> str:
    return f":{field.name} {field.argument}".rstrip() + ":"


class TypeWithoutField(DocstringRule):
    """A field gives the type of an argument or attribute that no field describes.

    Sphinx drops such a type. Mostly the argument has another name by now.
    """

    code, name = "DCS233", "type-without-field"
    enabled_by = EVERY_CONVENTION
    examples = (
        Good(
            "load.py", '"""Load.\n\n:param path: A path.\n:type path: str\n"""\n', settings=SPHINX
        ),
        Bad(
            "load.py",
            '"""Load.\n\n:param path: A path.\n:type file: str\n"""\n',
            at=(4,),
            settings=SPHINX,
        ),
    )

    def judge(self, file: SourceFile, docstring: Docstring) -> Iterable[Finding]:
        """Yield a finding at each such field."""
        found = fields(docstring)
        described = {
            bare_name(name)
            for field in found
            if field.name in FIELDS
            for name in re.split(r"[\s,]+", field.argument)
        }
        for field in found:
            typed = field.name in TYPES and field.name not in ("rtype", "ytype")
            if typed and field.argument and bare_name(field.argument) not in described:
                message = f"type of `{field.argument}`, which no field describes"
                yield file.finding(self, docstring.span(field.start, field.body), message)


class MissingBlankLineBeforeFields(DocstringRule):
    """No blank line stands between the text of a docstring and its first field.

    The fields are then a part of the paragraph, and Sphinx shows them as plain text.
    """

    code, name = "DCS234", "missing-blank-line-before-fields"
    enabled_by = EVERY_CONVENTION
    examples = (
        Good("load.py", '"""Load.\n\n:param path: A path.\n"""\n', settings=SPHINX),
        Bad(
            "load.py",
            '"""Load.\n:param path: A path.\n"""\n',
            at=(2,),
            fixed='"""Load.\n\n:param path: A path.\n"""\n',
            settings=SPHINX,
        ),
    )

    def judge(self, file: SourceFile, docstring: Docstring) -> Iterable[Finding]:
        """Yield a finding at the first field."""
        found = fields(docstring)
        line = found[0].line if found else 0
        if line and _is_known(found[0]) and _is_text(docstring, line - 1):
            start = docstring.span(docstring.starts[line], docstring.starts[line]).start
            edit = Edit(start, start, docstring.newline.encode())
            fix = None if docstring.is_joined(line) else Fix("add a blank line", (edit,))
            span = docstring.span(found[0].start, found[0].body)
            message = f"no blank line before field `{_written(found[0])}`"
            yield file.finding(self, span, message, fix=fix)


def _is_text(docstring: Docstring, line: int) -> bool:
    """Whether line ``line`` is part of a paragraph, and no title of a section."""
    text = docstring.lines[line].strip()
    return bool(text) and not is_underline(text) and text.removesuffix(":").lower() not in ANY


def _is_known(field: Field) -> bool:
    return field.name in FIELDS or field.name in TYPES


class UnindentedFieldText(DocstringRule):
    """The text of a field goes on without being indented.

    That ends the list of fields: docutils warns, and the fields after it are plain text.
    """

    code, name = "DCS235", "unindented-field-text"
    enabled_by = EVERY_CONVENTION
    examples = (
        Good("load.py", '"""Load.\n\n:param path: A path,\n    or a URL.\n"""\n', settings=SPHINX),
        Bad(
            "load.py",
            '"""Load.\n\n:param path: A path,\nor a URL.\n:returns: It.\n"""\n',
            at=(4,),
            settings=SPHINX,
        ),
    )

    def judge(self, file: SourceFile, docstring: Docstring) -> Iterable[Finding]:
        """Yield a finding at the first line of each such text."""
        heads = {field.line for field in fields(docstring)}
        for field in fields(docstring):
            if _is_known(field) and field.end not in heads and _goes_on(docstring, field.end):
                message = f"text of field `{_written(field)}` is not indented"
                help = "indent it further than the field, or put a blank line before it"
                yield file.finding(self, docstring.line_span(field.end), message, help=help)


def _goes_on(docstring: Docstring, line: int) -> bool:
    """Whether line ``line`` has text, and is not meant to be a field."""
    text = docstring.lines[line].strip() if line < len(docstring.lines) else ""
    return bool(text) and not text.startswith(":")
