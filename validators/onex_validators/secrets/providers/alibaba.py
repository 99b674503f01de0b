"""Alibaba Cloud.

Source: "Create an AccessKey pair" on www.alibabacloud.com/help.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import BASE62
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Choice, Run, Token


class AlibabaKey(ProviderToken):
    """An access key of Alibaba Cloud stands in a file.

    Whoever has the pair acts as its user. Disable it under *AccessKey management*, and let a role
    or the environment hand in another one.
    """

    code, name = "SEC107", "alibaba-key"
    provider = "Alibaba Cloud"
    tokens = (
        Token("access key id", Choice(("LTAI", "STS.")), Run(BASE62, 12, 30)),
        Token(
            "access key secret",
            Run(BASE62, 30),
            near=("alibaba", "aliyun", "alicloud", "access key secret", "oss secret"),
        ),
    )
