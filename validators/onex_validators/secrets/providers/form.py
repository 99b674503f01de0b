"""Forms and papers: Typeform, SurveyMonkey, HelloSign, and others.

Sources: typeform.com/developers, developer.surveymonkey.com, developers.hellosign.com,
developer.pandadoc.com, api.jotform.com.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import BASE62, HEX, URL_SAFE
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Run, Token


class FormToken(ProviderToken):
    """A token of a service for forms stands in a file.

    Whoever has it reads what people have written. Revoke it, and hand in a new one by the
    environment.
    """

    code, name = "SEC180", "form-token"
    provider = ""
    tokens = (
        Token("Typeform token", "tfp_", Run(URL_SAFE + ".", 40, 70)),
        Token("SurveyMonkey token", Run(URL_SAFE + ".", 60, 100), near=("survey monkey",)),
        Token("HelloSign key", Run(HEX, 64), near=("hello sign",)),
        Token("PandaDoc key", Run(HEX, 40), near=("panda doc",)),
        Token("Jotform key", Run(HEX, 32), near=("jot form",)),
        Token("Docparser key", Run(HEX, 40), near=("doc parser",)),
        Token("FormCraft key", Run(BASE62, 32), near=("form craft",)),
        Token("Signaturit token", Run(BASE62, 86), near=("signaturit",)),
        Token("Juro key", Run(BASE62, 40), near=("juro",)),
    )
