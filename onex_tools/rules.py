"""The engine's own rules (family ONX): what can go wrong with a file, a waiver or a check."""

from __future__ import annotations

from onex_tools.model import Severity
from onex_tools.rule import Rule


class UnreadableFile(Rule):
    """A listed file cannot be read.

    Its permissions forbid it, or it went away while the run was under way. Nothing in it was
    checked, so a clean report says nothing about it. Make it readable, or exclude it.
    """

    code, name = "ONX001", "unreadable-file"


class FileOverLimit(Rule):
    """A file is larger than the checks will read.

    Nothing in it was checked. Raise `max-scan-bytes` (or `max-parse-bytes`, for checks that need
    a parse), or exclude the file if it is data.
    """

    code, name = "ONX002", "file-over-limit"
    severity = Severity.INFO


class UnparsableFile(Rule):
    """A file is not valid in the language its name promises.

    Checks that need the parse were left out for this file. Python is parsed by the interpreter
    that runs onex: newer syntax than it knows needs a newer interpreter. Templates and broken
    samples belong into `exclude`.
    """

    code, name = "ONX003", "unparsable-file"


class TooManyFindings(Rule):
    """One rule found more faults in one file than are kept.

    The rest were dropped. A file like that is data, or generated: exclude it, or waive the rule
    for it.
    """

    code, name = "ONX004", "too-many-findings"


class UnwrittenFile(Rule):
    """A file with fixes could not be written.

    It is as it was, and so are its findings; other files were mended. It was changed while the run
    was under way, has several names, is behind a link, or its folder is read-only: the message
    says which. Remove the cause and run again.
    """

    code, name = "ONX005", "unwritten-file"
    severity = Severity.ERROR


class DroppedFix(Rule):
    """A fix would have left its file worse, or without end.

    A fix that would leave a file worse keeps everything from being written to it; one without end,
    and two that undo each other, are left out, and the other fixes of the file are made. Report it
    to whoever ships the rule that is named, or leave that out with `--ignore` and its code.
    """

    code, name = "ONX006", "dropped-fix"


class MalformedIgnore(Rule):
    """An ignore comment cannot be understood.

    It waives nothing. The form is `onex: ignore[CODE, CODE] until=2027-01-31 -- reason`, in a
    comment on the line of the finding or above it; the end date is optional.
    """

    code, name = "ONX010", "malformed-ignore"


class UnknownIgnoreCode(Rule):
    """An ignore comment names a code that no rule has.

    It waives nothing. Correct the code (`onex rules` lists them), or remove it.
    """

    code, name = "ONX011", "unknown-ignore-code"


class ReasonlessIgnore(Rule):
    """An ignore comment gives no reason.

    It still works, but whoever reads it next cannot tell whether it may go. Write the reason
    after two dashes: `onex: ignore[CODE] -- reason`.
    """

    code, name = "ONX012", "reasonless-ignore"


class ExpiredIgnore(Rule):
    """A waiver's end date has passed.

    It waives nothing any more. Mend the finding, or agree on a new date.
    """

    code, name = "ONX013", "expired-ignore"


class UnusedIgnore(Rule):
    """A waiver waives nothing.

    The fault it was written for is gone. Remove it, so that it cannot hide a new one;
    `onex validate --fix` removes a comment.
    """

    code, name = "ONX014", "unused-ignore"


class LockedIgnore(Rule):
    """A waiver names a rule that the repository has locked.

    It waives nothing: `locked` in the root's configuration lists rules that may not be ignored or
    baselined. Mend the finding, or ask whoever owns that list.
    """

    code, name = "ONX015", "locked-ignore"
    severity = Severity.ERROR


class StaleBaseline(Rule):
    """The baseline holds findings that are gone.

    Left in, an entry would hide the fault if it came back. `onex baseline prune` removes them.
    """

    code, name = "ONX016", "stale-baseline"
    severity = Severity.INFO


class CrashedCheck(Rule):
    """A check failed with an exception.

    What it would have found is unknown, so the run counts as failed (exit code 2). Every other
    check went on. The message names the rule, the file and the exception: report it to whoever
    ships the rule.
    """

    code, name = "ONX090", "crashed-check"
    severity = Severity.ERROR


class TimedOutCheck(Rule):
    """A check took longer than its time limit.

    What it would have found is unknown, so the run counts as failed (exit code 2). Raise
    `timeout`, or exclude the file.
    """

    code, name = "ONX091", "timed-out-check"
    severity = Severity.ERROR


class MissingCheck(Rule):
    """A plugin or a rule that the configuration asks for cannot be used.

    Its checks did not run, so the run counts as failed (exit code 2): a check that is silently
    missing is worse than none.
    """

    code, name = "ONX092", "missing-check"
    severity = Severity.ERROR


ENGINE_RULES = (
    UnreadableFile,
    FileOverLimit,
    UnparsableFile,
    TooManyFindings,
    UnwrittenFile,
    DroppedFix,
    MalformedIgnore,
    UnknownIgnoreCode,
    ReasonlessIgnore,
    ExpiredIgnore,
    UnusedIgnore,
    LockedIgnore,
    StaleBaseline,
    CrashedCheck,
    TimedOutCheck,
    MissingCheck,
)
"""All of them, in the order of their codes."""
