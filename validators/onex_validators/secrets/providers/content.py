"""Content of sites: Contentful, Sanity, Squarespace, ReadMe, Beamer, and others.

Sources: contentful.com/developers, sanity.io/docs, developers.squarespace.com, docs.readme.com,
getbeamer.com/api, developers.webflow.com, docs.ghost.org, storyblok.com/docs, datocms.com/docs.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import BASE62, HEX, LOWER_ALNUM, URL_SAFE
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import UUID, Run, Token


class ContentToken(ProviderToken):
    """A token of a service for content stands in a file.

    Whoever has it reads drafts or changes your site. Revoke it, and hand in a new one by the
    environment.
    """

    code, name = "SEC179", "content-token"
    provider = ""
    tokens = (
        Token("Contentful token", "CFPAT-", Run(URL_SAFE, 43)),
        Token("Contentful token", Run(URL_SAFE, 43), near=("contentful",)),
        Token("Sanity token", "sk", Run(BASE62, 40, 200), near=("sanity",)),
        Token("Squarespace token", *UUID, near=("square space",)),
        Token("ReadMe key", "rdme_", Run(LOWER_ALNUM, 70)),
        Token("Beamer token", "b_", Run(URL_SAFE + "=", 44), near=("beamer",)),
        Token("Webflow token", Run(HEX, 64), near=("web flow",)),
        Token("Ghost admin key", Run(HEX, 24), ":", Run(HEX, 64), near=("ghost", "admin api key")),
        Token("Storyblok token", Run(BASE62, 22), "tt", near=("storyblok",)),
        Token("DatoCMS token", Run(HEX, 30), near=("dato cms", "dato")),
        Token("Prismic token", "MC5", Run(BASE62, 60, 120), near=("prismic",)),
        Token("Discourse key", Run(HEX, 64), near=("discourse",)),
        Token("WordPress secret", Run(BASE62, 64), near=("word press",), named=True),
        Token("Simvoly key", Run(BASE62, 33), near=("simvoly",)),
        Token("LinkPreview key", Run(HEX, 32), near=("link preview",)),
        Token("Rebrandly key", Run(HEX, 32), near=("rebrandly",)),
        Token(
            "T.LY token", Run(BASE62, 60), near=("tly api", "tly token", "tly key", "tly secret")
        ),
    )
