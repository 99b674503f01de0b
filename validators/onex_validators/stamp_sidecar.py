"""Sidecars (``<file>.onex.yaml``): stale ones, those whose file is gone, and missing ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from onex_tools.api import (
    Bad,
    Extractor,
    Finding,
    Good,
    Location,
    Severity,
    SourceFile,
    Tree,
    TreeValidator,
)
from onex_tools.stamp import Stamp, reading
from onex_tools.stamp.coverage import has_sidecar
from onex_tools.stamp.form import SUFFIX
from onex_tools.stamp.hashing import body_hash, hash_of_chunks
from onex_tools.stamp.sidecar import file_of, is_sidecar, sidecar_of

EVIDENCE = f"*?{SUFFIX}|config:stamp.sidecar"
UPDATE = "type `onex stamp`, which brings sidecars up to date"

_DATA = '{"port": 8080}\n'
_SIDECAR = """\
# === OmniNode:Metadata ===
name: ports.json
uuid: 6d2a7e1c-4b1f-5f0e-9a53-0c8a3a2b7d11
hash: b3-v1:30bbc307f8fc3b1d8723411654f9e8dbed108e9bfb90f8191aa8d22412b6e0ec
# === /OmniNode:Metadata ===
"""
_BESIDE = "data/ports.json.onex.yaml"
_COVERED = {"sidecar": ("data/",)}


class SidecarFact(Extractor):
    """What a sidecar says: the name and the hash, each with its place in the file."""

    name = "sidecar"
    files = (f"*?{SUFFIX}",)
    contains = ("OmniNode:",)

    def extract(self, file: SourceFile) -> Any:
        """``[name, [start, end, ...], hash, [start, end, ...]]``; None where it is no sidecar."""
        read = file.shared(reading)
        if not is_sidecar(file.path, read):
            return None
        block, said = read.blocks[0], []
        for key in ("name", "hash"):
            field = block.field(key)
            span = field.span if field else block.opening
            said += [field.text if field else "", list(file.location(span)[1:])]
        return said


class SidecarFileFact(Extractor):
    """The hash of a file that is to have a sidecar."""

    name = "sidecar-file"
    settings = Stamp
    files_from = ("sidecar",)

    def extract(self, file: SourceFile) -> Any:
        """The hash as text."""
        return body_hash(file.data) if has_sidecar(file.path, self.options) else None

    def extract_pieces(self, path: str, kind: str, pieces: Iterator[bytes]) -> Any:  # noqa: ARG002
        """The hash of a file that is too large to be read whole."""
        return hash_of_chunks(pieces) if has_sidecar(path, self.options) else None


class StaleSidecar(TreeValidator):
    """Sidecar does not match its file.

    The file was edited after the sidecar was written, or one of the two was renamed or copied
    without the other. If the file is right, let `onex stamp` bring the sidecar up to date.
    """

    code, name = "STP017", "stale-sidecar"
    enabled_by = EVIDENCE
    settings = Stamp
    uses = (SidecarFact, SidecarFileFact)
    examples = (
        Good(_BESIDE, _SIDECAR, tree={"data/ports.json": _DATA}, settings=_COVERED),
        Good(_BESIDE, _SIDECAR, tree={"data/ports.json": _DATA}, why="no setting is needed"),
        Good(
            "node.onex.yaml",
            _SIDECAR + "\nnode: ports\n",
            tree={"node": _DATA},
            why="not a sidecar: more than a stamp",
        ),
        Bad(
            _BESIDE,
            _SIDECAR,
            at=(4,),
            tree={"data/ports.json": _DATA.replace("8080", "80")},
            settings=_COVERED,
        ),
        Bad("data/hosts.json.onex.yaml", _SIDECAR, at=(2,), tree={"data/hosts.json": _DATA}),
    )

    def check(self, tree: Tree) -> Iterable[Finding]:
        """One finding at the name, or else at the hash."""
        hashes = tree.facts(SidecarFileFact)
        for path, (name, at_name, hash_, at_hash) in sorted(tree.facts(SidecarFact).items()):
            target = file_of(path)
            if not _is_file(tree, target):
                continue  # another rule says so
            file_name = target.rpartition("/")[2]
            if name != file_name:
                said = f"`name` is {name[:80]!r}, but the file beside it is {file_name!r}"
                at = Location(path, *at_name)
                yield tree.finding(self, path, at, said, help=UPDATE, anchor="name")
                continue
            found = hashes.get(target) or _hash_of(tree, target)
            at = Location(path, *at_hash)
            if found is None:
                yield self._unjudged(tree, at, file_name)
            elif found != hash_:
                said = f"hash does not match {file_name!r}"
                help_ = f"if the file is right, {UPDATE}"
                yield tree.finding(self, path, at, said, help=help_, anchor="hash")

    def _unjudged(self, tree: Tree, at: Location, name: str) -> Finding:
        return tree.finding(
            self,
            at.path,
            at,
            f"hash is not checked: {name!r} cannot be read, or is too large",
            help="files of any size are checked that `sidecar` in `[stamp]` names",
            severity=Severity.INFO,
            anchor="unjudged",
        )


def _is_file(tree: Tree, path: str) -> bool:
    return tree.node(path).kind in ("file", "executable")


def _hash_of(tree: Tree, path: str) -> str | None:
    """The hash of a file that no setting names; None where it cannot be read whole."""
    file = tree.read(path)
    return body_hash(file.data) if file else None


class OrphanSidecar(TreeValidator):
    """Sidecar has no file beside it.

    The file that it speaks for was removed or renamed. Rename the sidecar too and let `onex stamp`
    bring it up to date: then the file keeps its UUID. Or delete it.
    """

    code, name = "STP018", "orphan-sidecar"
    enabled_by = EVIDENCE
    uses = (SidecarFact,)
    examples = (
        Good(_BESIDE, _SIDECAR, tree={"data/ports.json": _DATA}),
        Bad(_BESIDE, _SIDECAR, at=(2,)),
    )

    def check(self, tree: Tree) -> Iterable[Finding]:
        """One finding at the name."""
        for path, (_, at_name, *_) in sorted(tree.facts(SidecarFact).items()):
            target = file_of(path)
            if not _is_file(tree, target):
                name = target.rpartition("/")[2]
                yield tree.finding(
                    self,
                    path,
                    Location(path, *at_name),
                    f"there is no file {name!r} beside it, or it is ignored by git, or excluded",
                    help=f"delete it, or rename it to the file's new name and {UPDATE}",
                    anchor=self.name,
                )


class MissingSidecar(TreeValidator):
    """File has no sidecar, and is to have one.

    `sidecar` in `[stamp]` names the file: its stamp stands beside it, in a file of its name with
    `.onex.yaml` behind it, so that it can be proven wherever the two are taken. `onex stamp` writes
    it.
    """

    code, name = "STP019", "missing-sidecar"
    enabled_by = "config:stamp.sidecar"
    settings = Stamp
    uses = (SidecarFact, SidecarFileFact)
    examples = (
        Good("data/ports.json", _DATA, tree={_BESIDE: _SIDECAR}, settings=_COVERED),
        Good("other/ports.json", _DATA, settings=_COVERED),
        Bad("data/ports.json", _DATA, settings=_COVERED),
        Bad("data/ports.json", _DATA, tree={_BESIDE: "port: 80\n"}, settings=_COVERED),
    )

    def check(self, tree: Tree) -> Iterable[Finding]:
        """One finding at the file as a whole."""
        there = tree.facts(SidecarFact)
        for path in sorted(tree.facts(SidecarFileFact)):
            beside = sidecar_of(path)
            if beside in there:
                continue
            name = beside.rpartition("/")[2]
            said, advice = f"file has no sidecar {name!r}", "type `onex stamp`, which writes it"
            if tree.node(beside).kind:
                said = f"{name!r} is not a sidecar: it is more than one stamp, or none"
                advice = f"move it away, and {advice}"
            yield tree.finding(self, path, None, said, help=advice, anchor=self.name)
