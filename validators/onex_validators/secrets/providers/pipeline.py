"""Services that build and deploy.

Sources: "New format for API access tokens" in circleci.com/changelog, "Token security" on
buildkite.com/docs, "How to create an API key" on octopus.com/docs, and the pages on tokens of
docs.travis-ci.com, www.jetbrains.com/help/teamcity, docs.codemagic.io, docs.saucelabs.com,
www.browserstack.com/docs, devcenter.bitrise.io, www.infracost.io/docs.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import BASE58, BASE62, HEX, LOWER_ALNUM, UPPER_ALNUM, URL_SAFE
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import UUID, Choice, Run, Token

_PERMANENT = (
    Run(URL_SAFE + "=", 4, 100),
    ".",
    Run(URL_SAFE + "=", 4, 100),
    ".",
    Run(BASE62, 30, 60),
)
"""The owner and the name of a permanent token in base64, and what is drawn."""


class PipelineToken(ProviderToken):
    """A token of a service that builds or deploys stands in a file.

    Whoever has it runs what they like with the secrets of your builds. Revoke it, and keep the new
    one among the service's own secrets.
    """

    code, name = "SEC129", "pipeline-token"
    provider = ""
    tokens = (
        Token(
            "CircleCI token", Choice(("CCIPAT_", "CCIPRJ_")), Run(BASE58, 20, 23), "_", Run(HEX, 40)
        ),
        Token("CircleCI token", Run(HEX, 40), near=("circle ci", "circle token"), named=True),
        Token("Travis CI token", Run(URL_SAFE, 20, 32), near=("travis",), named=True),
        Token(
            "Buildkite token",
            Choice(("bkua_", "bkaa_", "bkaj_", "bkct_", "bkpt_", "bkat_")),
            Run(BASE62, 40, 160),
        ),
        Token("Buildkite token", Run(HEX, 40, 50), near=("buildkite",), named=True),
        Token("Octopus Deploy key", "API-", Run(UPPER_ALNUM, 25, 36)),
        Token(
            "TeamCity token",
            "eyJ0eXAiOiAiVENWMiJ9.",
            Run(URL_SAFE, 36),
            ".",
            Run(URL_SAFE, 48),
        ),
        Token("Infracost key", "ico-", Run(BASE62, 32)),
        Token("JetBrains token", Choice(("perm:", "perm-")), *_PERMANENT),
        Token("Jenkins token", "11", Run(HEX, 32), near=("jenkins",)),
        Token("Drone token", Run(BASE62, 32), near=("drone token", "drone secret", "drone server")),
        Token("AppVeyor token", "v2.", Run(LOWER_ALNUM, 20), near=("app veyor",)),
        Token("Bitrise token", Run(URL_SAFE, 86), near=("bitrise",)),
        Token("Codemagic token", Run(URL_SAFE, 40, 60), near=("code magic",)),
        Token("Codefresh token", Run(HEX, 24), ".", Run(HEX, 32), near=("code fresh",)),
        Token("Sauce Labs key", *UUID, near=("sauce labs", "sauce"), named=True),
        Token("BrowserStack key", Run(BASE62, 20), near=("browser stack",), named=True),
        Token("Percy token", Run(HEX, 64), near=("percy",)),
    )
