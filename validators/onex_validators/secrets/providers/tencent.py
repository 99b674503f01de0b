"""Tencent Cloud.

Source: "Root account access key management" on www.tencentcloud.com/document.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import BASE62
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Run, Token


class TencentKey(ProviderToken):
    """A key of Tencent Cloud stands in a file.

    Whoever has the pair acts as its user. Disable it under *API key management*, and hand in a new
    one by the environment.
    """

    code, name = "SEC108", "tencent-key"
    provider = "Tencent Cloud"
    tokens = (
        Token("secret id", "AKID", Run(BASE62, 32)),
        Token(
            "secret key",
            Run(BASE62, 32),
            near=("tencent", "qcloud", "cos secret key"),
        ),
    )
