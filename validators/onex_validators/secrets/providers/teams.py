"""Microsoft Teams.

Sources: "Create an incoming webhook" and "Workflows" on learn.microsoft.com/microsoftteams.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import BASE62, HEX, LOWER_ALNUM
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Choice, Run, Token


class TeamsWebhook(ProviderToken):
    """A webhook of Microsoft Teams stands in a file.

    Whoever has its address writes in the channel. Remove it in the channel's settings, and hand in
    the address of a new one by the environment.
    """

    code, name = "SEC143", "teams-webhook"
    provider = "Microsoft Teams"
    tokens = (
        Token(
            "webhook",
            Choice(
                (
                    "webhook.office.com/webhookb2/",
                    "outlook.office.com/webhook/",
                    "outlook.office365.com/webhook/",
                )
            ),
            Run(LOWER_ALNUM + "-", 36),
            "@",
            Run(LOWER_ALNUM + "-", 36),
            "/IncomingWebhook/",
            Run(LOWER_ALNUM, 32),
            "/",
            Run(LOWER_ALNUM + "-", 36),
        ),
        Token(
            "workflow address",
            Choice(("logic.azure.com:443/workflows/", "logic.azure.com/workflows/")),
            Run(HEX, 32),
            "/triggers/",
            Run(BASE62 + "_-/?.=%&;", 60, 200),
        ),
    )
