"""Shopify.

Source: "Change in app secret and access token length" on shopify.dev/changelog.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import ANY_HEX, HEX
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Choice, Run, Token


class ShopifyToken(ProviderToken):
    """A token of Shopify stands in a file.

    Whoever has it reads orders and customers of the shop. Rotate it in the partner dashboard, and
    hand in the new one by the environment.
    """

    code, name = "SEC170", "shopify-token"
    provider = "Shopify"
    tokens = (
        Token(
            "token",
            Choice(
                ("shpat_", "shpca_", "shppa_", "shpss_", "shpua_", "shptka_", "shpit_", "shprt_")
            ),
            Run(ANY_HEX, 32),
        ),
        Token(
            "delegate or storefront token",
            Run(HEX, 32),
            near=("shopify", "X-Shopify-Access-Token"),
            named=True,
        ),
    )
