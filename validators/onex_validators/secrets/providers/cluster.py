"""Keys of clusters, private networks and encrypted files: age, Kubernetes, WireGuard, Tailscale.

Sources: the specification of age (age-encryption.org/v1), "Authenticating with bootstrap tokens" on
kubernetes.io, the manual of wg(8), "API" and "Auth keys" on tailscale.com/kb, docs.zerotier.com,
docs.openshift.com, ranchermanager.docs.rancher.com, docs.portainer.io.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import BASE62, BASE64, BECH32, LOWER_ALNUM, URL_SAFE
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Choice, Run, Token


class ClusterKey(ProviderToken):
    """A key of a cluster, a private network or encrypted files stands in a file.

    Whoever has it joins the network, or reads what was encrypted for the key. Make a new one, take
    the old one out of use, and mount the new one from outside of the repository.
    """

    code, name = "SEC128", "cluster-key"
    provider = ""
    tokens = (
        Token("age secret key", "AGE-SECRET-KEY-1", Run(BECH32, 58)),
        Token(
            "Kubernetes bootstrap token",
            Run(LOWER_ALNUM, 6),
            ".",
            Run(LOWER_ALNUM, 16),
            near=("bootstrap token", "kubeadm token", "--token", "discovery token"),
        ),
        Token(
            "WireGuard key",
            Run(BASE64, 43),
            "=",
            near=("wire guard", "preshared key", "pre shared key", "PrivateKey"),
        ),
        Token(
            "Tailscale key",
            Choice(("tskey-auth-", "tskey-api-", "tskey-client-", "tskey-webhook-", "tskey-scim-")),
            Run(BASE62, 7, 40),
            "-",
            Run(BASE62, 8, 64),
        ),
        Token("Tailscale key", "tskey-", Run(BASE62, 10, 40), "-", Run(BASE62, 20, 64)),
        Token("Tailscale key", "tskey-", Run(BASE62, 16, 64)),
        Token("OpenShift token", "sha256~", Run(URL_SAFE, 43)),
        Token("Rancher token", "token-", Run(LOWER_ALNUM, 5), ":", Run(LOWER_ALNUM, 54)),
        Token("Portainer token", "ptr_", Run(BASE64, 43), Choice(("=", ""))),
        Token("ZeroTier token", Run(BASE62, 32), near=("zero tier",)),
    )
