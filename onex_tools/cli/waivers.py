"""``onex waivers``: what is waived, why, until when, and whose it is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from onex_tools.cli.options import format_option, open_plain, today

if TYPE_CHECKING:
    from onex_tools.result import Waived


@click.command("waivers")
@format_option("How to print them.")
@click.option("--allow-local-plugins", is_flag=True, help="Run the repository's own rule files.")
def command(output_format: str, allow_local_plugins: bool) -> int:
    """Show what is waived, why, until when and by whom.

    A waiver is a comment (ours or another tool's), an entry of `per-file-ignores`, or a line of
    the baseline. The owner is the last match in CODEOWNERS.

    \b
    Examples:
      onex waivers
      onex waivers --output-format json | jq '.waivers[] | select(.until == "")'
    """
    from onex_tools.engine import Request, run
    from onex_tools.owners import read_owners

    session = open_plain(allow_local=allow_local_plugins)
    result = run(session, Request(today=today()))
    owners = read_owners(session.root)
    rows = [_row(item, owners.of(item.finding.path)) for item in result.waived]
    off = sorted(session.config.ignore)
    if output_format == "json":
        click.echo(json.dumps({"version": 1, "waivers": rows, "ignored": off}, indent=2))
        return 2 if result.failed else 0
    for line in _text(rows, off):
        click.echo(line)
    return 2 if result.failed else 0


def _row(item: Waived, owners: list[str]) -> dict[str, Any]:
    finding, waiver = item
    return {
        "code": finding.code,
        "path": _safe(finding.path),
        "line": finding.location.line,
        "kind": waiver.kind,
        "origin": _safe(waiver.origin),
        "reason": waiver.reason,
        "until": waiver.until,
        "owners": [_safe(owner) for owner in owners],
    }


def _safe(text: str) -> str:
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _text(rows: list[dict[str, Any]], off: list[str]) -> list[str]:
    """One line a waiver, those written at one place together."""
    groups: dict[tuple[str, str, str, str, str], list[dict[str, Any]]] = {}
    for row in rows:
        owners = " ".join(row["owners"]) or "nobody (by CODEOWNERS)"
        key = (row["kind"], row["origin"], row["reason"], row["until"], owners)
        groups.setdefault(key, []).append(row)
    lines = []
    for (kind, origin, reason, until, owners), items in groups.items():
        codes = ", ".join(sorted({item["code"] for item in items}))
        end = f"until {until}" if until else "no end"
        lines.append(f"{origin}  {codes}  {len(items):,}x  {kind}, {end}, owner {owners}")
        lines.append(f"    {_safe(reason) or 'no reason given'}")
    count = len(rows)
    places = "1 place" if len(groups) == 1 else f"{len(groups):,} places"
    lines.append(f"{count:,} finding{'' if count == 1 else 's'} waived at {places}")
    if off:
        lines.append(f"not run at all (`ignore` in the configuration): {', '.join(off)}")
    return lines
