"""What turns a rule on: whether some file of the tree is one that it waits for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onex_tools.discover import Listing
from onex_tools.globs import compile_glob
from onex_tools.session import _may_have

PATHS = st.text("ab./[]*?\\\udcff", min_size=1, max_size=8)


@given(st.lists(PATHS, max_size=5), PATHS)
def test_no_file_that_a_glob_matches_is_overlooked(paths: list[str], glob: str) -> None:
    raw = b"".join(path.encode("utf-8", "surrogateescape") + b"\0" for path in paths)
    match = compile_glob(glob).match
    if any(match(path) for path in paths):
        assert _may_have(Listing(raw, True), glob)


def test_listing_without_such_an_ending_has_none() -> None:
    listing = Listing(b"a/b.py\0c.onex.yaml.txt\0", True)
    assert not _may_have(listing, "*?.onex.yaml")
    assert not _may_have(listing, "/onex.lock")
    assert _may_have(listing, "*.py") and _may_have(listing, "a/**")
