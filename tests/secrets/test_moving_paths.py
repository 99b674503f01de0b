"""Patterns over paths become globs that fit nothing else, or none at all."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from onex_tools.accepted.path_pattern import as_globs
from onex_tools.globs import excludes
from tests.conftest import no_hang

PATHS = st.lists(st.text("ab.*[", min_size=1, max_size=3), min_size=1, max_size=4).map("/".join)


def parts(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Pieces of patterns, with ``inner`` ones in brackets."""
    plain = st.sampled_from(
        ["a", "b", "/", r"\.", r"\*", r"\[", ".*", ".+", "[^/]*", "[^/]+", ".*?"]
    )
    either = st.lists(inner, min_size=1, max_size=3).map(lambda found: f"({'|'.join(found)})")
    return st.lists(plain | either | either.map(lambda text: f"{text}?"), max_size=4).map("".join)


BODIES = st.recursive(st.sampled_from(["a", "b", "/", "^", "$", ""]), parts, max_leaves=6)
PATTERNS = st.tuples(st.sampled_from(["", "^", "(^|/)"]), BODIES, st.sampled_from(["", "$"])).map(
    "".join
)


@example("^[^/]*a", ["[/a"])
@example(".+a", ["[/a"])
@example("(^|/)/", ["[/["])
@example("^(a|^)", ["["])
@example(r"[^/]+\.a$", ["b/.a"])
@given(PATTERNS, st.lists(PATHS, min_size=1, max_size=6))
def test_globs_fit_what_the_pattern_finds(pattern: str, paths: list[str]) -> None:
    """And nothing else: but for files below a folder that a pattern with an end would find."""
    globs = as_globs(pattern)
    inner = pattern.replace("[^/]", "").removeprefix("(^|/)").strip("^$")
    plain = not set("^$") & set(inner)  # an anchor in the midst may be passed over
    for path in paths if globs else ():
        folders = [path[:at] for at, char in enumerate(path) if char == "/"]
        found = any(re.search(pattern, one) for one in (path, *folders))
        if excludes(globs, path):
            assert found, (globs, path)
        elif plain:
            assert not re.search(pattern, path), (globs, path)


@pytest.mark.parametrize(
    ("pattern", "globs"),
    [
        (r"(^|/)tests?/", ("**/test/", "**/tests/")),
        (r"^docs/.*\.png$", ("/docs/**/*.png",)),
        ("go.mod", ("**/*go.mod*",)),
        (r"(.*?)(jpg|gif)$", ("**/*jpg", "**/*gif")),
        (r"^\.secrets\.baseline$", ("/.secrets.baseline",)),
        (r"[^/]+\.lock$", ("**/?*.lock",)),
    ],
)
def test_common_patterns(pattern: str, globs: tuple[str, ...]) -> None:
    assert as_globs(pattern) == globs


@pytest.mark.parametrize(
    "pattern",
    [
        "(?i)a",
        "a+",
        "[0-9]",
        r"\d",
        "a{3}",
        "(a",
        "a)",
        "(?P<x>a)",
        "(a|b)*",
        "a\n",
        "^/a",
        "a/$",
        "a$b",
    ],
)
def test_what_is_more_becomes_none(pattern: str) -> None:
    assert as_globs(pattern) == ()


def test_long_and_deep_patterns_end() -> None:
    with no_hang():
        for pattern in (
            "(a|b)" * 80,
            "(" * 200 + ")" * 200,
            "(a?|b?)?" * 50,
            ".*a" * 100,
            "a" * 401,
        ):
            assert len(as_globs(pattern)) <= 200
