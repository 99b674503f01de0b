"""The settings of the service: the default file, then that of the environment."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from gateway.core.routing import Machine

ROOT = Path("/etc/harbor")


@dataclass(frozen=True)
class Settings:
    """What the service was told; `key_file` holds the public key that tokens are checked with."""

    host: str
    port: int
    timeout_seconds: float
    algorithms: list[str]
    key_file: str
    machines: list[Machine]

    def public_key(self) -> str:
        """The text of the public key."""
        return Path(self.key_file).read_text(encoding="ascii")


def load_settings() -> Settings:
    """Read the settings of the environment that `HARBOR_ENVIRONMENT` names."""
    values = _read(ROOT / "default" / "app.yaml")
    name = os.environ.get("HARBOR_ENVIRONMENT", "local")
    _overlay(values, _read(ROOT / "environments" / f"{name}.yaml"))
    server, auth, forward = values["server"], values["auth"], values["forward"]
    return Settings(
        server["host"],
        server["port"],
        forward["timeout_seconds"],
        auth["algorithms"],
        os.path.expandvars(auth["key_file"]),
        [Machine(m["name"], m["url"], tuple(m["models"])) for m in forward["machines"]],
    )


def _read(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text(encoding="utf-8")) or {}


def _overlay(values: dict[str, Any], nearer: dict[str, Any]) -> None:
    for key, value in nearer.items():
        if isinstance(value, dict):
            _overlay(values.setdefault(key, {}), value)
        else:
            values[key] = value
