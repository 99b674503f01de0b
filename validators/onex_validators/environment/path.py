"""Paths of one machine in configuration: home folders, disks, drives, shares."""

from __future__ import annotations

import re

from onex_tools.api import Bad, Good, SourceFile
from onex_validators.environment import machine, meaning
from onex_validators.environment.rule import ConfigurationRule
from onex_validators.environment.value import Value
from onex_validators.pattern import pattern

_CONTAINER_FILE = pattern(
    r"(?i)(?:^|/)(?:\.devcontainer/.*|devcontainer\.json|[^/]*(?:dockerfile|containerfile)[^/]*)$"
)
_COMPOSE = pattern(r"(?i)(?:^|/)[^/]*compose[^/]*\.ya?ml$")
_OUTSIDE = meaning.listed(
    "volumes source device context secrets configs envfile dockerfile include build mounts"
)
"""Names in a compose file below which paths are those of the machine, not of a container."""
_TARGETS = meaning.listed("target destination dst")
_LISTS = meaning.listed("path classpath pythonpath ldlibrarypath includepath")
"""Names of lists of folders with colons between."""
_SEEN = pattern(
    r"/\.[A-Za-z]|/(?:src|Documents|Desktop|Downloads|Library|workspaces?|projects?|work|code|dev"
    r"|git|repos?|bin|lib|venv|env|(?:ana|mini)conda\d?|miniforge\d?|go|data|tmp|logs?|Dropbox"
    r"|PycharmProjects|IdeaProjects|Pictures|Music|Videos|opt|etc|models?|datasets?)(?:/|\Z)"
    r"|\.(?!html?\Z|php\Z|aspx?\Z|jsp\Z)[A-Za-z][A-Za-z0-9]{0,6}\Z"
)
"""What only paths of folders have."""
_WITHOUT_PAGES = meaning.listed(
    "batch dotenv editorconfig gitconfig hcl ini powershell properties shell systemd toml"
)
"""Kinds of files that seldom name pages of the web."""
_ASSIGNED = pattern(r"[\w.\-]{1,80}(?==)")
_DISKS = (b"/Volumes/", b"/run/media/", b"/mnt/", b"/var/folders/")
_SIGNS = (
    pattern(rb":(?<=[^A-Za-z0-9][D-Zd-z]:)[/\\]"),
    pattern(rb"\\\\(?<=[\s\"'=,;]\\\\)(?:\\\\)?[A-Za-z]"),
)
"""A drive, and a share: both begin with letters that are looked for at speed."""
_HELP = "write it relative to the repository, or take it from the environment"


class HomePath(ConfigurationRule):
    """A path into somebody's home folder stands in configuration.

    Nobody else has that folder, so that whatever reads the file works on one machine. Write the
    path relative to the repository, or let the environment say it: `${HOME}`, `~`, a variable.
    Homes that every image or runner of its sort has (`/home/node`, `/home/runner`) and paths inside
    of containers are left alone.
    """

    code, name = "ENV001", "home-path"
    contains = ("/home/", "/Users/", "\\Users\\", "\\users\\", ":/users/", "\\Documents and ")
    pattern, sign = machine.HOME, re.compile(rb"/home/\w|[/\\][Uu]sers[/\\]|\\Documents and ")
    message, help = "`{}` lies in a home folder of one machine", _HELP
    examples = (
        Bad("app.toml", 'data = "/home/alice/project/data"\n'),
        Bad("app.json", '{"python": "C:\\\\Users\\\\alice\\\\venv\\\\python.exe"}\n'),
        Good("app.toml", 'data = "data"\nlogs = "~/logs"\ncache = "${HOME}/.cache"\n'),
        Good("app.toml", 'modules = "/home/node/app/node_modules"\n', why="an image has it"),
        Good("menu.json", '{"url": "/home/news"}\n', why="the path of a page"),
        Good("app.toml", "# /home/alice/project has more\n", why="a comment"),
        Good("app.toml", 'data = "/home/deploy/data"\n', settings={"accounts": ("deploy",)}),
    )

    def judge(self, file: SourceFile, value: Value, match: re.Match[str]) -> str:
        """The path, if it leads into the home of one person on the machine itself."""
        path = machine.whole_path(value.text, match)
        if machine.is_nobodys(match, self.options) or _is_inside(file, value, match):
            return ""
        if machine.is_allowed_path(path, self.options) or _is_page(file, value, match):
            return ""
        return path


class MachinePath(ConfigurationRule):
    """A path on a disk of one machine stands in configuration.

    Volumes, drives other than `C:`, shares of a server and temporary folders of macOS are there on
    the machine where the file was written. Write the path relative to the repository, or take it
    from the environment.
    """

    code, name = "ENV005", "machine-path"
    contains = ("/Volumes/", "/run/media/", "/mnt/", "/var/folders/", ":\\", "\\\\", ":/")
    pattern = machine.MACHINE
    message, help = "`{}` is a path on one machine", _HELP
    examples = (
        Bad("app.toml", 'models = "/Volumes/Fast/models"\n'),
        Bad("app.toml", "models = 'D:\\models\\large'\n"),
        Bad("app.ini", "[share]\nroot = \\\\fileserver\\data\n", at=(2,)),
        Good("app.toml", "tool = 'C:\\Program Files\\Tool\\tool.exe'\n"),
        Good("app.toml", 'models = "/mnt/models"\n', why="what is mounted there is set elsewhere"),
        Good("app.toml", "models = 'D:\\models\\x'\n", settings={"paths": ("D:\\models",)}),
    )

    def is_asked_of(self, file: SourceFile) -> bool:
        """Whether ``file`` has the beginning of such a path."""
        data = file.data
        held = any(text in data for text in _DISKS) or any(sign.search(data) for sign in _SIGNS)
        return held and super().is_asked_of(file)

    def judge(self, file: SourceFile, value: Value, match: re.Match[str]) -> str:
        """The path, if it stands on the machine itself."""
        path = machine.whole_path(value.text, match)
        elsewhere = _is_inside(file, value, match) or machine.is_runners(path)
        return "" if elsewhere or machine.is_allowed_path(path, self.options) else path


def _is_inside(file: SourceFile, value: Value, match: re.Match[str]) -> bool:
    """Whether the path is one of a container, or on another machine."""
    before, plain = value.before(match), value.names.plain
    if _CONTAINER_FILE.search(file.path) and "source=" not in before:
        return True
    if match[0].startswith("/") and _is_mounted(value, before):
        return True
    if _COMPOSE.search(file.path):
        return plain.isdisjoint(_OUTSIDE) or not value.names.last.isdisjoint(_TARGETS)
    in_cluster = bool(value.kind) and value.kind != "Config"
    return in_cluster and plain.isdisjoint(("hostpath", "local"))


def _is_mounted(value: Value, before: str) -> bool:
    """Whether something and a colon go before: ``volume:/path``, ``host:/path``."""
    word = before.rpartition(" ")[2]
    lists = not _LISTS.isdisjoint(value.names.plain) or "path" in value.names.last
    return word.endswith(":") and len(word) > 1 and not lists


def _is_page(file: SourceFile, value: Value, match: re.Match[str]) -> bool:
    """Whether ``/home/news`` is rather the path of a page in the web."""
    path = machine.whole_path(value.text, match)
    if (
        not path.startswith(("/home/", "/Users/"))
        or _SEEN.search(path[1:].partition("/")[2]) is not None
    ):
        return False
    words = value.names.words | meaning.words_of(*_ASSIGNED.findall(value.before(match)))
    if meaning.is_page(words):
        return True
    return file.kind not in _WITHOUT_PAGES and not meaning.is_folder(words | value.names.plain)
