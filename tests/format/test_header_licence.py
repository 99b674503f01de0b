"""Which lines speak of licence and copyright, who they name, and what an SPDX expression is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.licenses import canonicalize_license_expression

from onex_tools.format.licence import (
    COMMON,
    HeaderWish,
    copyright_line,
    expression_fault,
    holder,
    licence_line,
    name_fault,
    notice_of,
    one_spelling,
    wish_faults,
)

LINES = {
    "# SPDX-License-Identifier: MIT": ("licence", "mit"),
    "#SPDX-License-Identifier:  MIT  OR\tISC ": ("licence", "mit or isc"),
    "## spdx-license-identifier: Apache-2.0": ("licence", "apache-2.0"),
    "# SPDX-FileCopyrightText: 2020 Jane Doe <jane@example.org>": ("copyright", "jane doe"),
    "# SPDX-FileCopyrightText: © 2020-2024 Jane Doe": ("copyright", "jane doe"),
    "# SPDX-FileCopyrightText: 2020 - Jane Doe": ("copyright", "jane doe"),
    "# SPDX-FileContributor: Jane Doe": ("tag", ""),
    "# Copyright (c) 2019, 2020 Jane Doe": ("copyright", "jane doe"),
    "# Copyright (C) 2019-20 by Jane Doe. All rights reserved.": ("copyright", "jane doe"),
    "# Copyright 2001-present, The Cart Authors": ("copyright", "the cart authors"),
    "# Copyright: Jane Doe": ("copyright", "jane doe"),
    "# COPYRIGHT 2020 JANE DOE": ("copyright", "jane doe"),
    "# Copyright contributors to the cart": ("copyright", "contributors to the cart"),
    "# (c) 2020 Jane Doe": ("copyright", "jane doe"),
    "# © Jane Doe": ("copyright", "jane doe"),
    "# All rights reserved.": ("reserved", ""),
}
PROSE = (
    "# Copyright notices are read below.",
    "# copyright-check is off",
    "# (c) the third case",
    "# Copyright",
    "# SPDX-License-Identifier:",
    "# SPDX-SnippetBegin",
    "# SPDX-SnippetCopyrightText: 2020 Jane Doe",
    "# see SPDX-License-Identifier: MIT",
    "#",
    "x = 1",
)


@pytest.mark.parametrize("line", LINES)
def test_notice(line: str) -> None:
    notice = notice_of(line)
    assert notice is not None
    assert (notice.kind, notice.value) == LINES[line]
    assert notice.text == line.strip("# ")


@pytest.mark.parametrize("line", PROSE)
def test_prose_is_no_notice(line: str) -> None:
    assert notice_of(line) is None


@pytest.mark.parametrize(
    "expression",
    [
        "MIT",
        "GPL-2.0+",
        "MIT OR Apache-2.0",
        "mit and isc",
        "(MIT)",
        "MIT AND (LGPL-2.1-or-later OR BSD-3-Clause)",
        "GPL-2.0-or-later WITH Classpath-exception-2.0 OR MIT",
        "LicenseRef-Ours",
        "DocumentRef-x:LicenseRef-Ours",
        "((MIT OR ISC) AND Zlib)",
    ],
)
def test_expression(expression: str) -> None:
    assert expression_fault(expression) == ""


@pytest.mark.parametrize(
    ("expression", "fault"),
    [
        ("", "it is empty"),
        ("  ", "it is empty"),
        ("MIT License", "AND, OR or WITH is missing before 'License'"),
        ("MIT OR", "a licence is missing at its end"),
        ("OR", "a licence is missing before 'OR'"),
        ("MIT OR AND ISC", "a licence is missing before 'AND'"),
        ("(MIT", "a '(' is not closed"),
        ("MIT)", "a ')' closes nothing"),
        ("()", "a licence is missing before ')'"),
        ("(MIT OR ISC) WITH x", "'WITH' follows the name of one licence only"),
        ("MIT WITH", "a licence is missing at its end"),
        ("MIT WITH a WITH b", "'WITH' follows the name of one licence only"),
        ("MIT/ISC", "'MIT/ISC' is no name of a licence"),
        ("MIT, ISC", "'MIT,' is no name of a licence"),
    ],
)
def test_no_expression(expression: str, fault: str) -> None:
    assert expression_fault(expression) == fault


@pytest.mark.parametrize(
    "expression",
    [
        *("MIT", "mit", "Apache-2.0+", "(MIT OR isc) and Zlib", "GPL-2.0", "LicenseRef-Ours"),
        *("DocumentRef-x:LicenseRef-Ours", "GPL-2.0-or-later WITH Classpath-exception-2.0"),
        "MIT WITH AdditionRef-Ours",
    ],
)
def test_names_that_spdx_lists(expression: str) -> None:
    assert name_fault(expression) == ""


@pytest.mark.parametrize(
    ("expression", "fault"),
    [
        ("MITT", "SPDX lists no licence 'MITT'; did you mean `MIT`?"),
        ("MIT OR Apache2.0", "SPDX lists no licence 'Apache2.0'; did you mean `Apache-2.0`?"),
        ("GPLv3", "SPDX lists no licence 'GPLv3'; "),
        (
            "Proprietary",
            "SPDX lists no licence 'Proprietary'; a licence that is not in the list is",
        ),
        ("MIT WITH MIT", "SPDX lists no exception 'MIT'"),
        ("Classpath-exception-2.0", "SPDX lists no licence 'Classpath-exception-2.0'"),
        ("GPL-2.0-only WITH LicenseRef-Ours", "SPDX lists no exception 'LicenseRef-Ours'"),
        ("licence", "SPDX lists no licence 'licence'"),
    ],
)
def test_names_that_spdx_does_not_list(expression: str, fault: str) -> None:
    assert expression_fault(expression) == ""
    assert name_fault(expression).startswith(fault)


def test_common_names_are_in_the_list() -> None:
    for name in COMMON:
        assert str(canonicalize_license_expression(name)) == name


def _expressions() -> st.SearchStrategy[str]:
    names = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9.-]{0,8}\+?", fullmatch=True).filter(
        lambda name: name.upper() not in ("AND", "OR", "WITH")
    )
    return st.recursive(
        st.one_of(names, st.tuples(names, names).map(" WITH ".join)),
        lambda inner: st.one_of(
            inner.map("({})".format),
            st.tuples(inner, st.sampled_from([" AND ", " or "]), inner).map("".join),
        ),
    )


@given(_expressions())
def test_made_by_the_grammar(expression: str) -> None:
    assert expression_fault(expression) == ""
    assert expression_fault(expression + " )") != ""
    assert one_spelling(expression) == one_spelling(f"  {expression.upper()} ")


@given(st.text(alphabet="()+-. \tANDORWITHmit_/"))
def test_any_text_has_an_answer(text: str) -> None:
    fault = expression_fault(text)
    assert fault == "" or "\n" not in fault


@given(st.integers(1900, 2099), st.integers(1900, 2099))
def test_years_make_no_other_line(first: int, last: int) -> None:
    for years in (f"{first}", f"{first}-{last}", f"{first}, {last}", f"{first} - {last},"):
        assert holder(f"Copyright (c) {years} Jane Doe") == "jane doe"


def test_line_for_a_wish() -> None:
    assert licence_line(HeaderWish("MIT")) == "# SPDX-License-Identifier: MIT"
    for text in ("2024 Jane Doe", "Jane Doe"):
        assert copyright_line(HeaderWish("", text)) == f"# SPDX-FileCopyrightText: {text}"
    for text in ("Copyright (c) 2024 Jane Doe", "SPDX-FileCopyrightText: 2024 Jane Doe", "© Doe"):
        assert copyright_line(HeaderWish("", text)) == f"# {text}"


def test_faults_of_a_wish() -> None:
    assert wish_faults(HeaderWish()) == ()
    assert wish_faults(HeaderWish("MIT", "2024 Jane Doe")) == ()
    assert wish_faults(HeaderWish("MIT License", "one\ntwo")) == (
        "'MIT License' is no SPDX licence expression: AND, OR or WITH is missing before 'License'",
        "the copyright line 'one\\ntwo' is not one line of printable text",
    )
