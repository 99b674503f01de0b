"""Fallbacks that work on one machine, where the environment says nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from onex_tools.api import Bad, Finding, Good, Severity, SourceFile, Span, Validator
from onex_validators.environment import machine, meaning, source
from onex_validators.environment.fallback import fallbacks
from onex_validators.environment.neighbour import has_secret
from onex_validators.environment.place import is_for_development, is_left_alone
from onex_validators.environment.rule import FILES, KINDS
from onex_validators.environment.settings import Environment
from onex_validators.environment.source import Default
from onex_validators.environment.value import LOCAL_KINDS, values
from onex_validators.pattern import pattern

_SIGN = pattern(r"\$\{|\{\{|\benv")
_LOCAL = (
    *(
        b"localhost",
        b"127.",
        b"::1",
        b"/home/",
        b"/Users/",
        b"sers\\",
        b"192.168.",
        b"10.",
        b"172.",
    ),
    *(b"/Volumes/", b":\\"),
)
"""Texts of which every fallback that is a fault holds one."""
_NEAR = pattern(b"|".join(map(re.escape, _LOCAL)))
_READ = pattern(rb"environ|getenv|\benv\b|\bconfig\(|env_var|\$\{|\{\{")
_REACH = 400
"""Bytes after the reading of a variable in which its fallback begins."""
_LISTENING = meaning.listed(
    "host hostname addr address ip interface serverhost serveraddr serveraddress"
)
"""Names of what a server listens on: nothing but this machine is the careful fallback."""
_JAVASCRIPT = ("javascript", "typescript", "vue", "svelte", "astro")


class SilentFallback(Validator):
    """Where the environment says nothing, a value of one machine is used in silence.

    A variable that somebody forgot to set is noticed where the program starts, if nothing stands in
    for it. With `localhost` for a fallback it starts, and fails later, or works with the wrong
    thing. Ask for the variable: `os.environ["DB_HOST"]`, `${DB_HOST:?}`; or put the value in a file
    for development. Empty fallbacks and numbers say nothing of a machine, and are left alone, as
    are fallbacks of what listens.
    """

    code, name = "ENV004", "silent-fallback"
    severity = Severity.INFO
    kinds = (*KINDS, "python", *_JAVASCRIPT)
    files = FILES
    contains = ("environ", "getenv", "env.", "env[", "env(", "env_var", "config(", "${", "{{")
    settings = Environment
    examples = (
        Bad("app.py", 'import os\n\nHOST = os.environ.get("DB_HOST", "localhost")\n', at=(3,)),
        Bad("app.toml", 'cache = "${CACHE_URL:-redis://127.0.0.1:6379}"\n'),
        Bad("app.js", 'const api = process.env.API_URL || "http://localhost:3000";\n'),
        Bad("start.sh", 'connect "${QUEUE_HOST:-192.168.1.20}"\n'),
        Good("app.py", 'import os\n\nHOST = os.environ["DB_HOST"]\n'),
        Good("app.py", 'import os\n\nPORT = os.getenv("PORT", "8000")\n'),
        Good("app.py", 'import os\n\nbind(os.getenv("BIND_ADDRESS", "127.0.0.1"))\n'),
        Good("app.toml", 'cache = "${CACHE_URL:?}"\nlevel = "${LEVEL:-info}"\n'),
        Good(
            "app.py",
            'import os\n\nTRACES = os.getenv("TRACES", "http://localhost:4317")\n',
            settings={"hosts": ("localhost:4317",)},
        ),
    )

    def check(self, file: SourceFile) -> Iterable[Finding]:
        """Yield every fallback that is bound to a machine or a network."""
        if is_left_alone(file, self.options) or not _may_fall_back(file.data):
            return
        seen = set()
        for default in _defaults(file):
            fault = self._fault(file, default)
            if fault and default.span not in seen and not has_secret(file.data, default.span):
                seen.add(default.span)
                message = f"{default.name or 'this'} falls back to {fault} in silence"
                help = "ask for the variable, so that a missing one is told at the start"
                yield file.finding(self, default.span, message, help=help)

    def _fault(self, file: SourceFile, default: Default) -> str:
        """What is bound to a place, in words; empty for a fallback that may stay."""
        if machine.is_local(default.text):
            alone = is_for_development(file.path) and not self.options.development
            if alone or _is_meant(default):
                return ""
        return machine.fault_of(default.text, self.options)


def _may_fall_back(data: bytes) -> bool:
    """Whether what every fault holds stands near where a variable is read."""
    if not any(text in data for text in _LOCAL):
        return False
    reads = (read.start() for read in _READ.finditer(data))
    return any(_NEAR.search(data, at, at + _REACH) is not None for at in reads)


def _defaults(file: SourceFile) -> Iterator[Default]:
    """What ``file`` uses where the environment says nothing."""
    if file.kind == "python":
        yield from source.in_python(file)
    elif file.kind in _JAVASCRIPT:
        yield from source.in_javascript(file)
    elif file.kind == "shell":
        yield from source.in_shell(file)
    else:
        yield from _configured(file)


def _configured(file: SourceFile) -> Iterator[Default]:
    """The fallbacks of references in configuration."""
    for value in values(file, _SIGN):
        if value.kind in LOCAL_KINDS or meaning.is_local(value.names):
            continue
        start, end = value.span
        for one in fallbacks(value.text):
            written = one.text.encode("utf-8", "surrogateescape")
            at = file.data.find(written, start, end)
            span = Span(at, at + len(written)) if at >= 0 else value.span
            yield Default(one.name, one.text, span)


def _is_meant(default: Default) -> bool:
    """Whether the name of the variable says that this machine is the right one."""
    listens = "".join(re.findall("[a-z]+", default.name.lower())) in _LISTENING
    words = meaning.words_of(default.name)
    return meaning.are_local(words) or (listens and "://" not in default.text)
