"""A settings class as plain data, and back."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest

from onex_tools.api import setting, settings
from onex_tools.config import ConfigError, build, describe
from onex_tools.result import FieldSpec

from .conftest import DocsStyle


def test_a_description_is_plain_data():
    spec = describe(DocsStyle)
    assert spec.section == "docs-style"
    assert spec.doc == "How documentation is judged."
    types = {field.name: field.type for field in spec.fields}
    assert types == {
        "convention": "str",
        "max_length": "int",
        "ratio": "float",
        "private": "bool",
        "skip_names": "list",
        "labels": "table",
    }
    assert spec.fields[0] == FieldSpec(
        "convention", "str", "google", "The convention.", ("google", "numpy")
    )
    plain = json.loads(json.dumps(spec))[1][4]
    assert plain == [list(one) if isinstance(one, tuple) else one for one in spec.fields[4]]
    assert plain[:5] == ["skip_names", "list", [], "Names that need none.", []]


def test_annotations_that_are_not_text_are_understood():
    namespace: dict[str, object] = {"setting": setting, "settings": settings}
    code = (
        "@settings('s')\nclass S:\n    a: int = setting(1, 'A.')\n"
        "    b: tuple[str, ...] = setting((), 'B.')\n    c: dict[str, str] = setting({}, 'C.')\n"
    )
    exec(compile(code, "s.py", "exec", dont_inherit=True), namespace)
    spec = describe(namespace["S"])
    assert [field.type for field in spec.fields] == ["int", "list", "table"]


def test_build_gives_an_instance_with_the_given_values():
    assert build(DocsStyle, {}) == DocsStyle()
    made = build(
        DocsStyle, {"max-length": 5, "skip_names": ["a"], "labels": {"x": "y"}, "ratio": 1}
    )
    assert made == DocsStyle(max_length=5, skip_names=("a",), labels={"x": "y"}, ratio=1.0)
    assert isinstance(made.ratio, float)


def test_build_says_everything_that_is_wrong():
    with pytest.raises(ConfigError) as caught:
        build(DocsStyle, {"max_length": True, "convention": "x", "lable": 1, "skip_names": "a"})
    assert str(caught.value).splitlines() == [
        "`docs-style.max-length` is `true`; allowed: a whole number",
        "`docs-style.convention` is the string 'x'; allowed: `google`, `numpy`",
        "`docs-style` has no setting `lable`",
        "`docs-style.skip-names` is the string 'a'; allowed: a list of strings",
    ]


@settings("bounded")
class Bounded:
    """Numbers with limits."""

    share: float = setting(0.0, "A share.", minimum=0, maximum=100)
    least: int = setting(2, "At least.", minimum=1)
    most: float = setting(2.0, "At most.", maximum=8.5)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("share", 100.1, "the number 100.1; allowed: a number from 0 to 100"),
        ("share", -1, "the number -1; allowed: a number from 0 to 100"),
        ("share", float("nan"), "a number out of range; allowed: a number from 0 to 100"),
        ("share", float("inf"), "a number out of range; allowed: a number from 0 to 100"),
        ("least", 0, "the number 0; allowed: a whole number from 1"),
        ("most", 9, "the number 9; allowed: a number up to 8.5"),
    ],
)
def test_a_number_has_to_be_within_its_limits(name, value, said):
    with pytest.raises(ConfigError, match="allowed") as caught:
        build(Bounded, {name: value})
    assert str(caught.value) == f"`bounded.{name}` is {said}"


@pytest.mark.parametrize(
    ("name", "value"), [("share", 0), ("share", 100), ("least", 1), ("most", 8.5), ("most", -1)]
)
def test_limits_are_allowed_themselves(name, value):
    assert getattr(build(Bounded, {name: value}), name) == value


def test_what_the_loader_gives_can_be_built(tree):
    tree.write("onex.toml", "[docs-style]\nskip-names = ['a']\nconvention = 'numpy'\n")
    values = tree.load().root.values_of("docs-style")
    assert build(DocsStyle, values) == DocsStyle(skip_names=("a",), convention="numpy")


def test_a_class_that_cannot_be_described_is_refused():
    class Plain:
        pass

    @settings("s")
    class WrongType:
        a: list[int] = setting((), "A.")

    @settings("s")
    class Undocumented:
        a: int = 3

    @settings("s")
    class WrongDefault:
        a: int = setting("x", "A.")

    @dataclass
    class NoSection:
        a: int = setting(1, "A.")

    @settings("s")
    class OutOfBounds:
        a: int = setting(0, "A.", minimum=1)

    @settings("s")
    class BoundedText:
        a: str = setting("", "A.", maximum=1)

    classes = (Plain, WrongType, Undocumented, WrongDefault, NoSection, OutOfBounds, BoundedText)
    for cls in classes:
        with pytest.raises(TypeError, match=cls.__name__):
            describe(cls)
