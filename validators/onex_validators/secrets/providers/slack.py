"""Slack.

Sources: "Tokens" and "Sending messages using incoming webhooks" on docs.slack.dev.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import BASE62, DIGITS, HEX, LOWER_ALNUM, UPPER_ALNUM
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Choice, Run, Token

_KIND = Choice(("xoxb-", "xoxp-", "xoxa-", "xoxo-", "xoxs-", "xoxr-", "xoxc-"))
_NUMBER = Run(DIGITS, 8, 14)


class SlackToken(ProviderToken):
    """A token or a webhook of Slack stands in a file.

    Whoever has it reads channels or writes in them, as a bot or as you. Revoke it by `auth.revoke`
    or in the app's settings, and hand in a new one by the environment.
    """

    code, name = "SEC140", "slack-token"
    provider = "Slack"
    tokens = (
        Token("token", _KIND, _NUMBER, "-", _NUMBER, "-", _NUMBER, "-", Run(BASE62, 24, 64)),
        Token("token", _KIND, _NUMBER, "-", _NUMBER, "-", Run(BASE62, 20, 64)),
        Token("token", _KIND, _NUMBER, "-", Run(BASE62, 18, 64)),
        Token(
            "token",
            Choice(("xoxa-2-", "xoxr-2-", "xoxa-", "xoxr-", "xoxs-", "xoxo-")),
            Run(BASE62 + "-", 30, 250),
        ),
        Token("legacy token", Choice(("xoxb-", "xoxp-")), Run(BASE62, 24, 60)),
        Token(
            "configuration token",
            Choice(("xoxe.xoxp-", "xoxe.xoxb-", "xoxe-")),
            Run(DIGITS, 1),
            "-",
            Run(BASE62, 100, 250),
        ),
        Token(
            "app token",
            "xapp-",
            Run(DIGITS, 1),
            "-",
            Run(UPPER_ALNUM, 8, 12),
            "-",
            Run(DIGITS, 10, 14),
            "-",
            Run(LOWER_ALNUM, 32, 72),
        ),
        Token("workflow token", "xwfp-", Run(DIGITS, 8, 14), "-", Run(BASE62 + "-", 18, 140)),
        Token("session cookie", "xoxd-", Run(BASE62 + "%", 60, 400)),
        Token(
            "webhook",
            "hooks.slack.com/services/T",
            Run(UPPER_ALNUM, 7, 12),
            "/B",
            Run(UPPER_ALNUM, 7, 12),
            "/",
            Run(BASE62, 22, 26),
        ),
        Token(
            "workflow webhook",
            Choice(("hooks.slack.com/workflows/T", "hooks.slack.com/triggers/T")),
            Run(UPPER_ALNUM, 7, 12),
            "/",
            Run(BASE62 + "/", 30, 80),
        ),
        Token(
            "signing secret",
            Run(HEX, 32),
            near=("slack signing secret", "slack client secret", "slack secret"),
        ),
    )
