"""Trees of many kinds of file from a seed, for what looks at the heads of files."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bench.corpus import NOUNS, REASONS, SEED, VERBS, commit

HOLDER, LICENCE = "2025 Example", "Apache-2.0"
SPDX = (f"SPDX-FileCopyrightText: {HOLDER}", f"SPDX-License-Identifier: {LICENCE}")
"""The header that the public tools look for and write."""
PER_FOLDER = 20
SETTINGS = f"""\
# {SPDX[0]}
# {SPDX[1]}

[stamp]
repository = "5f0c8e3a-6a0e-4d53-9d0b-2f6f3f1c9a10"
owner = "Example Team"
author = "Example Team"
copyright = "Example"
namespace_prefix = "example"
"""

_PYTHON = '''

def {verb}_{noun}_{n}({noun}s: list[str]) -> dict[str, int]:
    """{Verb} every {noun} by its {other}.

    {reason}
    """
    counts = {{"{other}": 0}}
    for {noun} in {noun}s:
        key = {noun}.strip().lower()
        if key.startswith("{other}") and len(key) > {n}:
            counts["{other}"] += 1
    return counts
'''
_MARKDOWN = """
## {Verb} the {noun}

{reason} {Verb} every {noun} before its {other} is read; {n} of them are enough.

- one {noun}, or at most {n}
- the {other} of each

```console
$ example {verb} --{noun} {n} --{other}
```
"""
_YAML = """
{noun}_{n}:
  {verb}: true
  {other}:
    - name: {noun}
      limit: {n}
    - name: {other}  # {reason}
      limit: 0
"""
_TOML = """
[{noun}_{n}]
# {reason}
{verb} = true
{other} = ["{noun}", "{other}", "{verb}"]
limit = {n}
"""
_SHELL = """
# {reason}
{verb}_{noun}_{n}() {{
    local {other}="$1"
    if [ "$(printf '%s' "${other}" | wc -c)" -gt {n} ]; then
        echo "{noun}: ${other} is too long" >&2
        return 1
    fi
    printf '%s\\n' "${other}"
}}
"""
_JAVASCRIPT = """
/** {Verb} every {noun}. {reason} */
export function {verb}{Noun}{n}({noun}s) {{
  const counts = {{ {other}: 0 }};
  for (const {noun} of {noun}s) {{
    if ({noun}.trim().length > {n}) {{
      counts.{other} += 1;
    }}
  }}
  return counts;
}}
"""
_GO = """
// {Verb}{Noun}{n} looks at every {noun}. {reason}
func {Verb}{Noun}{n}({noun}s []string) map[string]int {{
\tcounts := map[string]int{{"{other}": 0}}
\tfor _, one := range {noun}s {{
\t\tif len(one) > {n} {{
\t\t\tcounts["{other}"]++
\t\t}}
\t}}
\treturn counts
}}
"""
_SQL = """
-- {reason}
CREATE TABLE {noun}_{n} (
    id INTEGER PRIMARY KEY,
    {other}_name VARCHAR({n}) NOT NULL
);
INSERT INTO {noun}_{n} (id, {other}_name) VALUES ({n}, '{verb}');
"""


class Kind(NamedTuple):
    """A kind of file.

    Attributes:
        ending: of its names.
        share: so many files of a hundred.
        comment: opening, what a line of a comment begins with, and closing.
        head: what leads the file; after ``first``, which has to be the first line.
        part: what the rest consists of.
    """

    ending: str
    share: int
    comment: tuple[str, str, str]
    head: str
    part: str
    first: str = ""


KINDS = (
    Kind(".py", 50, ("", "# ", ""), '"""{Verb} the {noun}s. {reason}"""\n', _PYTHON),
    Kind(".md", 12, ("<!--\n", "", "-->\n"), "# The {noun}\n", _MARKDOWN),
    Kind(".yaml", 10, ("", "# ", ""), "kind: {noun}\n", _YAML),
    Kind(".js", 8, ("", "// ", ""), '"use strict";\n', _JAVASCRIPT),
    Kind(".sh", 6, ("", "# ", ""), "set -eu\n", _SHELL, "#!/bin/sh\n"),
    Kind(".go", 6, ("", "// ", ""), "package {noun}\n", _GO),
    Kind(".toml", 4, ("", "# ", ""), 'kind = "{noun}"\n', _TOML),
    Kind(".sql", 4, ("", "-- ", ""), "BEGIN;\n", _SQL),
)


def tree(work: Path, name: str, count: int, size: tuple[int, int], *, headed: bool) -> Path:
    """The repository ``name`` below ``work``, made if it is not there.

    Args:
        work: the folder of the benchmarks.
        name: the folder to make.
        count: so many files.
        size: the fewest and the most bytes of a file, about; most are in the lower half.
        headed: give every file the header of ``SPDX``.
    """
    folder = work / name
    if not (folder / ".git" / "complete").exists():
        for path, data in files(count, size, headed=headed):
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        (folder / "onex.toml").write_text(SETTINGS, encoding="utf-8")
        commit(folder)
    return folder


def files(count: int, size: tuple[int, int], *, headed: bool) -> Iterator[tuple[str, bytes]]:
    """Paths and contents, the same every time."""
    chance = random.Random(SEED)
    weights = [kind.share for kind in KINDS]
    for number in range(count):
        [kind] = chance.choices(KINDS, weights)
        folder = number // PER_FOLDER
        name = f"{chance.choice(VERBS)}_{chance.choice(NOUNS)}_{number % PER_FOLDER}{kind.ending}"
        path = f"{NOUNS[folder % 25]}s/{VERBS[folder % 7]}/part_{folder:03d}/{name}"
        least, most = size
        wanted = least + (most - least) * chance.random() ** 2
        yield path, _text(chance, kind, wanted, headed=headed).encode()


def _text(chance: random.Random, kind: Kind, wanted: float, *, headed: bool) -> str:
    opening, line, closing = kind.comment
    header = opening + "".join(f"{line}{said}\n" for said in SPDX) + closing + "\n"
    text = kind.first + (header if headed else "") + kind.head.format(**_words(chance))
    while len(text) < wanted:
        text += kind.part.format(**_words(chance))
    return text


def _words(chance: random.Random) -> dict[str, object]:
    noun, other = chance.sample(NOUNS, 2)
    verb = chance.choice(VERBS)
    return {
        "noun": noun,
        "Noun": noun.capitalize(),
        "other": other,
        "verb": verb,
        "Verb": verb.capitalize(),
        "reason": chance.choice(REASONS),
        "n": chance.randrange(10, 999),
    }
