"""The rules of `onex format` (family FMT): what a file in its final form has none of."""

from __future__ import annotations

from onex_tools.format.settings import Format
from onex_tools.model import Severity
from onex_tools.rule import Bad, Good, Rule


class UnformattedFile(Rule):
    """A file is not in the form that isort and black give it.

    `onex format` writes it, by the project's own settings of both; `onex format --diff` shows
    what would change. Said by `--check` only.
    """

    code, name = "FMT001", "unformatted-file"
    settings = Format
    examples = (
        Bad(
            "app.py",
            "import os\nimport abc\nplaces = {  'home':os.curdir }\n",
            fixed='import abc\nimport os\n\nplaces = {"home": os.curdir}\n',
        ),
        Bad(
            "app.py",
            "x = 1\nname = 'onex'\n",
            at=(2,),
            fixed='x = 1\nname = "onex"\n',
            why="reported from the first line that changes",
        ),
        Good("app.py", "# fmt: off\nplaces = {  'home':'.' }\n"),
        Good(
            "app.py",
            "name = 'onex'\n",
            tree={"pyproject.toml": "[tool.black]\nskip-string-normalization = true\n"},
        ),
    )


class HeaderOutOfOrder(Rule):
    """Something in the header of a file is not at its place.

    The order is: shebang, encoding declaration, metadata block, licence and copyright lines,
    docstring, `from __future__`, imports. Licence lines below an import are taken for comments of
    the import, and a string below one is no docstring. `onex format` moves what can be moved
    safely.
    """

    code, name = "FMT002", "header-out-of-order"
    settings = Format
    examples = (
        Bad(
            "app.py",
            "import os\n\n# SPDX-License-Identifier: MIT\n\nprint(os.name)\n",
            at=(3,),
            fixed="# SPDX-License-Identifier: MIT\n\nimport os\n\nprint(os.name)\n",
        ),
        Bad(
            "app.py",
            'import os\n\n"""Say where this runs."""\n\nprint(os.name)\n',
            at=(3,),
            fixed='"""Say where this runs."""\n\nimport os\n\nprint(os.name)\n',
        ),
        Bad(
            "app.py",
            'import os\n\n"""Say where this runs."""\n\nprint(os.name, __doc__)\n',
            at=(3,),
            why="`__doc__` would have it from then on, so it stays: that is for people to settle",
        ),
        Good(
            "app.py",
            "#!/usr/bin/env python3\n# SPDX-License-Identifier: MIT\n"
            '"""Say where this runs."""\n\nimport os\n\nprint(os.name)\n',
        ),
    )


class MissingLicenceLine(Rule):
    """A file has no licence or copyright line, and the configuration wants one.

    `spdx` and `copyright` of `[format]` say what every file names. `onex format` adds the line
    below shebang, encoding declaration and metadata block; a file that names another licence is
    left as it is.
    """

    code, name = "FMT003", "missing-licence-line"
    settings = Format
    examples = (
        Bad(
            "app.py",
            '"""Say where this runs."""\n',
            settings={"spdx": "MIT"},
            fixed='# SPDX-License-Identifier: MIT\n\n"""Say where this runs."""\n',
        ),
        Bad(
            "app.py",
            '"""Say where this runs."""\n',
            settings={"copyright": "2026 Jane Doe"},
            fixed='# SPDX-FileCopyrightText: 2026 Jane Doe\n\n"""Say where this runs."""\n',
        ),
        Good(
            "app.py", '# Copyright 2020 Jane Doe\n"""Say."""\n', settings={"copyright": "Jane Doe"}
        ),
        Good("app.py", "", settings={"spdx": "MIT"}),
    )


class Flake8Finding(Rule):
    """flake8 finds a fault.

    The message begins with flake8's own code. It runs with the project's options and the plugins
    that are installed beside it; codes that speak against black's form (E203, E701, E704, W503)
    are off, and lines are as long as black's where nothing else is said. What breaks a program
    (E9, F63, F7, F82) is an error. Waive it as flake8 has it (`# noqa: F401`), or with our
    comments and this rule's code.
    """

    code, name = "FMT010", "flake8-finding"
    settings = Format
    examples = (
        Bad("app.py", "import os\n\nprint(missing)\n", at=(1, 3)),
        Good("app.py", "import os  # noqa: F401\n"),
        Good("app.py", "import os\n", tree={".flake8": "[flake8]\nextend-ignore = F401\n"}),
        Good("app.py", "import os\n", settings={"lint": False}),
    )


class DisagreeingSettings(Rule):
    """The settings of black, isort and flake8 contradict each other.

    Two tools then undo each other's work, or one reports what the other writes. The settings are
    obeyed as they stand; the message says what each of them says, and what to write instead. A
    setting is reported too that black does not have, or neither flake8 nor an installed plugin of
    it, such as a mistyped one.
    """

    code, name = "FMT020", "disagreeing-settings"
    settings = Format
    examples = (
        Bad(
            "pyproject.toml",
            "[tool.black]\nline-length = 100\n\n[tool.isort]\nline_length = 79\n",
            at=(5,),
            tree={"app.py": "x = 1\n"},
        ),
        Bad("setup.cfg", "[flake8]\nmax-line-length = 79\n", at=(2,), tree={"app.py": "x = 1\n"}),
        Bad(
            "pyproject.toml",
            "[tool.black]\nline-lenght = 88\n",
            at=(2,),
            tree={"app.py": "x = 1\n"},
        ),
        Good(
            "pyproject.toml",
            "[tool.black]\nline-length = 100\n\n[tool.isort]\nforce_single_line = true\n",
            tree={"app.py": "x = 1\n"},
        ),
    )


class UnusableSettings(Rule):
    """The settings of black, isort, flake8 or the header cannot be used.

    A file that is no TOML, a value that the tool refuses, a plugin that is not installed, or a
    licence in `spdx` that SPDX does not list.
    Nothing that the settings hold for was formatted: guessing would write files in another form.
    """

    code, name = "FMT021", "unusable-settings"
    severity = Severity.ERROR
    settings = Format
    examples = (
        Bad(
            "pyproject.toml",
            "[tool.black]\nline-length = 'wide'\n",
            at=(2,),
            tree={"app.py": "x = 1\n"},
        ),
        Bad("onex.toml", '[format]\nspdx = "MITT"\n', tree={"app.py": "x = 1\n"}),
        Good("onex.toml", '[format]\nspdx = "LicenseRef-Ours"\n', tree={"app.py": ""}),
    )


class RefusedFile(Rule):
    """A file could not be formatted, and is as it was.

    Its syntax is wrong or newer than the Python that runs onex, it is too large or nested too
    deeply, or what came out would have meant something else, lost a comment, or changed again the
    next time. The message says which. Mend it, or exclude the file.
    """

    code, name = "FMT030", "refused-file"
    settings = Format
    examples = (
        Bad("app.py", "def load(:\n    pass\n"),
        Good("app.py", "def load(:\n    pass\n", settings={"exclude": ["app.py"]}),
    )


FORMAT_RULES = (
    UnformattedFile,
    HeaderOutOfOrder,
    MissingLicenceLine,
    Flake8Finding,
    DisagreeingSettings,
    UnusableSettings,
    RefusedFile,
)
"""All of them, in the order of their codes."""
