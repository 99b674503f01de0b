"""What is read near some places is what a whole reading has there, and nothing else."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onex_tools.structure import excerpt
from onex_tools.structure.scan import settings as whole
from onex_tools.structure.scan import settings_near
from onex_tools.structure.setting import Setting

WORD = "token"
"""What is looked for."""


pytestmark = pytest.mark.usefixtures("excerpts")


def places(data: bytes) -> list[int]:
    return [found.start() for found in re.finditer(WORD.encode(), data)]


def concerns(setting: Setting, at: Sequence[int]) -> bool:
    """Whether one of the places is in the value or in the path of ``setting``."""
    inside = any(setting.span.start <= one < setting.span.end for one in at)
    return inside or any(WORD in str(part) for part in setting.path)


def check(path: str, kind: str, data: bytes) -> None:
    at = places(data)
    every = list(whole(path, kind, data))
    near = list(settings_near(path, kind, data, at))
    rest = iter(every)
    assert all(one in rest for one in near), "near has a setting, or an order, that all has not"
    missing = [one for one in every if concerns(one, at) and one not in near]
    assert not missing
    assert bool(near) == bool(every)


# Text that is made up --------------------------------------------------------------------------

NAMES = ("a", "b", "name", "value", "key", "default", WORD, f"my_{WORD}", '"q k"', "x.y", "kind")
VALUES = (
    *("1", "x", "some text", WORD, f"a {WORD}", '"quoted"', f"'{WORD}'", '"a: b"', "&a x", "*a"),
    *("!t x", "null", "[1, 2]", f"[{WORD}, {{a: b}}]", "{name: x, value: y}", '"{{ x }}"', "", ""),
    *("{{ x }}", "a # no", "a: b", '"open', "it's", "[1,", "{", "? x", "-", "- -"),
)
COMMENTS = ("# text", f"# {WORD}", "", "{{ if x }}", "{% if x %}", "  ", "]", "}", "---", "...")
SIGNS = (
    ">= 1",
    "{}.",
    f"[{WORD}]",
    f'"a" {WORD}',
    "| a |",
    "& b",
    "!",
    "'",
    '"',
    f"}} {WORD}",
    "]",
)
"""What lines of a plain text begin with that begins something else elsewhere."""
LONG = ("|", ">", "|-", '"', "'", "", "", "[", "{")


class Writer:
    """Writes lines that are YAML mostly, and broken here and there."""

    def __init__(self, seed: int, *, faults: float) -> None:
        self._random = random.Random(seed)
        self._faults = faults
        self.lines: list[str] = []

    def text(self) -> bytes:
        for _ in range(self._random.randint(1, 3)):
            self.mapping(0, 0)
            self.lines.append(self._random.choice(("---", "---", "...")))
        end = self._random.choice(("\n", "\n", "\n", "\r\n"))
        return (end.join(self.lines) + self._random.choice(("", end))).encode()

    def mapping(self, column: int, depth: int, first: str = "") -> None:
        for nth, name in enumerate(self._random.sample(NAMES, self._random.randint(1, 4))):
            start = first if nth == 0 and first else " " * self.moved(column)
            self.pair(f"{start}{name}:", column, depth)
            self.between(column)

    def moved(self, column: int) -> int:
        if self._random.random() < self._faults:
            return max(0, column + self._random.choice((-2, -1, 1, 2)))
        return column

    def between(self, column: int) -> None:
        if self._random.random() < 0.15:
            text = self._random.choice(COMMENTS[:-2] if self._faults else COMMENTS[:4])
            self.lines.append(" " * self._random.choice((0, column, column + 2)) + text)

    def pair(self, start: str, column: int, depth: int) -> None:
        chance = self._random.random()
        if depth < 4 and chance < 0.25:
            self.lines.append(start)
            self.mapping(column + self._random.choice((1, 2, 2, 4)), depth + 1)
        elif depth < 4 and chance < 0.45:
            self.lines.append(start)
            self.items(column + self._random.choice((0, 2, 2)), depth + 1)
        elif chance < 0.6:
            self.long(start + " ", column)
        else:
            self.lines.append(f"{start} {self.value()}".rstrip())

    def items(self, column: int, depth: int) -> None:
        for _ in range(self._random.randint(1, 4)):
            start = " " * self.moved(column) + "-" + " " * self._random.choice((1, 1, 1, 1, 3))
            chance = self._random.random()
            if chance < 0.5:
                self.mapping(len(start), depth + 1, start)
            elif chance < 0.6:
                self.long(start, column)
            else:
                self.lines.append((start + self.value()).rstrip())
            self.between(column)

    def value(self) -> str:
        some = VALUES if self._random.random() < self._faults * 3 else VALUES[:18]
        return self._random.choice(some)

    def long(self, start: str, column: int) -> None:
        mark = self._random.choice(LONG)
        inner = " " * (column + self._random.choice((1, 2, 2, 4)))
        words = (
            "some text",
            WORD,
            f"a: {WORD}",
            "- x",
            "",
            "  more",
            "# no",
            "name: x",
            "value: y",
        )
        words = words if mark else words[:7]  # a name below a plain text belongs to nothing
        if not mark:
            words = (*words, *SIGNS)
        lines = [self._random.choice(words) for _ in range(self._random.randint(1, 4))]
        if mark in ("[", "{"):
            items = [f"{line.strip('- #') or 'x'}," for line in lines]
            self.lines += [start + mark, *(inner + item for item in items)]
            self.lines.append(" " * column + {"[": "]", "{": "}"}[mark])
            return
        if mark in ('"', "'", ""):
            lines[0], lines[-1] = mark + lines[0], lines[-1] + mark
            first = start + lines[0]
            if self._random.random() < 0.3:
                first = f"{start.rstrip()}\n{inner}{lines[0]}"
            self.lines += [first, *((inner + line).rstrip() for line in lines[1:])]
            return
        self.lines += [start + mark, *((inner + line).rstrip() for line in lines)]


def json_text(seed: int, *, faults: float) -> bytes:
    """JSON, with escapes, comments and missing commas where there are faults."""
    rng = random.Random(seed)

    def value(depth: int) -> str:
        chance = rng.random()
        gap = rng.choice(("", " ", "\n "))
        if depth < 5 and chance < 0.6:
            items = [value(depth + 1) for _ in range(rng.randint(0, 4))]
            if chance < 0.4:
                keys = rng.sample(KEYS, len(items))
                items = [f'"{key}":{gap}{item}' for key, item in zip(keys, items, strict=True)]
            comma = rng.choice((" ", ",,", ", // no\n", ",")) if rng.random() < faults else ","
            inside = (comma + gap).join(items)
            return f"{{{gap}{inside}}}" if chance < 0.4 else f"[{inside}{gap}]"
        broken = ("'x'", "bare", '"open', "}", "]", "{", '"a" : 1', "/* x */")
        return rng.choice(broken if rng.random() < faults else SCALARS)

    return value(0 if rng.random() < 0.9 else 9).encode()


KEYS = ("a", "b", "name", "value", WORD, f"my {WORD}", "x.y", "", "default", '\\"')
SCALARS = (
    *('"x"', "1", "true", "null", "-1.5e3", f'"{WORD}"', '"a \\"b"', '""', '"{x}"', '"[,]"'),
    f'"see {WORD} here"',
)


@settings(max_examples=150)
@given(st.integers(0, 2**32), st.sampled_from((0.0, 0.02, 0.1)))
def test_near_is_what_a_whole_reading_has_of_yaml(seed: int, faults: float) -> None:
    check("a.yaml", "yaml", Writer(seed, faults=faults).text())


@settings(max_examples=150)
@given(st.integers(0, 2**32), st.sampled_from((0.0, 0.02, 0.2)))
def test_near_is_what_a_whole_reading_has_of_json(seed: int, faults: float) -> None:
    check("a.json", "json", json_text(seed, faults=faults))


@settings(max_examples=150)
@given(st.text(alphabet=f"{WORD}\n  -:#'\"[]{{}},|>&!?.", max_size=80))
def test_near_is_what_a_whole_reading_has_of_anything(text: str) -> None:
    check("a.json", "json", text.encode())


@pytest.mark.parametrize(
    "value",
    [
        "\n  some text\n  a token",
        "\n  some text\n\n  more\n  a token\n  and more",
        "\n  some text\n  # no\n  a token",
        "\n  - some text\n    more\n    a token",
        "\n  -\n    some text\n    a token",
        "\n  !tag\n  some text\n  a token",
        "\n  |\n  some text\n  a token",
        "\n  some text\n  {{ token }}",
        "\n  c: 1\n  d:\n    some text\n    a token",
        " |\n  some text\n{{ token }}\n  more",
        "\n  some text\n  >= 1 token\n  {}.\n  [a token]",
        "\n  - some text\n    more\n    \"a\n    token\n  - c: d\n     'a\n     token",
    ],
)
def test_a_text_over_several_lines_is_near(value: str) -> None:
    check("a.yaml", "yaml", f"a: 1\nb:{value}\ne: 1\n".encode())


@pytest.mark.parametrize("lines", [100, 10_000])
def test_what_is_not_near_is_not_read(lines: int) -> None:
    text = "first: 1\n" + "".join(f"item{nth}:\n  x: 1\n  y: [a, b]\n" for nth in range(lines))
    data = f"{text}deep:\n  {WORD}: x\n  other: y\nlast: 1\n".encode()
    near = settings_near("a.yaml", "yaml", data, places(data))
    assert [one.dotted for one in near] == ["first", f"deep.{WORD}"]
    inside = ", ".join('{"x": [1, 2], "y": {"z": null}}' for _ in range(lines))
    data = f'{{"first": 1, "list": [{inside}, {{"{WORD}": {{"z": 1}}}}]}}'.encode()
    near = settings_near("a.json", "json", data, places(data))
    assert [one.dotted for one in near] == ["first", f"list[{lines}].{WORD}.z"]


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        (f"a: 1\nlist:\n- x: 1\n- name: {WORD}\n  more: 1\n  value: v\n", f"list[1].{WORD}"),
        (f"a: 1\nlist:\n- value: v\n  name: {WORD}\n", f"list[0].{WORD}"),
        (f"a: 1\nlist:\n- value:\n    v\n  x: y\n  name: {WORD}\n", f"list[0].{WORD}"),
        (f"a: 1\nb: 2\nname: {WORD}\nc:\n  d: 3\nvalue:\n  v\n", WORD),
        (f"a: 1\nenv:\n  - A=1\n  - my_{WORD}=v\n", f"env[1].my_{WORD}"),
        (f"a: 1\nb:\n  text: |\n    x\n     {WORD}\n  c: v\n", "b.text"),
        (f"a: 1\n---\nb: 2\n---\nc: {WORD}\n", "c"),
        (f"a: 1\n{WORD}:\n  b:\n    - c\n    - d: v\n", f"{WORD}.b[1].d"),
    ],
)
def test_what_belongs_together_is_read_together(text: str, paths: str) -> None:
    near = settings_near("a.yaml", "yaml", text.encode(), places(text.encode()))
    assert paths in [one.dotted for one in near]
    assert excerpt.parts(text.encode(), places(text.encode())) is not None
