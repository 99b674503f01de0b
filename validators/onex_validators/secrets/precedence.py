"""Which rule speaks where several find the same secret: the one that knows most of it."""

from __future__ import annotations

PROVIDERS = ("SEC1",)
"""The rules on tokens of providers, by what their codes begin with."""
KEYS = "SEC001"
"""The rule on private keys."""
