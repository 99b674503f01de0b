"""Many files brought into their final form, or only looked at; with them what flake8 says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from onex_tools.cache import digest
from onex_tools.format.agreement import Said
from onex_tools.format.formed import Formed
from onex_tools.format.memory import FINAL, Memory
from onex_tools.format.plan import NOTEBOOK, Left, Planned, Planner
from onex_tools.format.versions import installed
from onex_tools.model import Span

if TYPE_CHECKING:
    from onex_tools.format.crew import Done, Order
    from onex_tools.format.header import Fault
    from onex_tools.format.lint import LintJob
    from onex_tools.model import Finding
    from onex_tools.session import Session
    from onex_tools.stamping.index import Index

BATCH = 64
"""Changed files that are written together, since saving one is waiting."""


class Task:
    """What to do.

    Attributes:
        paths: files and folders relative to the root; None for the whole tree.
        write: whether files are written; else it is only said what would be.
        keep: whether the new bytes are wanted where nothing is written: for a diff.
        lint: whether flake8 is asked.
        jobs: processes; 0: as the configuration says.
        index: git's index, for files that were wholly in it to be added again.
        progress: called with (files done, files in all).
    """

    def __init__(
        self,
        paths: Sequence[str] | None,
        *,
        write: bool = True,
        keep: bool = False,
        lint: bool = True,
        jobs: int = 0,
        index: Index | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        self.paths, self.write, self.keep = paths, write, keep
        self.lint, self.jobs = lint, jobs
        self.index, self.progress = index, progress


class Outcome(NamedTuple):
    """What became of a file.

    Attributes:
        data: its bytes as they were.
        formed: what it becomes; ``new`` is None where nothing changes.
        why_not: why it was not written though it was to be; empty where it was.
    """

    path: str
    data: bytes
    formed: Formed
    why_not: str = ""

    @property
    def changed(self) -> bool:
        """Whether its bytes are to be others."""
        return self.formed.new is not None


class Report(NamedTuple):
    """What a run found and did, in the order of paths.

    Attributes:
        outcomes: every file that is not simply in its final form.
        left: files that were not looked into, and why.
        linted: what flake8 says, by path.
        unstaged: written files that could not be added to the index.
        looked: how many files were looked at.
        planner: what holds where.
        lint_fault: why flake8 did not do its work, and what to do; None where it did.
        unheard: options of flake8 that nothing here has.
    """

    outcomes: list[Outcome]
    left: list[Left]
    linted: dict[str, list[Finding]]
    unstaged: list[str]
    looked: int
    planner: Planner
    lint_fault: Said | None = None
    unheard: list[Said] = []


def format_files(session: Session, task: Task) -> Report:
    """Do ``task``.

    Raises:
        MissingTools: the tools are not installed.
        DiscoveryError: the files cannot be listed, or git's index cannot be used.
    """
    return _Run(session, task).report()


class _Run:
    """One run: its files, what is known of them, and what became of them."""

    def __init__(self, session: Session, task: Task) -> None:
        self._session, self._task = session, task
        tools = installed()
        self._linter = _lint_versions() if task.lint else ""
        self._planner = Planner(session, repr(tools), self._linter)
        self._memory = Memory(session.cache, session.root)
        self._outcomes: list[Outcome] = []
        self._left: list[Left] = []
        self._unusable: dict[str, Left] = {}
        self._plans: dict[str, Planned] = {}
        self._unstaged: list[str] = []
        self._done = 0

    def report(self) -> Report:
        paths = self._session.files(self._task.paths)
        self._total = len(paths)
        if self._task.write:
            self._session.tidy(paths)
        waiting: list[Outcome] = []
        for outcome in self._formed(paths):
            waiting.append(outcome)
            if len(waiting) >= BATCH and self._task.write:
                self._settle(waiting)
                waiting = []
        self._settle(waiting)
        linted, fault, unheard = self._linted()
        self._memory.save(whole=self._task.paths is None)
        self._outcomes.sort(key=lambda outcome: outcome.path)
        return Report(
            self._outcomes,
            sorted([*self._left, *self._unusable.values()], key=lambda left: left.path),
            linted,
            self._unstaged,
            self._done,
            self._planner,
            fault,
            unheard,
        )

    # Forming ---------------------------------------------------------------------------------

    def _formed(self, paths: Sequence[str]) -> Iterator[Outcome]:
        """What becomes of each file that is not known to be in its final form."""
        plans: dict[str, Planned] = {}
        known: list[Outcome] = []

        def orders() -> Iterator[Order]:
            from onex_tools.format.crew import Order

            for one in self._planner.look(paths):
                self._done += isinstance(one, Planned)
                if isinstance(one, Left):
                    self._leave(one)
                    continue
                formed = self._recalled(one)
                if formed is None:
                    plans[one.path] = one
                    yield Order(one.path, one.data, one.place.recipe, one.steps)
                    continue
                self._plans[one.path] = one._replace(data=b"")
                if formed.refused or formed.new is not None or formed.header:
                    known.append(Outcome(one.path, one.data, formed))

        waiting = orders()
        first = next(waiting, None)
        if first is not None:
            for done in self._by_crew(first, waiting):
                yield self._outcome(plans.pop(done.order.path), done)
        yield from known

    def _by_crew(self, first: Order, others: Iterator[Order]) -> Iterator[Done]:
        from itertools import chain

        from onex_tools.format.crew import Terms, form_all, processors

        session, task = self._session, self._task
        jobs = task.jobs or session.config.jobs or processors()
        seconds = _seconds(session)
        terms = Terms(session.root, seconds, jobs, task.write or task.keep)
        for done in form_all(chain([first], others), terms):
            if task.progress:
                task.progress(min(self._done, self._total - 1), self._total)
            yield done
        if task.progress:
            task.progress(self._total, self._total)

    def _outcome(self, plan: Planned, done: Done) -> Outcome:
        tool, why = done.unusable
        if tool:
            self._leave(Left(plan.path, why, _at_fault(plan, tool, why)))
            return Outcome(plan.path, plan.data, Formed())
        self._plans[plan.path] = plan._replace(data=b"")
        self._remember(plan, done.formed)
        return Outcome(plan.path, plan.data, done.formed)

    def _leave(self, left: Left) -> None:
        """Of settings that cannot be used is told once, not for every file below them."""
        if left.said is None:
            self._left.append(left)
        else:
            self._unusable.setdefault(repr(left.said), left)

    # What is known ---------------------------------------------------------------------------

    def _recalled(self, plan: Planned) -> Formed | None:
        """What is known to become of a file; None: nothing, or new bytes are wanted."""
        known = self._memory.get(plan.form_key)
        if known is None:
            return None
        if known == FINAL:
            return Formed()
        try:
            changes, refused, line, span, *faults = known
            header, remains = map(_faults, faults)
            at = Span(*map(int, span)) if span else None
            formed = Formed(b"" if changes else None, str(refused), int(line), at, header, remains)
        except (TypeError, ValueError):
            return None
        return None if changes and (self._task.write or self._task.keep) else formed

    def _remember(self, plan: Planned, formed: Formed) -> None:
        changes = formed.new is not None
        plain = not (changes or formed.refused or formed.header)
        value: Any = [changes, *formed[1:]]
        if not formed.refused.startswith(_PASSING):
            self._memory.put(plan.form_key, FINAL if plain else value)

    # Writing ---------------------------------------------------------------------------------

    def _settle(self, outcomes: list[Outcome]) -> None:
        """Write what changed, and keep what there is to be said of."""
        if self._task.write:
            outcomes = list(self._written(outcomes))
        for outcome in outcomes:
            formed = outcome.formed
            if outcome.changed or formed.refused or formed.header:
                self._outcomes.append(outcome)

    def _written(self, outcomes: list[Outcome]) -> Iterator[Outcome]:
        changed = [outcome for outcome in outcomes if outcome.changed]
        refused: dict[str, str] = {}
        if changed:
            from onex_tools.stamping.adding import write_and_add
            from onex_tools.writing import Change

            changes = [Change(o.path, o.data, o.formed.new) for o in changed]
            refused, unstaged = write_and_add(
                self._session.root, changes, self._task.index, what="its formatting"
            )
            self._unstaged += unstaged
        for outcome in outcomes:
            if outcome.changed and outcome.path not in refused:
                self._renew(outcome)
            yield outcome._replace(why_not=refused.get(outcome.path, ""))

    def _renew(self, outcome: Outcome) -> None:
        """The file has new bytes, which are final: that was proven."""
        plan = self._planner.planned(outcome.path, outcome.formed.new or b"")
        if isinstance(plan, Planned):
            remains = outcome.formed.remains
            self._remember(plan, Formed(header=remains, remains=remains))
            self._plans[plan.path] = plan._replace(data=b"")

    # flake8 ----------------------------------------------------------------------------------

    def _linted(self) -> tuple[dict[str, list[Finding]], Said | None, list[Said]]:
        """What flake8 says of every file, why it cannot, and which options it does not know."""
        wanted = [
            plan
            for plan in self._plans.values()
            if self._task.lint and self._planner.options(_folder(plan.path)).lint
        ]
        found: dict[str, list[Finding]] = {}
        unknown: list[Planned] = []
        for plan in wanted:
            known = self._memory.findings(plan.lint_key, plan.path)
            if known is None:
                unknown.append(plan)
            elif known:
                found[plan.path] = known
        from onex_tools.format.runner import LintError

        try:
            found |= self._newly_linted(unknown)
            return found, None, self._unheard(wanted)
        except LintError as error:
            return found, Said(error.path, error.line, error.message, error.help), []

    def _newly_linted(self, plans: Sequence[Planned]) -> dict[str, list[Finding]]:
        """What flake8 says of files of which that is not known; what it says is kept.

        Raises:
            LintError: it cannot do its work.
        """
        if not plans:
            return {}
        from onex_tools.format.lint import FAILS, lint

        said = lint(self._session.root, _jobs(plans), self._task.jobs)
        found: dict[str, list[Finding]] = {}
        for plan in plans:
            findings = list(said.get(plan.path, ()))
            if not any(finding.message.startswith(FAILS) for finding in findings):
                self._memory.put_findings(plan.lint_key, findings)
            if findings:
                found[plan.path] = findings
        return found

    def _unheard(self, plans: Sequence[Planned]) -> list[Said]:
        """Options for flake8 that it passes over in silence.

        Raises:
            LintError: it does not start.
        """
        spoken = {plan.place.recipe.flake8 for plan in plans if plan.place.recipe.flake8.others}
        if not spoken:
            return []
        from onex_tools.format.lint import known_options, unknown_options

        key = digest(f"options of flake8 {self._linter}".encode())[:32]
        known = self._memory.get(key)
        if not isinstance(known, list) or not all(isinstance(name, str) for name in known):
            known = sorted(known_options())
            self._memory.put(key, known)
        return sorted({said for options in spoken for said in unknown_options(options, known)})


_PASSING = ("it took longer than", "formatting it ended", "it takes more memory")
"""How refusals begin that may come out otherwise the next time."""


def _seconds(session: Session) -> float:
    """How long one file may take: the root's word, since processes are shared by all folders."""
    timeout: float = session.part("").options("format").timeout
    return max(timeout, 0.01)


def _faults(rows: Any) -> tuple[Fault, ...]:
    """Faults of a header as JSON has them."""
    if not rows:
        return ()
    from onex_tools.format.header import Fault

    return tuple(Fault(int(line), str(there), str(wanted)) for line, there, wanted in rows)


def _lint_versions() -> str:
    from onex_tools.format.lint import versions

    return repr(versions())


def _jobs(plans: Sequence[Planned]) -> list[LintJob]:
    """The files by the options of flake8 that hold for them."""
    from onex_tools.format.lint import LintJob

    groups: dict[Any, list[str]] = {}
    for plan in sorted(plans, key=lambda plan: plan.path):
        groups.setdefault(plan.place.recipe.flake8, []).append(plan.path)
    return [LintJob(paths, options) for options, paths in groups.items()]


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _at_fault(plan: Planned, tool: str, why: str) -> Any:
    table = plan.place.recipe.black if tool == "black" else plan.place.recipe.isort
    return Said(table.path, min(table.lines.values(), default=1), f"{tool}: {why}")


def format_data(session: Session, path: str, data: bytes) -> tuple[bytes, str, int]:
    """``data`` in its final form, as if it were the file at ``path``.

    Returns:
        The bytes; and, where they are the same since formatting was refused, why and at which
        line.

    Raises:
        MissingTools: the tools are not installed.
    """
    from onex_tools.format.crew import Order, Terms, form_all

    installed()
    if session.excluded(path):
        return data, "", 1
    if path.endswith(NOTEBOOK):  # its JSON could pass for Python
        return data, "notebooks are left out", 1
    plan = Planner(session, "", "").planned(path, data)
    if isinstance(plan, Left):
        return data, plan.reason if plan.said else "", plan.said.line if plan.said else 1
    order = Order(path, data, plan.place.recipe, plan.steps)
    terms = Terms(session.root, _seconds(session), 1, keep=True)
    done = next(iter(form_all([order], terms)))
    if done.unusable[0]:
        return data, f"{done.unusable[0]}: {done.unusable[1]}", 1
    formed = done.formed
    return data if formed.new is None else formed.new, formed.refused, formed.line
