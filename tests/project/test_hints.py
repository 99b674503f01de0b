"""Every command that a report suggests works when it is pasted."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

BIN = Path(sys.executable).parent
FAULTY = '"""A module."""\n\n\n' + "\n\n".join(f"def f{n}():\n    return {n}\n" for n in range(7))


@pytest.fixture
def project(repo):
    """A repository in a folder whose name needs quotes, and seven faults in it."""
    repo.write("the shop/onex.toml", "")
    repo.write("the shop/a.py", FAULTY)
    return repo


def typed(repo, line, *, found=True):
    """``line`` as a shell runs it in the root; ``found``: with ``onex`` in the PATH."""
    places = [str(BIN)] if found else []
    places += [
        place
        for place in os.environ["PATH"].split(os.pathsep)
        if not os.path.exists(os.path.join(place, "onex"))
    ]
    return subprocess.run(
        line,
        shell=True,
        cwd=repo.root,
        env=repo.environment(PATH=os.pathsep.join(places)),
        capture_output=True,
        text=True,
        check=False,
    )


def test_hints_keep_the_folder(project):
    done = typed(project, "onex -C 'the shop' validate")
    (more,) = re.findall(r"and 2 more .* \((.*)\)$", done.stdout, re.MULTILINE)
    assert more == "onex -C 'the shop' validate --select DCS005 --show-all"
    assert typed(project, more).stdout.count("warning[DCS005]") == 7
    (following,) = re.findall(r"Next: (.*)$", done.stdout, re.MULTILINE)
    assert following == "onex -C 'the shop' rules DCS005"
    assert typed(project, following).stdout.startswith("DCS005 ")


def test_hints_name_a_program_that_the_shell_does_not_find(project):
    os.symlink(BIN, project.root / "bin")
    done = typed(project, "bin/onex -C 'the shop' validate", found=False)
    (following,) = re.findall(r"Next: (.*)$", done.stdout, re.MULTILINE)
    assert following == "bin/onex -C 'the shop' rules DCS005"
    assert typed(project, following, found=False).stdout.startswith("DCS005 ")
    assert "Next: onex rules" in typed(project, f"cd 'the shop'; {BIN}/onex validate").stdout


def test_commands_in_notes_keep_the_folder(project):
    (project.root / "the shop" / "onex.toml").unlink()
    done = typed(project, "onex -C 'the shop' validate")
    commands = re.findall(r"`(onex .*?)`", done.stdout)
    assert commands
    assert all(shlex.split(one)[1:3] == ["-C", "the shop"] for one in commands)


def test_pages_and_lists_of_rules_keep_the_folder(project):
    page = typed(project, "onex -C 'the shop' rules DCS005").stdout
    (fix,) = re.findall(r"^  fix       (.*), with", page, re.MULTILINE)
    assert typed(project, f"{fix} --diff --unsafe-fixes").stdout.count("+++ ") == 1
    assert typed(project, "onex -C 'the shop' rules").stdout.endswith(
        "`onex -C 'the shop' rules CODE` explains one.\n"
    )


def test_init_and_new_say_where_to_go_on(project):
    (project.root / "the shop" / "onex.toml").unlink()
    done = typed(project, "onex -C 'the shop' init")
    assert done.stdout.endswith("next: onex -C 'the shop' validate\n"), done
    done = typed(project, "onex -C 'the shop' new validator missing-owner")
    assert "\nNext, in the shop:\n" in done.stdout, done


def test_stamping_says_where_to_go_on(project):
    done = typed(project, "onex -C 'the shop' stamp a.py")
    (following,) = re.findall(r"`(.*) init` writes into", done.stderr)
    assert following == "onex -C 'the shop'"
