"""What spares Python files a parse: nothing is found with it, or lost, that is not without it."""

from __future__ import annotations

import ast
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onex_tools.api import ParseFailure, SourceFile
from onex_tools.filepass import new_services
from onex_validators.secrets import named, python_lines, python_source
from onex_validators.secrets.judgement import IN_PROSE, LIVE, LOOSELY, STRICTLY, verdict
from onex_validators.secrets.names import has_word
from onex_validators.secrets.words import KEY, LOOSE, PASSWORD, SECRET, TOKEN, Meaning, meaning
from tests.conftest import examples, no_hang, some
from tests.secrets.values import drawn, number

SERVICES = new_services(1 << 20)
LIBRARY = Path(sysconfig.get_path("stdlib"))
FILES = [path for path in LIBRARY.rglob("*.py") if "site-packages" not in path.parts]
VALUE = drawn("a line of Python", 24)


@pytest.fixture(autouse=True, scope="module")
def always() -> Iterator[None]:
    """It is worth it for every file."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(python_lines, "WORTH", 0)
        yield


def file_of(data: bytes, path: str = "app/a.py") -> SourceFile:
    return SourceFile(path, "python", data, SERVICES)


def is_spared(text: str) -> bool:
    return not python_lines.may_hold_one(file_of(text.encode("utf-8", "surrogatepass")))


def secrets(data: bytes, path: str = "app/a.py") -> list[str]:
    """The names in a file that have a secret as their value, however strictly it is judged."""
    return [
        said.name
        for said in python_source.candidates(file_of(data, path))
        for how in {said.how, IN_PROSE}
        if verdict(said.meaning, said.value, how) == LIVE
    ]


# What is spared ----------------------------------------------------------------------------------

SPARED = {
    "a name alone": "self.token = token\n",
    "a default that is no string": "def f(key=None, *, secret: str | None = None): ...\n",
    "a docstring": 'def f(token):\n    """Take the "token", and the user\'s `pw`: abc123xyz."""\n',
    "a comment": 'key = 1  # not "%s", and don\'t\n',
    "a value of another line": 'token = get()\nname = "%s"\n',
    "a value of the line in brackets before": 'f(\n    "%s",\n)\nself.token = token\n',
    "a value of the line in brackets behind": 'self.token = token\nf(\n    "%s",\n)\n',
    "a word": 'keys = {"token": "header", "password": "field"}\n',
    "a name in a string with fields": 'f"{token} {key!r:>{width}} {{"\nname = "%s"\n',
    "a string on the line of a string with fields": "f(f\"{x['a']}\", '%s', token_type)\n",
    "escapes": 'print("token\\n", \'don\\\'t\', "\\\\", r"\\d")\n',
    "pieces of a text": 'log("The token of "  # don\'t\n    "this user")\n',
    "other letters": 'schlüssel = "größer"  # … and the key\n',
    "carriage returns": 'self.key = key\r\nname = "%s"\r\n',
}  # fmt: skip


@pytest.mark.parametrize("text", SPARED.values(), ids=SPARED)
def test_files_are_spared(text: str) -> None:
    text = text.replace("%s", VALUE)
    assert is_spared(text)
    assert secrets(text.encode()) == []


# What is not -------------------------------------------------------------------------------------

PIECES = range(0, 24, 6)
HELD = {
    "a letter by its number": r'x = {"\x74oken": "%s"}; token_type = 1',
    "a letter by its number in base 8": r'x = {"\164oken": "%s"}; token_type = 1',
    "a letter by its name": r'x = {"\N{LATIN SMALL LETTER T}oken": "%s"}; token_type = 1',
    "a letter that becomes another": r'x = {"\u212aey": "%s"}; token_type = 1',
    "a letter of another form": 'toke\uff4e = "%s"; token_type = 1',
    "a word on two lines": 'x = {"to\\\nken": "%s"}; token_type = 1',
    "a word in two strings": 'x = {"to"  # it\'s\n"ken": "%s"}; token_type = 1',
    "a word in strings of which one is empty": "x = {'to' '' 'ken': '%s'}; token_type = 1",
    "a word in long strings": "x = {'''to''' r\"\"\"ken\"\"\": '%s'}; token_type = 1",
    "a word that an escape parts": r'x = {"password\name": "%s"}',
    "a name of bytes": 'x[b"token"] = "%s"',
    "a name that is its value": 'x = {"aB3$Password9x": "aB3$Password9x"}',
    "a value on a line before": "x = (\n'%s'\n== token\n)",
    "a value below brackets": "x = (\n[1, (2)],\ny(token=\n'%s'))",
    "a value in pieces": "token = ("
    + "".join(f'\n{" " * 12}"{VALUE[at : at + 6]}"' for at in PIECES)
    + ")",
    "a word that something is compared with": 'if password != "letmein": pass',
    "a value with escapes around": 'token = "' + r"\n" * 300 + '%s"',
    "a value right behind a keyword": 'if"%s"==token: pass',
    "an option and its value": 'run(["tool", "--password", "%s", "a"])',
    "an option and its value on lines": "run([\n'--password',\n'%s',\n])",
    "a value in a field": "f'{x} {f(token=\"%s\")}'",
    "a field in braces": "f'''{{{ {1: {2: 3}}[x.get('token', '%s')] }'''",
    "code behind a comment's carriage return": "# a\rtoken = '%s'",
    "another encoding": "# coding: utf-7\n+AHQ-oken = '%s'; token_type = 1",
    "a byte order mark": "\ufefftoken = '%s'",
}
if sys.version_info >= (3, 12):
    HELD["quotes of a string in its fields"] = "f'{x['}' + 'a']}'; token = '%s'; y = \"'\""
    HELD["lines in a field"] = "f'{\nf(token='%s')\n}'"


@pytest.mark.parametrize("text", HELD.values(), ids=HELD)
def test_files_are_parsed(text: str) -> None:
    text = text.replace("%s", VALUE) + "\n"
    assert secrets(text.encode()) != []
    assert not is_spared(text)


SHAPES = (
    "NAME = VALUE",
    "other = NAME = VALUE",
    "NAME: str = VALUE",
    "other, NAME = other, VALUE",
    "(NAME, other) = (VALUE, *others)",
    "f((WORD := VALUE))",
    "f(1, WORD=VALUE)",
    "@f(WORD=VALUE)\nclass A: pass",
    "def f(a, WORD=VALUE, *b): pass",
    "def f(a, /, *, WORD: str = VALUE, b=1) -> None: pass",
    "f = lambda a, WORD=VALUE: a",
    "f = {KEY: VALUE, **others}",
    "f([{1: [{KEY: VALUE}]}])",
    "f = x.get(KEY, VALUE)",
    "f = x.setdefault(KEY, VALUE)",
    "setattr(x, KEY, VALUE)",
    "NAME = x.pop(KEY, VALUE)",
    "x.set_WORD(VALUE)",
    "if NAME == VALUE: pass",
    "while 1 and VALUE != NAME: break",
    "y = [x for x in y if x.get(KEY) == VALUE]",
    "assert VALUE == x == NAME",
    "match NAME == VALUE:\n    case {KEY: 'a'}: pass",
    "with f(WORD=VALUE) as x, g() as y: pass",
    "f'{x} {f(WORD=INNER)}'",
    'f"""{x!r:>{y}} {{ {x.get(KEY, INNER)}"""',
    "try: NAME = VALUE\nfinally: pass",
    "x = 1; NAME = VALUE; y = 2",
)
NAMES = st.sampled_from(
    ["password", "db_password", "api_key", "self.token", "a.b(1).secret", "x[KEY]", "x[1][KEY]"]
)
WORDS = st.sampled_from(["password", "dbPassword", "API_KEY", "token", "key", "größe_secret"])
KEYS = st.sampled_from(
    [
        *("'password'", '"""api key"""', "r'token'", r"'the\tsecret'", r"'it\'s token'"),
        *(r"'pass\u0077ord'", r"'tok\x65n'", r"'\164oken'", r"'\N{LATIN SMALL LETTER K}ey'"),
        *("'pass' 'word'", "'to' 'ken'", "'to' '' \"ken\"", "b'token'", "'to\\\nken'"),
        "('db'\n'_'  # don't\n'''secret''')",
    ]
)
TEXTS = st.sampled_from(
    [drawn("value", 32), drawn("word", 14), f"Aa1!{drawn('sign', 9)}", number("n", 32), "Tr0ub4dor"]
)
LITERALS = st.sampled_from(
    [
        *("'%s'", '"%s"', "b'%s'", "rb'%s'", 'U"%s"', '"""%s"""', r"'''\n%s\n'''", "('''\n%s''')"),
        *('"" "%s"', '"%s" r""', r"'%s\n'", "str('%s')", "y or '%s'", "y if z else '%s'"),
        *("'%s' if z else y", "(y or  # '\n'%s')", "f(y)(z) or '%s'", "env('a', '%s')"),
        *("SecretStr(b'%s')", "x.get('a', y or '%s')", "['%s']", "'%s'.a", "y or(f'{z}')or'%s'"),
    ]
)
VALUES = st.builds(str.replace, LITERALS, st.just("%s"), TEXTS)
INNER = st.builds('"{}"'.format, TEXTS)
GAPS = st.sampled_from([" ", " ", " ", "  ", "\t", " \\\n ", "(", "\n", "  # it's\n ", "\f"])
AROUND = st.sampled_from(
    [
        "import os  # don't\n",
        '"""It\'s a token = \'.\n\nSee "key".\n"""\n',
        "x = [\n    (1, {'a': \"'\"}),  # (\n]\n",
        'y = f\'{x!r} {x[1]:>{z}}\' \\\n    f"""{{\'"""\n',
        "def f(key=None, *, token: str = ''):\n    '''Don\\'t.'''\n    return {'a': key}\n",
        "if x == '\\\\': pass\nelif y: pass\n",
        "z = rb'\\'' b\"#\"\n",
        "é = 'größe'\n",
        "w = '''\\\npassword = \"\n'''\n",
        "\n\f\n",
        "@a\n# 'b\nclass B:\n    key: int = 1\n",
    ]
)


@st.composite
def statements(draw: st.DrawFn) -> str:
    """One in which a name has a value."""
    text = draw(st.sampled_from(SHAPES))
    parts = {"NAME": NAMES, "VALUE": VALUES, "WORD": WORDS, "KEY": KEYS, "INNER": INNER}
    for part, texts in parts.items():
        while part in text:
            text = text.replace(part, draw(texts), 1)
    first, *others = text.split(" ")
    return "".join((first, *(draw(GAPS) + other for other in others), "\n"))


@st.composite
def sources(draw: st.DrawFn) -> str:
    """Some statements, one of them such a one, perhaps in a block."""
    before, after = (draw(st.lists(AROUND, max_size=3)) for _ in "ab")
    statement = draw(statements())
    if draw(st.booleans()):
        statement = f"if x:\n    def f():\n        {statement}"
    text = "".join((*before, statement, *after))
    return text.replace("\n", "\r\n") if draw(st.booleans()) else text


def agree(text: str) -> None:
    """See that what is found in ``text`` is found although files are spared."""
    try:
        found = secrets(text.encode())
    except ParseFailure:
        return
    assert not (found and is_spared(text))


@settings(max_examples=examples(4000))
@given(sources())
def test_no_secret_is_spared(text: str) -> None:
    agree(text)


@pytest.mark.parametrize("shape", SHAPES)
def test_each_shape_holds_one(shape: str) -> None:
    """Else the law above says nothing about it."""
    parts = {"NAME": "x.password", "VALUE": f"'{VALUE}'", "INNER": f'"{VALUE}"'}
    for part, text in (*parts.items(), ("WORD", "token"), ("KEY", r'"to\x6ben_key"')):
        shape = shape.replace(part, text)
    text = f"{shape}\n"
    if text.startswith('f"""'):
        text = text.replace(r"\x6b", "k")
    assert secrets(text.encode()) != []
    assert not is_spared(text)


@settings(max_examples=examples(400))
@given(st.sampled_from(FILES), statements(), st.data())
def test_nor_between_what_people_write(path: Path, statement: str, data: st.DataObject) -> None:
    text = path.read_bytes().decode("utf-8", "replace")
    try:
        ends = [node.end_lineno or 0 for node in ast.parse(text).body]
    except (SyntaxError, ValueError):
        ends = []
    at = data.draw(st.sampled_from([0, *ends]))
    lines = text.split("\n")
    agree("\n".join((*lines[:at], statement, *lines[at:])))


@pytest.mark.parametrize("path", some(FILES, 12), ids=lambda path: path.name)
def test_real_files_say_the_same(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data, name = path.read_bytes(), f"lib/{path.relative_to(LIBRARY).as_posix()}"
    found = named.named(file_of(data, name))
    monkeypatch.setattr(python_lines, "may_hold_one", lambda _: True)
    assert found == named.named(file_of(data, name))


@pytest.mark.parametrize(
    "line",
    [
        'run("tool --password={}")',
        "# api_token: {}",
        'text = """\npassword = "{}"\n"""',
        'get("https://shop.internal/?token={}")',
        'password = "{}"',
    ],
)
def test_a_broken_file_is_searched_all_the_same(line: str) -> None:
    file = file_of(f"if (no python\n{line.format('Aa1' + VALUE)}\n".encode())
    assert [said.span for said in named.named(file)] != []


def test_a_file_that_is_parsed_anyway_is_not_looked_through(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = file_of(f"token = '{VALUE}'\n".encode())
    monkeypatch.delattr(python_lines, "may_hold_one")
    assert not file.is_parsed("python") and file.python.body and file.is_parsed("python")
    assert [said.name for said in named.named(file)] == ["token"]


# What that rests on ------------------------------------------------------------------------------


@settings(max_examples=examples(2000))
@given(st.text(max_size=8), WORDS, st.text("aK_1- ", max_size=4))
def test_a_name_that_speaks_of_a_secret_has_a_word_for_one(a: str, word: str, b: str) -> None:
    for name in (a, a + word[1:] + b, a + word[:-1] + b):
        assert meaning(name) is None or has_word(name.replace("\u212a", "k"))


@settings(max_examples=examples(2000))
@given(
    st.sampled_from([PASSWORD, TOKEN, SECRET, KEY, LOOSE]),
    st.lists(st.sampled_from(["db", "password", "my", "token", "key", "app"]), max_size=3),
    st.sampled_from([LOOSELY, STRICTLY, IN_PROSE]),
    st.text("ab1-_ ", max_size=4) | TEXTS,
)
def test_the_words_of_a_name_make_no_secret(kind: str, words: list[str], how: int, a: str) -> None:
    for text in (a, "_".join((*words, a)), "".join(map(str.title, words)) + a):
        if verdict(Meaning(kind, tuple(words)), text, how) == LIVE:
            assert verdict(Meaning(kind, ()), text, how) == LIVE


@pytest.mark.parametrize(
    "piece",
    [
        *("'", '"', '"""', "\\", "\\\n", "(", ")\n", "token\n", "(token\n", "key='a'\n", "f'{"),
        *("f'{{'", "f'{x", "'a' ", "'''a''' ", "{'key': 'a'}, ", "token 'a' ", "#'", "é", "\r\n("),
        *("f'{a:{b}}' ", "[token == 'x\\n', ", "'token' 'a'\n", r"'\\'", "f'{{{{", "{", "{a}"),
    ],
)
def test_hostile_repetitions_take_no_time(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    with no_hang():
        is_spared(f"token = ({text}")
        is_spared(f"token = 'a' {text}\n")
        is_spared(f"x = f'{text}'\ntoken = 1\n")
