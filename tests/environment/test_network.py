"""Private addresses and URLs of `localhost` in configuration."""

from __future__ import annotations

import pytest

from tests.conftest import Repository

ON = ("--select", "ENV002,ENV003")


def codes(repo: Repository, name: str, text: str) -> list[str]:
    """``line CODE`` of each finding in one file."""
    repo.write(name, text)
    return [one.rpartition(":")[2] for one in repo.codes(*ON)]


@pytest.mark.parametrize(
    "text",
    [
        "db_host: 10.0.0.5",
        "url: http://192.168.1.10:8080/api",
        "url: postgres://app@172.16.0.9/app",
        "network.host: 192.168.1.10",
        "extra_hosts: ['db:10.20.30.40']",
        "share: '\\\\10.0.0.5\\data'",
        "connection: Server=tcp:10.0.0.5,1433;Database=app",
        "connection: Server=10.0.0.5;Database=app",
    ],
)
def test_private_addresses(repo: Repository, text: str) -> None:
    assert codes(repo, "app.yaml", f"{text}\n") == ["1 ENV002"]


def test_each_address_of_a_list(repo: Repository) -> None:
    repo.write("app.yaml", "brokers: 10.0.0.1:9092,10.0.0.2:9092,10.0.0.1:9093\n")
    report = repo.onex("validate", *ON, "--output-format", "json").json()
    assert [one["column"] for one in report["findings"]] == [10, 24, 38]


@pytest.mark.parametrize(
    "text",
    [
        "network: 10.0.0.0/8",
        "block: 10.1.2.3/32",
        "network: 10.1.0.0",
        "broadcast: 10.1.0.255",
        "allow: [10.0.0.5]",
        "gateway: 192.168.0.1",
        "pool: 10.0.0.5-10.0.0.9",
        "bind: 192.168.1.5",
        "listen: 192.168.1.5:80",
        "from: 10.0.0.5 - 10.0.0.9",
        "no_proxy: localhost,10.0.0.5",
        "ipv4_address: 172.20.0.5",
        "slot_ipv4_address: 172.20.0.5",
        "deviceIpAddress: 172.20.0.5",
        "version: 10.0.0.1",
        "image: app-10.0.0.1.jar",
        "label: v10.0.0.1",
        "label: version 10.0.0.1",
        "label: releases/10.0.0.1/app",
        "label: 10.0.0.1-rc1",
        "label: 10.0.0.1.2",
        "label: 10.0.0.300",
        "dependencies: {x: 10.0.0.1}",
        "bridge: 172.17.0.1",
        "emulator: 10.0.2.2",
        "metadata: 169.254.169.254",
        "public: 172.15.0.1",
        "public: 192.169.0.1",
        "documentation: 192.0.2.1",
        "example: 10.0.0.5",
        "# db_host: 10.0.0.5",
        "text: write to the machine at 10.0.0.5 and wait",
    ],
)
def test_what_is_no_private_address(repo: Repository, text: str) -> None:
    assert codes(repo, "app.yaml", f"{text}\n") == []


@pytest.mark.parametrize("name", ["inventory/prod.yml", "group_vars/all.yml", "hosts.yml"])
def test_inventories(repo: Repository, name: str) -> None:
    assert codes(repo, name, "database: 10.0.0.5\n") == []


@pytest.mark.parametrize(
    "text",
    [
        "api: http://localhost:8000",
        "api: https://localhost/",
        "api: http://127.0.0.1:8000/v1",
        "api: http://[::1]:8000",
        "api: jdbc:postgresql://localhost:5432/app",
        "api: amqp://guest:guest@localhost:5672//",
        "api: postgres://app:${PASSWORD}@localhost/app",
        "api: run --url=http://localhost:8000",
    ],
)
def test_urls_of_localhost(repo: Repository, text: str) -> None:
    assert codes(repo, "app.yaml", f"{text}\n") == ["1 ENV003"]


@pytest.mark.parametrize(
    "text",
    [
        "api: http://localhost.example.com",
        "api: http://localhosting.com",
        "api: http://example.com/?next=//localhost",
        "api: http://0.0.0.0:8000",
        "api: scheme://localhost/app",
        "api: localhost",
        "healthcheck: {test: [CMD, curl, -f, 'http://localhost:80/x']}",
        "livenessProbe: {url: 'http://localhost:80/x'}",
        "command: curl -f http://localhost:80",
        "api: http://localhost:80/health",
        "bind: http://localhost:80",
        "cors: {origins: ['http://localhost:3000']}",
        "allowedOrigins: http://localhost:3000",
        "redirect_uris: ['http://localhost:3000/callback']",
        "environments: {dev: {api: 'http://localhost:80'}}",
        "e2e_url: http://localhost:80",
        "description: http://localhost:80",
        "# api: http://localhost:80",
        "text: then open the page http://localhost:80",
    ],
)
def test_where_localhost_is_meant(repo: Repository, text: str) -> None:
    assert codes(repo, "app.yaml", f"{text}\n") == []


@pytest.mark.parametrize(
    "name",
    [
        ".env.local",
        ".env.development",
        "application-dev.yml",
        "docker-compose.override.yml",
        "config/local/app.yaml",
        ".github/workflows/ci.yml",
        ".vscode/app.yaml",
        "roles/web/tasks/main.yml",
    ],
)
def test_files_for_development(repo: Repository, name: str) -> None:
    text = "API=http://localhost:80\n" if name.startswith(".env") else "api: http://localhost:80\n"
    assert codes(repo, name, text) == []
    repo.write("onex.toml", "[environment]\ndevelopment = true\n")
    assert [one.rpartition(" ")[2] for one in repo.codes(*ON)] == ["ENV003"]


def test_formats(repo: Repository) -> None:
    repo.write(".env", "API=http://localhost:8000\nCACHE=redis://127.0.0.1:6379/0\n")
    repo.write("app.csproj", '<P><X Version="10.0.0.1"/><Url>http://localhost/x</Url></P>\n')
    repo.write("web.config", '<c><add key="Api" value="http://localhost:80/x"/></c>\n')
    repo.write("pod.yaml", "apiVersion: v1\nkind: Pod\nspec: {url: 'http://localhost:80'}\n")
    properties = "data:\n  app.properties: |\n    # a=http://localhost:1\n    db.host=10.0.0.5\n"
    repo.write("nginx.conf", "server {\n  proxy_pass http://10.0.0.5:80;\n}\n")
    repo.write("map.yaml", f"apiVersion: v1\nkind: ConfigMap\n{properties}")
    repo.write("flow.json", '{"value": "import os\\nurl = \'http://localhost:80\'\\n"}\n')
    repo.write("api.yaml", "openapi: 3.0.0\nservers: [{url: 'http://localhost:80'}]\n")
    repo.write("kafka.properties", "listeners=PLAINTEXT://localhost:9092\n")
    repo.write("package.json", '{"proxy": "http://localhost:5000"}\n')
    assert repo.codes(*ON) == [
        ".env:1 ENV003",
        ".env:2 ENV003",
        "app.csproj:1 ENV003",
        "map.yaml:6 ENV002",
        "nginx.conf:2 ENV002",
        "web.config:1 ENV003",
    ]


def test_settings(repo: Repository) -> None:
    repo.write(
        "app.yaml", "a: 10.1.0.5\nb: 10.2.0.5\nc: http://localhost:1\nd: http://localhost:2\n"
    )
    repo.write("onex.toml", '[environment]\naddresses = ["10.1.*"]\nhosts = ["localhost:1"]\n')
    assert repo.codes(*ON) == ["app.yaml:2 ENV002", "app.yaml:4 ENV003"]
    repo.write("onex.toml", '[environment]\nhosts = ["localhost"]\n')
    assert repo.codes(*ON) == ["app.yaml:1 ENV002", "app.yaml:2 ENV002"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("app.yaml", "db: postgres://app:%s@localhost:5432/app"),
        ("app.yaml", "db: Server=10.0.0.5;User Id=app;Password=%s"),
        ("app.yaml", "db: {host: 10.0.0.5, password: %s}"),
        ("app.yaml", "run: connect --password %s --host 10.0.0.5"),
        ("app.json", '{"host": "10.0.0.5", "api_key": "%s"}'),
        ("app.xml", '<a host="10.0.0.5"><add key="Password" value="%s"/></a>'),
        ("app.properties", "db=jdbc:h2:file:/home/alice/db;USER=sa;PASSWORD=%s"),
        ("app.py", 'import os\nos.getenv("DB", "postgres://app:%s@10.0.0.5/app")'),
        ("app.py", 'import os\nconnect(password="%s", host=os.getenv("DB", "10.0.0.5"))'),
        ("app.js", 'connect({host: process.env.DB || "10.0.0.5", token: "%s"})'),
    ],
)
def test_no_line_with_a_secret_is_shown(repo: Repository, name: str, text: str) -> None:
    word = "".join(("k2Jd", "83hs", "Kq"))
    repo.write(name, text % word + "\n")
    run = repo.onex("validate", "--select", "ENV")
    assert word not in run.out and "ENV" not in run.out
    repo.write(name, text % "${DB_PASSWORD}" + "\n")
    assert "[ENV" in repo.onex("validate", "--select", "ENV").out


@pytest.mark.parametrize(
    "text",
    [
        "token_url: http://localhost:80/token",
        "api: {url: 'http://localhost:80', password: '${PASSWORD}'}",
        "db: postgres://postgres:postgres@localhost/app",
        "passwordFile: /home/x1/p.txt",
    ],
)
def test_a_name_alone_hides_nothing(repo: Repository, text: str) -> None:
    repo.write("app.yaml", f"{text}\n")
    assert len(repo.codes("--select", "ENV")) == 1
