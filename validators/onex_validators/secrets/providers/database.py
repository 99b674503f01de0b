"""Databases that are hosted.

Sources: the providers' pages on keys: planetscale.com/docs, supabase.com/docs, neon.com/docs,
www.mongodb.com/docs/atlas, redis.io/docs, aiven.io/docs, www.cockroachlabs.com/docs,
docs.qubole.com, docs.influxdata.com, docs.fauna.com.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import BASE62, LOWER_ALNUM, URL_SAFE
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import UUID, Choice, Run, Token


class DatabaseToken(ProviderToken):
    """A token of a hosted database stands in a file.

    Whoever has it reads, changes or deletes your data. Revoke it in the provider's console, and
    hand in a new one by the environment.
    """

    code, name = "SEC127", "database-token"
    provider = ""
    tokens = (
        Token(
            "PlanetScale token",
            Choice(("pscale_tkn_", "pscale_pw_", "pscale_oauth_")),
            Run(URL_SAFE + ".=", 32, 64),
        ),
        Token("Supabase access token", Choice(("sbp_oauth_", "sbp_")), Run(LOWER_ALNUM, 40)),
        Token("Supabase secret key", "sb_secret_", Run(URL_SAFE, 22), "_", Run(URL_SAFE, 8)),
        Token("Neon key", "napi_", Run(LOWER_ALNUM, 64)),
        Token("MongoDB Atlas secret", "mdb_sa_sk_", Run(URL_SAFE, 40)),
        Token(
            "MongoDB Atlas private key",
            *UUID,
            near=("atlas private key", "mongodb atlas", "mongo atlas", "mcli private"),
            named=True,
        ),
        Token("Redis Cloud key", Run(LOWER_ALNUM, 41, 60), near=("redis cloud",), named=True),
        Token("Aiven password", "AVNS_", Run(URL_SAFE, 19)),
        Token("CockroachDB key", "CCDB1_", Run(BASE62, 22), "_", Run(BASE62, 40)),
        Token("InfluxDB token", Run(URL_SAFE, 86), "==", near=("influx",)),
        Token("Qubole token", Run(LOWER_ALNUM, 64), near=("qubole",)),
        Token("Fauna key", "fn", Run(URL_SAFE, 38), near=("fauna",)),
    )
