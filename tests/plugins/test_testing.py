"""check_plugin: sound rules pass, and of every spoilt one it says what is wrong and where."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from onex_tools import hostile, kinds, trial
from onex_tools.api import Bad, Extractor, Good, TreeValidator
from onex_tools.testing import check_plugin, example_cases
from tests.plugins.conftest import ACME, RULE

EXAMPLES = RULE[RULE.index("    examples") : RULE.index("    def check")]
CHECK = RULE[RULE.index("    def check") :]


def faults_of(plugin):
    """What check_plugin says of ``plugin``; it must say something."""
    with pytest.raises(AssertionError) as caught:
        check_plugin(plugin)
    return str(caught.value)


def spoilt(old, new, text=RULE):
    """The sound rule with one thing changed, which must have been there."""
    assert old in text
    return text.replace(old, new)


def test_sound_rule_passes_in_every_form(rule_file, acme):
    check_plugin(rule_file())
    check_plugin(str(rule_file()))
    check_plugin(acme)
    assert len(example_cases(acme)) == 8


def test_trial_knows_no_files_but_those_of_the_run(rule_file):
    offer = trial.load_plugin(rule_file())
    kept = trial.Trial(offer, offer.rules)
    for files in ({"a.txt": b"LOUD\n"}, {"b.txt": b"quiet\n"}, {"c.txt": b"a\nLOUD\n"}):
        found, troubles = kept.run(files)
        assert (found, troubles) == trial.try_rules(offer, offer.rules, files)
        assert [finding.path for finding in found] == [path for path in files if path != "b.txt"]


def test_relative_path_is_found_from_where_one_stands(rule_file, monkeypatch):
    path = rule_file()
    monkeypatch.chdir(path.parent)
    check_plugin(path.name)
    check_plugin(f"./{path.name}")


def test_missing_file_is_said(tmp_path):
    with pytest.raises(FileNotFoundError, match="no such rule file"):
        check_plugin(tmp_path / "nowhere.py")


def test_classes_pass_without_a_package():
    class Length(Extractor):
        """How long a file is."""

        name = "test-length"
        files = ("*.txt",)

        def extract(self, file):
            return len(file.data)

    class SameLength(TreeValidator):
        """A file is as long as another one.

        Make it longer.
        """

        code, name = "TST002", "same-length"
        uses = (Length,)
        examples = (
            Good("b.txt", "ab", tree={"a.txt": "a"}),
            Bad("b.txt", "a", at=(1,), tree={"a.txt": "b"}),
            Bad(
                "",
                "",
                at=(("b.txt", 1), ("c.txt", 1)),
                tree=dict.fromkeys("abc", "").fromkeys(("a.txt", "b.txt", "c.txt"), "x"),
            ),
        )

        def check(self, tree):
            seen = set()
            for path, length in sorted(tree.facts(Length).items()):
                if length in seen:
                    yield tree.finding(self, path, None, "as long as another")
                seen.add(length)

    check_plugin([SameLength, Length])
    cases = example_cases([SameLength, Length])
    assert [str(case) for case in cases] == ["TST002-1-good", "TST002-2-bad", "TST002-3-bad"]
    for case in cases:
        case.check()
    assert "no plugin extracts: test-length" in faults_of([SameLength])


SPOILT = {
    "not reported": (spoilt("isupper", "isspace"), "expected: findings at a.txt:2", "no finding"),
    "wrong line": (spoilt("at=(2,)", "at=(1,)"), "expected: findings at a.txt:1", "a.txt:2"),
    "one too many": (
        spoilt("quiet\\nLOUD", "LOUD\\nLOUD"),
        "expected: findings at a.txt:2", "came:     a.txt:1 'it shouts', a.txt:2",
    ),
    "good is reported": (spoilt('Good("a.txt", "quiet', 'Good("a.txt", "LOUD'), "no finding"),
    "not for this file": (
        spoilt('Bad("a.txt"', 'Bad("a.py"'), "by its `kinds` and `files`", "kind `python`",
    ),
    "needs another text": (
        spoilt('files = ("*.txt",)', 'files = ("*.txt",)\n    contains = ("HELLO",)'),
        "nothing of what `contains` and `mentions` name (HELLO)",
    ),
    "crash": (
        spoilt("        for number", "        raise LookupError('mine')\n        for number"),
        "TST001 crashed: LookupError: mine (rule_1.py, line 18)", "[ONX090]",
    ),
    "foreign finding": (spoilt("yield file", "yield 1 or file"), "no finding of TST001"),
    "unparsable example": (
        spoilt('Good("a.txt", "quiet\\n")', 'Good("b.txt", "a: [")').replace(
            "        for number", "        file.parsed('yaml')\n        for number"
        ),
        "not valid yaml", "correct the example",
    ),
    "no explanation": (spoilt("\n    Say it quietly.\n", ""), "expected: an explanation"),
    "no full stop": (spoilt("A line shouts.", "A line shouts"), "a first line that is a sentence"),
    "long first line": (spoilt("A line", "A line" + " more" * 20), "a first line of 100 at most"),
    "no docstring": (
        spoilt(RULE[RULE.index('    """') : RULE.index("    code")], ""), "it has no docstring",
    ),
    "bad code": (spoilt("TST001", "T1"), "its code is 'T1'"),
    "bad name": (spoilt("shouting-line", "ShoutingLine"), "its name is 'ShoutingLine'"),
    "taken code": (spoilt("TST001", "DCS001"), "code DCS001 belongs to"),
    "taken name": (
        spoilt("shouting-line", "missing-module-docstring"),
        "another rule is called 'missing-module-docstring'",
    ),
    "no bad example": (spoilt(EXAMPLES, "    examples = (Good('a.txt'),)\n"), "no Bad example"),
    "no good example": (spoilt(EXAMPLES, "    examples = (Bad('a.txt'),)\n"), "no Good example"),
    "no files": (spoilt('    files = ("*.txt",)\n', ""), "it is for no files"),
    "no check": (spoilt(CHECK, ""), "it has no check"),
    "unknown kind": (
        spoilt('files = ("*.txt",)', 'files = ("*.txt",)\n    kinds = ("pyhton",)'),
        "kinds that files have", "did you mean 'python'?",
    ),
    "unknown setting": (
        spoilt("at=(2,)", 'at=(2,), settings={"x": 1}'),
        "TST001 shouting-line, example 2: Bad('a.txt')", "settings that the rule has",
    ),
    "tree for a file rule": (
        spoilt("at=(2,)", 'at=(2,), tree={"b.txt": ""}'), "a Validator sees nothing",
    ),
    "decodes": (spoilt("        for number", "        file.data.decode()\n        for number"),
                "UnicodeDecodeError", "expect any bytes"),
    "indexes": (spoilt("        for number", "        file.data[0]\n        for number"),
                "TST001 on an empty file", "IndexError"),
    "recursion": (
        spoilt("        for number", "        eval(file.data) if b'[[[' in file.data else 0\n"
               "        for number"), "TST001 on deep brackets",
    ),
    "nothing at all": ('X = 1\n', "at least one rule", "rules_in"),
    "not importable": ("import nowhere_at_all\n", "No module named 'nowhere_at_all'"),
    "not Python": ("def\n", "SyntaxError"),
}  # fmt: skip


@pytest.mark.parametrize("what", SPOILT)
def test_spoilt_rule_is_described(rule_file, what):
    body, *expected = SPOILT[what]
    said = faults_of(rule_file(body))
    for words in expected:
        assert words in said, said
    assert re.match(r"\d+ faults? in `local:", said)
    assert said.count("  to do:    ") == int(said.split()[0])


FIXED = RULE.replace(
    '"quiet\\nLOUD\\n", at=(2,)', '"quiet\\nLOUD\\n", at=(2,), fixed="quiet\\nloud\\n"'
)
MENDING = """                fix = Fix("whisper", [Edit(*span, file.data[slice(*span)].lower())])
                yield file.finding(self, span, "it shouts", fix=fix)
"""
FIXED = FIXED.replace('                yield file.finding(self, span, "it shouts")\n', MENDING)

SPOILT_FIXES = {
    "other text": (spoilt("quiet\\nloud", "quiet\\nLoud", FIXED), "expected: after the fix 'quiet"),
    "no fix": (spoilt(", fix=fix", "", FIXED), "expected: a fix", "findings without one"),
    "not shown": (spoilt(', fixed="quiet\\nloud\\n"', "", FIXED), "an example that shows the fix"),
    "mends nothing": (
        spoilt(".lower()", ".upper()", FIXED), "a fix that can be made",
    ),
    "grows for ever": (spoilt(".lower()", ' + b"X"', FIXED), "a fix that can be made"),
    "beyond the file": (
        spoilt("Edit(*span,", "Edit(span.start, span.end + 9,", FIXED), "leaves the file",
    ),
    "reported again": (
        spoilt("loud\\n\")", "LOUD!\\n\")", FIXED).replace(".lower()", ' + b"!"').replace(
            "slice(*span)].isupper()", "slice(*span)].isupper() and b'!' not in file.data"
        ),
        "TST001",
    ),
    "breaks what parses": (
        spoilt('files = ("*.txt",)', 'kinds = ("python",)', FIXED)
        .replace("a.txt", "a.py").replace("quiet\\n", "x = 1\\n").replace("LOUD", "LOUD = 1")
        .replace("loud", ")").replace(".lower()", " and b')'"),
        "a fix that can be made",
    ),
}  # fmt: skip


def test_sound_fix_passes(rule_file):
    check_plugin(rule_file(FIXED))


@pytest.mark.parametrize("what", SPOILT_FIXES)
def test_spoilt_fix_is_described(rule_file, what):
    body, *expected = SPOILT_FIXES[what]
    said = faults_of(rule_file(body))
    for words in expected:
        assert words in said, said


def test_endless_loop_is_stopped_and_named(rule_file, monkeypatch):
    monkeypatch.setattr(trial, "SECONDS", 0.5)
    loop = "        while b'\\0' in file.data:\n            pass\n        for number"
    said = faults_of(rule_file(spoilt("        for number", loop)))
    assert "TST001 on a NUL byte" in said
    assert "ran longer than 0.5 seconds" in said


def test_secret_in_a_message_is_a_fault(rule_file):
    secret = spoilt('files = ("*.txt",)', 'files = ("*.txt",)\n    sensitive = True')
    check_plugin(rule_file(secret))
    leaking = spoilt('"it shouts"', "file.data[span.start:span.end].decode()", secret)
    said = faults_of(rule_file(leaking.replace("decode()", "decode('latin-1')")))
    assert "expected: a message without the secret" in said
    assert "a.txt:2" in said


def test_extractor_is_tried_on_hostile_bytes_too(rule_file):
    said = faults_of(
        rule_file(
            RULE + "\n\nclass Fact(Extractor):\n    name = 'test-fact'\n    files = ('*.txt',)\n\n"
            "    def extract(self, file):\n        return file.data.decode('ascii')\n"
        )
    )
    assert "test-fact on " in said
    assert "UnicodeDecodeError" in said


def test_texts_in_contains_do_not_hide_a_rule_from_hostile_bytes(rule_file):
    body = spoilt('files = ("*.txt",)', 'files = ("*.txt",)\n    contains = ("LOUD",)')
    body = spoilt("        for number", "        file.data.decode()\n        for number", body)
    assert "UnicodeDecodeError" in faults_of(rule_file(body))


def test_cases_of_a_faulty_plugin_are_not_left_out_quietly(rule_file):
    with pytest.raises(AssertionError, match="its code is 'T1'"):
        example_cases(rule_file(spoilt("TST001", "T1")))


def test_case_fails_by_itself(rule_file):
    cases = example_cases(rule_file(spoilt("at=(2,)", "at=(1,)")))
    cases[0].check()
    with pytest.raises(AssertionError, match="1 fault in TST001-2-bad"):
        cases[1].check()


def test_every_kind_has_a_sample_path():
    for kind in kinds.known_kinds():
        assert hostile.sample_paths([kind], []), kind
    globs = ("*.toml", "containers/**", "**/Dockerfile", "[Mm]akefile", "a/?/b.py", "src/")
    assert len(hostile.sample_paths([], globs)) == len(globs)


def test_third_party_package_is_what_strangers_write():
    modules = sorted(path.name for path in (ACME / "src" / "acme_onex_rules").glob("*.py"))
    assert modules == ["__init__.py", "missing_owner.py", "shared_port.py"]
    for path in (ACME / "src").rglob("*.py"):
        imports = re.findall(r"^from (onex_tools\S*)", path.read_text(), re.MULTILINE)
        assert set(imports) <= {"onex_tools.api"}, path


def test_two_line_test_works_with_pytest(rule_file, pytester_run):
    path = rule_file()
    test = path.with_name("test_it.py")
    test.write_text(
        "import pytest\nfrom onex_tools.testing import example_cases\n\n"
        f"@pytest.mark.parametrize('case', example_cases({str(path)!r}), ids=str)\n"
        "def test_example(case):\n    case.check()\n"
    )
    done = pytester_run(test)
    assert done.returncode == 0, done.stdout
    assert "2 passed" in done.stdout
    path.write_text(path.read_text().replace("isupper", "islower"))
    done = pytester_run(test)
    assert done.returncode == 1
    assert re.search(r"FAILED .*TST001-1-good", done.stdout)
    assert Path(path).exists()
