"""A repository whose own rules have safe, unsafe, overlapping and broken fixes."""

from __future__ import annotations

import pytest

RULES = r'''
"""Rules whose fixes behave and misbehave."""

import os
import re

from onex_tools.api import Bad, Edit, Fix, Good, Related, TreeValidator, Validator


class _Pattern(Validator):
    """Finds ``pattern`` and writes ``becomes`` over its first group."""

    pattern, becomes, safe = b"", b"", True

    def check(self, file):
        for match in re.finditer(self.pattern, file.data, re.M):
            fix = Fix("mend", [Edit(*match.span(1), self.becomes)], self.safe)
            yield file.finding(self, match.span(1), "it is here", fix=fix)


class TrailingBlank(_Pattern):
    """A line ends with blanks."""

    code, name = "TST001", "trailing-blank"
    files = ("*.txt", "*.py")
    examples = (Good("a.txt", "a\n"), Bad("a.txt", "a \n", fixed="a\n"))
    pattern = rb"([ \t]+)(?=\r?$)"


class LoudWord(_Pattern):
    """A word is too loud."""

    code, name = "TST002", "loud-word"
    files = ("*.txt",)
    examples = (Good("a.txt", "a\n"), Bad("a.txt", "SHOUT\n"))
    pattern, becomes, safe = rb"(SHOUT)", b"say", False


class Nested(Validator):
    """Brackets around brackets: every pair is a finding, and all their fixes overlap."""

    code, name = "TST003", "nested-brackets"
    files = ("*.txt",)
    examples = (Good("a.txt", "()\n"), Bad("a.txt", "(())\n", fixed="()\n"))

    def check(self, file):
        for match in re.finditer(rb"(\(+)x(\)+)", file.data):
            for depth in range(1, min(len(match[1]), len(match[2]))):
                start, end = match.end(1) - depth - 1, match.start(2) + depth + 1
                edits = [Edit(start, start + 1, b""), Edit(end - 1, end, b"")]
                inner = Edit(start + 1, end - 1, file.data[start + 1 : end - 1])
                fix = Fix("unwrap", [edits[0], inner, edits[1]])
                yield file.finding(self, (start, end), "nested", fix=fix)


class Twice(Validator):
    """Reports one thing twice, with the same fix."""

    code, name = "TST004", "said-twice"
    files = ("*.txt",)
    examples = (Good("a.txt"), Bad("a.txt", "TWICE\n"))

    def check(self, file):
        for match in re.finditer(rb"TWICE", file.data):
            for message in ("one", "two"):
                fix = Fix("once", [Edit(*match.span(), b"once")])
                yield file.finding(self, match.span(), message, fix=fix)


class Header(Validator):
    """Wants two lines at the very top: both fixes insert at the same place."""

    code, name = "TST005", "missing-header"
    files = ("head*.txt",)
    examples = (Good("a.txt"), Bad("head.txt"))

    def check(self, file):
        for line in (b"first\n", b"second\n"):
            if line not in file.data:
                fix = Fix("insert", [Edit(0, 0, line)])
                yield file.finding(self, None, "no " + line.decode().strip(), fix=fix)


class Misfit(Validator):
    """Its edits do not fit the file."""

    code, name = "TST010", "misfit"
    files = ("misfit-*.txt",)
    examples = (Good("a.txt"), Bad("misfit-far.txt", "a\n"))
    shapes = {
        "far": [(0, 10**6)], "before": [(-1, 1)], "reversed": [(2, 1)], "crossed": [(0, 3), (2, 4)],
    }

    def check(self, file):
        shape = self.shapes[file.name[len("misfit-"):-len(".txt")]]
        edits = [Edit(start, end, b"") for start, end in shape]
        yield file.finding(self, 1, "it is here", fix=Fix("cut", edits))


class Destroyer(_Pattern):
    """Its fix leaves Python that does not parse."""

    code, name = "TST011", "destroyer"
    files = ("*.py",)
    examples = (Good("a.py"), Bad("a.py", "DESTROY = 1\n"))
    pattern, becomes = rb"(DESTROY)", b"if"


class Opener(_Pattern):
    """Its fix opens what nothing closes."""

    code, name = "TST018", "opener"
    files = ("*.yaml", "*.toml", "*.json")
    examples = (Good("a.toml"), Bad("a.toml", "a = [BREAK]\n"))
    pattern, becomes = rb"(BREAK)", b"[{"


class Breeder(_Pattern):
    """Its fix makes two of what it finds, for which it has no fix any more."""

    code, name = "TST012", "breeder"
    files = ("*.txt",)
    examples = (Good("a.txt"), Bad("a.txt", "BREED\n"))
    pattern, becomes = rb"(BREED)", b"CHILD CHILD"

    def check(self, file):
        yield from super().check(file)
        for match in re.finditer(rb"CHILD", file.data):
            yield file.finding(self, match.span(), "bred")


class Flip(_Pattern):
    """Undoes what TST014 does."""

    code, name = "TST013", "flip"
    files = ("*.txt",)
    examples = (Good("a.txt"), Bad("a.txt", "FLIP\n"))
    pattern, becomes = rb"(FLIP)", b"FLOP"


class Flop(_Pattern):
    """Undoes what TST013 does."""

    code, name = "TST014", "flop"
    files = ("*.txt",)
    examples = (Good("a.txt"), Bad("a.txt", "FLOP\n"))
    pattern, becomes = rb"(FLOP)", b"FLIP"


class Grow(_Pattern):
    """Its fix leaves as much to mend again, and more."""

    code, name = "TST019", "grow"
    files = ("*.txt",)
    examples = (Good("a.txt"), Bad("a.txt", "GROW\n"))
    pattern, becomes = rb"(GROW)", b"GROW GROW"


class Idle(_Pattern):
    """Its fix changes nothing."""

    code, name = "TST015", "idle"
    files = ("*.txt",)
    examples = (Good("a.txt"), Bad("a.txt", "IDLE\n"))
    pattern, becomes = rb"(IDLE)", b"IDLE"


class Touchy(_Pattern):
    """It crashes on what another rule's fix leaves."""

    code, name = "TST016", "touchy"
    files = ("touchy.txt",)
    examples = (Good("a.txt"), Bad("touchy.txt", "TOUCH\n"))
    pattern, becomes = rb"(TOUCH)", b"touched"

    def check(self, file):
        if b"touched" in file.data:
            raise ValueError("touched")
        return super().check(file)


class Meddler(_Pattern):
    """While its fix is verified, somebody else saves the file."""

    code, name = "TST017", "meddler"
    files = ("meddled.txt",)
    examples = (Good("a.txt"), Bad("meddled.txt", "MEDDLE\n"))
    pattern, becomes = rb"(MEDDLE)", b"mended"

    def check(self, file):
        if b"mended" in file.data:
            with open(file.path, "ab") as stream:
                stream.write(b"an edit by hand\n")
        return super().check(file)


class Password(Validator):
    """A password stands in a file."""

    code, name = "TST020", "password"
    files = ("*.txt",)
    sensitive = True
    examples = (Good("a.txt"), Bad("a.txt", "password=x\n"))

    def check(self, file):
        for match in re.finditer(rb"password=([^$\r\n]+)", file.data):
            fix = Fix("ask the environment", [Edit(*match.span(1), b"${PASSWORD}")], safe=False)
            yield file.finding(self, match.span(1), "a password", fix=fix)


class Key(_Pattern):
    """The name of a secret is wrong; its fix hides the secret from TST020."""

    code, name = "TST021", "wrong-key"
    files = ("*.txt",)
    examples = (Good("a.txt"), Bad("a.txt", "password=x#\n"))
    pattern, becomes = rb"(password=.)(?=.*#$)", b"pw="


class Mirror(Validator):
    """Its fix writes a secret in another spelling, which TST020 does not find."""

    code, name = "TST022", "unmirrored"
    files = ("*.txt",)
    examples = (Good("a.txt"), Bad("a.txt", "password=x!\n"))

    def check(self, file):
        for match in re.finditer(rb"password=(.*)!$", file.data, re.M):
            fix = Fix("mirror", [Edit(*match.span(), b"pw=" + match[1][::-1])])
            yield file.finding(self, match.span(), "not mirrored", fix=fix)


class WrongEnding(_Pattern):
    """A line that says CRLF ends with it."""

    code, name = "TST023", "wrong-ending"
    files = ("*.txt",)
    examples = (Good("a.txt"), Bad("a.txt", "CRLF\r\n"))
    pattern = rb"CRLF(\r)$"


class Misspelled(_Pattern):
    """A word for TST020 is misspelled."""

    code, name = "TST024", "misspelled"
    files = ("*.txt",)
    examples = (Good("a.txt"), Bad("a.txt", "passwrod=x\n"))
    pattern, becomes = rb"(passwrod)(?==)", b"password"


class Vault(TreeValidator):
    """What stands in the vault stands in another file too."""

    code, name = "TST031", "copied-from-vault"
    sensitive = True
    examples = (Good("a.txt"), Bad("vault.txt", at=(1,)))

    def check(self, tree):
        vault = tree.read("vault.txt")
        for path in tree.paths("copy*.txt") if vault else ():
            file = tree.read(path)
            at = file.data.find(vault.data.strip())
            here = file.location((at, at + len(vault.data.strip())))
            there = vault.location((0, len(vault.data.strip())))
            if at >= 0:
                related = [Related(there, "it comes from here")]
                yield tree.finding(self, path, here, "copied", related=related)


class MissingReadme(TreeValidator):
    """There is no README."""

    code, name = "TST030", "missing-readme"
    examples = (Good("README.md"), Bad("a.txt", at=(1,)))

    def check(self, tree):
        if not tree.paths("README.md"):
            for path in tree.paths("*.txt"):
                yield tree.finding(self, path, None, "no README")
'''


@pytest.fixture
def fixes(repo):
    """A repository with the rules above, and ``fix``, which runs them and mends."""
    repo.write("tools/rules.py", RULES)
    repo.write(
        "onex.toml", 'local-rules = ["tools/rules.py"]\nselect = ["TST"]\nexclude=["tools"]\n'
    )

    def fix(*arguments, **more):
        return repo.onex("validate", "--allow-local-plugins", *arguments, **more)

    repo.fix = fix
    repo.read = lambda path: (repo.root / path).read_bytes()
    return repo
