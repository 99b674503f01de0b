"""Google: its cloud, sign-in, Firebase, maps.

Sources: "Authenticate by using API keys" and "HMAC keys" on cloud.google.com/docs, "Using OAuth 2.0
to access Google APIs" on developers.google.com/identity.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import UPPER_ALNUM, URL_SAFE
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Run, Token


class GoogleKey(ProviderToken):
    """A key or token of Google stands in a file.

    An API key is charged to your project; a client secret or a refresh token opens what its users
    have granted. Delete it under *APIs and services, Credentials*; restrict the next one to the
    services and hosts that need it, and hand it in by the environment.
    """

    code, name = "SEC101", "google-key"
    provider = "Google"
    tokens = (
        Token("API key", "AIza", Run(URL_SAFE, 35)),
        Token("OAuth client secret", "GOCSPX-", Run(URL_SAFE, 28)),
        Token("OAuth access token", "ya29.", Run(URL_SAFE + ".", 30, 2000)),
        Token("OAuth refresh token", "1//0", Run(URL_SAFE, 40, 200)),
        Token(
            "OAuth client secret",
            Run(URL_SAFE, 24),
            near=("google client secret", "google oauth secret", "google secret", "gcp secret"),
        ),
        Token("storage HMAC access id", "GOOG1E", Run(UPPER_ALNUM, 55)),
        Token(
            "Firebase Cloud Messaging key", "AAAA", Run(URL_SAFE, 7), ":APA91", Run(URL_SAFE, 134)
        ),
        Token("reCAPTCHA secret", "6L", Run(URL_SAFE, 38), near=("recaptcha",), named=True),
    )
