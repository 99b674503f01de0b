"""The settings of the family: what is allowed, and where it looks."""

from __future__ import annotations

from onex_tools.api import setting, settings


@settings("environment")
class Environment:
    """Values that hold on one machine or in one network, and which of them are meant."""

    accounts: tuple[str, ...] = setting(
        (),
        "Home folders of these accounts are the same everywhere, as those of images and runners "
        "are (`node`, `runner`, `ubuntu`, `vscode`, ...), which are known.",
        rules=("ENV001", "ENV004"),
    )
    paths: tuple[str, ...] = setting(
        (),
        'Paths that are allowed, with all below them (`"/mnt/models"`).',
        rules=("ENV001", "ENV004", "ENV005"),
    )
    addresses: tuple[str, ...] = setting(
        (),
        'Private addresses that are allowed; `*` for anything (`"10.1.*"`).',
        rules=("ENV002", "ENV004"),
    )
    hosts: tuple[str, ...] = setting(
        (),
        'Local hosts that are allowed, with or without their port (`"localhost:4317"`); `*` for '
        "anything.",
        rules=("ENV003", "ENV004"),
    )
    tests: bool = setting(False, "Look in tests too.")
    documentation: bool = setting(
        False, "Look in documentation, examples, samples and templates too."
    )
    development: bool = setting(
        False,
        "Ask for `localhost` also in files for development and pipelines (`local`, `dev`, `debug`, "
        "`override` in the name, `.vscode`, `.github`, ...).",
        rules=("ENV003", "ENV004"),
    )
