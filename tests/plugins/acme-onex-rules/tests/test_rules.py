"""The rules do what their examples say, and nothing breaks them."""

import pytest

from onex_tools.testing import Case, check_plugin, example_cases


@pytest.mark.parametrize("case", example_cases("acme_onex_rules"), ids=str)
def test_example(case: Case) -> None:
    case.check()


def test_plugin() -> None:
    check_plugin("acme_onex_rules")
