"""Maps, places and weather: Mapbox, MaxMind, MapQuest, OpenWeather, ipstack, and others.

Sources: docs.mapbox.com, dev.maxmind.com, developer.mapquest.com, openweathermap.org/api,
ipinfo.io/developers, ipstack.com/documentation, ipapi.com/documentation,
weatherstack.com/documentation, aviationstack.com/documentation, ipinfodb.com, vpnapi.io.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import BASE62, HEX, LOWER_ALNUM, URL_SAFE
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Choice, Run, Token


class PlaceToken(ProviderToken):
    """A key of a service for places or weather stands in a file.

    Whoever has it spends your allowance. Revoke it, and hand in a new one by the environment.
    """

    code, name = "SEC182", "place-token"
    provider = ""
    tokens = (
        Token(
            "Mapbox secret token",
            Choice(("sk.eyJ", "tk.eyJ")),
            Run(URL_SAFE, 50, 120),
            ".",
            Run(URL_SAFE, 22),
        ),
        Token(
            "MaxMind licence key",
            Run(BASE62, 6),
            "_",
            Run(BASE62, 29),
            "_mmk",
            near=("max mind", "license key", "licence key", "geoip"),
        ),
        Token("MaxMind licence key", Run(BASE62, 16), near=("max mind", "geoip"), named=True),
        Token("MapQuest key", Run(BASE62, 32), near=("map quest",)),
        Token(
            "OpenWeather key",
            Run(LOWER_ALNUM, 32),
            near=("open weather", "open weather map", "owm", "pyowm"),
        ),
        Token(
            "apilayer key",
            Run(LOWER_ALNUM, 32),
            near=(
                "ipstack",
                "ipapi",
                "weather stack",
                "aviation stack",
                "position stack",
                "vpn api",
            ),
        ),
        Token("IPInfoDB key", Run(LOWER_ALNUM, 64), near=("ipinfodb",)),
        Token("IPinfo token", Run(HEX, 14), near=("ipinfo",), named=True),
        Token(
            "TimeZone key", Run(BASE62, 12, 20), near=("timezone api", "timezone db"), named=True
        ),
        Token("HERE key", Run(URL_SAFE, 43), near=("here api", "here maps")),
    )
