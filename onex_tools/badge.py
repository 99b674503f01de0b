"""The badge of a share in per cent: a small SVG, the same bytes for the same number."""

from __future__ import annotations

COLOURS = (
    (95.0, "#2e7d32"),
    (85.0, "#4b6f1c"),
    (70.0, "#7a6000"),
    (50.0, "#a34700"),
    (0.0, "#b3261e"),
)
"""The colour from each share up; white text on each is easy to read (4.5 to 1 at least)."""
_WIDE, _NARROW = "mw%", "fijlrt.,:'() "
_PAD = 6

_SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="20" role="img" aria-label="{text}">
  <title>{text}</title>
  <rect width="{width}" height="20" rx="3" fill="#424242"/>
  <path d="M{left} 0h{stop}a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3h-{stop}z" fill="{colour}"/>
  <g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">
    <text x="{pad}" y="14" textLength="{label_width}">{label}</text>
    <text x="{value_at}" y="14" textLength="{value_width}">{value}</text>
  </g>
</svg>
"""


def render_badge(label: str, percent: float) -> bytes:
    """A badge that says ``label`` and ``percent``, which is 0 to 100; ``label`` is plain words."""
    value = f"{percent:g} %"
    label_width, value_width = _width(label), _width(value)
    left = label_width + 2 * _PAD
    width = left + value_width + 2 * _PAD
    return _SVG.format(
        width=width,
        text=f"{label}: {value}",
        left=left,
        stop=width - left - 3,
        colour=next(colour for least, colour in COLOURS if percent >= least),
        pad=_PAD,
        label=label,
        label_width=label_width,
        value=value,
        value_at=left + _PAD,
        value_width=value_width,
    ).encode()


def _width(text: str) -> int:
    """About the pixels of ``text`` at 11 pixels; ``textLength`` makes them exact in any font."""
    return sum(11 if char in _WIDE else 4 if char in _NARROW else 7 for char in text)
