"""Names that say what their value is: a password, a token, a key, or only something about one."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from onex_validators.pattern import pattern

_PART = pattern(r"[A-Z]{2,}(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[^\W\d_]+")
_LONGEST = 120

PASSWORD, TOKEN, SECRET, KEY, LOOSE = "password", "token", "secret", "key", "value"


def listed(text: str) -> frozenset[str]:
    """The words of ``text`` as a set."""
    return frozenset(text.split())


_KINDS = {
    PASSWORD: "password passwords passwd passwds pwd pwds passphrase passphrases passcode psw pswd"
    " passwort kennwort contrasena motdepasse mdp senha wachtwoord haslo parola",
    TOKEN: "token tokens jwt bearer accesstoken authtoken apitoken refreshtoken",
    SECRET: "secret secrets secrete credential credentials cred creds clientsecret appsecret"
    " sharedsecret authsecret",
    KEY: "apikey apikeys accesskey secretkey privatekey authkey appkey masterkey encryptionkey"
    " signingkey accountkey sharedkey licensekey",
}
_SINGLE = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_JOINED = listed(
    "adminpass authpass bindpass dbpass ftppass keypass ldappass mailpass rootpass smtppass"
    " storepass userpass adminpw authpw bindpw dbpw ldappw olcrootpw rootpw userpw requirepass"
    " masterauth"
)
"""Names of passwords that are written as one word."""
_SHORT = frozenset({"pass", "pw"})
"""Words for a password that mean other things too: only as the last word, or after these."""
_ENDINGS = {
    "password": PASSWORD,
    "passwd": PASSWORD,
    "passphrase": PASSWORD,
    "pwd": PASSWORD,
    "token": TOKEN,
    "secret": SECRET,
    "apikey": KEY,
    "secretkey": KEY,
    "accesskey": KEY,
    "privatekey": KEY,
}
_LAST = tuple(_ENDINGS)
_OWNERS = listed(
    "access account admin api app application auth authentication authorization cipher client"
    " consumer credential crypt crypto customer decryption deploy encrypt encryption function"
    " hmac jwt license licence master private secret secure server service shared sign"
    " signing storage subscription webhook"
)
"""Words before *key* that make it one to keep."""
_ABOUT = listed(
    "agreement algo algorithm alias aliases allowed arn attempts attr attribute attributes"
    " available backend bucket budget bytes callback case cert certificate changed charset check"
    " checker class column command comment complexity config confirm confirmation contains count"
    " created database date days db default delimiter derivation description dialog dict dir"
    " directory disabled doc docs enabled encoding encryption endpoint endswith engine entropy"
    " enum env error errors exact exchange exists expiration expire expired expires expiry"
    " factory field fields file filename files filter fingerprint fmt folder form format func"
    " function generator getter grace group handler hash hashed hasher header headers help hint"
    " history hook icon id identifier ids index info input interval issuer iterations kind label"
    " layout left len length lifetime limit link list location lock logger management manager"
    " map mapper mask max message metadata method mgmt middleware min mode model module msg name"
    " names namespace null num number object offset option optional options order output page"
    " param parameter params parser path paths pattern permission permissions placeholder plugin"
    " policies policy prefix processor prompt properties provider public question reader reason"
    " ref reference regex regexp region remaining required requirement reset resource response"
    " result reuse ring role rotation route router rule rules salt schema scheme scope scopes"
    " screen script selector separator serializer server service set setter setting settings"
    " size sort source spec split startswith state status step store strategy strength style"
    " suffix table tag template test timeout timestamp tip title total ttl type types uri uris"
    " url urls usage usages used user username users uuid validation validator validators vault"
    " version view visible warning widget width writer"
)
"""Last words of names whose value is something about a secret, or where one is."""
_ASIDE = listed(
    "public pub hashed encrypted sealed fingerprint digest checksum etag csrf xsrf primary"
    " foreign partition sort cache hot shortcut cancellation pagination continuation next page"
    " word sub reset forgot forgotten invalid wrong incorrect bad missing no without is has use"
    " uses should can must min max num show hide enable enables disable allow allows require"
    " requires required needs need generate validate verify check change changed update remember"
    " confirm special"
)
"""Words that, before the one that means a secret, say that this is none."""
_AFTER = listed("value string text literal plain plaintext raw data secure base")
"""Words that may follow a short or loose one."""


STOCK = listed(
    "password passwd pass pwd pw secret username user login p s x xx xxx token pw123 passphrase"
    " credentials changeme none null test key mypass mypassword mysecret mykey other"
)
"""Values that stand for a password in samples."""


class Meaning(NamedTuple):
    """What a name says of its value.

    Attributes:
        kind: ``password``, ``token``, ``secret``, ``key``, or ``value`` for a name that often, but
            not always, stands before a secret (``key``, ``auth``): the value has to prove itself.
        words: the words of the name.
    """

    kind: str
    words: tuple[str, ...]

    @property
    def title(self) -> str:
        """The kind in a message."""
        return "secret" if self.kind == LOOSE else self.kind


def is_bare(text: str) -> bool:
    """Whether ``text`` is nothing but a word for a secret, in any of the languages."""
    return text.isalpha() and all(part in _SINGLE for part in split(text))


def split(name: str) -> tuple[str, ...]:
    """The words of ``name`` in small letters: camelCase, snake_case, kebab-case, dots; no numbers.

    >>> split("spring.dbPassword2")
    ('spring', 'db', 'password')
    """
    return tuple(part.lower() for part in _PART.findall(name[-_LONGEST:]))


@lru_cache(4096)
def meaning(name: str) -> Meaning | None:
    """What ``name`` says of its value; None where it does not speak of a secret."""
    words = split(name)
    for at in range(len(words) - 1, -1, -1):
        kind = _kind(words, at)
        if kind:
            return None if _is_about(words, at, kind) else Meaning(kind, words)
    return None


def _kind(words: tuple[str, ...], at: int) -> str:
    word, after = words[at], words[at + 1 :]
    if word in _SINGLE:
        return _SINGLE[word]
    if word in _JOINED:
        return PASSWORD
    if word in _SHORT:
        return PASSWORD if _AFTER.issuperset(after) else ""
    if word in ("key", "keys"):
        owned = at > 0 and (words[at - 1] in _OWNERS or _SINGLE.get(words[at - 1]) == SECRET)
        return KEY if owned else LOOSE if _AFTER.issuperset(after) else ""
    if word in ("auth", "authorization"):
        return LOOSE if not after else ""
    if word.endswith(_LAST):
        return next(kind for end, kind in _ENDINGS.items() if word.endswith(end))
    return LOOSE if word.endswith("key") and len(word) > 6 and not after else ""


def _is_about(words: tuple[str, ...], at: int, kind: str) -> bool:
    """Whether the words around the one at ``at`` say that the value is no secret."""
    after = words[at + 1 :]
    if after and after[-1] in _ABOUT:
        return True
    before = words[max(at - 3, 0) : at]
    if kind == LOOSE and words[at] in ("key", "keys") and len(words) == 1:
        return False
    return any(word in _ASIDE for word in before)
