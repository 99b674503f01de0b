"""Docker Hub.

Source: "Personal access tokens" and "Organization access tokens" on docs.docker.com/security.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import URL_SAFE
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Run, Token


class DockerToken(ProviderToken):
    """A token of Docker Hub stands in a file.

    Whoever has it pushes images in your name. Delete it under *Account settings*, and log in with
    ``--password-stdin`` from the environment.
    """

    code, name = "SEC119", "docker-token"
    provider = "Docker"
    tokens = (
        Token("personal access token", "dckr_pat_", Run(URL_SAFE, 27)),
        Token("organization access token", "dckr_oat_", Run(URL_SAFE, 32)),
    )
