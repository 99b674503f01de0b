"""Atlassian: Bitbucket, Jira, Confluence.

Sources: "Manage API tokens" on support.atlassian.com, "Using access tokens" on
support.atlassian.com/bitbucket-cloud, "Using personal access tokens" on confluence.atlassian.com.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import BASE62, BASE64, UPPER_HEX, URL_SAFE
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Choice, Run, Token

_EQUALS = Choice(("=", "\\=", "%3D", "%3d", "\\u003d", "\\u003D"))


class AtlassianToken(ProviderToken):
    """A token of Atlassian stands in a file.

    Whoever has it acts as you in Bitbucket, Jira or Confluence. Revoke it in the account's
    settings, and hand in a new one by the environment.
    """

    code, name = "SEC112", "atlassian-token"
    provider = "Atlassian"
    tokens = (
        Token("API token", "ATATT3", Run(URL_SAFE, 100, 300), _EQUALS, Run(UPPER_HEX, 8)),
        Token(
            "Bitbucket access token", "ATCTT3", Run(URL_SAFE, 100, 300), _EQUALS, Run(UPPER_HEX, 8)
        ),
        Token("Bitbucket app password", "ATBB", Run(BASE62, 32)),
        Token("Bitbucket client secret", Run(BASE62, 32, 64), near=("bit bucket",), named=True),
        Token(
            "personal access token",
            Choice(("MD", "MT", "Mj", "Mz", "ND", "NT", "Nj", "Nz", "OD", "OT")),
            Run(BASE64, 42),
            near=("jira", "confluence", "bit bucket", "atlassian"),
        ),
        Token("API token", Run(BASE62, 24), near=("atlassian", "jira", "confluence"), named=True),
    )
