"""Fixes applied rule by rule, and what each may change."""

from __future__ import annotations

import ast
import inspect
import io
import tokenize
from collections.abc import Iterator, Sequence

from onex_tools.api import Edit, Fix, ParseFailure, SourceFile, Validator
from onex_validators.docstrings.form import blank_lines, indentation, layout, quotes, wording
from onex_validators.docstrings.settings import Docstrings

MODULES = (blank_lines, indentation, layout, quotes, wording)
EVERYWHERE = Docstrings(**dict.fromkeys(("tests", "generated", "documentation"), True))
SUMMARY = ("DCS130", "DCS131")
BLANK_LINE = ("DCS107",)


def rules() -> list[Validator]:
    """Every rule on layout, quotes and wording."""
    classes = [cls for module in MODULES for cls in vars(module).values() if isinstance(cls, type)]
    found = {cls.code: cls for cls in classes if issubclass(cls, Validator) and cls.code}
    return [found[code](EVERYWHERE) for code in sorted(found)]


def safe_fixes(rule: Validator, file: SourceFile) -> list[Fix]:
    """All safe fixes of ``rule``; none where Python refuses the file."""
    try:
        found = list(rule.check(file))
    except ParseFailure:
        return []
    return [one.fix for one in found if one.fix and one.fix.safe]


def safe_edits(rule: Validator, file: SourceFile) -> list[Edit]:
    """The edits of all safe fixes of ``rule``."""
    return [edit for fix in safe_fixes(rule, file) for edit in fix.edits]


def applied(data: bytes, edits: Sequence[Edit]) -> bytes:
    """``data`` after ``edits``, which do not overlap."""
    end = len(data) + 1
    for edit in sorted(edits, reverse=True):
        assert edit.start <= edit.end <= end, "edits overlap"
        data = data[: edit.start] + edit.replacement + data[edit.end :]
        end = edit.start
    return data


def values(module: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    """Each docstring of a module, after it was taken out of the tree, with its owner."""
    for node in ast.walk(module):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            first = node.body[0] if node.body else None
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                text = first.value.value
                if isinstance(text, str):
                    first.value.value = ""
                    yield node, text


def comments(data: bytes) -> list[str]:
    """The comments of a file, in order."""
    tokens = tokenize.tokenize(io.BytesIO(data).readline)
    return [token.string for token in tokens if token.type == tokenize.COMMENT]


def seen(code: str, text: str) -> str:
    """What a reader sees of a docstring, as far as a fix of the rule ``code`` must keep it."""
    shown = inspect.cleandoc(text).strip()
    if code in SUMMARY:
        return " ".join(shown.replace(".", "").split())
    if code in BLANK_LINE:
        return "\n".join(line for line in shown.split("\n") if line.strip())
    return shown


def assert_same(code: str, old: bytes, new: bytes) -> None:
    """``new`` means what ``old`` means, and its docstrings say the same."""
    before, after = ast.parse(old), ast.parse(new)
    was, now = list(values(before)), list(values(after))
    assert ast.dump(before) == ast.dump(after)
    assert [seen(code, text) for _, text in was] == [seen(code, text) for _, text in now]
    if b"\r" not in old.replace(b"\r\n", b""):  # tokenize does not know a lone CR as a line end
        assert comments(old) == comments(new)
