"""Any bytes: a configuration, or a ConfigError, and both soon."""

from __future__ import annotations

import os
import tempfile

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from onex_tools.config import ConfigError, Overrides, check_selectors, find_root, load
from onex_tools.config.keys import ENTRY_KEYS, KEYS
from onex_tools.config.reference import as_toml
from tests.conftest import no_hang

from .conftest import RULES, SECTIONS

_NAMES = [key.name for key in (*KEYS, *ENTRY_KEYS)] + ["docs-style", "max_length", "tool", "onex"]
_WORDS = st.sampled_from([*_NAMES, "STP", "a/b", "!x", "../x", "pkg:a/b.toml", "2027-01-31"])
_VALUES = st.recursive(
    st.booleans() | st.integers() | st.floats() | _WORDS | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_WORDS, inner, max_size=3),
    max_leaves=8,
)
_TOKENS = st.lists(
    _WORDS
    | st.sampled_from(["[", "]", "[[", "]]", "=", "\n", '"', "'''", "{", "}", ",", ".", "#"]),
    max_size=40,
).map(" ".join)


def _outcome(name: str, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as root:
        for folder in ("", "a"):
            os.makedirs(os.path.join(root, folder), exist_ok=True)
            with open(os.path.join(root, folder, name), "wb") as stream:
                stream.write(data)
        find_root(os.path.join(root, "a"), {"GIT_CEILING_DIRECTORIES": os.path.dirname(root)})
        try:
            loaded = load(root, [f"a/{name}"], SECTIONS, Overrides())
            check_selectors(loaded, RULES)
        except ConfigError as error:
            assert error.problems
            for problem in error.problems:
                assert problem.path and problem.message.isprintable()
            return
        for config in loaded.configs.values():
            assert config.origins.keys() >= config.values.keys()
            config.excludes("x/y.py")
        assert len(loaded.digest) == 64


@given(st.sampled_from(["onex.toml", "pyproject.toml"]), st.binary(max_size=300))
def test_any_bytes(name, data):
    _outcome(name, b"# onex\n" + data)


@given(_TOKENS)
def test_any_tokens(text):
    _outcome("onex.toml", text.encode("utf-8", "replace"))


@given(st.dictionaries(_WORDS, _VALUES, max_size=5), st.booleans())
@example({"per-file-ignores": [{"path": "[z-a]", "codes": [], "reason": 1}]}, False)
@example({"extends": ["\x00.toml"]}, False)
def test_any_values(table, project):
    text = "\n".join(f"{as_toml(name)} = {as_toml(value)}" for name, value in table.items())
    head = "[tool.onex]\n" if project else ""
    name = "pyproject.toml" if project else "onex.toml"
    _outcome(name, (head + text).encode("utf-8", "replace"))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"x = " + b"[" * 500_000, "nested too deeply"),
        (b"x = " + b"{a=" * 300_000, "nested too deeply"),
        (b"x = " + b"9" * 100_000, "not valid TOML"),
        (b"a" + b".a" * 400_000 + b" = 1", "more than 32 parts"),
        (b"[a" + b" . 'b'" * 100_000 + b"]", "more than 32 parts"),
        (b'""' + b'.""' * 300_000 + b" = 1", "more than 32 parts"),
        (b"a" * 1_000_000, "not valid TOML"),
        (b"\xff\xfe", "not UTF-8"),
        (b"# fine\n\n# \xff", "not UTF-8"),
        (b"#" * (1 << 20) + b"#", "more than 1,048,576 bytes"),
        (b"timeout = 1 # " + b"a.'" * 300_000, ""),
        (b"".join(b"[[a.b]]\n" for _ in range(100_000)), "no key `a`"),
        (b"".join(b"k%d.a.b.c.d = 1\n" % n for n in range(50_000)), "no key"),
        (b'jobs = """' + b"\\n" * 400_000 + b'"""', "`jobs`"),
        (b"exclude = ['" + b"*a" * 200 + b"']", ""),
        (b"exclude = ['" + b"**/" * 300_000 + b"']", "`exclude`"),
        (b"ignore = [" + b"'STP'," * 150_000 + b"]", ""),
        (b"\x00", "not valid TOML"),
    ],
)
def test_hostile_files_are_answered_soon(tree, data, said):
    tree.write("onex.toml", data)
    with no_hang():
        if said:
            assert said in tree.problems()[0]
        else:
            tree.load()


def test_the_line_of_bad_bytes_and_bad_toml_is_told(tree):
    tree.write("onex.toml", b"# a\r\n# b\r\n# \xff\r\n")
    assert tree.problems() == ["onex.toml:3: it is not UTF-8"]
    tree.write("onex.toml", b"# a\r\n# b\r\nx = \r\n")
    assert tree.problems()[0].startswith("onex.toml:3: not valid TOML: ")
    tree.write("onex.toml", b"# a\nx = [\n1,\n")
    assert tree.problems()[0].startswith("onex.toml:3: not valid TOML: ")


@pytest.mark.parametrize("kind", ["fifo", "folder", "device", "link out", "loop"])
def test_only_regular_files_inside_the_root_are_read(tree, tmp_path, kind):
    target = tree.root / "onex.toml"
    if kind == "fifo":
        os.mkfifo(target)
    elif kind == "folder":
        target.mkdir()
    elif kind == "device":
        target.symlink_to("/dev/zero")
    elif kind == "loop":
        target.symlink_to("onex.toml")
    else:
        (tmp_path / "secret.toml").write_text("jobs = 1\n")
        target.symlink_to(tmp_path / "secret.toml")
    [said] = tree.problems()
    assert said.startswith("onex.toml: it ")


def test_a_link_that_stays_inside_is_read(tree):
    tree.write("shared/base.toml", "ignore = ['STP']\n")
    (tree.root / "onex.toml").symlink_to("shared/base.toml")
    assert tree.load().root.ignore == ("STP",)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file_is_told(tree):
    tree.write("onex.toml", "").chmod(0)
    assert tree.problems() == ["onex.toml: it cannot be read: permission denied"]


def test_a_listed_file_that_is_gone_is_no_configuration(tree):
    assert load(str(tree.root), ["a/onex.toml"], SECTIONS, Overrides()).folders == [""]
