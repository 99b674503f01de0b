"""What becomes of two branches that edit the same stamped files: conflicts, with and without help.

``python -m bench.merges`` prints the table of docs/merging.md: twenty files of as many kinds, each
edited in its first paragraph on one branch and in its last on the other.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from bench.lab import BenchError, Lab

FILES = {
    "a.py": "v{} = 1\n",
    "lib/b.sh": "echo {}\n",
    "c.yaml": "key{}: 1\n",
    "d.toml": "key{} = 1\n",
    "e.md": "Paragraph {}.\n",
    "f.html": "<p>{}</p>\n",
    "g.sql": "SELECT {};\n",
    "h.lua": "local v{} = 1\n",
    "i.js": "let v{} = 1;\n",
    "j.ts": "let v{} = 1;\n",
    "k.go": "var v{} = 1\n",
    "l.rs": "const V{}: u8 = 1;\n",
    "m.c": "int v{};\n",
    "n.java": "class V{} {{}}\n",
    "o.css": ".v{} {{}}\n",
    "p.rb": "v{} = 1\n",
    "q.proto": "message V{} {{}}\n",
    "r.cpp": "int v{};\n",
    "Dockerfile": "RUN echo {}\n",
    "Makefile": "V{} = 1\n",
}
"""Twenty files of as many kinds: a paragraph of each, with a number in it."""
PARAGRAPHS = 9
WAYS = {
    "git merge": ("merge", "--message", "words", "topic"),
    "git rebase": ("rebase", "topic"),
    "git cherry-pick": ("cherry-pick", "topic"),
}


class Setup(NamedTuple):
    """A row: whether files are stamped, where the hash is kept, and whether git has the driver."""

    name: str
    stamped: bool = True
    kept: str = "file"
    driver: bool = False


SETUPS = (
    Setup("no stamps", stamped=False),
    Setup("stamps, plain git"),
    Setup("stamps, onex merge-driver", driver=True),
    Setup('stamps, hash = "detached", plain git', kept="detached"),
)


class Outcome(NamedTuple):
    """Files in conflict after one merge, and its wall seconds."""

    conflicts: int
    seconds: float


class Clone:
    """A repository of the twenty files, on two branches."""

    def __init__(self, lab: Lab, folder: Path, setup: Setup) -> None:
        self.lab, self.folder, self.setup = lab, folder, setup
        scripts = os.path.dirname(lab.onex)
        self.environment = {
            **lab.environment(),
            "PATH": f"{scripts}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_EDITOR": "true",
            **{f"GIT_{who}_NAME": "bench" for who in ("AUTHOR", "COMMITTER")},
            **{f"GIT_{who}_EMAIL": "bench@example.org" for who in ("AUTHOR", "COMMITTER")},
        }

    def make(self) -> None:
        """Commit the base, and one edit of each file on each of two branches."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.run("git", "init", "--quiet", "--initial-branch=main")
        config = f'[stamp]\nowner = "Bench"\nrepository = "bench"\nhash = "{self.setup.kept}"\n'
        (self.folder / "onex.toml").write_text(config, encoding="utf-8")
        if self.setup.driver:
            self.run(self.lab.onex, "init", "--merge-driver")
        for name, line in FILES.items():
            text = "\n".join(line.format(number) for number in range(PARAGRAPHS))
            path = self.folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        self.commit()
        self.run("git", "checkout", "--quiet", "-b", "topic")
        self.edit(PARAGRAPHS - 1)
        self.run("git", "checkout", "--quiet", "main")
        self.edit(0)

    def edit(self, number: int) -> None:
        """Change one paragraph of every file, and commit."""
        for name, line in FILES.items():
            path = self.folder / name
            text = path.read_text(encoding="utf-8")
            changed = text.replace(line.format(number), line.format(900 + number))
            path.write_text(changed, encoding="utf-8")
        self.commit()

    def commit(self) -> None:
        """Stamp the files, if the row says so, and commit all."""
        if self.setup.stamped:
            self.run(self.lab.onex, "stamp", "--quiet", *FILES)
        self.run("git", "add", "--all")
        self.run("git", "commit", "--quiet", "--message", "words")

    def merge(self, words: tuple[str, ...]) -> Outcome:
        """Bring the branches together, and count what git leaves to a person."""
        begun = time.perf_counter()
        self.run("git", *words, codes=(0, 1))
        seconds = time.perf_counter() - begun
        left = self.run("git", "diff", "--name-only", "--diff-filter=U")
        return Outcome(len(left.split()), seconds)

    def run(self, *words: str, codes: tuple[int, ...] = (0,)) -> str:
        """What a command prints."""
        done = subprocess.run(
            words,
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode not in codes:
            raise BenchError(f"{' '.join(words)}: exit code {done.returncode}\n{done.stderr}")
        return done.stdout


def measure(lab: Lab) -> dict[tuple[str, str], Outcome]:
    """The outcome of each way for each row, by their names."""
    found = {}
    for setup in SETUPS:
        for way, words in WAYS.items():
            clone = Clone(lab, lab.work / "merges", setup)
            clone.make()
            found[setup.name, way] = clone.merge(words)
    return found


def markdown(found: dict[tuple[str, str], Outcome]) -> str:
    """The table: files in conflict, of all, and the seconds that it took."""
    rows = ["| | " + " | ".join(f"`{way}`" for way in WAYS) + " |", "|---|" + "---:|" * len(WAYS)]
    for setup in SETUPS:
        cells = (found[setup.name, way] for way in WAYS)
        texts = (f"{cell.conflicts} of {len(FILES)} ({cell.seconds:.1f} s)" for cell in cells)
        rows.append(f"| {setup.name} | " + " | ".join(texts) + " |")
    return "\n".join(rows)


def main() -> int:
    """Measure and print."""
    try:
        found = measure(Lab())
    except BenchError as error:
        print(error, file=sys.stderr)
        return 1
    print(markdown(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
