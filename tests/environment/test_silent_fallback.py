"""Fallbacks that are bound to a machine, in configuration and in source."""

from __future__ import annotations

import pytest

from onex_tools.structure.scan import BY_KIND
from onex_validators.environment.rule import KINDS
from tests.conftest import Repository

ON = ("--select", "ENV004")


def codes(repo: Repository, name: str, text: str) -> list[str]:
    """``line CODE`` of each finding in one file."""
    repo.write(name, text)
    return [one.rpartition(":")[2] for one in repo.codes(*ON)]


@pytest.mark.parametrize(
    "call",
    [
        'os.environ.get("DB_HOST", "localhost")',
        'os.environ.setdefault("DB_HOST", "localhost")',
        'os.getenv("DB_HOST", default="127.0.0.1")',
        'os.environ.get("API_URL") or "http://localhost:80"',
        'os.environ.get("API_URL") or os.environ.get("URL") or "http://localhost:80"',
        'os.getenv("DATA", "/home/alice/data")',
        'os.getenv("DATA", "/Volumes/Data/x")',
        'os.getenv("CACHE", "10.0.0.5:6379")',
        'os.getenv("QUEUE", f"amqp://{user}:{password}@localhost:5672//")',
        'os.getenv("DB", "postgres://postgres:postgres@localhost/app")',
        'config("DB_HOST", default="localhost")',
        'env.str("CACHE_URL", "redis://localhost:6379")',
    ],
)
def test_python(repo: Repository, call: str) -> None:
    assert codes(repo, "app.py", f"import os\n\nx = {call}\n") == ["3 ENV004"]


@pytest.mark.parametrize(
    "call",
    [
        'os.environ["DB_HOST"]',
        'os.environ.get("DB_HOST", "")',
        'os.environ.get("DB_HOST", "db")',
        'os.getenv("PORT", "8000")',
        'os.getenv("API_URL", "https://api.example.com")',
        'os.getenv("HOST", "127.0.0.1")',
        'os.getenv("BIND_ADDRESS", "127.0.0.1")',
        'os.getenv("ALLOWED_HOSTS", "localhost")',
        'os.getenv("CORS_ORIGIN", "http://localhost:3000")',
        'os.getenv("TEST_DB_HOST", "localhost")',
        'os.getenv("BIND", "0.0.0.0")',
        'os.getenv("HOME", "/home/app")',
        'os.environ["A"] if x else "localhost"',
        'request.environ.get("REMOTE_ADDR", "127.0.0.1")',
        'environ.get("SERVER_NAME", "127.0.0.1")',
        'options.get("DB_HOST", "localhost")',
        'config("name", "localhost")',
    ],
)
def test_what_python_may_fall_back_to(repo: Repository, call: str) -> None:
    assert codes(repo, "app.py", f"import os\n\nx = {call}\n") == []


def test_names_taken_from_os(repo: Repository) -> None:
    text = 'from os import environ, getenv\na = environ.get("A", "localhost")\n'
    text += 'b = getenv("B", "::1")\n'
    assert codes(repo, "app.py", text) == ["2 ENV004", "3 ENV004"]


@pytest.mark.parametrize(
    "value",
    [
        "${URL:-http://localhost:80}",
        "${DB_HOST-localhost}",
        "${DB_HOST:=localhost}",
        "$${DB_HOST:-localhost}",
        "${db.host:localhost}",
        "jdbc:postgresql://${DB_HOST:localhost}:5432/app",
        "${DATA:-/home/alice/data}",
        "${CACHE:-192.168.1.20}",
        "{{ db_host | default('localhost') }}",
        "{{ db_host | d('localhost') }}",
        '{{ .Values.url | default "http://localhost" }}',
        "{{ env_var('DB_HOST', 'localhost') }}",
    ],
)
def test_configuration(repo: Repository, value: str) -> None:
    quote = '"' if "'" in value else "'"
    assert codes(repo, "app.yaml", f"a: {quote}{value}{quote}\n") == ["1 ENV004"]


@pytest.mark.parametrize(
    "value",
    [
        "${DB_HOST:-}",
        "${DB_HOST:?not set}",
        "${DB_HOST:-db}",
        "${PORT:-5432}",
        "${BIND:-127.0.0.1}",
        "${HOST:-localhost}",
        "{{ host | default('db') }}",
        "{{ 'localhost' }}",
    ],
)
def test_what_configuration_may_fall_back_to(repo: Repository, value: str) -> None:
    assert codes(repo, "app.yaml", f'a: "{value}"\n') == []


def test_shell(repo: Repository) -> None:
    text = (
        "#!/bin/sh\nhost=${DB_HOST:-localhost}\n# host=${DB_HOST:-localhost}\n"
        'echo "${1:-localhost}"\npsql -h "${DB_HOST:=localhost}"\n'
    )
    assert codes(repo, "run.sh", text) == ["2 ENV004", "5 ENV004"]


def test_javascript(repo: Repository) -> None:
    text = (
        'const a = process.env.API_URL ?? "http://localhost:3000";\n'
        '// process.env.API_URL || "http://localhost"\n'
        "const b = process.env['API_URL'] || 'http://localhost';\n"
        'const c = process.env.HOST || "localhost";\n'
        'const d = process.env.NODE_ENV || "development";\n'
        '/* a\n * process.env.API_URL || "http://localhost"\n */\n'
        'const u = "https://a.b/c"; const e = import.meta.env.VITE_URL || `http://localhost`;\n'
        'const f = process.env.A || process.env.B || "http://localhost";\n'
        "const g = process.env.API_URL || `http://localhost:${port}`;\n"
    )
    assert codes(repo, "app.ts", text) == [f"{line} ENV004" for line in (1, 3, 9, 10)]


@pytest.mark.parametrize(
    "name", ["settings/local.py", "tests/app.py", "docs/conf.py", "vendor/app.py", "dev/app.py"]
)
def test_places_that_are_left_alone(repo: Repository, name: str) -> None:
    text = 'import os\nx = os.getenv("DB_HOST", "localhost")\n'
    assert codes(repo, name, text) == []


def test_one_fault_is_said_once(repo: Repository) -> None:
    repo.write("app.yaml", "a: ${A:-http://localhost:80}\nb: ${B:-/home/alice/x.txt}\n")
    assert repo.codes("--select", "ENV") == ["app.yaml:1 ENV004", "app.yaml:2 ENV004"]


def test_settings(repo: Repository) -> None:
    repo.write(
        "app.yaml", "a: ${A:-http://localhost:1}\nb: ${B:-10.1.0.5}\nc: ${C:-/home/x1/y.z}\n"
    )
    settings = 'addresses = ["10.1.*"]\nhosts = ["localhost:1"]\naccounts = ["x1"]\n'
    repo.write("onex.toml", f"[environment]\n{settings}")
    assert repo.codes(*ON) == []


def test_every_kind_with_settings_is_read() -> None:
    assert set(KINDS) == set(BY_KIND)
