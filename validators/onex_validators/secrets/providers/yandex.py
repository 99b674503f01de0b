"""Yandex Cloud.

Source: "Searching for secrets in open sources" on yandex.cloud/en/docs/security.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import URL_SAFE
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Choice, Run, Token

_PADDING = Choice(("==", "=", ""))


class YandexToken(ProviderToken):
    """A token or key of Yandex stands in a file.

    Whoever has it acts as the account that it was made for. Revoke it, and hand in a new one by the
    environment.
    """

    code, name = "SEC133", "yandex-token"
    provider = "Yandex"
    tokens = (
        Token("Cloud API key", "AQVN", Run(URL_SAFE, 35, 38)),
        Token("OAuth token", Choice(("y0_", "y1_", "y2_", "y3_")), Run(URL_SAFE, 50, 60)),
        Token(
            "IAM token", "t1.", Run(URL_SAFE, 20, 400), _PADDING, ".", Run(URL_SAFE, 86), _PADDING
        ),
        Token("Cloud static access key", "YC", Run(URL_SAFE, 38)),
        Token("key", Run(URL_SAFE, 40, 120), near=("yandex",), named=True),
    )
