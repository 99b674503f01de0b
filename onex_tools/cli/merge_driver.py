"""``onex merge-driver``: what git calls to merge a file that two branches changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from onex_tools.merging.driver import Ground

FAILED = 255
"""Neither merged nor a conflict: what `onex init` tells git to run merges as usual then."""


class _Driver(click.Command):
    """Wrong use must not look like a conflict, which is what the usual 2 is to git."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.show()
            ctx.exit(FAILED)


@click.command("merge-driver", cls=_Driver)
@click.argument("base", type=click.Path())
@click.argument("ours", type=click.Path())
@click.argument("theirs", type=click.Path())
@click.argument("path", type=click.Path())
@click.option(
    "--marker-size",
    default="7",
    metavar="N",
    help="Characters of a conflict marker; git's %L.",
)
@click.option(
    "--labels",
    nargs=3,
    metavar="BASE OURS THEIRS",
    help="What markers call the versions; git's %S %X %Y.",
)
def command(**said: Any) -> int:
    """Merge a stamped file that two branches changed; git calls this, not people.

    The bodies are merged as git does, the metadata field by field; the result, in the file OURS,
    has one right stamp. BASE, OURS and THEIRS are the versions, and PATH is where the file belongs.
    `onex init --merge-driver` tells git of it, in each clone.

    Exit codes: 0 merged, 1 conflicts to be settled by hand, 255 nothing was done.

    \b
    Examples:
      onex merge-driver --marker-size 7 -- base.txt ours.txt theirs.txt docs/guide.md
    """
    from onex_tools.cli.failure import explain
    from onex_tools.merging.driver import merge_file

    try:
        merge = merge_file(_request(said), lambda: _ground(said["path"]))
    except Exception as error:
        explain(error)
        return FAILED
    for note in merge.notes:
        click.echo(f"onex: {_shown(said['path'])}: {note}", err=True)
    return 0 if merge.clean else 1


def _request(said: dict[str, Any]) -> Any:
    from onex_tools.merging.driver import Request
    from onex_tools.merging.text import LABELS, MARKER_SIZE

    size = said["marker_size"]
    number = int(size) if size.isascii() and size.isdigit() and len(size) < 4 else MARKER_SIZE
    # Versions of git that know no placeholder for labels pass it on as it is.
    labels = [
        given if given not in ("", "%S", "%X", "%Y") else name
        for given, name in zip(said["labels"] or LABELS, LABELS, strict=True)
    ]
    return Request(
        (said["base"], said["ours"], said["theirs"]),
        said["path"],
        number,
        (labels[0], labels[1], labels[2]),
    )


def _ground(path: str) -> Ground:
    """What the configuration says of the file at ``path``; a broken one does not stop a merge."""
    from onex_tools.cli.failure import explain
    from onex_tools.config import Overrides
    from onex_tools.kinds import Kinds
    from onex_tools.merging.driver import Ground
    from onex_tools.session import open_session
    from onex_tools.stamp.options import Stamp

    try:
        session = open_session([], Overrides(), stdin_path=path)
        return Ground(session.part(path).options("stamp"), session.catalogue.kinds)
    except Exception as error:
        explain(error)
        click.echo(f"onex: {_shown(path)}: merged without the configuration", err=True)
        return Ground(Stamp(), Kinds())


def _shown(path: str) -> str:
    from onex_tools.report.foreign import visible

    return visible(path)
