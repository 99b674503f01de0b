"""Services for security: VirusTotal, Shodan, urlscan, SecurityTrails, Nightfall, StackHawk.

Sources: docs.virustotal.com, developer.shodan.io, urlscan.io/docs/api, docs.securitytrails.com,
help.nightfall.ai, docs.stackhawk.com, developer.detectify.com, haveibeenpwned.com/API.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import BASE62, HEX, URL_SAFE
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import UUID, Run, Token


class SecurityServiceToken(ProviderToken):
    """A key of a service for security stands in a file.

    Whoever has it reads what is known of your weak places, or spends your allowance. Revoke it, and
    hand in a new one by the environment.
    """

    code, name = "SEC187", "security-service-token"
    provider = ""
    tokens = (
        Token(
            "VirusTotal key", Run(HEX, 64), near=("virus total", "vt api key", "vt key"), named=True
        ),
        Token("Shodan key", Run(BASE62, 32), near=("shodan",)),
        Token("urlscan key", *UUID, near=("urlscan", "url scan"), named=True),
        Token("SecurityTrails key", Run(BASE62, 32), near=("security trails",)),
        Token("Nightfall key", "NF-", Run(BASE62, 32)),
        Token("StackHawk key", "hawk.", Run(URL_SAFE, 20), ".", Run(URL_SAFE, 20)),
        Token("Detectify key", Run(HEX, 32), near=("detectify",)),
        Token("Have I Been Pwned key", Run(HEX, 32), near=("hibp", "have i been pwned")),
        Token("AbuseIPDB key", Run(HEX, 80), near=("abuse ipdb", "abuseipdb", "AbuseIPDB")),
        Token("Semgrep token", Run(HEX, 64), near=("semgrep",)),
        Token("EndorLabs key", "endr+", Run(BASE62 + "-", 16)),
    )
