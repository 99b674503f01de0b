"""Services that nobody owns."""

import json
from collections.abc import Iterable

from onex_tools.api import (
    Bad,
    Edit,
    Finding,
    Fix,
    Good,
    Severity,
    SourceFile,
    Validator,
    setting,
    settings,
)

_BOM = b"\xef\xbb\xbf"


@settings("acme")
class Acme:
    """Who stands for a service."""

    default_owner: str = setting("", "The team that the fix writes; without one there is no fix.")
    owner_keys: tuple[str, ...] = setting(("owner", "team"), "The keys that may name the owner.")


class MissingOwner(Validator):
    """A service names no owner.

    Whoever is on call for it cannot be found by a program. Write `owner = "TEAM"` at the top of
    its `service.toml`.
    """

    code, name = "ACM001", "missing-owner"
    severity = Severity.ERROR
    files = ("service.toml",)
    settings = Acme
    examples = (
        Good("service.toml", 'owner = "payments"\nport = 8080\n'),
        Good("service.toml", 'squad = "payments"\n', settings={"owner_keys": ("squad",)}),
        Good("other.toml", "port = 8080\n", why="it is no service"),
        Bad("service.toml", "port = 8080\n"),
        Bad("service.toml", "", why="an empty file names nobody either"),
        Bad(
            "billing/service.toml",
            "port = 8080\n",
            fixed='owner = "platform"\nport = 8080\n',
            settings={"default_owner": "platform"},
        ),
    )

    def check(self, file: SourceFile) -> Iterable[Finding]:
        """One finding on the file."""
        if not set(file.parsed("toml")).isdisjoint(self.options.owner_keys):
            return
        yield file.finding(self, None, "no owner is named", fix=self._fix(file))

    def _fix(self, file: SourceFile) -> Fix | None:
        owner = self.options.default_owner
        if not owner or not self.options.owner_keys:
            return None
        line = f"{self.options.owner_keys[0]} = {json.dumps(owner, ensure_ascii=False)}\n".encode()
        at = len(_BOM) if file.data.startswith(_BOM) else 0
        return Fix(f"name {owner} as the owner", [Edit(at, at, line)])
