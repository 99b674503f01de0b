"""The README: what it quotes is real, and every page is to be found from it."""

from __future__ import annotations

import re

from tests.conftest import CHECKOUT

TEXT = (CHECKOUT / "README.md").read_text()


def test_quoted_finding_is_one_of_the_demo():
    """``golden.txt`` is the demo's report, byte for byte."""
    quoted = re.search(r"A finding looks like this:\n\n```text\n(.*?)```", TEXT, re.DOTALL)[1]
    blocks = (CHECKOUT / "tests/sample/golden.txt").read_text().split("\n\n")
    assert quoted.rstrip("\n") in blocks


def test_every_page_is_linked():
    linked = set(re.findall(r"\]\((docs/[^)#]*)", TEXT))
    pages = {f"docs/{page.name}" for page in (CHECKOUT / "docs").glob("*.md")}
    assert linked == {*pages, "docs/rules/README.md"}


def test_named_install_is_one_that_exists():
    """No registry has the package yet: a checkout is what there is."""
    for page in (CHECKOUT / "README.md", *(CHECKOUT / "docs").glob("*.md")):
        for line in page.read_text().splitlines():
            assert not re.search(r"pip install\s+['\"]?onex\b", line), (page, line)
