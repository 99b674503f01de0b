"""OpenAI, and its models on Azure.

Sources: "Authentication" on platform.openai.com/docs, "Azure OpenAI" on learn.microsoft.com.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import BASE62, HEX, URL_SAFE
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Choice, Run, Token


class OpenaiKey(ProviderToken):
    """A key of OpenAI stands in a file.

    Whoever has it spends your money, and reads the files of its project. Revoke it under *API
    keys*, and hand in a new one by the environment.
    """

    code, name = "SEC156", "openai-key"
    provider = "OpenAI"
    tokens = (
        Token(
            "key",
            Choice(("sk-proj-", "sk-svcacct-", "sk-admin-", "sk-None-", "sk-service-")),
            Run(URL_SAFE, 40, 220),
        ),
        Token("key", "sk-", Run(BASE62, 20), "T3BlbkFJ", Run(BASE62, 20)),
        Token("key", "sk-", Run(BASE62, 48)),
        Token("session token", "sess-", Run(BASE62, 40)),
        Token(
            "key on Azure",
            Run(HEX, 32),
            near=(
                "azure open ai",
                "azure OpenAI",
                "azureopenai",
                "AzureOpenAI",
                "AZURE_OPENAI",
                "open ai",
                "OpenAI",
            ),
            named=True,
        ),
    )
