"""How the summary of a docstring is worded: its first word, its mood, its end."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable

from onex_tools.api import Bad, Edit, Finding, Fix, Good, SourceFile, Span
from onex_validators.docstrings.code.definitions import Trait
from onex_validators.docstrings.form.imperative import imperative_of
from onex_validators.docstrings.form.rewrite import Change, edits
from onex_validators.docstrings.reading.text import Docstring
from onex_validators.docstrings.rule import EVERY_CONVENTION, WrittenRule, conventions

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_FIELD = re.compile(r":(?:param|type|raises?|returns?|rtype)\b")
_UNDERLINE = re.compile(r"\s*([-=~^*#])\1\1+\s*\Z")
_WORD = re.compile(r"[a-z][A-Za-z']*[.!?]*\Z")


def _is_function(docstring: Docstring) -> bool:
    return isinstance(docstring.definition.node, _FUNCTIONS)


def _first_word(docstring: Docstring) -> str:
    """The first word without marks around it."""
    word = docstring.headline.split(None, 1)[0]
    return "".join(filter(str.isalnum, word))


def _headline(docstring: Docstring) -> Span:
    return docstring.line_span(docstring.summary)


def _last_of_summary(docstring: Docstring) -> int:
    """The number of the last line of the first paragraph; a line below a title ends it."""
    lines, number = docstring.lines, docstring.summary
    for line in lines[number + 1 :]:
        if not line.strip() or _UNDERLINE.match(line):
            break
        number += 1
    return number


class _OpenSummary(WrittenRule):
    """What the two rules on the end of the summary share."""

    abstract = True
    marks: tuple[str, ...]
    wanted: str

    def judge(self, file: SourceFile, docstring: Docstring) -> Iterable[Finding]:
        """Yield a finding at the last line of the summary."""
        end = _last_of_summary(docstring)
        last = docstring.summary if self.options.summary_line else end
        line = docstring.lines[last].rstrip()
        if line.endswith((*self.marks, "\\")) or _FIELD.match(docstring.headline):
            return
        yield file.finding(
            self,
            docstring.line_span(last),
            f"the summary does not end with {self.wanted}",
            help=f"end it with {self.wanted}",
            fix=_stopped(docstring, last) if last == end else None,
        )


def _stopped(docstring: Docstring, last: int) -> Fix | None:
    """A full stop at the end of a summary that reads like a sentence and nothing else."""
    lines = docstring.lines[docstring.summary : last + 1]
    text = lines[-1].rstrip()
    if not text[-1].isalnum() or not all(line.strip()[0].isalnum() for line in lines):
        return None
    if " " not in text.strip() or docstring.headline.lower().startswith(("usage", "http")):
        return None
    at = docstring.starts[last] + len(text)
    return Fix("end the summary with a full stop", edits(docstring, [Change(at, at, ".")]))


class NoFullStopAfterSummary(_OpenSummary):
    """The summary of a docstring does not end with a full stop.

    It is a sentence. The first paragraph counts as the summary, however many lines it has. A full
    stop is added where the paragraph is plain text that ends with a word.
    """

    code, name, aliases = "DCS130", "no-full-stop-after-summary", ("D400",)
    enabled_by = conventions("pep257", "numpy", "sphinx")
    marks, wanted = (".",), "a full stop"
    examples = (
        Good("cart.py", '"""Carts of a shop."""\n'),
        Bad(
            "cart.py",
            '"""Carts of a shop"""\n',
            settings={"convention": "pep257"},
            fixed='"""Carts of a shop."""\n',
        ),
        Bad("cart.py", '"""Carts of a shop:"""\n', settings={"convention": "numpy"}),
    )


class NoPunctuationAfterSummary(_OpenSummary):
    """The summary of a docstring does not end with a full stop, question or exclamation mark.

    It is a sentence. The first paragraph counts as the summary, however many lines it has. A full
    stop is added where the paragraph is plain text that ends with a word.
    """

    code, name, aliases = "DCS131", "no-punctuation-after-summary", ("D415",)
    enabled_by = conventions("google")
    marks, wanted = (".", "!", "?"), "`.`, `!` or `?`"
    examples = (
        Good("cart.py", '"""Is the cart empty?"""\n'),
        Bad(
            "cart.py",
            '"""Carts of a shop"""\n',
            settings={"convention": "google"},
            fixed='"""Carts of a shop."""\n',
        ),
    )


class SummaryNotImperative(WrittenRule):
    """The docstring of a function does not begin with a command, such as "Return".

    "Return the total", not "Returns the total": a docstring says what to do, as the name of the
    function does. Properties and tests are left alone. Words that can be both are taken as meant.
    """

    code, name, aliases = "DCS132", "summary-not-imperative", ("D401",)
    enabled_by = f"{conventions('pep257', 'numpy')}|config:docstrings.imperative"
    examples = (
        Good("cart.py", 'def total():\n    """Return the sum of all prices."""\n'),
        Good("cart.py", '@property\ndef total():\n    """The sum of all prices."""\n'),
        Bad(
            "cart.py",
            'def total():\n    """Returns the sum of all prices."""\n',
            at=(2,),
            settings={"imperative": True},
        ),
    )

    def judge(self, file: SourceFile, docstring: Docstring) -> Iterable[Finding]:
        """Yield a finding at the summary."""
        if not _is_function(docstring) or _is_no_command(docstring):
            return
        word = _first_word(docstring)
        wanted = imperative_of(word.lower())
        if wanted is not None:
            yield file.finding(
                self,
                _headline(docstring),
                f"the summary begins with `{word}`, which is no command",
                help=f"begin with `{wanted.capitalize()}`" if wanted else "begin with a verb",
            )


def _is_no_command(docstring: Docstring) -> bool:
    """Whether the function is a test, or looks like a value from outside."""
    node = docstring.definition.node
    name = docstring.definition.name
    if name.startswith("test") or name == "runTest":
        return True
    assert isinstance(node, _FUNCTIONS)
    return any(_last_name(one) in _PROPERTIES for one in node.decorator_list)


_PROPERTIES = frozenset(("property", "cached_property", "abstractproperty"))


def _last_name(decorator: ast.expr) -> str:
    if isinstance(decorator, ast.Attribute):
        return decorator.attr
    return decorator.id if isinstance(decorator, ast.Name) else ""


class SignatureAsSummary(WrittenRule):
    """The docstring of a function begins with its signature.

    Every tool shows the signature anyway, from the code, where it is right.
    """

    code, name, aliases = "DCS133", "signature-as-summary", ("D402",)
    enabled_by = conventions("pep257", "google", "sphinx")
    examples = (
        Good("cart.py", 'def add(row):\n    """Put `row` into the cart."""\n'),
        Bad(
            "cart.py",
            'def add(row):\n    """add(row) -> the row"""\n',
            at=(2,),
            settings={"convention": "pep257"},
        ),
    )

    def judge(self, file: SourceFile, docstring: Docstring) -> Iterable[Finding]:
        """Yield a finding at the summary."""
        name, text = docstring.definition.name, docstring.headline
        if not _is_function(docstring) or "(" not in text or name not in text:
            return
        called = re.search(rf"(?<![\w.'\"]){re.escape(name)}\(", text)
        if called and not (called.start() and text.startswith("s)", called.end())):
            # "Write new line(s)" has a plural, and no signature.
            yield file.finding(
                self,
                _headline(docstring),
                f"the summary repeats the signature of `{name}`",
                help="say what it does; the signature is shown from the code",
            )


class UncapitalisedSummary(WrittenRule):
    """The first word of a function's docstring begins with a small letter.

    The summary is a sentence. Words with other characters than letters, such as names in code,
    are left alone.
    """

    code, name, aliases = "DCS134", "uncapitalised-summary", ("D403",)
    enabled_by = EVERY_CONVENTION
    examples = (
        Good("cart.py", 'def add(row):\n    """Put `row` into the cart."""\n'),
        Good("cart.py", 'def add(row):\n    """get_row() does more."""\n'),
        Bad(
            "cart.py",
            'def add(row):\n    """put it into the cart."""\n',
            at=(2,),
            fixed='def add(row):\n    """Put it into the cart."""\n',
        ),
    )

    def judge(self, file: SourceFile, docstring: Docstring) -> Iterable[Finding]:
        """Yield a finding at the first word."""
        if not docstring.text[0].islower() or not _is_function(docstring):
            return
        word = docstring.headline.split(None, 1)[0]
        if not _WORD.match(word):
            return
        start = len(docstring.raw) - len(docstring.raw.lstrip())
        if docstring.raw[start] != word[0]:
            return
        span = docstring.span(start, start + len(word))
        edit = Edit(span.start, span.start + 1, word[0].upper().encode())
        yield file.finding(
            self,
            span,
            f"the summary begins with a small letter: `{word}`",
            help="begin it with a capital letter",
            # Whether the word is a name that has to be written like this, nobody knows.
            fix=Fix("begin with a capital letter", [edit], safe=False),
        )


class SummaryBeginsWithThis(WrittenRule):
    """A docstring begins with "This".

    "This function" says what everybody sees. What it is or does should come first.
    """

    code, name, aliases = "DCS135", "summary-begins-with-this", ("D404",)
    enabled_by = conventions("numpy")
    examples = (
        Good("cart.py", '"""Carts of a shop."""\n'),
        Bad(
            "cart.py",
            '"""This module has carts."""\n',
            settings={"convention": "numpy"},
        ),
    )

    def judge(self, file: SourceFile, docstring: Docstring) -> Iterable[Finding]:
        """Yield a finding at the summary."""
        if "this" in docstring.headline.lower() and _first_word(docstring).lower() == "this":
            yield file.finding(
                self,
                _headline(docstring),
                "the docstring begins with `This`",
                help="begin with what it is or does",
            )


class DocstringOnOverload(WrittenRule):
    """A signature marked with `@overload` has a docstring.

    It is never shown: the implementation that follows replaces it. Its docstring is the one for
    all signatures.
    """

    code, name, aliases = "DCS136", "docstring-on-overload", ("D418",)
    enabled_by = conventions("google", "numpy", "sphinx")
    examples = (
        Good("cart.py", "@overload\ndef add(row: str) -> None: ...\n"),
        Bad(
            "cart.py",
            'from typing import overload\n@overload\ndef add(row: str):\n    """Add one."""\n',
            at=(4,),
            settings={"convention": "google"},
        ),
    )

    def judge(self, file: SourceFile, docstring: Docstring) -> Iterable[Finding]:
        """Yield a finding on the docstring."""
        if docstring.definition.traits & Trait.OVERLOAD:
            yield file.finding(
                self,
                docstring.whole,
                f"overload `{docstring.definition.name}` has a docstring",
                help="move it to the implementation",
            )
