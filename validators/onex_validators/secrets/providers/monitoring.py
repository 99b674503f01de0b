"""Monitoring and calls at night: Honeycomb, PagerDuty, Sumo Logic, Splunk, Rollbar, and others.

Sources: docs.honeycomb.io, developer.pagerduty.com, help.sumologic.com, docs.splunk.com,
docs.rollbar.com, docs.bugsnag.com, docs.opsgenie.com, docs.airbrake.io, docs.appoptics.com,
documentation.solarwinds.com, docs.logz.io, betterstack.com/docs, uptimerobot.com/api,
checklyhq.com/docs, axiom.co/docs, coralogix.com/docs.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import (
    BASE62,
    DIGITS,
    HEX,
    LOWER,
    LOWER_ALNUM,
    UPPER,
    URL_SAFE,
)
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import UUID, Choice, Run, Token


class MonitoringToken(ProviderToken):
    """A token of a monitoring service stands in a file.

    Whoever has it reads your data, or sends false ones. Revoke it, and hand in a new one by the
    environment.
    """

    code, name = "SEC165", "monitoring-token"
    provider = ""
    tokens = (
        Token("Honeycomb key", Run(BASE62, 22), near=("honey comb",)),
        Token("Honeycomb key", Run(HEX, 32), near=("honey comb",)),
        Token(
            "Honeycomb key", Choice(("hcaik_", "hcbik_", "hcxik_", "hcalk_")), Run(LOWER_ALNUM, 58)
        ),
        Token(
            "PagerDuty key", Run(HEX, 32), near=("pager duty", "PagerDuty", "pd integration key")
        ),
        Token(
            "PagerDuty token",
            Run(URL_SAFE + "+", 20),
            near=("pager duty", "PagerDuty", "pd api"),
            named=True,
        ),
        Token(
            "Sumo Logic access id",
            "su",
            Run(BASE62, 12),
            near=("sumo", "sumo logic", "SumoLogic"),
            named=False,
        ),
        Token("Sumo Logic access key", Run(BASE62, 64), near=("sumo", "sumo logic", "SumoLogic")),
        Token("Splunk token", *UUID, near=("splunk", "hec token")),
        Token("Rollbar token", Run(HEX, 32), near=("roll bar",)),
        Token("Bugsnag key", Run(HEX, 32), near=("bug snag",)),
        Token("Opsgenie key", *UUID, near=("ops genie", "genie key", "GenieKey")),
        Token("Airbrake key", Run(HEX, 32), near=("air brake",)),
        Token("Airbrake key", Run(HEX, 40), near=("air brake",)),
        Token("AppOptics token", Run(URL_SAFE, 71), near=("app optics",)),
        Token("Loggly token", *UUID, near=("loggly",)),
        Token("Logz.io token", Run(UPPER + LOWER, 32), near=("logz", "logz io")),
        Token(
            "Better Stack token", Run(BASE62, 24), near=("logtail", "better stack", "better uptime")
        ),
        Token("LogDNA key", Run(HEX, 32), near=("log dna", "logdna", "mezmo")),
        Token(
            "UptimeRobot key",
            Choice(("u", "m")),
            Run(DIGITS, 6, 9),
            "-",
            Run(HEX, 24, 32),
            near=("uptime robot", "api key"),
        ),
        Token("Checkly key", Run(HEX, 32), near=("checkly", "checkly hq")),
        Token("Checkly key", *UUID, near=("checkly", "checkly hq")),
        Token("Checkly key", "cu_", Run(HEX, 32)),
        Token("Axiom token", Choice(("xaat-", "xapt-")), *UUID),
        Token("Coralogix key", "cxtp_", Run(BASE62, 30)),
        Token("Raygun key", Run(BASE62, 22), near=("ray gun",)),
        Token("Upwave key", Run(HEX, 32), near=("upwave",)),
        Token("Atera key", Run(HEX, 32), near=("atera",)),
        Token("Statuspal key", Run(BASE62, 18, 22), near=("status pal",)),
        Token("EcoStruxure IT key", Run(BASE62, 60, 80), near=("eco struxure it",)),
        Token("Dareboost token", Run(LOWER_ALNUM, 60), near=("dare boost",)),
    )
