"""The lines of a page: glyphs put together in the order they were written, and as they stand.

Most programs write a page in reading order, columns and cells one after the other; geometry only
mends what was written apart (a raised “th”, a word in another font), and sorts the lines where
the order makes no sense.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from math import ceil
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scmtui.readers.pdf.glyphs import Glyph

_RAISED = 0.55
"""Ems that a glyph may stand above or below the line it belongs to."""
_CLOSE = 1.2
"""Ems between two glyphs beyond which something else than a blank lies between them."""
_BACK = 0.6
"""Ems that a glyph may overlap with the one before it."""
_FEW = 5
"""Glyphs of a number in a cell of its own, at most."""
_COUNTS = re.compile(r"\(?\d{1,2}[.)]?|[가-하①-⑳][.)]?")
"""What stands in a cell of its own to count the text beside it."""
_SOME = 20
"""Lines of a page that show whether it may have columns."""
_SPANNING = 0.12
"""The share of what is written that may stand across two columns: titles and headings."""


class Run:
    """Glyphs that stand on one line, close to one another, and where: x0 to x1, blanks apart."""

    def __init__(self, glyphs: list[Glyph]) -> None:
        self.glyphs = glyphs
        solid = [it for it in glyphs if not it.blank]
        self.empty = not solid
        self.x0 = glyphs[0].x0
        self.x1 = max((it.x1 for it in solid), default=glyphs[-1].x1)
        largest = max(glyphs, key=lambda it: it.size)
        self.size, self.base = largest.size, largest.base


class Line:
    """A line of a page or a column: its runs from left to right, and where it stands."""

    def __init__(self, run: Run) -> None:
        self.runs = [run]
        self.measure()

    def measure(self) -> None:
        """Find again where the line stands, after its runs were changed."""
        self.x0, self.x1 = self.runs[0].x0, max(run.x1 for run in self.runs)
        sizes = Counter(round(it.size, 1) for run in self.runs for it in run.glyphs)
        self.size = sizes.most_common(1)[0][0]
        self.base = max(self.runs, key=lambda run: run.size).base

    @property
    def glyphs(self) -> list[Glyph]:
        """Its glyphs from left to right; those of a run stay as they were written."""
        if all(left.x1 <= right.x0 + right.size / 2 for left, right in pairwise(self.runs)):
            return [glyph for run in self.runs for glyph in run.glyphs]
        return sorted((glyph for run in self.runs for glyph in run.glyphs), key=lambda it: it.x0)

    def holds(self, run: Run) -> bool:
        """Whether the run belongs to this line, before, after or between what is there."""
        size = max(self.size, run.size)
        if abs(run.base - self.base) > size * _RAISED:
            return False
        if run.x0 > self.x1 + size or run.x1 < self.x0 - size:
            return False
        near = [it for it in self.glyphs if it.x0 < run.x1 + size and it.x1 > run.x0 - size]
        inside = (it for it in near if it.x0 < run.x1 and it.x1 > run.x0 and not it.blank)
        return bool(near) and not any(
            min(it.x1, mine.x1) - max(it.x0, mine.x0) > (mine.x1 - mine.x0) / 2
            for it in inside
            for mine in run.glyphs
        )

    def add(self, run: Run) -> None:
        """Put a run where it stands in the line."""
        self.runs.append(run)
        self.runs.sort(key=lambda it: it.x0)
        self.measure()


def runs(glyphs: Iterable[Glyph]) -> Iterator[Run]:
    """The glyphs in the order they were written, divided where the writing goes elsewhere."""
    current: list[Glyph] = []
    base = size = 0.0
    for glyph in glyphs:
        if current and not _follows(glyph, current[-1], base, max(size, glyph.size)):
            yield Run(current)
            current = []
        if not current or glyph.size >= size:
            base, size = glyph.base, glyph.size
        current.append(glyph)
    if current:
        yield Run(current)


def _follows(glyph: Glyph, last: Glyph, base: float, size: float) -> bool:
    gap = glyph.x0 - last.x1
    same = abs(glyph.base - base) <= size * _RAISED
    return same and glyph.x0 >= last.x0 - 0.1 * size and -_BACK * size < gap < _CLOSE * size


def lines(found: Sequence[Run], gutter: float | None) -> list[Line]:
    """The runs of a page put together to lines; none of them crosses the gutter for another."""
    made: list[Line] = []
    rows: dict[int, list[Line]] = {}
    for run in found:
        if run.empty:
            _trail(made, run)
            continue
        row = round(run.base / 6)
        near = [
            line for at in (row - 2, row - 1, row, row + 1, row + 2) for line in rows.get(at, ())
        ]
        line = next((it for it in near if _same_side(it, run, gutter) and it.holds(run)), None)
        if line is not None and _is_beside(line, made, run):
            _head(line, made, rows)
            line = None
        if line is None and made and _goes_on(made[-1], run, gutter):
            line = made[-1]
        if line is None:
            made.append(Line(run))
            rows.setdefault(row, []).append(made[-1])
        else:
            line.add(run)
    return made


def _is_beside(line: Line, made: Sequence[Line], run: Run) -> bool:
    """Whether a line is a number in a cell of its own, at half the height of the text beside it.

    That text was begun above it, right after the number, and the run goes on with it.
    """
    after = made[made.index(line) + 1 :] if line is not made[-1] else ()
    written = "".join(it.text for it in line.glyphs[: _FEW + 1]).strip()
    if not after or not _COUNTS.fullmatch(written) or run.x0 <= line.x1:
        return False
    begun = all(abs(it.x0 - run.x0) < run.size and it.base < line.base for it in after)
    return begun and after[0].base < line.base - line.size * _RAISED


def _head(line: Line, made: list[Line], rows: dict[int, list[Line]]) -> None:
    """Set a number before the first line of the text that it counts."""
    at = made.index(line)
    first = made[at + 1]
    for run in line.runs:
        run.base = first.base
        first.add(run)
    del made[at]
    for those in rows.values():
        if line in those:
            those.remove(line)


def _trail(made: Sequence[Line], run: Run) -> None:
    """Let blanks that were written apart end the line that they follow."""
    if not made:
        return
    last, blank = made[-1].runs[-1], run.glyphs[0]
    level = abs(last.base - blank.base) < last.size * _RAISED
    if level and last.x1 - last.size / 2 < blank.x0 < last.x1 + last.size:
        last.glyphs.append(blank)


def _same_side(line: Line, run: Run, gutter: float | None) -> bool:
    return gutter is None or not (line.x1 <= gutter <= run.x0 or run.x1 <= gutter <= line.x0)


def _goes_on(line: Line, run: Run, gutter: float | None) -> bool:
    """Whether the run is the next cell of the line that was written last."""
    level = abs(run.base - line.base) <= 0.2 * max(run.size, line.size)
    return level and run.x0 >= line.x1 and _same_side(line, run, gutter)


def gutter(found: Sequence[Run], known: float | None = None) -> float | None:
    """Where the space between two columns of prose runs down a page, if there are two.

    `known` is where it ran on the page before, which may go on with half a column.
    """
    written = [run for run in found if not run.empty]
    if not written:
        return known
    left, right = min(run.x0 for run in written), max(run.x1 for run in written)
    em = median(run.size for run in written)
    crossed = {
        left + (right - left) * share / 200: 0.0 for share in range(50, 151) if len(written) >= 12
    }
    for x in crossed:
        crossing = sum(run.x0 < x + em / 2 and run.x1 > x - em / 2 for run in written)
        crossed[x] = crossing + abs(x - (left + right) / 2) / (right - left)
    best = min(crossed, key=crossed.__getitem__, default=None)
    if best is not None and _divides(written, best, (best - left, right - best)):
        return _freest(written, left, right, (best - em, best + em), best)
    if len(written) >= 12 and (narrow := _narrow(written, left, right)) is not None:
        return narrow
    return known if known is not None and _crossing(written, known) <= _SPANNING else None


def _freest(
    written: Sequence[Run], left: float, right: float, within: tuple[float, float], best: float
) -> float:
    """The place that the fewest runs have a glyph at, and of those the one next to the best."""
    step = (right - left) / 200
    covered = _covered(written, left, step)
    places = [at for at in range(201) if within[0] <= left + at * step <= within[1]]
    least = min((covered[at] for at in places), default=0)
    now = round((best - left) / step)
    if not places or covered[now] == least:
        return best
    return left + min((abs(at - now), at) for at in places if covered[at] == least)[1] * step


def _covered(written: Sequence[Run], left: float, step: float) -> list[int]:
    """How many runs have a glyph at each of the two hundred places of a page."""
    covered = [0] * 201
    for run in written:
        its: set[int] = set()
        for glyph in run.glyphs:
            if not glyph.blank:
                its.update(range(ceil((glyph.x0 - left) / step), int((glyph.x1 - left) / step) + 1))
        for at in its:
            if 0 <= at <= 200:
                covered[at] += 1
    return covered


def _narrow(written: Sequence[Run], left: float, right: float) -> float | None:
    """Where the space runs between two columns that stand as close as the cells of a table do.

    What was written in both without a break is one run, so that it is the glyphs that count.
    """
    step = (right - left) / 200
    some = written[:: len(written) // _SOME + 1]
    if step <= 0 or min(_covered(some, left, step)[50:151]) > len(some) * _SPANNING * 2:
        return None  # as most pages are
    covered = _covered(written, left, step)
    fewest = min(covered[50:151])
    if fewest > len(written) * _SPANNING:
        return None
    for at in range(50, 151):
        if covered[at] == fewest and covered[at - 1] > fewest:
            x = left + (at + at + _free(covered, at)) / 2 * step
            apart = list(parted(written, x))
            if _starts_alike(apart, x) and _divides(apart, x, (x - left, right - x)):
                return x
    return None


def _free(covered: Sequence[int], at: int) -> int:
    """How many places go on as that one does."""
    return next((n - 1 for n in range(1, 200 - at) if covered[at + n] != covered[at]), 0)


def _starts_alike(apart: Sequence[Run], x: float) -> bool:
    """Whether half of what stands beyond begins at one place, as the lines of a column do."""
    starts = Counter(round(run.x0) for run in apart if run.x0 >= x)
    return bool(starts) and starts.most_common(1)[0][1] * 2 >= starts.total()


def parted(found: Sequence[Run], middle: float) -> Iterator[Run]:
    """The runs, those divided that go on in the other column where its lines begin.

    Where that is, is known from the lines that were written apart; blanks that stand one below
    the other make no columns.
    """
    starts = Counter(round(run.x0) for run in found if run.x0 >= middle)
    usual = starts.most_common(1)[0][0] if starts else 0
    for run in found:
        at = _beyond(run, middle) if run.x0 < middle < run.x1 else None
        if at and abs(run.glyphs[at].x0 - usual) < 1.5:
            yield Run(run.glyphs[:at])
            yield Run(run.glyphs[at:])
        else:
            yield run


def _beyond(run: Run, middle: float) -> int | None:
    """The first glyph of a run in the right column; none if one stands in both."""
    if any(it.x0 < middle < it.x1 and not it.blank for it in run.glyphs):
        return None
    return next((at for at, it in enumerate(run.glyphs) if it.x0 >= middle and not it.blank), None)


def _crossing(written: Sequence[Run], x: float) -> float:
    return sum(run.x0 < x < run.x1 for run in written) / len(written)


def _divides(written: Sequence[Run], x: float, columns: tuple[float, float]) -> bool:
    """Whether there is prose on both sides, that hardly ever crosses from one to the other."""
    if _crossing(written, x) > _SPANNING:
        return False
    prose = [run for run in written if len(run.glyphs) > _FEW]  # beside it stand numbers in cells
    sides = [run for run in prose if run.x1 <= x], [run for run in prose if run.x0 >= x]
    return all(
        len(side) >= 5 and median(run.x1 - run.x0 for run in side) > column * 0.55
        for side, column in zip(sides, columns, strict=True)
    )


def ordered(found: Sequence[Line], middle: float | None) -> list[Line]:
    """The lines as they are read: as they were written, unless that jumps about on the page."""
    jumps = sum(
        after.base < before.base - before.size and after.x0 < before.x1 and before.x0 < after.x1
        for before, after in pairwise(found)
    )
    if middle is not None:
        sides = [line.x0 >= middle for line in found if not line.x0 < middle < line.x1]
        jumps += sum(left != right for left, right in pairwise(sides)) // 2
    if jumps <= max(2, len(found) * 0.15) and not _is_scattered(found):
        return list(found)
    made: list[Line] = []
    band: list[Line] = []
    for line in _level(found, middle):
        if middle is not None and line.x0 < middle < line.x1:
            made += [*_by_column(band, middle), line]
            band = []
        else:
            band.append(line)
    return made + (band if middle is None else _by_column(band, middle))


def _is_scattered(found: Sequence[Line]) -> bool:
    """Whether a page was written in crumbs, and not line by line."""
    return len(found) > 100 and median(len(line.glyphs) for line in found) <= 4


def _level(found: Sequence[Line], middle: float | None) -> list[Line]:
    """The lines from above, those that stand at one height in a column put together."""
    made: list[Line] = []
    for line in sorted(found, key=lambda line: (round(line.base / 3), line.x0)):
        level = next(
            (
                it
                for it in made[-2:]
                if abs(it.base - line.base) < it.size * 0.35
                and (middle is None or (it.x0 < middle) == (line.x0 < middle))
            ),
            None,
        )
        if level is None:
            made.append(line)
        else:
            level.runs = sorted((*level.runs, *line.runs), key=lambda run: run.x0)
            level.measure()
    return made


def _by_column(band: Sequence[Line], middle: float) -> list[Line]:
    return sorted(band, key=lambda line: line.x0 >= middle)
