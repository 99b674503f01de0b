"""Measure, print Markdown tables, and write them into docs/performance.md if asked."""

from __future__ import annotations

import argparse
import importlib
import os
import platform
import resource
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import version

from bench import table
from bench.lab import CHECKOUT, BenchError, Lab

GROUPS = (
    *("hook", "warm", "cold", "django", "findings", "presence", "docstring_rules"),
    *("stamps", "stamping", "durable", "stamp_hook", "format", "secrets", "hostile"),
)
"""The modules that measure; each has ``run(lab)``, which gives the rows of one table.

``TOOLS`` in a module names the packages that it measures against, if not the usual ones; ``OWN``
those that onex itself uses.
"""

TOOLS = ("ruff", "flake8", "interrogate")


def main() -> int:
    """Run the benchmarks that are asked for; nothing is judged but by the reader."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(GROUPS)}")
    parser.add_argument("--write", action="store_true", help="update docs/performance.md")
    parser.add_argument("--scale", type=float, default=1.0, help="so many times the usual runs")
    options = parser.parse_args()
    unknown = set(options.names) - set(GROUPS)
    if unknown:
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}")
    lab = Lab(options.scale)
    for name in options.names or GROUPS:
        print(f"{name}: load {os.getloadavg()[0]:.2f}", file=sys.stderr)
        module = importlib.import_module(f"bench.{name}")
        try:
            text = table.markdown(module.run(lab))
        except BenchError as error:
            print(f"{name}: {error}", file=sys.stderr)
            return 1
        tools = [*lab.versions(getattr(module, "TOOLS", TOOLS)), *own(getattr(module, "OWN", ()))]
        text = f"{text}\n\n{machine(tools)}"
        print(f"\n## {(module.__doc__ or name).partition(chr(10))[0]}\n\n{text}\n")
        if options.write:
            table.write(name, text)
    return 0


def own(names: Sequence[str]) -> list[str]:
    """Every one of the packages ``names`` in the environment of onex, with its version."""
    return [f"{name} {version(name)}" for name in names]


def machine(tools: Sequence[str]) -> str:
    """What was measured, where and when the machine was how busy."""
    versions = [
        f"Python {platform.python_version()}",
        _said("git", "--version").replace("version ", ""),
        *tools,
    ]
    commit = _said("git", "describe", "--always", "--dirty", "--exclude=*")
    floor = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return (
        f"{_processor()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}; "
        f"{', '.join(versions)}; onex at {commit}; load {os.getloadavg()[0]:.1f}; "
        f"peaks under {floor:.0f} MiB cannot be told apart."
    )


def _processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as stream:
            return next(
                line.partition(":")[2].strip() for line in stream if line.startswith("model name")
            )
    except (OSError, StopIteration):
        return platform.processor() or "unknown processor"


def _said(*words: str) -> str:
    done = subprocess.run(words, cwd=CHECKOUT, capture_output=True, text=True, check=True)
    return done.stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
