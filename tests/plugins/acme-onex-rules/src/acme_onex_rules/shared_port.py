"""Services that want the same port."""

import re
from collections.abc import Iterable
from typing import Any

from onex_tools.api import (
    Bad,
    Extractor,
    Finding,
    Good,
    Location,
    Related,
    SourceFile,
    Tree,
    TreeValidator,
)

_PORT = re.compile(rb"^port[ \t]*=", re.MULTILINE)


class PortFact(Extractor):
    """The port of a service and its place, as `[port, [start, end, line, ...]]`."""

    name = "acme-port"
    files = ("service.toml",)

    def extract(self, file: SourceFile) -> Any:
        """The port, or None where the service has none."""
        port = file.parsed("toml").get("port")
        found = _PORT.search(file.data)
        if not isinstance(port, int) or found is None:
            return None
        line = file.location(found.span()).line
        return [port, list(file.location(line)[1:])]


class SharedPort(TreeValidator):
    """A service has the port of another one.

    Only one of them can be started on a machine. Give the later one a port of its own.
    """

    code, name = "ACM002", "shared-port"
    uses = (PortFact,)
    examples = (
        Good("a/service.toml", "port = 80\n", tree={"b/service.toml": "port = 81\n"}),
        Bad(
            "b/service.toml",
            'owner = "web"\nport = 80\n',
            at=(2,),
            tree={"a/service.toml": "port = 80\n"},
            why="the first path in sorted order keeps the port",
        ),
    )

    def check(self, tree: Tree) -> Iterable[Finding]:
        """One finding for every path after the first that has the same port."""
        first: dict[int, Location] = {}
        for path, (port, at) in sorted(tree.facts(PortFact).items()):
            here = Location(path, *at)
            earlier = first.setdefault(port, here)
            if earlier is not here:
                message = f"port {port} is that of {earlier.path}"
                related = (Related(earlier, "the first to have it"),)
                yield tree.finding(self, path, here, message, related=related)
