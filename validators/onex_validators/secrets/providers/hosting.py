"""Places where apps and servers are hosted.

Sources: the providers' pages on access tokens: fly.io/docs, vercel.com/docs, docs.netlify.com,
docs.hetzner.cloud, techdocs.akamai.com (Linode), www.scaleway.com/en/docs, doc.scalingo.com,
render.com/docs, docs.railway.com, www.vultr.com/api,
community.exoscale.com, www.fastly.com/documentation, deno.com/deploy, www.backblaze.com/docs.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import (
    BASE32,
    BASE62,
    BASE64,
    DIGITS,
    HEX,
    LOWER_ALNUM,
    UPPER_ALNUM,
    URL_SAFE,
)
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import UUID, Choice, Run, Token

_PADDING = Choice(("==", "=", ""))


class HostingToken(ProviderToken):
    """A token of a hosting provider stands in a file.

    Whoever has it deploys, reads or deletes what you run there. Revoke it in the account's
    settings, and hand in a new one by the environment.
    """

    code, name = "SEC106", "hosting-token"
    provider = ""
    tokens = (
        Token("Fly.io token", Choice(("fm1r_", "fm1a_", "fm2_")), Run(BASE64, 60, 2000), _PADDING),
        Token("Fly.io token", "fo1_", Run(URL_SAFE, 43)),
        Token(
            "Vercel token",
            Choice(("vcp_", "vci_", "vca_", "vcr_", "vck_")),
            Run(BASE62, 40, 80),
        ),
        Token("Vercel blob token", "vercel_blob_rw_", Run(BASE62, 16), "_", Run(BASE62, 30)),
        Token("Vercel token", Run(BASE62, 24), near=("vercel", "now token"), named=True),
        Token(
            "Netlify token",
            Choice(("nfp_", "nfc_", "nfo_", "nfb_", "nfu_")),
            Run(BASE62, 36),
        ),
        Token("Netlify token", Run(URL_SAFE, 43, 45), near=("netlify",)),
        Token("Linode token", Run(HEX, 64), near=("linode",)),
        Token("Hetzner token", Run(BASE62, 64), near=("hetzner", "h cloud")),
        Token("Scaleway access key id", "SCW", Run(UPPER_ALNUM, 17)),
        Token("Scaleway secret key", *UUID, near=("scaleway", "scw"), named=True),
        Token("Scalingo token", "tk-us-", Run(URL_SAFE, 48)),
        Token("Render key", "rnd_", Run(BASE62, 28, 40)),
        Token("Railway token", *UUID, near=("railway",), named=True),
        Token("Vultr key", Run(BASE32, 36), near=("vultr",)),
        Token("Exoscale key", "EXO", Run(HEX, 24)),
        Token("Exoscale secret", Run(URL_SAFE, 43), near=("exoscale",)),
        Token("Fastly token", Run(URL_SAFE, 32), near=("fastly",), named=True),
        Token("Deno Deploy token", Choice(("ddp_", "ddo_", "ddw_")), Run(BASE62, 36)),
        Token("Backblaze key", "K00", Run(DIGITS, 1), Run(BASE64, 27)),
        Token("UpCloud token", "ucat_", Run(BASE62, 26, 64)),
        Token("OVH secret", Run(LOWER_ALNUM, 32), near=("ovh", "ovh secret", "ovh consumer key")),
    )
