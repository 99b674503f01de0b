"""LaunchDarkly.

Source: "API access tokens" and "SDK keys" on launchdarkly.com/docs.
"""

from __future__ import annotations

from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import UUID, Choice, Token


class LaunchDarklyKey(ProviderToken):
    """A key of LaunchDarkly stands in a file.

    Whoever has it reads your flags, and may change them. Reset it under *Environments* or
    *Authorization*, and hand in a new one by the environment.
    """

    code, name = "SEC131", "launchdarkly-key"
    provider = "LaunchDarkly"
    tokens = (Token("key", Choice(("sdk-", "api-")), *UUID),)
