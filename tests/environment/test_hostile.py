"""Bytes that mean harm: repetitions, broken texts, what never ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onex_tools.trial import Trial, load_plugin
from onex_validators.environment.localhost_url import LocalhostUrl
from onex_validators.environment.path import HomePath, MachinePath
from onex_validators.environment.private_address import PrivateAddress
from onex_validators.environment.silent_fallback import SilentFallback
from tests.conftest import ALL_FILES, no_hang

RULES = (HomePath, MachinePath, PrivateAddress, LocalhostUrl, SilentFallback)
PATHS = ("a.yaml", "a.json", ".env", "a.sh", "a.js", "a.py", "a.xml", "a.conf")
SIZE = 200_000 if ALL_FILES else 50_000
"""Bytes: the greater is near the size from which no file of configuration is read."""
PIECES = [
    *(
        "/home/",
        "/home/a",
        "/home/alice/",
        "/Users/a b",
        "C:\\Users\\",
        "file:",
        "/var/folders/ab/",
    ),
    *("D:\\", "\\\\", "\\\\a\\", "10.", "10.0.0.", "10.0.0.1,", "192.168.1.1 - ", "172.16.0.1/"),
    *("http://", "http://localhost", "http://a@", "a://b:c@", "http://localhost:80/", "://a:b"),
    *("${A:-", "${A:-localhost}", "{{ a | default ", "{{ default 'localhost", "env('A', '"),
    *("process.env.A || 'localhost' ", "process.env.A ||", "aaaa", "a b ", "a=", "=", "Aa", "e2e"),
]


@pytest.fixture(scope="module")
def trial() -> Trial:
    """The rules, with their patterns compiled."""
    return Trial(load_plugin("onex_validators"), RULES)


def near(piece: str) -> str:
    """``piece`` again and again, after what every rule looks for."""
    head = (
        "/home/x1/a.b 10.1.2.3 http://localhost D:\\ab\\c ${A:-localhost} os.environ process.env.X "
    )
    return head + piece * (SIZE // len(piece))


@pytest.mark.parametrize("piece", PIECES)
def test_repetitions_take_no_time(trial: Trial, piece: str) -> None:
    text = near(piece)
    for name, whole in (
        ("a.json", '{"a": "' + text.replace("\\", "\\\\") + '"}'),
        ("a.yaml", f"a: |\n  {text}\n"),
        ("a.sh", f"A='{text}'\n"),
        ("a.js", text),
    ):
        with no_hang():
            outcome = trial.run({name: whole.encode()})
        assert [words for _, words in outcome.troubles if "more than 1,000" not in words] == []


@given(st.lists(st.sampled_from([*PIECES, " ", "\n", "'", '"', "}", ": "]), max_size=30))
def test_any_mixture_is_read(trial: Trial, pieces: list[str]) -> None:
    text = "".join(pieces).encode()
    for path in PATHS:
        outcome = trial.run({path: text})
        assert [one for one, _ in outcome.troubles if one.code != "ONX003"] == []
        for one in outcome.findings:
            assert 0 <= one.location.start < one.location.end <= len(text)
