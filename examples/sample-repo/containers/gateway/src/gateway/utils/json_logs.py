"""One JSON object a line, as the shared logging configuration says."""

import logging.config
from pathlib import Path

import yaml

CONFIGURATION = Path("/etc/harbor/default/logging.yaml")


def configure_logging() -> None:
    """Configure all loggers of the process."""
    logging.config.dictConfig(yaml.safe_load(CONFIGURATION.read_text(encoding="utf-8")))
