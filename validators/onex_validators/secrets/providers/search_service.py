"""Search as a service: Algolia, SerpApi, Swiftype, scrapers.

Sources: algolia.com/doc, serpapi.com, swiftype.com/documentation, scrapfly.io/docs,
scrapeowl.com/docs, api-dashboard.search.brave.com.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import BASE62, HEX, LOWER_ALNUM, URL_SAFE
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Choice, Run, Token


class SearchKey(ProviderToken):
    """A key of a service for search stands in a file.

    Whoever has it reads or changes the index, or spends your allowance. Revoke it, and hand in a
    new one by the environment.
    """

    code, name = "SEC184", "search-key"
    provider = ""
    tokens = (
        Token("Algolia key", Run(LOWER_ALNUM, 32), near=("algolia",), named=True),
        Token("SerpApi key", Run(HEX, 64), near=("serp api", "SerpApi")),
        Token("Swiftype key", Run(URL_SAFE, 20), near=("swiftype",)),
        Token("Scrapfly key", Choice(("scp-live-", "scp-test-")), Run(HEX, 32)),
        Token("Scrapfly key", Run(HEX, 32), near=("scrapfly",)),
        Token("ScrapeOwl key", Run(LOWER_ALNUM, 30), near=("scrape owl",)),
        Token("Brave search key", "BSA", Run(URL_SAFE, 28), near=("brave",)),
        Token("Apify token", "apify_api_", Run(BASE62, 36, 40)),
        Token("Restpack token", Run(BASE62, 48), near=("rest pack",)),
    )
