"""RubyGems.

Source: "API key scopes" on guides.rubygems.org.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import LOWER_ALNUM
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Run, Token


class RubyGemsKey(ProviderToken):
    """A key of RubyGems stands in a file.

    Whoever has it pushes gems in your name. Delete it under *API keys*, and publish by *trusted
    publishing*, or hand one in by the environment.
    """

    code, name = "SEC116", "rubygems-key"
    provider = "RubyGems"
    tokens = (Token("API key", "rubygems_", Run(LOWER_ALNUM, 48)),)
