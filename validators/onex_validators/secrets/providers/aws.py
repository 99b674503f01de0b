"""Amazon Web Services.

Source: "Unique ID prefixes" in the reference of IAM identifiers, docs.aws.amazon.com/IAM.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import BASE64, LOWER_ALNUM, UPPER_ALNUM
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import UUID, Choice, Run, Token


class AwsKey(ProviderToken):
    """A key of Amazon Web Services stands in a file.

    Whoever has it acts as the user or the role that it was made for, and pays with your account.
    Deactivate it in the console under *IAM, Security credentials*, and let the machine's role or
    the environment hand in another one.
    """

    code, name = "SEC100", "aws-key"
    provider = "AWS"
    tokens = (
        Token("access key id", Choice(("AKIA", "ASIA", "ABIA", "ACCA")), Run(UPPER_ALNUM, 16)),
        Token(
            "secret access key",
            Run(BASE64, 40),
            near=("aws secret", "secret access key", "aws", "AWSSecret", "amazon", "AKIA", "ASIA"),
        ),
        Token(
            "session token",
            Choice(("IQoJb3JpZ2lu", "FwoGZXIvYXdz", "FQoGZXIvYXdz")),
            Run(BASE64, 100, 3000),
            Choice(("==", "=", "")),
        ),
        Token(
            "session token",
            Run(BASE64, 100, 3000),
            Choice(("==", "=", "")),
            near=("aws session token", "aws security token"),
        ),
        Token(
            "Bedrock API key",
            Choice(("ABSKQmVkcm9ja0FQSUtleS", "bedrock-api-key-")),
            Run(BASE64, 80, 3000),
            Choice(("==", "=", "")),
        ),
        Token("MWS token", "amzn.mws.", *UUID),
        Token("AppSync API key", "da2-", Run(LOWER_ALNUM, 26)),
    )
