"""Services that check code: Sonar, Snyk, Codecov, Coveralls, Code Climate, Scrutinizer, Sauce.

Sources: "Managing your tokens" on docs.sonarsource.com, "Authentication for API" on docs.snyk.io,
docs.codecov.com, docs.coveralls.io, docs.codeclimate.com, docs.dependencytrack.org.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import BASE62, HEX, LOWER_ALNUM, URL_SAFE
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import UUID, Choice, Run, Token


class QualityToken(ProviderToken):
    """A token of a service that checks code stands in a file.

    Whoever has it reads your reports, and often your code, or uploads false ones. Revoke it, and
    hand in a new one by the environment.
    """

    code, name = "SEC130", "quality-token"
    provider = ""
    tokens = (
        Token("SonarQube token", Choice(("sqp_", "squ_", "sqa_")), Run(HEX, 40)),
        Token("SonarQube token", Run(HEX, 40), near=("sonar",), named=True),
        Token("Snyk token", "snyk_uat.", Run(HEX, 8), ".", Run(URL_SAFE + ".", 40, 200)),
        Token("Snyk token", *UUID, near=("snyk",), named=True),
        Token("Codecov token", *UUID, near=("codecov",), named=True),
        Token("Codecov token", Run(LOWER_ALNUM, 32), near=("codecov",)),
        Token("Coveralls token", Run(BASE62, 32, 37), near=("coveralls",)),
        Token("Code Climate token", Run(HEX, 64), near=("code climate", "cc test reporter id")),
        Token("Codacy token", Run(HEX, 32), near=("codacy",), named=True),
        Token("Scrutinizer token", Run(HEX, 64), near=("scrutinizer",)),
        Token("Dependency-Track key", "odt_", Run(BASE62, 32, 40)),
    )
