"""The door of the report room: formats by name, files written whole, colours when wanted."""

from __future__ import annotations

import io
import os
import stat
import subprocess
import sys

import pytest

from onex_tools.report import FORMATS, Style, UnknownFormat, wants_color, write_to, writer


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_of_the_table_has_a_writer(repo, name):
    assert repo.write(name).endswith("\n")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "sarfi",
            'unknown output format "sarfi"; did you mean "sarif"?'
            " (one of text, concise, json, jsonl, sarif, github, table)",
        ),
        (
            "qqq",
            'unknown output format "qqq" (one of text, concise, json, jsonl, sarif, github, table)',
        ),
    ],
)
def test_an_unknown_format_names_the_nearest(name, message):
    with pytest.raises(UnknownFormat) as caught:
        writer(name, {"table": print})
    assert str(caught.value) == message
    assert isinstance(caught.value, ValueError)


def test_a_plugin_adds_formats_but_replaces_none():
    def table(result, out, style):
        """A writer of a plugin."""

    assert writer("table", {"table": table}) is table
    assert writer("json", {"json": table}) is writer("json")


def test_the_door_imports_no_writer_and_a_writer_no_other():
    code = """
import sys
import onex_tools.result
before = set(sys.modules)
from onex_tools.report import writer
print(*sorted(set(sys.modules) - before))
writer("text")
print(*sorted(set(sys.modules) - before))
"""
    door, text = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert {name for name in door.split() if name.startswith("onex")} == {
        "onex_tools.report",
        "onex_tools.report.style",
    }
    loaded = set(text.split())
    heavy = {"json", "unicodedata", "difflib", "blake3", "base64", "click", "rich", "ast"}
    assert not loaded & heavy
    assert not {name for name in loaded if name.split(".")[-1] in FORMATS} - {
        "onex_tools.report.text"
    }


def test_a_file_is_written_whole(services, tmp_path):
    path = tmp_path / "out.json"
    write_to(str(path), "json", services.result, Style())
    assert path.read_text() == services.write("json")
    assert os.listdir(tmp_path) == ["out.json"]


def broken(_result, out, _style):
    """A writer that fails half-way."""
    out.write("half")
    raise RuntimeError("no more")


def test_a_writer_that_fails_leaves_the_old_file(services, tmp_path):
    path = tmp_path / "out.txt"
    path.write_text("old")
    with pytest.raises(RuntimeError):
        write_to(str(path), "broken", services.result, Style(), plugins={"broken": broken})
    with pytest.raises(UnknownFormat):
        write_to(str(path), "borken", services.result, Style(), plugins={"broken": broken})
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["out.txt"]


def test_links_and_permissions_are_kept(services, tmp_path):
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    real.write_text("old")
    real.chmod(0o640)
    link.symlink_to(real)
    write_to(str(link), "text", services.result, Style())
    assert link.is_symlink()
    assert real.read_text() == services.write("text")
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_a_device_is_written_to_and_not_replaced(services):
    before = os.stat("/dev/null")
    write_to("/dev/null", "text", services.result, Style())
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)
    assert os.stat("/dev/null").st_ino == before.st_ino


@pytest.mark.parametrize("where", ["", "missing/out.txt"])
def test_what_cannot_be_written_is_an_os_error(services, tmp_path, where):
    with pytest.raises(OSError, match=r"directory|Directory"):
        write_to(str(tmp_path / where), "text", services.result, Style())
    assert os.listdir(tmp_path) == []


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("choice", "stream", "environ", "expected"),
    [
        ("auto", Terminal(), {}, True),
        ("auto", Terminal(), {"TERM": "xterm"}, True),
        ("auto", Terminal(), {"TERM": "dumb"}, False),
        ("auto", Terminal(), {"NO_COLOR": "1"}, False),
        ("auto", Terminal(), {"NO_COLOR": ""}, True),
        ("auto", io.StringIO(), {}, False),
        ("auto", io.StringIO(), {"FORCE_COLOR": "1", "TERM": "dumb"}, True),
        ("auto", io.StringIO(), {"CLICOLOR_FORCE": "1"}, True),
        ("auto", io.StringIO(), {"FORCE_COLOR": "0", "CLICOLOR_FORCE": "0"}, False),
        ("auto", io.StringIO(), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ("always", io.StringIO(), {"NO_COLOR": "1"}, True),
        ("never", Terminal(), {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colours_follow_choice_environment_and_stream(choice, stream, environ, expected):
    assert wants_color(choice, stream, environ) is expected


def test_a_closed_stream_has_no_colours():
    stream = io.StringIO()
    stream.close()
    assert wants_color("auto", stream, {}) is False
