"""PayPal and Braintree.

Sources: "Get started" on developer.paypal.com, "Gateway credentials" on
articles.braintreepayments.com.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import HEX, LOWER_ALNUM, URL_SAFE
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Choice, Run, Token


class PaypalSecret(ProviderToken):
    """A secret of PayPal or Braintree stands in a file.

    Whoever has it moves money in your name. Replace it in the dashboard, and hand in the new one by
    the environment.
    """

    code, name = "SEC147", "paypal-secret"
    provider = "PayPal"
    tokens = (
        Token(
            "access token",
            Choice(("access_token$production$", "access_token$sandbox$")),
            Run(LOWER_ALNUM, 16),
            "$",
            Run(HEX, 32),
        ),
        Token("client secret", "E", Run(URL_SAFE, 79), near=("paypal", "PayPal"), named=True),
        Token("client token", "A21AA", Run(URL_SAFE, 80, 120)),
        Token(
            "Braintree private key",
            Run(HEX, 32),
            near=("brain tree", "bt private key", "braintree"),
            named=True,
        ),
    )
