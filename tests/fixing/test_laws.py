"""Laws of mending: a second fix changes nothing, any bytes survive, nothing gets worse."""

from __future__ import annotations

import re
from collections import Counter

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from onex_tools.mending import mend_file
from onex_tools.model import Edit, Finding, Fix, Location
from onex_tools.report import Style
from onex_tools.report.pages import Page
from onex_tools.report.unified import unified
from tests.conftest import examples

PATTERN = st.sampled_from([rb"a", rb"ab", rb"b+", rb"^", rb"$", rb"\n\n", rb"[^ab]", rb"(?=b)"])
RULE = st.tuples(PATTERN, st.sampled_from([b"", b"a", b"b", b"\n", b"aa", b"x"]), st.booleans())
TEXT = st.text("ab\n x\xe9", max_size=25).map(str.encode) | st.binary(max_size=25)


def judge_of(rules):
    """A judge with a rule for every (pattern, replacement, safe)."""

    def judge(path, data):
        found = []
        for number, (pattern, new, safe) in enumerate(rules):
            for match in re.finditer(pattern, data, re.M):
                fix = Fix("t", [Edit(*match.span(), new)], safe)
                at = Location(path, *match.span())
                found.append(Finding(f"TST{number:03}", at, "m", fix=fix))
        return sorted(found, key=Finding.order)

    return judge


@given(TEXT, st.lists(RULE, max_size=4), st.booleans())
@settings(max_examples=examples(300))
def test_fix_of_fix_is_fix_and_nothing_gets_worse(data, rules, unsafe):
    judge = judge_of(rules)
    mended = mend_file("a.txt", data, judge, unsafe=unsafe)
    again = mend_file("a.txt", mended.new, judge, unsafe=unsafe)
    assert again.new == mended.new
    before = Counter(finding.code for finding in judge("a.txt", data))
    after = Counter(finding.code for finding in judge("a.txt", mended.new))
    assert all(fault.code == "ONX006" for fault in mended.faults)
    assert all(re.search(r"TST00\d", fault.message) for fault in mended.faults)
    assert all(fault.message.startswith(("nothing", "not mended")) for fault in mended.faults)
    if any(fault.message.startswith("nothing") for fault in mended.faults):
        assert mended.new == data
        assert mended.fixed == 0
        return
    endless = {code for fault in mended.faults for code in re.findall(r"TST00\d", fault.message)}
    wanted = [f for f in judge("a.txt", mended.new) if f.fix.safe or unsafe]
    assert {finding.code for finding in wanted} <= endless
    assert bool(wanted) == bool(endless)
    made = {code for step in mended.steps for code in step.round.codes}
    assert all(after[code] <= before[code] for code in made if rules[int(code[3:])][2])
    assert mended.fixed == sum(step.round.made for step in mended.steps)
    assert bool(mended.fixed) == bool(mended.steps)
    assert mended.steps or not mended.changed


@given(TEXT, st.lists(RULE, min_size=1, max_size=3))
def test_what_is_kept_through_all_rounds_is_in_both(data, rules):
    mended = mend_file("a.txt", data, judge_of(rules), unsafe=True)
    for run in mended.kept():
        one = mended.old[run.old : run.old + run.size]
        assert one == mended.new[run.new : run.new + run.size]


def test_a_rule_that_waits_behind_an_idle_one_is_not_blamed():
    def judge(path, data):
        idle, waiting = Fix("idle", [Edit(0, 1, b"a")]), Fix("waits", [Edit(0, 2, b"")])
        none = Fix("none", [])
        at = Location(path, 0, 1)
        return [Finding("TST001", at, "m", fix=idle), Finding("TST002", at, "m", fix=waiting)] + (
            [Finding("TST003", at, "m", fix=none)] if data == b"none" else []
        )

    faults = mend_file("a.txt", b"ab", judge).faults
    assert [fault.message.split()[-3] for fault in faults] == ["TST001"]
    assert "changes nothing" in faults[0].message
    faults = mend_file("a.txt", b"none", lambda path, data: judge(path, data)[2:]).faults
    assert ["TST003" in fault.message for fault in faults] == [True]


def patched(old, diff):
    """``old`` after the unified diff ``diff``, with every line of it checked."""
    lines = old.splitlines(keepends=True)
    result, at = [], 0
    rows = diff.splitlines(keepends=True)[2:]
    for number, row in enumerate(rows):
        if row.startswith("@@"):
            start, _, count = row.split(" ")[1][1:].partition(",")
            first = int(start) - (count != "0")
            result += lines[at:first]
            at = first
            continue
        if row.startswith("\\"):
            continue
        ends = number + 1 < len(rows) and rows[number + 1].startswith("\\")
        text = row[1:-1] if ends else row[1:]
        if row[0] in " -":
            assert lines[at] == text
            at += 1
        if row[0] in " +":
            result.append(text)
    return "".join(result + lines[at:])


@given(st.text("ab\n", max_size=60), st.lists(RULE, min_size=1, max_size=3))
@settings(max_examples=examples(300))
def test_the_diff_is_the_change(text, rules):
    mended = mend_file("a.txt", text.encode(), judge_of(rules), unsafe=True)
    pages = [Page(data, [], []) for data in (mended.old, mended.new)]
    diff = unified("a.txt", *pages, mended.kept(), Style())
    assert bool(diff) == mended.changed
    assert patched(text, diff) == mended.new.decode()


LINES = st.binary(max_size=60) | st.text(" \t\r\n\x0b\x85ab\xe9", max_size=40).map(str.encode)


def without_blanks(data):
    """``data`` without blanks at line ends, nor any that come to stand there."""
    while (less := re.sub(rb"[ \t]+(?=\r?$)", b"", data, flags=re.M)) != data:
        data = less
    return data


@example(files=[b" \r ", b"\t\r\n \r\n", b"\x00 ", b" ", b""])
@given(files=st.lists(LINES, min_size=5, max_size=15))
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_bytes_survive_the_command(fixes, files):
    fixes.write("README.md", "")
    for path in fixes.root.glob("f*.*"):
        path.unlink()
    names = [f"f{number}.{'txt' if number % 2 else 'py'}" for number in range(len(files))]
    fixes.write_all(dict(zip(names, files, strict=True)))
    run = fixes.fix("--fix")
    assert run.code in (0, 1), run
    mended = [fixes.read(name) for name in names]
    assert mended == list(map(without_blanks, files))
    assert fixes.fix("--fix", "--output-format", "json").json()["summary"]["fixed"] == 0
    assert [fixes.read(name) for name in names] == mended
