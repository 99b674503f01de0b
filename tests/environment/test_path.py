"""Paths that one machine has: found where they are set, left alone where others have them too."""

from __future__ import annotations

import pytest

from tests.conftest import Repository

ON = ("--select", "ENV001,ENV005")


def codes(repo: Repository, name: str, text: str) -> list[str]:
    """``line CODE`` of each finding in one file."""
    repo.write(name, text)
    return [one.rpartition(":")[2] for one in repo.codes(*ON)]


@pytest.mark.parametrize(
    "text",
    [
        "data_dir: /home/alice/data",
        "python: /Users/bob/venv/bin/python",
        "file: file:///home/alice/notes.txt",
        "database: sqlite:////home/alice/app.db",
        "home: /var/home/alice/app",
        "command: run --data /home/alice/data --verbose",
        'arguments: ["--dir=/home/alice/data"]',
        "tool: 'C:\\Users\\Bob\\tool.exe'",
        "tool: C:/Users/bob/tool.exe",
        "tool: /c/Users/bob/tool",
        "tool: /mnt/c/Users/bob/tool",
        "paths: [/home/alice/src/app]",
        "PATH: /usr/bin:/home/alice/bin",
    ],
)
def test_home_folders(repo: Repository, text: str) -> None:
    assert codes(repo, "app.yaml", f"{text}\n") == ["1 ENV001"]


@pytest.mark.parametrize(
    "text",
    [
        "data: ~/data",
        "data: ${HOME}/data",
        "data: ${ROOT}/home/alice/data",
        "data: /home/${USER}/data",
        "data: /home/{{ user }}/data",
        "data: /home/$USER/data",
        "data: '/home/*/data.txt'",
        "data: /home/<user>/data",
        "data: '/home/%u/data'",
        "data: /home/app/data",
        "data: /home/node/app",
        "data: /home/runner/work",
        "data: /Users/Shared/data",
        "data: /root/.ssh",
        "data: /srv/home/alice.txt",
        "data: ./home/alice/data",
        "data: src/home/alice/data.py",
        "data: server:/home/alice/data",
        "url: https://example.com/home/news/index.html",
        "url: https://example.com/Users/alice/profile.json",
        "route: /home/about",
        "path: /home/about",
        "redirect_to: /home/news/latest",
        "tool: 'C:\\Program Files\\Tool\\tool.exe'",
        "tool: 'C:\\Users\\Public\\tool.exe'",
        "tool: '%USERPROFILE%\\tool.exe'",
        "description: see /home/alice/notes.txt",
        "# data: /home/alice/data",
        "text: put your files below /home/alice/data and start",
    ],
)
def test_what_is_no_home(repo: Repository, text: str) -> None:
    assert codes(repo, "app.yaml", f"{text}\n") == []


@pytest.mark.parametrize(
    "text",
    [
        "data: /Volumes/Data/models",
        "data: 'D:\\models\\large'",
        "data: /mnt/d/work/models",
        "data: /private/var/folders/ab/cdefghijkl/T/models",
        "data: '\\\\server01\\share\\models'",
    ],
)
def test_disks_of_one_machine(repo: Repository, text: str) -> None:
    assert codes(repo, "app.yaml", f"{text}\n") == ["1 ENV005"]


@pytest.mark.parametrize(
    "text",
    [
        "data: 'C:\\data\\models'",
        "data: /mnt/data/models",
        "data: 'D:\\a\\1\\s'",
        "data: 's3://models'",
        "data: 'D:'",
        "data: 'X:/'",
        "time: 'HH:/mm/'",
        "pattern: '^[A-Z]:\\\\server'",
        "digits: '\\\\d+\\w'",
        "formula: '\\\\begin{x}'",
    ],
)
def test_what_is_no_disk_of_one_machine(repo: Repository, text: str) -> None:
    assert codes(repo, "app.yaml", f"{text}\n") == []


def test_containers(repo: Repository) -> None:
    repo.write("Dockerfile", "FROM x\nENV A=/home/alice/x\nWORKDIR /home/alice\n")
    compose = (
        "services:\n  app:\n    working_dir: /home/alice/app\n    environment:\n"
        "      DATA: /home/alice/data\n    volumes:\n      - ./src:/home/alice/src\n"
        "      - data:/home/alice/.cache\n      - /home/alice/data:/home/alice/data:ro\n"
        "      - type: bind\n        source: /home/alice/x\n        target: /home/alice/y\n"
    )
    repo.write("docker-compose.yml", compose)
    pod = (
        "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - workingDir: /home/alice/.app\n"
        "  volumes:\n    - hostPath:\n        path: /home/alice/data\n"
    )
    repo.write("pod.yaml", pod)
    assert repo.codes(*ON) == [
        "docker-compose.yml:9 ENV001",
        "docker-compose.yml:11 ENV001",
        "pod.yaml:8 ENV001",
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("app.service", "[Service]\nExecStart=/home/alice/app/bin/run --fast\n"),
        (".gitmodules", '[submodule "x"]\n\turl = /home/alice/x.git\n'),
        ("redis.conf", "# a comment\ndir /home/alice/redis\n"),
        ("run.sh", "#!/bin/sh\nSOURCE=/home/alice/src\n"),
        ("main.tf", 'resource "x" "y" {\n  user_data = "/home/alice/x.sh"\n}\n'),
        ("key.tf", '# a key\nkey = file("/home/alice/.ssh/id_rsa")\n'),
        ("db.properties", "a=1\ndb=jdbc:h2:file:/home/alice/db\n"),
        ("path.sh", "#!/bin/sh\nexport PATH=/Users/mario/Work/bin:$PATH\n"),
        ("pip.conf", "[global]\nfind-links = /home/alice/wheels\n"),
        ("values.yaml", "storage:\n  hostPath: /home/alice/volume\n"),
        ("kube.yaml", "{apiVersion: v1, kind: Config,\n ca: /home/alice/.kube/ca.crt}\n"),
        ("a.xml", '<a>\n<data dir="/home/alice/x"/></a>\n'),
        (".env", "# DATA=/home/alice/x\nDATA=/home/alice/y\n"),
        (".vscode/settings.json", '{\n"python.path": "/Users/alice/venv/bin/python"}\n'),
    ],
)
def test_formats(repo: Repository, name: str, text: str) -> None:
    assert codes(repo, name, text) == ["2 ENV001"]


@pytest.mark.parametrize(
    "name",
    [
        "tests/fixtures/app.yaml",
        "docs/app.yaml",
        "examples/one/app.yaml",
        "app/example_configs/app.yaml",
        "app/config-samples/app.yaml",
        "app.example.yaml",
        ".env.sample",
        "package-lock.json",
        "app/locales/en.json",
    ],
)
def test_places_that_are_left_alone(repo: Repository, name: str) -> None:
    line = '"data": "/home/alice/data"'
    assert codes(repo, name, f"{{{line}}}\n" if name.endswith("json") else f"{line}\n") == []


def test_settings(repo: Repository) -> None:
    text = "data: /home/deploy/data\nmore: /Volumes/Data/models/x\nfile: /home/deployer/x.txt\n"
    repo.write("app.yaml", text)
    repo.write("tests/app.yaml", text)
    repo.write("docs/app.yaml", text)
    settings = '[environment]\naccounts = ["deploy"]\npaths = ["/Volumes/Data/models"]\n'
    repo.write("onex.toml", settings)
    assert repo.codes(*ON) == ["app.yaml:3 ENV001"]
    repo.write("onex.toml", f"{settings}tests = true\ndocumentation = true\n")
    expected = [f"{folder}app.yaml:3 ENV001" for folder in ("", "docs/", "tests/")]
    assert sorted(repo.codes(*ON)) == expected


def test_the_span_is_the_path(repo: Repository) -> None:
    repo.write("app.yaml", "a: x /home/alice/data.txt y\nb: /home/bob/data.txt\n")
    report = repo.onex("validate", *ON, "--output-format", "json").json()
    spans = [(one["line"], one["column"], one["end_column"]) for one in report["findings"]]
    assert spans == [(1, 6, 26), (2, 4, 22)]
