"""IBM Cloud, with what was Softlayer, Bluemix and Cloudant.

Sources: "Understanding API keys" and "Using HMAC credentials" on cloud.ibm.com/docs, "Getting
started" on sldn.softlayer.com.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import HEX, URL_SAFE
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Run, Token


class IbmKey(ProviderToken):
    """A key of IBM Cloud stands in a file.

    Whoever has it acts as the user or the service that it was made for. Delete it under *Manage,
    Access, API keys*, and hand in a new one by the environment.
    """

    code, name = "SEC109", "ibm-key"
    provider = "IBM"
    tokens = (
        Token(
            "Cloud API key",
            Run(URL_SAFE, 44),
            near=("ibm cloud", "ibm", "ibmcloud", "cloud iam", "iam api key", "watson", "bluemix"),
        ),
        Token(
            "object storage secret",
            Run(HEX, 48),
            near=("ibm cos", "cos hmac", "cos secret", "ibm secret", "secret access key"),
        ),
        Token(
            "classic infrastructure key",
            Run(HEX, 64),
            near=("soft layer", "sl api", "slapi"),
        ),
        Token("Cloudant password", Run(HEX, 64), near=("cloudant",)),
    )
