"""Rules on docstring and code that do not agree (DCS3xx)."""
