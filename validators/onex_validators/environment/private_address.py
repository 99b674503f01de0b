"""Addresses of private networks in configuration."""

from __future__ import annotations

import re

from onex_tools.api import Bad, Good, SourceFile
from onex_validators.environment import machine, meaning
from onex_validators.environment.place import is_inventory
from onex_validators.environment.rule import ConfigurationRule
from onex_validators.environment.value import Value
from onex_validators.pattern import pattern

_NUMBERED = pattern(r"(?i)(?<![a-z])(?:version|ver|release|v)[\s=:\"']{0,3}\Z")


class PrivateAddress(ConfigurationRule):
    """An address of a private network stands in configuration.

    It is right in one network only, and there until somebody moves the machine. Give the machine a
    name, or take the address from the environment. What defines a network (blocks, ranges,
    gateways, inventories, lists of who may connect) is left alone.
    """

    code, name = "ENV002", "private-address"
    contains = ("10.", "192.168.", "172.1", "172.2", "172.3")
    pattern = machine.ADDRESS
    sign = re.compile(rb"(?:10\.\d{1,3}|192\.168|172\.[123]\d)\.\d{1,3}\.\d")
    message = "`{}` is an address of a private network"
    help = "use a name, or take the address from the environment"
    examples = (
        Bad("app.toml", 'database = "192.168.1.20:5432"\n'),
        Bad("app.json", '{"cache": {"url": "redis://10.20.0.7:6379/0"}}\n'),
        Good("app.toml", 'database = "db.internal:5432"\nbridge = "172.17.0.1"\n'),
        Good("app.toml", 'network = "10.0.0.0/8"\nsubnet = "10.1.0.1"\n', why="defines networks"),
        Good("app.toml", 'version = "10.0.0.1"\n', why="no address"),
        Good("app.toml", 'database = "10.1.0.5"\n', settings={"addresses": ("10.1.*",)}),
    )

    def is_asked_of(self, file: SourceFile) -> bool:
        """Whether ``file`` is configuration, and no list of machines."""
        return super().is_asked_of(file) and not is_inventory(file.path)

    def judge(self, _: SourceFile, value: Value, match: re.Match[str]) -> str:
        """The address, if it is set to reach a machine."""
        if machine.is_allowed_address(match["address"], self.options):
            return ""
        if _NUMBERED.search(value.before(match)):
            return ""
        no_address = meaning.defines_network(value.names) or meaning.is_version(value.names)
        return "" if no_address else match["address"]
