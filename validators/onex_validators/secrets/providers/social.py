"""Networks, music, games: LinkedIn, Twitch, Spotify, Reddit, Yelp, and others.

Sources: learn.microsoft.com/linkedin, dev.twitch.tv/docs, developer.spotify.com,
reddit.com/dev/api, docs.developer.yelp.com, location.foursquare.com, gumroad.com/api,
developers.strava.com, ayrshare.com/docs, lingvo docs.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import (
    BASE62,
    HEX,
    LOWER_ALNUM,
    UPPER_ALNUM,
    UPPER_HEX,
    URL_SAFE,
)
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Choice, Run, Token


class SocialToken(ProviderToken):
    """A token of a network stands in a file.

    Whoever has it acts as its user or its app. Revoke it, and hand in a new one by the environment.
    """

    code, name = "SEC183", "social-token"
    provider = ""
    tokens = (
        Token(
            "LinkedIn secret",
            "WPL_AP1.",
            Run(BASE62, 16),
            ".",
            Run(BASE62, 6, 10),
            Choice(("==", "=", "")),
        ),
        Token("LinkedIn secret", Run(BASE62, 16), near=("linked in", "LinkedIn")),
        Token(
            "LinkedIn client id", Run(LOWER_ALNUM, 14), near=("linked in", "LinkedIn"), named=True
        ),
        Token("LinkedIn token", "AQ", Run(URL_SAFE, 150, 400), near=("linked in", "LinkedIn")),
        Token("Twitch token", Run(LOWER_ALNUM, 30), near=("twitch",)),
        Token("Twitch token", "oauth:", Run(LOWER_ALNUM, 30)),
        Token("Spotify secret", Run(HEX, 32), near=("spotify",), named=True),
        Token("Reddit secret", Run(URL_SAFE, 27, 30), near=("reddit", "praw"), named=True),
        Token("Yelp key", Run(URL_SAFE, 128), near=("yelp",)),
        Token("Foursquare secret", Run(UPPER_ALNUM, 48), near=("four square",)),
        Token("Gumroad token", Run(URL_SAFE, 43), near=("gumroad",)),
        Token("Gumroad token", Run(HEX, 64), near=("gumroad",)),
        Token("Strava secret", Run(HEX, 40), near=("strava",), named=True),
        Token(
            "Ayrshare key",
            Run(UPPER_ALNUM, 7),
            "-",
            Run(UPPER_ALNUM, 7),
            "-",
            Run(UPPER_ALNUM, 7),
            "-",
            Run(UPPER_ALNUM, 7),
            near=("ayrshare",),
        ),
        Token("Steam key", Run(UPPER_HEX, 32), near=("steam",), named=True),
        Token("Last.fm secret", Run(HEX, 32), near=("last fm", "lastfm"), named=True),
        Token("Trakt secret", Run(HEX, 64), near=("trakt",)),
        Token("TMDB key", Run(HEX, 32), near=("tmdb", "themoviedb", "movie db")),
        Token("Genius token", Run(URL_SAFE, 64), near=("genius",), named=True),
    )
