"""Stamps whose form is wrong: legacy, stacked, unclosed, malformed, misplaced, in conflict."""

from __future__ import annotations

from collections.abc import Iterable

from onex_tools.api import (
    Bad,
    Finding,
    Good,
    Related,
    Severity,
    SourceFile,
    Span,
    Validator,
)
from onex_tools.stamp import (
    FILE_TYPES,
    LAYOUTS,
    LEGACY,
    MISSING,
    PLACEHOLDER,
    RIGHT,
    UNCLOSED,
    Fault,
    Verdict,
    reading,
    verdicts,
)

KINDS = tuple(FILE_TYPES)
FILES = ("*.onexignore",)
MARKERS = ("OmniNode:",)
SHOWN = 4
"""How many further places one finding names."""

_STAMPED = """\
# === OmniNode:Metadata ===
# name: loader.py
# uuid: 6d2a7e1c-4b1f-5f0e-9a53-0c8a3a2b7d11
# hash: b3-v1:3ceae248eacaf486357192011806a5bf7ebc58462f64e88fa1ddffd9be3cda4b
# === /OmniNode:Metadata ===

x = 1
"""
_SCRIPT = """\
#!/usr/bin/env python3
# === OmniNode:Metadata ===
# name: run.py
# uuid: 0d5f3a10-9c1e-5b7a-8e42-7f1b2c3d4e5f
# hash: b3-v1:64f41e69c86adc4bade03442e1e1a07987566ce0ffec0bd8671e7ea19aa2a177
# === /OmniNode:Metadata ===

x = 1
"""
_OLD = """\
# === OmniNode:Metadata ===
# metadata_version: 0.1.0
# name: loader.py
# uuid: 6d2a7e1c-4b1f-5f0e-9a53-0c8a3a2b7d11
# last_modified_at: 2025-05-21T09:00:00
# hash: 6dc610ffd597c960059b2af17795c7a6aded6bb18f39c5f3b0fbcd506cd3c8ce
# === /OmniNode:Metadata ===


x = 1
"""


class LegacyForm(Validator):
    """Stamp is in a form that older tools wrote.

    It is read, and its SHA-256 hash is verified by the rule of its day, but only the canonical
    form has a hash that a foreign tool can prove and that survives a formatter. One finding a
    file says how the block is written and whether its hash is still valid.
    """

    code, name = "STP004", "legacy-form"
    severity = Severity.INFO
    kinds, files, contains = KINDS, FILES, MARKERS
    examples = (
        Good("loader.py", _STAMPED),
        Bad("loader.py", _OLD, why="the hash is valid, the form is an old one"),
    )

    def check(self, file: SourceFile) -> Iterable[Finding]:
        """One finding at the topmost legacy block."""
        found = [v for v in file.shared(verdicts) if v.block.form == LEGACY]
        if found:
            yield file.finding(
                self, found[0].block.opening, _legacy_message(found), anchor=self.name
            )


def _legacy_message(found: list[Verdict]) -> str:
    words = LAYOUTS[found[0].block.layout]
    kind = found[0].block.kind
    if kind != "Metadata":
        words = f"{kind}, {words}"
    hashed = [v for v in found if v.state not in (MISSING, PLACEHOLDER)]
    valid = sum(v.state == RIGHT for v in hashed)
    if len(found) == 1:
        state = {MISSING: "it has no hash", PLACEHOLDER: "its hash is a placeholder"}.get(
            found[0].state, f"its SHA-256 hash is {'valid' if valid else 'not valid'}"
        )
        return f"legacy stamp ({words}); {state}"
    if not hashed:
        state = "none has a hash"
    elif valid == len(hashed) == len(found):
        state = f"all {valid} legacy hashes valid"
    else:
        state = f"{valid} of {len(hashed)} legacy hashes valid"
    return f"{len(found)} stacked legacy blocks ({words}), {state}"


class StackedBlocks(Validator):
    """File carries more than one stamp.

    A tool that did not recognise an earlier stamp put its own above it. Only one block can be
    right: the oldest has the file's identity, the newest the values that people meant last.
    """

    code, name = "STP005", "stacked-blocks"
    kinds, files, contains = KINDS, FILES, MARKERS
    examples = (
        Good("loader.py", _STAMPED),
        Bad("loader.py", _OLD.replace("x = 1\n", _STAMPED), at=(1,)),
    )

    def check(self, file: SourceFile) -> Iterable[Finding]:
        """One finding at the topmost block; the others are related places."""
        read = file.shared(reading)
        if len(read.blocks) < 2 or read.conflicted:
            return
        others = [
            Related(file.location(block.opening), "another block")
            for block in read.blocks[1 : SHOWN + 1]
        ]
        yield file.finding(
            self,
            read.blocks[0].opening,
            f"{len(read.blocks)} stacked blocks",
            related=others,
            anchor=self.name,
        )


class UnclosedBlock(Validator):
    """Stamp is never closed.

    Where the block ends cannot be known, so no tool may write to the file: it could take code for
    metadata. Close the block after its last field, or remove the opening line.
    """

    code, name = "STP008", "unclosed-block"
    severity = Severity.ERROR
    kinds, files, contains = KINDS, FILES, MARKERS
    examples = (
        Good("loader.py", _STAMPED),
        Bad(
            "moved.py",
            "# === OmniNode:Metadata ===\n# name: moved.py\nfrom elsewhere import thing\n",
        ),
    )

    def check(self, file: SourceFile) -> Iterable[Finding]:
        """One finding at each opening line."""
        read = file.shared(reading)
        for block in () if read.conflicted else read.blocks:
            if block.closed == UNCLOSED:
                yield file.finding(
                    self,
                    block.opening,
                    "block is never closed",
                    help=f"write `=== /OmniNode:{block.kind} ===` below its last field, "
                    "in the same comment, or remove this line",
                )


class MalformedBlock(Validator):
    """Stamp has lines that cannot be read as they were meant.

    A damaged marker, a line that is not a field, a closing line outside its comment, a field that
    stands twice: the block is not what its writer meant. A value that only a YAML loader would
    misread is told as information.
    """

    code, name = "STP010", "malformed-block"
    kinds, files, contains = KINDS, FILES, MARKERS
    examples = (
        Good("loader.py", _STAMPED),
        Bad(
            "notes.md",
            "<!-- === OmniNode:Metadata ===\n"
            "<!-- metadata_version: 0.1.0 -->\n"
            "<!-- name: notes.md -->\n"
            "=== /OmniNode:Metadata === -->\n"
            "\n# Notes\n",
            at=(4,),
            why="each line closes its own comment, so readers see the last one",
        ),
        Bad(
            "loader.py",
            _STAMPED.replace("# uuid", "# uuid: 0b7c1f9e-1111-5222-8333-944455556666\n# uuid"),
            at=(4,),
        ),
        Bad("loader.py", "# === OmniNode:Metdata ===\n# name: loader.py\n\nx = 1\n"),
    )

    def check(self, file: SourceFile) -> Iterable[Finding]:
        """One finding a file, at its first fault; the others are related places."""
        read = file.shared(reading)
        if not read.faults or read.conflicted:
            return
        # What stands in an unclosed block is no fault of its own: it was never meant as a field.
        lost = [block.span for block in read.blocks if block.closed == UNCLOSED]
        faults = [
            fault
            for fault in read.faults
            if fault.kind != "unclosed" and not any(_within(fault, span) for span in lost)
        ]
        if faults:
            yield self._finding(file, faults)

    def _finding(self, file: SourceFile, faults: list[Fault]) -> Finding:
        harmless = all(fault.kind == "ambiguous-value" for fault in faults)
        faults.sort(key=lambda fault: (fault.kind == "ambiguous-value", fault.span))
        first, *others = faults
        more = f", and {len(others)} more" if others else ""
        return file.finding(
            self,
            first.span,
            f"{first.message}{more}",
            related=[Related(file.location(f.span), f.message) for f in others[:SHOWN]],
            severity=Severity.INFO if harmless else None,
        )


def _within(fault: Fault, span: Span) -> bool:
    return span.start <= fault.span.start < span.end


class MisplacedBlock(Validator):
    """Stamp stands above what has to lead the file.

    A shebang works on the first line only, an encoding declaration on the first two, front matter
    at the very top. The stamp goes below them.
    """

    code, name = "STP011", "misplaced-block"
    kinds, files, contains = KINDS, FILES, MARKERS
    examples = (
        Good("run.py", _SCRIPT),
        Bad(
            "run.py",
            _STAMPED.replace("x = 1\n", "#!/usr/bin/env python3\nx = 1\n"),
            why="the kernel no longer finds the interpreter",
        ),
        Bad(
            "page.md",
            "<!-- === OmniNode:Metadata ===\n"
            "name: page.md\n"
            "=== /OmniNode:Metadata === -->\n"
            "\n---\ntitle: A page\n---\n\n# A page\n",
        ),
    )

    def check(self, file: SourceFile) -> Iterable[Finding]:
        """One finding for each part of the prologue that was pushed down."""
        read = file.shared(reading)
        for part in () if read.conflicted else read.displaced:
            where = file.location(part.span)
            text = file.data[part.span.start : part.span.end].lower()
            # Python reads UTF-8 with or without a declaration.
            harmless = part.name == "encoding declaration" and b"utf-8" in text
            block = next(b for b in reversed(read.blocks) if b.span.start < part.span.start)
            yield file.finding(
                self,
                block.opening,
                f"the block pushes the {part.name} down to line {where.line}",
                help=f"move the block below the {part.name}",
                related=(Related(where, f"this {part.name} leads the file no longer"),),
                severity=Severity.INFO if harmless else None,
                anchor=part.name,
            )


class ConflictMarkersInBlock(Validator):
    """Stamp holds merge conflict markers.

    The file is taken as it is: nothing else is said about its stamp until the conflict is
    resolved. Keep one side's block, then stamp the file again.
    """

    code, name = "STP012", "conflict-markers-in-block"
    severity = Severity.ERROR
    kinds, files, contains = KINDS, FILES, MARKERS
    examples = (
        Good("loader.py", _STAMPED),
        Bad(
            "loader.py",
            "# === OmniNode:Metadata ===\n"
            "# name: loader.py\n"
            "<<<<<<< HEAD\n"
            "# hash: b3-v1:1\n"
            "=======\n"
            "# hash: b3-v1:2\n"
            ">>>>>>> topic\n"
            "# === /OmniNode:Metadata ===\n",
            at=(3,),
        ),
    )

    def check(self, file: SourceFile) -> Iterable[Finding]:
        """One finding at the first marker; the others are related places."""
        marks = [f for f in file.shared(reading).faults if f.kind == "conflict-marker"]
        if marks:
            yield file.finding(
                self,
                marks[0].span,
                "merge conflict in the stamp",
                related=[Related(file.location(f.span), f.message) for f in marks[1 : SHOWN + 1]],
            )
