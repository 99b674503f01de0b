"""Writes every generated file of this repository again: ``make gen``."""

from __future__ import annotations

import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def files() -> dict[str, str]:
    """The text of every generated file, by its path in the repository."""
    from onex_tools import hooks, pages
    from onex_tools.admission import build_catalogue
    from onex_tools.cli.reference import render as render_commands
    from onex_tools.config import reference, schema
    from onex_tools.published import docstring_codes, secret_rules, tables, vectors
    from onex_tools.registry import DEFAULT_PLUGIN, Plugin

    catalogue = build_catalogue([Plugin(DEFAULT_PLUGIN, DEFAULT_PLUGIN)], "")
    sections = catalogue.sections
    return {
        **pages.files(),
        ".pre-commit-hooks.yaml": hooks.render(),
        "docs/commands.md": render_commands(),
        "docs/configuration.md": reference.render(_page("docs/configuration.md"), sections),
        "docs/docstring-codes.md": docstring_codes.render(
            _page("docs/docstring-codes.md"), catalogue
        ),
        "docs/secrets.md": secret_rules.render(_page("docs/secrets.md"), catalogue),
        "docs/stamp-format.md": tables.render(_page("docs/stamp-format.md")),
        "schemas/onex-config.schema.json": schema.render(sections),
        "schemas/stamp-kinds.json": tables.as_data(),
        "schemas/stamp-vectors.json": vectors.as_data(),
    }


def _page(path: str) -> str:
    with open(os.path.join(ROOT, path), encoding="utf-8") as stream:
        return stream.read()


def main() -> int:
    """Write what differs, and say which."""
    for path, text in sorted(files().items()):
        full = os.path.join(ROOT, path)
        try:
            with open(full, encoding="utf-8") as stream:
                same = stream.read() == text
        except FileNotFoundError:
            same = False
        if not same:
            os.makedirs(os.path.dirname(full), exist_ok=True)
            with open(full, "w", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
            print(f"wrote {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
