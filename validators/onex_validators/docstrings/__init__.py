"""Docstrings (DCS): which are missing, how they are written, whether they agree with the code."""
