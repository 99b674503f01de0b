"""Bytes that break careless checks, and paths at which a check would meet them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from onex_tools import kinds
from onex_tools.globs import compile_glob

DEPTH = 2_000
LONG = 10_000

CONTENTS: Mapping[str, bytes] = {
    "an empty file": b"",
    "one line break": b"\n",
    "a NUL byte": b"name: a\0b\n",
    "only a byte order mark": b"\xef\xbb\xbf",
    "a byte order mark before text": b"\xef\xbb\xbf# title\nname: a\n",
    "UTF-16": "name: \u00e4\n".encode("utf-16"),
    "Latin-1": "# Gr\u00fc\u00dfe\nname = 'caf\u00e9'\n".encode("latin-1"),
    "truncated UTF-8": b"name: \xf0\x9f\x98",
    "a lone surrogate": b"name: \xed\xa0\x80\n",
    "CRLF line endings": b"# title\r\nname: a\r\n\r\nother: b\r\n",
    "lone CR line endings": b"# title\rname: a\r\rother: b\r",
    "line breaks that only Unicode knows": "a: 1\u2028b: 2\u0085c: 3\x0c\x0b\n".encode(),
    "control and bidi characters": "\x1b[31mname\x07: \u202egnp.exe\u202c\n".encode(),
    "a line of 10,000 characters": b"x" * LONG + b"\n",
    "10,000 empty lines": b"\n" * LONG,
    "a number of 10,000 digits": b"value: " + b"9" * LONG + b"\n",
    "deep brackets": b"[" * DEPTH + b"]" * DEPTH,
    "deep brackets that never close": b"x = " + b"({[" * DEPTH,
    "deep indentation": b"".join(b" " * n + b"a:\n" for n in range(400)),
    "a deep expression": b"x = " + b"-" * DEPTH + b"1\n",
    "an open string": b'x = """\nname: "a\n',
    "an open comment": b"<!-- a\n/* b\n",
    "an open block": b"---\nname: a\n```\n",
    "a date that is none": b"when: 2021-99-99\n",
    "aliases of aliases": b"a0: &a0 [x]\n"
    + b"".join(
        b"a%d: &a%d [%s]\n" % (n, n, b", ".join([b"*a%d" % (n - 1)] * 9)) for n in range(1, 9)
    ),
    "a merge conflict": b"<<<<<<< HEAD\nname: a\n=======\nname: b\n>>>>>>> topic\n",
    "random bytes": bytes((n * n * 31 + n * 7) % 256 for n in range(2_048)),
}
"""What every check must survive, by what it is."""


def variants(data: bytes) -> dict[str, bytes]:
    """``data`` damaged in the ways files are: what was done to it, and what came of it."""
    middle = len(data) // 2
    unix = data.replace(b"\r\n", b"\n")
    return {
        "its first half": data[:middle],
        "its second half": data[middle:],
        "without its last line break": data.rstrip(b"\r\n"),
        "with CRLF line endings": unix.replace(b"\n", b"\r\n"),
        "with lone CR line endings": unix.replace(b"\n", b"\r"),
        "after a byte order mark": b"\xef\xbb\xbf" + data,
        "with a NUL byte in the middle": data[:middle] + b"\0" + data[middle:],
        "with a Latin-1 byte in the middle": data[:middle] + b"\xe9" + data[middle:],
        "twice": data + data,
    }


def sample_paths(wanted_kinds: Iterable[str], globs: Iterable[str]) -> list[str]:
    """A path for each kind and each glob that a check is for; none for what nothing matches."""
    paths = [path for kind in wanted_kinds for path in _of_kind(kind)]
    for glob in globs:
        path = _of_glob(glob)
        if compile_glob(glob).match(path):
            paths.append(path)
    return list(dict.fromkeys(paths))


def _of_kind(kind: str) -> list[str]:
    if kind in (kinds.COMMENTED, kinds.ASKED):
        return [path for one in _distinct() for path in _of_kind(one)]
    name = kinds.sample_name(kind)
    return [f"sample/{name}"] if name else []


def _distinct() -> list[str]:
    """A kind for every way in which kinds of files carry a stamp."""
    from onex_tools.stamp.styles import FILE_TYPES

    return list({row: kind for kind, row in reversed(FILE_TYPES.items())}.values())


def _of_glob(glob: str) -> str:
    parts = []
    for part in glob.removeprefix("./").strip("/").split("/"):
        name = "some" if part == "**" else part.replace("*", "some").replace("?", "x")
        while "[" in name and "]" in name:
            before, _, rest = name.partition("[")
            choice, _, after = rest.partition("]")
            name = before + (choice[:1] if not choice.startswith("!") else "0") + after
        parts.append(name)
    return "/".join(parts) + ("/some" if glob.endswith("/") else "")
