"""Grafana.

Sources: "Service accounts" and "Cloud access policies" on grafana.com/docs.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import ANY_HEX, BASE62, BASE64
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Choice, Run, Token


class GrafanaToken(ProviderToken):
    """A token of Grafana stands in a file.

    Whoever has it reads or changes your dashboards and data. Delete it under *Service accounts* or
    *Access policies*, and hand in a new one by the environment.
    """

    code, name = "SEC162", "grafana-token"
    provider = "Grafana"
    tokens = (
        Token("service account token", "glsa_", Run(BASE62, 32), "_", Run(ANY_HEX, 8)),
        Token("cloud token", "glc_eyJ", Run(BASE64, 28, 400), Choice(("==", "=", ""))),
        Token("API key", "eyJrIjoi", Run(BASE64, 60, 400), Choice(("==", "=", ""))),
    )
