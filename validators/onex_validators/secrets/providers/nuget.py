"""NuGet.

Source: "Publish a package" on learn.microsoft.com/nuget; keys begin with ``oy2``.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import LOWER_ALNUM
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Run, Token


class NuGetKey(ProviderToken):
    """A key of NuGet stands in a file.

    Whoever has it pushes packages in your name. Delete it under *API keys*, and hand in a new one
    by the environment.
    """

    code, name = "SEC118", "nuget-key"
    provider = "NuGet"
    tokens = (Token("API key", "oy2", Run(LOWER_ALNUM, 43)),)
