"""SendGrid.

Source: "API keys" on twilio.com/docs/sendgrid.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import URL_SAFE
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Run, Token


class SendgridKey(ProviderToken):
    """A key of SendGrid stands in a file.

    Whoever has it sends mail in your name. Delete it under *Settings, API keys*, and hand in a new
    one by the environment.
    """

    code, name = "SEC150", "sendgrid-key"
    provider = "SendGrid"
    tokens = (Token("API key", "SG.", Run(URL_SAFE, 20, 24), ".", Run(URL_SAFE, 39, 50)),)
