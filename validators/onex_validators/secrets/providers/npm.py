"""The registry of npm.

Sources: "New npm access token format" in GitHub's changelog, 2021; "About access tokens" on
docs.npmjs.com.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import BASE62
from onex_validators.secrets.checksum import CRC32_IN_BASE62
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import UUID, Run, Token


class NpmToken(ProviderToken):
    """A token of npm stands in a file.

    Whoever has it publishes packages in your name. Delete it under *Access tokens*, and write
    ``${NPM_TOKEN}`` into ``.npmrc``: npm reads the variable.
    """

    code, name = "SEC114", "npm-token"
    provider = "npm"
    tokens = (
        Token("access token", "npm_", Run(BASE62, 36), checksum=CRC32_IN_BASE62),
        Token("access token", *UUID, near=("npm token", "npm auth", "_authToken"), named=True),
    )
