"""Sections are read in all three conventions: known texts, and whatever was put in."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onex_validators.docstrings.reading.sections import Reading, read
from onex_validators.docstrings.reading.text import Docstring, docstrings
from tests.conftest import no_hang

from .conftest import new_source


def docstring_of(text: str) -> Docstring:
    body = textwrap.indent(text, "    ").lstrip(" ")
    source = f'def f():\n    r"""{body}\n    """\n'
    (found,) = new_source("a.py", source).shared(docstrings)
    return found


def entries_of(text: str, convention: str = "") -> dict[str, list[tuple]]:
    """What each section describes: names, type and whether there is text, by kind."""
    reading = read(docstring_of(text), convention)
    return {
        section.kind: [(list(one.names), one.type, one.described) for one in section.entries]
        for section in reading.sections
    }


GOOGLE = """\
Summary.

Text: with a colon.

Args:
    a (int): One.
    b (dict[str, tuple[int, str]], optional): Two
        goes on: here.
    c, d: Both.
    *args: Rest.
    **kwargs (Any): More.
    \\*\\*more: Even more.
    e (str):
    f:
        Six.
    g (Callable[[int],
        str]): Seven.
    h (str, default: "a"): Eight.

    `i`: Nine.
  j : Ten.
    This is text.

Keyword Args:
  k: Eleven.

Returns:
    dict[str, int]: What: comes
        back.

Raises:
    ValueError: If bad.
    os.error, TypeError: If worse.
    :exc:`~shop.ShopError`: If closed.
    KeyError or IndexError: If absent.
    LookupError if nothing is there.
    If the moon is full: never.

Example:
    >>> f()
    Args:
        x: y

Unknown:
    z: Nothing.
"""


def test_google():
    assert entries_of(GOOGLE) == {
        "arguments": [
            (["a"], "int", True),
            (["b"], "dict[str, tuple[int, str]]", True),
            (["c", "d"], "", True),
            (["*args"], "", True),
            (["**kwargs"], "Any", True),
            (["**more"], "", True),
            (["e"], "str", False),
            (["f"], "", True),
            (["g"], "Callable[[int],\n            str]", True),
            (["h"], "str", True),
            (["i"], "", True),
            (["j"], "", True),
        ],
        "other arguments": [(["k"], "", True)],
        "returns": [([], "dict[str, int]", True)],
        "raises": [
            (["ValueError"], "", True),
            (["os.error", "TypeError"], "", True),
            (["shop.ShopError"], "", True),
            (["KeyError", "IndexError"], "", True),
            (["LookupError"], "", True),
        ],
        "example": [],
    }
    reading = read(docstring_of(GOOGLE), "")
    assert reading.convention == "google"
    assert [(one.title, one.line, one.end) for one in reading.sections] == [
        ("Args", 4, 23),
        ("Keyword Args", 23, 26),
        ("Returns", 26, 30),
        ("Raises", 30, 38),
        ("Example", 38, 43),
    ]


NUMPY = """\
Summary.

Parameters
----------
a : int
    One.
b : {'a', 'b'}, optional
    Two.
c, d : dict of {str: int}, default None
*args, **kwargs
    Rest.

e:str
    Five.
f
    Six : six.
g, h,... : int
This is text.

Returns
-------
int
    One.
name : str, default 'a'
bool

Raises
------
ValueError
    If bad.
os.error, TypeError

Table
-----
g : int
    Not an argument.

See Also
--------
f : Another.
"""


def test_numpy():
    assert entries_of(NUMPY) == {
        "arguments": [
            (["a"], "int", True),
            (["b"], "{'a', 'b'}", True),
            (["c", "d"], "dict of {str: int}", False),
            (["*args", "**kwargs"], "", True),
            (["e"], "str", True),
            (["f"], "", True),
            (["g", "h"], "int", False),
        ],
        "returns": [
            ([], "int", True),
            (["name"], "str", False),
            ([], "bool", False),
        ],
        "raises": [(["ValueError"], "", True), (["os.error", "TypeError"], "", False)],
        "see also": [],
    }
    assert read(docstring_of(NUMPY), "").convention == "numpy"


SPHINX = """\
Summary.

:param int a: One: the first.
:param b: Two
    goes on.

    And on.
:type b: dict(str, int)
    or None
:param dict[str, int] c: Three.
:param *args: Rest.
:param \\*\\*kwargs: More.
:param d, e: Both.
:keyword k:
:ivar f: Six.
:vartype f: str
:returns: What comes back.
:rtype: int
:raises ValueError, os.error: If bad.
:raises :exc:`KeyError`: If absent.
:note: Nothing.

    :param g: In an example.
"""


def test_sphinx():
    assert entries_of(SPHINX) == {
        "arguments": [
            (["a"], "int", True),
            (["b"], "dict(str, int) or None", True),
            (["c"], "dict[str, int]", True),
            (["*args"], "", True),
            (["**kwargs"], "", True),
            (["d", "e"], "", True),
        ],
        "other arguments": [(["k"], "", False)],
        "attributes": [(["f"], "str", True)],
        "returns": [([], "int", True)],
        "raises": [(["ValueError", "os.error"], "", True), (["KeyError"], "", True)],
    }
    assert read(docstring_of(SPHINX), "").convention == "sphinx"


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Args: the summary.\n\nText", []),
        ("S.\n\nIt has these\nreturns\nor none.", []),
        ("S.\n\nIt returns:\n    Nothing.", []),
        ("S.\n\nArgs:\n    args: A.\n    returns:\n        B.", ["arguments"]),
        ("S.\n\nParameters\n----------\nx : int\n    A.\n\nnotes\n    B.", ["arguments"]),
        ("S.\n\nUse :class:`a` or\n:class:`b`: both.", []),
        ("S.\n\n    :param x: In a block.\n\nText.", []),
        ("S.\n\n:Returns: Nothing.", []),
    ],
)
def test_what_only_looks_like_a_section(text, kinds):
    assert list(entries_of(text)) == kinds


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("int: A.", ("int", True)),
        ("A number.", ("", True)),
        ("True if good, False if bad: so it goes.", ("", True)),
        ("list of str: A.", ("list of str", True)),
        ("int | None: A.", ("int | None", True)),
        (":class:`Shop`: A.", (":class:`Shop`", True)),
        ("tuple(int, str):", ("tuple(int, str)", False)),
        ("(int, str): A.", ("(int, str)", True)),
        ("(see above) A.", ("", True)),
        ("http://example.org", ("", True)),
    ],
)
def test_a_returned_value_in_google(text, value):
    assert entries_of(f"S.\n\nReturns:\n    {text}\n") == {"returns": [([], *value)]}


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("int", "int"),
        ("int, optional", "int"),
        ("int, optional (default=len(x))", "int"),
        ("int, default: 3, optional", "int"),
        ("int (default 3)", "int"),
        ("int,", "int"),
        ("{'a', 'default'}", "{'a', 'default'}"),
        ("optional", ""),
        ("", ""),
    ],
)
def test_a_type_is_bare(written, kind):
    text = f"S.\n\nParameters\n----------\nx : {written}\n    A.\n"
    assert entries_of(text) == {"arguments": [(["x"], kind, True)]}


def test_a_line_of_underscores_is_no_name():
    text = "S.\n\nParameters\n----------\n_ : int\n__ : int\n_____\nx\n"
    names = [one[0] for one in entries_of(text)["arguments"]]
    assert names == [["_"], ["__"], ["x"]]


def test_where_entries_are():
    for text in (
        "S.\n\nArgs:\n    größe (int): A.\n",
        "S.\n\nParameters\n----------\ngröße : int\n",
        "S.\n\n:param int größe: A.\n",
    ):
        found = docstring_of(text)
        (section,) = read(found, "").sections
        (entry,) = section.entries
        span = found.span(entry.start, entry.end)
        assert found.file.data[span.start : span.end].decode() == "größe"


def test_a_reading_is_remembered_for_each_convention():
    found = docstring_of("S.\n\nArgs:\n    x: A.\n\nOther\n-----\n\n:param y: B.\n")
    assert read(found, "") is read(found, "")
    assert [read(found, one).convention for one in ("google", "sphinx")] == ["google", "sphinx"]
    assert read(docstring_of("Nothing."), "google") == Reading("", ())


# What is put in comes out again.

NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True).filter(
    lambda name: name not in ("or", "and", "default", "optional", "required")
)
TYPES = st.sampled_from(
    ["", "int", "dict[str, tuple[int, ...]]", "list of int", "a.B", "{'a', 'b'}", "int | None"]
)
TEXTS = st.sampled_from(["", "A thing.", "It is: so.", "Two\nlines.", "One.\n\nTwo (of: two)."])
ERRORS = st.sampled_from(["ValueError", "os.error", "shop.Closed", "KeyError"])


@st.composite
def contents(draw):
    """Arguments, what is returned, exceptions: (names, type, text), none twice."""
    names = draw(st.lists(NAMES, max_size=6, unique=True))
    stars = draw(st.sampled_from([[], ["*"], ["**"], ["*", "**"]]))
    names = names[: len(names) - len(stars)] + [
        star + name for star, name in zip(stars, names[len(names) - len(stars) :], strict=False)
    ]
    arguments = [([name], draw(TYPES), draw(TEXTS)) for name in names]
    errors = [([name], "", draw(TEXTS)) for name in draw(st.lists(ERRORS, unique=True))]
    returned = draw(st.none() | st.tuples(TYPES.filter(bool), TEXTS))
    return arguments, returned, errors


def wanted(content) -> dict[str, list[tuple]]:
    arguments, returned, errors = content
    kinds = {
        "arguments": [(names, kind, bool(text)) for names, kind, text in arguments],
        "returns": [([], returned[0], bool(returned[1]))] if returned else [],
        "raises": [(names, kind, bool(text)) for names, kind, text in errors],
    }
    return {kind: entries for kind, entries in kinds.items() if entries}


def hang(head: str, text: str, by: int) -> str:
    """``text`` behind ``head``, its further lines indented by ``by``."""
    first, *rest = text.split("\n")
    return "\n".join([f"{head} {first}".rstrip(), *(" " * by + line for line in rest)])


def google(content, indent: int) -> str:
    arguments, returned, errors = content
    parts = []
    for title, group in (("Args", arguments), ("Raises", errors)):
        heads = [
            hang(f"{names[0]}{f' ({kind})' if kind else ''}:", text, indent)
            for names, kind, text in group
        ]
        parts += [(title, heads)] if heads else []
    if returned:
        parts.append(("Returns", [hang(f"{returned[0]}:", returned[1], indent)]))
    return "\n\n".join(
        f"{title}:\n" + textwrap.indent("\n".join(heads), " " * indent) for title, heads in parts
    )


def numpy(content, indent: int) -> str:
    arguments, returned, errors = content
    parts = []
    for title, group in (("Parameters", arguments), ("Raises", errors)):
        heads = [
            f"{names[0]}{f' : {kind}' if kind else ''}\n" + textwrap.indent(text, " " * indent)
            for names, kind, text in group
        ]
        parts += [(title, heads)] if heads else []
    if returned:
        parts.append(("Returns", [returned[0] + "\n" + textwrap.indent(returned[1], " " * indent)]))
    return "\n\n".join(
        f"{title}\n{'-' * len(title)}\n" + "\n".join(heads) for title, heads in parts
    )


def sphinx(content, indent: int) -> str:
    arguments, returned, errors = content
    lines = []
    for number, (names, kind, text) in enumerate(arguments):
        inline = kind and number % 2
        lines.append(hang(f":param {f'{kind} ' if inline else ''}{names[0]}:", text, indent))
        if kind and not inline:
            lines.append(f":type {names[0]}: {kind}")
    if returned:
        lines += [hang(":returns:", returned[1], indent), f":rtype: {returned[0]}"]
    lines += [hang(f":raises {names[0]}:", text, indent) for names, _, text in errors]
    return "\n".join(lines)


@pytest.mark.parametrize("write", [google, numpy, sphinx])
@given(contents(), st.integers(1, 8), st.booleans())
def test_what_is_written_is_read(write, content, indent, known):
    text = f"Summary: of it.\n\nText.\n\n{write(content, indent)}\n"
    convention = write.__name__ if known else ""
    assert entries_of(text, convention) == wanted(content)


PIECES = st.sampled_from(
    ["Args:", "Returns", "Raises:", ":param", ":type x", ":", "\n", "\n    ", "\n  ", "---", "===",
     "x", "**y", "(", ")", "[", " ", ",", "or", "`", ":obj:`", "é", "\t", "\r\n", "optional"]
)  # fmt: skip


@given(st.lists(PIECES | st.characters(), max_size=60).map("".join), st.sampled_from(
    ["", "google", "numpy", "sphinx", "pep257"]
))  # fmt: skip
def test_any_text_is_read_and_places_are_inside(text, convention):
    text = text.replace('"', "'").replace("\\", "/").replace("\0", "")
    source = f'def f():\n    """{text} """\n'.encode(errors="replace")
    for found in new_source("a.py", source).shared(docstrings):
        for section in read(found, convention).sections:
            assert 0 <= section.line < section.end <= len(found.lines)
            for entry in section.entries:
                assert 0 <= entry.start <= entry.end <= len(found.raw)


@pytest.mark.parametrize(
    "line",
    ["x (int", "x (", "x, ", "    ", "((((", "a" * 40, ":param x", ":param x:", "Args:\n", "x : y",
     "``", ":a:`", "Returns\n---\n", ", optional", "a.b", "x or ", "\t", "---", "x (a, "],
)  # fmt: skip
@pytest.mark.parametrize("convention", ["google", "numpy", "sphinx"])
@pytest.mark.parametrize("joint", ["", "\n", "\n        "])
def test_hostile_repetitions_are_read(line, convention, joint):
    text = joint.join([line] * 4_000)
    found = docstring_of(f"S.\n\nArgs:\n    x (int): {text}\n\n{text}\n\n:param x: {text}")
    with no_hang():
        read(found, convention)
