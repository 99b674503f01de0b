"""The sample repository is reported as intended, byte for byte, wherever it lies.

``ONEX_REGOLD=1 pytest tests/sample`` writes the golden reports again. The tables below are never
written by a machine: whoever adds a rule or a file says here which defects are meant, and reads
the diff of ``golden.txt`` as a user would.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
EXAMPLES = HERE.parent.parent / "examples"
SAMPLE = EXAMPLES / "sample-repo"
REGOLD = bool(os.environ.get("ONEX_REGOLD"))

EMBEDDER = "containers/embedder/src/embedder"
GATEWAY = "containers/gateway/src/gateway"

INTENDED = {
    (".onexignore", 1, "STP004"): "`#` lines, the entrypoint a Python dict",
    ("compose.yaml", 1, "STP004"): "YAML in `#` lines",
    ("containers/embedder/config/default/app.yaml", 2, "ENV002"): "one machine of one network",
    ("containers/embedder/config/env/production.yaml", 4, "SEC002"): "a password in a URL",
    ("containers/embedder/docs/embedding.md", 5, "STP007"): "renamed, not stamped again",
    (f"{EMBEDDER}/api/embed.py", 14, "ONX012"): "an ignore without a reason",
    (f"{EMBEDDER}/api/embed.py", 37, "DCS005"): "private, which the nested onex.toml asks for",
    (f"{EMBEDDER}/app.py", 1, "DCS001"): "a module without docstring",
    (f"{EMBEDDER}/app.py", 6, "DCS005"): "its ignore has ended",
    (f"{EMBEDDER}/app.py", 6, "ONX013"): "ended in March 2026",
    (f"{EMBEDDER}/core/batching.py", 1, "STP004"): "Python, the entrypoint a Python dict",
    (f"{EMBEDDER}/core/batching.py", 40, "DCS004"): "a method without docstring",
    (f"{EMBEDDER}/core/pooling.py", 1, "ONX015"): "an ignore of a locked rule",
    (f"{EMBEDDER}/core/pooling.py", 2, "STP008"): "never closed; the ignore above changes nothing",
    (f"{GATEWAY}/api/auth.py", 12, "DCS301"): "an argument that was renamed",
    (f"{GATEWAY}/api/auth.py", 19, "DCS303"): "its old name",
    (f"{GATEWAY}/api/forward.py", 16, "DCS005"): "a function without docstring",
    (f"{GATEWAY}/api/health.py", 16, "ONX014"): "an ignore of what has a docstring by now",
    (f"{GATEWAY}/core/routing.py", 1, "STP004"): "alphabetical, the entrypoint a URI",
    (f"{GATEWAY}/core/routing.py", 31, "DCS003"): "a class without docstring",
    (f"{GATEWAY}/core/routing.py", 44, "DCS004"): "a method without docstring",
    (f"{GATEWAY}/utils/tokens.py", 8, "STP006"): "copied between the services with its UUID",
    ("docs/glossary.md", 1, "STP001"): "`include` wants a stamp here",
    ("docs/machines.md", 1, "STP004"): "a comment a line, hashed by the rule of 2025-05-19",
    ("docs/machines.md", 17, "STP010"): "closed by a line that readers see",
    ("docs/models.md", 1, "STP004"): "a comment a line",
    ("docs/models.md", 16, "STP003"): "edited since",
    ("docs/onboarding.md", 1, "STP004"): "plain lines between two comments",
    ("docs/runbook.md", 1, "STP004"): "a comment a line",
    ("docs/runbook.md", 1, "STP005"): "three blocks",
    ("manifests/hardware.yaml", 19, "STP002"): "edited since",
    ("manifests/runtime.yaml", 1, "STP004"): "plain YAML between two comments",
    ("scripts/check_ports.py", 2, "STP004"): "the old fields",
    ("scripts/check_ports.py", 8, "STP009"): "`<to-be-stamped>`, zeros and 1970",
    ("scripts/deploy.sh", 1, "STP004"): "the old fields",
    ("scripts/deploy.sh", 1, "STP011"): "above the shebang",
}
"""Every finding that counts, and why it is there."""

WAIVED = {
    (f"{EMBEDDER}/api/embed.py", 14, "DCS003"): "inline",
    (f"{GATEWAY}/api/forward.py", 20, "DCS005"): "foreign",
    (f"{GATEWAY}/main.py", 15, "DCS005"): "inline",
    ("scripts/check_ports.py", 32, "DCS005"): "config",
    ("scripts/warm-cache", 30, "DCS005"): "config",
}
"""Every finding that does not count, and what waives it."""

CLEAN = (
    "README.md",
    "containers/embedder/onex.toml",
    f"{EMBEDDER}/core/tokens.py",  # stamped rightly; its copy is the one reported
    "containers/embedder/tests/unit/test_batching.py",  # tests need no docstrings
    "containers/gateway/Dockerfile",
    "containers/gateway/config/default/app.yaml",
    "containers/gateway/docs/README.md",  # a stamp of the minimal profile
    "containers/gateway/pyproject.toml",
    f"{GATEWAY}/__init__.py",
    f"{GATEWAY}/api/__init__.py",  # empty
    f"{GATEWAY}/core/settings.py",  # private functions, in a service that asks only for public ones
    f"{GATEWAY}/main.py",
    f"{GATEWAY}/utils/json_logs.py",
    "docs/architecture.md",  # stamped rightly
    "docs/hosting.md",  # stamped rightly, below its front matter
    "onex.toml",
    "scripts/warm-cache",  # Python by its shebang, stamped rightly below it
    "templates/service/main.py",  # no Python, and excluded
)
"""Files in which nothing may be found; some of them hold what a coarser check would report."""


def _places(findings):
    return sorted((finding["path"], finding["line"], finding["code"]) for finding in findings)


@pytest.fixture
def check(repo):
    """Checks the sample in a folder, as ``make demo`` does."""

    def run(folder, *arguments):
        command = ("-C", str(folder), "validate", *arguments)
        return repo.onex(*command, PYTHONUTF8="1")

    return run


@pytest.fixture
def golden():
    """Compares output with a golden file, or writes the file where that is asked for."""

    def compare(name, output):
        path = HERE / name
        if REGOLD:
            path.write_bytes(output.encode())
        assert output == path.read_bytes().decode()

    return compare


@pytest.fixture
def report(check):
    """The sample's report, from where it lies."""
    return check(SAMPLE, "--output-format", "json").json()


def test_every_intended_defect_is_found_and_nothing_else(report):
    assert _places(report["findings"]) == sorted(INTENDED)


def test_every_waiver_waives_what_it_was_written_for(report):
    kinds = [item["waiver"]["kind"] for item in report["waived"]]
    places = [(item["path"], item["line"], item["code"]) for item in report["waived"]]
    assert dict(zip(places, kinds, strict=True)) == WAIVED


def test_clean_files_are_left_alone(report):
    assert [path for path in CLEAN if not (SAMPLE / path).is_file()] == []
    assert {finding["path"] for finding in report["findings"]}.isdisjoint(CLEAN)


def test_json_is_the_golden_report(check, golden):
    run = check(SAMPLE, "--output-format", "json")
    assert (run.code, run.err) == (1, "")
    golden("golden.json", run.out)


def test_text_is_the_golden_report(check, golden):
    run = check(SAMPLE, "--exit-zero")
    assert (run.code, run.err) == (0, "")
    assert f"Next: onex -C {SAMPLE} " in run.out
    golden("golden.txt", run.out.replace(f"onex -C {SAMPLE} ", "onex -C examples/sample-repo "))


def test_a_copy_without_git_has_the_same_report(check, tmp_path):
    copy = shutil.copytree(SAMPLE, tmp_path / "copy")
    run = check(copy, "--output-format", "json")
    assert run.out == (HERE / "golden.json").read_bytes().decode()


def test_a_repository_of_its_own_has_the_same_report(git_repo, check):
    shutil.copytree(SAMPLE, git_repo.root, dirs_exist_ok=True)
    git_repo.git("add", "--all")
    git_repo.git("commit", "--quiet", "--message", "sample")
    cold = check(git_repo.root, "--output-format", "json")
    warm = check(git_repo.root, "--output-format", "json")
    assert cold.out == warm.out == (HERE / "golden.json").read_bytes().decode()


def test_the_hashes_are_right_by_a_second_hand(tmp_path):
    copy = shutil.copytree(SAMPLE, tmp_path / "copy")
    command = [sys.executable, EXAMPLES / "make_stamps.py", copy]
    done = subprocess.run(command, capture_output=True, check=True)
    assert done.stdout == b""
