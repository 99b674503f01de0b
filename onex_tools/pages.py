"""The pages of the rules, made from the rules: ``python -m onex_tools.pages docs/rules``."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from onex_tools.config.keys import allowed, kebab, key_of
from onex_tools.config.reference import as_toml
from onex_tools.kinds import ASKED, COMMENTED
from onex_tools.model import Confidence, Severity
from onex_tools.report.foreign import visible
from onex_tools.result import FAILURES, RuleInfo, SectionSpec
from onex_tools.rule import Bad, Good

MADE = "<!-- Made by `make gen` from the rules themselves: do not edit. -->"
INDEX = "README.md"
_KINDS = {COMMENTED: "every kind with comments", ASKED: "every kind that is to carry a stamp"}
_FENCES = re.compile(r"`{3,}")
_CONTROL = re.compile(r"[^\n\t\x20-\x7e\xa0-\U0010ffff]")


class Shown(NamedTuple):
    """One file of an example: its lines (number, text), which are reported, and how it ends.

    ``ended`` says whether the last line has its line break.
    """

    path: str
    lines: Sequence[tuple[int, str]]
    marked: frozenset[int]
    ended: bool

    def remark(self) -> str:
        """What its lines do not show."""
        if not self.lines:
            return ", which is empty"
        return "" if self.ended else ", which ends without a line break"


def show(example: Good | Bad, files: Mapping[str, bytes] | None = None) -> list[Shown]:
    """The files of ``example``, its own first; ``files`` stand in for the example's own bytes."""
    found = places(example)
    shown = [
        show_file(path, data, [line for where, line in found if where == path])
        for path, data in (files or contents(example)).items()
    ]
    return [*shown, *(show_file(f"--{name}", data) for name, data in example.given.items())]


def show_file(path: str, data: str | bytes, marked: Iterable[int] = ()) -> Shown:
    """One file of an example, or what a fix makes of it."""
    data = as_bytes(data)
    ended = not data or data.endswith((b"\n", b"\r"))
    return Shown(path, _lines(data), frozenset(marked), ended)


def contents(example: Good | Bad) -> dict[str, bytes]:
    """The bytes of the example's files, its own first."""
    own = {example.path: example.text} if example.path else {}
    return {path: as_bytes(text) for path, text in {**own, **example.tree}.items()}


def places(example: Good | Bad) -> list[tuple[str, int]]:
    """Path and line of every finding that ``example`` promises, sorted."""
    if not isinstance(example, Bad):
        return []
    return sorted(at if isinstance(at, tuple) else (example.path, at) for at in example.at)


def reported(example: Bad, *, alone: bool) -> str:
    """Where the findings of ``example`` stand, in words; ``alone``: in one file, already named."""
    words = [
        f"line {line}" if alone and path == example.path else f"`{visible(path)}` line {line}"
        for path, line in places(example)
    ]
    return " and ".join(words)


def as_bytes(text: str | bytes) -> bytes:
    """The bytes of an example's text."""
    return text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape")


def _lines(data: bytes) -> list[tuple[int, str]]:
    text = data.decode("utf-8", "backslashreplace")
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)
    cut = [line.removesuffix("\n") for line in (lines if lines[-1] else lines[:-1])]
    return [(number, line) for number, line in enumerate(cut, 1)]


def judges(info: RuleInfo) -> str:
    """What the rule looks at, in words."""
    if info.scope == "engine":
        return "the run itself"
    if info.scope == "format":
        return "Python files, and the settings of their formatters; said by `onex format` only"
    if info.scope == "tree":
        facts = ", ".join(f"`{name}`" for name in info.uses)
        return "the whole tree" + (f", from the facts {facts}" if facts else "")
    kinds = (_KINDS.get(kind, kind) for kind in info.kinds)
    wanted = [*kinds, *(f"`{glob}`" for glob in info.files)]
    return f"single files: {', '.join(wanted)}"


def default_state(info: RuleInfo, spec: SectionSpec | None) -> str:
    """When the rule runs, where nothing is configured; ``spec`` is of its settings."""
    switches = [one for one in (spec.fields if spec else ()) if info.code in one.switches]
    off = [f"`{kebab(one.name)}`" for one in switches if not one.default]
    if not off:
        return _state(info)
    also = f", and {evidence(info.enabled_by)}" if info.enabled_by else ""
    return f"on where there is {' and '.join(off)} in `[{kebab(info.section)}]`{also}"


def _state(info: RuleInfo) -> str:
    if info.scope == "format":
        return "on in `onex format`"
    if info.scope == "engine":
        return "always on" + (", and cannot be waived" if info.code in FAILURES else "")
    asked = " by its own code or name" if info.enabled_by.endswith("=") else ""
    if info.preview or asked:
        return f"{'preview: ' * info.preview}off until it is asked for{asked}"
    if info.enabled_by:
        return f"on where there is {evidence(info.enabled_by)}"
    return "on by default"


def evidence(enabled_by: str) -> str:
    """What a rule's ``enabled_by`` waits for, in words."""
    return " or ".join(map(_one_evidence, enabled_by.split("|")))


def _one_evidence(one: str) -> str:
    if one.startswith("given:"):
        return f"`--{one.removeprefix('given:')}`"
    if not one.startswith("config:"):
        return f"a file like `{one}`" if "*" in one else f"the file `{one.removeprefix('/')}`"
    place, equals, values = kebab(one.removeprefix("config:")).partition("=")
    section, _, name = place.partition(".")
    if equals:
        return f"`{name}` in `[{section}]` set to {values.replace(',', ' or ')}"
    return f"`{name}` in `[{section}]`" if name else f"a `[{section}]` table in the configuration"


def graded(info: RuleInfo) -> str:
    """Severity and confidence in words."""
    return f"{Severity(info.severity).label}, confidence {Confidence(info.confidence).label}"


def waiver_comment(info: RuleInfo, path: str) -> str:
    """The comment that waives a finding of the rule in the file at ``path``."""
    from onex_tools.kinds import kind_of_name

    text = f"onex: ignore[{info.code}] until=2027-01-31 -- why it may stay"
    if kind_of_name(path.rpartition("/")[2]) in ("markdown", "html", "xml"):
        return f"<!-- {text} -->"
    return f"# {text}"


def caption(example: Good | Bad, file: Shown | None) -> str:
    """What an example shows: good or bad, where it is reported, under which settings, and why."""
    words = [type(example).__name__]
    if file is not None:
        words[0] += f" `{visible(file.path)}`{file.remark()}"
    if isinstance(example, Bad):
        words.append(f"reported on {reported(example, alone=file is not None)}")
    if example.settings:
        values = ", ".join(f"{kebab(k)} = {as_toml(v)}" for k, v in example.settings.items())
        words.append(f"with `{values}`")
    return ", ".join(words) + (f" ({example.why})" if example.why else "")


# The pages --------------------------------------------------------------------------------


class Pages:
    """Makes the pages of the rules of one plugin, and of the engine's own."""

    def __init__(self, plugin: str) -> None:
        from onex_tools.trial import load_plugin

        self.offer = load_plugin(plugin)
        self.catalogue = self.offer.catalogue
        self.infos = sorted(
            (i for i in self.catalogue.rules.values() if i.plugin in (plugin, "onex")),
            key=lambda info: info.code,
        )

    def texts(self) -> dict[str, str]:
        """The text of every page, by file name."""
        families: dict[str, list[RuleInfo]] = {}
        for info in self.infos:
            families.setdefault(info.family, []).append(info)
        pages = {f"{name}.md": self._family(name, infos) for name, infos in families.items()}
        return {INDEX: _page(self._index(families)), **pages}

    def _index(self, families: Mapping[str, Sequence[RuleInfo]]) -> Iterator[str]:
        yield "# Rules"
        yield (
            f"{len(self.infos)} rules in {len(families)} families. "
            "`onex rules CODE` prints what stands here, and whether the rule is on in a "
            "repository; a family, a name or another tool's code works too."
        )
        for name, infos in families.items():
            yield f"## [{name}]({name}.md)"
            yield self._table(infos, f"{name}.md")

    def _family(self, name: str, infos: Sequence[RuleInfo]) -> str:
        return _page(self._family_parts(name, infos))

    def _family_parts(self, name: str, infos: Sequence[RuleInfo]) -> Iterator[str]:
        yield f"# {name}"
        yield self._table(infos, "")
        for section in dict.fromkeys(info.section for info in infos if info.section):
            yield from self._settings(section)
        for info in infos:
            yield from self._rule(info)

    def _table(self, infos: Iterable[RuleInfo], page: str) -> str:
        rows = ["| rule | what is wrong | severity | fix | runs |", "|---|---|---|---|---|"]
        for info in infos:
            anchor = _title(info).lower().replace(" ", "-")
            link = f"[{info.code}]({page}#{anchor}) `{info.name}`"
            cells = (
                link,
                info.summary,
                Severity(info.severity).label,
                "yes" if info.fixable else "",
                default_state(info, self.catalogue.sections.get(info.section)),
            )
            rows.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
        return "\n".join(rows)

    def _settings(self, section: str) -> Iterator[str]:
        spec = self.catalogue.sections[section]
        yield f"## Settings: `[{kebab(section)}]`"
        where = f"In `onex.toml`; in `pyproject.toml` the table is `[tool.onex.{kebab(section)}]`."
        yield f"{spec.doc} {where}".strip()
        rows = ["| setting | default | allowed | meaning |", "|---|---|---|---|"]
        for field in spec.fields:
            default = f"`{as_toml(field.default)}`"
            cells = (f"`{kebab(field.name)}`", default, allowed(key_of(field)), field.doc)
            rows.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
        yield "\n".join(rows)

    def _rule(self, info: RuleInfo) -> Iterator[str]:
        rule = self.catalogue.locate(info.where)
        spec = self.catalogue.sections.get(info.section)
        yield f"## {_title(info)}"
        yield f"{info.summary}."
        facts = [
            f"- severity: {graded(info)}",
            f"- judges {judges(info)}",
            f"- {default_state(info, spec)}",
        ]
        facts += ["- has a fix"] * info.fixable
        if info.known_as:
            facts.append(f"- also known as {', '.join(f'`{alias}`' for alias in info.known_as)}")
        if spec:
            facts.append(f"- settings: {_named_settings(spec, info.code)}")
        yield "\n".join(facts)
        yield info.explanation
        for example in rule.examples:
            yield from self._example(rule, example)

    def _example(self, rule: Any, example: Good | Bad) -> Iterator[str]:
        shown = show(example, self._masked(rule, example) if rule.sensitive else None)
        alone = len(shown) == 1
        kind, _, rest = caption(example, shown[0] if alone else None).partition(" ")
        yield f"**{kind}** {rest}".rstrip()
        for file in shown:
            yield "" if alone else f"`{visible(file.path)}`{file.remark()}"
            yield _fenced(file.path, file.lines)
        if isinstance(example, Bad) and example.fixed is not None:
            yield "After the fix:"
            yield _fenced(example.path, show_file(example.path, example.fixed).lines)

    def _masked(self, rule: Any, example: Good | Bad) -> dict[str, bytes]:
        """The example's files without what is secret: a page stays, and is scanned by others."""
        from onex_tools.trial import try_rules

        files = contents(example)
        given = {name: as_bytes(text) for name, text in example.given.items()}
        outcome = try_rules(self.offer, [rule], files, settings=example.settings, given=given)
        for finding in sorted(outcome.findings, key=lambda f: f.location.start, reverse=True):
            at = finding.location
            data = files.get(at.path)
            if data is not None:
                files[at.path] = data[: at.start] + b"********" + data[at.end :]
        return files


def _named_settings(spec: SectionSpec, code: str) -> str:
    """The settings that the rule reads, and a link to the table of all."""
    section = kebab(spec.section)
    link = f"[`[{section}]`](#settings-{section})"
    named = [f"`{kebab(one.name)}`" for one in spec.fields if one.concerns(code)]
    return link if len(named) == len(spec.fields) else f"{', '.join(named)} of {link}"


def _page(parts: Iterable[str]) -> str:
    return "\n\n".join([MADE, *(part for part in parts if part)]) + "\n"


def _title(info: RuleInfo) -> str:
    return f"{info.code} {info.name}"


def _fenced(path: str, lines: Sequence[tuple[int, str]]) -> str:
    if not lines:
        return ""
    from onex_tools.kinds import UNKNOWN, kind_of_name

    kind = kind_of_name(path.rpartition("/")[2])
    text = "\n".join(visible(line) if _CONTROL.search(line) else line for _, line in lines)
    longest = max((len(run) for run in _FENCES.findall(text)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}{'text' if kind == UNKNOWN else kind}\n{text}\n{fence}"


def files(folder: str = "docs/rules") -> dict[str, str]:
    """The text of every page of the built-in rules, by its path in the repository."""
    from onex_tools.registry import DEFAULT_PLUGIN

    texts = Pages(DEFAULT_PLUGIN).texts()
    return {f"{folder}/{name}": text for name, text in sorted(texts.items())}


def main(arguments: Sequence[str]) -> int:
    """Write the pages of a plugin into a folder, and say which changed: ``FOLDER [PLUGIN]``."""
    if not 1 <= len(arguments) <= 2:
        print("usage: python -m onex_tools.pages FOLDER [PLUGIN]", file=sys.stderr)
        return 2
    from onex_tools.registry import DEFAULT_PLUGIN

    folder, plugin = arguments[0], (*arguments[1:], DEFAULT_PLUGIN)[0]
    pages = Pages(plugin)
    for problem in pages.offer.problems:
        print(f"error: {problem.message}; {problem.help}", file=sys.stderr)
    if pages.offer.problems:
        return 2
    for name, text in sorted(pages.texts().items()):
        write_changed(os.path.join(folder, name), text)
    return 0


def write_changed(path: str, text: str) -> None:
    """Write ``text`` to ``path`` unless it is there already."""
    try:
        with open(path, encoding="utf-8", newline="") as stream:
            if stream.read() == text:
                return
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="\n") as stream:
        stream.write(text)
    print(f"wrote {path}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
