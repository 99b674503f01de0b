"""Twitter, now X.

Source: "Authentication" on developer.x.com/docs.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import BASE62, DIGITS
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Run, Token

_X = ("twitter", "tweepy", "consumer secret", "consumer key", "access token secret", "tweet")


class TwitterToken(ProviderToken):
    """A token of Twitter stands in a file.

    Whoever has it reads and writes as the account. Regenerate it in the developer portal, and hand
    in the new one by the environment.
    """

    code, name = "SEC174", "twitter-token"
    provider = "Twitter"
    tokens = (
        Token("bearer token", "AAAAAAAAAAAAAAAAAAAAA", Run(BASE62 + "%", 60, 120)),
        Token("API secret", Run(BASE62, 50), near=_X, named=True),
        Token("access secret", Run(BASE62, 45), near=_X, named=True),
        Token("API secret", Run(BASE62, 41, 44), near=_X, named=True),
        Token("API key", Run(BASE62, 25), near=_X, named=True),
        Token(
            "API key",
            Run(BASE62, 18, 22),
            near=("consumer key", "twitter api key", "twitter consumer key"),
        ),
        Token(
            "access token",
            Run(DIGITS, 7, 20),
            "-",
            Run(BASE62, 20, 42),
            near=(*_X, "access token", "oauth token"),
        ),
    )
