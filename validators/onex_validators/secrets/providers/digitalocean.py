"""DigitalOcean.

Source: "How to create a personal access token" on docs.digitalocean.com.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import BASE64, HEX, LOWER_ALNUM, UPPER_ALNUM
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Choice, Run, Token


class DigitalOceanToken(ProviderToken):
    """A token of DigitalOcean stands in a file.

    Whoever has it manages your machines and volumes. Delete it under *API, Tokens*, and hand in a
    new one by the environment.
    """

    code, name = "SEC103", "digitalocean-token"
    provider = "DigitalOcean"
    tokens = (
        Token("token", Choice(("dop_v1_", "doo_v1_", "dor_v1_")), Run(LOWER_ALNUM, 64)),
        Token("Spaces access key id", "DO00", Run(UPPER_ALNUM, 16)),
        Token(
            "Spaces secret key",
            Run(BASE64, 43),
            near=("spaces secret", "spaces key", "digital ocean"),
        ),
        Token("token", Run(HEX, 64), near=("digital ocean",), named=True),
    )
