"""The registry crates.io.

Source: the change "Prefix API tokens" in the repository of crates.io, 2021.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import BASE62
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Run, Token


class CratesToken(ProviderToken):
    """A token of crates.io stands in a file.

    Whoever has it publishes crates in your name. Revoke it under *API tokens*, and hand in a new
    one by ``CARGO_REGISTRY_TOKEN``.
    """

    code, name = "SEC117", "crates-token"
    provider = "crates.io"
    tokens = (Token("API token", "cio", Run(BASE62, 32)),)
