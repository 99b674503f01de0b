"""Trees to measure on: Python, YAML and Markdown files from a seed, as git repositories."""

from __future__ import annotations

import os
import random
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

SEED = 20_250_101
PYTHON_FILES = 10_000
OTHER_FILES = 300
"""So many YAML files, and so many Markdown files; every second one is stamped."""
PER_FOLDER = 20
AGE = 3600
"""How long ago, in seconds, the files were last touched: nothing may look freshly written."""

NOUNS = (  # noqa: SIM905
    "account address agent batch block broker bucket buffer cache channel client cluster column "
    "cursor device digest entry event field filter folder frame gateway graph group handle header "
    "index invoice job key label ledger limit list lock mailbox manifest message metric model node "
    "notice offset order packet page parcel path peer plan policy pool port price probe profile "
    "quota range record region release report request route row rule sample schema scope segment "
    "sensor session shard signal slot snapshot source stage stock stream table task tenant ticket "
    "token topic track unit update user vector version volume window worker zone"
).split()
VERBS = (  # noqa: SIM905
    "adjust apply archive assign balance build check clean close collect combine compare convert "
    "count create describe drop expand export fetch find flush group import inspect join list "
    "load mark measure merge move normalise open order parse pick plan publish read rebuild reduce "
    "register remove rename render replace reset resolve scan schedule select send sort split "
    "store summarise track trim update verify watch write"
).split()
REASONS = (
    "An empty one is allowed, and counts as nothing.",
    "The order of the input is kept, since callers compare the results of two runs.",
    "Nothing is written before everything has been read.",
    "Callers hold the lock; taking it twice would wait for ever.",
    "The limit comes from the configuration, where its reason is written down.",
    "What cannot be understood is left as it is, and counted.",
    "Repeated calls give the same result.",
    "Values below zero stand for what has not been measured yet.",
)

_LOOP = """\
    found: dict[str, int] = {{}}
    for {noun} in {plural}:
        key = str({noun}).strip().lower()
        if not key or key.startswith("#"):
            continue
        found[key] = found.get(key, 0) + {small}
    if len(found) > {large}:
        logger.warning("%s {plural}, more than {large}", len(found))
    return {{key: count for key, count in sorted(found.items()) if count >= {small}}}
"""
_TRY = """\
    try:
        value = json.loads("\\n".join({plural}))
    except ValueError as error:
        logger.info("{noun} is not readable: %s", error)
        return {{}}
    if isinstance(value, dict):
        return {{str(name): len(str(part)) for name, part in value.items()}}
    return {{"{noun}": {large}, "{other}": len(str(value))}}
"""
_CHUNKS = """\
    sizes: dict[str, int] = {{}}
    rows = [str({noun}) for {noun} in {plural}]
    for start in range(0, len(rows), {large}):
        chunk = rows[start : start + {large}]
        longest = max((len(row) for row in chunk), default=0)
        sizes[f"{other}-{{start // {large}}}"] = longest
        if longest == 0 and start > {large}:
            break
    return sizes
"""
_PATHS = """\
    totals: dict[str, int] = {{"{noun}": 0, "{other}": {small}}}
    for {noun} in {plural}:
        path = Path(str({noun}))
        suffix = path.suffix or ".{other}"
        totals[suffix] = totals.get(suffix, 0) + len(path.parts)
        if totals[suffix] > {large} * {small}:
            totals["{noun}"] += 1
    return totals
"""
_BRANCHES = """\
    counts = {{"{noun}": 0, "{other}": 0, "rest": 0}}
    for position, {noun} in enumerate({plural}):
        text = str({noun})
        if text.startswith("{noun}"):
            counts["{noun}"] += 1
        elif text.endswith("{other}") and position % {small} == 0:
            counts["{other}"] += position
        elif len(text) > {large}:
            raise ValueError(f"{noun} {{position}} is longer than {large} characters")
        else:
            counts["rest"] += 1
    return counts
"""
_BODIES = (_LOOP, _TRY, _CHUNKS, _PATHS, _BRANCHES)


def tree(work: Path, name: str, *, faulty: bool = False) -> Path:
    """The repository ``name`` below ``work``, made if it is not there.

    Args:
        work: the folder of the benchmarks.
        name: the folder to make.
        faulty: leave out one docstring in every Python file.
    """
    folder = work / name
    if not (folder / ".git" / "complete").exists():
        chance = random.Random(SEED)
        for path, data in _files(chance, faulty=faulty):
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        commit(folder)
    return folder


def commit(folder: Path) -> None:
    """Make ``folder`` a repository with one commit, and its files an hour old."""
    then = time.time() - AGE
    for base, folders, names in os.walk(folder):
        if ".git" in folders:
            folders.remove(".git")
        for name in names:
            os.utime(os.path.join(base, name), (then, then), follow_symlinks=False)
    who = ("-c", "user.name=bench", "-c", "user.email=bench@example.org", "-c", "gc.auto=0")
    for words in (("init", "--quiet"), ("add", "."), ("commit", "--quiet", "-m", "A tree")):
        subprocess.run(["git", *who, *words], cwd=folder, check=True)
    (folder / ".git" / "complete").write_bytes(b"")


def _files(chance: random.Random, *, faulty: bool) -> Iterator[tuple[str, bytes]]:
    folders = [_folder(number) for number in range(PYTHON_FILES // PER_FOLDER)]
    for number in range(PYTHON_FILES):
        name = f"{chance.choice(NOUNS)}_{chance.choice(NOUNS)}_{number % PER_FOLDER}.py"
        text = _module(chance, faulty=faulty)
        yield f"{folders[number // PER_FOLDER]}/{name}", text.encode()
    for number in range(OTHER_FILES):
        folder = chance.choice(folders)
        stamped = number % 2 == 0
        yield _stamped(chance, f"{folder}/{number}.yaml", _settings(chance), stamped=stamped)
        yield _stamped(chance, f"{folder}/notes_{number}.md", _notes(chance), stamped=stamped)


def _folder(number: int) -> str:
    """A folder of the tree: some shallow, most three deep."""
    top = f"{NOUNS[number % 25]}s"
    middle = f"{VERBS[number // 25 % 7]}_{NOUNS[30 + number % 11]}"
    return f"services/{top}/{middle}/part_{number:03d}" if number % 9 else f"tools_{number:03d}"


def _module(chance: random.Random, *, faulty: bool) -> str:
    """A module of 1 to 60 functions; half of the modules have fewer than 6."""
    count = min(60, max(1, round(chance.lognormvariate(1.6, 0.8))))
    subject = chance.choice(NOUNS)
    parts = [
        f'"""{chance.choice(VERBS).capitalize()} the {subject}s of one {chance.choice(NOUNS)}.'
    ]
    parts.append(f'\n{chance.choice(REASONS)}\n"""\n\nfrom __future__ import annotations\n')
    blocks = [_function(chance, number, "") for number in range(max(1, count // 2))]
    blocks += [_class(chance, number) for number in range(count // 6)]
    blocks += [
        _function(chance, 100 + n, "") for n in range(count - max(1, count // 2) - count // 6)
    ]
    if faulty:
        blocks.append(f"def bare_{subject}() -> int:\n    return {chance.randrange(99)}\n")
    body = "\n\n".join(blocks)
    lines = ["import json"] if "json." in body else []
    lines += ["import logging"] if "logger." in body else []
    lines.append("from collections.abc import Iterable")
    lines += ["from pathlib import Path"] if "Path(" in body else []
    logger = "\nlogger = logging.getLogger(__name__)\n" if "logger." in body else ""
    limit = f"\nMOST_{subject.upper()}S = {chance.randrange(10, 900)}\n"
    return "\n".join(["\n".join(parts), *lines, logger + limit, "", body])


def _function(chance: random.Random, number: int, indent: str) -> str:
    noun, other = chance.sample(NOUNS, 2)
    words = {
        "noun": noun,
        "plural": f"{noun}s",
        "other": other,
        "small": chance.randrange(1, 9),
        "large": chance.randrange(20, 400),
    }
    own = "self, " if indent else ""
    name = f"{chance.choice(VERBS)}_{noun}_{number}"
    head = f"def {name}({own}{noun}s: Iterable[str]) -> dict[str, int]:\n"
    reason = f"\n\n    {chance.choice(REASONS)}\n    " if chance.random() < 0.5 else ""
    doc = f'    """{chance.choice(VERBS).capitalize()} every {noun} by its {other}.{reason}"""\n'
    text = head + doc + chance.choice(_BODIES).format(**words)
    return "".join(indent + line if line.strip() else line for line in text.splitlines(True))


def _class(chance: random.Random, number: int) -> str:
    noun, other = chance.sample(NOUNS, 2)
    title = f"{noun.capitalize()}{other.capitalize()}{number}"
    start = (
        f'class {title}:\n    """The {noun}s of a {other}, and how many there are."""\n\n'
        f"    limit = {chance.randrange(10, 999)}\n\n"
        f"    def __init__(self, {noun}s: Iterable[str]) -> None:\n"
        f'        """Keep the {noun}s, and begin to count at zero."""\n'
        f"        self.{noun}s = list({noun}s)\n        self.count = 0\n"
    )
    methods = [_function(chance, n, "    ") for n in range(chance.randrange(1, 5))]
    return "\n".join([start, *methods])


def _settings(chance: random.Random) -> str:
    lines = []
    for noun in chance.sample(NOUNS, chance.randrange(4, 20)):
        lines += [f"{noun}:", f"  {chance.choice(VERBS)}: true", "  names:"]
        lines += [f"    - {name}" for name in chance.sample(NOUNS, chance.randrange(1, 6))]
        lines.append(f"  limit: {chance.randrange(1, 5000)}")
    return "\n".join(lines) + "\n"


def _notes(chance: random.Random) -> str:
    lines = [f"# The {chance.choice(NOUNS)}"]
    for noun in chance.sample(NOUNS, chance.randrange(3, 12)):
        lines += ["", f"## {noun.capitalize()}", "", *chance.sample(REASONS, 3)]
    return "\n".join(lines) + "\n"


def _stamped(chance: random.Random, path: str, text: str, *, stamped: bool) -> tuple[str, bytes]:
    """``text`` below a valid stamp, where one is wanted."""
    body = text.encode()
    if not stamped:
        return path, body
    import uuid

    from onex_tools.stamp import body_hash

    identity = uuid.UUID(int=chance.getrandbits(128), version=4)
    name = path.rpartition("/")[2]
    fields = f"name: {name}\nuuid: {identity}\nhash: {body_hash(body)}\n"
    if name.endswith(".md"):
        head = f"<!-- === OmniNode:Metadata ===\n{fields}=== /OmniNode:Metadata === -->\n\n"
    else:
        lines = ["=== OmniNode:Metadata ===", *fields.splitlines(), "=== /OmniNode:Metadata ==="]
        head = "".join(f"# {line}\n" for line in lines) + "\n"
    return path, head.encode() + body
