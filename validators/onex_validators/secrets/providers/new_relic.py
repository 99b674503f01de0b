"""New Relic.

Source: "New Relic API keys" on docs.newrelic.com.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import BASE62, HEX, LOWER_ALNUM, URL_SAFE
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Choice, Run, Token


class NewRelicKey(ProviderToken):
    """A key of New Relic stands in a file.

    Whoever has it reads your data, or sends false ones. Delete it under *API keys*, and hand in a
    new one by the environment.
    """

    code, name = "SEC161", "new-relic-key"
    provider = "New Relic"
    tokens = (
        Token("user key", Choice(("NRAK-", "NRAA-")), Run(BASE62, 27)),
        Token("browser key", Choice(("NRJS-", "NRBR-")), Run(HEX, 19)),
        Token("insert key", "NRII-", Run(URL_SAFE, 32)),
        Token("query key", Choice(("NRIQ-", "NRRA-")), Run(URL_SAFE, 32, 42)),
        Token("licence key", Run(LOWER_ALNUM, 36), "NRAL"),
        Token("licence key", Run(LOWER_ALNUM, 32), "FFFFNRAL"),
        Token("licence key", "eu01xx", Run(HEX, 34)),
        Token("licence key", Run(HEX, 40), near=("new relic", "nria license"), named=True),
        Token("licence key", Run(HEX, 40), near=("new relic license", "nr license")),
        Token("REST key", Run(HEX, 47, 48), near=("new relic",), named=True),
        Token("user id", Run(BASE62, 64), near=("new relic",), named=True),
    )
