"""Inherited docstrings: which methods count as documented, across files, with `inherit = true`."""

from __future__ import annotations

import pytest

CONFIG = "[docstrings]\ninherit = true\n"
BASE = '"""Doc."""\n\n\nclass Base:\n    """Doc."""\n\n    def m(self):\n        """Do it."""\n'


def child(imports: str, base: str) -> str:
    body = f"class Child({base}):\n    '''Doc.'''\n    def m(self): pass\n    def n(self): pass\n"
    return f'"""Doc."""\n{imports}\n{body}'


def reported(repo, files, config=CONFIG):
    """``path code name`` of each finding on a method."""
    repo.write_all({"onex.toml": config, **files})
    rows = repo.onex("validate", "--output-format", "json").json()["findings"]
    return [
        f"{row['path']} {row['code']} {row['message'].split('`')[1]}"
        for row in rows
        if row["code"] in ("DCS004", "DCS010", "DCS011", "DCS012")
    ]


PATHS = {
    "same file": ({"a.py": BASE + child("", "Base").removeprefix('"""Doc."""')}, "a.py"),
    "import from": ({"b.py": BASE, "a.py": child("from b import Base", "Base")}, "a.py"),
    "import": ({"b.py": BASE, "a.py": child("import b", "b.Base")}, "a.py"),
    "import as": ({"p/b.py": BASE, "a.py": child("import p.b as q", "q.Base")}, "a.py"),
    "import of a package": ({"p/b.py": BASE, "a.py": child("import p.b", "p.b.Base")}, "a.py"),
    "import from as": ({"b.py": BASE, "a.py": child("from b import Base as B", "B")}, "a.py"),
    "relative": ({"p/b.py": BASE, "p/a.py": child("from .b import Base", "Base")}, "p/a.py"),
    "module, relative": ({"p/b.py": BASE, "p/a.py": child("from . import b", "b.Base")}, "p/a.py"),
    "two levels up": (
        {"p/b.py": BASE, "p/q/a.py": child("from ..b import Base", "Base")},
        "p/q/a.py",
    ),
    "from the package of one's own": (
        {
            "p/__init__.py": '"""Doc."""\nfrom .b import Base\n',
            "p/b.py": BASE,
            "p/a.py": child("from . import Base", "Base"),
        },
        "p/a.py",
    ),
    "from a package's file": (
        {"p/b.py": BASE, "p/__init__.py": child("from .b import Base", "Base")},
        "p/__init__.py",
    ),
    "offered by a package": (
        {
            "p/__init__.py": '"""Doc."""\nfrom p.b import Base as base\n',
            "p/b.py": BASE,
            "a.py": child("import p", "p.base"),
        },
        "a.py",
    ),
    "offered by all names of a module": (
        {
            "p/__init__.py": '"""Doc."""\nfrom .b import *\n',
            "p/b.py": BASE,
            "a.py": child("from p import *", "Base"),
        },
        "a.py",
    ),
    "offered twice over": (
        {
            "p/__init__.py": "from .c import Base as Renamed\n",
            "p/c.py": "from .b import Base\n",
            "p/b.py": BASE,
            "a.py": child("from p import Renamed", "Renamed"),
        },
        "a.py",
    ),
    "src layout": ({"src/p/b.py": BASE, "src/p/a.py": child("from p.b import Base", "Base")}, ""),
    "another root": ({"src/p/b.py": BASE, "tools/a.py": child("from p.b import Base", "Base")}, ""),
    "namespace package": (
        {"one/ns/b.py": BASE, "two/ns/a.py": child("from ns.b import Base", "Base")},
        "two/ns/a.py",
    ),
    "script beside it": ({"tools/b.py": BASE, "tools/a.py": child("import b", "b.Base")}, ""),
    "assigned": ({"b.py": BASE, "a.py": child("import b\nB = b.Base", "B")}, "a.py"),
    "in a condition": (
        {
            "b.py": BASE,
            "a.py": child("try:\n    from b import Base\nexcept E:\n    Base = object", "Base"),
        },
        "a.py",
    ),
    "generic": ({"b.py": BASE, "a.py": child("from b import Base", "Base[int]")}, "a.py"),
    "second of several": (
        {"b.py": BASE, "a.py": child("from b import Base\nimport x", "x.Y, Base, Generic[T]")},
        "a.py",
    ),
    "same name": (
        {"b.py": BASE.replace("Base", "Child"), "a.py": child("from b import Child", "Child")},
        "a.py",
    ),
    "private module": ({"_b.py": BASE, "a.py": child("from _b import Base", "Base")}, "a.py"),
    "further up": (
        {
            "b.py": BASE,
            "c.py": '"""Doc."""\nfrom b import Base\nclass Mid(Base):\n    """Doc."""\n',
            "a.py": child("import c", "c.Mid"),
        },
        "a.py",
    ),
}


@pytest.mark.parametrize("case", PATHS)
def test_method_is_documented_by_a_base(repo, case):
    files, path = PATHS[case]
    path = path or next(name for name in files if name.endswith("a.py"))
    assert reported(repo, files) == [f"{path} DCS010 Child.n"]


def test_nested_and_local_classes(repo):
    nested = '"""Doc."""\nclass Out:\n  "Doc"\n  class Base:\n    "Doc"\n    def m(self): "Doc"\n'
    nested += '  class C(Base):\n    "Doc"\n    def m(self): pass\n'
    nested += 'class D(Out.Base):\n  "Doc"\n  def m(self): pass\n'
    local = '"""Doc."""\ndef f():\n  "Doc"\n  from b import Base\n  class E(Base):\n    "Doc"\n'
    local += "    def m(self): pass\n    def n(self): pass\n"
    files = {"b.py": BASE, "nested.py": nested, "local.py": local}
    assert reported(repo, files, CONFIG + "nested = true\n") == ["local.py DCS010 f.E.n"]


UNDOCUMENTED = {
    "base without": BASE.replace('        """Do it."""', "        pass"),
    "base with a stub": BASE.replace("Do it", "TODO(docstring): Say it"),
    "base that is blank": BASE.replace("Do it.", " "),
    "setter only": BASE.replace("    def m", "    @m.setter\n    def m"),
    "a name that is no method": BASE.replace("def m(self)", "class m"),
}


@pytest.mark.parametrize("case", UNDOCUMENTED)
def test_method_is_not_documented_by_its_base(repo, case):
    files = {"b.py": UNDOCUMENTED[case], "a.py": child("from b import Base", "Base")}
    found = [row for row in reported(repo, files) if row.startswith("a.py")]
    assert found == ["a.py DCS010 Child.m", "a.py DCS010 Child.n"]


def test_methods_without_bases_are_judged_in_their_file(repo):
    files = {"a.py": child("", "object"), "b.py": child("", "Generic[T], metaclass=M")}
    found = [f"{path} DCS004 Child.{name}" for path in files for name in "mn"]
    assert reported(repo, files) == found


def test_base_outside_of_the_repository_documents_nothing(repo):
    text = child("from json import JSONEncoder as J", "J")
    assert reported(repo, {"a.py": text}) == ["a.py DCS010 Child.m", "a.py DCS010 Child.n"]
    marked = text.replace("    def m", "    @override\n    def m")
    assert reported(repo, {"a.py": marked}) == ["a.py DCS010 Child.n"]
    # Asked for all the same, the mark says that the unseen base has the method.
    wanted = CONFIG + "override = true\n"
    assert reported(repo, {"a.py": marked}, wanted) == ["a.py DCS010 Child.n"]
    own = marked.replace("class Child(J)", "class J:\n    '''Doc.'''\nclass Child(J)")
    own = own.replace("from json import JSONEncoder as J", "")
    assert reported(repo, {"a.py": own}, wanted) == ["a.py DCS010 Child.m", "a.py DCS010 Child.n"]


def test_cycles_come_to_an_end(repo):
    files = {
        "a.py": child("from b import Base", "Base, Child"),
        "b.py": '"""Doc."""\nfrom a import Child\nclass Base(Child):\n    """Doc."""\n',
        "c.py": '"""Doc."""\nfrom d import *\nfrom d import X\nclass Y(X, Z): "Doc"\n',
        "d.py": '"""Doc."""\nfrom c import *\nfrom c import X\n',
    }
    assert reported(repo, files) == ["a.py DCS010 Child.m", "a.py DCS010 Child.n"]


def test_magic_methods_and_init_where_they_are_asked_for(repo):
    text = BASE.replace("def m", "def __init__") + "    def __len__(self):\n        '''Doc.'''\n"
    text += "\n\nclass C(Base):\n    '''Doc.'''\n\n"
    text += "".join(f"    def __{name}__(self): pass\n" for name in ("init", "len", "iter"))
    text += "\n\nclass D(X):\n    '''Doc.'''\n\n    def __init__(self): pass\n"
    assert reported(repo, {"a.py": text}) == []
    wanted = CONFIG + "magic = true\ninit = true\n"
    assert reported(repo, {"a.py": text}, wanted) == [
        "a.py DCS011 C.__iter__",
        "a.py DCS012 D.__init__",
    ]


def test_without_the_setting_nothing_is_inherited(repo):
    files = {"b.py": BASE, "a.py": child("from b import Base", "Base")}
    assert reported(repo, files, "") == ["a.py DCS004 Child.m", "a.py DCS004 Child.n"]


def test_a_change_in_the_base_is_seen(repo):
    files = {"b.py": BASE, "a.py": child("from b import Base", "Base")}
    assert reported(repo, files) == ["a.py DCS010 Child.n"]
    repo.write("b.py", UNDOCUMENTED["base without"])
    assert repo.codes() == ["a.py:5 DCS010", "a.py:6 DCS010", "b.py:7 DCS004"]


def test_foreign_comments_and_selections_mean_the_rule(repo):
    text = child("", "Other").replace("def n(self): pass", "def n(self): pass  # noqa: D102")
    assert reported(repo, {"a.py": text}) == ["a.py DCS010 Child.m"]
    assert repo.codes("--select", "D102") == ["a.py:5 DCS010"]


def test_the_package_that_is_nearest_is_meant(repo):
    other = UNDOCUMENTED["base without"]
    files = {"one/p/b.py": other, "two/p/b.py": BASE, "two/p/a.py": child("import p.b", "p.b.Base")}
    assert "two/p/a.py DCS010 Child.m" not in reported(repo, files)
    # A module inside a package is not found by its last name alone.
    files = {"q/__init__.py": "", "q/b.py": BASE, "a.py": child("from b import Base", "Base")}
    assert "a.py DCS010 Child.m" in reported(repo, files)
