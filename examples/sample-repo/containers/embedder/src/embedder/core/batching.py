# === OmniNode:Metadata ===
# metadata_version: 0.1.0
# protocol_version: 0.1.0
# owner: Harbor Team
# copyright: Harbor Team
# schema_version: 0.1.0
# name: batching.py
# version: 1.0.0
# uuid: 98a7b6c5-d4e3-4f21-8a0b-1c2d3e4f5a6b
# author: Harbor Team
# created_at: 2025-05-22T12:41:40.165778
# last_modified_at: 2025-05-22T16:42:46.081557
# description: Stamped by PythonHandler
# state_contract: state_contract://default
# lifecycle: active
# hash: 45edf0aa344b6b250737a7b6839d394cfa93fa9551a16438f718844f07f0df04
# entrypoint: {'type': 'python', 'target': 'batching.py'}
# runtime_language_hint: python>=3.11
# namespace: onex.stamped.batching
# meta_type: tool
# === /OmniNode:Metadata ===

"""Cuts a list of texts into batches that the model can take at once."""

from collections.abc import Iterator

from embedder.core.tokens import estimate_tokens

MOST_TEXTS = 32
MOST_TOKENS = 8192


class Batch(list):
    """Texts for one call of the model."""

    def __init__(self):
        super().__init__()
        self.tokens = 0

    def has_room(self, tokens):
        return len(self) < MOST_TEXTS and self.tokens + tokens <= MOST_TOKENS

    def put(self, text: str, tokens: int) -> None:
        """Add a text that has `tokens` tokens."""
        self.append(text)
        self.tokens += tokens


def batches(texts: list[str]) -> Iterator[Batch]:
    """The texts in their order, in batches; a text over the limit has one of its own."""
    batch = Batch()
    for text in texts:
        tokens = estimate_tokens(text)
        if batch and not batch.has_room(tokens):
            yield batch
            batch = Batch()
        batch.put(text, tokens)
    if batch:
        yield batch
