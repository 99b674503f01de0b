"""Services for chats and notes to a phone: Mattermost, Zoom, LINE, Matrix, Rocket.Chat, and others.

Sources: docs.mattermost.com, developers.zoom.us, developers.line.biz, spec.matrix.org,
developer.rocket.chat, zulip.com/api, docs.pushbullet.com, pushover.net/api, developers.viber.com.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import BASE62, BASE64, HEX, LOWER_ALNUM, URL_SAFE
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Choice, Run, Token


class ChatToken(ProviderToken):
    """A token of a service for chats stands in a file.

    Whoever has it reads or writes there. Revoke it, and hand in a new one by the environment.
    """

    code, name = "SEC144", "chat-token"
    provider = ""
    tokens = (
        Token("Mattermost token", Run(LOWER_ALNUM, 26), near=("matter most",)),
        Token("Zoom secret", Run(BASE62, 32, 36), near=("zoom",), named=True),
        Token("Zoom key", Run(BASE62, 22), near=("zoom",), named=True),
        Token(
            "LINE channel secret",
            Run(HEX, 32),
            near=("line channel secret", "line secret", "line channel"),
        ),
        Token(
            "LINE channel access token",
            Run(BASE64, 160, 180),
            Choice(("=", "")),
            near=(
                "line channel",
                "line channel access token",
                "line access token",
                "line token",
                "line bot",
                "channel access token",
            ),
        ),
        Token(
            "LINE Notify token",
            Run(BASE62, 43),
            near=("line notify", "line token", "line access token"),
        ),
        Token(
            "Matrix token", "syt_", Run(BASE62, 1, 80), "_", Run(BASE62, 20), "_", Run(BASE62, 6)
        ),
        Token("Rocket.Chat token", Run(URL_SAFE, 43), near=("rocket chat",), named=True),
        Token("Zulip key", Run(BASE62, 32), near=("zulip",), named=True),
        Token("Pushbullet token", Run(BASE62, 34), near=("push bullet",)),
        Token("Pushbullet token", "o.", Run(BASE62, 32), near=("push bullet",)),
        Token("Pushover token", Run(LOWER_ALNUM, 30), near=("push over",)),
        Token("Viber token", Run(HEX, 16), "-", Run(HEX, 16), "-", Run(HEX, 16), near=("viber",)),
        Token("ntfy token", "tk_", Run(LOWER_ALNUM, 29), near=("ntfy",)),
        Token(
            "Google Chat webhook",
            "chat.googleapis.com/v1/spaces/",
            Run(URL_SAFE, 9, 13),
            "/messages?",
            Run(URL_SAFE + "=&;%", 60, 200),
        ),
    )
