"""Where words end in a line: by the blanks that are written, or else by the gaps between glyphs."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scmtui.readers.pdf.glyphs import Glyph
    from scmtui.readers.pdf.lines import Line

MARK, MARKED = "\x02", "\x03"
"""Around what may be the mark of a footnote; nothing else that a page yields has controls."""

_TRUSTED = 0.6
"""Ems of a gap that is a blank though the file writes its blanks."""
_CELL = 2.0
"""Ems of a gap between two cells of a table."""
_WRITTEN = 0.03
"""The share of blanks among the glyphs of a page that writes its blanks."""
_USUAL = 0.2
"""Ems of a gap that is a blank, as long as nothing is known of a file."""
_STEP = 0.02
_SMALL = 0.75
"""The size, beside that of its line, below which a glyph is written small."""
_SMALLER, _RISE = 0.9, 0.15
"""The same for a glyph that stands above its line by that many ems."""
_RAISED = re.compile(f"{MARK}([^{MARK}]*){MARKED}")
_NOTE = re.compile(r"\(?\d{1,3}[)\]]?|[*†‡]{1,3}")
_UNIT = re.compile(r"(?:\d|\b[kcm]?m|CO|H)$")
"""What small digits belong to that stand for no footnote."""


class Spacing:
    """What is known of the gaps of a file; it grows page by page."""

    def __init__(self) -> None:
        self._gaps: Counter[int] = Counter()
        self._written = True
        self._threshold = _TRUSTED

    def learn(self, page: Sequence[Line]) -> None:
        """Take the gaps of a page into account, which is going to be written."""
        glyphs = [glyph for line in page for glyph in line.glyphs]
        if len(glyphs) > 100 or not self._gaps:
            self._written = sum(it.blank for it in glyphs) > len(glyphs) * _WRITTEN
        if self._written:
            self._threshold = _TRUSTED
            return
        for line in page:
            self._gaps.update(round(gap / _STEP) for gap in _gaps(line) if -0.2 < gap < 1)
        self._threshold = self._valley()

    def _valley(self) -> float:
        """The gap, in ems, that lies between those within a word and those between two."""
        if self._gaps.total() < 20:
            return _USUAL
        near = {at: sum(self._gaps[it] for it in (at - 1, at, at + 1)) for at in range(4, 26)}
        fewest = min(near.values())
        first = next(at for at, count in near.items() if count == fewest)
        last = next((at for at in range(first, 26) if near.get(at) != fewest), 26) - 1
        return min((first + last) / 2 * _STEP, max(first * _STEP, 0.25))

    def text(self, line: Line) -> str:
        """The line as text; a blank at its end is kept, tabs stand between cells."""
        written = ""
        last: Glyph | None = None
        size, small = line.size, False
        tracking = max(0.0, _tracking(line))
        for glyph in line.glyphs:
            if glyph.blank:
                written += "" if written.endswith((" ", "\t")) else " "
            else:
                gap = (glyph.x0 - last.x1) / size - tracking if last else 0.0
                if small != (small := glyph.size < size * _SMALLER and _is_small(glyph, line)):
                    written += MARK if small else MARKED
                written = _spaced(written, gap, self._threshold) + glyph.text
            last = glyph
        return _RAISED.sub(_note, written + (MARKED if small else "")).lstrip()


def _is_small(glyph: Glyph, line: Line) -> bool:
    """Whether a glyph is written small, or smaller and above its line as marks of footnotes are."""
    raised = line.base - glyph.base > line.size * _RISE
    return glyph.size < line.size * (_SMALLER if raised else _SMALL)


def _note(raised: re.Match[str]) -> str:
    """What is written small: the mark of a footnote stays marked."""
    is_note = _NOTE.fullmatch(raised[1].strip()) and not _UNIT.search(
        raised.string[: raised.start()]
    )
    return raised[0] if is_note else raised[1]


def _spaced(written: str, gap: float, threshold: float) -> str:
    if gap > _CELL:
        return written.rstrip(" ") + "\t"
    return written if gap <= threshold or written.endswith((" ", "\t")) else written + " "


def _gaps(line: Line) -> Iterator[float]:
    """The gaps between the glyphs of a line, in ems, beyond what all of them are apart."""
    tracking = max(0.0, _tracking(line))
    for left, right in pairwise(line.glyphs):
        yield (right.x0 - left.x1) / line.size - tracking


def _tracking(line: Line) -> float:
    """Ems that the letters of a line are set apart; a line of few letters tells nothing."""
    gaps = [
        (right.x0 - left.x1) / line.size
        for left, right in pairwise(line.glyphs)
        if not left.blank and not right.blank
    ]
    return median(gaps) if len(gaps) > 8 else 0.0
