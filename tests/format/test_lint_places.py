"""Where findings of flake8 are: our columns count characters, and spans are bytes of the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onex_tools.format.lint import LintJob, _findings, lint
from onex_tools.format.options import flake8_options
from onex_tools.format.places import Places
from onex_tools.format.runner import Row
from onex_tools.format.tables import flake8_table
from onex_tools.model import Finding, Severity
from tests.conftest import no_hang


def found_in(root: Path, data: bytes) -> dict[str, Finding]:
    """The findings in a file of ``data``, by flake8's code; a code is found once."""
    (root / "a.py").write_bytes(data)
    options = flake8_options(flake8_table(str(root)), 88)
    findings = lint(str(root), [LintJob(["a.py"], options)]).get("a.py", ())
    by_code = {finding.message.split(" ")[0]: finding for finding in findings}
    assert len(by_code) == len(findings)
    return by_code


@pytest.mark.parametrize(
    ("data", "code", "text", "line", "column"),
    [
        (b"x = 1\nimport os\n", "F401", "import", 2, 1),
        ('x = "äöü€😀"; import os\n'.encode(), "F401", "import", 1, 14),
        ('x = "äöü€😀"; import os\n'.encode(), "E702", ";", 1, 12),
        ("\ufeffé = 1; import os\n".encode(), "F401", "import", 1, 8),
        ("\ufeffimport os\n".encode(), "F401", "import", 1, 1),
        (b"if 1:\n\tx =\t2\n", "W191", "\t", 2, 1),
        (b"if 1:\n\tx =\t2\n", "E224", "\t", 2, 5),
        (b"x = 1\ry = undefined\r", "F821", "undefined", 2, 5),
        (b"x = 1\r\ny = undefined\r\n", "F821", "undefined", 2, 5),
        (b"\x0c\nx = undefined\n", "F821", "undefined", 2, 5),
        (b"x = 1  \n", "W291", "  ", 1, 6),
        (b"x = 1", "W292", "", 1, 6),
        (b"def f(:\n", "E999", ":", 1, 7),
        (b"x = (1,\n", "E999", "(", 1, 5),
        ("# é\nx = 'é' é\n".encode(), "E999", "é", 2, 9),
        (("y = '" + "é" * 90 + "'\n").encode(), "E501", "é" * 7 + "'", 1, 89),
    ],
)
def test_a_place(tmp_path: Path, data: bytes, code: str, text: str, line: int, column: int) -> None:
    """Line and column are those of the characters that the span covers."""
    finding = found_in(tmp_path, data)[code]
    at = finding.location
    assert data[at.start : at.end].decode() == text
    assert (at.line, at.column) == (line, column)
    assert finding.severity is (Severity.ERROR if code in ("E999", "F821") else Severity.WARNING)


def test_bytes_of_latin_1(tmp_path: Path) -> None:
    """Where the file says another encoding, spans are bytes of that."""
    data = b"# coding: latin-1\nx = '\xe9\xe9'; y = undefined\n"
    at = found_in(tmp_path, data)["F821"].location
    assert data[at.start : at.end] == b"undefined"
    assert (at.line, at.column) == (2, 15)


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    """What is not in its own encoding, flake8 reads as Latin-1; the span is right all the same."""
    data = b"x = '\xff\xfe'; y = undefined\n"
    at = found_in(tmp_path, data)["F821"].location
    assert data[at.start : at.end] == b"undefined"


@pytest.mark.parametrize(
    ("text", "code"),
    [("print(x)\n", "F821"), ("x = 1 is 'a'\n", "F632"), ("return 1\n", "F706"), ("(\n", "E9")],
)
def test_what_breaks_a_program_is_an_error(tmp_path: Path, text: str, code: str) -> None:
    """E9, F63, F7 and F82 are errors."""
    found = found_in(tmp_path, text.encode())
    assert next(f for c, f in found.items() if c.startswith(code)).severity is Severity.ERROR


def test_an_anchor_stays(tmp_path: Path) -> None:
    """A finding is the same one when lines move, and another one for another code or line."""
    before = found_in(tmp_path, b"import os;x = 1\n")
    after = found_in(tmp_path, b"'''Doc.'''\n\nimport os;x  =  1\n")
    assert before["F401"].anchor == after["F401"].anchor
    assert before["F401"].anchor != before["E702"].anchor
    assert before["F401"].anchor != found_in(tmp_path, b"import re;x = 1\n")["F401"].anchor


@given(
    st.binary(max_size=60),
    st.integers(-1, 9),
    st.integers(-1, 80),
    st.sampled_from(["F401", "E501", "E999", "E225", "B006"]),
)
def test_any_place_is_in_the_file(data: bytes, line: int, column: int, code: str) -> None:
    """Whatever a plugin says, a span lies in the file, and in no character's midst in UTF-8."""
    at = Places("a.py", data).location(Row("a.py", line, column, code, ""))
    assert 0 <= at.start <= at.end <= len(data)
    assert at.line >= 1 and at.column >= 1
    try:
        data.decode()
    except UnicodeDecodeError:
        return
    data[at.start : at.end].decode()


def test_many_findings_in_one_long_line(tmp_path: Path) -> None:
    """Data on a single line has one at every comma; the line is looked at once."""
    (tmp_path / "a.py").write_bytes(b"x = [" + b"1," * 100_000 + b"]\n")
    rows = [Row("a.py", 1, 7 + 2 * at, "E231", "missing") for at in range(20_000)]
    with no_hang():
        found = _findings(str(tmp_path), [*rows, Row("a.py", 1, 80, "E501", "long")], {})["a.py"]
    assert len(found) == 20_001
    assert len({finding.anchor for finding in found}) == 2
