"""Cloudflare.

Source: "Token formats" on developers.cloudflare.com/fundamentals.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import BASE62, BASE64, HEX, URL_SAFE
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Choice, Run, Token


class CloudflareToken(ProviderToken):
    """A token of Cloudflare stands in a file.

    The global key may do everything that you may; a token what it was made for, such as to change
    where your domains point to. Roll it under *My profile, API tokens*.
    """

    code, name = "SEC104", "cloudflare-token"
    provider = "Cloudflare"
    tokens = (
        Token("API token", Choice(("cfk_", "cfut_", "cfat_")), Run(BASE62, 40, 60)),
        Token("origin CA key", "v1.0-", Run(HEX, 24), "-", Run(HEX, 146)),
        Token("tunnel token", "eyJhIjoi", Run(BASE64, 100, 400), Choice(("==", "=", ""))),
        Token(
            "global API key",
            Run(HEX, 37),
            near=("cloud flare", "cf api", "cf key", "x auth key"),
        ),
        Token("API token", Run(URL_SAFE, 40), near=("cloud flare", "cf api token", "cf token")),
        Token("R2 secret access key", Run(HEX, 64), near=("r2 secret", "cloud flare"), named=True),
    )
