"""The shortest way found from what a terminal shows to what it is to show, in its own codes.

Changed cells alone are sent, a style only where it changes, blanks by erasing, and rows that have
moved by the terminal's own scrolling when that is shorter in bytes.
"""

from __future__ import annotations

import re
from functools import lru_cache
from operator import ne
from typing import TYPE_CHECKING, NamedTuple

from scmtui.tui.terminal.cells import ATTRIBUTES_OFF, PLAIN, Style, on_blank

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scmtui.tui.terminal.cells import Alphabet

SAME = re.compile(r"(.)\1{11,}", re.DOTALL)
"""A run of cells alike that is long enough to be worth erasing where it is blank."""
BAND = 10
"""Columns that are compared at once to find rows that moved; narrower than any pane of text."""
CHANGED = re.compile(rb"\x01+(?:\x00{1,3}\x01+)*")
"""Cells that differ, over gaps that cost no more to draw again than to leap."""
SHORTEST_TAIL = 4
"""Blanks at the end of a row that are worth erasing."""
FEWEST_MOVED = 3
SURELY_LESS, SURELY_MORE = 0.4, 1.1
"""Shares of the changed cells that scrolling leaves to draw, below and above which the bytes of the
two ways need not be counted."""


class Terminal(NamedTuple):
    """What can be relied on in the terminal."""

    erases_in_colour: bool = True
    """Erased cells take the background colour that is set (terminfo's bce)."""
    scrolls: bool = True
    """It knows SU and SD."""


@lru_cache(maxsize=8192)
def change(before: Style, after: Style) -> str:
    """The shortest SGR sequence from one style to another."""
    ended = {ATTRIBUTES_OFF[code] for code in before.attributes - after.attributes}
    begun = {
        code
        for code in after.attributes
        if code not in before.attributes or ATTRIBUTES_OFF[code] in ended
    }
    codes = [*sorted(ended), *sorted(begun)]
    if before.foreground != after.foreground:
        codes.append(after.foreground or "39")
    if before.background != after.background:
        codes.append(after.background or "49")
    colours = (after.foreground, after.background)
    afresh = ["", *sorted(after.attributes), *filter(None, colours)]
    return f"\x1b[{min(';'.join(codes), ';'.join(afresh), key=len)}m" if codes else ""


class Run(NamedTuple):
    """Something to be sent at one place in one style: the text of cells, or an erasure."""

    y: int
    x: int
    end: int
    """The column where the cursor is afterwards."""
    codes: str
    style: Style
    blank: bool
    """Nothing of the style is seen but its background: any style with the same one will do."""
    sure: bool = True
    """Whether the cursor is certainly there: the width of the last character may be in doubt."""


class Painter:
    """Finds what to send to a terminal for one picture to become another."""

    def __init__(self, alphabet: Alphabet, terminal: Terminal) -> None:
        self._alphabet = alphabet
        self._cells = alphabet.cells
        self._terminal = terminal

    def paint(self, have: Sequence[str], want: Sequence[str]) -> str:
        """What to send to a terminal that shows the rows of `have`; it is left in the plain style.

        Both pictures are of one size and alphabet; a letter for an unknown cell may stand in
        `have`. The cursor is left anywhere.
        """
        scroll = find_scroll(have, want) if self._terminal.scrolls else None
        if scroll is None:
            return self._drawn(have, want)
        moved = scroll.apply(have, self._alphabet)
        left = count_changed(moved, want) / count_changed(have, want)
        ways = [self._drawn(have, want)] if left > SURELY_LESS else []
        if left < SURELY_MORE:
            ways.append(scroll.command(len(have)) + self._drawn(moved, want))
        return min(ways, key=count_bytes)

    def _drawn(self, have: Sequence[str], want: Sequence[str]) -> str:
        """The changed cells row by row or, when that is shorter, style by style."""
        runs: list[Run] = []
        for y, (before, after) in enumerate(zip(have, want, strict=True)):
            if before != after:
                runs.extend(self._row(y, before, after))
        return min(in_order(runs), in_order(by_style(runs)), key=count_bytes)

    def _row(self, y: int, have: str, want: str) -> Iterator[Run]:
        blank = want[-1]
        tail = len(want.rstrip(blank)) if self._erasable(blank) else len(want)
        for start, end in changed_spans(have, want, self._alphabet.right_halves):
            last = self._uncut(max(start, tail), have)
            if end - last < SHORTEST_TAIL:
                yield from self._span(y, start, end, (have, want))
                continue
            yield from self._span(y, start, last, (have, want))
            yield Run(y, last, last, "\x1b[K", self._style(blank), blank=True)
            break

    def _span(self, y: int, start: int, end: int, rows: tuple[str, str]) -> Iterator[Run]:
        """The cells from `start` up to `end`, long runs of blanks as erasures."""
        have, want = rows
        for same in SAME.finditer(want, start, max(start, end)):
            if self._erasable(same[1]):
                first, last = self._uncut(same.start(), have), self._uncut(same.end(), have, -1)
                yield from self._text(y, start, want[start:first])
                code = f"\x1b[{last - first}X"
                yield Run(y, first, first, code, self._style(same[1]), blank=True)
                start = last
        yield from self._text(y, start, want[start:end])

    def _text(self, y: int, x: int, letters: str) -> Iterator[Run]:
        """The text of cells, divided where the style changes; blanks are in any style they can."""
        start, codes, worn, blank, doubtful = x, "", PLAIN, True, False
        for x, letter in enumerate(letters, x):  # noqa: B020, PLR1704 - where it is now
            text, style, _, sure = self._cells[ord(letter)]
            if not text:
                continue
            fits = style == worn or (text == " " and on_blank(worn) == style)
            if codes and not fits and not (blank and on_blank(style) == worn):
                yield Run(y, start, x, codes, worn, blank, not doubtful)
                start, codes, blank, doubtful = x, "", True, False
            if not codes or not fits:
                worn = style
            blank = blank and text == " "
            codes += f"\x1b[{x + 1}G{text}" if doubtful and sure else text
            doubtful = not sure
        if codes:
            yield Run(y, start, x + 1, codes, worn, blank, not doubtful)

    def _style(self, letter: str) -> Style:
        return self._cells[ord(letter)].style

    def _uncut(self, x: int, have: str, step: int = 1) -> int:
        """The column, or the next one if erasing from or up to it would cut a wide character.

        Terminals differ in what they leave of one whose half is erased.
        """
        return x + step if x < len(have) and have[x] in self._alphabet.right_halves else x

    def _erasable(self, letter: str) -> bool:
        """Whether erasing gives this cell: a blank with nothing but a background to be seen."""
        text, style, *_ = self._cells[ord(letter)]
        plain = not style.background
        return text == " " and not style.attributes and (plain or self._terminal.erases_in_colour)


def count_bytes(codes: str) -> int:
    """The bytes that go over the line."""
    return len(codes.encode(errors="replace"))


def in_order(runs: Sequence[Run]) -> str:
    """The runs as they come, each after what moves the cursor and changes the style."""
    out: list[str] = []
    worn, place = PLAIN, None
    for run in runs:
        if place is None or place.y != run.y:
            out.append(f"\x1b[{run.y + 1};{run.x + 1}H")
        elif not place.sure or run.x < place.end:
            out.append(f"\x1b[{run.x + 1}G")
        elif run.x > place.end:
            out.append(f"\x1b[{run.x - place.end}C")
        if run.style != worn and not (run.blank and on_blank(worn) == run.style):
            out.append(change(worn, run.style))
            worn = run.style
        out.append(run.codes)
        place = run
    out.append(change(worn, PLAIN))
    return "".join(out)


def by_style(runs: Sequence[Run]) -> list[Run]:
    """The runs of one style together: where colours are exact, a move is shorter than a style."""
    places: dict[Style, int] = {}
    for run in runs:
        if not run.blank:
            places.setdefault(run.style, len(places))
    for style in list(places):
        places.setdefault(on_blank(style), places[style])
    return sorted(runs, key=lambda run: places.get(run.style, len(places)))


def changed_spans(have: str, want: str, right_halves: set[str]) -> Iterator[tuple[int, int]]:
    """The spans [start, end) of a row that must be drawn, from the left.

    A wide character whose right half alone is as before is drawn whole. (The left half never is
    alone: it is not the same cell unless the character is.)
    """
    for match in CHANGED.finditer(bytes(map(ne, have, want))):
        start, end = match.span()
        cut = end < len(want) and want[end] in right_halves
        yield start, end + 1 if cut else end


def count_changed(have: Sequence[str], want: Sequence[str]) -> int:
    """How many cells differ."""
    return sum(sum(map(ne, *rows)) for rows in zip(have, want, strict=True) if rows[0] != rows[1])


class Scroll(NamedTuple):
    """Rows [top, bottom) that have moved up by `distance`; down, when it is negative."""

    top: int
    bottom: int
    distance: int

    def command(self, height: int) -> str:
        """The codes that make the terminal scroll these rows. They are sent in the plain style."""
        count = f"\x1b[{abs(self.distance)}{'S' if self.distance > 0 else 'T'}"
        if (self.top, self.bottom) == (0, height):
            return count
        return f"\x1b[{self.top + 1};{self.bottom}r{count}\x1b[r"

    def apply(self, rows: Sequence[str], alphabet: Alphabet) -> list[str]:
        """The rows after scrolling; those that come in are unknown (terminals differ in colour)."""
        fresh = [alphabet.unknown * len(rows[0])] * abs(self.distance)
        moved = rows[self.top : self.bottom]
        moved = (
            [*moved[self.distance :], *fresh]
            if self.distance > 0
            else [*fresh, *moved[: self.distance]]
        )
        return [*rows[: self.top], *moved, *rows[self.bottom :]]


def find_scroll(have: Sequence[str], want: Sequence[str]) -> Scroll | None:
    """The scrolling that explains most of what changed, if any does.

    Rows are compared band by band, so that a pane is found that scrolls between two that do not.
    Rows that are alike among themselves (blank ones) point at one source from many distances, so
    that they cannot outvote rows that moved together.
    """
    changed = [y for y, (a, b) in enumerate(zip(have, want, strict=True)) if a != b]
    if len(changed) < FEWEST_MOVED:
        return None
    first, last = changed[0], changed[-1] + 1
    moves: dict[int, list[int]] = {}
    for x in range(0, len(want[0]), BAND):
        before = [row[x : x + BAND] for row in have[first:last]]
        after = [row[x : x + BAND] for row in want[first:last]]
        if before == after:
            continue
        source = {band: y for y, band in enumerate(before, first)}
        for y, band in enumerate(after, first):
            if (distance := source.get(band, y) - y) and have[y] != want[y]:
                moves.setdefault(distance, []).append(y)
    distance, moved = max(moves.items(), key=lambda move: len(move[1]), default=(0, []))
    if len(set(moved)) < FEWEST_MOVED:
        return None
    ends = [min(moved), min(moved) + distance, max(moved), max(moved) + distance]
    return Scroll(min(ends), max(ends) + 1, distance)
