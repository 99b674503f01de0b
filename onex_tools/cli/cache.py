"""``onex cache``: where it is, how much it holds, and how to empty it."""

from __future__ import annotations

import os

import click


@click.group("cache")
def command() -> None:
    """Show or empty the cache.

    It holds what the checks said about each content, never the content itself. It is in the
    user's cache folder; ONEX_CACHE_DIR moves it. What onex knows of its own rules is kept beside
    its code, as Python keeps byte code, and is no part of it.

    \b
    Examples:
      onex cache info        where it is, and how much it holds
      onex cache clean       empty it
    """


@command.command("info")
def info() -> int:
    """Where the cache is, and how much it holds.

    \b
    Examples:
      onex cache info
      ONEX_CACHE_DIR=.onex-cache onex cache info
    """
    from onex_tools.cache import folder

    place = folder()
    if place is None:
        click.echo("no cache: there is no home folder, and ONEX_CACHE_DIR is not set")
        return 0
    sizes = [os.path.getsize(path) for path in _files(place)]
    click.echo(f"{place}\n{len(sizes):,} files, {sum(sizes) / 1e6:,.1f} MB")
    return 0


@command.command("clean")
def clean() -> int:
    """Remove everything the cache holds; the next run is a cold one.

    \b
    Examples:
      onex cache clean
    """
    from onex_tools.cache import folder

    place = folder()
    count = 0
    for path in _files(place) if place else ():
        os.unlink(path)
        count += 1
    click.echo(f"{count:,} files removed")
    return 0


def _files(place: str) -> list[str]:
    """Only what onex itself put there: a mistaken ONEX_CACHE_DIR loses nothing else."""
    found = []
    for own in ("snapshots", "catalogues"):
        for base, _, names in os.walk(os.path.join(place, own)):
            found += [os.path.join(base, name) for name in names]
    return found
