"""The built-in rules pass the very test that is asked of everybody's."""

from __future__ import annotations

import pytest

from onex_tools.testing import check_plugin, example_cases


@pytest.mark.parametrize("case", example_cases("onex_validators"), ids=str)
def test_example(case):
    case.check()


@pytest.mark.filterwarnings("ignore:invalid escape sequence")  # of bad examples
def test_whole_package():
    check_plugin("onex_validators")
