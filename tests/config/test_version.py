"""``required-version``, compared with the packaging library's answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.specifiers import SpecifierSet

from onex_tools.config.version import check_version, order

_NUMBERS = st.lists(st.integers(0, 3), min_size=1, max_size=4).map(
    lambda parts: ".".join(map(str, parts))
)
_TAIL = st.tuples(
    st.sampled_from(["", "", "", "a1", "b2", "rc1", "rc0"]),
    st.sampled_from(["", "", "", ".post1"]),
    st.sampled_from(["", "", "", ".dev2"]),
).map("".join)
_VERSIONS = st.builds(str.__add__, _NUMBERS, _TAIL)


@given(_VERSIONS, _VERSIONS)
def test_versions_sort_as_the_standard_says(one, other):
    from packaging.version import Version

    assert (order(one) < order(other)) == (Version(one) < Version(other))
    assert (order(one) == order(other)) == (Version(one) == Version(other))


_MIXED = st.builds(str.__add__, st.sampled_from(["==", ">=", "<="]), _VERSIONS)
_COMPATIBLE = st.builds("~={}.{}".format, st.integers(0, 3), _VERSIONS)


@given(_MIXED | _COMPATIBLE, _VERSIONS)
def test_a_specifier_holds_where_the_standard_says(wanted, running):
    # Plain < and > differ from the standard on purpose: here no pre-release is ever special.
    expected = SpecifierSet(wanted).contains(running, prereleases=True)
    assert (check_version(wanted, running) == "") == expected


@pytest.mark.parametrize(
    ("wanted", "holds"),
    [
        (">=0.1, <2", True),
        (" >= 1.2 ,<1.3", True),
        ("<1.2", False),
        (">1.2.3", False),
        (">1.2,<1.2.3", False),
        ("~=1.2", True),
        ("~=1.2.0", True),
        ("~=1.1.0", False),
        ("==1.2.3", True),
        ("==1.2.3.0", True),
        ("", True),
    ],
)
def test_comma_lists_must_hold_together(wanted, holds):
    assert (check_version(wanted, "1.2.3") == "") == holds


def test_another_version_is_told_alone(tree):
    tree.write("onex.toml", "# x\nrequired-version = '>=999'\na-new-key = 1\n")
    [said] = tree.problems()
    assert said.startswith("onex.toml:2: this configuration asks for onex >=999; this is onex ")


@pytest.mark.parametrize("wanted", ["1.2", ">=", "~=1", "==1.*", "!=1", "latest", ">=1 <2"])
def test_a_malformed_specifier_is_refused(tree, wanted):
    tree.write("onex.toml", f"required-version = '{wanted}'\n")
    [said] = tree.problems()
    assert "`required-version` is the string" in said
