"""Our own settings of formatting: what the header of a file should say, and which files."""

from __future__ import annotations

from onex_tools.rule import setting, settings


@settings("format")
class Format:
    """What `onex format` does besides isort, black and flake8, whose settings are their own."""

    spdx: str = setting(
        "", "The licence that every file names, as an SPDX expression, such as `MIT`."
    )
    copyright: str = setting(
        "", "The copyright line that every file has, or only years and holder."
    )
    docstring_stub: bool = setting(
        False, "Give a module without a docstring a marked one, which still counts as missing."
    )
    lint: bool = setting(True, "Also report what flake8 finds.")
    timeout: float = setting(60.0, "Seconds of a processor that one file may take.")
    exclude: tuple[str, ...] = setting((), "Globs of the files that are left as they are.")
