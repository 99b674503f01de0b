"""Databricks.

Source: "Databricks personal access token authentication" on docs.databricks.com.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import HEX
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Choice, Run, Token


class DatabricksToken(ProviderToken):
    """A token of Databricks stands in a file.

    Whoever has it runs jobs and reads your data. Revoke it under *Settings, Developer*, and hand in
    a new one by the environment.
    """

    code, name = "SEC125", "databricks-token"
    provider = "Databricks"
    tokens = (
        Token(
            "token",
            Choice(("dapi", "dose", "dkea", "dsapi")),
            Run(HEX, 32),
            Choice(("-2", "-3", "")),
        ),
    )
