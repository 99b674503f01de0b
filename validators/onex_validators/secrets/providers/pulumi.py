"""Pulumi.

Source: "Access tokens" on www.pulumi.com/docs.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import LOWER_ALNUM
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Run, Token


class PulumiToken(ProviderToken):
    """A token of Pulumi stands in a file.

    Whoever has it reads and changes your stacks. Delete it under *Access tokens*, and hand in a new
    one by ``PULUMI_ACCESS_TOKEN``.
    """

    code, name = "SEC123", "pulumi-token"
    provider = "Pulumi"
    tokens = (Token("access token", "pul-", Run(LOWER_ALNUM, 40)),)
