"""What holds on one machine or in one network: home folders, disks, addresses, `localhost`."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase

from onex_validators.environment.meaning import listed
from onex_validators.environment.settings import Environment
from onex_validators.pattern import pattern

_ACCOUNTS = listed(
    "public shared default all administrator runneradmin containeradministrator containeruser app"
    " appuser application node runner vscode circleci jovyan coder gitpod codespace gitlab-runner"
    " jenkins travis vsts vsts_azpcontainer vstsagent nonroot linuxbrew airflow www www-data web"
    " git container conda builder build buildbot buildkite-agent ubuntu ec2-user centos debian"
    " fedora rocky almalinux opc azureuser vagrant core appveyor postgres mysql redis nginx spark"
    " hadoop hdfs flink celery django rails service docker podman nobody daemon pptruser chrome"
    " seluser steam nix guest project agent hostedtoolcache username your_username your-username"
    " yourname your_name your-name youruser your_user your-user you me name xxx foo bar example"
    " someone somebody"
)
"""Accounts of images, runners and clouds, and names that stand for one: nobody's home."""
_NAME = r"[A-Za-z0-9_](?:[\w.\-]{0,60}\w)?"
_END = r"(?![\w.\-$%{}<>*@~+])"
HOME = pattern(
    rf"(?P<home>(?<![\w.\-}}\])%~*$/])(?:(?:file|sqlite|unix|duckdb|h2):/{{0,3}}(?=/))?"
    rf"(?:/(?:var|usr|export|Volumes/[\w.\- ]{{1,40}}))?"
    rf"(?P<root>/home/|/Users/)(?P<name>{_NAME}){_END})"
    rf"|(?P<windows>(?<![A-Za-z0-9_])(?:file:/{{1,3}}|/|/mnt/|/cygdrive/)?"
    rf"(?:[A-Za-z]:[\\/]{{1,2}}|(?<=/)[a-z]/)(?i:Users|Documents and Settings)[\\/]{{1,2}}"
    rf"(?P<account>[A-Za-z0-9_][\w.\-~]{{0,60}}(?: [A-Z]\w{{0,40}})?)(?![\w.\-$%{{}}<>*@+]))"
)
"""The home folder of somebody, by the way to it: what is below it comes after the match."""
_WITHIN = r"[\w.\-]{2,80}"
MACHINE = pattern(
    rf"(?<![\w.\-}}\])%~*$/:])(?:file:(?://)?)?(?P<path>/Volumes/(?!Macintosh HD/Users){_WITHIN}"
    rf"|/run/media/{_WITHIN}/{_WITHIN}|/mnt/[a-z]/(?!Users/){_WITHIN}|(?:/private)?/var/folders/[\w+]{{2}}/[\w+]{{6,40}})"
    rf"|(?<![\w.%$}}])(?P<drive>(?:[D-Z]:/|[D-Zd-z]:\\{{1,2}})(?![/\\]|Users[/\\]){_WITHIN})(?=[\\/]|[\"',;]|\Z)"
    rf"|(?:\A|(?<=[\s\"'=,;]))(?P<share>\\\\[A-Za-z][\w.\-]{{2,60}}\\[A-Za-z][\w$.\-]{{1,60}})(?![\w*+?{{(\[|^])"
)
"""A disk that one machine has: volumes, drives but `C:`, shares of a server, temporary folders."""
_OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
ADDRESS = pattern(
    rf"(?<![\w.%\-])(?<![^/]/)(?<!\d\s-\s)(?P<address>(?:10\.{_OCTET}|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.{_OCTET}"
    rf"\.(?!0(?!\d)|255){_OCTET})(?![\w%\-]|\.\w|/\d|\s*-\s*\d)"
)
"""An address of a private network that is one machine's: no block, no range, no network."""
_LOCAL = r"(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])"
LOCAL_URL = pattern(
    rf"(?:\A|(?<=[\s\"',;|=(<]))(?:jdbc:)?(?P<scheme>(?!(?:scheme|driver|dialect|proto|protocol)\b)[A-Za-z][A-Za-z0-9+.\-]{{1,20}})://(?:[^\s@/\"']{{0,160}}@)?"
    rf"(?P<host>{_LOCAL}(?::\d{{1,5}})?)(?![\w.\-:@])"
)
"""A URL of the machine that reads it."""
_LOCAL_HOST = pattern(rf"(?P<host>(?:{_LOCAL}|::1)(?::\d{{1,5}})?)")
_SAME_EVERYWHERE = listed(
    "172.17.0.1 172.18.0.1 192.168.65.2 192.168.65.254 10.0.2.2 10.0.2.3 10.0.2.15 10.0.3.2"
    " 192.168.49.1 192.168.49.2 10.96.0.1 10.96.0.10 10.43.0.1 10.43.0.10"
)
"""The host, its names and its services as seen from a container or an emulated machine."""
_PATH = pattern(r"[^\s\"',;:|<>()]{0,300}")


def is_nobodys(match: re.Match[str], options: Environment) -> bool:
    """Whether the home folder is one that every machine of its sort has, or stands for one."""
    name = match["name"] or match["account"]
    return name.lower() in _ACCOUNTS or name in options.accounts


def is_allowed_path(path: str, options: Environment) -> bool:
    """Whether ``path`` is one of the allowed ones, or below one."""
    plain = path.replace("\\", "/")
    allowed = (one.replace("\\", "/").rstrip("/") for one in options.paths)
    return any(plain == one or plain.startswith(f"{one}/") for one in allowed)


def is_allowed_address(address: str, options: Environment) -> bool:
    """Whether ``address`` is allowed, or the same for everybody."""
    return address in _SAME_EVERYWHERE or any(
        fnmatchcase(address, one) for one in options.addresses
    )


def is_allowed_host(host: str, options: Environment) -> bool:
    """Whether the local ``host``, with its port, is allowed."""
    bare = host[: host.rfind(":")] if re.search(r":\d+\Z", host) else host
    return any(fnmatchcase(host, one) or bare == one for one in options.hosts)


def is_runners(path: str) -> bool:
    """Whether ``path`` is one that a hosted runner of pipelines has on Windows."""
    return path[:5].replace("\\", "/") == "D:/a/"


def whole_path(text: str, match: re.Match[str]) -> str:
    """The path whose beginning ``match`` is."""
    rest = _PATH.match(text, match.end())
    return match[0] + (rest[0] if rest is not None else "")


def is_local(text: str) -> bool:
    """Whether ``text`` is a host, with or without its port, or a URL of the reading machine."""
    return _LOCAL_HOST.fullmatch(text) is not None or LOCAL_URL.match(text) is not None


def fault_of(text: str, options: Environment) -> str:
    """What is bound to a place in the default ``text``, in words; empty for one that may stay."""
    host = _LOCAL_HOST.fullmatch(text) or LOCAL_URL.match(text)
    if host is not None:
        return "" if is_allowed_host(host["host"], options) else f"`{host['host']}`"
    address = ADDRESS.search(text)
    if address is not None and not is_allowed_address(address["address"], options):
        return f"the private address {address['address']}"
    home = HOME.match(text)
    if home is not None and not is_nobodys(home, options):
        return "" if is_allowed_path(text, options) else f"the home folder `{home[0]}`"
    path = MACHINE.match(text)
    if path is not None and not is_allowed_path(text, options):
        return f"the path `{path[0]}`"
    return ""
