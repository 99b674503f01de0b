"""Kinds of files that a plugin declares: stamped, judged and remembered like our own."""

from __future__ import annotations

import pytest

from onex_tools.api import CommentStyle
from onex_tools.testing import check_plugin

PATH = "tools/flows.py"
FLOWS = '''"""Our kinds of files."""

import sys

from onex_tools.api import CommentStyle, hookimpl

print("IMPORTED", file=sys.stderr)


@hookimpl
def onex_comment_styles():
    """What only we have."""
    return [
        CommentStyle("acme-flow", ("*.flow",), line="!!", prologue=("shebang", "emacs")),
        CommentStyle("acme-page", ("pages/*.txt",), block=("<!--", "-->")),
        CommentStyle("acme-note", ("*.note",), line="#", asked=False),
    ]
'''
FLOW = "#!/usr/bin/acme\n!! -*- mode: flow -*-\ndeploy everything\n"


@pytest.fixture
def flows(repo):
    """A repository with files of three kinds that a local plugin declares."""
    repo.write_all(
        {
            PATH: FLOWS,
            "onex.toml": f'local-rules = ["{PATH}"]\nselect = ["STP"]\n[stamp]\nowner = "Acme"\n'
            'exclude = ["onex.toml", "tools/"]\n',
            "deploy.flow": FLOW,
            "pages/a.txt": "A page -- of ours.\n",
            "other/a.txt": "Words.\n",
            "a.note": "A note.\n",
        }
    )
    assert repo.onex("trust").code == 0
    return repo


def test_stamps_are_asked_for_where_the_plugin_says_so(flows):
    assert flows.codes() == ["deploy.flow:1 STP001", "pages/a.txt:1 STP001"]


def test_files_are_stamped_in_their_own_comments_and_restored(flows):
    run = flows.onex("stamp")
    assert run.code == 0, run
    lines = (flows.root / "deploy.flow").read_text().split("\n")
    assert lines[:2] == FLOW.split("\n")[:2]
    assert lines[2] == "!! === OmniNode:Metadata ==="
    assert (flows.root / "pages/a.txt").read_text().startswith("<!-- === OmniNode:Metadata ===\n")
    assert (flows.root / "other/a.txt").read_text() == "Words.\n"
    assert flows.codes() == []
    assert flows.onex("stamp", "--remove").code == 0
    assert (flows.root / "deploy.flow").read_text() == FLOW


def test_stale_stamp_is_found_warm_and_without_the_plugin(flows):
    flows.onex("stamp")
    assert "IMPORTED" not in flows.onex("validate").err
    flows.write("deploy.flow", (flows.root / "deploy.flow").read_bytes() + b"deploy the rest\n")
    for _ in range(2):
        run = flows.onex("validate", "--output-format", "json")
        assert "IMPORTED" not in run.err
        assert [found["code"] for found in run.json()["findings"]] == ["STP002"]
    run = flows.onex("validate", "--fix")
    assert run.code == 0, run
    assert flows.codes() == []


def test_stamp_in_the_way_is_found(flows):
    flows.onex("stamp")
    lines = (flows.root / "deploy.flow").read_text().split("\n")
    body = lines.index("!! === /OmniNode:Metadata ===") + 1
    flows.write("deploy.flow", "\n".join([*lines[2:body], "", FLOW]))
    assert "deploy.flow:1 STP011" in flows.codes()


def test_changed_declaration_is_heeded(flows):
    flows.onex("stamp")
    assert flows.codes() == []
    flows.write(PATH, FLOWS.replace('"!!"', '"%"'))
    flows.onex("trust")
    assert flows.codes() == ["deploy.flow:1 STP001"]


@pytest.mark.parametrize(
    ("style", "words"),
    [
        ('CommentStyle("python", ("*.x",), line="#")', "a kind that is there already"),
        ('CommentStyle("Acme Flow", ("*.x",), line="#")', "no usable name"),
        ('CommentStyle("acme", (), line="#")', "for no files"),
        ('CommentStyle("acme", "*.x", line="#")', "for no files"),
        ('CommentStyle("acme", ("*.x",))', "not one of two"),
        ('CommentStyle("acme", ("*.x",), line="#", block=("/*", "*/"))', "not one of two"),
        ('CommentStyle("acme", ("*.x",), line="REM")', "begins with 'REM'"),
        ('CommentStyle("acme", ("*.x",), line="# ")', "begins with '# '"),
        ('CommentStyle("acme", ("*.x",), line="\\u00a7")', "begins with"),
        ('CommentStyle("acme", ("*.x",), block=("/*",))', "is written in ('/*',)"),
        ('CommentStyle("acme", ("*.x",), line="#", prologue=("header",))', "'header'"),
        ('CommentStyle("acme", ("*.x",), line="#", prologue="lang")', "part of a prologue: 'l'"),
        ("42", "42 is no CommentStyle"),
    ],
)
def test_faulty_declaration_is_loud(flows, style, words):
    code = "from onex_tools.api import CommentStyle, hookimpl\n\n\n@hookimpl\n"
    flows.write(PATH, f"{code}def onex_comment_styles():\n    return [{style}]\n")
    flows.onex("trust")
    run = flows.onex("validate")
    assert run.code == 2
    assert words in run.out


def test_two_plugins_cannot_declare_one_kind(flows):
    flows.write("tools/more.py", FLOWS)
    flows.write("onex.toml", f'local-rules = ["{PATH}", "tools/more.py"]\n')
    flows.onex("trust")
    run = flows.onex("validate")
    assert run.code == 2
    assert "the comment style of kind 'acme-flow' is that of a kind that is there" in run.out


def test_plugin_of_kinds_alone_passes_its_test(tmp_path):
    path = tmp_path / "flows.py"
    path.write_text(FLOWS)
    check_plugin(path)
    other = tmp_path / "others.py"
    other.write_text(FLOWS.replace('"!!"', '"too long"'))
    with pytest.raises(AssertionError, match="too long"):
        check_plugin(other)


def test_a_style_is_a_plain_row():
    style = CommentStyle("acme", ("*.a",), line=";")
    assert style == ("acme", ("*.a",), ";", (), (), True)
