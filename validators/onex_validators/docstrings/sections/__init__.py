"""Rules on the sections of a docstring (DCS2xx)."""
