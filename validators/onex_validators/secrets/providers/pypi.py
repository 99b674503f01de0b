"""The Python Package Index.

Source: "API tokens" in the help of pypi.org; tokens are macaroons that begin with their host.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import URL_SAFE
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Run, Token


class PypiToken(ProviderToken):
    """A token of the Python Package Index stands in a file.

    Whoever has it uploads releases in your name. Revoke it in the account's settings; publish by
    *trusted publishing*, which needs no token, or hand one in by the environment.
    """

    code, name = "SEC115", "pypi-token"
    provider = "PyPI"
    tokens = (Token("upload token", "pypi-AgE", Run(URL_SAFE, 50, 2000)),)
