"""Wallets of crypto-currencies: the keys that own what is in them.

Sources: BIP 32 (extended keys), the Ethereum yellow paper (a key is 32 bytes), "Wallet import
format" on en.bitcoin.it.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import ANY_HEX, BASE58, HEX
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Choice, Run, Token

_OWNER = (
    "private key",
    "privkey",
    "wallet",
    "wallet key",
    "deployer key",
    "signer key",
    "owner key",
    "account key",
    "secret key",
    "eth key",
    "mnemonic",
)


class WalletKey(ProviderToken):
    """The private key of a wallet stands in a file.

    Whoever has it owns what is in the wallet, and nobody can take that back. Move the contents to a
    new wallet, and hand in its key by a store of secrets. Well-known keys of test chains are no
    secrets: waive them where they stand.
    """

    code, name = "SEC190", "wallet-key"
    provider = ""
    tokens = (
        Token("Ethereum private key", "0x", Run(ANY_HEX, 64), near=_OWNER),
        Token(
            "Ethereum private key",
            Run(HEX, 64),
            near=(
                "deployer private key",
                "eth private key",
                "ethereum private key",
                "wallet private key",
                "wallet key",
                "owner private key",
                "metamask",
                "private key",
            ),
        ),
        Token("extended private key", Choice(("xprv", "yprv", "zprv", "tprv")), Run(BASE58, 107)),
        Token(
            "private key in import format",
            Choice(("5", "K", "L", "9", "c")),
            Run(BASE58, 50, 51),
            near=("wif", "private key", "bitcoin key", "btc key", "wallet key"),
        ),
    )
