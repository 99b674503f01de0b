"""GitLab.

Source: "Token overview, Token prefixes" on docs.gitlab.com/security/tokens.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import HEX, LOWER_ALNUM, URL_SAFE
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Choice, Run, Token


class GitLabToken(ProviderToken):
    """A token of GitLab stands in a file.

    Whoever has it acts as the person, the project or the runner that it was made for. Revoke it
    where it was made (*Access tokens*, *Deploy tokens*, *Runners*), and hand in a new one by a
    masked variable.
    """

    code, name = "SEC111", "gitlab-token"
    provider = "GitLab"
    tokens = (
        Token(
            "routable token",
            Choice(("glpat-", "glrt-", "glrtr-", "gldt-", "glptt-", "glcbt-", "glffct-", "glwt-")),
            Run(URL_SAFE, 20, 300),
            ".",
            Run(LOWER_ALNUM, 2),
            ".",
            Run(LOWER_ALNUM, 7, 9),
        ),
        Token(
            "routable token",
            Choice(("glpat-", "glrt-", "glrtr-", "gldt-", "glptt-", "glffct-", "glwt-")),
            Run(URL_SAFE, 20, 300),
            ".",
            Run(LOWER_ALNUM, 9),
        ),
        Token("personal access token", "glpat-", Run(URL_SAFE, 20, 300)),
        Token("OAuth application secret", "gloas-", Run(HEX, 64)),
        Token("deploy token", "gldt-", Run(URL_SAFE, 20, 60)),
        Token("runner token", Choice(("glrt-", "glrtr-")), Run(URL_SAFE, 20, 60)),
        Token("runner registration token", "GR1348941", Run(URL_SAFE, 20, 50)),
        Token("job token", "glcbt-", Run(LOWER_ALNUM, 1, 5), "_", Run(URL_SAFE, 20)),
        Token("pipeline trigger token", "glptt-", Run(LOWER_ALNUM, 40)),
        Token("feed token", "glft-", Run(URL_SAFE, 20)),
        Token("incoming mail token", "glimt-", Run(URL_SAFE, 25)),
        Token("agent token", "glagent-", Run(URL_SAFE, 50, 80)),
        Token("workspace token", "glwt-", Run(URL_SAFE, 20)),
        Token("SCIM token", "glsoat-", Run(URL_SAFE, 20, 50)),
        Token("feature flags token", "glffct-", Run(URL_SAFE, 20)),
        Token("session cookie", Run(LOWER_ALNUM, 32), near=("_gitlab_session",)),
        Token("access token", Run(URL_SAFE, 20), near=("git lab token", "git lab"), named=True),
    )
