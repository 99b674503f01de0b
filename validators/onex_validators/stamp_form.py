"""Stamps whose form is wrong: legacy, stacked, unclosed, malformed, misplaced, in conflict."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

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
    BOM,
    LEGACY,
    RIGHT,
    UNCLOSED,
    V1,
    Block,
    Fault,
    Stamp,
    Verdict,
    by_hand,
    closing_line,
    layout_words,
    mending,
    reading,
    verdicts,
)

KINDS = ("with-comments",)
FILES = ("*.onexignore",)
MARKERS = ("OmniNode:",)
SHOWN = 4
"""How many further places one finding names."""

ADVICE = {
    "ambiguous-value": "nothing to do for onex, which takes it as it stands; where another tool "
    "reads the stamp as YAML, put the value in quotes",
    "comment-left-open": "end the comment in this line, with `-->` or `*/`",
    "duplicate-field": "only the first one counts: delete one of them",
    "malformed-comment": "`--` may end the comment too early: take it out",
    "malformed-line": "write it as `key: value`, or delete it",
    "malformed-marker": "write `=== OmniNode:Metadata ===` in the first line of the stamp and "
    "`=== /OmniNode:Metadata ===` in the last; delete a line that is neither",
    "malformed-uuid": "write a new UUID; `uuidgen` prints one",
    "missing-field": "add it",
    "opener-as-closer": "write `/OmniNode:` in place of `OmniNode:` in this line",
    "other-kind": "write the same word in both lines",
    "stray-closer": "delete it, or write the opening line above the stamp's fields",
    "too-many-blocks": "delete all stamps but the lowest one",
    "visible-close": "begin this line with the comment sign that the opening line begins with",
}
"""What to do about each kind of fault in a stamp's form."""

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
# uuid: 6d2a7e1c-4b1f-5f0e-9a53-0c8a3a2b7d11
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

    It is read, and its SHA-256 hash is checked by the rule of its day, but only the hash of the
    canonical form can be proven with other tools and outlives a formatter. `onex stamp --migrate`
    rewrites it and keeps the file's UUID, as does the fix, which has to be asked for. One finding
    a file says how the stamp is written and, where no other finding speaks of its hash, that the
    hash is valid.
    """

    code, name = "STP004", "legacy-form"
    severity = Severity.INFO
    settings = Stamp
    kinds, files, contains = KINDS, FILES, MARKERS
    examples = (
        Good("loader.py", _STAMPED),
        Bad(
            "loader.py",
            _OLD,
            fixed=_STAMPED,
            settings={"profile": "minimal"},
            why="the hash is valid, the form is an old one",
        ),
    )

    def check(self, file: SourceFile) -> Iterable[Finding]:
        """One finding at the topmost legacy stamp."""
        found = [v for v in file.shared(verdicts) if v.block.form == LEGACY]
        if found:
            yield file.finding(
                self,
                found[0].block.opening,
                _legacy_message(found),
                help="`onex stamp --migrate` rewrites it in today's form and keeps its `uuid`",
                fix=mending(file, self.options, migrate=True),
                anchor=self.name,
            )


def _legacy_message(found: list[Verdict]) -> str:
    block = found[0].block
    words = layout_words(block.layout)
    if block.kind != "Metadata":
        words = f"`{block.kind}`, {words}"
    number = len(found)
    message = f"{number} legacy stamps ({words})" if number > 1 else f"legacy stamp ({words})"
    # A wrong hash, or none, is told by another rule.
    if any(verdict.state != RIGHT for verdict in found):
        return message
    which = f"all {number} SHA-256 hashes are" if number > 1 else "its SHA-256 hash is"
    return f"{message}; {which} valid"


class StackedBlocks(Validator):
    """File carries more than one stamp.

    A tool that did not recognise an earlier stamp put its own above it. The lowest is the oldest
    and has the UUID that the file got first. `onex stamp` makes one of them, which has the UUID
    and the time of the oldest and the other values of the newest; where old forms are among them,
    it does so with `--migrate`.
    """

    code, name = "STP005", "stacked-blocks"
    settings = Stamp
    kinds, files, contains = KINDS, FILES, MARKERS
    examples = (
        Good("loader.py", _STAMPED),
        Bad(
            "loader.py",
            _OLD.replace("x = 1\n", _STAMPED),
            at=(1,),
            fixed=_STAMPED,
            settings={"profile": "minimal"},
        ),
    )

    def check(self, file: SourceFile) -> Iterable[Finding]:
        """One finding at the topmost stamp; the others are related places."""
        read = file.shared(reading)
        if len(read.blocks) < 2 or read.conflicted:
            return
        others = [
            Related(file.location(block.opening), "another stamp")
            for block in read.blocks[1 : SHOWN + 1]
        ]
        yield file.finding(
            self,
            read.blocks[0].opening,
            f"{len(read.blocks)} stacked stamps: a file should have one",
            help=_way_to_one(read.blocks),
            fix=mending(file, self.options, migrate=any(b.form == LEGACY for b in read.blocks)),
            related=others,
            anchor=self.name,
        )


def _way_to_one(blocks: Sequence[Block]) -> str:
    """How a stack becomes one stamp that has the file's first UUID."""
    if any(block.closed == UNCLOSED for block in blocks):
        return "first close or delete the stamp that has no closing line (STP008)"
    command = "onex stamp" if all(block.form == V1 for block in blocks) else "onex stamp --migrate"
    return f"`{command}` makes one of them and keeps the `uuid` of the lowest, the oldest"


class UnclosedBlock(Validator):
    """Stamp is never closed.

    Where it ends cannot be known, so no tool may write to the file: it could take code for
    metadata. Close the stamp below its last field, or delete the opening line.
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
                advice = f"write `{closing_line(file.data, block)}` below its last field"
                if not block.fields:
                    advice = "delete this line: there are no fields below it"
                yield file.finding(self, block.opening, "stamp has no closing line", help=advice)


class MalformedBlock(Validator):
    """Stamp has lines that cannot be read as they were meant.

    A misspelt first or last line, a line that is not a field, a closing line outside its comment,
    a field that stands twice: the stamp is not what its writer meant. Where that leaves no doubt,
    `onex stamp` writes a canonical stamp anew, as does the fix; else mend the line by hand. A value
    that only YAML would misread is told as information.
    """

    code, name = "STP010", "malformed-block"
    settings = Stamp
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
        advice = ADVICE[first.kind]
        return file.finding(
            self,
            first.span,
            f"{first.message}{more}",
            help=advice if harmless else by_hand(advice, file, self.options),
            fix=mending(file, self.options),
            related=[Related(file.location(f.span), f.message) for f in others[:SHOWN]],
            severity=Severity.INFO if harmless else None,
        )


def _within(fault: Fault, span: Span) -> bool:
    return span.start <= fault.span.start < span.end


class MisplacedBlock(Validator):
    """Stamp stands above what has to lead the file.

    A shebang works on the first line only, an encoding declaration on the first two, front matter
    and a Dockerfile's parser directives at the very top. `onex stamp` moves the stamp below them,
    as does the fix; an old stamp is moved when it is rewritten, by `onex stamp --migrate`.
    """

    code, name = "STP011", "misplaced-block"
    settings = Stamp
    kinds, files, contains = KINDS, FILES, MARKERS
    examples = (
        Good("run.py", _SCRIPT),
        Bad(
            "run.py",
            _STAMPED.replace("x = 1\n", "#!/usr/bin/env python3\nx = 1\n"),
            fixed=_SCRIPT,
            why="the kernel no longer finds the interpreter",
        ),
        Bad(
            "Dockerfile",
            _STAMPED.replace("x = 1", "# syntax=docker/dockerfile:1\nFROM scratch"),
            why="BuildKit looks for it above all other comments only",
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
        """One finding for each part of the file's head that was pushed down."""
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
                f"stamp pushes the {part.name} down to line {where.line}",
                help=by_hand(_way_out(part.name), file, self.options),
                fix=mending(file, self.options),
                related=(Related(where, f"this {part.name} has to stand above it"),),
                severity=Severity.INFO if harmless else None,
                anchor=part.name,
            )


def _way_out(name: str) -> str:
    """What to do about the part called ``name``: nobody sees a byte order mark in an editor."""
    if name == BOM.name:
        return f"save the file without the {name} inside it"
    return f"move the stamp below the {name}"


class ConflictMarkersInBlock(Validator):
    """Stamp holds merge conflict markers.

    Nothing else is said about the file's stamp until the conflict is resolved. Keep one side of
    the stamp, then `onex stamp` writes the right hash. With the merge driver (`onex init
    --merge-driver`) two branches never conflict in a stamp.
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
                help="keep one side of the stamp and delete the markers; then `onex stamp` writes "
                "the right hash",
                related=[Related(file.location(f.span), f.message) for f in marks[1 : SHOWN + 1]],
            )
