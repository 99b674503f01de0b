"""Whether a value is the secret that its name speaks of, by how much its place has to be trusted.

In configuration a password may be any word; in source most words after *password* are names of
fields and texts for people; in prose nearly all are.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from onex_validators.pattern import pattern
from onex_validators.secrets import reference
from onex_validators.secrets.entropy import is_hex, is_random, is_spoken
from onex_validators.secrets.placeholder import is_counted, is_placeholder
from onex_validators.secrets.words import LOOSE, PASSWORD, SECRET, Meaning, is_bare, listed, meaning

LOOSELY, STRICTLY, IN_PROSE, BY_ITSELF = 0, 1, 2, 3
"""How a value is judged: in configuration and on command lines, in source, in text, and where
nothing but a space stands between the name and the value."""
LIVE, WEAK = "live", "weak"

_LONGEST = 512
_UUID = pattern(r"(?i)[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
_NOTHING = listed(
    "true false yes no on off null nil none undefined void 0 1 auto default empty optional"
    " required string str text password hidden enabled disabled int integer boolean object"
)
_DIGEST = pattern(r"(?:sha(?:1|224|256|384|512)|md5|blake[23]b?)[-:=]", re.IGNORECASE)
_HASH = pattern(
    r"(?:[\w.\-]{1,40}:)?\$(?:2[abxy]?|1|5|6|y|apr1|argon2[a-z]{0,2}|pbkdf2[\w\-]{0,10}|scrypt|P|H)\$|pbkdf2_|argon2|bcrypt"
    r"|scrypt[:$]|\{S?SHA\d*\}"
)
_PUBLIC = pattern(
    r"(?:ssh-(?:rsa|ed25519|dss)|ecdsa-sha2-\S{1,20}) |-----BEGIN|MII[A-Za-z0-9+/]{60}"
)
_CODE = pattern(
    r"[A-Za-z_][\w]*(?:(?:\.|::|->)[A-Za-z_]\w*(?:\(\))?)+|[\w.]+\(.{0,200}\)|\(\?[:=!<P]|\^.{1,200}\$|"
    r"\[[^\]]{1,60}\][+*{]|.{0,60}%[sdr](?![A-Za-z0-9]).{0,60}|[.#][a-z][\w\-]+(?:[ >.#][\w\-.#]+)*"
)
_TYPE = pattern(
    r"[\w.]+(?:\[\]|\[-?\d{1,3}\](?:\.[A-Za-z_]\w*){0,8}|<[\w., ]+>|\[[\w., |]+\])"
    r"|[A-Z]\w+(?: \| \w+)+|/.{1,200}/[gimsuy]*"
)
_FOREIGN = pattern(r"[^\W\d_a-zA-Z]")
"""A letter that no keyboard of a machine has: a text for people, unless there are digits too."""
_ROUTE = pattern(r"/?[\w.\-]+(?:/(?:[\w.\-]+|\{\w*\}|:\w+|<[\w:]+>|\*{1,2}|%[sd]))+/?")
_LED = pattern(r"(?:[a-z]+\d{0,2}[\-_:/.]){2}|[a-z]?\d{1,3}[\-_:/.][a-z]+[\-_:/.]")
"""Words before what is drawn: the key of a cache, the path of an object."""
_SPEAKS = pattern(r"(?i)p[a@4](?:ss|\$\$)w[o0]r?d|s[e3]cr[e3]t|p[a@4]ssphrase|EXAMPLE")
"""In a value that a person made up for a sample."""
_CLASSES = (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^A-Za-z0-9]")


@lru_cache(maxsize=1024)
def verdict(said: Meaning, value: str, how: int = LOOSELY) -> str:
    """What ``value`` is under a name of that meaning: `LIVE`, `WEAK` (a placeholder), or ""."""
    text = value.strip()
    if not text or len(text) > _LONGEST or "\n" in text or "\r" in text:
        return ""
    if reference.is_reference(text):
        return ""
    fallback = reference.default(text)
    if fallback:
        return verdict(said, fallback, how)
    if reference.has_reference(text):
        parts = reference.literals(text)
        return LIVE if is_random("".join(parts), 16) or any(map(is_random, parts)) else ""
    if text.lower() in _NOTHING or _is_of_another_kind(text):
        return ""
    if is_placeholder(text, said.words) or is_bare(text) or text.endswith(("...", "…")):
        return WEAK
    if said.kind == PASSWORD and names_one(text):
        return WEAK
    return LIVE if _is_live(said, text, how) else ""


def _is_of_another_kind(text: str) -> bool:
    """Whether ``text`` is a path, an address, a digest, a public key, code: no secret at all."""
    return bool(
        "://" in text
        or reference.is_path(text)
        or _DIGEST.match(text)
        or _HASH.match(text)
        or _PUBLIC.match(text)
        or _TYPE.fullmatch(text)
        or _is_route(text)
        or (_FOREIGN.search(text) and not re.search(r"[0-9]", text))
        or (_CODE.fullmatch(text) and not re.search(r"\d", text))
    )


def _is_route(text: str) -> bool:
    """Whether ``text`` is the path of a URL: of words, and of places for others."""
    parts = re.split(r"[/{]", text)
    return len(parts) > 2 and is_spoken(text) and _ROUTE.fullmatch(text) is not None


def names_one(text: str) -> bool:
    """Whether ``text`` is the name of a password rather than one: ``share_password``."""
    said = meaning(text) if re.fullmatch(r"[a-z]+(?:_[a-z]+){1,4}", text) else None
    return said is not None and said.kind == PASSWORD


def is_sample(text: str) -> bool:
    """Whether ``text`` is rather made up for a text or a test: by its words, or in a row."""
    return _SPEAKS.search(text) is not None or is_counted(text)


def _is_live(said: Meaning, text: str, how: int) -> bool:
    if how == BY_ITSELF:
        return said.kind not in (LOOSE, PASSWORD) and is_random(text, 16) and not text.isalpha()
    if said.kind == LOOSE:
        drawn = is_random(text, 18 + 4 * (how > LOOSELY)) and not _LED.match(text)
        return drawn and not _is_number(text)
    if _UUID.fullmatch(text):
        return said.kind in (PASSWORD, SECRET) and how == LOOSELY
    if said.kind == PASSWORD:
        return _is_password(text, how)
    return _is_token(text, how)


def _is_password(text: str, how: int) -> bool:
    if " " in text or "\t" in text:
        return how == LOOSELY and text.count(" ") < 4 and is_complex(text.replace(" ", ""))
    if how == LOOSELY:
        return 4 <= len(text) <= 128 and not _is_about_itself(text)
    if how >= IN_PROSE:
        return 6 <= len(text) <= 64 and is_complex(text) and (_has_sign(text) or not is_name(text))
    if not 6 <= len(text) <= 128 or _speaks_of_one(text):
        return False
    return re.search(r"\d", text) is not None or not is_name(text)


def _is_token(text: str, how: int) -> bool:
    if is_random(text, 16 if how >= IN_PROSE else 12) or is_unbalanced(text):
        return True
    if re.search(r"[\s\"']", text) or _FOREIGN.search(text) or (text.isdigit() and len(text) < 16):
        return False
    if how >= IN_PROSE or len(text) < (8 if how == LOOSELY else 10) or is_name(text):
        return False
    return how == LOOSELY or is_complex(text)


def _speaks_of_one(text: str) -> bool:
    """Whether ``text`` is a name that itself speaks of a secret: of a field, or a setting."""
    return re.fullmatch(r"[A-Za-z_.\- ]+\d{0,2}", text) is not None and meaning(text) is not None


def _has_sign(text: str) -> bool:
    """Whether ``text`` has another character than names have."""
    return re.search(r"[^A-Za-z0-9_.\-:/]", text) is not None


def is_complex(text: str) -> bool:
    """Whether ``text`` has a digit, and characters of three of the four classes."""
    found = [re.search(kind, text) is not None for kind in _CLASSES]
    return found[2] and sum(found) >= 3


def is_name(text: str) -> bool:
    """Whether ``text`` is made of words, with a number at their ends at most: a name, a label."""
    body = re.sub(r"(?<=[A-Za-z])[\d.]{1,2}(?=$|[\W_])", "", text)
    if re.search(r"[^A-Za-z0-9_.\-:/ ]", body.rstrip(":?!.,*")):
        return False
    return not re.search(r"\d", body) and (is_spoken(body) or len(body) < 8)


def is_unbalanced(text: str) -> bool:
    """Whether brackets in ``text`` do not match: then it is neither code nor a template."""
    signs = len(re.findall(r"[^\w\s]", text))
    if len(text) < 12 or signs < 5:
        return False
    stack = ""
    for sign in re.findall(r"[()\[\]{}]", text):
        if sign in "([{":
            stack += ")]}"["([{".index(sign)]
        elif not stack.endswith(sign):
            return True
        else:
            stack = stack[:-1]
    return bool(stack)


def _is_number(text: str) -> bool:
    """Whether ``text`` is a digest by its length."""
    return is_hex(text) and len(text) in (32, 40, 56, 64, 96, 128)


def _is_about_itself(text: str) -> bool:
    """Whether ``text`` has the form of a name of a variable or a setting, not of a password."""
    return re.fullmatch(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[a-z]+(?:\.[a-z_]+){2,}", text) is not None


class Candidate(NamedTuple):
    """A value that stands after a name which speaks of a secret.

    Attributes:
        name: the name or the path of keys, to be shown.
        meaning: what its last name says.
        span: the bytes of the value.
        how: how it has to be judged.
        place: ``config``, ``source`` or ``text``.
        decoded_from: how it is written, where that is not plain.
    """

    name: str
    meaning: Meaning
    value: str
    span: tuple[int, int]
    how: int
    place: str
    decoded_from: str = ""

    def __repr__(self) -> str:
        """The name and the place; never the value."""
        return f"Candidate({self.name!r}, {self.span}, {self.place!r})"

    @property
    def verdict(self) -> str:
        """What the value is."""
        return verdict(self.meaning, self.value, self.how)
