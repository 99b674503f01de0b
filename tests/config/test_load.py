"""What a single configuration says, and what is said about a wrong one."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from onex_tools.config import ConfigError, Overrides


def test_without_a_file_every_value_is_the_default(tree):
    config = tree.load().root
    assert config.plugins == ("onex_validators",)
    assert (config.select, config.fail_on, config.timeout) == (None, "warning", 10.0)
    assert (config.max_parse_bytes, config.max_scan_bytes) == (1 << 20, 5 << 20)
    assert set(config.origins.values()) == {"default"}
    assert config.source == ""


def test_without_a_file_the_toml_parser_is_not_imported(tree):
    code = (
        "import sys; from onex_tools.config import *; "
        "load(sys.argv[1], [], {}, Overrides()); find_root(sys.argv[1], {}); "
        "print([m for m in ('tomllib', 'hashlib', 'difflib', 'importlib.metadata') "
        "if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, tree.root], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("[]\n", "")


@pytest.mark.parametrize(
    ("name", "table"), [("onex.toml", ""), ("pyproject.toml", "[project]\nname='x'\n[tool.onex]\n")]
)
def test_both_files_say_the_same(tree, name, table):
    head = "tool.onex." if table else ""
    tree.write(
        name,
        table + f'timeout = 3\nselect = ["STP"]\n[{head}docs-style]\nmax-length = 100\n'
        'labels = { c = "d" }\n',
    )
    config = tree.load().root
    assert (config.timeout, config.select) == (3.0, ("STP",))
    values = config.values_of("docs-style")
    assert values["max_length"] == 100
    assert values["labels"] == {"c": "d"}
    lines = table.count("\n")
    assert config.origins["docs-style.max-length"] == f"{name}:{lines + 4}"


def test_origins_give_file_and_line(tree):
    tree.write(
        "pyproject.toml",
        "[build-system]\ntimeout = 1\n\n[tool.onex]\n# why\ntimeout = 3\n"
        'severity = { STP001 = "error" }\n[tool.onex.docs-style]\nmax-length = 100\n'
        "[[tool.onex.per-file-ignores]]\npath = 'a'\ncodes = ['STP']\nreason = 'r'\n"
        "[[tool.onex.per-file-ignores]]\npath = 'b'\ncodes = ['STP']\nreason = 'r'\n",
    )
    config = tree.load(Overrides(fail_on="error")).root
    assert config.origins["timeout"] == "pyproject.toml:6"
    assert config.origins["severity.STP001"] == "pyproject.toml:7"
    assert config.origins["docs-style.max-length"] == "pyproject.toml:9"
    assert config.origins["docs-style.ratio"] == "default"
    assert config.origins["fail-on"] == "command line"
    assert [entry.origin for entry in config.per_file_ignores] == [
        "pyproject.toml:10",
        "pyproject.toml:14",
    ]


def test_entries_of_an_inline_array_have_their_own_lines(tree):
    tree.write(
        "onex.toml",
        "per-file-ignores = [\n"
        "  { path = 'a', codes = ['STP'], reason = 'r' },\n"
        "  # a comment\n"
        "  { path = ['b'], codes = ['DCS'], reason = 'r', until = 2027-01-31 },\n]\n",
    )
    first, second = tree.load().root.per_file_ignores
    assert (first.origin, second.origin) == ("onex.toml:2", "onex.toml:4")
    assert (first.until, second.until) == ("", "2027-01-31")
    assert first.matches("x/a") and not first.matches("b")


def test_lines_inside_a_long_string_are_not_keys(tree):
    tree.write(
        "onex.toml",
        "[docs-style]\nlabels = { a = '''\n[[per-file-ignores]]\ntimeout = 1\n''' }\n"
        "max-length = 'x'\n",
    )
    assert tree.problems() == [
        "onex.toml:6: `docs-style.max-length` is the string 'x'; allowed: a whole number"
    ]


def test_both_spellings_mean_the_same_but_not_both_at_once(tree):
    tree.write("onex.toml", "max_parse_bytes = 5\n[docs_style]\nmax_length = 7\n")
    config = tree.load().root
    assert config.max_parse_bytes == 5
    assert config.values_of("docs-style")["max_length"] == 7
    assert config.origins["docs-style.max-length"] == "onex.toml:3"
    tree.write("onex.toml", "max_parse_bytes = 5\nmax-parse-bytes = 6\n")
    assert tree.problems() == [
        "onex.toml:2: `max-parse-bytes` is given twice, "
        "as `max_parse_bytes` and as `max-parse-bytes`"
    ]


def test_every_fault_of_every_file_is_told_at_once(tree):
    tree.write(
        "onex.toml",
        "timeut = 3\ntimeout = 'fast'\nselect = []\nfail-on = 'never'\njobs = true\n"
        "exclude = ['!a', '../b']\nseverity = { STP = 'high' }\n"
        "[docs-style]\nconvention = 'sphinx'\nmaxlength = 1\n",
    )
    tree.write("a/pyproject.toml", "[tool.onex]\nignore = 'STP'\n")
    tree.write("b/onex.toml", "ignore = [\n")
    said = tree.problems()
    places = [line.split(": ")[0] for line in said]
    assert places == [f"onex.toml:{n}" for n in (1, 2, 3, 4, 5, 6, 7, 9, 10)] + [
        "a/pyproject.toml:2",
        "b/onex.toml:1",
    ]
    assert "allowed: a number from 0.001 to 3600" in said[1]
    assert "is an empty list" in said[2]
    assert "allowed: `info`, `warning`, `error`" in said[3]
    assert "is `true`; allowed: a whole number" in said[4]
    assert "not valid TOML" in said[-1]


def test_an_unknown_key_names_the_nearest(tree):
    tree.write("onex.toml", "selct = ['STP']\n[docs-styl]\n[docs-style]\nmaxlength = 1\n")
    with pytest.raises(ConfigError) as caught:
        tree.load()
    assert [problem.help for problem in caught.value.problems] == [
        "did you mean `select`?",
        "did you mean `docs-style`?",
        "did you mean `max-length`?",
    ]


@pytest.mark.parametrize(
    "entry",
    [
        "path = 'a'\ncodes = ['STP']\n",
        "path = 'a'\ncodes = ['STP']\nreason = ' '\n",
        "path = []\ncodes = ['STP']\nreason = 'r'\n",
        "path = 'a'\ncodes = 'STP'\nreason = 'r'\n",
        "path = 'a'\ncodes = ['STP']\nreason = 'r'\nuntil = 2027-01-31T10:00:00Z\n",
        "path = 'a'\ncodes = ['STP']\nreason = 'r'\nuntil = '2027-02-31'\n",
        "path = 'a'\ncodes = ['STP']\nreason = 'r'\nwhy = 'r'\n",
        "path = '[z-a]'\ncodes = ['STP']\nreason = 'r'\n",
    ],
)
def test_an_entry_that_is_not_complete_is_refused(tree, entry):
    tree.write("onex.toml", "[[per-file-ignores]]\n" + entry)
    [said] = tree.problems()
    assert said.startswith("onex.toml:")
    assert "per-file-ignores" in said or "glob" in said


def test_two_configurations_in_one_folder_are_an_error(tree):
    tree.write("onex.toml", "timeout = 3\n")
    tree.write("pyproject.toml", "[project]\n[tool.onex]\ntimeout = 4\n")
    [said] = tree.problems()
    assert said == (
        "pyproject.toml:2: onex.toml holds the configuration of this folder already: "
        "keep one of them"
    )


@pytest.mark.parametrize("empty", ["onex.toml", "pyproject.toml"])
def test_an_empty_configuration_beside_another_is_none(tree, empty):
    other = {"onex.toml": "pyproject.toml", "pyproject.toml": "onex.toml"}[empty]
    texts = {"onex.toml": "timeout = 3\n", "pyproject.toml": "[tool.onex]\ntimeout = 3\n"}
    tree.write(empty, "# onex\n" if empty == "onex.toml" else "[tool.onex]\n")
    tree.write(other, texts[other])
    assert tree.load().root.timeout == 3


def test_isolated_reads_no_file(tree):
    tree.write("onex.toml", "not toml")
    tree.write("a/onex.toml", "not toml")
    config = tree.load(Overrides(isolated=True, select=("STP",))).at("a/b.py")
    assert (config.select, config.origin("select")) == (("STP",), "command line")


def test_the_command_line_is_nearest_everywhere(tree):
    tree.write("onex.toml", "select = ['DCS']\nignore = ['STP', 'DCS001']\nfail-on = 'error'\n")
    tree.write("a/onex.toml", "extend-select = ['STP001']\nseverity = { STP = 'error' }\n")
    overrides = Overrides(
        select=("STP",), ignore=("DCS005",), severity={"STP": "info"}, fail_on="info", preview=True
    )
    for config in (tree.load(overrides).root, tree.load(overrides).at("a/b.py")):
        assert (config.select, config.extend_select) == (("STP",), ())
        assert config.ignore == ("DCS001", "DCS005")
        assert config.severity == {"STP": "info"}
        assert (config.fail_on, config.preview) == ("info", True)


def test_the_command_line_is_checked_too(tree):
    said = tree.problems(Overrides(select=("not a word",), fail_on="never"))
    assert [line.partition(": ")[0] for line in said] == ["command line", "command line"]


def test_plugins_stand_beside_the_built_in_one(tree):
    tree.write("onex.toml", "plugins = ['acme', 'onex_validators', 'acme']\n")
    assert tree.load().root.plugins == ("onex_validators", "acme")


def test_numbers_outside_their_limits_are_refused(tree):
    tree.write(
        "onex.toml",
        f"timeout = nan\nmax-parse-bytes = 0\nmax-scan-bytes = 0x{'f' * 9000}\njobs = 1.0\n"
        f"[docs-style]\nratio = inf\nmax-length = 0x{'f' * 9000}\n",
    )
    said = tree.problems()
    assert len(said) == 6
    assert "a number out of range" in said[2]


def test_a_fault_does_not_print_much_of_a_foreign_value(tree):
    tree.write("onex.toml", f'fail-on = "{"x" * 5000}\\u202e\\n"\n')
    [said] = tree.problems()
    assert len(said) < 200
    assert said.isprintable()


def test_nothing_is_written_into_the_tree(tree):
    tree.write("onex.toml", "timeout = 3\n")
    tree.load()
    assert os.listdir(tree.root) == ["onex.toml"]
