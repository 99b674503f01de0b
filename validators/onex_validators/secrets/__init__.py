"""Secrets (SEC): tokens, keys and passwords that stand in files, found and never shown."""
