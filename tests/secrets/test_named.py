"""Passwords and tokens under names: in configuration, in source of many languages, in texts."""

from __future__ import annotations

import base64
import json

import pytest

from onex_validators.secrets import command, source
from tests.conftest import Repository, no_hang
from tests.secrets.values import ON, drawn, number

WORD, TOKEN = drawn("word", 14), drawn("token", 32)


def codes(repo: Repository, name: str, text: str, *select: str) -> list[tuple[str, int]]:
    """The code and line of each finding; nothing that was found is in the report."""
    repo.write(name, text)
    ask = select or ("--select", ON)
    said = repo.onex("validate", *ask, "--output-format", "json").json()
    shown = json.dumps(said)
    assert WORD not in shown and TOKEN not in shown
    return [(one["code"], one["line"]) for one in said["findings"]]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", '{"db": {"password": "%s"}}'),
        ("a.json", '{"passwords": ["%s"]}'),
        ("a.json", '{"app.properties": "a=1\\ndb.password=%s\\n"}'),
        ("a.json", '{"environment": ["DB_PASSWORD=%s"]}'),
        ("a.json", '{"password": {"default": "%s"}}'),
        ("a.json", '{"env": [{"name": "DB_PASSWORD", "value": "%s"}]}'),
        ("a.json", '{"env": [{"value": "%s", "name": "DB_PASSWORD"}]}'),
        ("a.toml", '[db]\npassword = "%s"'),
        ("a.toml", "db = { password = '%s' }"),
    ],
)
def test_passwords_in_configuration(repo: Repository, name: str, text: str) -> None:
    assert [code for code, _ in codes(repo, name, text % WORD + "\n")] == ["SEC010"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.yaml", 'command: ["server", "--password=%s"]\n'),
        ("a.yaml", "command:\n  - server\n  - --password=%s\n"),
        ("a.yaml", "command:\n  - server\n  - --password\n  - %s\n  - --verbose\n"),
        ("a.yaml", 'args: [run, --password, "%s"]\n'),
        ("a.yaml", "command: --password=%s\n"),
        ("a.json", '{"args": ["--password=%s"]}'),
        ("a.json", '{"args": ["--password",\n "%s"]}'),
        ("a.toml", 'args = ["--password", "%s"]\n'),
    ],
)
def test_options_and_their_values_in_lists(repo: Repository, name: str, text: str) -> None:
    rest = "a: 1\n" * 90 if name == "a.yaml" else ""  # so that not all of it is read
    assert [code for code, _ in codes(repo, name, text % WORD + rest)] == ["SEC010"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('run(["tool", "--password", "%s"])\n', ["SEC020"]),
        ('ARGS = ("--password", "%s", "-v")\n', ["SEC020"]),
        ('run(["tool", "--password", password, "%s"])\n', []),
        ('run(["--password", "-%s"])\n', []),
        ('run(["--password-file", "%s"])\n', []),
        ('add("--password", "%s")\n', []),
        ('FIELDS = ["password", "%s"]\n', []),
    ],
)
def test_options_and_their_values_in_python(repo: Repository, text: str, found: list[str]) -> None:
    assert [code for code, _ in codes(repo, "a.py", '"""Doc."""\n' + text % WORD)] == found


@pytest.mark.parametrize(
    "text",
    [
        "args:\n  - --password\n  - ${PASSWORD}\n",
        "args:\n  - --password\n  - --verbose\n",
        "args:\n  - --password-file\n  - %s\n",
        "notes:\n  - --password\n  - %s\n",
        "args:\n  - --password=$(PASSWORD)\n",
    ],
)
def test_options_without_a_value(repo: Repository, text: str) -> None:
    assert codes(repo, "a.yaml", text.replace("%s", WORD)) == []


@pytest.mark.parametrize(
    "text",
    [
        "password: %s${NAME}\n",
        'password: "{{ name }}%s"\n',
        "url: postgres://app:${PASSWORD:-%s}@db.internal/app\n",
        "url: postgres://app:%s${SUFFIX}@db.internal/app\n",
    ],
)
def test_a_secret_beside_a_reference_or_behind_it(repo: Repository, text: str) -> None:
    assert [line for _, line in codes(repo, "a.yaml", text % WORD)] == [1]


@pytest.mark.parametrize(
    "key", ["apiKey", "auth-token", "CLIENT_SECRET", "slackKey", "license_key"]
)
def test_tokens_in_configuration(repo: Repository, key: str) -> None:
    assert codes(repo, "a.json", json.dumps({key: TOKEN})) == [("SEC011", 1)]


@pytest.mark.parametrize(
    "document",
    [
        {"password": "${DB_PASSWORD}", "token": "{{ token }}", "secret": "op://vault/app/secret"},
        {"password_file": f"/run/{WORD}", "passwordLength": "12345678", "secretName": WORD},
        {"password": True, "token": None, "secret": "changeme", "api_key": "<api-key>"},
        {"valueFrom": {"secretKeyRef": {"name": "app-secrets", "key": WORD}}},
        {"kind": "SealedSecret", "spec": {"encryptedData": {"password": TOKEN}}},
        {"password": "ENC[AES256_GCM,data]", "token": TOKEN, "sops": {"version": "3"}},
        {"passwordRef": {"name": "app", "value": WORD}, "max_tokens": 40960000, "tokens": 40960000},
    ],
)
def test_what_is_rightly_injected(repo: Repository, document: object) -> None:
    assert codes(repo, "a.json", json.dumps(document)) == []


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("a.json", json.dumps({TOKEN: {"password": WORD}}), "SEC010"),
        ("a.js", f'{TOKEN}.password = "{WORD}"\n', "SEC020"),
    ],
)
def test_a_name_is_shown_without_what_looks_drawn(
    repo: Repository, name: str, text: str, code: str
) -> None:
    assert codes(repo, name, text) == [(code, 1)]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("compose.yaml", "services:\n  a:\n    command: redis-server --requirepass %s\n"),
        ("ci.yaml", "script:\n  - make\n  - curl -u app:%s https://shop.internal\n"),
        ("ci.yaml", "steps:\n- run: |\n    cd a\n    tool --password %s\n"),
        ("hosts.ini", "[web]\nweb1 ansible_user=root ansible_password=%s\n"),
        ("tasks.yaml", 'a:\n  mysql_user: name=app password="%s" state=present\n'),
        ("beans.xml", '<b><property name="dbPassword">\n<value>%s</value></property></b>\n'),
        ("a.plist", "<plist><dict><key>password</key><string>%s</string></dict></plist>\n"),
        ("redis.conf", "requirepass %s\n"),
        ("ci.json", '{"run": "curl -u \\"app:%s\\" https://shop.internal"}\n'),
        ("ci.yaml", 'run: "curl --user \\"app:%s\\" https://shop.internal"\n'),
        ("ci.json", '{"script": ["sshpass -p \\"%s\\" ssh a"]}\n'),
        ("x.yaml", "x: ${POSTGRES_PASSWORD:-%s}\n"),
        ("compose.yaml", "services:\n  a:\n    environment:\n    - X=${DB_PASSWORD:-%s}\n"),
    ],
)
def test_where_configuration_hides_passwords(repo: Repository, name: str, text: str) -> None:
    assert codes(repo, name, text % WORD) == [("SEC010", text[: text.index("%s")].count("\n") + 1)]


@pytest.mark.parametrize(
    "text",
    [
        "curl -s \\\n    -u app:%s \\\n    https://shop.internal\n",
        "curl -s \\\r\n    -u app:%s https://shop.internal\r\n",
        "mysqldump -h db \\\n  -u root -p%s shop\n",
        "redis-cli -h cache \\\n\t-a %s\n",
    ],
)
def test_commands_over_several_lines(repo: Repository, text: str) -> None:
    assert [code for code, _ in codes(repo, "a.sh", text % WORD)] == ["SEC020"]
    assert codes(repo, "a.sh", text.replace("\\", "").replace("%s", WORD)) == []


def test_examples_in_configuration(repo: Repository) -> None:
    text = json.dumps({"examples": {"Create": {"password": "mynewpassword", "pwd": "EXAMPLE9!a"}}})
    assert codes(repo, "a.json", text) == []
    assert codes(repo, "b.json", json.dumps({"examples": {"password": f"!{WORD}"}})) != []


def test_words_for_people_in_configuration(repo: Repository) -> None:
    text = "i18n:\n  de: {password: Geheimwort, token: Zugangsmarke, pass: Losung}\n"
    assert codes(repo, "a.yaml", text) == []


def test_what_a_text_in_configuration_makes_up(repo: Repository) -> None:
    lines = "  user: app\n  password: MyPassw0rd!9\n"
    assert codes(repo, "a.yaml", f"EXAMPLES: |\n{lines}run: |\n{lines}") == [("SEC010", 6)]


@pytest.mark.parametrize("name", ["molecule/a.yaml", "docs/a.yaml", "README.md", "tests/a.json"])
def test_what_tests_and_documentation_make_up(repo: Repository, name: str) -> None:
    text = '{"password": "%s"}\n'
    assert codes(repo, name, text % "MyPassw0rd!9") == []
    assert codes(repo, name, text % "Aa!0123456789abcdef") == []
    assert codes(repo, name, text % f"!{WORD}") != []


def test_a_candidate_shows_no_value() -> None:
    (candidate,) = source.scan(f'password = "{WORD}"', "java")
    assert WORD not in repr(candidate)


def test_placeholders_are_told_when_asked_for(repo: Repository) -> None:
    text = '{"password": "changeme"}'
    assert codes(repo, "a.json", text) == []
    assert codes(repo, "a.json", text, "--select", "SEC012") == [("SEC012", 1)]


@pytest.mark.parametrize("path", ["package-lock.json", "i18n/en.json", "locales/de/app.json"])
def test_locks_and_translations(repo: Repository, path: str) -> None:
    assert codes(repo, path, '{"password": "Passwort", "apiKey": "Ihr Schluessel"}') == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.py", 'password = "%s"'),
        ("a.py", 'connect("host", password="%s")'),
        ("a.py", 'OPTIONS = {"password": "%s"}'),
        ("a.py", 'def connect(password="%s"): ...'),
        ("a.py", 'if password == "%s": ...'),
        ("a.py", 'if "%s" == user.password: ...'),
        ("a.py", 'password = os.environ.get("PASSWORD", "%s")'),
        ("a.py", 'password = os.environ.get("PASSWORD") or "%s"'),
        ("a.py", 'password: str = b"%s"'),
        ("a.py", 'user.set_password("%s")'),
        ("a.py", "if (no python\npassword = '%s'"),
        ("a.js", "const password = '%s';"),
        ("a.js", "config['db_password'] = `%s`;"),
        ("a.ts", 'let password: string = "%s";'),
        ("a.go", 'password := "%s"'),
        ("a.java", 'private final String dbPassword = "%s";'),
        ("a.java", 'source.setPassword("%s");'),
        ("a.cs", 'var password = @"%s";'),
        ("a.c", 'char password[32] = "%s";'),
        ("a.m", 'NSString *password = @"%s";'),
        ("a.php", "define('DB_PASSWORD', '%s');"),
        ("a.php", "$config['password'] = '%s';"),
        ("a.rb", ':password => "%s"'),
        ("a.rs", 'let password = "%s".to_owned();'),
        ("a.swift", 'if password == "%s" {'),
        ("a.vue", 'if ("%s" === password) {'),
        ("a.js", 'const password = process.env.PASSWORD || "%s";'),
        ("a.kt", 'text.put("password", "%s")'),
        ("a.js", 'const json = "{\\"password\\": \\"%s\\"}";'),
        ("a.sh", "curl -u app:%s https://shop.internal"),
        ("a.sh", "sshpass -p %s ssh shop.internal"),
        ("a.sh", "mysql -uroot -p%s shop"),
        ("a.sh", "tool --password %s"),
        ("a.sh", "tool --db-password=%s"),
        ("a.ps1", 'Connect-Server -Password "%s"'),
    ],
)
def test_passwords_in_source(repo: Repository, name: str, text: str) -> None:
    assert [code for code, _ in codes(repo, name, text % WORD + "\n")] in (["SEC020"], ["SEC010"])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.py", 'API_KEY = "%s"'),
        ("a.py", 'Client(token="%s")'),
        ("a.js", "const apiKey = '%s';"),
        ("a.go", 'authToken := "%s"'),
        ("a.js", 'login("apikey", "%s")'),
        ("a.js", 'get("https://shop.internal/?token=%s")'),
        ("a.rb", "secret_key_base: '%s'"),
        ("a.mk", "API_TOKEN ?= '%s'"),
        ("a.php", "$apiToken .= '%s';"),
    ],
)
def test_tokens_in_source(repo: Repository, name: str, text: str) -> None:
    assert [code for code, _ in codes(repo, name, text % TOKEN + "\n")] == ["SEC021"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.py", 'password = "new_password"\nlabel = {"password": "Your password"}'),
        ("a.py", 'password = forms.CharField(label="Password")\nkey = "name"\n'),
        ("a.py", "password = getpass()\ntoken = request.headers['token']\nsecret = f'{a}:{b}'"),
        ("a.py", 'PASSWORD_FIELD = "%s"\npassword_hash = "%s"\n'),
        ("a.js", "const password = props.password;\nconst token = `${prefix}${id}`;"),
        ("a.js", 'errors.password = "Password is too short";\nlet key = "backspace";'),
        ("a.java", 'String passwordPattern = "^(?=.*[0-9]).{8,}$";\nString token = getToken("x");'),
        ("a.go", 'tokenURL := "https://id.internal/token"\nfmt.Printf("password: %%s", password)'),
        ("a.html", '<input type="password" name="password" id="password-field">'),
        ("a.css", "input[type=password] { color: red }"),
        ("a.sh", 'curl -u "$USER:$PASSWORD" x\ntool --password "$PASSWORD" --token=$(cat token)'),
        ("a.md", "Set `password: <your password>`; password: see the wiki; token = API token"),
        ("a.txt", 'pass `index="always"` to it; key `Shift-F9`, auth "basic9!"'),
        ("tests/test_a.py", 'login(password="%s")'),
        ("a.sql", "CREATE USER app; -- password: chosen by the owner"),
    ],
)
def test_source_without_secrets(repo: Repository, name: str, text: str) -> None:
    assert codes(repo, name, text.replace("%s", WORD) + "\n") == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("notes.txt", "Log in as root, password: %s"),
        ("a.md", "The admin (pw:%s) is there"),
        ("a.py", "# password: %s\nrun()"),
        ("a.js", "// token: %s"),
        ("notes.txt", "shop access_token %s"),
        ("a.toml", "# password = %s\nx = 1"),
    ],
)
def test_secrets_in_texts(repo: Repository, name: str, text: str) -> None:
    found = codes(repo, name, text % f"Aa1{WORD}" + "\n")
    assert [code for code, _ in found] == ["SEC022"]


def test_one_secret_is_one_finding(repo: Repository) -> None:
    url = f"postgres://app:{WORD}@db.internal/app"
    header = "Basic " + base64.b64encode(f"app:{WORD}".encode()).decode()
    assert codes(repo, "a.json", json.dumps({"password": url})) == [("SEC002", 1)]
    assert codes(repo, "b.json", json.dumps({"authorization": header}))[-1] == ("SEC006", 1)
    assert codes(repo, "c.py", f'password = token = "{TOKEN}"\n')[-1][0] in ("SEC020", "SEC021")


def test_the_span_is_the_secret_alone(repo: Repository) -> None:
    repo.write("a.py", f'password = "{WORD}"\n')
    (found,) = repo.onex("validate", "--select", "SEC020", "--output-format", "json").json()[
        "findings"
    ]
    assert (found["column"], found["end_column"]) == (13, 13 + len(WORD))


@pytest.mark.parametrize(
    "piece",
    [
        *("password", "password=", "password: ", 'password="', "key.", "token[", "secret = '"),
        *("--password ", "-u a:", "curl -u ", "x?token=", "a = b == ", '"password", "', "pwd|"),
        *(
            "token:a ",
            "mysql ",
            "mysql\\\n",
            "curl \\\n",
            "login ",
            "docker login ",
            "echo a:b ",
            "password is ",
            "key or ",
        ),
    ],
)
def test_hostile_repetitions_take_no_time(piece: str) -> None:
    text = piece * (120_000 // len(piece))
    with no_hang():
        for kind in ("shell", "text", "java"):
            list(source.scan(text, kind))
            list(command.scan(text, kind))


def test_data_of_a_kubernetes_secret_is_decoded(repo: Repository) -> None:
    for text, expected in ((TOKEN, ["SEC011"]), ("{{ token }}", []), ("changeme", [])):
        packed = base64.b64encode(text.encode()).decode()
        document = {"kind": "Secret", "data": {"api_token": packed, "user": packed}}
        assert [code for code, _ in codes(repo, "a.json", json.dumps(document))] == expected


def test_digests_are_no_tokens(repo: Repository) -> None:
    text = f'key = "{number("digest")}"\nintegrity = "sha512-{TOKEN}"\n'
    assert codes(repo, "a.py", text) == []


LONG = "some words on what it is for " * 15
SHAPES = (
    ("a.yaml", "environment:\n  - 'API_KEY=%t'\n"),
    ("a.yaml", "env: ['API_TOKEN=%t']\n"),
    ("a.yaml", "password:\n  %s\n"),
    ("a.yaml", "password: # a note\n  %s\n"),
    ("a.yaml", "tokens:\n  # first\n  - %t\n"),
    ("a.yaml", "- name: >-\n    api_key\n  value: %t\n"),
    ("a.yaml", "- name:\n    password\n  value:\n    %s\n"),
    ("a.yaml", f"- name: DB_PASSWORD\n  description: {LONG}\n  value: %s\n"),
    ("a.yaml", f"DbPassword:\n  Description: {LONG * 5}\n  Default: %s\n"),
    ("a.yaml", "spring.datasource.password.value: %s\n"),
    ("a.json", '{"password"\n:\n"%s"}'),
    ("a.json", '{"password (admin)": "%s"}'),
    ("a.json", '{"pass\\u0077ord": "%s"}'),
    ("a.json", '{"script": "a\\nmailpass=%s\\nrun"}'),
    ("a.json", f'{{"value": "%t", "note": "{LONG}", "name": "apiKey"}}'),
    ("a.py", 'config.primary.password = "%s"\n'),
    ("a.py", 'self.next.token = "%t"\n'),
    ("a.py", 'TOKEN = """\n%t\n"""\n'),
    ("a.py", 'password = "%s "\n'),
    ("a.py", f'password = (\n    # {LONG}\n    "%s"\n)\n'),
    ("a.py", f'def connect(password: Annotated[str, Doc("{LONG}")] = "%s"): ...\n'),
    ("a.sh", "mysql -h db \\\n-p%s x\n"),
    ("a.sh", "curl -s http://h/x \\\n-u app:%s\n"),
    ("a.txt", "masterauth = '%s'\n"),
    ("a.php", '$x.basicauth("app", "%s");\n'),
)


@pytest.mark.parametrize(("name", "text"), SHAPES)
def test_a_secret_is_found_however_far_it_stands_from_its_name(
    repo: Repository, name: str, text: str
) -> None:
    """What spares files a closer look must not spare these."""
    text = text.replace("%s", WORD).replace("%t", TOKEN)
    assert {code for code, _ in codes(repo, name, text)} & {"SEC010", "SEC011", "SEC020", "SEC021"}


PADDING = "".join(f"some{nth}: text\n" for nth in range(5000))
"""So much that what does not matter is passed over."""


@pytest.mark.parametrize("text", [text for name, text in SHAPES if name == "a.yaml"])
def test_nor_in_a_long_file(repo: Repository, text: str) -> None:
    text = text.replace("%s", WORD).replace("%t", TOKEN)
    alone = codes(repo, "a.yaml", text)
    found = codes(repo, "a.yaml", f"{PADDING}---\n{text}...\n---\n{PADDING}")
    assert found == [(code, line + 5001) for code, line in alone]


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1, "list": [{"kind":\n"Secret", "data": {"password": "%s"}}]}',
        '{"a": 1, "list": [{"kind" : "Secret", "more": [], "data": {"password": "%s"}}]}',
        'a: 1\nlist:\n- data: {password: "%s"}\n  kind: !!str Secret\n',
    ],
)
def test_an_object_of_kubernetes_is_known_however_it_is_written(
    repo: Repository, text: str
) -> None:
    name = "a.json" if text[0] == "{" else "a.yaml"
    encoded = base64.b64encode(WORD.encode()).decode()
    assert [code for code, _ in codes(repo, name, text.replace("%s", encoded))] == ["SEC010"]


def test_no_line_decides_for_another(repo: Repository) -> None:
    one = f"- 'API_KEY={TOKEN}'\n"
    assert codes(repo, "a.yaml", one) == [("SEC011", 1)]
    assert codes(repo, "a.yaml", one + "- password: |\n") == [("SEC011", 1)]
