"""Secrets that no frame shows although no rule looked for them: found when a file is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from onex_tools.model import Confidence, Span
from onex_tools.result import UNTOLD

if TYPE_CHECKING:
    from onex_tools.filepass import FilePass
    from onex_tools.session import Part, Session
    from onex_tools.watchdog import Watchdog


class Unasked:
    """Asks the sensitive rules that did not run of a file that is about to be shown.

    Those that are built in and judge single files are asked, but for those that are seldom sure:
    they would hide texts that are none. ``ran`` gives the codes that ran, by path; without it none
    did.
    """

    def __init__(
        self, session: Session, ran: Callable[[str], frozenset[str]] = lambda _: frozenset()
    ) -> None:
        self._session, self._ran = session, ran
        self._parts: dict[tuple[int, frozenset[str]], Part] = {}
        self._work: FilePass | None = None

    @cached_property
    def _codes(self) -> frozenset[str]:
        catalogue = self._session.catalogue
        sure = (one for one in catalogue.rules.values() if one.confidence > Confidence.LOW)
        codes = (one.code for one in sure if one.sensitive and one.scope == "file")
        return frozenset(codes) - catalogue.foreign

    def __call__(self, path: str, data: bytes) -> Sequence[Span] | None:
        """Their spans in ``data``; None: the whole file is secret, or one could not tell."""
        from onex_tools.cache import unpack

        if self._codes <= self._ran(path):
            return ()
        found, _ = unpack(path, self._judge(path, data))
        places = [one.location for one in found if one.code in self._codes]
        if any(one.code in UNTOLD for one in found) or any(at.end <= at.start for at in places):
            return None
        return [Span(at.start, at.end) for at in places]

    def _judge(self, path: str, data: bytes) -> bytes:
        from onex_tools.watchdog import Watchdog

        if self._work is None:
            self._watchdog = Watchdog(self._session.config.timeout)
            self._work = self._make_work(self._watchdog)
        with self._watchdog:
            return self._work.judge_data(path, data).result

    def _make_work(self, watchdog: Watchdog) -> FilePass:
        from onex_tools.filepass import FilePass, Job

        config = self._session.config
        job = Job(
            catalogue=self._session.catalogue,
            tree=False,
            facts=frozenset(),
            scope_of=self._part,
            read=lambda _path, _limit: b"",
            max_bytes=config.max_scan_bytes,
            max_parse_bytes=config.max_parse_bytes,
            seconds=config.timeout,
        )
        return FilePass(job, watchdog)

    def _part(self, path: str) -> Part:
        """The part of the tree that ``path`` is in, with the rules that were not asked there."""
        from onex_tools.session import Part

        part, codes = self._session.part(path), self._codes - self._ran(path)
        key = (id(part), codes)
        if key not in self._parts:
            self._parts[key] = Part(part.config, codes, self._session.catalogue)
        return self._parts[key]
