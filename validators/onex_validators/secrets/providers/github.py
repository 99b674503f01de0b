"""GitHub."""

from __future__ import annotations

from onex_validators.secrets.alphabet import BASE62, HEX
from onex_validators.secrets.checksum import CRC32_IN_BASE62
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Choice, Run, Token


class GitHubToken(ProviderToken):
    """A token of GitHub stands in a file.

    Whoever has it acts as the person or the app that it was made for. Revoke it under *Settings,
    Developer settings*, make a new one, and hand it in by the environment.
    """

    code, name = "SEC110", "github-token"
    provider = "GitHub"
    tokens = (
        Token("personal access token", "ghp_", Run(BASE62, 36), checksum=CRC32_IN_BASE62),
        Token("OAuth token", "gho_", Run(BASE62, 36), checksum=CRC32_IN_BASE62),
        Token("app token", Choice(("ghu_", "ghs_")), Run(BASE62, 36), checksum=CRC32_IN_BASE62),
        Token("refresh token", "ghr_", Run(BASE62, 36, 76), checksum=CRC32_IN_BASE62),
        Token(
            "fine-grained personal access token",
            "github_pat_",
            Run(BASE62, 22),
            "_",
            Run(BASE62, 59),
        ),
        Token("token or client secret", Run(HEX, 40), near=("git hub",), named=True),
        Token("app token", "v1.", Run(HEX, 40), near=("git hub",)),
    )
