"""Data by subscription: RapidAPI, New York Times, Finnhub, Clearbit, apilayer, and others.

Sources: docs.rapidapi.com, developer.nytimes.com, finnhub.io/docs, dashboard.clearbit.com/docs,
marketstack.com, iexcloud.io/docs, api.data.gov, holidayapi.com/docs, pixabay.com/api/docs, rawg.io,
sportmonks.com, docs.peopledatalabs.com, upcdatabase.org, detectlanguage.com, whoxy.com.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import BASE62, DIGITS, HEX, LOWER_ALNUM, UPPER_ALNUM, URL_SAFE
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import UUID, Choice, Run, Token


class DataServiceToken(ProviderToken):
    """A key of a service for data stands in a file.

    Whoever has it spends your allowance. Revoke it, and hand in a new one by the environment.
    """

    code, name = "SEC189", "data-service-token"
    provider = ""
    tokens = (
        Token(
            "RapidAPI key",
            Run(BASE62, 50),
            near=("rapid api", "rapidapi", "RapidAPI", "X-RapidAPI-Key"),
        ),
        Token(
            "New York Times key",
            Run(BASE62, 32),
            near=("ny times", "nytimes", "new york times", "nyt api"),
        ),
        Token("Finnhub key", Run(LOWER_ALNUM, 20), near=("finn hub",)),
        Token("Clearbit key", "sk_", Run(HEX, 32), near=("clear bit",)),
        Token("Clearbit key", Run(LOWER_ALNUM, 35), near=("clear bit",)),
        Token(
            "apilayer key",
            Run(LOWER_ALNUM, 32),
            near=(
                "api layer",
                "language layer",
                "pdf layer",
                "market stack",
                "currency layer",
                "numverify",
                "mediastack",
                "fixer",
                "user stack",
                "screenshot layer",
                "serp stack",
            ),
        ),
        Token(
            "IEX key",
            Choice(("sk_", "pk_", "Tsk_", "Tpk_")),
            Run(HEX, 32),
            near=("iex", "iex cloud", "iexapis", "iex apis"),
        ),
        Token("data.gov key", Run(BASE62, 40), near=("data gov", "nasa api", "api nasa gov")),
        Token("Holiday API key", *UUID, near=("holiday api",)),
        Token("Pixabay key", Run(DIGITS, 7, 9), "-", Run(HEX, 25), near=("pixabay",)),
        Token("RAWG key", Run(HEX, 32), near=("rawg",)),
        Token("Sportmonks token", Run(BASE62, 60), near=("sport monks", "sports monk")),
        Token("People Data Labs key", Run(HEX, 64), near=("people data labs", "pdl")),
        Token("UPC Database key", Run(UPPER_ALNUM, 32), near=("upc database",)),
        Token("Detect Language key", Run(HEX, 32), near=("detect language",)),
        Token("Whoxy key", Run(HEX, 33), near=("whoxy",)),
        Token("Enigma key", Run(BASE62, 40), near=("enigma",), named=True),
        Token("Lexigram key", Run(BASE62, 301), near=("lexigram",)),
        Token("NewsAPI key", Run(HEX, 32), near=("news api", "newsapi")),
        Token("Alpha Vantage key", Run(UPPER_ALNUM, 16), near=("alpha vantage", "alphavantage")),
        Token("Polygon key", Run(URL_SAFE, 32), near=("polygon io", "polygon api")),
        Token("Quandl key", Run(URL_SAFE, 20), near=("quandl", "nasdaq data link"), named=True),
        Token("Findl key", *UUID, near=("findl",)),
        Token("Technical Analysis key", Run(UPPER_ALNUM, 48), near=("technical analysis api",)),
    )
