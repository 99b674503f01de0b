"""No secret is printed or kept: canaries in every form, and a look at all that any command writes.

A canary is text that a machine drew, planted where a rule finds it. After each command its output
and every file that was not planted are searched for any eight characters of a canary in a row (more
of digits and of base 16, which stand in digests by chance), also in base64, in hexadecimal digits,
percent-encoded, escaped and read backwards, and for its unkeyed digests.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import pytest
from blake3 import blake3

from onex_tools.api import rules_in
from onex_tools.report import FORMATS
from onex_validators.secrets.alphabet import BASE64, HEX
from onex_validators.secrets.provider import ProviderToken
from tests.conftest import ALL_FILES, Repository, Run
from tests.secrets.values import BASE64_URL, drawn

PROVIDERS = [
    rule for rule in rules_in("onex_validators.secrets") if issubclass(rule, ProviderToken)
]
EVERYTHING = ("--select", "ALL", "--preview", "--show-all")
GRAMS = (8, 12, 16)
FILES = [f"--output-file={name}=../report.{name}" for name in FORMATS]


class Canary(NamedTuple):
    """A secret and the file that it is planted in.

    ``alike`` is another secret of its form: what both have is published. ``shown`` characters of it
    are at its beginning.
    """

    path: str
    text: str
    alike: str = ""
    shown: int = 0

    def parts(self) -> set[str]:
        """What must not be written."""
        found = set()
        known = {*_spellings(self.alike[self.shown :])} if self.alike else set()
        for text, size in {*_spellings(self.text[self.shown :])}:
            found |= _grams(text, (size,))
        for text, _ in known:
            found -= _grams(text)
        return found | {digest[:16] for digest in _digests(self.text)}


def _spellings(text: str) -> Iterator[tuple[str, int]]:
    """Ways to write ``text``, each with how much in a row is too much of it."""
    size = 12 if {*text} <= {*HEX, *HEX.upper(), "-"} else 8
    data = text.encode()
    for way in (text, text[::-1], json.dumps(text)[1:-1]):
        yield way, size
    for lead in range(3):
        packed = base64.b64encode(b"\0" * lead + data)
        yield packed.decode()[4 if lead else 0 :].rstrip("=")[:-1], size
    yield data.hex(), 16
    yield data.hex().upper(), 16
    yield "".join(f"%{byte:02X}" for byte in data), 12
    yield "".join(f"\\x{byte:02x}" for byte in data), 16


def _digests(text: str) -> Iterator[str]:
    """Digests without a key, by which a guess could be tested."""
    data = text.encode()
    for digest in (blake3(data), hashlib.sha256(data), hashlib.sha1(data)):
        yield digest.hexdigest()


def pem(label: str, seed: str) -> list[str]:
    """The lines of a key that opens nothing."""
    bar = "-" * 5
    rows = [drawn(f"{seed} {row}", 64, BASE64) for row in range(4)]
    return [f"{bar}BEGIN {label}{bar}", *rows, f"{bar}END {label}{bar}"]


def packed(text: str) -> str:
    """``text`` in base64."""
    return base64.b64encode(text.encode()).decode()


class Garden:
    """Files with canaries in them; ``word`` and the others make one for the file at hand."""

    def __init__(self) -> None:
        self.files: dict[str, str] = {}
        self.canaries: list[Canary] = []
        self.path = ""

    def plant(self, path: str, write: Callable[[], str]) -> None:
        """Add the file that ``write`` gives the text of."""
        self.path = path
        self.files[path] = write()

    def word(self, size: int = 18) -> str:
        """A password or a token of no form."""
        return self._keep(drawn(f"canary {self.path} {len(self.canaries)}", size))

    def key(self, label: str) -> list[str]:
        """The lines of a private key."""
        lines = pem(label, f"canary {self.path} {len(self.canaries)}")
        for line in lines[1:-1]:
            self._keep(line)
        return lines

    def web_token(self) -> str:
        """A web token; its header is the same in every one."""
        body = packed(json.dumps({"sub": self.word()})).rstrip("=")
        head = packed('{"alg":"HS256","typ":"JWT"}').rstrip("=")
        return f"{head}.{body}.{self._keep(drawn(f'signature {self.path}', 43, BASE64_URL))}"

    def tokens(self) -> str:
        """A token of every provider, under its word."""
        rows = []
        for rule in PROVIDERS:
            for token in rule.tokens if ALL_FILES else rule.tokens[:1]:
                text, other = token.sample("canary"), token.sample("another")
                alike = zip(text, other, strict=False)
                same = next((n for n, (a, b) in enumerate(alike) if a != b), len(text))
                self._keep(text, other, same)
                rows.append(f"{token.word}: {text}")
        return "\n".join(rows) + "\n"

    def _keep(self, text: str, alike: str = "", shown: int = 0) -> str:
        self.canaries.append(Canary(self.path, text, alike, shown))
        return text


def grow() -> Garden:
    """A canary in every form in which a rule finds one."""
    garden = Garden()
    word, plant = garden.word, garden.plant
    plant("tokens.yaml", garden.tokens)
    plant("app.yaml", lambda: f"db:\n  user: app\n  password: {word()}\n  port: 5432\n")
    plant("env.yaml", lambda: f"env:\n  - name: DB_PASSWORD\n    value: {word()}\n")
    plant(
        "secret.yaml",
        lambda: (
            "apiVersion: v1\nkind: Secret\ndata:\n"
            f"  password: {packed(word())}\nstringData:\n  api-token: {word(32)}\n"
        ),
    )
    plant("block.yaml", lambda: "tls:\n  key: |\n    " + "\n    ".join(garden.key("PRIVATE KEY")))
    plant("app.json", lambda: f'{{"db": {{"password": "{word()}", "port": 1}}, "open": [}}\n')
    plant("app.toml", lambda: f'[db]\npassword = "{word()}"\nport = = 1\n')
    plant("app.ini", lambda: f"[db]\npassword = {word()}\n")
    plant("app.properties", lambda: f"db.user=app\ndb.password={word()}\n")
    plant(".env", lambda: f"DB_USER=app\nDB_PASSWORD={word()}\nAPI_TOKEN={word(32)}\n")
    plant("web.config", lambda: f'<add key="DbPassword" value="{word()}"/>\n')
    plant("main.tf", lambda: f'variable "password" {{\n  default = "{word()}"\n}}\n')
    plant("Dockerfile", lambda: f"FROM python:3.13\nENV DB_PASSWORD={word()}\n")
    plant(".netrc", lambda: f"machine shop.internal login app password {word()}\n")
    plant(".pgpass", lambda: f"db.internal:5432:shop:app:{word()}\n")
    plant(".npmrc", lambda: f"//registry.internal/:_authToken={word(36)}\n")
    plant(".dockercfg", lambda: f'{{"r.internal": {{"auth": "{packed(f"app:{word()}")}"}}}}\n')
    plant("urls.md", lambda: f"# URLs\n\nSee postgres://app:{word()}@db.internal/app .\n")
    plant("get.http", lambda: f"Authorization: Bearer {word(40)}\n")
    plant("notes.txt", lambda: f"Cookie: session={garden.web_token()}\n")
    plant("id_rsa", lambda: "\n".join(garden.key("OPENSSH PRIVATE KEY")) + "\n")
    escaped = "\\n"
    plant("key.json", lambda: f'{{"key": "{escaped.join(garden.key("RSA PRIVATE KEY"))}"}}\n')
    plant("run.sh", lambda: f"curl -u app:{word()} https://shop.internal\n")
    plant("connect.js", lambda: f'const dbPassword = "{word()}";\n')
    plant("connect.py", lambda: f'def connect(host, password="{word()}"):\n    return host\n')
    plant("class.py", lambda: f'class A:\n    x = 1\n    password = "{word()}"\n    y = 2\n')
    plant("broken.py", lambda: f'password = "{word()}"\ndef f(:\n    token = "{word(32)}"\n')
    plant("messy.py", lambda: f'import os\n\nx = {{  }}\npassword  =  "{word()}"\ny = [ 1 ]\n')
    plant("stale.py", lambda: f'x = 1  # onex: ignore[STP001] -- no\npassword = "{word()}"\n')
    plant("waived.py", lambda: f'password = "{word()}"  # onex: ignore[SEC020] -- known\n')
    return garden


PLUGIN = '''
"""Rules that tell all they know, or fail with it in their hands."""

from onex_tools.api import Bad, Edit, Extractor, Fix, Good, ParseFailure, TreeValidator, Validator

EXAMPLES = (Good("a.txt"), Bad("a.txt", "password\\n"))
FAILURES = {
    "crashing": lambda text: {}[text],
    "quitting": lambda text: exec("raise SystemExit(text)", {"text": text}),
    "nested": lambda text: FAILURES["chained"](text),
    "chained": lambda text: exec("raise ValueError(text) from KeyError(text)", {"text": text}),
    "decoding": lambda text: (text.encode() + b"\\xff").decode(),
    "parsing": lambda text: int(text),
}


class _Failing(Validator):
    """It fails."""

    abstract = True
    files = ("*",)
    examples = EXAMPLES

    def check(self, file):
        FAILURES[self.name.partition("-")[0]](file.data.decode("utf-8", "replace"))
        return ()


class Crashing(_Failing):
    """It crashes."""

    code, name = "CNR001", "crashing-rule"


class Quitting(_Failing):
    """It quits."""

    code, name = "CNR002", "quitting-rule"


class Nested(_Failing):
    """It fails below."""

    code, name = "CNR003", "nested-rule"


class Decoding(_Failing):
    """It cannot decode."""

    code, name = "CNR004", "decoding-rule"


class Parsing(_Failing):
    """It cannot convert."""

    code, name = "CNR005", "parsing-rule"


class Yielding(Validator):
    """It yields the text."""

    code, name = "CNR006", "yielding-rule"
    files = ("*",)
    examples = EXAMPLES

    def check(self, file):
        yield file.data.decode("utf-8", "replace")


class Misshapen(Validator):
    """Its findings are not well-formed."""

    code, name = "CNR007", "misshapen-rule"
    files = ("*",)
    examples = EXAMPLES

    def check(self, file):
        found = file.finding(self, 1, "here")
        found.severity = file.data.decode("utf-8", "replace")
        yield found


class Quoting(Validator):
    """It quotes every line, everywhere."""

    code, name = "CNR008", "quoting-rule"
    files = ("*.py", "*.yaml", "*.json", "id_rsa")
    examples = EXAMPLES

    def check(self, file):
        for number, line in enumerate(file.data.decode("utf-8", "replace").splitlines(), 1):
            fix = Fix(f"write {line!r}", [Edit(*file.line_span(number), line.encode() + b" ")])
            more = {"details": {"line": line}, "help": f"not {line}", "anchor": line}
            yield file.finding(self, number, f"found {line!r}", fix=fix, **more)


class Unreadable(Validator):
    """It cannot parse the file, and says what stands there."""

    code, name = "CNR009", "unreadable-rule"
    files = ("*",)
    examples = EXAMPLES

    def check(self, file):
        raise ParseFailure("canary", file.data.decode("utf-8", "replace"))


class Fact(Extractor):
    """It fails with the text."""

    name = "canary-fact"
    kinds = ("yaml", "json")

    def extract(self, file):
        raise LookupError(file.data)


class Whole(TreeValidator):
    """It reads all files and fails."""

    code, name = "CNR010", "failing-tree-rule"
    uses = (Fact,)
    examples = (Good("a.txt"), Bad("a.txt", at=(1,)))

    def check(self, tree):
        raise OSError(b"".join(tree.read(path).data for path in tree.paths("**")))
'''


@pytest.fixture(scope="module")
def garden() -> Garden:
    """The canaries."""
    return grow()


class Search:
    """Looks for canaries; what is clean is not looked through twice."""

    def __init__(self, garden: Garden) -> None:
        # The marks of the formats stand in the catalogue of rules.
        public = _grams(" ".join(mark for rule in PROVIDERS for mark in rule.contains))
        parts = ((part, one.path) for one in garden.canaries for part in one.parts())
        self._owners = {part: path for part, path in parts if part not in public}
        self._heads = {part[: min(GRAMS)] for part in self._owners}
        self._clean: set[bytes] = set()

    def __call__(self, where: str, text: str) -> None:
        """Fail if a part of a canary stands in ``text``."""
        mark = blake3(text.encode()).digest()
        if mark in self._clean:
            return
        found = self._found(text)
        if found:  # its text is not in the message: a failing test is a log, too
            owners = sorted({self._owners[part] for part in found})
            raise AssertionError(f"{where} has {len(found)} parts of secrets of {owners}")
        self._clean.add(mark)

    def _found(self, text: str) -> set[str]:
        """The parts in ``text``: most places are seen by a part's head to have none."""
        head = min(GRAMS)
        places = range(len(text) - head + 1)
        likely = [at for at in places if text[at : at + head] in self._heads]
        return {text[at : at + size] for at in likely for size in GRAMS} & self._owners.keys()


def _grams(text: str, sizes: Iterable[int] = GRAMS) -> set[str]:
    return {text[at : at + size] for size in sizes for at in range(len(text) - size + 1)}


@pytest.fixture(scope="module")
def search(garden: Garden) -> Search:
    """The search for what must not be written."""
    return Search(garden)


class Plot:
    """A repository in which the canaries stand, and the search for them elsewhere."""

    def __init__(self, repo: Repository, garden: Garden, search: Search) -> None:
        self.repo, self.search = repo, search
        self.planted = {repo.root / path for path in garden.files}
        repo.write_all(garden.files)

    def run(self, *words: str, stdin: bytes | None = None, **env: str) -> Run:
        """Run ``onex``, and look through what it said and all files that it may have written."""
        done = self.repo.onex(*words, stdin=stdin, **env)
        self.search("standard output", done.out)
        self.search("standard error", done.err)
        for path in sorted(self.repo.root.parent.rglob("*")):
            if path.is_file() and path not in self.planted and ".git" not in path.parts:
                self.search(f"the name of {path.name}", str(path))
                self.search(str(path), path.read_bytes().decode("latin-1"))
        return done


@pytest.fixture
def plot(git_repo: Repository, garden: Garden, search: Search) -> Plot:
    """The canaries in a repository."""
    return Plot(git_repo, garden, search)


def test_every_canary_is_found(plot: Plot, garden: Garden) -> None:
    report = plot.run("validate", *EVERYTHING, "--output-format", "json").json()
    spans: dict[str, list[tuple[int, int]]] = {}
    for one in (*report["findings"], *report["waived"]):
        if one["code"].startswith("SEC"):
            spans.setdefault(one["path"], []).append((one["start"], one["end"]))
    for canary in garden.canaries:
        text = garden.files[canary.path]
        if canary.text in text:  # not so in base64: then the file is looked at as a whole
            at = text.index(canary.text)
            end = at + len(canary.text)
            covered = [span for span in spans[canary.path] if span[0] <= at and end <= span[1]]
            assert covered, f"{canary.path}: {text.count(chr(10), 0, at) + 1}"
        assert spans[canary.path]


def test_the_search_finds_what_is_there(plot: Plot, garden: Garden) -> None:
    for canary in garden.canaries:
        tail = canary.text[canary.shown :]
        ways = [tail, tail[::-1], packed(tail), packed(f"a{tail}b"), tail.encode().hex()]
        short = (canary.text[:12], canary.text[-12:], packed(canary.text)[:12])
        for way in (*ways, *_digests(canary.text), *(() if canary.alike else short)):
            with pytest.raises(AssertionError, match="parts of secrets"):
                plot.search("here", f"said {way} aloud")
    plot.search("here", "nothing of it")


@pytest.mark.parametrize(
    "words",
    [
        EVERYTHING,
        (),
        ("--select", "DCS,STP,ONX", "--show-all"),
        ("--select", "SEC010", "--show-all"),
        ("--preview", "--select", "SEC", "--severity", "SEC=info", "--fail-on", "error"),
    ],
    ids=["everything", "default", "others", "one", "lowered"],
)
def test_no_report_shows_one(plot: Plot, words: tuple[str, ...]) -> None:
    plot.run("validate", *words, *FILES, "--statistics", "--timing", ONEX_DEBUG="1")
    plot.run("validate", *words, *FILES, "--jobs", "2", "--color", "always")
    plot.run("validate", *words, "--output-format", "github", COLUMNS="30")  # from the cache
    plot.run("validate", *words, COLUMNS="30")
    assert (plot.repo.root.parent / "report.sarif").stat().st_size > 10_000


@pytest.mark.parametrize("words", [EVERYTHING, ("--select", "DCS,STP,ONX")])
def test_no_diff_shows_one(plot: Plot, words: tuple[str, ...]) -> None:
    plot.repo.write("onex.toml", "[stamp]\n")
    assert "@@" in plot.run("validate", *words, "--diff", "--unsafe-fixes").out
    plot.run("validate", *words, "--fix", "--unsafe-fixes")
    plot.run("stamp", "--diff")
    plot.run("stamp")
    plot.run("validate", *words)


def test_no_baseline_has_one(plot: Plot, garden: Garden) -> None:
    plot.repo.write("onex.toml", 'select = ["ALL"]\npreview = true\nbaseline = "known.txt"\n')
    assert "accepted" in plot.run("baseline", "create").out
    assert "SEC010" in (plot.repo.root / "known.txt").read_text()
    plot.run("validate", "--show-all")
    plot.run("waivers")
    plot.repo.write("app.yaml", "db:\n  user: app\n")
    plot.run("validate")
    plot.run("baseline", "prune")
    for path in garden.files:  # none of them is a baseline, or a configuration
        assert plot.run("validate", "--baseline", path).code == 2


def test_nothing_is_said_of_the_index_or_of_standard_input(plot: Plot, garden: Garden) -> None:
    plot.repo.git("add", ".")
    for path in garden.files:
        plot.repo.write(path, "nothing = 1\n")
    assert plot.run("validate", *EVERYTHING, "--staged").code == 1
    for path, text in garden.files.items():
        plot.run("validate", *EVERYTHING, "--stdin-filename", path, stdin=text.encode())


def test_no_other_command_shows_one(plot: Plot, garden: Garden) -> None:
    plot.repo.git("add", ".")
    for words in (
        ("rules",),
        ("rules", *(rule.code for rule in PROVIDERS), "SEC001", "SEC004", "SEC010", "SEC020"),
        ("config", "show"),
        ("validate", "--show-settings"),
        ("waivers",),
        ("coverage",),
        ("stamp", "--check"),
        ("attest",),
        ("cache", "info"),
    ):
        plot.run(*words, ONEX_DEBUG="1")
    # A configuration that is no configuration, with a secret on the line that is wrong.
    path = plot.repo.root / "onex.toml"
    path.write_text(garden.files["app.toml"])
    plot.planted.add(path)
    assert plot.run("validate", ONEX_DEBUG="1").code == 2


def test_the_formatter_shows_none(plot: Plot) -> None:
    plot.repo.write("onex.toml", "[format]\n")
    for format_ in FORMATS:
        done = plot.run("format", "--check", "--show-all", "--output-format", format_)
        assert "FMT030" in done.out
    assert "@@" in plot.run("format", "--diff").out
    plot.run("format", "--stdin-filename", "broken.py", stdin=b"def f(:\n")
    plot.run("baseline", "create", "--format")
    plot.run("format")


def test_a_rule_that_fails_with_one_in_its_hands_tells_nothing(plot: Plot) -> None:
    plot.repo.write("tools/rules.py", PLUGIN)
    plot.repo.write("onex.toml", 'local-rules = ["tools/rules.py"]\nexclude = ["tools"]\n')
    words = (*EVERYTHING, "--allow-local-plugins", *FILES)
    done = plot.run("validate", *words, ONEX_DEBUG="1")
    assert done.code == 2
    for code in ("CNR001", "CNR002", "CNR003", "CNR004", "CNR005", "CNR006", "CNR007", "CNR010"):
        assert f"{code} crashed" in done.out, code
    assert "CNR008" in done.out
    plot.run("validate", *words)
