"""Tools of developers: Postman, Prefect, SettleMint, Harness, ngrok, Sidekiq, and others.

Sources: learning.postman.com, docs.prefect.io, console.settlemint.com, developer.harness.io,
ngrok.com/docs, github.com/sidekiq/sidekiq wiki, docs.defined.net, api.intra.42.fr, browserling
docs.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import BASE62, DIGITS, HEX, UPPER_ALNUM, URL_SAFE
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import UUID, Choice, Run, Token


class WorkshopToken(ProviderToken):
    """A token of a tool for developers stands in a file.

    Whoever has it acts as you there. Revoke it, and hand in a new one by the environment.
    """

    code, name = "SEC186", "workshop-token"
    provider = ""
    tokens = (
        Token("Postman key", "PMAK-", Run(HEX, 24), "-", Run(HEX, 34)),
        Token("Postman collection key", "PMAT-", Run(UPPER_ALNUM, 26)),
        Token("Prefect key", Choice(("pnu_", "pnb_")), Run(BASE62, 36)),
        Token("SettleMint token", Choice(("sm_pat_", "sm_aat_", "sm_sat_")), Run(BASE62, 16, 24)),
        Token(
            "Harness token",
            Choice(("pat.", "sat.")),
            Run(URL_SAFE, 22),
            ".",
            Run(BASE62, 24),
            ".",
            Run(BASE62, 20),
        ),
        Token(
            "ngrok token", Run(BASE62, 27), "_", Run(BASE62, 19, 22), near=("ngrok", "authtoken")
        ),
        Token(
            "ngrok token",
            Run(DIGITS, 1),
            Run(BASE62, 26),
            "_",
            Run(BASE62, 20, 22),
            near=("ngrok", "authtoken"),
        ),
        Token("Sidekiq licence", Run(HEX, 8), ":", Run(HEX, 8), near=("contribsys", "sidekiq")),
        Token("Defined Networking key", "dnkey-", Run(URL_SAFE, 26), "-", Run(URL_SAFE, 52)),
        Token("42 client secret", Choice(("s-s4t2ud-", "s-s4t2af-")), Run(HEX, 64)),
        Token("Bitbar key", Run(BASE62, 32), near=("bit bar",)),
        Token("BuddyNS key", Run(HEX, 40), near=("buddy ns",)),
        Token("Cloudmersive key", *UUID, near=("cloud mersive",)),
        Token("Liveblocks key", Choice(("sk_prod_", "sk_dev_")), Run(URL_SAFE, 56)),
        Token("Frameworks key", "fwk_", Run(BASE62, 40, 60)),
    )
