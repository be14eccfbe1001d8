"""The shortest way found from what a terminal shows to what it is to show, in its own codes.

Changed cells alone are sent, a style only where it changes, blanks by erasing, and rows that have
moved by the terminal's own scrolling when that is shorter in bytes.
"""

from __future__ import annotations

import re
from functools import lru_cache
from operator import ne
from typing import TYPE_CHECKING, NamedTuple

from scmtui.tui.cells import ATTRIBUTES_OFF, PLAIN, Style, on_blank

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scmtui.tui.cells import Alphabet

SAME = re.compile(r"(.)\1{11,}", re.DOTALL)
"""A run of cells alike that is long enough to be worth erasing where it is blank."""
BAND = 10
"""Columns that are compared at once to find rows that moved; narrower than any pane of text."""
CHANGED = re.compile(rb"\x01+(?:\x00{1,3}\x01+)*")
"""Cells that differ, over gaps that cost no more to draw again than to leap."""
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


class Painter:
    """Paints one picture over another and keeps account of the terminal's style and cursor."""

    def __init__(self, alphabet: Alphabet, terminal: Terminal) -> None:
        self._alphabet = alphabet
        self._cells = alphabet.cells
        self._terminal = terminal
        self._out: list[str] = []
        self._style = PLAIN
        self._place: tuple[int, int] | None = None
        self._sure = True
        """Whether the cursor is certainly at its place (a character's width may be in doubt)."""

    def paint(self, have: Sequence[str], want: Sequence[str]) -> str:
        """What to send to a terminal that shows the rows of `have`; it is left in the plain style.

        Both pictures are of one size and alphabet; a letter for an unknown cell may stand in
        `have`. The cursor is left anywhere.
        """
        scroll = find_scroll(have, want) if self._terminal.scrolls else None
        if scroll is None:
            return self._rows(have, want)
        moved = scroll.apply(have, self._alphabet)
        left = count_changed(moved, want) / count_changed(have, want)
        ways = [self._rows(have, want)] if left > SURELY_LESS else []
        if left < SURELY_MORE:
            ways.append(scroll.command(len(have)) + self._rows(moved, want))
        return min(ways, key=lambda codes: len(codes.encode(errors="replace")))

    def _rows(self, have: Sequence[str], want: Sequence[str]) -> str:
        self._out, self._style, self._place = [], PLAIN, None
        for y, (before, after) in enumerate(zip(have, want, strict=True)):
            if before != after:
                self._row(y, before, after)
        self._wear(PLAIN)
        return "".join(self._out)

    def _row(self, y: int, have: str, want: str) -> None:
        blank = want[-1]
        tail = len(want.rstrip(blank)) if self._erasable(blank) else len(want)
        for start, end in changed_spans(have, want, self._alphabet.right_halves):
            if end <= tail or end - max(start, tail) < 4:
                self._span(y, start, end, (have, want))
                continue
            self._span(y, start, tail, (have, want))
            self._erase(y, max(start, tail), blank, "\x1b[K")
            break

    def _span(self, y: int, start: int, end: int, rows: tuple[str, str]) -> None:
        """Draw the cells from `start` up to `end`, long runs of blanks by erasing them.

        Erasing never cuts a wide character that is there: terminals differ in what is left of it.
        """
        have, want = rows
        for run in SAME.finditer(want, start, max(start, end)):
            if self._erasable(run[1]):
                self._text(y, start, run.start(), want)
                cut = run.end() < len(have) and have[run.end()] in self._alphabet.right_halves
                start = run.end() - cut
                self._erase(y, run.start(), run[1], f"\x1b[{start - run.start()}X")
        self._text(y, start, end, want)

    def _erase(self, y: int, x: int, blank: str, code: str) -> None:
        self._go(y, x)
        self._wear(self._cells[ord(blank)].style)
        self._out.append(code)

    def _text(self, y: int, start: int, end: int, want: str) -> None:
        if start >= end:
            return
        self._go(y, start)
        out = self._out
        for x, letter in enumerate(want[start:end], start):
            text, style, _, sure = self._cells[ord(letter)]
            if not text:
                continue
            if sure and not self._sure:
                out.append(f"\x1b[{x + 1}G")
            self._sure = sure
            if style != self._style and not (text == " " and on_blank(self._style) == style):
                self._wear(style)
            out.append(text)
        self._place = (y, end)

    def _wear(self, style: Style) -> None:
        self._out.append(change(self._style, style))
        self._style = style

    def _go(self, y: int, x: int) -> None:
        if self._place is None or self._place[0] != y:
            self._out.append(f"\x1b[{y + 1};{x + 1}H")
        elif not self._sure:
            self._out.append(f"\x1b[{x + 1}G")
        elif (gap := x - self._place[1]) > 0:
            self._out.append(f"\x1b[{gap}C")
        self._place, self._sure = (y, x), True

    def _erasable(self, letter: str) -> bool:
        """Whether erasing gives this cell: a blank with nothing but a background to be seen."""
        text, style, *_ = self._cells[ord(letter)]
        coloured = bool(style.background)
        return (
            text == " "
            and not style.attributes
            and (self._terminal.erases_in_colour or not coloured)
        )


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
