"""What the rules on agreement find in a text, and docstrings written in each convention."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from onex_tools.api import Finding, rules_in
from onex_validators.docstrings.agreement.cases import AgreementRule
from onex_validators.docstrings.settings import Docstrings

from .conftest import new_source

CONVENTIONS = ("google", "numpy", "sphinx")
TITLES = {"arguments": "Args", "returns": "Returns", "yields": "Yields", "raises": "Raises"}
FIELDS = {"arguments": "param", "returns": "returns", "yields": "yields", "raises": "raises"}
TYPE_FIELDS = {"arguments": "type", "returns": "rtype", "yields": "ytype"}


def rules() -> list[type[AgreementRule]]:
    """Every rule on agreement, in the order of their codes."""
    found = rules_in("onex_validators.docstrings")
    return sorted(
        (rule for rule in found if issubclass(rule, AgreementRule) and rule.code),
        key=lambda rule: rule.code,
    )


def is_on(rule: type[AgreementRule], options: Docstrings) -> bool:
    """Whether what ``rule`` waits for is set in ``options``."""
    if not rule.enabled_by:
        return True
    for one in rule.enabled_by.split("|"):
        name, _, values = one.removeprefix("config:docstrings.").partition("=")
        if getattr(options, name) in values.split(",") and getattr(options, name) != "":
            return True
    return False


def findings(text: str | bytes, *codes: str, path: str = "a.py", **settings: Any) -> list[Finding]:
    """What the rules ``codes``, or else those that the settings switch on, find in ``text``.

    With a convention, sections have to be complete unless ``settings`` say otherwise.
    """
    if settings.get("convention"):
        settings = {"complete": "begun", **settings}
    options = Docstrings(**settings)
    file = new_source(path, text)
    wanted = [rule for rule in rules() if (rule.code in codes if codes else is_on(rule, options))]
    found = [finding for rule in wanted for finding in rule(options).check(file)]
    return sorted(found, key=Finding.order)


def said(text: str | bytes, *codes: str, **settings: Any) -> list[tuple[str, int, str]]:
    """Code, line and message of each finding."""
    return [(f.code, f.location.line, f.message) for f in findings(text, *codes, **settings)]


Entry = tuple[str, str]
"""A name and a type; either may be empty."""


def docstring(convention: str, sections: Mapping[str, Sequence[Entry]]) -> str:
    """A docstring with ``sections``, in ``convention``, without indentation."""
    write = {"google": _google, "numpy": _numpy, "sphinx": _sphinx}[convention]
    parts = [write(kind, entries) for kind, entries in sections.items() if entries]
    between = "\n" if convention == "sphinx" else "\n\n"
    return "Do it.\n\n" + between.join(parts) + "\n"


def _google(kind: str, entries: Sequence[Entry]) -> str:
    lines = [f"{TITLES[kind]}:"]
    for name, type_ in entries:
        if kind in ("returns", "yields"):
            lines.append(f"    {type_}: What comes." if type_ else "    What comes.")
        else:
            lines.append(
                f"    {name} ({type_}): One thing." if type_ else f"    {name}: One thing."
            )
    return "\n".join(lines)


def _numpy(kind: str, entries: Sequence[Entry]) -> str:
    title = "Parameters" if kind == "arguments" else TITLES[kind]
    lines = [title, "-" * len(title)]
    for name, type_ in entries:
        lines.append(f"{name} : {type_}" if name and type_ else name or type_)
        lines.append("    One thing.")
    return "\n".join(lines)


def _sphinx(kind: str, entries: Sequence[Entry]) -> str:
    lines = []
    for name, type_ in entries:
        field = f"{FIELDS[kind]} {name}".strip()
        lines.append(f":{field}: One thing.")
        if type_:
            lines.append(f":{f'{TYPE_FIELDS[kind]} {name}'.strip()}: {type_}")
    return "\n".join(lines)


def function(head: str, doc: str, body: str = "") -> str:
    """A module with one function, whose ``def`` stands in line 1 and the docstring in line 2."""
    inner = textwrap.indent(f'"""{doc}"""\n{body}', "    ")
    return f"{head}\n{inner}\n"
