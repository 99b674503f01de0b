"""Laws of edits: what they make is what a simple model makes, and what they leave is left."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from onex_tools import edits
from onex_tools.edits import Kept
from onex_tools.model import Edit, Finding, Fix, Location

DATA = st.binary(max_size=30)


@st.composite
def changes(draw, data):
    """Edits of ``data`` that do not overlap, in any order, no two insertions at one place."""
    marks = sorted(draw(st.lists(st.integers(0, len(data)), max_size=8)))
    spans = dict.fromkeys(zip(marks[::2], marks[1::2], strict=False))
    made = [Edit(start, end, draw(st.binary(max_size=5))) for start, end in spans]
    return draw(st.permutations(made))


@st.composite
def changed(draw):
    """Bytes, and edits of them."""
    data = draw(DATA)
    return data, draw(changes(data))


@st.composite
def wild(draw):
    """Bytes, and fixes whose edits may overlap those of other fixes, though not their own."""
    data = draw(DATA)
    fixes = draw(st.lists(changes(data), max_size=6))
    return data, [
        Finding(draw(st.sampled_from(["AAA001", "BBB001"])), Location("a"), "m", fix=Fix("t", fix))
        for fix in fixes
    ]


def model(data, made):
    """``data`` after edits, byte by byte."""
    gone = {at for edit in made for at in range(edit.start, edit.end)}
    result = b""
    for at in range(len(data) + 1):
        for edit in sorted(made, key=lambda edit: edit[:2]):
            if edit.start == at:
                result += edit.replacement
        if at < len(data) and at not in gone:
            result += data[at : at + 1]
    return result


@given(changed())
def test_applying_equals_the_model(case):
    data, made = case
    assert edits.fault(made, len(data)) == ""
    assert edits.apply(data, made) == model(data, made)


@given(changed())
def test_what_is_kept_is_there_before_and_after(case):
    data, made = case
    after = edits.apply(data, made)
    runs = edits.kept(made, len(data))
    for run in runs:
        assert run.size > 0
        assert data[run.old : run.old + run.size] == after[run.new : run.new + run.size]
    gone = {at for edit in made for at in range(edit.start, edit.end)}
    assert {run.old + i for run in runs for i in range(run.size)} == set(range(len(data))) - gone
    new = sum(len(edit.replacement) for edit in made)
    assert sum(run.size for run in runs) + new == len(after)


@given(st.data())
def test_what_two_rounds_keep_is_kept_by_both(source):
    data, first = source.draw(changed())
    middle = edits.apply(data, first)
    second = source.draw(changes(middle))
    after = edits.apply(middle, second)
    one, two = edits.kept(first, len(data)), edits.kept(second, len(middle))

    def table(runs):
        return {run.old + i: run.new + i for run in runs for i in range(run.size)}

    runs = edits.compose(one, two)
    assert all(run.size > 0 for run in runs)
    there = table(two)
    assert table(runs) == {old: there[new] for old, new in table(one).items() if new in there}
    for run in runs:
        assert data[run.old : run.old + run.size] == after[run.new : run.new + run.size]
    assert edits.compose([Kept(0, 0, len(data))], one) == one


@given(wild())
def test_a_round_is_made_of_whole_fixes_that_do_not_meet(case):
    data, findings = case
    chosen = edits.choose(findings)
    assert edits.fault(chosen.edits, len(data)) == ""
    assert list(chosen.edits) == sorted(chosen.edits, key=lambda edit: edit[:2])
    for one, two in pairwise(chosen.edits):
        insertion = one.start == one.end or two.start == two.end
        alike = {f.code for f in findings if {one, two} <= set(f.fix.edits)}
        assert two.start > one.end or (not insertion and two.start == one.end) or alike
    whole = [f for f in findings if set(f.fix.edits) <= set(chosen.edits)]
    assert {edit for f in whole for edit in f.fix.edits} == set(chosen.edits)
    if any(f.fix.edits for f in findings):
        assert chosen.edits
    for code in chosen.codes:
        assert set(chosen.of(code)) == {e for f in whole if f.code == code for e in f.fix.edits}


@given(wild(), st.randoms())
def test_a_round_does_not_depend_on_the_order_of_findings(case, random):
    _, findings = case
    chosen = edits.choose(findings)
    random.shuffle(findings)
    assert edits.choose(findings) == chosen


@given(DATA, st.lists(st.tuples(st.integers(-5, 40), st.integers(-5, 40)), max_size=4))
def test_every_impossible_edit_is_named(data, spans):
    made = [Edit(start, end, b"") for start, end in spans]
    fits = all(0 <= start <= end <= len(data) for start, end in spans)
    ordered = sorted(spans)
    apart = all(one[1] <= two[0] for one, two in pairwise(ordered))
    assert (edits.fault(made, len(data)) == "") == (fits and apart)


def test_insertions_of_one_fix_at_one_place_stay_in_its_order():
    made = [Edit(1, 1, b"z"), Edit(1, 1, b"y"), Edit(1, 2, b"")]
    assert edits.apply(b"abc", made) == b"azyc"
    finding = Finding("AAA001", Location("a"), "m", fix=Fix("t", made))
    assert edits.apply(b"abc", edits.choose([finding]).edits) == b"azyc"
