# === OmniNode:Metadata ===
# metadata_version: 1.0.0
# protocol_version: 0.1.0
# schema_version: 0.1.0
# name: tokens.py
# namespace: harbor.tokens
# version: 1.0.0
# uuid: 6e4d2c1b-0a98-5f76-8e54-3d2c1b0a9f8e
# owner: Harbor Team
# author: Harbor Team
# copyright: Harbor Team
# created_at: 2026-03-02T16:45:10Z
# description: Stamped by ONEX
# state_contract: state_contract://default
# lifecycle: active
# entrypoint: python://tokens.py
# runtime_language_hint: python>=3.11
# meta_type: tool
# hash: b3-v1:6bfb24d0bbe55d4448716166b6564307750cf2100e029b9aa38f2db00df60d7d
# === /OmniNode:Metadata ===

"""How long a text is, in tokens, without loading a tokenizer."""

CHARACTERS_PER_TOKEN = 3.6


def estimate_tokens(text: str) -> int:
    """About how many tokens `text` has; never less than one."""
    return max(1, round(len(text) / CHARACTERS_PER_TOKEN))
