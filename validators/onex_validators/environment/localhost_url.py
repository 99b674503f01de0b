"""URLs of the machine that reads them, in configuration."""

from __future__ import annotations

import re

from onex_tools.api import Bad, Good, SourceFile
from onex_validators.environment import machine, meaning
from onex_validators.environment.place import is_for_development
from onex_validators.environment.rule import ConfigurationRule
from onex_validators.environment.value import LOCAL_KINDS, Value
from onex_validators.pattern import pattern

_COMMAND = pattern(r"(?i)(?:\A|[\s;&|(])(?:curl|wget|http|open|nc|ab|hey|k6|proxy_pass)\s")
_HEALTH = pattern(r"/[\w/\-]{0,60}\b(?:health|healthz|livez?|readyz?|ping|status|metrics)\b")
_ASSIGNED = pattern(r"[\w.\-]{1,80}(?==)")


class LocalhostUrl(ConfigurationRule):
    """A URL of `localhost` stands in configuration.

    It works where everything runs on one machine. Elsewhere it reaches nothing, or something else
    that listens there. Take it from the environment, or keep it in a file for development.
    Health checks, what listens, lists of allowed origins and files for development are left alone.
    """

    code, name = "ENV003", "localhost-url"
    contains = ("//localhost", "@localhost", "//127.", "@127.", "//[::1]", "@[::1]")
    pattern, sign = machine.LOCAL_URL, re.compile(rb"[/@](?:localhost|127\.|\[::1\])")
    message = "`{}` is a URL of whatever machine reads it"
    help = "take it from the environment, or keep it in a file for development"
    examples = (
        Bad("app.toml", 'api = "http://localhost:8080/api"\n'),
        Bad(".npmrc", "registry=http://127.0.0.1:4873/\n"),
        Good("app.toml", 'api = "${API_URL}"\n'),
        Good("app.toml", 'healthcheck = "http://localhost:8080/health"\n'),
        Good("app.toml", 'cors-origins = ["http://localhost:3000"]\n'),
        Good("app.dev.toml", 'api = "http://localhost:8080/api"\n', why="for development"),
        Good("app.toml", "# http://localhost:8080 is the default\n", why="a comment"),
        Good(
            "app.toml",
            'traces = "http://localhost:4317"\n',
            settings={"hosts": ("localhost:4317",)},
        ),
    )

    def is_asked_of(self, file: SourceFile) -> bool:
        """Whether ``file`` is used on other machines than that of the person who wrote it."""
        alone = is_for_development(file.path) and not self.options.development
        return super().is_asked_of(file) and not alone

    def judge(self, _: SourceFile, value: Value, match: re.Match[str]) -> str:
        """The URL up to its path, without a login, if it is set for others to use."""
        if machine.is_allowed_host(match["host"], self.options) or value.kind in LOCAL_KINDS:
            return ""
        if meaning.is_local(value.names) or _is_asked_here(value, match):
            return ""
        return match["host"] if "@" in match[0] else match[0]


def _is_asked_here(value: Value, match: re.Match[str]) -> bool:
    """Whether a command, or a question how a service is, is meant for this machine."""
    before = value.before(match)
    if meaning.are_local(meaning.words_of(*_ASSIGNED.findall(before))):
        return True
    return bool(_HEALTH.match(value.text, match.end()) or _COMMAND.search(before))
