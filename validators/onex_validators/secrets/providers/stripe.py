"""Stripe.

Sources: "API keys" and "Webhooks" on docs.stripe.com. Paystack and Clerk have taken over the same
mark.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import BASE62, BASE64
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Choice, Run, Token


class StripeKey(ProviderToken):
    """A secret key of Stripe stands in a file.

    A live key moves money; a test key shows what you try out. Roll it in the dashboard, and hand in
    the new one by the environment. Publishable keys (`pk_…`) are made to be seen.
    """

    code, name = "SEC145", "stripe-key"
    provider = "Stripe"
    tokens = (
        Token("live secret key", Choice(("sk_live_", "sk_prod_")), Run(BASE62, 14, 250)),
        Token("live restricted key", Choice(("rk_live_", "rk_prod_")), Run(BASE62, 14, 250)),
        Token("test key", Choice(("sk_test_", "rk_test_")), Run(BASE62, 14, 250)),
        Token("organization key", Choice(("sk_org_live_", "sk_org_test_")), Run(BASE62, 14, 250)),
        Token("webhook secret", "whsec_", Run(BASE64, 24, 80)),
        Token("temporary key", Choice(("ek_live_", "ek_test_")), Run(BASE62, 24, 250)),
    )
