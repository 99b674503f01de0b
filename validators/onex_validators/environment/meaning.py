"""What the names before a value say of it: explained only, meant, a network, a version, a page."""

from __future__ import annotations

import re

from onex_tools.api import Setting
from onex_validators.pattern import pattern

_WORD = pattern(r"(?i:e2e)|[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


def listed(words: str) -> frozenset[str]:
    """The words that stand in ``words``, with white space between."""
    return frozenset(words.split())


_EXPLAINING = listed(
    "description descriptions desc comment comments example examples sample samples doc docs"
    " documentation help note notes title summary message messages msg placeholder hint tooltip"
    " changelog schema xmlns namespace targetnamespace schemalocation regex regexp pattern"
    " patterns readme explanation usage caption echo"
)
_MEANT_WORDS = listed(
    "health healthcheck healthchecks healthz probe probes liveness readiness startup ready"
    " check checks listen listener listeners bind binding bindings cors origin origins allowed"
    " allow csrf trusted redirect redirects callback callbacks dev development develop devel"
    " debug local localhost test tests testing kestrel emulator emulators sandbox sidecar launch"
    " profiles expected mock e2e"
)
_MEANT = listed(
    "healthcheck livenessprobe readinessprobe startupprobe aspnetcoreurls applicationurl"
    " redirecturis weborigins allowedhosts redirecturi openapi swagger devserver configurations"
    " proxypass proxypassreverse fastcgipass uwsgipass grpcpass upstream"
)
_NETWORK_WORDS = listed(
    "subnet subnets subpool cidr cidrs netmask mask range ranges gateway gateways gw route"
    " routes routing ipam allow allowed allowlist whitelist deny denied denylist blacklist"
    " blocklist block trusted pool pools dhcp lease reservation reservations vlan vpc vip"
    " firewall acl acls nat bgp ospf peer peers neighbor neighbors interface interfaces"
    " wireguard vpn exclude excluded bypass ethernets netplan bind listen listener listeners"
)
_VERSION_WORDS = listed(
    "version versions sdk release releases build revision firmware driver dependencies"
    " dependency package packages require requires requirements engines plugin plugins artifact"
    " assembly binding tag tags software update upgrade minimum maximum os"
)
_DEFINED = listed(
    "noproxy nonproxyhosts proxyoverride ipv4 ipv4address ipv4gateway ipaddress ipaddresses"
    " staticip privateip privateipaddress privateips loadbalancerip clusterip clusterips"
    " clusterdns externalips podip podips hostip hostips ansiblehost ansiblesshhost nexthop ip"
    " ips"
)
_OF_DEVICE = ("ipaddress", "ipv4address", "ipaddresslist")
"""Ends of names that give its address to a device: `slot_ipv4_address`, `deviceIpAddress`."""
_SERVERS = listed("host hosts hostname server servers url uri endpoint")
_PAGES = listed(
    "url urls uri href route routes routing router redirect redirects rewrite rewrites endpoint"
    " endpoints pathname permalink slug menu nav navigation page pages breadcrumb canonical"
    " ingress sitemap"
)
_FOLDERS = listed(
    "dir dirs directory directories folder folders file files filename filepath home workspace"
    " workdir volume volumes mount mounts log logs logfile cert certs certificate python"
    " interpreter exec executable bin binary prefix classpath sdk root base cache data model"
    " models checkpoint checkpoints dataset datasets output outputs input inputs key keys"
    " keyfile identity backup disk install installation lib library java node venv conda storage"
    " upload uploads store socket pid tool tools command cmd program script project projects"
    " repo repository code source src destination dest working scripts context device hostpath"
)


class Names:
    """The names that lead to a setting.

    Attributes:
        path: the keys.
        words: the words of all names, in small letters.
        last: the words of the last name.
        plain: each name in small letters, without what joins its words.
    """

    __slots__ = ("last", "path", "plain", "words")

    def __init__(self, setting: Setting) -> None:
        self.path = setting.path
        names = [part for part in setting.path if isinstance(part, str)]
        self.words = words_of(*names)
        self.last = words_of(setting.key)
        self.plain = frozenset(re.sub(r"[^a-z0-9]", "", name.lower()) for name in names)


def words_of(*names: str) -> frozenset[str]:
    """The words that ``names`` are made of: ``dbHost``, ``db_host`` and ``DB-HOST`` are equal."""
    return frozenset(word.lower() for name in names for word in _WORD.findall(name))


def is_explained(names: Names) -> bool:
    """Whether the value is told to people, or is only a name or a pattern."""
    return not _EXPLAINING.isdisjoint(names.words) or not _EXPLAINING.isdisjoint(names.plain)


def is_local(names: Names) -> bool:
    """Whether this machine is the right one: what listens, is asked how it is, or is let in."""
    return names.path == ("proxy",) or are_local(names.words) or not _MEANT.isdisjoint(names.plain)


def are_local(words: frozenset[str]) -> bool:
    """Whether one of ``words`` of a name says so."""
    return not _MEANT_WORDS.isdisjoint(words)


def defines_network(names: Names) -> bool:
    """Whether an address is given to what is described, let in, or kept out."""
    if not names.words.isdisjoint(_NETWORK_WORDS) or not names.plain.isdisjoint(_DEFINED):
        return True
    if not names.last.isdisjoint(_SERVERS):
        return False
    of_device = any(name.endswith(_OF_DEVICE) for name in names.plain)
    return of_device or not names.words.isdisjoint(("network", "networks"))


def is_version(names: Names) -> bool:
    """Whether four numbers are a version here."""
    return not names.words.isdisjoint(_VERSION_WORDS)


def is_page(words: frozenset[str]) -> bool:
    """Whether a path is one of the web by ``words``."""
    return not words.isdisjoint(_PAGES)


def is_folder(words: frozenset[str]) -> bool:
    """Whether a path is one of folders by ``words``."""
    return not words.isdisjoint(_FOLDERS)
