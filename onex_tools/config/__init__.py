"""Configuration: where it is, what it says, and what holds for each file."""

from onex_tools.config.audit import check_selectors
from onex_tools.config.document import NAMES
from onex_tools.config.layer import Overrides, PathIgnore
from onex_tools.config.problem import ConfigError, Problem
from onex_tools.config.root import Root, configs_towards, find_root
from onex_tools.config.section import build, describe
from onex_tools.config.tree import ConfigTree, Peek, load, peek
from onex_tools.config.values import Config

__all__ = [
    "NAMES",
    "Config",
    "ConfigError",
    "ConfigTree",
    "Overrides",
    "PathIgnore",
    "Peek",
    "Problem",
    "Root",
    "build",
    "check_selectors",
    "configs_towards",
    "describe",
    "find_root",
    "load",
    "peek",
]
