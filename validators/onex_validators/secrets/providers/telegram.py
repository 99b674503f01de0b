"""Telegram.

Source: "From BotFather to Hello World" on core.telegram.org/bots.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import DIGITS, URL_SAFE
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Run, Token


class TelegramToken(ProviderToken):
    """A bot's token of Telegram stands in a file.

    Whoever has it reads what is written to the bot, and answers. Revoke it by BotFather's
    `/revoke`, and hand in the new one by the environment.
    """

    code, name = "SEC142", "telegram-token"
    provider = "Telegram"
    tokens = (
        *(Token("bot token", Run(DIGITS, count), ":AA", Run(URL_SAFE, 33)) for count in (8, 9, 10)),
        Token(
            "bot token",
            Run(DIGITS, 5, 16),
            ":A",
            Run(URL_SAFE, 34),
            near=("telegram", "bot token", "telegram bot", "api telegram org bot"),
        ),
    )
