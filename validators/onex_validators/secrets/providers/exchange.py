"""Exchanges of crypto-currencies, and access to chains: Coinbase, Kraken, Infura, and others.

Sources: docs.cdp.coinbase.com, docs.kraken.com, bittrex.github.io/api, kucoin.com/docs,
developers.binance.com, docs.bitfinex.com, docs.infura.io, docs.alchemy.com, docs.etherscan.io,
docs.glassnode.com, docs.moralis.com, docs.blocknative.com, coinapi.io, coinmarketcap.com/api.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import BASE62, BASE64, HEX, LOWER_ALNUM, UPPER_ALNUM, URL_SAFE
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import UUID, Choice, Run, Token


class ExchangeKey(ProviderToken):
    """A key of an exchange or a chain service stands in a file.

    Whoever has it trades, or spends your allowance. Revoke it, and hand in a new one by the
    environment.
    """

    code, name = "SEC149", "exchange-key"
    provider = ""
    tokens = (
        Token("Coinbase token", Run(URL_SAFE, 64), near=("coinbase",)),
        Token("Coinbase token", Run(LOWER_ALNUM + "_-", 64), near=("coinbase",)),
        Token("Kraken key", Run(LOWER_ALNUM + "/=_+-", 80, 90), near=("kraken",)),
        Token("Kraken key", Run(BASE64 + "=_-", 80, 90), near=("kraken",)),
        Token("Bittrex key", Run(LOWER_ALNUM, 32), near=("bittrex",)),
        Token("KuCoin key", Run(HEX, 24), near=("kucoin",)),
        Token("KuCoin secret", *UUID, near=("kucoin",)),
        Token("Binance key", Run(BASE62, 64), near=("binance",)),
        Token("Bitfinex key", Run(BASE62, 43), near=("bitfinex",)),
        Token("BitMEX secret", Run(URL_SAFE, 48), near=("bitmex",)),
        Token("Bybit key", Run(BASE62, 36), near=("bybit",), named=True),
        Token(
            "Gemini key",
            Choice(("master-", "account-")),
            Run(BASE62, 20),
            near=("gemini", "api key"),
        ),
        Token(
            "Etherscan key",
            Run(UPPER_ALNUM, 34),
            near=(
                "ether scan",
                "bsc scan",
                "polygon scan",
                "arbi scan",
                "snow trace",
                "ftm scan",
                "base scan",
            ),
        ),
        Token(
            "Infura key",
            Run(HEX, 32),
            near=("infura", "infura io v3", "infura project id"),
            named=True,
        ),
        Token("Alchemy key", Run(URL_SAFE, 32), near=("alchemy",), named=True),
        Token("Moralis key", Run(BASE62, 64), near=("moralis",)),
        Token("Blocknative key", *UUID, near=("block native",)),
        Token("Glassnode key", Run(BASE62, 27), near=("glass node",)),
        Token(
            "dfuse key",
            Choice(("server_", "web_", "mobile_")),
            Run(HEX, 32),
            near=("dfuse", "api key"),
        ),
        Token("CoinAPI key", *UUID, near=("coin api", "coin market cap", "cmc"), named=True),
        Token("CryptoCompare key", Run(HEX, 64), near=("crypto compare",)),
    )
