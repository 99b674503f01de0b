"""Values that only say where a secret comes from: rightly injected, never a finding."""

from __future__ import annotations

from onex_validators.pattern import pattern
from onex_validators.secrets.words import listed

_NAME = r"[A-Za-z_][\w.\-]{0,100}"
_CAPITALS = r"[A-Z_][A-Z0-9_]{2,80}"
_INNER = pattern(
    "|".join(
        (
            r"\$\$?\{\{[^{}\n]{0,300}\}\}",
            r"\$\$?\{ ?[!#]?[A-Za-z_][\w.]{0,100}(?:[:?+=/%#^,|(\[ \-][^{}\n]{0,300})?\}",
            r"\$\([^()\n]{1,300}\)",
            rf"\$\$?(?:env:)?{_CAPITALS}(?![a-z])",
            r"\{\{\{?[^{}]{0,400}\}?\}\}",
            r"\{%[^{}]{0,300}%\}",
            r"<%[^<>]{0,300}%>",
            r"%env\([^()\n]{1,200}\)%",
            rf"%\({_NAME}\)[sd]",
            rf"%{_CAPITALS}%",
            rf"@{_CAPITALS}@",
            r"#\{[^{}\n]{0,200}\}",
        )
    )
)
"""References that stand inside of other text too."""
_WHOLE = pattern(
    "|".join(
        (
            rf"\$\$?\(?(?:env:|Env:)?{_NAME}(?:(?:->|\[|::)[^\s]{{0,80}})?\)?",
            r"\$\d|\$\[[^\[\]\n]{1,200}\]",
            r"%%?[A-Za-z_][\w.:\-]{0,80}%%?",
            r"@@?[A-Za-z_][\w.:\-]{1,80}@@?",
            r"__[A-Za-z][\w.\-]{1,80}__|\$[A-Za-z][\w.]{1,80}\$",
            r"\[\[[^\[\]\n]{1,200}\]\]",
            r"\{ ?[A-Za-z_][\w.\- ]{0,100} ?\}|\{[0-9]?\}|%[sdv@]|%\d\$s|\?|:[a-z_]+",
        )
    )
)
"""References that are too common inside of other text."""
_SHELL_DEFAULT = pattern(r"\$\$?\{[A-Za-z_]\w{0,100}:?[-=]([^{}\n$]{1,300})\}")
_SPRING_DEFAULT = pattern(r"\$\{[A-Za-z_][\w.\-]{0,100}:([^{}\n$?+\-=][^{}\n$]{0,300})\}")
_STORES = pattern(
    r"(?i)(?:ref\+[a-z0-9+]{2,30}:|(?:vault|op|secretsmanager|ssm|awsssm|awssm|gsm|gcpsm|akv|keyvault|"
    r"azurekeyvault|doppler|bws?|pass|keyring|keychain|env|secretref|secret|credential|credentials|"
    r"sm|chamber|conjur|infisical|sops|file|lastpass|k8s|kms|dpapi|encrypted|crypt|resolve|"
    r"valuefrom|projects|classpath)://?"
    r"|(?:vault|op|ssm|secretsmanager|awsssm|doppler|keyring|env|secretref|credstash|keyvault|sops|"
    r"file):(?=[A-Za-z_/])"
    r"|arn:aws[a-z\-]{0,10}:|projects/[^/\s]{1,80}/secrets/|@microsoft\.keyvault\("
    r"|\{\{resolve:|enc\[|enc\(|\{cipher\}|\{vault|\$ansible_vault|!(?:ref|sub|importvalue|vault|getatt)\b"
    r"|https://[a-z0-9\-]{1,60}\.vault\.azure\.net/|age1[a-z0-9]{40}|u2fsdgvkx1)"
)
_TAGS = listed(
    "!Ref !Sub !ImportValue !GetAtt !vault !vault-encrypted !encrypted !secret !env !Env !ENV"
    " !FindInMap !Join !Select !env_var !include !file !environment !envvar !reference"
)
_CODE = pattern(
    r"(?:var|local|data|module|each|self|path|env|process|os|secrets|vars|inputs|params|config|"
    r"settings|github|steps|needs|matrix|values|context|parameters|variables|outputs|this)"
    r"(?:\.|\[)[A-Za-z_\"'][\w.\[\]\"'\-]{0,200}"
)
_CALL = pattern(r"[A-Za-z_][\w.:\->]{0,80}\([^\n]{0,300}\)[.\w()\"'\[\]]{0,100}")
_FILE = pattern(r"(?:file://)?(?:~|\.{1,2}|[A-Za-z]:)?[/\\](?:[\w.\-@ ]+[/\\])*[\w.\-@ ]*\.?[\w]+")


def is_reference(value: str) -> bool:
    """Whether the whole of ``value`` says where to take a secret from."""
    text = _bare(value)
    if not text:
        return True
    if _STORES.match(text) or _CODE.fullmatch(text):
        return True
    if default(text):
        return False
    if _WHOLE.fullmatch(text) or _CALL.fullmatch(text):
        return True
    return not rest(text).strip(" :/@\"'")


def default(value: str) -> str:
    """The literal that a reference falls back to (``${TOKEN:-abc}``), or ""."""
    text = _bare(value)
    found = _SHELL_DEFAULT.fullmatch(text) or _SPRING_DEFAULT.fullmatch(text)
    return found[1].strip("\"'") if found else ""


def has_reference(value: str) -> bool:
    """Whether some part of ``value`` is one."""
    return _INNER.search(value) is not None


def rest(value: str) -> str:
    """``value`` without the references in it."""
    return _INNER.sub("", value)


def literals(value: str) -> list[str]:
    """What stands before, between and after the references in ``value``."""
    return _INNER.split(value)


def is_tag(tag: str) -> bool:
    """Whether a YAML tag says that its value names a secret, or is an encrypted one."""
    return tag in _TAGS


def is_path(value: str) -> bool:
    """Whether ``value`` is the path of a file, which a secret is read from."""
    return _FILE.fullmatch(value) is not None and not _looks_base64(value)


def _looks_base64(value: str) -> bool:
    """Whether ``value``, which has slashes, is rather text in base 64."""
    parts = [part for part in value.split("/") if part]
    return len(value) >= 20 and (value.endswith("=") or any(len(part) > 25 for part in parts))


def _bare(value: str) -> str:
    text = value.strip()
    while len(text) > 1 and text[0] == text[-1] and text[0] in "\"'`":
        text = text[1:-1].strip()
    return text
