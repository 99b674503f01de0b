"""A run from its first look at the tree to its result: discover, check, settle."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from onex_tools.cache import Cache, digest, unpack, unpack_findings
from onex_tools.discover import OverLimit, Reader, Skip
from onex_tools.model import Finding, Ignore
from onex_tools.result import FAILURES, Note, Result

if TYPE_CHECKING:
    from onex_tools.baseline import Baseline
    from onex_tools.filepass import Job
    from onex_tools.session import Part, Session
    from onex_tools.snapshots import Rows
    from onex_tools.treepass import TreeRecord

T = TypeVar("T")


class Request(NamedTuple):
    """What to check, and how.

    Attributes:
        paths: files and folders relative to the root; None for the whole tree.
        scope: ``all``, ``file`` or ``tree``: which kind of rules run.
        data: the bytes to judge instead of the files' own, by path (index blobs, standard input),
            or why there are none.
        jobs: processes; 0: as the configuration says.
        timed: take the time of every check (then nothing comes from the cache).
        today: the date, ISO, that end dates are compared with.
        progress: called with (files done, files in all) on a long run.
    """

    paths: Sequence[str] | None = None
    scope: str = "all"
    data: Mapping[str, bytes | Skip] | None = None
    jobs: int = 0
    timed: bool = False
    today: str = ""
    progress: Callable[[int, int], None] | None = None

    def __repr__(self) -> str:
        return object.__repr__(self)  # what files hold is not shown


class Checked(NamedTuple):
    """What the checks said of so many files, before anything is waived."""

    lines: Mapping[str, bytes]
    tree: list[Finding]
    files: int
    notes: list[Note]
    complete: bool = False
    facts: Mapping[str, bytes] = {}


class Gathered(NamedTuple):
    """What an extractor says of every file, and what was found on the way.

    Attributes:
        facts: its facts, by path.
        tree: what the rules on the tree find that need those facts too.
        troubles: findings on files of which there may be no fact.
    """

    facts: Mapping[str, Any]
    tree: list[Finding]
    troubles: list[Finding]


def run(session: Session, request: Request) -> Result:
    """Check what ``request`` asks for.

    Raises:
        DiscoveryError: the files cannot be listed.
        BaselineError: the baseline cannot be read.
    """

    def work() -> Result:
        timings: dict[str, float] = {}
        checked = _check(session, request, timings)
        return _settle(session, request, checked, timings)

    return _carried_out(session, work)


def gather(session: Session, extractor: str) -> Gathered:
    """The facts that ``extractor`` leaves on every file of the tree.

    The rules on the tree run that need no other facts than the rules on these do, and no others,
    whatever the configuration selects. ``session`` is good for nothing else afterwards.

    Raises:
        DiscoveryError: the files cannot be listed.
    """
    rules = session.catalogue.rules.values()
    needed = {name for info in rules if extractor in info.uses for name in info.uses}
    session.only = frozenset(info.code for info in rules if info.uses and needed >= {*info.uses})

    def work() -> Gathered:
        checked = _check_tree(session, Request(scope="tree"), {})
        facts = {path: json.loads(line) for path, line in checked.facts.items()}
        found = [unpack(path, line)[0] for path, line in checked.lines.items()]
        return Gathered(
            {path: one[extractor] for path, one in sorted(facts.items()) if extractor in one},
            checked.tree,
            [finding for findings in found for finding in findings],
        )

    return _carried_out(session, work)


def _carried_out(session: Session, work: Callable[[], T]) -> T:
    """What ``work`` gives; a second time without what is remembered, if that cannot be read."""
    collecting = gc.isenabled()
    gc.disable()  # syntax trees hold no cycles: collecting costs a fifth and frees nothing
    notes = list(session.notes)
    try:
        try:
            return work()
        except (AttributeError, LookupError, RecursionError, TypeError, ValueError):
            if not session.cache.answered:
                raise
            # What was remembered may have a form that nobody wrote: do without it.
            session.cache.trusted = session.cache.answered = False
            session.notes[:] = notes
            return work()
    finally:
        if collecting:
            gc.enable()


def _check(session: Session, request: Request, timings: dict[str, float]) -> Checked:
    if request.data is None and request.paths is None:
        return _check_tree(session, request, timings)
    files = (
        sorted(request.data) if request.data is not None else session.expand(request.paths or ())
    )
    return _check_files(session, request, make_job(session, request, timings), files)


def make_job(session: Session, request: Request, timings: dict[str, float]) -> Job:
    """What file passes and tree passes need, for this request."""
    limits = session.config
    from onex_tools.filepass import Job

    tree = request.scope != "file" and request.data is None
    reader = Reader(session.root)
    if request.data is not None and request.scope == "all" and session.tree_codes:
        codes_off = ", ".join(sorted(session.tree_codes))
        said = f"rules that judge the tree ({codes_off}) did not run: only single files are at hand"
        session.notes.append(Note("skipped", said))
    codes = session.tree_codes if tree else ()
    facts = frozenset(name for code in codes for name in session.catalogue.rules[code].uses)
    return Job(
        catalogue=session.catalogue,
        tree=tree,
        facts=facts,
        scope_of=session.part if request.scope != "tree" else session.quiet_part,
        read=partial(_from_memory, request.data) if request.data is not None else reader,
        pieces=reader.pieces if request.data is None else None,
        node=reader.node,
        max_bytes=limits.max_scan_bytes,
        max_parse_bytes=limits.max_parse_bytes,
        seconds=limits.timeout,
        foreign=session.catalogue.foreign,
        given=session.given,
        timings=timings if request.timed else None,
        keeps=request.paths is None and session.cache.base is not None,
    )


def _from_memory(data: Mapping[str, bytes | Skip], path: str, limit: int) -> bytes:
    found = data.get(path, Skip("it is not among the files at hand"))
    if isinstance(found, Skip):
        raise found
    if len(found) > limit:
        raise OverLimit(f"it has {len(found):,} bytes; the limit is {limit:,}")
    return found


def _check_files(session: Session, request: Request, job: Job, files: Sequence[str]) -> Checked:
    """Named files only: no snapshot is read or written for them.

    Tree rules see the whole tree all the same, and speak about the named files.
    """
    from onex_tools.workers import judge_all

    tasks = [(path, None, session.size(path)) for path in files if not session.excluded(path)]
    rows = judge_all(job, tasks, request.jobs or session.config.jobs, request.progress)
    said = {path: row.result for path, row in rows.items() if len(row.result) > 1}
    count, notes = sum(1 for row in rows.values() if row.result), list(session.notes)
    tree: list[Finding] = []
    if request.scope != "file" and request.data is None and session.tree_codes:
        whole = _check_tree(session, Request(scope="tree", jobs=request.jobs), {})
        named = set(files)
        tree = [f for f in whole.tree if f.path in named or f.code in FAILURES]
    return Checked(said, tree, count, notes)


def _check_tree(session: Session, request: Request, timings: dict[str, float]) -> Checked:
    """The whole tree, from the snapshot of the last run as far as it still holds."""
    from onex_tools.snapshots import SnapshotStore, now_ns

    begun = now_ns()
    listing = session.listing()
    signature = digest(f"{session.signature}\0{request.scope}".encode())
    store = SnapshotStore(Cache(None) if request.timed else session.cache, session.root, signature)
    ledger = store.open(session.root, listing)
    if not ledger.fresh or ledger.head["given"] != session.given_ids():
        head = _renew(session, request, make_job(session, request, timings), ledger)
        if not any(row[0] in FAILURES for _, found in head["tree"].values() for _, row in found):
            store.save(listing, ledger, head, begun)
        ledger.head = head
    packed = [row for _, found in ledger.head["tree"].values() for row in found]
    tree = unpack_findings(packed)
    notes = [*session.notes, *(Note(*row) for row in ledger.head["notes"])]
    facts = {} if session.only is None else ledger.rows.fact_lines()
    count = ledger.head["checked"]
    return Checked(ledger.results(), tree, count, notes, complete=True, facts=facts)


def _renew(session: Session, request: Request, job: Job, ledger: Any) -> dict[str, Any]:
    """Do again what changed since ``ledger`` was written; gives the snapshot's new head."""
    from onex_tools import snapshots, treepass
    from onex_tools.workers import judge_all

    jobs = request.jobs or session.config.jobs
    changed = snapshots.update(
        ledger,
        session.standing,
        lambda tasks: judge_all(job, tasks, jobs, request.progress),
    )
    changes = treepass.Changes(
        snapshots.listing_changed(ledger, changed),
        snapshots.changed_facts(changed, sorted(job.facts)),
        frozenset(changed),
        session.given_ids(),
    )
    records = {code: treepass.unpack(value) for code, value in ledger.head.get("tree", {}).items()}
    kept = _judge_tree(session, job, ledger.rows, changes, records)
    checked, left_out = ledger.counts()
    return {
        "tree": {code: treepass.pack(record) for code, record in kept.items()},
        "notes": [list(note) for note in _skip_notes(left_out)],
        "checked": checked,
        "given": dict(changes.given),
    }


def _judge_tree(
    session: Session,
    job: Job,
    rows: Rows,
    changes: Any,
    records: Mapping[str, TreeRecord],
) -> dict[str, TreeRecord]:
    from onex_tools import treepass
    from onex_tools.watchdog import Watchdog

    kept: dict[str, TreeRecord] = {}
    view = None
    codes = sorted(session.tree_codes) if job.tree else ()
    with Watchdog(job.seconds) as watchdog:
        for code in codes:
            if code in records and changes.spare(records[code]) and not _failed(records[code]):
                kept[code] = records[code]
                continue
            if view is None:
                view = treepass.TreeView(job, rows.files(), rows.fact_lines(), rows.links())
            kept[code] = (
                treepass.judge_tree_apart(job, code, session.tree_rule, view)
                if code in job.foreign
                else treepass.judge_tree(job, session.tree_rule(code), view, watchdog)
            )
    return kept


def _failed(record: TreeRecord) -> bool:
    return any(row[0] in FAILURES for _, row in record.found)


def _skip_notes(left_out: Mapping[str, int]) -> list[Note]:
    words = {
        "link": ("symbolic link", "symbolic links", "not followed"),
        "nested": (
            "nested repository or submodule",
            "nested repositories or submodules",
            "left out: each is a tree of its own",
        ),
        "special": ("special file", "special files", "left out: neither regular nor a link"),
    }
    notes = []
    for kind, (one, many, why) in words.items():
        count = left_out[kind]
        if count:
            notes.append(Note("skipped", f"{count:,} {one if count == 1 else many} {why}"))
    return notes


def _settle(
    session: Session, request: Request, checked: Checked, timings: dict[str, float]
) -> Result:
    from onex_tools.off import off_notes

    found, ignores = _collect(session, checked)
    result = Result(
        root=session.root,
        notes=[*checked.notes, *off_notes(session)],
        rules=session.rules_that_ran(),
        files=checked.files,
        failed=any(finding.code in FAILURES for finding in found),
        fail_on=session.fail_on,
        timings=timings,
        read=partial(_read_for_report, session, request.data),
    )
    if found:
        from onex_tools.hidden import Unasked

        result.secrets = Unasked(session, partial(_ran, session, request))
    if found or ignores or session.entries() or session.config.baseline:
        _weigh(session, request, result, (found, ignores), complete=checked.complete)
    return result


def _collect(
    session: Session, checked: Checked
) -> tuple[list[Finding], dict[str, Sequence[Ignore]]]:
    """Every finding, and the directives of every file that has some."""
    found = [
        finding
        for finding in checked.tree
        if finding.code in FAILURES or finding.code in session.part(finding.path).codes
    ]
    ignores: dict[str, Sequence[Ignore]] = {}
    for path, line in checked.lines.items():
        findings, directives = unpack(path, line)
        found += findings
        if directives:
            ignores[path] = directives
    # A tree rule can say much about one file: each is read once, not once a finding.
    for path in sorted({finding.path for finding in checked.tree} - ignores.keys()):
        directives = session.ignores_in(path)
        if directives:
            ignores[path] = directives
    found += session.problems()
    return found, ignores


def _weigh(
    session: Session,
    request: Request,
    result: Result,
    collected: tuple[list[Finding], dict[str, Sequence[Ignore]]],
    *,
    complete: bool,
) -> None:
    """Fill ``result`` with what counts and what is waived."""
    from onex_tools.baseline import read_baseline
    from onex_tools.settle import settle
    from onex_tools.waivers import Bench

    baseline = session.config.baseline
    bench = Bench(
        rules=session.catalogue.rules,
        policy=lambda path: session.part(path).config,
        ran=lambda path: _ran(session, request, path),
        today=request.today,
        complete=complete and request.scope == "all",
        open_file=lru_cache(maxsize=1)(lambda path: session.open_file(path, result.read(path))),
        entries=session.entries(),
        baseline=read_baseline(session.root, baseline) if baseline else None,
        lenient=bool(session.catalogue.problems),
    )
    if bench.baseline is not None:
        _note_version(session, bench.baseline, result)
    settled = settle(*collected, bench)
    result.findings, result.waived = settled.findings, settled.waived
    result.stale = settled.stale


def _note_version(session: Session, baseline: Baseline, result: Result) -> None:
    """Take over the key of ``baseline``, or say that it does not tell secrets apart."""
    rules = session.catalogue.rules
    if baseline.tells_secrets:
        result.key = baseline.key
    elif any(code in rules and rules[code].sensitive for code, _ in baseline.entries.values()):
        said = f"{baseline.path} is of an older form, which takes a changed secret for the old one"
        result.notes.append(Note("hint", said, "onex baseline create"))


def _read_for_report(
    session: Session, data: Mapping[str, bytes | Skip] | None, path: str
) -> bytes | None:
    """The bytes that were judged: those at hand, or the file's."""
    if data is not None and path in data:
        found = data[path]
        return found if isinstance(found, bytes) else None
    return session.read_for_report(path)


def _ran(session: Session, request: Request, path: str) -> frozenset[str]:
    part: Part = session.part(path)
    if request.scope == "file":
        return part.codes - session.tree_codes
    return part.codes if request.scope == "all" else part.codes & session.tree_codes
