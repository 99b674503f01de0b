"""Secret texts found again where they are repeated, and hidden there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from onex_tools.model import Finding, Fix, Related, Span

MASK = "********"
MOST = 256
"""Pieces of secrets that are looked for."""
SHORTEST = 4
"""Bytes of a piece that is hidden where a file shows it again."""
LONGEST = 512
LEAST, TELLING = 8, 10
"""Characters of a secret that are hidden in a sentence: all of a short one, or any so many in a row
of a longer one, which may be quoted in part. Fewer may be a word that means itself."""
MOST_TOLD = 20_000
"""Pieces of secrets that are looked for in sentences."""
_SIZES = range(TELLING, LEAST - 1, -1)


def repeats(data: bytes, pieces: Iterable[bytes]) -> Iterator[Span]:
    """Every place in ``data`` where one of ``pieces`` stands."""
    for piece in pieces:
        at = data.find(piece)
        while at >= 0:
            yield Span(at, at + len(piece))
            at = data.find(piece, at + len(piece))


def pieces_of(data: bytes, spans: Sequence[Span], most: int = MOST) -> list[bytes]:
    """The lines of the secrets, long ones in parts, where long enough to be told from other text.

    Only ``most`` are kept, for a file made of secrets must not make its report slow; the spans
    themselves are always hidden.
    """
    pieces: dict[bytes, None] = {}
    for start, end in spans:
        for line in map(bytes.strip, data[start:end].splitlines()):
            for at in range(0, len(line), LONGEST):
                piece = line[at : at + LONGEST]
                if len(piece) >= SHORTEST:
                    pieces[piece] = None
                if len(pieces) >= most:
                    return list(pieces)
    return list(pieces)


def telling(pieces: Iterable[bytes]) -> frozenset[str]:
    """What gives a secret away in a sentence: so many characters in a row of one of ``pieces``."""
    found: set[str] = set()
    for piece in pieces:
        text = piece.decode("utf-8", "replace")
        size = min(len(text), TELLING)
        if size >= LEAST:
            found.update(text[at : at + size] for at in range(len(text) - size + 1))
    return frozenset(found)


def masked(text: str, parts: frozenset[str]) -> str:
    """``text`` with a mask over all that consists of ``parts``, which ``telling`` gave."""
    shown, at, end = [], 0, 0
    for start in range(len(text) - LEAST + 1):
        size = next((n for n in _SIZES if text[start : start + n] in parts), 0)
        if not size:
            continue
        if start > end or not end:
            shown += [text[at:start], MASK]
        at = end = max(end, start + size)
    return "".join([*shown, text[at:]]) if end else text


def mask_others(found: Iterable[Finding], secret: Sequence[Finding], data: bytes) -> None:
    """Hide what ``secret`` mark in ``data`` in all that the others of ``found`` say."""
    spans = [Span(*finding.location[1:3]) for finding in secret]
    parts = telling(pieces_of(data, spans, MOST_TOLD))
    known = {*map(id, secret)}
    for finding in found:
        if id(finding) not in known:
            mask(finding, parts)


def mask(finding: Finding, parts: frozenset[str]) -> None:
    """Hide ``parts`` in the words of ``finding``; its edits go back to where they are from."""
    finding.message = masked(finding.message, parts)
    finding.help = masked(finding.help, parts)
    finding.anchor = masked(finding.anchor, parts)
    finding.details = {name: masked(text, parts) for name, text in finding.details.items()}
    finding.related = tuple(Related(at, masked(said, parts)) for at, said in finding.related)
    if finding.fix:
        fix = finding.fix
        finding.fix = Fix(masked(fix.title, parts), fix.edits, fix.safe)
