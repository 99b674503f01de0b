"""Analytics: Segment, PostHog, Mixpanel, Amplitude, Geckoboard, and others.

Sources: segment.com/docs, posthog.com/docs, developer.mixpanel.com, amplitude.com/docs,
developer.geckoboard.com, docs.statsig.com, docs.growthbook.io, stitchdata.com/docs.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import BASE62, HEX, LOWER_ALNUM, URL_SAFE
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Choice, Run, Token


class AnalyticsToken(ProviderToken):
    """A key of a service for analytics stands in a file.

    Whoever has it reads what your users do, or sends false data. Revoke it, and hand in a new one
    by the environment.
    """

    code, name = "SEC166", "analytics-token"
    provider = ""
    tokens = (
        Token("Segment token", "sgp_", Run(BASE62, 64)),
        Token("Segment key", Run(BASE62, 32), near=("segment",), named=True),
        Token("Segment token", Run(URL_SAFE, 43), ".", Run(URL_SAFE, 43), near=("segment",)),
        Token("PostHog personal key", Choice(("phx_", "phs_")), Run(BASE62, 43, 48)),
        Token("Mixpanel secret", Run(HEX, 32), near=("mix panel",), named=True),
        Token("Amplitude key", Run(HEX, 32), near=("amplitude",), named=True),
        Token("Geckoboard key", Run(HEX, 32), near=("gecko board",)),
        Token("Geckoboard key", Run(BASE62, 44), near=("gecko board",)),
        Token("Statsig key", "secret-", Run(BASE62, 43), near=("statsig",)),
        Token("GrowthBook key", Choice(("secret_admin_", "secret_readonly_")), Run(BASE62, 30, 60)),
        Token("Stitch token", Run(LOWER_ALNUM, 64), near=("stitch", "stitch data"), named=True),
        Token("Heap key", Run(HEX, 32), near=("heap api",)),
    )
