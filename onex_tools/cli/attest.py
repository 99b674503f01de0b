"""``onex attest``: the hashes of all covered files in one Statement; how another run takes it."""

from __future__ import annotations

import os
import stat
import sys
from typing import TYPE_CHECKING, Any

import click

from onex_tools.cli.options import local_option

if TYPE_CHECKING:
    from onex_tools.session import Session
    from onex_tools.stamping.attesting import Gathered


@click.command("attest")
@click.argument("paths", nargs=-1, type=click.Path(exists=False), metavar="[PATHS]...")
@click.option(
    "--output", "-o", metavar="FILE", help="Write the statement to FILE; else, or for -, print it."
)
@click.option(
    "--dated",
    is_flag=True,
    help="Say when the statement was made; SOURCE_DATE_EPOCH, where it is set, is said anyway.",
)
@click.option(
    "--root",
    "only_root",
    is_flag=True,
    help="Print one hash over all covered files, their paths and modes, instead of a statement.",
)
@local_option()
def command(**options: Any) -> int:
    """Write the hash of every stamped file into one in-toto Statement.

    Covered is each file that carries a stamp, and each that `lock` or `sidecar` in [stamp] names.
    The same files give the same bytes. Nothing is signed: let CI do that, and publish the result;
    `onex validate --attestation FILE` then compares a tree with it.

    Where the body of a file cannot be told (a stamp that is not closed, a file that cannot be
    read), nothing is written, and the exit code is 1.

    \b
    Examples:
      onex attest                                what CI attests, to look at
      onex attest --output onex.intoto.json      for CI to sign and publish
      onex attest --output api.intoto.json services/api
      onex attest --root                         one line that stands for all of it
    """
    from onex_tools.cli.options import open_plain, refuse_missing, remark
    from onex_tools.stamping.attesting import gather

    if options["only_root"] and (options["output"] or options["dated"]):
        raise click.UsageError("--root prints a hash: leave out --output and --dated.")
    session = open_plain(options["paths"], allow_local=options["allow_local_plugins"])
    refuse_missing(session)
    named = sorted(set(session.named)) if session.named and "" not in session.named else None
    gathered = gather(session, named)
    _complain(session, gathered)
    if gathered.holes:
        return 1
    if not gathered.subjects:
        said = "no file carries a stamp, and [stamp] names none by `lock` or `sidecar`"
        click.echo(f"onex: nothing to attest: {said}", err=True)
        return 1
    if options["only_root"]:
        return _print_root(session, gathered)
    is_new = _write(_statement(gathered, named, options), options["output"])
    if is_new is not None:
        count = len(gathered.subjects)
        files = "1 file" if count == 1 else f"{count:,} files"
        done = "wrote" if is_new else "not changed:"
        remark(f"{done} {options['output']}: {files} attested")
    return 0


def _complain(session: Session, gathered: Gathered) -> None:
    """What was passed over, and what stands in the way."""
    from onex_tools.cli.options import printable
    from onex_tools.report.foreign import put, visible

    err = printable(sys.stderr)
    for note in session.notes:
        put(err, f"{visible(note.message)}\n")
    for hole in gathered.holes:
        line = f":{hole.line}" if hole.line else ""
        put(err, f"{visible(hole.path)}{line}: {visible(hole.reason)}\n")
    if gathered.holes:
        count = len(gathered.holes)
        files = "1 file is" if count == 1 else f"{count:,} files are"
        put(err, f"onex: nothing was attested: {files} in doubt\n")


def _print_root(session: Session, gathered: Gathered) -> int:
    from onex_tools.stamp.lock import LockError
    from onex_tools.stamping.attesting import root_of

    try:
        click.echo(root_of(session, gathered.subjects))
    except LockError as error:
        click.echo(f"onex: there is no root: {error}", err=True)
        return 1
    return 0


def _statement(gathered: Gathered, named: list[str] | None, options: Any) -> bytes:
    from onex_tools.stamp.attestation import Attestation, render_attestation
    from onex_tools.stamp.identity import utc_now

    dated = options["dated"] or "SOURCE_DATE_EPOCH" in os.environ
    created = utc_now(os.environ) if dated else ""
    return render_attestation(Attestation(gathered.subjects, tuple(named or ()), created))


def _write(data: bytes, path: str | None) -> bool | None:
    """Print ``data``, or make it the content of the file at ``path``, whole and at one stroke.

    Says whether that changed the file; None: there is none.

    Raises:
        WriteRefused: what stands there is as it was; it may be a folder, a link or a device.
    """
    if path is None or path == "-":
        sys.stdout.buffer.write(data)
        return None
    from onex_tools.cli.options import write_file

    return write_file(path, data)


# For onex validate -------------------------------------------------------------------------------

NAME = "attestation"
"""What the document is called that rules ask for."""


def hand_over(session: Session, path: str, *, whole: bool) -> None:
    """Let the rules of ``session`` compare the tree with the attestation at ``path``.

    ``whole`` says whether the run is about the whole tree, not about some files only.

    Raises:
        click.UsageError: it cannot be read, is none, or no rule that would read it is on.
    """
    from onex_tools.stamp.attestation import AttestationError

    try:
        data = _document(path)
        envelope = _envelope(session, data)
    except OSError as error:
        why = (error.strerror or "it cannot be read").lower()
        raise click.UsageError(f"--attestation {_visible(path)}: {why}") from None
    except AttestationError as error:
        raise click.UsageError(f"--attestation {_visible(path)}: {error.message}") from None
    session.given = {NAME: data}
    _refuse_idle(session)
    _say_what_is_not_done(session, path, envelope, whole=whole)


def _document(path: str) -> bytes:
    """The bytes of the regular file at ``path``; for anything else a run could wait for ever.

    Raises:
        click.UsageError: it is none.
        OSError: it cannot be read.
    """
    from onex_tools.stamp.attestation import MAX_BYTES

    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise click.UsageError(f"--attestation {_visible(path)}: it is not a regular file")
        with open(handle, "rb", closefd=False) as stream:
            return stream.read(MAX_BYTES + 1)
    finally:
        os.close(handle)


def _visible(path: str) -> str:
    from onex_tools.report.foreign import visible

    return visible(path)


def _envelope(session: Session, data: bytes) -> str:
    """What is around the statement, in words; a document that was read before is not read again.

    Raises:
        AttestationError: it is no attestation.
    """
    from onex_tools.cache import digest

    known = digest(f"{session.catalogue.code} {digest(data)}".encode())
    place = f"attestations/{known[:32]}"
    kept = session.cache.get(place)
    if kept is not None:
        return kept.decode()
    from onex_tools.stamp.attestation import parse_attestation

    envelope = parse_attestation(data).envelope
    session.cache.put(place, envelope.encode())
    return envelope


def _refuse_idle(session: Session) -> None:
    wanted = f"given:{NAME}"
    readers = [i.code for i in session.catalogue.rules.values() if i.enabled_by == wanted]
    if session.codes.isdisjoint(readers):
        names = ", ".join(sorted(readers))
        raise click.UsageError(
            f"--attestation: the rules that read it ({names}) are off: select one of them."
        )


def _say_what_is_not_done(session: Session, path: str, envelope: str, *, whole: bool) -> None:
    from onex_tools.result import Note

    what = f"{path} is {envelope or 'a bare statement'}"
    said = f"{what}: no signature was verified, so who made it is not proven"
    session.notes.append(Note("skipped", said, "verify it first, for example with cosign"))
    if not whole:
        said = "the attestation was compared with these files only"
        session.notes.append(Note("skipped", said, "the whole tree shows which files are gone"))
