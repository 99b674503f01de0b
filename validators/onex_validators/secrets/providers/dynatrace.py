"""Dynatrace.

Source: "Access tokens" on docs.dynatrace.com.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import UPPER_ALNUM
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Choice, Run, Token


class DynatraceToken(ProviderToken):
    """A token of Dynatrace stands in a file.

    Whoever has it reads your data or changes its settings. Revoke it under *Access tokens*, and
    hand in a new one by the environment.
    """

    code, name = "SEC164", "dynatrace-token"
    provider = "Dynatrace"
    tokens = (
        Token(
            "token",
            Choice(
                (
                    "dt0c01.",
                    "dt0s01.",
                    "dt0s02.",
                    "dt0s03.",
                    "dt0s04.",
                    "dt0s06.",
                    "dt0s08.",
                    "dt0s09.",
                    "dt0s16.",
                )
            ),
            Run(UPPER_ALNUM, 8, 24),
            ".",
            Run(UPPER_ALNUM, 64),
        ),
    )
