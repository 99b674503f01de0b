# onex: ignore[STP008] -- the file moves soon
# === OmniNode:Metadata ===
# name: pooling.py
# author: Harbor Team
# This file is to be moved to embedder/core/vectors.py

"""Makes one vector of the many that a model gives for one text."""


def mean(rows: list[list[float]]) -> list[float]:
    """The mean of vectors of the same length."""
    return [sum(column) / len(rows) for column in zip(*rows, strict=True)]
