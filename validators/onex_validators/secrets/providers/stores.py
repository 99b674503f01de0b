"""Stores of secrets: Doppler, 1Password, Infisical, Bitwarden, Akeyless.

Sources: "Token formats" on docs.doppler.com, "Service accounts" and "Secret key" on
developer.1password.com and support.1password.com, infisical.com/docs, bitwarden.com/help.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import BASE62, BASE64, HEX, UPPER_ALNUM, URL_SAFE, WORD
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import UUID, Choice, Run, Token

_PADDING = Choice(("==", "=", ""))


class SecretStoreToken(ProviderToken):
    """A token of a store of secrets stands in a file.

    It opens every secret that it was made for. Revoke it, look at who has used it, change what it
    could read, and hand in a new one by the environment.
    """

    code, name = "SEC124", "secret-store-token"
    provider = ""
    tokens = (
        Token(
            "Doppler token",
            Choice(("dp.pt.", "dp.ct.", "dp.sa.", "dp.said.", "dp.scim.", "dp.audit.", "dp.st.")),
            Run(BASE62, 40, 44),
        ),
        Token("Doppler service token", "dp.st.", Run(WORD + "-", 2, 60), ".", Run(BASE62, 40, 44)),
        Token("1Password service account token", "ops_eyJ", Run(URL_SAFE, 200, 2000), _PADDING),
        Token(
            "1Password secret key",
            "A3-",
            Run(UPPER_ALNUM, 6),
            "-",
            Run(UPPER_ALNUM, 6),
            *("-", Run(UPPER_ALNUM, 5), "-", Run(UPPER_ALNUM, 5), "-", Run(UPPER_ALNUM, 5)),
        ),
        Token(
            "Infisical service token",
            "st.",
            Run(HEX, 24),
            ".",
            Run(HEX, 32),
            ".",
            Run(HEX, 32),
            near=("infisical",),
        ),
        Token(
            "Bitwarden access token",
            "0.",
            *UUID,
            ".",
            Run(BASE62, 30),
            ":",
            Run(BASE64, 22),
            "==",
            near=("bitwarden", "bws access token"),
        ),
    )
