"""JFrog: Artifactory, Bintray.

Source: "Access tokens" on jfrog.com/help; a reference token is base64 of ``reftkn:`` and more.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import BASE62, HEX
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Choice, Run, Token


class JfrogToken(ProviderToken):
    """A token of JFrog stands in a file.

    Whoever has it reads or writes your artifacts. Revoke it under *Access tokens*, and hand in a
    new one by the environment.
    """

    code, name = "SEC120", "jfrog-token"
    provider = "JFrog"
    tokens = (
        Token("API key", "AKCp", Run(BASE62, 69)),
        Token("reference token", "cmVmd", Run(BASE62, 59)),
        Token(
            "encrypted password or key",
            Choice(("AP", "AKC")),
            Run(BASE62, 10, 200),
            near=("artifactory", "artif", "j frog", "x jfrog art api"),
        ),
        Token("token", Run(BASE62, 64), near=("j frog", "artifactory", "bintray", "xray")),
        Token("Bintray key", Run(HEX, 40), near=("bintray",), named=True),
    )
