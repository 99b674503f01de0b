"""Hugging Face.

Source: "User access tokens" on huggingface.co/docs/hub.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import BASE62, LOWER, UPPER
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Choice, Run, Token


class HuggingFaceToken(ProviderToken):
    """A token of Hugging Face stands in a file.

    Whoever has it reads or changes your models and data. Invalidate it under *Settings, Access
    tokens*, and hand in a new one by the environment.
    """

    code, name = "SEC158", "hugging-face-token"
    provider = "Hugging Face"
    tokens = (
        Token("token", Choice(("hf_", "api_org_", "hf_oauth_")), Run(UPPER + LOWER, 34)),
        Token(
            "token",
            "hf_",
            Run(BASE62, 34, 40),
            near=("hugging face", "hf token", "hf api", "hugging face hub token", "hf auth token"),
        ),
    )
