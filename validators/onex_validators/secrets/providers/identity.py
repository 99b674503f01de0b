"""Sign-in: Okta, Auth0, WorkOS, Stytch, OneLogin, and others.

Sources: developer.okta.com/docs, auth0.com/docs, workos.com/docs, stytch.com/docs,
developers.onelogin.com, frontegg docs.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import BASE62, HEX, URL_SAFE
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Choice, Run, Token


class IdentityToken(ProviderToken):
    """A token of a service for sign-in stands in a file.

    Whoever has it reads or changes who may sign in. Revoke it, and hand in a new one by the
    environment.
    """

    code, name = "SEC172", "identity-token"
    provider = ""
    tokens = (
        Token(
            "Okta token",
            "00",
            Run(URL_SAFE, 40),
            near=("okta", "ssws", "okta client api token", "okta api"),
        ),
        Token("Okta client secret", Run(URL_SAFE, 40), near=("okta",), named=True),
        Token("Okta client secret", Run(URL_SAFE, 64), near=("okta",), named=True),
        Token(
            "Auth0 client secret",
            Run(URL_SAFE, 48, 80),
            near=("auth0", "auth0 client", "AUTH0"),
            named=True,
        ),
        Token(
            "WorkOS key",
            Choice(("sk_live_", "sk_test_", "sk_")),
            Run(BASE62, 60, 100),
            near=("workos", "WorkOS"),
        ),
        Token("Stytch secret", Choice(("secret-live-", "secret-test-")), Run(URL_SAFE + "=", 36)),
        Token("OneLogin secret", Run(HEX, 64), near=("one login",), named=True),
        Token("Descope key", "K2", Run(BASE62, 60, 80), near=("descope", "management key")),
    )
