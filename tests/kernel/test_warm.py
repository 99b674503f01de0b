"""A warm run says what a cold one says, whatever was edited in between."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys

import pytest

from tests.conftest import ALL_FILES

RULE = '''
"""A repository's own rules."""

from onex_tools.api import Bad, Extractor, Good, TreeValidator, Validator


class Word(Validator):
    """A word is used.

    For tests.
    """

    code, name = "TST001", "word-used"
    files = ("*.py",)
    examples = (Good("a.py"), Bad("a.py", "WORD"))

    def check(self, file):
        at = file.data.find(b"WORD")
        if at >= 0:
            yield file.finding(self, (at, at + 4), "the word")


class Mark(Extractor):
    """The first word of a file."""

    name = "first-word"
    files = ("*.md",)

    def extract(self, file):
        words = file.data.split()
        return words[0].decode("utf-8", "replace") if words else None


class SameWord(TreeValidator):
    """Two documents begin with one word.

    For tests.
    """

    code, name = "TST002", "same-first-word"
    uses = (Mark,)
    examples = (Good("a.md", "a"), Bad("a.md", "a", tree={"b.md": "a"}, at=(("b.md", 1),)))

    def check(self, tree):
        seen = {}
        for path, word in tree.facts(Mark).items():
            if word in seen:
                yield tree.finding(self, path, None, f"begins like {seen[word]}")
            seen.setdefault(word, path)
'''
CONFIGS = (
    'local-rules = ["rules.py"]\n',
    'local-rules = ["rules.py"]\nexclude = ["d1/"]\n',
    'local-rules = ["rules.py"]\nignore = ["TST001"]\n[docstrings]\nprivate = true\n',
    'local-rules = ["rules.py"]\n[severity]\nDCS = "error"\n',
)
TEXTS = (
    "",
    '"""Doc."""\n',
    "def f():\n    pass\n",
    "WORD = 1  # onex: ignore[TST001] -- known\n",
    "WORD\n",
    "def g(:\n",
    "one two\n",
    "two one\n",
)


@pytest.mark.parametrize("seed", [7, 8] if ALL_FILES else [8])
def test_warm_equals_cold_after_random_edits(git_repo, seed):
    chance = random.Random(seed)
    repo = git_repo
    repo.write("rules.py", RULE)
    repo.write("onex.toml", CONFIGS[0])
    names = [f"d{number % 3}/f{number}.{kind}" for number in range(6) for kind in ("py", "md")]
    for name in names:
        repo.write(name, chance.choice(TEXTS))
    arguments = ("validate", "--allow-local-plugins", "--output-format", "json")
    seen = set()
    for step in range(24):
        kind = chance.randrange(9)
        name = chance.choice(names)
        if kind == 0:
            repo.write("onex.toml", chance.choice(CONFIGS))
        elif kind == 1:
            repo.write("rules.py", RULE + f"# {step}\n" + ("" if step % 2 else EXTRA))
        elif kind == 2 and (repo.root / name).exists():
            (repo.root / name).unlink()
        elif kind == 3:
            repo.write(".gitignore", chance.choice(["", "*.md\n", "d2/\n"]))
        elif kind == 4:
            repo.write(f"d{step % 3}/onex.toml", "[docstrings]\nprivate = true\n")
        elif kind == 5 and (repo.root / name).exists():
            text = (repo.root / name).read_bytes()
            repo.write(name, text[::-1])
            status = (repo.root / name).stat()
            os.utime(repo.root / name, ns=(status.st_atime_ns, status.st_mtime_ns - 10**10))
        elif kind == 6:
            repo.git(
                "add", "--all", "--force", "--", *(n for n in names if (repo.root / n).exists())
            )
        else:
            repo.write(name, chance.choice(TEXTS))
        warm = repo.onex(*arguments)
        cold = repo.onex(*arguments, "--no-cache")
        assert warm.out == cold.out, f"step {step}"
        assert warm.code == cold.code
        seen.add(warm.out)
    assert len(seen) > 8


EXTRA = '''

class Bare(Validator):
    """A file is empty.

    For tests.
    """

    code, name = "TST003", "empty-text"
    files = ("*.md",)
    examples = (Good("a.md", "a"), Bad("a.md"))

    def check(self, file):
        if not file.data:
            yield file.finding(self, None, "it is empty")
'''


def test_deleted_file_leaves_no_finding_behind(git_repo):
    """Also when it is gone before the snapshot trusted its time, and git still lists it."""
    git_repo.write("m.py", "def f():\n    pass\n")
    git_repo.git("add", ".")
    assert git_repo.codes()
    (git_repo.root / "m.py").unlink()
    assert git_repo.codes() == []
    assert git_repo.codes() == []


def test_two_runs_are_byte_equal_in_every_format(git_repo):
    git_repo.write("b.py", "def f():\n    pass\n")
    git_repo.write("a.md", "x\n")
    for name in ("text", "concise", "json", "jsonl", "sarif", "github"):
        outs = {
            git_repo.onex("validate", "--output-format", name, *more).out
            for more in ((), (), ("--no-cache",), ("--jobs", "2"))
        }
        assert len(outs) == 1


def test_clone_elsewhere_starts_warm(git_repo, tmp_path):
    """Times differ in a clone; content ids do not, so no file is judged again."""
    git_repo.write("rules.py", RULE.replace("at = file", "open('seen', 'a').write('x'); at = file"))
    git_repo.write("onex.toml", CONFIGS[0])
    git_repo.write("m.py", "WORD\n")
    git_repo.git("add", ".")
    git_repo.git("commit", "--quiet", "-m", "x")
    arguments = ("validate", "--allow-local-plugins", "--output-format", "json")
    first = git_repo.onex(*arguments)
    assert (git_repo.root / "seen").exists()
    clone = type(git_repo)(tmp_path / "clone", git_repo.cache)
    subprocess.run(
        ["git", "clone", "--quiet", str(git_repo.root), str(clone.root)],
        check=True,
        env=git_repo.environment(),
    )
    second = clone.onex(*arguments)
    assert json.loads(second.out)["findings"] == json.loads(first.out)["findings"]
    assert not (clone.root / "seen").exists()


def test_cache_is_outside_the_tree_and_holds_no_path(git_repo):
    git_repo.write("m.py", "def f():\n    pass\n")
    before = sorted(path.name for path in git_repo.root.iterdir())
    git_repo.onex("validate")
    assert sorted(path.name for path in git_repo.root.iterdir()) == before
    kept = [path for path in git_repo.cache.rglob("*") if path.is_file()]
    assert any("snapshots" in str(path) for path in kept)
    for path in kept:
        if "empty.git" not in str(path):
            assert str(git_repo.root).encode() not in path.read_bytes()


PROBE = """
import sys
from onex_tools.cli import main
code = main(sys.argv[1:])
print("IMPORTED", code, *sys.modules)
"""
HEAVY = {"libcst", "black", "pydantic", "yaml", "rich", "asyncio", "importlib.metadata", "pluggy",
         "multiprocessing", "concurrent.futures", "identify"}  # fmt: skip
WRITES = ("edits", "stamp.eligible", "stamp.generated", "stamp.plan", "stamp.render")
HEAVY |= {f"onex_tools.{name}" for name in (*WRITES, "stamp.yaml_text")}

UNASKED = {"click", "datetime", "random", "base64", "ipaddress", "dataclasses", "inspect"}


def imported(repo, *arguments, byte_code=False, **env):
    """The modules that a run has imported at its end; it finds nothing."""
    environment = repo.environment(**env)
    if byte_code:
        del environment["PYTHONDONTWRITEBYTECODE"]
    done = subprocess.run(
        [sys.executable, "-P", "-c", PROBE, *arguments],
        cwd=repo.root,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    said, code, *modules = done.stdout.splitlines()[-1].split()
    assert (said, code) == ("IMPORTED", "0"), done.stdout + done.stderr
    return set(modules)


def test_warm_run_imports_nothing_heavy(git_repo):
    """Nothing, in particular, that writes stamps, or tells which files are to have one."""
    git_repo.write("m.py", '"""Doc."""\n')
    assert git_repo.onex("stamp", "--quiet").code == 0
    git_repo.onex("validate")
    for arguments in (("validate",), ("validate", "m.py"), ("validate", "--scope", "file", "m.py")):
        assert not imported(git_repo, *arguments) & HEAVY


def test_judging_one_file_imports_only_what_it_takes(git_repo):
    """A hook's start counts: these are for help, for examples, and for what is found."""
    git_repo.write("m.py", 'token = get("it")\nurl = "https://example.com/"\n')
    arguments = ("validate", "--scope", "file", "--select", "SEC", "m.py")
    git_repo.onex(*arguments)
    assert not imported(git_repo, *arguments) & {*HEAVY, *UNASKED}


def rules_imported(repo, *arguments, **env):
    """How many modules of the built-in rules a run imports that keeps byte code."""
    modules = imported(repo, *arguments, byte_code=True, **env)
    return sum(name.startswith("onex_validators") for name in modules)


def test_built_in_rules_are_remembered_beside_their_code(repo, tmp_path):
    """So a run without a cache imports none of them, until what is kept is no longer whole."""
    repo.write("m.txt", "text\n")
    place = tmp_path / "byte code"
    place.mkdir()
    arguments = ("validate", "--no-cache", "--isolated", "--select", "SEC001", "m.txt")
    env = {"PYTHONPYCACHEPREFIX": str(place), "ONEX_CACHE_DIR": str(tmp_path / "none")}
    assert rules_imported(repo, *arguments, **env) > 100
    assert rules_imported(repo, *arguments, **env) == 0
    (kept,) = (path for path in place.rglob("catalogues/*"))
    (code,) = (path for path in place.rglob("onex_tools/registry.*.pyc"))
    assert kept.stat().st_mode & 0o444 == code.stat().st_mode & 0o444  # for whom the code is
    assert kept.parent.stat().st_mode == code.parent.stat().st_mode
    kept.write_bytes(kept.read_bytes()[:-1])
    assert rules_imported(repo, *arguments, **env) > 100
    assert rules_imported(repo, *arguments, **env) == 0
    assert not (tmp_path / "none").exists()


def test_rules_are_remembered_in_the_cache_where_the_code_cannot_be_written(repo, tmp_path):
    repo.write("m.txt", "text\n")
    (tmp_path / "file").write_bytes(b"")
    arguments = ("validate", "--isolated", "--select", "SEC001", "m.txt")
    env = {"PYTHONPYCACHEPREFIX": str(tmp_path / "file"), "ONEX_CACHE_DIR": str(tmp_path / "own")}
    assert rules_imported(repo, *arguments, **env) > 100
    assert rules_imported(repo, *arguments, **env) == 0
    assert list((tmp_path / "own" / "catalogues").iterdir())
