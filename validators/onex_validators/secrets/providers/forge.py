"""Smaller forges: Gitea, Forgejo, Gogs, and Sourcegraph.

Sources: "API usage" on docs.gitea.com, "Access tokens" on sourcegraph.com/docs.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import HEX, LOWER_ALNUM
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Choice, Run, Token


class ForgeToken(ProviderToken):
    """A token of a forge or of a code search stands in a file.

    Whoever has it reads, and often writes, your repositories. Revoke it in the account's settings,
    and hand in a new one by the environment.
    """

    code, name = "SEC113", "forge-token"
    provider = ""
    tokens = (
        Token(
            "Sourcegraph token",
            "sgp_",
            Run(HEX, 16),
            "_",
            Run(HEX, 40),
        ),
        Token("Sourcegraph token", Choice(("sgp_local_", "sgp_")), Run(HEX, 40)),
        Token("Sourcegraph licence", "slk_", Run(HEX, 64)),
        Token("Gitea token", Run(HEX, 40), near=("gitea", "forgejo", "gogs"), named=True),
        Token("Gitter token", Run(LOWER_ALNUM, 40), near=("gitter",)),
    )
