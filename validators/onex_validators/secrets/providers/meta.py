"""Facebook, Instagram, WhatsApp.

Sources: "Access tokens" on developers.facebook.com/docs.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import BASE62, DIGITS, HEX, URL_SAFE
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Choice, Run, Token


class MetaToken(ProviderToken):
    """A token of Facebook or Instagram stands in a file.

    Whoever has it acts as the user, the page or the app. Revoke it in the app's dashboard, and hand
    in a new one by the environment.
    """

    code, name = "SEC173", "meta-token"
    provider = "Meta"
    tokens = (
        Token("access token", "EAACEdEose0cBA", Run(BASE62, 20, 400)),
        Token(
            "access token",
            Choice(
                (
                    "EAAA",
                    "EAAB",
                    "EAAC",
                    "EAAD",
                    "EAAE",
                    "EAAF",
                    "EAAG",
                    "EAAH",
                    "EAAI",
                    "EAAJ",
                    "EAAK",
                    "EAAL",
                    "EAAM",
                    "EAAN",
                    "EAAO",
                    "EAAP",
                    "EAAQ",
                    "EAAR",
                    "EAAS",
                    "EAAT",
                    "EAAU",
                    "EAAV",
                    "EAAW",
                    "EAAX",
                    "EAAY",
                    "EAAZ",
                )
            ),
            Run(BASE62, 90, 400),
        ),
        Token(
            "app secret",
            Run(HEX, 32),
            near=("facebook", "fb app", "fb", "meta app", "whats app", "WhatsApp", "instagram"),
            named=True,
        ),
        Token(
            "app access token",
            Run(DIGITS, 15, 17),
            Choice(("|", "%7C", "%7c")),
            Run(URL_SAFE, 27, 40),
            near=("facebook", "fb", "access token", "app token"),
        ),
        Token("Instagram token", "IGQ", Run(URL_SAFE, 100, 300)),
        Token("Instagram token", "IGAA", Run(URL_SAFE, 100, 300)),
        Token(
            "Instagram token",
            Run(DIGITS, 7, 12),
            ".",
            Run(HEX, 7),
            ".",
            Run(HEX, 32),
            near=("instagram", "access token"),
        ),
    )
