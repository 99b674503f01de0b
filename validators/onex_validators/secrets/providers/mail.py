"""Services for mail: Postmark, Brevo, Mailjet, Klaviyo, Customer.io, Resend, and others.

Sources: postmarkapp.com/developer, developers.brevo.com, dev.mailjet.com, developers.klaviyo.com,
docs.customer.io, resend.com/docs, developers.sparkpost.com, developers.mailersend.com,
elasticemail.com/developers, zerobounce.net/docs, docs.kickbox.com, hunter.io/api-documentation.
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


class MailToken(ProviderToken):
    """A key of a service for mail stands in a file.

    Whoever has it sends mail in your name, or reads your lists. Revoke it, and hand in a new one by
    the environment.
    """

    code, name = "SEC153", "mail-token"
    provider = ""
    tokens = (
        Token("Postmark token", *UUID, near=("postmark",)),
        Token("Brevo key", Choice(("xkeysib-", "xsmtpsib-")), Run(HEX, 64), "-", Run(BASE62, 16)),
        Token("Brevo key", Run(BASE62, 16), near=("brevo", "sendin blue"), named=True),
        Token("Mailjet key", Run(HEX, 32), near=("mail jet", "mj apikey private", "mailjet sms")),
        Token("Klaviyo private key", "pk_", Run(BASE62, 34), near=("klaviyo",)),
        Token("Klaviyo private key", "pk_", Run(HEX, 34)),
        Token("Customer.io key", Run(HEX, 32), near=("customer io",), named=True),
        Token("Customer.io key", Run(HEX, 20), near=("customer io",), named=True),
        Token(
            "Resend key", "re_", Run(BASE62, 8), "_", Run(BASE62, 24), near=("resend", "api key")
        ),
        Token("SparkPost key", Run(HEX, 40), near=("spark post",)),
        Token("MailerSend token", "mlsn.", Run(HEX, 64)),
        Token("Elastic Email key", Run(UPPER_HEX, 96), near=("elastic email",)),
        Token("Elastic Email key", *UUID, near=("elastic email",)),
        Token("ActiveCampaign key", Run(HEX, 72), near=("active campaign",)),
        Token(
            "ZeroBounce key",
            Run(HEX, 32),
            near=("zero bounce", "oopspam", "email octopus", "mailboxlayer", "debounce"),
        ),
        Token("ZeroBounce key", Run(LOWER_ALNUM, 32), near=("zero bounce",)),
        Token("Kickbox key", Choice(("live_", "test_")), Run(BASE62, 64), near=("kick box",)),
        Token("Hunter key", Run(HEX, 40), near=("hunter", "oopspam"), named=True),
        Token("OOPSpam key", Run(BASE62, 40), near=("oopspam",)),
        Token("SMTP2GO key", "api-", Run(UPPER_ALNUM, 32), near=("smtp2go", "SMTP2GO")),
        Token("Reply.io key", Run(URL_SAFE, 24), near=("reply io", "replyio")),
        Token("ConvertKit key", Run(URL_SAFE, 22), near=("convert kit",)),
        Token("Parseur key", Run(HEX, 40), near=("parseur",)),
    )
