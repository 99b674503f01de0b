"""Things on the net: Adafruit, Blynk, ThingsBoard, Particle.

Sources: io.adafruit.com/api/docs, docs.blynk.io, thingsboard.io/docs, docs.particle.io.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import BASE62, DIGITS, HEX, URL_SAFE
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Run, Token


class DeviceToken(ProviderToken):
    """A token of a service for devices stands in a file.

    Whoever has it reads your devices or steers them. Revoke it, and hand in a new one by the
    environment.
    """

    code, name = "SEC185", "device-token"
    provider = ""
    tokens = (
        Token("Adafruit key", "aio_", Run(BASE62, 28)),
        Token("Adafruit key", Run(URL_SAFE, 32), near=("adafruit", "aio key")),
        Token(
            "Blynk token",
            Run(URL_SAFE, 32),
            near=("blynk", "blynk auth token", "blynk cloud external api"),
        ),
        Token(
            "ThingsBoard token",
            Run(BASE62, 20),
            near=("things board", "provision device key", "provision device secret"),
        ),
        Token("ThingsBoard address", "thingsboard.cloud/api/v1/", Run(BASE62, 20)),
        Token("Blynk client secret", "oa2-client-id_", Run(URL_SAFE, 32), ":", Run(BASE62, 40)),
        Token("Particle token", Run(HEX, 40), near=("particle",), named=True),
        Token("Meraki key", Run(HEX, 40), near=("meraki",)),
        Token(
            "TrueNAS key",
            Run(DIGITS, 1, 3),
            "-",
            Run(BASE62, 64),
            near=("true nas", "TrueNAS", "api key", "bearer", "authorization"),
        ),
    )
