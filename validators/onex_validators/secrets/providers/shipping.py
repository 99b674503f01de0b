"""Parcels, letters and journeys: EasyPost, Shippo, Lob, Duffel, and others.

Sources: docs.easypost.com, docs.goshippo.com, docs.lob.com, duffel.com/docs, docs.onfleet.com,
travelpayouts docs.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import BASE62, HEX, URL_SAFE
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Choice, Run, Token


class ShippingToken(ProviderToken):
    """A token of a service for parcels or journeys stands in a file.

    Whoever has it orders at your cost. Revoke it, and hand in a new one by the environment.
    """

    code, name = "SEC181", "shipping-token"
    provider = ""
    tokens = (
        Token("EasyPost key", Choice(("EZAK", "EZTK")), Run(BASE62, 54)),
        Token("Shippo token", Choice(("shippo_live_", "shippo_test_")), Run(HEX, 40)),
        Token("Lob key", Choice(("live_pub_", "test_pub_")), Run(HEX, 31)),
        Token("Lob key", Choice(("live_", "test_")), Run(HEX, 35)),
        Token("Duffel token", Choice(("duffel_live_", "duffel_test_")), Run(URL_SAFE + "=", 43)),
        Token("Onfleet key", Run(HEX, 32), near=("onfleet",)),
        Token("Travelpayouts token", Run(HEX, 32), near=("travel payouts",)),
    )
