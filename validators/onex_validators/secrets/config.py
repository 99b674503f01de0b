"""Settings of configuration files under names that speak of a secret."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence

from onex_tools.api import Setting, SourceFile
from onex_validators.pattern import pattern
from onex_validators.secrets import command, reference, source
from onex_validators.secrets.encoded import is_encoded
from onex_validators.secrets.judgement import IN_PROSE, LOOSELY, STRICTLY, Candidate, is_sample
from onex_validators.secrets.names import has_word, word_places
from onex_validators.secrets.telling import COMMANDS, OPTION, telling_places
from onex_validators.secrets.words import LOOSE, Meaning, listed, meaning

_CONTEXTS = listed(
    "valuefrom secretkeyref configmapkeyref secretref existingsecret secretname externalsecret"
    " remoteref secretstoreref encrypteddata sops dataref keyref secretstore fieldref"
    " headers_from imagepullsecrets volumemounts definitions"
)
"""Keys under which names of secrets stand, or what they have to look like."""
_SEALED = frozenset(
    ["SealedSecret", "ExternalSecret", "SecretStore", "ClusterSecretStore", "SecretProviderClass"]
)
_ITEM = pattern(r"(?:export |set |-e )?(?P<name>[A-Za-z_][\w.\-]{1,80}) ?=(?P<value>.{1,500})")
_LINE = pattern(
    r"^[ \t]{0,40}(?:export[ \t]{1,4})?(?P<name>[A-Za-z_][\w.\-]{1,80})"
    r"[ \t]{0,8}[=:][ \t]{0,8}(?P<q>[\"']?)"
    r"(?P<value>[^\s\"'][^\s\"'\n]{3,200})(?P=q),?[ \t\r]*$",
    re.MULTILINE,
)
"""A line of a file that is the value of a setting."""
_SAMPLES = listed("example examples sample samples description documentation help usage doc docs")
"""Keys under which a text for people stands."""
_ARGUMENT = pattern(
    r"(?<!\S)(?P<name>[A-Za-z_][\w.\-]{1,80})=(?P<q>[\"']?)(?P<value>[^\s\"'=]{4,200})(?P=q)(?!\S)"
)
"""One of several values in one: ``web1 ansible_user=app ansible_password=...``."""
_TEXTS = listed(
    "i18n l10n label labels message messages translation translations locale locales placeholder"
    " placeholders tooltip tooltips error errors string strings text texts title titles"
)
"""Keys under which words for people stand."""
_NAMES, _VALUES = listed("name key"), listed("value string val")
"""Keys of the two parts of a setting, where each is a setting itself."""
_WITH_MAPPINGS = ("hcl", "json", "json5", "toml", "yaml")
"""Kinds of files whose settings come under the names that stand beside them."""
_LONGEST = 100_000
_QUOTED = pattern(
    r"(?P<q>[\"'`])(?P<value>[^\"'`\n]{1,400})(?P=q)\s{0,4}[,;)]{0,3}\s{0,8}(?:[#;/].{0,200})?$"
)
"""A value of a format without quotes that is written as source is."""
_FALLBACK = pattern(r"\$\{(?P<name>[A-Za-z_]\w{0,100}):?[-=](?P<value>[^{}\n$]{1,300})\}")
"""A reference with what stands in for it: ``${DB_PASSWORD:-...}``."""
_DEFAULTS = listed("default defaultvalue value val #text text")
"""Keys that say nothing themselves: the one above them names the value."""


def speaking(file: SourceFile) -> Sequence[Setting]:
    """The settings of ``file`` that have a word for a secret or a command in them, and more."""
    if file.shared(_is_read_whole):
        return file.settings
    return file.settings_near(file.shared(telling_places))


def _is_read_whole(file: SourceFile) -> bool:
    """Whether the places of words do not tell which settings of ``file`` count."""
    return file.shared(is_encoded) or _is_decided_on(file.data)


def _is_decided_on(data: bytes) -> bool:
    """Whether one place in a file may decide on all of its settings: they are sealed."""
    return b"sops" in data or (b"Secret" in data and any(one.encode() in data for one in _SEALED))


def candidates(file: SourceFile) -> Iterator[Candidate]:
    """What the settings of ``file`` hold under names that speak of a secret."""
    if not (file.shared(_is_read_whole) or file.shared(telling_places)):
        return
    settings = file.shared(speaking)
    usual = STRICTLY if _is_text(file) else LOOSELY
    sealed, speaks = _has_metadata(settings), _what_speaks(file)
    labelled = _by_their_names(settings)
    before: Setting | None = None
    for setting in labelled if file.kind in _WITH_MAPPINGS else _labelled(labelled):
        if setting.path == ("kind",):
            sealed = setting.value in _SEALED
        if not sealed:
            yield from _after_option(before, setting)
        before = setting
        if not speaks(setting):
            continue
        if sealed or setting.kind in ("boolean", "null") or reference.is_tag(setting.tag):
            continue
        if _is_about_a_secret(setting):
            continue
        how = STRICTLY if _is_under(setting.path[:-1], _TEXTS) else usual
        is_block = "\n" in setting.value.strip()
        found = _inside(file.data, setting, how) if is_block else _candidate(setting, how)
        yield from _samples(found) if _is_under(setting.path, _SAMPLES) else found
        if _is_command(setting):
            yield from _in_commands(file, setting)


def _what_speaks(file: SourceFile) -> Callable[[Setting], bool]:
    """What tells of a setting whether a word for a secret, or a command, is in it: mostly not."""
    places, encoded = file.shared(_places), file.shared(is_encoded)

    def speaks(setting: Setting) -> bool:
        if encoded or setting.decoded_from:
            return True
        start, end = setting.span
        at = bisect_left(places, start)
        if at < len(places) and places[at] < end:
            return True
        return any(isinstance(part, str) and has_word(part) for part in setting.path)

    return speaks


def _places(file: SourceFile) -> Sequence[int]:
    """Where words for secrets begin, and signs of commands that are given one."""
    return sorted({*file.shared(word_places), *command.places(file)})


def _is_command(setting: Setting) -> bool:
    """Whether a value is a command line, or an argument of one that has a value of its own."""
    is_long = " " in setting.value or (setting.value[:1] == "-" and "=" in setting.value)
    return is_long and setting.key.lower() in COMMANDS


def _after_option(before: Setting | None, setting: Setting) -> Iterator[Candidate]:
    """The value of an option that is the argument before it: ``--password``, then the value."""
    if before is None or not OPTION.fullmatch(before.value) or setting.key.lower() not in COMMANDS:
        return
    said = meaning(before.value)
    is_next = setting.path[:-1] == before.path[:-1] and isinstance(setting.path[-1], int)
    if said is not None and is_next and setting.value[:1] != "-":
        name = f"{setting.dotted} ({before.value})"
        yield Candidate(
            name, said, setting.value, (setting.span.start, setting.span.end), LOOSELY, "config"
        )


def _in_commands(file: SourceFile, setting: Setting) -> Iterator[Candidate]:
    """What stands on the command lines of a value: after options, in assignments."""
    start, end = setting.span
    text = file.data[start:end].decode("latin-1")
    for one in (*source.scan(text, "shell"), *command.scan(text, "shell")):
        value = one.value.encode("latin-1").decode("utf-8", "replace")
        name, span = f"{setting.dotted} ({one.name})", (start + one.span[0], start + one.span[1])
        yield one._replace(name=name, value=value, span=span, place="config")


def _labelled(settings: Iterable[Setting]) -> Iterator[Setting]:
    """``settings``, each value under the name that stands just before it, where one does."""
    before: Setting | None = None
    for one in settings:
        last = one.path[-1] if one.path else ""
        if before is not None and last in _VALUES and before.path[:-1] == one.path[:-1]:
            yield one._replace(path=(*one.path[:-1], before.value))
        else:
            yield one
        before = one if last in _NAMES else None


def _by_their_names(settings: Sequence[Setting]) -> Iterator[Setting]:
    """``settings`` without those that come again: by a name beside them, or decoded."""
    for one, after in itertools.zip_longest(settings, settings[1:]):
        if after is None or not _is_again(one, after):
            yield one


def _is_again(one: Setting, after: Setting) -> bool:
    if after.span != one.span:
        return False
    renamed = after.path[:-1] in (one.path, one.path[:-1]) and after.key_span != one.key_span
    return renamed or after.path == one.path


def _candidate(setting: Setting, how: int) -> Iterator[Candidate]:
    said = named(setting)
    start, end = setting.span
    if said is not None:
        value = setting.value.strip()
        quoted = _QUOTED.match(value) if not setting.style else None
        value = quoted["value"] if quoted is not None else value
        yield Candidate(
            setting.dotted, said, value, (start, end), how, "config", setting.decoded_from
        )
        return
    yield from _arguments(setting, how)
    item = _ITEM.fullmatch(setting.value) if "=" in setting.value[:90] else None
    meant = meaning(item["name"]) if item is not None else None
    if item is not None and meant is not None:
        size = len(item["value"].encode("utf-8", "surrogateescape"))
        if len(setting.value.encode("utf-8", "surrogateescape")) == end - start:
            start = end - size
        name = f"{setting.dotted} ({item['name']})"
        yield Candidate(name, meant, item["value"], (start, end), how, "config")
    else:
        yield from _fallbacks(setting, how)


def _fallbacks(setting: Setting, how: int) -> Iterator[Candidate]:
    """What a reference in a value falls back to, under the name of the variable."""
    if "${" in setting.value:
        yield from _parts(setting, _FALLBACK, how)


def _arguments(setting: Setting, how: int) -> Iterator[Candidate]:
    """The values in a value that is a list of arguments with names."""
    words = setting.value.split()
    if len(words) > 1 and sum("=" in word for word in words) >= len(words) - 1:
        yield from _parts(setting, _ARGUMENT, how)


def _parts(setting: Setting, part: re.Pattern[str], how: int) -> Iterator[Candidate]:
    """The values in a value that stand in it under names of their own, as ``part`` finds them."""
    start, end = setting.span
    plain = len(setting.value.encode("utf-8", "surrogateescape")) == end - start
    for one in part.finditer(setting.value):
        said = meaning(one["name"])
        if said is not None:
            first = len(setting.value[: one.start("value")].encode("utf-8", "surrogateescape"))
            size = len(one["value"].encode("utf-8", "surrogateescape"))
            span = (start + first, start + first + size) if plain else (start, end)
            name = f"{setting.dotted} ({one['name']})"
            yield Candidate(name, said, one["value"], span, how, "config")


def _inside(data: bytes, setting: Setting, how: int) -> Iterator[Candidate]:
    """What stands in a value that is itself a file: a block of properties, a script."""
    text, (start, end) = setting.value[:_LONGEST], setting.span
    for line in _LINE.finditer(text):
        said = meaning(line["name"].rpartition(".")[2])
        if said is not None:
            written = line["value"].encode("utf-8", "surrogateescape")
            place = data.find(written, start, end)
            span = (place, place + len(written)) if place >= 0 else (start, end)
            start = max(start, place)
            name = f"{setting.dotted} ({line['name']})"
            yield Candidate(name, said, line["value"], span, how, "config")


def named(setting: Setting) -> Meaning | None:
    """What the keys of ``setting`` say of its value: the last one, or the one above it."""
    names = [part for part in setting.path if isinstance(part, str)]
    if not names:
        return None
    if names[-1].lower() in _DEFAULTS and len(names) > 1:
        return meaning(names[-2])
    said = meaning(names[-1])
    if said is not None and said.kind == LOOSE and len(names) > 1:
        return meaning(f"{names[-2]}.{names[-1]}") or said
    return said


def _is_about_a_secret(setting: Setting) -> bool:
    """Whether a key above the value says that only names of secrets stand here."""
    parts = [str(part).lower() for part in setting.path]
    return any(part in _CONTEXTS or part.endswith(("ref", "refs")) for part in parts)


def _samples(candidates: Iterator[Candidate]) -> Iterator[Candidate]:
    """Those of ``candidates`` in a documentation that nobody made up for it, judged as prose."""
    for one in candidates:
        if not is_sample(one.value):
            yield one._replace(how=IN_PROSE)


def _is_under(path: tuple[str | int, ...], words: frozenset[str]) -> bool:
    """Whether one of the keys of ``path`` is one of ``words``."""
    return any(str(part).lower() in words for part in path)


def _has_metadata(settings: Sequence[Setting]) -> bool:
    """Whether SOPS has encrypted the file: its own notes stand at the end."""
    return any(setting.path[:1] == ("sops",) for setting in settings[-40:])


def _is_text(file: SourceFile) -> bool:
    """Whether the settings of ``file`` are texts for people: translations, schemas."""
    path = f"/{file.path.lower()}"
    return re.search(
        r"/(?:locales?|i18n|l10n|lang|languages?|translations?|messages)[/_.]", path
    ) is not None or (path.endswith((".schema.json", ".arb", ".xlf", ".resx")))
