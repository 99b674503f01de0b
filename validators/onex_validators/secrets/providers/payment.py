"""Payment and bookkeeping: Plaid, GoCardless, Flutterwave, Adyen, Razorpay, Mollie, and others.

Sources: plaid.com/docs, developer.gocardless.com, developer.flutterwave.com, docs.adyen.com,
razorpay.com/docs, docs.mollie.com, mercadopago.com/developers, developer.paddle.com,
docs.midtrans.com, developers.dwolla.com, developer.mastercard.com (Finicity), freshbooks.com/api,
developer.oanda.com, documentation.tradier.com, docs.checkout.com, docs.ramp.com.
"""

from __future__ import annotations

from onex_tools.api import Confidence
from onex_validators.secrets.alphabet import (
    ANY_HEX,
    BASE62,
    BASE64,
    DIGITS,
    HEX,
    LOWER_ALNUM,
    UPPER_ALNUM,
    URL_SAFE,
)
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import UUID, Choice, Run, Token


class PaymentToken(ProviderToken):
    """A token of a payment service stands in a file.

    Whoever has it sees or moves money. Revoke it, and hand in a new one by the environment.
    """

    code, name = "SEC148", "payment-token"
    provider = ""
    tokens = (
        Token(
            "Plaid access token",
            Choice(("access-sandbox-", "access-development-", "access-production-")),
            *UUID,
        ),
        Token("Plaid secret", Run(HEX, 30), near=("plaid",)),
        Token(
            "Plaid client id",
            Run(LOWER_ALNUM, 24),
            near=("plaid client id", "plaid api key", "plaid api token", "plaid"),
            named=True,
        ),
        Token(
            "GoCardless token",
            Choice(("live_", "sandbox_")),
            Run(URL_SAFE, 40),
            near=("go cardless", "GoCardless"),
        ),
        Token(
            "Flutterwave secret key", Choice(("FLWSECK_TEST-", "FLWSECK-")), Run(ANY_HEX, 32), "-X"
        ),
        Token(
            "Flutterwave secret key", Choice(("FLWSECK_TEST-", "FLWSECK-")), Run(BASE62, 32), "-X"
        ),
        Token(
            "Flutterwave public key",
            Choice(("FLWPUBK_TEST-", "FLWPUBK-")),
            Run(BASE62, 32),
            "-X",
            confidence=Confidence.LOW,
        ),
        Token("Flutterwave encryption key", "FLWSECK_TEST", Run(BASE62, 12)),
        Token("Adyen key", "AQE", Run(BASE64 + "=-", 60, 300), near=("adyen",)),
        Token("Razorpay secret", Run(BASE62, 24), near=("razor pay", "rzp"), named=True),
        Token("Razorpay key id", Choice(("rzp_live_", "rzp_test_")), Run(BASE62, 14)),
        Token("Mollie key", Choice(("live_", "test_")), Run(BASE62, 30, 40), near=("mollie",)),
        Token(
            "Mercado Pago token",
            Choice(("APP_USR-", "TEST-")),
            Run(DIGITS, 12, 20),
            "-",
            Run(DIGITS, 6),
            "-",
            Run(HEX, 32),
            "-",
            Run(DIGITS, 6, 12),
        ),
        Token("Checkout.com key", "sk_sbox_", Run(LOWER_ALNUM, 24, 30)),
        Token(
            "Paddle key",
            Choice(("pdl_live_apikey_", "pdl_sdbx_apikey_")),
            Run(LOWER_ALNUM, 26),
            "_",
            Run(BASE62, 22),
            "_",
            Run(BASE62, 3),
        ),
        Token("Midtrans server key", Choice(("SB-Mid-server-", "Mid-server-")), Run(URL_SAFE, 24)),
        Token("Dwolla secret", Run(BASE62, 50), near=("dwolla",)),
        Token("Finicity client secret", Run(BASE62, 20), near=("finicity",), named=True),
        Token("Finicity token", Run(HEX, 32), near=("finicity",), named=True),
        Token("Freshbooks token", Run(LOWER_ALNUM, 64), near=("fresh books",)),
        Token("Wise token", *UUID, near=("transfer wise", "wise api", "wise token"), named=True),
        Token("Oanda token", Run(HEX, 32), "-", Run(HEX, 32), near=("oanda",)),
        Token("Tradier token", Run(BASE62, 28), near=("tradier",)),
        Token("Recurly key", Run(HEX, 32), near=("recurly",)),
        Token(
            "Chargebee key", Choice(("live_", "test_")), Run(BASE62, 30, 50), near=("charge bee",)
        ),
        Token("Ramp secret", "ramp_sec_", Run(BASE62, 48)),
        Token("Polar token", Choice(("polar_oat_", "polar_pat_")), Run(BASE62, 43)),
        Token("RevenueCat secret key", "sk_", Run(BASE62, 29, 33), near=("revenue cat",)),
        Token("Privacy key", *UUID, near=("privacy", "lithic"), named=True),
        Token(
            "Request Finance key",
            Run(UPPER_ALNUM, 7),
            "-",
            Run(UPPER_ALNUM, 7),
            "-",
            Run(UPPER_ALNUM, 7),
            "-",
            Run(UPPER_ALNUM, 7),
            near=("request finance",),
        ),
        Token("Intuit secret", Run(BASE62, 40), near=("intuit", "quick books"), named=True),
    )
