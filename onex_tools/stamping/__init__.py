"""Stamps over many files of a tree: written, checked, removed, added to the index, attested."""
