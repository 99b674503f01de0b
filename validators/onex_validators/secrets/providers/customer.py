"""Customers and support: HubSpot, Intercom, Zendesk, Salesforce, Freshdesk, and others.

Sources: developers.hubspot.com, developers.intercom.com, developer.zendesk.com,
developer.salesforce.com, developers.freshdesk.com, developers.pipedrive.com, dev.frontapp.com,
calendly and eventbrite docs.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import (
    ANY_HEX,
    BASE62,
    BASE64,
    HEX,
    LOWER_ALNUM,
    UPPER_ALNUM,
    URL_SAFE,
)
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import UUID, Choice, Run, Token

_UUID = (
    Run(ANY_HEX, 8),
    "-",
    Run(ANY_HEX, 4),
    "-",
    Run(ANY_HEX, 4),
    "-",
    Run(ANY_HEX, 4),
    "-",
    Run(ANY_HEX, 12),
)


class CustomerToken(ProviderToken):
    """A token of a service for customers stands in a file.

    Whoever has it reads what you know of your customers. Revoke it, and hand in a new one by the
    environment.
    """

    code, name = "SEC178", "customer-token"
    provider = ""
    tokens = (
        Token("HubSpot token", Choice(("pat-na1-", "pat-eu1-", "pat-na2-", "pat-ap1-")), *_UUID),
        Token("HubSpot key", *UUID, near=("hub spot", "hapikey")),
        Token("HubSpot key", *_UUID, near=("hub spot", "hapikey", "HUBSPOT")),
        Token("Intercom token", "dG9rO", Run(BASE64, 53, 56), Choice(("==", "=", ""))),
        Token("Intercom token", Run(BASE62 + "_-", 60), near=("intercom",)),
        Token("Zendesk token", Run(BASE62, 40), near=("zen desk",)),
        Token("Zendesk secret", Run(HEX, 64), near=("zen desk",)),
        Token("Salesforce session", "00D", Run(BASE62, 12), "!", Run(BASE62 + "._", 80, 130)),
        Token("Salesforce secret", Run(HEX, 64), near=("sales force", "sfdc"), named=True),
        Token("Salesflare key", Run(URL_SAFE, 45), near=("sales flare",)),
        Token(
            "Freshdesk key",
            Run(BASE62, 19, 20),
            near=("fresh desk", "fresh service", "fresh sales"),
            named=True,
        ),
        Token("Pipedrive token", Run(HEX, 40), near=("pipe drive",)),
        Token("Eventbrite token", Run(UPPER_ALNUM, 20), near=("event brite",)),
        Token("Kylas key", *UUID, near=("kylas",)),
        Token(
            "HelpCrunch key", Run(BASE64, 300, 400), Choice(("==", "=", "")), near=("help crunch",)
        ),
        Token("Besnappy key", Run(HEX, 64), near=("be snappy",)),
        Token("Nicereply key", Run(HEX, 40), near=("nice reply",)),
        Token("Humanity key", Run(HEX, 40), near=("humanity",), named=True),
        Token("Envoy token", Run(BASE62, 40, 60), near=("envoy",), named=True),
        Token("Clustdoc token", Run(BASE62, 60), near=("clust doc",)),
        Token("Vyte token", Run(LOWER_ALNUM, 50), near=("vyte",)),
        Token("Cliengo key", *UUID, near=("cliengo",)),
    )
