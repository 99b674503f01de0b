"""Set a clone up to merge stamped files: the attribute for all clones, the driver for this one."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, NamedTuple

from onex_tools.discover import DiscoveryError, run_git

if TYPE_CHECKING:
    from onex_tools.session import Session

ATTRIBUTES = ".gitattributes"
DRIVER = (
    "onex merge-driver --marker-size %L --labels %S %X %Y -- %O %A %B %P && exit;"
    " grep -q '^<\\{%L\\}' %A && exit 1;"
    " git merge-file --marker-size=%L -L ours -L base -L theirs %A %O %B || exit 1"
)
"""What git runs. Where ``onex`` is not found, or fails, and so leaves no mark of a conflict, git's
own merge follows: after a driver that did not run git would keep our version as it is, and what
the other branch did would be lost by whoever takes that for the merge."""

_KIND = "gitattributes"
_LINES = (
    b"# Stamps are merged by onex; each clone needs once: onex init --merge-driver",
    b"* merge=onex",
)
_PRESENT = re.compile(rb"^[ \t]*[^#\s]\S*[ \t](?:[^\n]*[ \t])?merge=onex(?=\s|\Z)", re.MULTILINE)
_BOM = b"\xef\xbb\xbf"
_SETTINGS = {
    "merge.onex.name": "the bodies as git merges them, with one right stamp",
    "merge.onex.driver": DRIVER,
}


class Setup(NamedTuple):
    """What was done.

    Attributes:
        attributes: whether ``.gitattributes`` was written.
        settings: the names of the settings of git that were written.
        overruled: what decides on merges instead, if the attribute has no effect; or empty.
    """

    attributes: bool
    settings: tuple[str, ...]
    overruled: str


def set_up(session: Session) -> Setup:
    """Make stamped files merge well in the clone that ``session`` is in; twice is as once.

    Raises:
        DiscoveryError: git refused.
        WriteRefused: ``.gitattributes`` could not be written.
    """
    written = _write_attributes(session)
    settings = tuple(name for name in _SETTINGS if _set(session.root, name))
    said = run_git(session.root, ("check-attr", "-z", "merge", "--", "onex-probe"))
    value = os.fsdecode(said).split("\0")[2]
    return Setup(written, settings, "" if value == "onex" else value)


def with_attribute(data: bytes) -> bytes:
    """``.gitattributes`` with our line above all others, so that each of them wins over it.

    It goes below a stamp; a file that names our driver already comes back as it is.
    """
    from onex_tools.stamp.reader import read

    if _PRESENT.search(data):
        return data
    newline = data.find(b"\n")
    eol = b"\r\n" if newline > 0 and data[newline - 1] == 0x0D else b"\n"
    blocks = read(data, _KIND).settled
    at = blocks[-1].after if blocks else len(_BOM) if data.startswith(_BOM) else 0
    above = data[:at]
    if blocks and not above.endswith(b"\n"):
        above += eol
    return above + b"".join(line + eol for line in _LINES) + data[at:]


def _write_attributes(session: Session) -> bool:
    from onex_tools.stamp.styles import file_type
    from onex_tools.writing import replace_file

    try:
        with open(os.path.join(session.root, ATTRIBUTES), "rb") as stream:
            old: bytes | None = stream.read()
    except FileNotFoundError:
        old = None
    new = with_attribute(old or b"")
    if new == old:
        return False
    if b"OmniNode:" in new:
        from onex_tools.stamp.identity import utc_now
        from onex_tools.stamp.plan import UPDATE, Source, Wish, plan

        source = Source(ATTRIBUTES, new, _KIND, file_type(_KIND))
        options = session.part(ATTRIBUTES).options("stamp")
        planned = plan(source, options, Wish(lambda: utc_now(os.environ)))
        new = planned.new if planned.action == UPDATE else new
    replace_file(session.root, ATTRIBUTES, old, new)
    return True


def _set(root: str, name: str) -> bool:
    """Whether the setting of this clone had to be written."""
    try:
        now = os.fsdecode(run_git(root, ("config", "--local", "--get", name))).removesuffix("\n")
    except DiscoveryError:  # there is none yet
        now = ""
    if now == _SETTINGS[name]:
        return False
    run_git(root, ("config", "--local", name, _SETTINGS[name]))
    return True
