"""Discord.

Sources: "Authentication" and "Webhook resource" on discord.com/developers/docs. A bot's token
begins with its id, a decimal number, in base 64.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import DIGITS, HEX, URL_SAFE
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Choice, Run, Token

_SAID = ("discord", "token", "bot run", "bot login", "client run", "client login", "bot start")


class DiscordToken(ProviderToken):
    """A token or a webhook of Discord stands in a file.

    Whoever has it acts as the bot, or writes in the channel. Reset it in the developer portal,
    delete the webhook in the channel's settings, and hand in the new one by the environment.
    """

    code, name = "SEC141", "discord-token"
    provider = "Discord"
    tokens = (
        Token(
            "bot token",
            Choice(("MT", "MD", "Mj", "Mz", "ND", "NT", "Nj", "Nz", "OD", "OT")),
            Run(URL_SAFE, 22, 26),
            ".",
            Run(URL_SAFE, 6),
            ".",
            Run(URL_SAFE, 27, 38),
            near=_SAID,
        ),
        Token("user token", "mfa.", Run(URL_SAFE, 84), near=_SAID),
        Token("client secret", Run(URL_SAFE, 32), near=("discord",), named=True),
        Token("API key", Run(HEX, 64), near=("discord",), named=True),
        Token(
            "webhook",
            Choice(
                (
                    "discord.com/api/webhooks/",
                    "discordapp.com/api/webhooks/",
                    "discord.com/api/v10/webhooks/",
                    "discord.com/api/v9/webhooks/",
                    "discord.com/api/v8/webhooks/",
                )
            ),
            Run(DIGITS, 17, 20),
            "/",
            Run(URL_SAFE, 60, 80),
        ),
    )
