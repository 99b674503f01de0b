"""Shops: WooCommerce, Snipcart, Commerce.js, BigCommerce.

Sources: woocommerce.github.io/woocommerce-rest-api-docs, docs.snipcart.com, commercejs.com/docs,
developer.bigcommerce.com.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import BASE62, HEX, LOWER_ALNUM
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Choice, Run, Token


class ShopToken(ProviderToken):
    """A key of a shop stands in a file.

    Whoever has it reads orders and customers, or changes prices. Revoke it, and hand in a new one
    by the environment.
    """

    code, name = "SEC188", "shop-token"
    provider = ""
    tokens = (
        Token(
            "WooCommerce key",
            Choice(("ck_", "cs_")),
            Run(HEX, 40),
            near=("woo commerce", "consumer key", "consumer secret", "wc key"),
        ),
        Token("Snipcart key", Run(BASE62, 75), near=("snipcart",)),
        Token(
            "Commerce.js key",
            Choice(("sk_", "pk_")),
            Run(HEX, 48),
            near=("commerce js", "chec api", "chec io"),
        ),
        Token("BigCommerce token", Run(LOWER_ALNUM, 31), near=("big commerce",), named=True),
    )
