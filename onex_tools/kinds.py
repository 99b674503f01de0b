"""The kind of a file, by its name, or by its shebang where the name says nothing."""

from __future__ import annotations

import re

BY_SUFFIX = {
    "bash": "shell",
    "bat": "batch",
    "c": "c",
    "cc": "cpp",
    "cfg": "ini",
    "cjs": "javascript",
    "conf": "conf",
    "containerfile": "dockerfile",
    "cpp": "cpp",
    "cs": "csharp",
    "css": "css",
    "cts": "typescript",
    "dockerfile": "dockerfile",
    "env": "dotenv",
    "go": "go",
    "gradle": "groovy",
    "h": "c",
    "hcl": "hcl",
    "hpp": "cpp",
    "htm": "html",
    "html": "html",
    "ini": "ini",
    "ipynb": "notebook",
    "java": "java",
    "js": "javascript",
    "json": "json",
    "json5": "json5",
    "jsonc": "jsonc",
    "jsonl": "jsonl",
    "jsx": "javascript",
    "kt": "kotlin",
    "kts": "kotlin",
    "lua": "lua",
    "markdown": "markdown",
    "md": "markdown",
    "mjs": "javascript",
    "mk": "make",
    "mts": "typescript",
    "php": "php",
    "pl": "perl",
    "pm": "perl",
    "properties": "properties",
    "proto": "proto",
    "ps1": "powershell",
    "py": "python",
    "pyi": "python",
    "pyw": "python",
    "rb": "ruby",
    "rs": "rust",
    "rst": "rst",
    "scala": "scala",
    "scss": "scss",
    "sh": "shell",
    "sql": "sql",
    "swift": "swift",
    "tf": "hcl",
    "tfvars": "hcl",
    "toml": "toml",
    "ts": "typescript",
    "tsx": "typescript",
    "txt": "text",
    "xml": "xml",
    "yaml": "yaml",
    "yml": "yaml",
    "zsh": "shell",
}
"""Kind by the lower-case ending after the last dot."""

BY_NAME = {
    ".bashrc": "shell",
    ".dockerignore": "ignore",
    ".env": "dotenv",
    ".envrc": "shell",
    ".flake8": "ini",
    ".gitattributes": "gitattributes",
    ".gitignore": "ignore",
    ".onexignore": "ignore",
    ".pypirc": "ini",
    ".zshrc": "shell",
    "containerfile": "dockerfile",
    "dockerfile": "dockerfile",
    "gemfile": "ruby",
    "gnumakefile": "make",
    "makefile": "make",
    "pip.conf": "ini",
    "pipfile": "toml",
    "rakefile": "ruby",
}
"""Kind by the whole name in lower case."""

BY_INTERPRETER = {
    "ash": "shell",
    "bash": "shell",
    "dash": "shell",
    "ksh": "shell",
    "lua": "lua",
    "node": "javascript",
    "perl": "perl",
    "php": "php",
    "pypy": "python",
    "python": "python",
    "ruby": "ruby",
    "sh": "shell",
    "zsh": "shell",
}
"""Kind by the interpreter of a shebang, without its version."""

UNKNOWN = "unknown"
PLAIN_SETTINGS = frozenset({"conf", "dotenv", "ini", "properties"})
"""Kinds in which any line may be a password, with nothing around it that explains it: reports
show no neighbouring line of them."""
_SHEBANG = re.compile(rb"#![ \t]*(?:[^\s]*/)?(?:env[ \t]+(?:-\S+[ \t]+)*)?(?:[^\s]*/)?([A-Za-z]+)")


def kind_of_name(name: str) -> str:
    """The kind of a file called ``name`` (no folders), or ``unknown``."""
    lower = name.lower()
    kind = BY_NAME.get(lower)
    if kind is not None:
        return kind
    suffix = lower.rpartition(".")[2]
    if suffix in BY_SUFFIX and suffix != lower:
        return BY_SUFFIX[suffix]
    if lower.startswith((".env.", "dockerfile.", "containerfile.")):
        return "dotenv" if lower.startswith(".env.") else "dockerfile"
    return UNKNOWN


def kind_of_head(head: bytes) -> str:
    """The kind that the shebang in ``head`` (a file's first bytes) names, or ``unknown``."""
    match = _SHEBANG.match(head[:256])
    if match is None:
        return UNKNOWN
    return BY_INTERPRETER.get(match[1].decode("ascii").lower(), UNKNOWN)
