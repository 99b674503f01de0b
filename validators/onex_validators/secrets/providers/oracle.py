"""Oracle Cloud.

Source: "Managing user credentials" on docs.oracle.com/iaas.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import BASE64
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Run, Token


class OracleSecret(ProviderToken):
    """A secret of Oracle Cloud stands in a file.

    Whoever has it acts as its user in the storage's API. Delete it under *Customer secret keys*,
    and hand in a new one by the environment.
    """

    code, name = "SEC132", "oracle-secret"
    provider = "Oracle Cloud"
    tokens = (
        Token(
            "customer secret key",
            Run(BASE64, 43),
            "=",
            near=("oci secret", "oracle cloud", "customer secret"),
        ),
    )
