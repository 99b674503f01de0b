"""Which words for secrets in YAML and JSON may lead to one: the lines of most say they do not.

Most lines that name a secret are done with at a glance: ``password: "{{ password }}"``,
``author: ...``, a sentence of a description. What leads to them need not be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onex_tools.api import SourceFile
from onex_tools.structure.joined import SIBLINGS
from onex_validators.pattern import pattern
from onex_validators.secrets import command
from onex_validators.secrets.names import values_stand_beside, word_places
from onex_validators.secrets.words import listed, meaning

COMMANDS = listed(
    "command commands args arguments cmd entrypoint run script scripts before_script after_script"
    " shell bash exec execstart execstartpre inline install build win_shell raw"
)
"""Keys of command lines and scripts."""
OPTION = pattern(r"--?[A-Za-z][\w\-]{1,60}")
"""An option by itself: the argument after it is its value."""
_OPTION_ITEM = pattern(rb"[ \t]*+-[ ]++[\"']?--?[\w\-]++[\"']?[ ]*+\r?\n[ ]*+(?=-[ ])")
"""An option that is an item of a list, and what leads to the next one."""
_KINDS = frozenset(("json", "json5", "yaml"))
_PAIR = pattern(
    rb"""(?x)[ \t]*+(?:-[ ]++)?+
    (?: "(?P<quoted>[^"\\\r\n]++)" | '(?P<single>[^'\r\n]++)' | (?P<plain>[\w.$/-]++) )[ ]*+:
    (?: [ ]++(?:
          (?P<reference>"\{\{[^{}"\\\r\n]*+\}\}" | '\{\{[^{}'\r\n]*+\}\}'
            | true|false|yes|no|null|~ | ""|'')
        | (?P<text>"[^"\\\r\n]*+" | '[^'\r\n]*+'
            | (?![-?]\s)[^\s"'\[\]{}|>&*!%@`\#,:](?:[^\r\n{}\[\]:"'\#]++|:(?=/))*+)
        | [|>][-+0-9]*+ | [{\[]
      ),?+ )?+ [ ]*+\r?+(?:\n|\Z)(?!\s*+[=:])"""
)
"""A line with a key, and a value that ends on it, or that begins on the next."""
_SENTENCE = pattern(
    rb"""(?x)[ \t]*+(?:-[ ]++)?+["']?+(?!\?|(?:export[ ]|set[ ]|-e[ ])?+["'\w.-]++[ \t]*+[=:])
    (?P<text>(?:[^\r\n:$]++|(?<=[\w`)\]:]):(?=[\w/`:])|\$(?!\{))++)
    \r?+(?:\n|\Z)(?!\s*+[=:])"""
)
"""A line of words that begins with no name before a sign, and has no key of a mapping in it."""
_SIGN = pattern(rb"""["'`\#$\\<;*=:]|//|(?<![\w ])-|(?<=[ ])-(?![ ])""")
"""One of those that stand between a name and its value on command lines."""
_COMMAND = pattern(
    rb"[\r\n{,][ \t]*+(?:-[ ]++|[&!][^\s]*+[ ]++|/\*(?:[^*]|\*(?!/))*+\*/\s*+)*+"
    rb"[\"']?(?i:%b)[\"']?\s*+:" % "|".join(sorted(COMMANDS)).encode()
)
"""A key of command lines, on a line of its own or in brackets."""
_WORDS = 2
"""Words without ``=`` on a line from which it is no list of arguments with names."""
_COMMENT = pattern(rb"(?P<depth>[ \t]*+)\#[^\r\n]*+(?:\r?\n|\Z)")


def telling_places(file: SourceFile) -> Sequence[int]:
    """Where words for secrets begin that may lead to one, and signs of commands that are given one.

    Not those whose line is plain, and sure to hold none whatever stands around it.
    """
    words: Sequence[int] = file.shared(word_places)
    if file.kind in _KINDS:
        words = tuple(_telling(file, words))
    return sorted({*words, *command.places(file)})


def _telling(file: SourceFile, places: Sequence[int]) -> Iterator[int]:
    data, start, end, tells = file.data, 0, -1, True
    for at in places:
        if at >= end:
            start = data.rfind(b"\n", 0, at) + 1
            end = data.find(b"\n", at) + 1 or len(data)
            tells = _tells(file, start)
        if tells:
            yield at
            option = _OPTION_ITEM.match(data, start)
            if option is not None:
                yield option.end()


def _tells(file: SourceFile, start: int) -> bool:
    """Whether the line that begins at ``start`` may hold a secret, or lead to one."""
    data = file.data
    comment = _COMMENT.match(data, start)
    if comment is not None and (file.kind == "yaml" or not comment["depth"]):
        return bool(comment["depth"]) and _is_more_than_a_comment(file, comment[0])
    words = _SENTENCE.match(data, start)
    if words is not None:
        return _is_more(file, words["text"].rstrip(b" \"'"))
    pair = _PAIR.match(data, start)
    return pair is None or _is_telling(file, pair)


def _is_more_than_a_comment(file: SourceFile, line: bytes) -> bool:
    """Whether a line that begins as a comment does, if it is of a text, may have a secret in it."""
    return b"=" in line or b"${" in line or file.shared(has_commands)


def _is_more(file: SourceFile, text: bytes) -> bool:
    """Whether some words may be a name and a value, a command, or the name of a value."""
    if b":" in text and file.kind != "yaml":
        return True  # there a colon is enough between a key and its value
    if b"=" in text:
        is_one = not any(sign in text for sign in (b",", b"[", b"{"))  # of the items on the line
        if not is_one or sum(b"=" not in word for word in text.split()) < _WORDS:
            return True
    if _SIGN.search(text) and file.shared(has_commands):
        return True
    return _may_name(file, text)


def _is_telling(file: SourceFile, pair: re.Match[bytes]) -> bool:
    """Whether a key says that its value is a secret, or a value may have others in it."""
    key = (pair["quoted"] or pair["single"] or pair["plain"]).decode("latin-1")
    text = pair["text"] or pair["reference"] or b""
    if key.lower() in COMMANDS or (key in SIBLINGS and _may_belong(file, text)):
        return True
    if pair["reference"] is not None:
        return False
    return b"=" in text or b"${" in text or meaning(key) is not None


def _may_belong(file: SourceFile, text: bytes) -> bool:
    """Whether ``text`` may be a name that speaks of a secret, or a command that has a name."""
    has_sign = _SIGN.search(text.strip(b"\"'")) is not None
    return (has_sign and file.shared(values_stand_beside)) or _may_name(file, text)


def _may_name(file: SourceFile, text: bytes) -> bool:
    """Whether ``text`` may be the name of a value beside it, and speaks of a secret."""
    if not file.shared(values_stand_beside):
        return False
    return meaning(text.decode("utf-8", "surrogateescape").rstrip(" \"',")) is not None


def has_commands(file: SourceFile) -> bool:
    """Whether there may be command lines among the values of ``file``."""
    is_named = file.shared(values_stand_beside)
    return is_named or _COMMAND.search(b"\n" + file.data) is not None
