"""Sentry.

Source: "Auth tokens" on docs.sentry.io.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import BASE64, HEX
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Choice, Run, Token


class SentryToken(ProviderToken):
    """A token of Sentry stands in a file.

    Whoever has it reads your errors and changes projects. Revoke it in the settings, and hand in a
    new one by the environment.
    """

    code, name = "SEC163", "sentry-token"
    provider = "Sentry"
    tokens = (
        Token("user token", "sntryu_", Run(HEX, 64)),
        Token(
            "organization token",
            "sntrys_eyJ",
            Run(BASE64, 80, 400),
            Choice(("==", "=", "")),
            "_",
            Run(BASE64, 43),
        ),
        Token("internal token", Choice(("sntryi_", "sntrya_")), Run(HEX, 64)),
        Token("token", Run(HEX, 64), near=("sentry",)),
    )
