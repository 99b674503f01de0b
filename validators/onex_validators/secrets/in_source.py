"""Passwords and other secrets in source and in texts, told by the names before them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from onex_tools.api import Bad, Finding, Good, Severity, SourceFile, Validator
from onex_validators.secrets.command import SIGNS
from onex_validators.secrets.made_up import drawn
from onex_validators.secrets.named import in_place
from onex_validators.secrets.named_secret import NamedSecret, finding
from onex_validators.secrets.places import is_test

_HELP = "read it from the environment or from a file that the platform mounts"


class _Examples:
    def __get__(self, _: object, owner: type[Validator]) -> tuple[Good | Bad, ...]:
        word = drawn("source", 14)
        return (
            Bad("connect.py", f'connect(host, password="{word}")\n'),
            Bad("connect.js", f'const dbPassword = "{word}";\n'),
            Bad("get.sh", f"curl -u app:{word} https://shop.internal\n"),
            Good("connect.py", 'connect(host, password=os.environ["DB_PASSWORD"])\n'),
            Good("form.js", 'const fields = {password: "Your password", pwd: "#pwd-field"};\n'),
        )


class _TokenExamples:
    def __get__(self, _: object, owner: type[Validator]) -> tuple[Good | Bad, ...]:
        text = drawn("in source", 32)
        return (
            Bad("client.py", f'API_KEY = "{text}"\n'),
            Bad("client.go", f'apiKey := "{text}"\n'),
            Good("client.py", 'API_KEY = os.environ["API_KEY"]\n'),
            Good("client.go", 'tokenURL := "https://id.internal/oauth/token"\n'),
        )


class _TextExamples:
    def __get__(self, _: object, owner: type[Validator]) -> tuple[Good | Bad, ...]:
        word = f"Aa1{drawn('text', 10)}"
        return (
            Bad("notes.txt", f"Log in at shop.internal, password: {word}\n"),
            Bad("run.py", f"# password: {word}\nrun()\n"),
            Good("notes.txt", "Log in at shop.internal, password: ask the owner\n"),
        )


class PasswordInSource(NamedSecret):
    """A password stands in source.

    It is assigned, compared, handed over, or given on a command line. Whoever has the code has the
    password, and it cannot be changed without a release. Change it, and read it at run time.

    Values in tests are passed over, and so are words, which are names and texts for people.
    """

    code, name = "SEC020", "password-in-source"
    severity = Severity.ERROR
    contains = SIGNS
    examples: ClassVar[Any] = _Examples()

    def check(self, file: SourceFile) -> Iterable[Finding]:
        """Yield every password in source."""
        for said in in_place(file, "source", password=True):
            if not is_test(file.path):
                yield finding(self, file, said, _HELP)


class SecretInSource(NamedSecret):
    """A token, a key or another secret stands in source.

    The name says that it is one, and the value looks drawn by a machine. Revoke it where it was
    issued, make a new one, and read that at run time. In tests only long drawn values count.
    """

    code, name = "SEC021", "secret-in-source"
    severity = Severity.ERROR
    examples: ClassVar[Any] = _TokenExamples()

    def check(self, file: SourceFile) -> Iterable[Finding]:
        """Yield every other secret in source."""
        for said in in_place(file, "source", password=False):
            if not is_test(file.path):
                yield finding(self, file, said, _HELP)


class SecretInText(NamedSecret):
    """A password or a token stands in a text or a comment.

    Notes, logs and comments are searched as well as code. Only a value that no word is counts: one
    with digits and letters of both cases, or as a machine draws it.
    """

    code, name = "SEC022", "secret-in-text"
    severity = Severity.WARNING
    examples: ClassVar[Any] = _TextExamples()

    def check(self, file: SourceFile) -> Iterable[Finding]:
        """Yield every secret in a text."""
        for password in (True, False):
            for said in in_place(file, "text", password=password):
                if not is_test(file.path):
                    yield finding(self, file, said, "take it out, and change it")
