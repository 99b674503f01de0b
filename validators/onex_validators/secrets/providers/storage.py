"""Files at a provider: Dropbox, Box, Uploadcare, Filestack, and others.

Sources: dropbox.com/developers, developer.box.com, uploadcare.com/docs, filestack.com/docs,
cloudconvert.com/api.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import BASE62, HEX, LOWER_ALNUM, URL_SAFE
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Choice, Run, Token


class StorageToken(ProviderToken):
    """A token of a store of files stands in a file.

    Whoever has it reads or deletes what lies there. Revoke it, and hand in a new one by the
    environment.
    """

    code, name = "SEC175", "storage-token"
    provider = ""
    tokens = (
        Token("Dropbox token", Choice(("sl.u.", "sl.B", "sl.A", "sl.C")), Run(URL_SAFE, 120, 1400)),
        Token("Dropbox token", "sl.", Run(URL_SAFE + "=", 130, 160), near=("dropbox", "token")),
        Token("Dropbox token", Run(BASE62, 11), "AAAAAAAAAA", Run(URL_SAFE + "=", 43)),
        Token("Dropbox secret", Run(LOWER_ALNUM, 15), near=("dropbox",), named=True),
        Token(
            "Box secret",
            Run(BASE62, 32),
            near=("box com", "boxsdk", "box client", "box api", "box app"),
            named=True,
        ),
        Token(
            "Box secret",
            Run(BASE62, 32),
            near=("box client secret", "box developer token", "box com"),
        ),
        Token("Uploadcare secret", Run(HEX, 20), near=("upload care",), named=True),
        Token("Filestack key", Run(BASE62, 22), near=("file stack",)),
        Token("Cloudimage key", Run(LOWER_ALNUM, 30), near=("cloud image",)),
        Token("ConvertAPI secret", Run(BASE62, 16), near=("convert api",)),
        Token("Pastebin key", Run(URL_SAFE, 32), near=("paste bin",)),
    )
