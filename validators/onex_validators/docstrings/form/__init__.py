"""Rules on how a docstring is laid out and worded (DCS1xx)."""
