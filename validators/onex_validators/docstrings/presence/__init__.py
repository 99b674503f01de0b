"""Rules on docstrings that are missing (DCS001 to DCS020), and the share that is there."""
