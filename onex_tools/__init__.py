"""onex: one standard for a repository of services, checked in one pass."""

__version__ = "0.1.0"
