"""Secrets in forms of their own: URLs, connection strings, web tokens, headers, files."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onex_tools.api import SourceFile
from onex_tools.filepass import new_services
from onex_validators.secrets import authorization, connection, credential_file, url, web_token
from onex_validators.secrets.providers.github import GitHubToken
from tests.conftest import Repository, no_hang
from tests.secrets.values import ON, drawn, number

WORD, KEY = drawn("form", 16), drawn("key", 40)
JWT = web_token.made_up()


def found(repo: Repository, code: str, text: str, name: str = "a.txt") -> list[str]:
    """The texts of the findings' spans."""
    path = repo.write(name, text)
    report = repo.onex("validate", "--select", code, "--output-format", "json")
    data = path.read_bytes().decode().split("\n")
    ones = report.json()["findings"]
    return [data[one["line"] - 1][one["column"] - 1 : one["end_column"] - 1] for one in ones]


@pytest.mark.parametrize(
    "text",
    [
        "postgres://app:%s@db.internal:5432/app",
        "mongodb+srv://app:%s@cluster0.mongodb.net/?retryWrites=true",
        "redis://:%s@cache:6379/0",
        "amqp://app:%s@queue",
        "https://ci:%s@git.internal/a.git",
        "jdbc:mysql://app:%s@db.internal/app",
        "smtps://app@mail.internal:%s@smtp.mail.internal:465",
        "url = 'ftp://app:%s@[::1]/x'",
        '{"url": "dbconnection://ad%%6Din:%s@db-host"}',
        "see <https://app:%s@shop.internal>",
    ],
)
@pytest.mark.parametrize("password", [WORD, "p%40ss%2Fw0rd9", "compl3x!Pwd"])
def test_passwords_in_urls(repo: Repository, text: str, password: str) -> None:
    assert found(repo, "SEC002", text % password + "\n") == [password]


@pytest.mark.parametrize(
    "text",
    [
        "postgres://app:${DB_PASSWORD}@db/app",
        "postgres://app:{password}@db/app",
        "postgres://<user>:<password>@host/db",
        "redis://:{{ password }}@cache",
        "https://user:password@example.com/",
        "https://user:password@host/path",
        "mongodb://reader:reader_password@server1,server2/local",
        "rbd://admin:SECRET@ceph.domain/pool",
        "http://user:pass@proxy.corp.net:8080",
        "http://username:password@host.com:80/path",
        "postgres://app:$PASSWORD@db",
        "postgres://app:%(password)s@db",
        "postgres://app:****@db.internal",
        "mysql://root:REPLACE_WITH_PASSWORD@db.internal",
        "https://shop.internal:8080/@user",
        "http://localhost:3000/a@b.c",
        "git@shop.internal:a/b.git and ssh://git@shop.internal:22/a",
        "https://a.internal/x:y@z",
        "://:@",
    ],
)
def test_urls_without(repo: Repository, text: str) -> None:
    assert found(repo, "SEC002", text + "\n") == []


@pytest.mark.parametrize(
    "text",
    [
        "Server=db;Database=app;User Id=app;Password=%s;Encrypt=true",
        "Server=db;Database=app;Uid=app;Pwd=%s;",
        "Provider=SQLNCLI;Server=db;Uid=app; PWD = %s;",
        "DefaultEndpointsProtocol=https;AccountName=app;AccountKey=%s;EndpointSuffix=x",
        "Endpoint=sb://app.internal/;SharedAccessKeyName=Root;SharedAccessKey=%s",
        "Endpoint=https://app.azconfig.io;Id=a-b-c:d;Secret=%s",
        "jdbc:postgresql://db/app?user=app&password=%s&ssl=true",
        "jdbc:sqlserver://db:1433;databaseName=app;user=app;password=%s;",
        "host=db.internal user=app password=%s dbname=shop",
        "dbname=shop password=%s",
        "driver={ODBC Driver 17};server=db;uid=app;pwd={%s}",
    ],
)
def test_connection_strings(repo: Repository, text: str) -> None:
    assert found(repo, "SEC003", f'x = "{text % KEY}"\n') == [KEY]


@pytest.mark.parametrize(
    "text",
    [
        "Server=db;Uid=app;Pwd=${DB_PASSWORD};",
        "Server=db;Uid=app;Pwd={0};",
        "Server=db;Uid=app;Pwd=<password>;",
        "Server=db;Uid=app;Pwd=****;",
        "Server=db;Integrated Security=true;",
        "let password = read(); let host = name;",
        "password=abcdefgh",
        "connect(host=host, user=user, password=password, port=port)",
        "Endpoint=https://contoso.azconfig.io;Id=xxx;Secret=xxx",
    ],
)
def test_connection_strings_without(repo: Repository, text: str) -> None:
    assert found(repo, "SEC003", text + "\n") == []


@pytest.mark.parametrize(
    ("code", "text", "word"),
    [
        ("SEC002", "https://username:password@shop.net/a", "password"),
        ("SEC003", "Server=db.shop.net;User Id=app;Password=mypass;Encrypt=true", "mypass"),
    ],
)
def test_stock_passwords_count_outside_of_tests_and_texts(
    repo: Repository, code: str, text: str, word: str
) -> None:
    assert found(repo, code, text + "\n") == [word]
    repo.write("a.txt", "")
    for name in ("docs/a.txt", "README.md", "tests/a.txt"):
        assert found(repo, code, text + "\n", name) == []


@pytest.mark.parametrize("around", ["%s", "token: %s", "'%s'", "Bearer %s", "?jwt=%s&x=1", "(%s)"])
def test_web_tokens(repo: Repository, around: str) -> None:
    assert found(repo, "SEC004", around % JWT + "\n") == [JWT]


def test_a_web_token_in_base64(repo: Repository) -> None:
    packed = base64.b64encode(JWT.encode()).decode()
    assert found(repo, "SEC004", f"data: {packed}\n") == [packed]


def test_what_has_no_header_is_no_web_token(repo: Repository) -> None:
    other = base64.urlsafe_b64encode(json.dumps({"typ": "x", "n": 1}).encode()).decode().rstrip("=")
    assert found(repo, "SEC004", f"{other}.{other}.{drawn('x')}\neyJhbGciOi.eyJ.x\n") == []


@pytest.mark.parametrize(
    "text",
    [
        "Authorization: Bearer %s",
        '{"Authorization": "Bearer %s"}',
        "curl -H 'Authorization: token %s' x",
        'headers["authorization"] = "Bearer %s"',
        'request.header("Authorization", "Bearer %s")',
        "{'Authorization': 'Bearer %s'}",
        'auth = "Bearer %s"',
    ],
)
def test_headers(repo: Repository, text: str) -> None:
    assert found(repo, "SEC006", text % KEY + "\n") == [KEY]


def test_basic_headers_hold_a_login(repo: Repository) -> None:
    packed = base64.b64encode(f"app:{WORD}".encode()).decode()
    other = base64.b64encode(b"no login at all").decode()
    assert found(repo, "SEC006", f"Authorization: Basic {packed}\n") == [packed]
    assert found(repo, "SEC006", f"Authorization: Basic {other}\n") == []


@pytest.mark.parametrize(
    "value",
    ["$TOKEN", "${TOKEN}", "{token}", "<token>", "your-token-here", "access_token", "{{ token }}"],
)
def test_headers_without(repo: Repository, value: str) -> None:
    text = f'"Authorization: Bearer {value}"\nAuthorization: Basic realm="x"\n'
    assert found(repo, "SEC006", text) == []


LOGIN = base64.b64encode(f"app:{WORD}".encode()).decode()


@pytest.mark.parametrize(
    ("name", "text", "secret"),
    [
        (".netrc", "machine shop.internal login app password %s\n", WORD),
        ("_netrc", "machine x\n  login app\n  password %s\n", WORD),
        (".pgpass", "# comment\ndb:5432:*:app:%s\n", WORD),
        (".htpasswd", "app:%s\n", "$apr1$" + drawn("salt", 8) + "$" + drawn("hash", 22)),
        ("etc/shadow", "root:*:1:0:9:7:::\napp:%s:1:0:9:7:::\n", "$6$ab$" + drawn("sh", 86)),
        (".dockercfg", '{"shop.internal": {"auth": "%s"}}\n', LOGIN),
        (".docker/config.json", '{"auths": {"x": {"auth": "%s"}}}\n', LOGIN),
        (".npmrc", "//shop.internal/:_authToken=%s\n", KEY),
        (".pypirc", "[pypi]\nusername: app\npassword: %s\n", WORD),
        (".my.cnf", "[client]\npassword = %s\n", WORD),
        (".s3cfg", "access_key = x\nsecret_key = %s\n", KEY),
        ("config/master.key", "%s\n", number("master", 32)),
        ("vpn.ovpn", "<auth-user-pass>\napp\n%s\n</auth-user-pass>\n", WORD),
    ],
)
def test_credential_files(repo: Repository, name: str, text: str, secret: str) -> None:
    assert found(repo, "SEC005", text % secret, name) == [secret]
    report = repo.onex("validate", "--select", ON, "--output-format", "json")
    assert [one["code"] for one in report.json()["findings"]] == ["SEC005"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (".netrc", "machine shop.internal login app\n"),
        (".npmrc", "//shop.internal/:_authToken=${NPM_TOKEN}\nsave-exact=true\n"),
        (".dockercfg", '{"x": {"auth": "", "email": "a@b.c"}, "y": {"auth": "not base64 login"}}'),
        (".pypirc", "[pypi]\nusername: __token__\npassword: ${PYPI}\n"),
        ("etc/shadow", "root:*:1:0:9:7:::\nbin:!:1::::::\n"),
        ("config/master.key", "\n"),
    ],
)
def test_credential_files_without(repo: Repository, name: str, text: str) -> None:
    assert found(repo, "SEC005", text, name) == []


def source(data: bytes, path: str = "a") -> SourceFile:
    """A file of no kind with these bytes."""
    return SourceFile(path, "unknown", data, new_services(0))


FINDERS = (url.logins, connection.pairs, web_token.tokens, authorization.headers)


@given(st.binary(max_size=400), st.sampled_from([b"://a:", b";pwd=", b".eyJ", b"Authorization: "]))
def test_any_bytes_are_read(data: bytes, mark: bytes) -> None:
    for finder in FINDERS:
        for one in finder(source(mark.join((data, data, data)))):
            assert one.span.start < one.span.end


@pytest.mark.parametrize(
    "piece",
    [
        *(b"://", b"://a:b", b"a://b:c@", b"http://x:", b"pwd=", b"server=;pwd=x;", b"jdbc:x:"),
        *(b"eyJ", b"eyJh.", b".eyJhbGciOiJIUzI1NiJ9", b"ZXlK", b"Authorization: Basic "),
        *(b'"Bearer ', b"password=a;", b"secret = 'x", b":@"),
    ],
)
def test_hostile_repetitions_take_no_time(piece: bytes) -> None:
    file = source(piece * (150_000 // len(piece)))
    for finder in FINDERS:
        with no_hang():
            finder(file)


@pytest.mark.parametrize("name", [".netrc", ".pgpass", ".npmrc", ".htpasswd", "x.ovpn", ".pypirc"])
@pytest.mark.parametrize("piece", [b"password ", b"a:", b":_auth=", b"<auth-user-pass>\n", b" \n"])
def test_hostile_credential_files_take_no_time(name: str, piece: bytes) -> None:
    file = source(piece * (100_000 // len(piece)), name)
    with no_hang():
        credential_file.lines(file)


def test_a_token_of_a_provider_is_left_to_its_rule(repo: Repository) -> None:
    token = GitHubToken.tokens[0].sample("one")
    repo.write("a.txt", f"https://x:{token}@github.com/a\nAuthorization: Bearer {token}\n")
    repo.write(".npmrc", f"//shop.internal/:_authToken={token}\n")
    repo.write("b.txt", f"Authorization: Bearer {JWT}\n")
    report = repo.onex("validate", "--select", ON, "--output-format", "json")
    found = [(one["path"], one["line"], one["code"]) for one in report.json()["findings"]]
    rule = GitHubToken.code
    assert sorted(found) == [
        (".npmrc", 1, rule),
        ("a.txt", 1, rule),
        ("a.txt", 2, rule),
        ("b.txt", 1, "SEC004"),
    ]
