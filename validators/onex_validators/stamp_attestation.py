"""Files that are not what an attestation says: changed, gone, or not in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from onex_tools.api import (
    Bad,
    Extractor,
    Finding,
    Good,
    Severity,
    SourceFile,
    Tree,
    TreeValidator,
)
from onex_tools.stamp import Stamp, body_hash
from onex_tools.stamp.attestation import Attestation, Subject, parse_attestation
from onex_tools.stamp.attested import Unsettled, is_named, named_hash, stamped_hash
from onex_tools.stamp.coverage import is_locked
from onex_tools.stamp.hashing import hash_of_chunks
from onex_tools.stamp.lock import path_bytes

EVIDENCE = "given:attestation"
AGAIN = "if it is meant, let CI attest the tree anew (`onex attest`)"

_BLAKE3 = "3ceae248eacaf486357192011806a5bf7ebc58462f64e88fa1ddffd9be3cda4b"
_DETACHED = """\
# === OmniNode:Metadata ===
# name: loader.py
# uuid: 6d2a7e1c-4b1f-5f0e-9a53-0c8a3a2b7d11
# === /OmniNode:Metadata ===

x = 1
"""
_STATEMENT = f"""\
{{
  "_type": "https://in-toto.io/Statement/v1",
  "subject": [
    {{"name": "loader.py", "digest": {{"onexBodyB3V1": "{_BLAKE3}"}}}}
  ],
  "predicateType": "https://onex.invalid/attestation/stamp/v1",
  "predicate": {{"format": "1", "paths": []}}
}}
"""
_GIVEN = {"attestation": _STATEMENT}


class AttestedStampFact(Extractor):
    """The hash of a stamped file's body, or why there is none: ``[reason, line]``."""

    name = "attested-stamp"
    kinds, files, contains = ("with-comments",), ("*.onexignore",), ("OmniNode:",)

    def extract(self, file: SourceFile) -> Any:
        """The hash as text."""
        found = stamped_hash(file)
        return list(found) if isinstance(found, Unsettled) else found


class AttestedFileFact(Extractor):
    """The hash of a file that an attestation covers since the settings name it."""

    name = "attested-file"
    settings = Stamp
    files_from = ("lock", "sidecar")

    def extract(self, file: SourceFile) -> Any:
        """The hash as text."""
        return named_hash(file) if is_named(file.path, self.options) else None

    def extract_pieces(self, path: str, kind: str, pieces: Iterator[bytes]) -> Any:  # noqa: ARG002
        """The hash of a file that is too large to be read whole."""
        return hash_of_chunks(pieces) if is_named(path, self.options) else None


@lru_cache(maxsize=1)
def _parsed(data: bytes) -> tuple[Attestation, Mapping[str, Subject]]:
    """The attestation, read once for all rules, and its subjects by path."""
    attestation = parse_attestation(data)
    return attestation, {subject.path: subject for subject in attestation.subjects}


def _covered(tree: Tree) -> dict[str, Any]:
    """What is known of every file that an attestation of this tree would list."""
    return {**tree.facts(AttestedFileFact), **tree.facts(AttestedStampFact)}


class ChangedAttestedFile(TreeValidator):
    """File is not what the attestation says.

    The body of the file (all of it but its stamp) is another than the one that was attested with
    `onex attest`: the file was edited since, here or on its way. What stands in the stamp itself
    does not count, nor do line endings of text. If the edit is meant, attest anew; if it is not,
    restore the file.
    """

    code, name = "STP020", "changed-attested-file"
    severity = Severity.ERROR
    enabled_by = EVIDENCE
    uses = (AttestedStampFact, AttestedFileFact)
    examples = (
        Good("loader.py", _DETACHED, given=_GIVEN),
        Good("loader.py", _DETACHED.replace("loader.py", "it"), given=_GIVEN, why="same body"),
        Bad("loader.py", _DETACHED.replace("x = 1", "x = 2"), given=_GIVEN),
        Bad(
            "loader.py",
            _DETACHED.replace("# === /OmniNode:Metadata ===\n", ""),
            given=_GIVEN,
            why="the stamp has no end, so nobody can tell what is the body",
        ),
    )

    def check(self, tree: Tree) -> Iterable[Finding]:
        """One finding at each file."""
        data = tree.given("attestation")
        if data is None:
            return
        known, links, paths = _covered(tree), set(tree.links()), set(tree.paths())
        for subject in _parsed(data)[0].subjects:
            path = subject.path
            if path in links:
                said = _difference_of_link(tree, subject)
            elif path in paths:
                said = _difference(tree, subject, known.get(path))
            else:
                continue  # it is gone, which another rule says
            if said:
                help_ = f"{AGAIN}; if not, restore the file"
                yield tree.finding(self, path, None, said, help=help_, anchor=self.name)


def _difference(tree: Tree, subject: Subject, fact: Any) -> str:
    """What is not as the attestation says, in a sentence; ``fact`` is that of the file."""
    if subject.link:
        return "it is a file, and a symbolic link in the attestation"
    if isinstance(fact, list):
        return f"body cannot be told: {fact[0]} (line {fact[1]})"
    if fact is None:  # it has no stamp any more: all of it is body
        file = tree.read(subject.path)
        if file is None:
            return "content cannot be read, and the attestation lists it"
        fact = body_hash(file.data)
    return "" if fact == subject.hash else "content is not what the attestation says"


def _difference_of_link(tree: Tree, subject: Subject) -> str:
    if not subject.link:
        return "it is a symbolic link, and a file in the attestation"
    same = body_hash(path_bytes(tree.node(subject.path).link)) == subject.hash
    return "" if same else "link points to another place than the attestation says"


class MissingAttestedFile(TreeValidator):
    """File that the attestation lists is gone.

    It was deleted or renamed after it was attested with `onex attest`, is ignored by git, or the
    configuration excludes it: the tree is not the one that was attested. If that is meant, attest
    anew; if it is not, restore the file.
    """

    code, name = "STP021", "missing-attested-file"
    severity = Severity.ERROR
    enabled_by = EVIDENCE
    examples = (
        Good("loader.py", _DETACHED, given=_GIVEN),
        Bad("reader.py", _DETACHED, at=(("loader.py", 1),), given=_GIVEN),
    )

    def check(self, tree: Tree) -> Iterable[Finding]:
        """One finding at the path of each file."""
        data = tree.given("attestation")
        if data is None:
            return
        there = {*tree.paths(), *tree.links()}
        for subject in _parsed(data)[0].subjects:
            if subject.path not in there:
                said = "the attestation lists this file, and it is gone"
                help_ = f"{AGAIN}; if not, restore the file"
                yield tree.finding(self, subject.path, None, said, help=help_, anchor=self.name)


class UnattestedFile(TreeValidator):
    """File is not in the attestation.

    It carries a stamp, or `lock` or `sidecar` in `[stamp]` names it, but it was not there when the
    tree was attested with `onex attest`: nothing vouches for its content. Attest anew. Of an
    attestation that was made for some paths only, nothing is expected about the others.
    """

    code, name = "STP022", "unattested-file"
    enabled_by = EVIDENCE
    settings = Stamp
    uses = (AttestedStampFact, AttestedFileFact)
    examples = (
        Good("loader.py", _DETACHED, given=_GIVEN),
        Good("reader.py", "x = 1\n", given=_GIVEN, why="it carries no stamp"),
        Good(
            "reader.py",
            _DETACHED,
            given={"attestation": _STATEMENT.replace("[]", '["loader.py"]')},
            why="the attestation is about one other file",
        ),
        Bad("reader.py", _DETACHED, given=_GIVEN),
        Bad("a.json", "[]\n", given=_GIVEN, settings={"lock": ("*.json",)}),
    )

    def check(self, tree: Tree) -> Iterable[Finding]:
        """One finding at each file."""
        data = tree.given("attestation")
        if data is None:
            return
        attestation, listed = _parsed(data)
        links = [path for path in tree.links() if is_locked(path, self.options)]
        for path in sorted({*_covered(tree), *links}):
            if path not in listed and attestation.covers(path):
                said = "file is not in the attestation"
                yield tree.finding(self, path, None, said, help=AGAIN, anchor=self.name)
