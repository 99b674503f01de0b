"""Microsoft Azure: keys of its services, directory, pipelines.

Keys of newer services carry a signature at a fixed place. Sources: the definitions of the
credential types *Azure ...* on learn.microsoft.com/purview, among them
"Azure DevOps personal access token".
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import BASE62, BASE64, DIGITS, HEX, LOWER_BASE32, URL_SAFE
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Choice, Run, Token

_SECRET = URL_SAFE + ".~"


class AzureKey(ProviderToken):
    """A key of Microsoft Azure stands in a file.

    An account key opens the whole account; a client secret acts as the application. Regenerate it
    in the portal, and let a managed identity or a reference to a key vault stand in its place.
    """

    code, name = "SEC102", "azure-key"
    provider = "Azure"
    tokens = (
        Token(
            "AD client secret",
            Run(_SECRET, 3),
            Run(DIGITS, 1),
            "Q~",
            Run(_SECRET, 31, 34),
        ),
        Token("DevOps personal access token", Run(BASE62, 76), "AZDO", Run(BASE62, 4)),
        Token(
            "DevOps personal access token",
            Run(LOWER_BASE32, 52),
            near=(
                "personal access token",
                "azure devops",
                "azdo",
                "ado pat",
                "ado token",
                "vsts",
                "azure",
            ),
        ),
        Token("storage account key", Run(BASE64, 76), "+ASt", Run(BASE64, 6), "=="),
        Token("Cosmos DB key", Run(BASE64, 76), "ACDb", Run(BASE64, 6), "=="),
        Token("Batch key", Run(BASE64, 76), "+ABa", Run(BASE64, 6), "=="),
        Token(
            "shared access key",
            Run(BASE64, 33),
            Choice(("+AEh", "+ASb", "+ARm", "AIoT", "AZEG", "AzCa")),
            Run(BASE64, 6),
            "=",
        ),
        Token("Functions key", Run(BASE64, 44), "AzFu", Run(BASE64, 6), "=="),
        Token("Search key", Run(BASE62, 42), "AzSe", Run(BASE62, 6)),
        Token("container registry password", Run(BASE64, 42), "+ACR", Run(BASE64, 6)),
        Token(
            "key",
            Run(BASE62, 52),
            Choice(("JQQJ99", "JQQJ9D", "JQQJ9H")),
            Run(BASE62, 26),
            Choice(("==", "")),
        ),
        Token(
            "account key",
            Run(BASE64, 86),
            "==",
            near=("azure", "cosmos", "storage key", "account key"),
        ),
        Token(
            "shared access key",
            Run(BASE64, 43),
            "=",
            near=("shared access key", "azure", "event hub", "service bus", "iot hub", "cosmos"),
        ),
        Token(
            "shared access signature",
            Run(URL_SAFE + "%+/", 43, 120),
            Choice(("=", "")),
            near=("?sig", "&sig", ";sig", "shared access signature"),
        ),
        Token(
            "service key",
            Run(HEX, 32),
            near=(
                "azure key",
                "azure api key",
                "azure speech",
                "azure maps",
                "cognitive",
                "subscription key",
                "luis",
            ),
            named=True,
        ),
        Token("publish password", Run(BASE62, 60), near=("user pwd",)),
    )
