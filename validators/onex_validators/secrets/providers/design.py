"""Design and film: Figma, Adobe, Frame.io, Zeplin, Miro, and others.

Sources: figma.com/developers, developer.adobe.com, developer.frame.io, docs.zeplin.dev,
developers.miro.com, shotstack.io/docs, cloudinary.com/documentation, vimeo and wistia docs.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import BASE62, DIGITS, HEX, LOWER_ALNUM, URL_SAFE
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import UUID, Choice, Run, Token


class DesignToken(ProviderToken):
    """A token of a service for design stands in a file.

    Whoever has it reads or changes your drawings and films. Revoke it, and hand in a new one by the
    environment.
    """

    code, name = "SEC176", "design-token"
    provider = ""
    tokens = (
        Token(
            "Figma token",
            Choice(("figd_", "figo_", "figor_", "figoh_", "figu_")),
            Run(URL_SAFE, 40, 50),
        ),
        Token("Figma token", Run(DIGITS, 4, 8), "-", *UUID, near=("figma",)),
        Token("Adobe client secret", Choice(("p8e-", "s8e-")), Run(URL_SAFE, 32)),
        Token("Adobe client secret", Choice(("p8e-", "s8e-")), Run(LOWER_ALNUM, 32)),
        Token("Adobe client id", Run(HEX, 32), near=("adobe",)),
        Token("Frame.io token", "fio-u-", Run(URL_SAFE + "=", 64)),
        Token("Zeplin token", Run(HEX, 64), near=("zeplin",)),
        Token("Miro token", Run(URL_SAFE, 27), near=("miro",)),
        Token("Shotstack key", Run(BASE62, 40), near=("shot stack",)),
        Token("Cloudinary secret", Run(URL_SAFE, 27), near=("cloudinary",), named=True),
        Token("Wistia token", Run(HEX, 64), near=("wistia",)),
        Token("Vimeo token", Run(HEX, 32), near=("vimeo",), named=True),
        Token(
            "Ditto key",
            Run(LOWER_ALNUM, 8),
            "-",
            Run(LOWER_ALNUM, 4),
            "-",
            Run(LOWER_ALNUM, 4),
            "-",
            Run(LOWER_ALNUM, 4),
            "-",
            Run(LOWER_ALNUM, 12),
            ".",
            Run(BASE62, 40),
            near=("ditto",),
        ),
    )
