"""Services for messages and calls: MessageBird, Vonage, Sendbird, Telnyx, Pusher, and others.

Sources: developers.messagebird.com, developer.vonage.com, sendbird.com/docs, developers.telnyx.com,
documentation.onesignal.com, pusher.com/docs, pubnub.com/docs, ably.com/docs, plivo.com/docs,
infobip.com/docs, courier.com/docs, mesibo.com/documentation.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import (
    BASE62,
    HEX,
    LOWER_ALNUM,
    UPPER_ALNUM,
    UPPER_HEX,
    URL_SAFE,
)
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import UUID, Choice, Run, Token


class MessageToken(ProviderToken):
    """A token of a service for messages stands in a file.

    Whoever has it sends messages for your money, or reads them. Revoke it, and hand in a new one by
    the environment.
    """

    code, name = "SEC155", "message-token"
    provider = ""
    tokens = (
        Token("MessageBird key", Run(BASE62, 25), near=("message bird",)),
        Token("MessageBird client id", *UUID, near=("message bird",), named=True),
        Token("Vonage secret", Run(BASE62, 16), near=("vonage", "nexmo"), named=True),
        Token("Sendbird token", Run(HEX, 40), near=("send bird",)),
        Token("Sendbird id", *UUID, near=("send bird",), named=True),
        Token("Telnyx key", "KEY", Run(UPPER_HEX, 32), "_", Run(BASE62, 22)),
        Token("OneSignal key", Choice(("os_v2_app_", "os_v2_org_")), Run(LOWER_ALNUM, 90, 110)),
        Token("OneSignal key", Run(BASE62, 48), near=("one signal",)),
        Token("OneSignal key", *UUID, near=("one signal",), named=True),
        Token("Pusher secret", Run(HEX, 20), near=("pusher",), named=True),
        Token("PubNub secret key", "sec-c-", Run(BASE62, 48)),
        Token("PubNub key", Choice(("pub-c-", "sub-c-")), *UUID),
        Token(
            "Ably key",
            Run(URL_SAFE, 6),
            ".",
            Run(URL_SAFE, 6),
            ":",
            Run(URL_SAFE, 16, 43),
            near=("ably key", "ably api", "ably secret"),
        ),
        Token("Plivo auth token", Run(BASE62, 40), near=("plivo",)),
        Token("Infobip key", Run(HEX, 32), "-", *UUID, near=("infobip", "authorization app")),
        Token("Courier key", Choice(("pk_prod_", "pk_test_")), Run(UPPER_ALNUM, 28)),
        Token("Mesibo token", Run(LOWER_ALNUM, 64), near=("mesibo",)),
        Token("Apifonica token", *UUID, near=("apifonica",), named=True),
        Token("Bandwidth token", Run(BASE62, 40), near=("bandwidth",), named=True),
    )
