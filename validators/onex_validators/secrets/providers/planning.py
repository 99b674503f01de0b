"""Boards and tables: Asana, Airtable, Trello, ClickUp, Todoist, Smartsheet, and others.

Sources: developers.asana.com, airtable.com/developers, developer.atlassian.com/cloud/trello,
developer.clickup.com, developer.todoist.com, smartsheet.com/developers, developer.shortcut.com,
developer.monday.com, developers.meistertask.com.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import BASE62, DIGITS, HEX, LOWER_ALNUM, UPPER_ALNUM, URL_SAFE
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import UUID, Choice, Run, Token


class PlanningToken(ProviderToken):
    """A token of a service for planning stands in a file.

    Whoever has it reads and changes your boards. Revoke it, and hand in a new one by the
    environment.
    """

    code, name = "SEC177", "planning-token"
    provider = ""
    tokens = (
        Token(
            "Asana token",
            Choice(("0/", "1/")),
            Run(DIGITS, 10, 20),
            Choice((":", "/")),
            Run(HEX, 32),
            near=("asana", "token"),
        ),
        Token(
            "Asana token",
            "2/",
            Run(DIGITS, 10, 20),
            "/",
            Run(DIGITS, 10, 20),
            ":",
            Run(HEX, 32),
            near=("asana", "token"),
        ),
        Token("Asana token", "0/", Run(HEX, 32), near=("asana",)),
        Token("Asana client secret", Run(LOWER_ALNUM, 32), near=("asana",)),
        Token("Airtable token", "pat", Run(BASE62, 14), ".", Run(HEX, 64)),
        Token("Airtable key", "key", Run(BASE62, 14), near=("air table",)),
        Token("Airtable key", Run(BASE62, 17), near=("air table",)),
        Token("Trello token", "ATTA", Run(HEX, 72)),
        Token("Trello token", Run(HEX, 64), near=("trello",)),
        Token("Trello key", Run(BASE62, 32), near=("trello",)),
        Token("ClickUp token", "pk_", Run(DIGITS, 5, 11), "_", Run(UPPER_ALNUM, 32)),
        Token("Todoist token", Run(HEX, 40), near=("todoist",)),
        Token("Smartsheet token", Run(BASE62, 37), near=("smart sheet", "smart sheets")),
        Token("Smartsheet token", Run(LOWER_ALNUM, 26), near=("smart sheet", "smart sheets")),
        Token("Shortcut token", *UUID, near=("shortcut", "club house"), named=True),
        Token("MeisterTask token", Run(BASE62, 43), near=("meister task", "mind meister")),
        Token("Mavenlink token", Run(HEX, 64), near=("maven link", "kantata")),
        Token("Paymo key", Run(BASE62, 44), near=("paymo", "paymo app")),
        Token("Podio secret", Run(BASE62, 64), near=("podio",)),
        Token("Nozbe key", Run(URL_SAFE, 16, 40), near=("nozbe",), named=True),
        Token("Dynalist token", Run(URL_SAFE, 128), near=("dynalist",)),
        Token("Boost Note token", Run(HEX, 64), near=("boost note",)),
        Token("Tallyfy token", Run(BASE62, 32, 64), near=("tallyfy",)),
    )
