"""What the lines say that are not looked at again: with them all, nothing else is found."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onex_tools.api import SourceFile
from onex_tools.filepass import new_services
from onex_validators.secrets import command, named, telling
from onex_validators.secrets.names import word_places
from tests.secrets.values import drawn

WORD, TOKEN = drawn("word", 14), drawn("token", 32)
NAMES = (
    *("password", "api_key", "auth_token", "secret", "key", "keys", "auth", "token", "DB_PASSWORD"),
    *("author", "bypass", "password_file", "tokenizer", "some key of it", "publicKey", "secrets"),
    *("a", "b", "users", "env", "name", "value", "default", "description", "command", "args", "id"),
)
VALUES = (
    *(WORD, TOKEN, f"'{WORD}'", f'"{TOKEN}"', "true", "null", "~", "12345678", '""', "password"),
    *('"{{ password }}"', "'{{ token }}'", '"{{ a }}{{ b }}"', f'"{{{{ a }}}}{TOKEN}"', "changeme"),
    *(f"see password: {WORD}", f"PASSWORD={WORD}", f"a=1 token={TOKEN}", f"${{TOKEN:-{TOKEN}}}"),
    *("the password of a user", "Keys, and what they open", "api_key", "a token", "some password"),
    *("see https://example.org/auth - it says", "the ``token`` of it", "- password", "* key"),
    *(f"mysql --password {WORD}", f"tool --token={TOKEN} run", "run it with -pass", "it's a key"),
    *(f'say password "{WORD}"', f"token is `{TOKEN}`", f"# token {TOKEN}", f"curl -u a:{WORD} x"),
    *(f"# password: '{WORD}'", f"#PASSWORD={WORD} a=1", f"# tool --password {WORD}", f"# {WORD}"),
    *(f"mysql -u a -p{WORD} x", f"sshpass -p '{WORD}' ssh", "docker login", f"login -p {WORD}"),
    *(
        f"{{password: {WORD}, a: b}}",
        f'["a", "password={WORD}"]',
        f"{{name: token, value: {WORD}}}",
    ),
    *(f"set PASSWORD={WORD} for all", f"the password={WORD} is kept", f"a:password={WORD} is b"),
    *("!tag x", "&anchor x", "*anchor", f"x # password: {WORD}", "password?", "key -", "-"),
)

COLONS = (":", ": ", " :", " : ", "\n: ")


pytestmark = pytest.mark.usefixtures("excerpts")


class Writer:
    """Writes mappings and lists of names and values, as YAML or as JSON, with some faults."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._faults = self._random.choice((0.0, 0.0, 0.1))
        self.lines: list[str] = []

    def yaml(self) -> bytes:
        self._mapping(0)
        end = self._random.choice(("\n", "\n", "\r\n", "\r"))
        return end.join(self.lines).encode() + self._random.choice(("", "\n")).encode()

    def _mapping(self, column: int, lead: str = "") -> None:
        for name in self._random.sample(NAMES, self._random.randint(1, 5)):
            indent = max(0, column + self._random.choice((-1, 1))) if self._fails() else column
            self._pair(lead or " " * indent, name, column)
            lead = ""
            if self._random.random() < 0.1:
                self.lines.append(" " * column + f"# {self._random.choice(VALUES)}")

    def _pair(self, lead: str, name: str, column: int) -> None:
        quote = self._random.choice(("", "", "", '"', "'"))
        lead += self._random.choice(("", "", "", "", "&mark ", "!tag "))
        start, kind = f"{lead}{quote}{name}{quote}:", self._random.random()
        deeper = column + self._random.choice((1, 2, 4))
        if kind < 0.15 and column < 12:
            self.lines.append(start)
            self._mapping(deeper)
        elif kind < 0.3 and column < 12:
            self.lines.append(start)
            for _ in range(self._random.randint(1, 3)):
                self._item(" " * deeper + "- ", deeper + 2)
        elif kind < 0.45:
            self.lines.append(f"{start} {self._random.choice(('|', '>', '>-', '|2', ''))}".rstrip())
            self._text(" " * deeper)
        elif kind < 0.5:
            self.lines.append(f"{start} {self._random.choice(('{', '['))}")
            self._text(" " * deeper, ",")
            self.lines.append(" " * column + self._random.choice("}]"))
        else:
            self.lines.append(f"{start} {self._random.choice(VALUES)}")

    def _item(self, lead: str, column: int) -> None:
        if self._random.random() < 0.4:
            self._mapping(column, lead)
        else:
            self.lines.append(lead + self._random.choice((*VALUES, *NAMES)))

    def _text(self, lead: str, end: str = "") -> None:
        for _ in range(self._random.randint(1, 3)):
            text = self._random.choice(
                (*VALUES, *NAMES, f"a: {WORD}", f"password = {WORD}", "= x", "")
            )
            self.lines.append(lead + text + end)

    def _fails(self) -> bool:
        return self._random.random() < self._faults

    def json(self, depth: int = 0) -> str:
        gap = self._random.choice(("", " ", "\n  ", "\n"))
        names = self._random.sample(NAMES, self._random.randint(1, 4))
        items = [
            f'"{name}"' + self._random.choice(COLONS) + self._json_value(depth) for name in names
        ]
        return "{" + gap + f",{gap}".join(items) + gap + "}"

    def _json_value(self, depth: int) -> str:
        kind = self._random.random()
        if kind < 0.25 and depth < 3:
            return self.json(depth + 1)
        texts = [f'"{one.strip(chr(34))}"' for one in VALUES if '"' not in one.strip('"')]
        if kind < 0.4:
            return "[\n" + ",\n".join(self._random.sample(texts, 2)) + "\n]"
        return self._random.choice((*texts, "true", "null", "12345678"))


def every_sign(file: SourceFile) -> list[tuple[int, command.Command]]:
    """Where signs of commands stand, whatever follows them."""
    return [(at, one) for one in command.COMMANDS for sign in one.signs for at in file.places(sign)]


def found(path: str, data: bytes, *, at_all: bool) -> set[tuple[str, tuple[int, int]]]:
    """What is found with all places of words, or with those only whose lines tell."""
    file = SourceFile(path, path.rpartition(".")[2], data, new_services(0))
    with pytest.MonkeyPatch.context() as patch:
        if at_all:
            patch.setattr(telling, "_telling", lambda _, places: places)
            patch.setattr(command, "_given", every_sign)
        return {(one.value, one.span) for one in (*named.named(file), *named.weak(file))}


@settings(max_examples=200)
@given(st.integers(0, 2**32))
def test_lines_that_do_not_tell_hold_nothing_in_yaml(seed: int) -> None:
    data = Writer(seed).yaml()
    assert found("a.yaml", data, at_all=False) == found("a.yaml", data, at_all=True)


@settings(max_examples=200)
@given(st.integers(0, 2**32))
def test_lines_that_do_not_tell_hold_nothing_in_json(seed: int) -> None:
    data = Writer(seed).json().encode()
    assert found("a.json", data, at_all=False) == found("a.json", data, at_all=True)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", f"\"clientSecret '{TOKEN}'\"\n"),
        ("a.json5", f"'set passwd is \\'{TOKEN}\\''\n"),
        ("a.yaml", f"a: 1\n- name: args\n  value: tool -password {WORD} file\n"),
        ("a.yaml", f"&b entrypoint:\n  - tool -passwd {WORD} file\n"),
        ("a.yaml", f"a: 1\rbefore_script:\n- b: 1\n- tool -DB_PASSWORD {WORD} file\n"),
        ("a.yaml", f"environment: [\n FOO, BAR, DB_PASSWORD={WORD} ]\n"),
        ("a.json", f'{{"Env": [\n "FOO", "BAR", "DB_PASSWORD={WORD}"\n]}}\n'),
        ("a.yaml", f"kind: # x\n  Secret\npassword: {WORD}\n"),
        ("a.json", f'{{"a": 1, "run"\n: [\n  "--pw {WORD}",\n "/b"\n]}}\n'),
        ("a.json5", f"{{\n/* it */ args: [\n 'tool',\n 'pw \"{WORD}\"'\n]\n}}\n"),
        ("a.json", f'{{"cmd"\n: [\n "/b",\n "pw \'{WORD}\'"\n]}}\n'),
    ],
)
def test_odd_files_are_looked_at_as_before(name: str, text: str) -> None:
    data = text.encode()
    assert found(name, data, at_all=False) == found(name, data, at_all=True) != set()


@pytest.mark.parametrize(
    "line",
    [
        'password: "{{ password }}"',
        "- password: '{{ password }}'  ",
        "use_token: true",
        "author: A. Writer, with the password of another",
        "- the ``token`` is sent to https://example.org/ - over TLS",
        '"bypass": "keys, and what is below",',
        "# password: unknown",
        "   # password: unknown",
        "authors:",
        "- purge - the default of ``purge_tokens=False`` and ``keys::all`` is kept.",
        "- name: Set the password",
    ],
)
def test_lines_that_do_not_tell(line: str) -> None:
    file = SourceFile("a.yaml", "yaml", f"a: 1\n{line}\n".encode(), new_services(0))
    assert file.shared(word_places) and not file.shared(telling.telling_places)
