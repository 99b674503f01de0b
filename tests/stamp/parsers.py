"""What a file means to a real parser of its language, comments left out."""

from __future__ import annotations

import ast
import importlib
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

Parser = Callable[[str, bytes], Any]


class Rejected(ValueError):
    """The parser does not take the file."""


def meaning(path: str, kind: str, data: bytes) -> Any:
    """What ``data`` says to the parsers of its kind; equal for files that mean the same.

    Raises:
        Rejected, or what the parser itself raises: the file is not valid.
    """
    parser = _PARSERS.get(kind)
    if parser is None:
        return _tokens(path, kind, data)
    return parser(path, data)


def _python(_: str, data: bytes) -> str:
    return ast.dump(ast.parse(data))


def _toml(_: str, data: bytes) -> Any:
    return tomllib.loads(data.decode())


def _yaml(_: str, data: bytes) -> list[Any]:
    """Events of libyaml: also what a loader would pass over, such as directives."""
    import yaml

    return [
        re.sub(r"\w+_mark=None,? ?", "", repr(event))
        for event in yaml.parse(data, yaml.CSafeLoader)
    ]


_EVENTS = (
    "XmlDecl StartDoctypeDecl EndDoctypeDecl ElementDecl EntityDecl ProcessingInstruction "
    "StartElement EndElement CharacterData"
)


def _expat(_: str, data: bytes) -> list[Any]:
    from xml.parsers import expat

    found: list[Any] = []
    parser = expat.ParserCreate()
    for name in _EVENTS.split():

        def note(*values: Any, name: str = name) -> None:
            found.append((name, repr(values)))

        setattr(parser, f"{name}Handler", note)
    parser.Parse(_without_front_matter(data), True)
    return found


def _html(_: str, data: bytes) -> Any:
    import html5lib

    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(_without_front_matter(data))
    for parent in list(tree.iter()):
        for child in list(parent):
            if not isinstance(child.tag, str):
                parent.remove(child)
    serialize = importlib.import_module("xml.etree.ElementTree").tostring
    return parser.compatMode, b"".join(serialize(tree).split())


def _css(_: str, data: bytes) -> Any:
    import tinycss2

    rules, encoding = tinycss2.parse_stylesheet_bytes(
        _without_front_matter(data), skip_comments=True, skip_whitespace=True
    )
    for rule in rules:
        if rule.type == "error":
            raise Rejected(rule.message)
    return encoding.name, [rule.serialize() for rule in rules]


def _rst(_: str, data: bytes) -> str:
    from docutils import nodes
    from docutils.core import publish_doctree

    settings = {"halt_level": 2, "report_level": 2, "input_encoding": "utf-8"}
    tree = publish_doctree(_without_front_matter(data), settings_overrides=settings)
    for comment in list(tree.findall(nodes.comment)):
        comment.parent.remove(comment)
    return tree.pformat()


def _asciidoc(_: str, data: bytes) -> list[bytes]:
    """Its lines; an empty one ends the header, but above the title they mean nothing."""
    lines = [line.rstrip() for line in _without_front_matter(data).split(b"\n")]
    return b"\n".join(line for line in lines if line[:2] != b"//").strip().split(b"\n")


def _markdown(_: str, data: bytes) -> Any:
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").parse(_without_front_matter(data).decode())
    texts = ((token.type, token.content) for token in tokens)
    return [pair for pair in texts if not (pair[0] == "html_block" and _is_comment(pair[1]))]


def _is_comment(text: str) -> bool:
    return text.startswith("<!--") and text.rstrip().endswith("-->") and text.count("-->") == 1


def _mdx(path: str, data: bytes) -> Any:
    return _markdown(path, re.sub(rb"\{/\*(?:(?!\*/)[\s\S])*\*/\}", b"", data))


def _batch(_: str, data: bytes) -> list[bytes]:
    """Lines that begin with a colon are labels, which nobody goes to here."""
    lines = data.split(b"\n")
    if any(b"%~" in line or line.rstrip().endswith(b"^") for line in lines if line[:2] == b"::"):
        raise Rejected("cmd.exe reads these signs in a label too")
    return [line for line in lines if line.strip() and not line.startswith(b"::")]


def _dockerfile(_: str, data: bytes) -> Any:
    import io

    from dockerfile_parse import DockerfileParser

    parsed = DockerfileParser(fileobj=io.BytesIO(data)).structure
    steps = [(one["instruction"], one["value"]) for one in parsed]
    return _directives(data), [step for step in steps if step[0] != "COMMENT"]


def _directives(data: bytes) -> list[str]:
    """BuildKit's rule: comments with a known key, from the first line on, one after the other."""
    found = []
    lines = data.decode().splitlines()
    for line in lines[1:] if lines[0].startswith("#!") else lines:
        match = re.match(r"#\s*([A-Za-z][A-Za-z0-9]*)\s*=\s*(.+?)\s*$", line)
        if not match or match[1].lower() not in ("syntax", "escape", "check"):
            break
        found.append(f"{match[1].lower()}={match[2]}")
    return found


def _sql(_: str, data: bytes) -> list[str]:
    import sqlglot

    found = sqlglot.parse(data.decode(), error_level=sqlglot.ErrorLevel.RAISE)
    header = next(line for line in data.decode().split("\n") if line.strip())
    first = header if "liquibase" in header else ""
    return [first, *(one.sql(comments=False) for one in found if one)]


def _graphql(_: str, data: bytes) -> str:
    from graphql import parse, print_ast

    return print_ast(parse(data.decode()))


def _hcl(_: str, data: bytes) -> Any:
    import hcl2

    found = hcl2.loads(data.decode())
    return {key: value for key, value in found.items() if "comments" not in key}


def _shell(path: str, data: bytes) -> Any:
    accepted(["bash", "-n"], data)
    return _tokens(path, "shell", data)


def _perl(path: str, data: bytes) -> Any:
    accepted(["perl", "-c"], data)
    return _tokens(path, "perl", data)


def _node(path: str, data: bytes) -> Any:
    if b"test(" not in data:
        accepted(["node", "--check", "-"], _without_front_matter(data))
    return _first_docblock(data), _tree("javascript")(path, data)


def _first_docblock(data: bytes) -> str:
    """What Jest and Prettier look for: a comment before all else, save a shebang."""
    text = re.sub(r"\A#![^\n]*\n", "", data.decode())
    match = re.match(r"\s*(/\*\*?(?:.|\r?\n)*?\*/)", text)
    known = r"@(?:no)?(?:flow|format|prettier)|@jest-[\w-]+"
    return " ".join(re.findall(known, match[1])) if match else ""


def accepted(command: list[str], data: bytes) -> None:
    """Have a program of this machine look at the file, where it has one."""
    if shutil.which(command[0]) is None:
        return
    done = subprocess.run(command, input=data, capture_output=True, check=False, timeout=60)
    if done.returncode:
        raise Rejected(f"{command}: {done.stderr.decode(errors='replace')}")


def _tree(module: str, function: str = "language") -> Parser:
    def parse(_: str, data: bytes) -> list[Any]:
        program = re.sub(rb"\A#![^\n\[]*\n", b"", data)  # not every grammar has it
        tree = _tree_sitter(module, function).parse(_without_front_matter(program))
        if tree.root_node.has_error:
            raise Rejected(f"{module}: {tree.root_node}")
        return list(_nodes(tree.root_node))

    return parse


def _lua(path: str, data: bytes) -> Any:
    """Lua passes over a first line that begins with `#`."""
    return _tree("lua")(path, re.sub(rb"\A#[^\n]*", b"", data))


@lru_cache(maxsize=32)
def _tree_sitter(module: str, function: str) -> Any:
    from tree_sitter import Language, Parser

    grammar = importlib.import_module(f"tree_sitter_{module}")
    return Parser(Language(getattr(grammar, function)()))


def _nodes(node: Any) -> Iterator[Any]:
    """Every node that is no comment, in order, and the text of those without any below them."""
    if "comment" in node.type:
        return
    yield node.type, node.text if not node.children else None
    for child in node.children:
        yield from _nodes(child)


def _tokens(path: str, kind: str, data: bytes) -> list[Any]:
    """The tokens that Pygments sees, comments and blanks left out."""
    from pygments.token import Comment, Token

    kept = (Comment.Preproc, Comment.PreprocFile, Comment.Hashbang)
    program = _without_front_matter(data) if kind == "coffee" else data
    text = program.decode("utf-8-sig")
    found = [
        (kind_, value.strip())
        for kind_, value in _lexer(path, kind).get_tokens(text)
        if value.strip() and (kind_ not in Comment or kind_ in kept)
    ]
    if any(kind_ in Token.Error for kind_, _ in found):
        raise Rejected(f"{path}: {found}")
    return found


_LEXERS = {
    "bazel": "python", "bitbake": "bash", "codeowners": "bash", "conf": "bash", "dotenv": "bash",
    "gitattributes": "bash", "gitconfig": "ini", "gomod": "go", "ignore": "bash",
    "cabal": "haskell", "dhall": "haskell", "perl": "perl", "fsharp": "fsharp", "glsl": "glsl",
    "jsonc": "javascript", "r": "splus",
    "manifest": "bash", "php": "php", "requirements": "bash",
}  # fmt: skip
"""Lexers with the same comments, where Pygments does not know the file's name."""


def _lexer(path: str, kind: str) -> Any:
    from pygments.lexers import get_lexer_by_name, get_lexer_for_filename

    name = _LEXERS.get(kind)
    return get_lexer_by_name(name) if name else get_lexer_for_filename(path)


def _without_front_matter(data: bytes) -> bytes:
    """What a site generator hands on."""
    fences = rb"---\w*\r?\n(?:[^\n]*\n)*?(?:---|\.\.\.)\r?\n|\+\+\+\r?\n(?:[^\n]*\n)*?\+\+\+\r?\n"
    json = rb"\{\r?\n(?:[^\n]*\n)*?\}\r?\n"
    match = re.match(rb"(?:\xef\xbb\xbf)?(?:%b|%b)" % (fences, json), data)
    lone = match and b":" not in match[0] and b"=" not in match[0] and match[0].count(b"\n") > 2
    return data[match.end() :] if match and not lone else data


_PARSERS: dict[str, Parser] = {
    "python": _python,
    "toml": _toml,
    "yaml": _yaml,
    "xml": _expat,
    "svg": _expat,
    "html": _html,
    "vue": _html,
    "svelte": _html,
    "css": _css,
    "rst": _rst,
    "asciidoc": _asciidoc,
    "markdown": _markdown,
    "mdx": _mdx,
    "astro": _html,
    "batch": _batch,
    "scss": _tree("scss"),
    "dockerfile": _dockerfile,
    "sql": _sql,
    "graphql": _graphql,
    "hcl": _hcl,
    "shell": _shell,
    "perl": _perl,
    "javascript": _node,
    "typescript": _tree("typescript", "language_typescript"),
    "c": _tree("c"),
    "cpp": _tree("cpp"),
    "csharp": _tree("c_sharp"),
    "go": _tree("go"),
    "haskell": _tree("haskell"),
    "java": _tree("java"),
    "kotlin": _tree("kotlin"),
    "lua": _lua,
    "ocaml": _tree("ocaml", "language_ocaml"),
    "php": _tree("php", "language_php"),
    "ruby": _tree("ruby"),
    "rust": _tree("rust"),
    "scala": _tree("scala"),
    "swift": _tree("swift"),
}

if sys.platform == "win32":  # pragma: no cover
    _PARSERS.pop("shell")
