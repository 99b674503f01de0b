"""HashiCorp: Vault, Terraform, Consul, Nomad.

Sources: "Tokens, Token prefixes" on developer.hashicorp.com/vault, "API tokens" on
developer.hashicorp.com/terraform.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import BASE62, URL_SAFE
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import UUID, Choice, Run, Token


class HashicorpToken(ProviderToken):
    """A token of HashiCorp stands in a file.

    A token of Vault opens every secret that its policy allows; one of Terraform changes your
    infrastructure. Revoke it, and let the platform's identity log in for another one.
    """

    code, name = "SEC122", "hashicorp-token"
    provider = "HashiCorp"
    tokens = (
        Token("Vault token", Choice(("hvs.", "hvb.", "hvr.")), Run(URL_SAFE, 24, 400)),
        Token("Terraform token", Run(BASE62, 14), ".atlasv1.", Run(URL_SAFE, 60, 70)),
        Token("Vault token", Choice(("s.", "b.", "r.")), Run(BASE62, 24), near=("vault",)),
        Token("Vault secret id", *UUID, near=("vault secret id", "vault token")),
        Token("Consul or Nomad token", *UUID, near=("consul", "nomad"), named=True),
        Token("client secret", Run(URL_SAFE, 64), near=("hcp client secret", "hcp secret")),
    )
