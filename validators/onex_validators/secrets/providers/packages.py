"""Hosts of packages for several languages: packagecloud, Cloudsmith, Gemfury.

Sources: packagecloud.io/docs, help.cloudsmith.io, gemfury.com/help.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import BASE62, HEX
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Run, Token


class PackageHostToken(ProviderToken):
    """A token of a host of packages stands in a file.

    Whoever has it reads or publishes your packages. Revoke it, and hand in a new one by the
    environment.
    """

    code, name = "SEC134", "package-host-token"
    provider = ""
    tokens = (
        Token("packagecloud token", Run(HEX, 48), near=("package cloud",)),
        Token("Cloudsmith key", Run(HEX, 40), near=("cloud smith",)),
        Token("Gemfury token", Run(BASE62, 20, 40), near=("gem fury", "fury"), named=True),
    )
