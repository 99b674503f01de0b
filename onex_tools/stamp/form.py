"""The canonical form of a stamp: its markers, and its fields in their order."""

OPENING = "=== OmniNode:Metadata ==="
CLOSING = "=== /OmniNode:Metadata ==="

STANDARD = (
    "metadata_version",
    "protocol_version",
    "schema_version",
    "name",
    "namespace",
    "version",
    "uuid",
    "owner",
    "author",
    "copyright",
    "created_at",
    "description",
    "state_contract",
    "lifecycle",
    "entrypoint",
    "runtime_language_hint",
    "meta_type",
    "last_modified_at",
    "hash",
)
"""The fields of a canonical block in order; what a person added stands before the last two."""
MINIMAL = ("name", "uuid", "hash")
"""Those of the profile ``minimal``."""

LOCK = "onex.lock"
SUFFIX = ".onex.yaml"
"""The lock, and what the name of a file's sidecar ends with."""
