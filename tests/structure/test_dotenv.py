"""The scanners of .env files and of scripts: what a shell reads they read, and more."""

from __future__ import annotations

import shlex
import shutil
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.structure.reading import MANY, pairs, scan, scan_many, written

NAMES = st.from_regex(r"[A-Z_][A-Z0-9_]{0,5}", fullmatch=True).map(lambda name: f"X{name}")
TEXT = st.text(st.sampled_from("ab1 \"'\\#=;:\né/&"), max_size=8)


@st.composite
def words(draw: st.DrawFn) -> str:
    """A word of the shell: bare and quoted pieces."""
    return "".join(draw(st.lists(st.one_of(bare(), double(), single(), ansi()), max_size=3)))


def bare() -> st.SearchStrategy[str]:
    """Text without quotes."""
    plain = st.text(st.sampled_from("ab1#=:é/"), max_size=5)
    return plain | TEXT.map(lambda text: "".join(f"\\{one}" for one in text))


def double() -> st.SearchStrategy[str]:
    """Text in double quotes."""
    return TEXT.map(lambda text: '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"')


def single() -> st.SearchStrategy[str]:
    """Text in single quotes."""
    return TEXT.map(shlex.quote)


def ansi() -> st.SearchStrategy[str]:
    """Text in ``$'..'``, of escapes only."""
    codes = TEXT.map(lambda text: text.replace("é", "").encode())
    return codes.map(lambda text: "$'" + "".join(f"\\x{one:02x}" for one in text) + "'")


@st.composite
def scripts(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A script that assigns, and the names in their order."""
    names = draw(st.lists(NAMES, min_size=1, max_size=4, unique=True))
    text = ""
    for name in names:
        before = ["", "export ", "  ", "true; ", "# XY=z\n", "cat <<E >/dev/null\nXA=b\nE\n"]
        text += draw(st.sampled_from(before))
        text += f"{name}={draw(words())}" + draw(st.sampled_from(["\n", "; ", " # XY=z\n"]))
    return text, names


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
@settings(deadline=None)
@given(scripts())
def test_reads_all_that_the_shell_reads(script: tuple[str, list[str]]) -> None:
    text, names = script
    show = "\nprintf '%s\\0' " + " ".join(f'"${name}"' for name in names)
    done = subprocess.run(["bash", "-c", text + show], capture_output=True, check=True)
    expected = list(zip(names, done.stdout.decode().split("\0"), strict=False))
    assert [(found.key, found.value) for found in scan("a.sh", text)] == expected


@given(st.dictionaries(NAMES, TEXT.map(lambda text: text.replace("\n", ""))), st.booleans())
def test_reads_all_of_a_file_of_variables(data: dict[str, str], exported: bool) -> None:
    text = ""
    for name, value in data.items():
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        text += ("export " if exported else "") + f'{name}="{escaped}"\n'
    assert pairs(".env", text) == data


@given(
    st.text(alphabet="AB=:\"'\\$#;<{}( \n\rb", max_size=60),
    st.sampled_from([".env", "a.sh", "a.bat", "a.ps1"]),
)
def test_any_text_is_read_and_places_are_true(text: str, name: str) -> None:
    data = text.encode()
    for found in scan(name, data):
        assert 0 <= found.span.start <= found.span.end <= len(data)
        assert data[slice(*found.key_span)].decode() == found.key
        if not found.style and "\\" not in text and not {'"', "'"} & set(text):
            assert data[slice(*found.span)].decode() == found.value


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A=1\nexport B = 2 # c\nC: d e\n#D=1\n", {"A": "1", "B": "2", "C": "d e"}),
        ("A='x $Y' # c\nB=\"a\\nb\\\"$\"\nC=$'\\t'\n", {"A": "x $Y", "B": 'a\nb"$', "C": "\t"}),
        ('KEY="-----BEGIN\nabc==\n-----END"\nB=1\n',
         {"KEY": "-----BEGIN\nabc==\n-----END", "B": "1"}),
        ("A=\"open\nB='open\nC=it's\nD=1", {"A": "open", "B": "open", "C": "it's", "D": "1"}),
        ("A=x#y\nB=\nC=#c\nD=a=b==\n", {"A": "x#y", "B": "", "C": "", "D": "a=b=="}),
        ("A={{ .a }}\nB=${X:-y z}\r\nC=\"d\"\r\n", {"A": "{{ .a }}", "B": "${X:-y z}", "C": "d"}),
        ("junk\n=1\n2=3\na.b-c=d\n", {"a.b-c": "d"}),
        (b"\xef\xbb\xbfA=\xff\nA='b'c\n", {"A": "'b'c"}),
    ],
)  # fmt: skip
def test_what_stands_in_files_of_variables(text: str | bytes, found: dict[str, str]) -> None:
    assert pairs(".env", text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("export A=1 B='x y'\nreadonly C=2\n", {"A": "1", "B": "x y", "C": "2"}),
        ("f() { local a=1; declare -rx B=2; }\n", {"a": "1", "B": "2"}),
        ("if x; then A=1; else B=2; fi\nx && C=3\n", {"A": "1", "B": "2", "C": "3"}),
        ("P=s mysql -u x --p=y; dd if=a of=b\n", {"P": "s"}),
        ("[ $a == b ]; [[ $a =~ c ]]\ncat <<-'E'\nA=1\n\tE\nB=2\n", {"B": "2"}),
        ("cat <<E\nA=1\n", {"A": "1"}),
        ("A=${B:-c d} C=$(x y) D=\"$(z \"q\")\"\n", {"A": "${B:-c d}", "C": "$(x y)"}),
        ("A=\"open\nB=2\nC='x\n", {"A": "open", "B": "2", "C": "x"}),
        ("A={{ .a }}/b\nB={c\n", {"A": "{{ .a }}/b", "B": "{c"}),
        ("A=b\r\nC=d\r\n", {"A": "b", "C": "d"}),
    ],
)  # fmt: skip
def test_statements_of_shells(text: str, found: dict[str, str]) -> None:
    read = pairs("a.sh", text)
    assert {key: value for key, value in read.items() if key != "D"} == found


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("a.bat", '@set A=b c\nSET "D=e"\nset /p F=g&x\nif 1==1 set\n',
         {"A": "b c", "D": "e", "F": "g"}),
        ("a.ps1", "$env:A = \"b`n\"\"\"\n [string]$c='d''e'\n$f = Get-X\n",
         {"A": 'b\n"', "c": "d'e"}),
    ],
)  # fmt: skip
def test_statements_of_windows(name: str, text: str, found: dict[str, str]) -> None:
    assert pairs(name, text) == found


def test_spans_leave_the_quotes_out() -> None:
    text = "A=\"b c\"\nD=e\nF='g'\n"
    for name in (".env", "a.sh"):
        assert written(name, text) == [("A", "b c"), ("D", "e"), ("F", "g")]


@pytest.mark.parametrize("name", [".env", "a.sh", "a.ps1", "a.bat"])
@pytest.mark.parametrize(
    "piece",
    ["A=", 'A="', "A=\"\n", "A='", "a=$'\\", "A=\\", "<<E ", "cat <<E\n", "A={{ ", "A=$(", "$(",
     "A=${", ";", "export ", "export -x ", " ", "#", "A=b ", "\r", "set A", '$a="`'],
)  # fmt: skip
def test_much_of_the_same_costs_no_more_than_its_length(name: str, piece: str) -> None:
    assert len(scan_many(name, piece)) <= MANY
