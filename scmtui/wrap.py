"""Lines on a page: text broken between 어절, by the rules of Korean typesetting (금칙).

A line ends between two words (keep-all). It does not begin with a closing mark or end with an
opening one; a word longer than the line is folded inside.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from scmtui.text import width, words

if TYPE_CHECKING:
    from collections.abc import Iterator

CLOSERS = frozenset(",.;:!?)]}’”」』》〉〕】、。·…%")
OPENERS = frozenset("([{‘“「『《〈〔【")

_width = lru_cache(maxsize=20_000)(width)


def wrap(text: str, cells: int) -> list[tuple[int, int]]:
    """Spans [start, end) of the lines of `text`, in at most `cells` cells each.

    The blanks at a break belong to neither line. A line break in the text is kept, and an empty
    text has one empty line. `cells` counts as 2 at least, so that a wide character always fits.
    """
    cells = max(cells, 2)
    lines: list[tuple[int, int]] = []
    start = 0
    for row in text.split("\n"):
        lines.extend((start + a, start + b) for a, b in _row(row, cells))
        start += len(row) + 1
    return lines


def _row(row: str, cells: int) -> list[tuple[int, int]]:
    lines: list[tuple[int, int]] = []
    used = 0
    for start, end in _units(row):
        wide = _width(row[start:end])
        gap = start - lines[-1][1] if lines else 0
        if lines and used + gap + wide <= cells:
            lines[-1] = (lines[-1][0], end)
            used += gap + wide
        elif wide <= cells:
            lines.append((start, end))
            used = wide
        else:
            lines.extend(_folded(row, start, end, cells))
            used = _width(row[lines[-1][0] : end])
    return lines or [(0, 0)]


def _units(row: str) -> Iterator[tuple[int, int]]:
    """Words that may stand alone on a line: closers stay with what they close, openers likewise."""
    unit: tuple[int, int] | None = None
    for start, end in words(row):
        if unit and (row[start] in CLOSERS or row[unit[1] - 1] in OPENERS):
            unit = (unit[0], end)
            continue
        if unit:
            yield unit
        unit = (start, end)
    if unit:
        yield unit


def _folded(row: str, start: int, end: int, cells: int) -> Iterator[tuple[int, int]]:
    """A unit longer than the line, cut where it must be; a cut moves off marks when it can."""
    while _width(row[start:end]) > cells:
        cut = start + 1
        while cut < end and _width(row[start : cut + 1]) <= cells:
            cut += 1
        nicer = cut
        while nicer > start + 1 and (row[nicer] in CLOSERS or row[nicer - 1] in OPENERS):
            nicer -= 1
        if nicer > start + 1:
            cut = nicer
        yield (start, cut)
        start = cut
        while row[start] == " ":
            start += 1
    yield (start, end)
