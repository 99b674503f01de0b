"""Registries of Java and Clojure: Clojars, Sonatype.

Sources: "Deploy tokens" on github.com/clojars/clojars-web/wiki, "Generate a portal token" on
central.sonatype.org.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import BASE64, LOWER_ALNUM
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Choice, Run, Token


class MavenToken(ProviderToken):
    """A token of a registry for Java or Clojure stands in a file.

    Whoever has it publishes artifacts in your name. Revoke it in the account's settings, and hand
    in a new one by the environment.
    """

    code, name = "SEC121", "maven-token"
    provider = ""
    tokens = (
        Token("Clojars deploy token", Choice(("CLOJARS_", "clojars_")), Run(LOWER_ALNUM, 60)),
        Token(
            "Sonatype token",
            Run(BASE64, 44),
            near=("sonatype", "ossrh", "maven central", "nexus"),
            named=True,
        ),
    )
