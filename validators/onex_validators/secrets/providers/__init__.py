"""One module for each provider, or for a few that belong together: their tokens as data."""
