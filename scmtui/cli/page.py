"""Lines for a terminal or a pipe: labels, columns, wrapped text, styles where they are wanted."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from scmtui.text import pad, safe, width
from scmtui.wrap import wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

STRONG, QUIET, FOUND = "1", "2", "1;4;35"
"""Styles of ECMA-48; what they say is said by words and places too."""
NARROWEST = 10
"""Cells below which a column is not wrapped: a narrower terminal folds it by itself."""
GAP = "  "
BETWEEN = " | "
"""Between two texts at one height: ASCII, since a terminal may draw lines two cells wide."""


class Mark(NamedTuple):
    """A stretch of a text in a style of its own, as [start, end) in characters."""

    start: int
    end: int
    style: str


class Marked(NamedTuple):
    """A clean text, and the marks in it in order."""

    text: str
    marks: tuple[Mark, ...] = ()

    def lines(self) -> Iterator[Marked]:
        """Each line of the text with its own marks."""
        start = 0
        for line in self.text.split("\n"):
            end = start + len(line)
            marks = (
                Mark(max(mark.start, start) - start, min(mark.end, end) - start, mark.style)
                for mark in self.marks
                if mark.start < end and start < mark.end
            )
            yield Marked(line, tuple(marks))
            start = end + 1


class Page:
    """Lines for a terminal of so many cells, or for a pipe, where a part stays on one line."""

    def __init__(self, cells: int | None, cap: int, *, coloured: bool) -> None:
        self.cells = cells
        """The cells of a line; None in a pipe."""
        self._cap = cap
        self.styled = coloured
        """Whether what is struck or underlined can be seen."""
        self._lines: list[str] = []

    def __str__(self) -> str:
        return "".join(f"{line}\n" for line in self._lines)

    @property
    def wraps(self) -> bool:
        """Whether this is for the eyes, on a terminal."""
        return self.cells is not None

    def blank(self) -> None:
        """Leave a line empty."""
        self._lines.append("")

    def line(
        self, text: str, label: str = "", *, style: str = "", marks: Sequence[Mark] = ()
    ) -> None:
        """A text, beside a label that is as wide as its column.

        `marks` are in order, in characters of the text, which must be clean then.
        """
        text = " ".join(safe(text).split("\n"))
        for start, end in wrap(text, self.room(label)) if self.wraps else [(0, len(text))]:
            shown = self._styled(label, QUIET) + self._marked(text, start, end, style, marks)
            self._lines.append(shown.rstrip())
            label = " " * width(label)

    def verbatim(self, text: str, label: str = "", *, marks: Sequence[Mark] = ()) -> None:
        """A text that was fitted into its line already, with every blank where it stands."""
        clean = safe(text)
        shown = self._styled(label, QUIET) + self._marked(clean, 0, len(clean), "", marks)
        self._lines.append(shown.rstrip())

    def beside(
        self, left: Iterable[tuple[str, Marked]], right: Iterable[tuple[str, Marked]]
    ) -> None:
        """Two columns, each of clean texts beside their labels, which are equally wide."""
        assert self.cells is not None
        cells = min(self._cap, (self.cells - width(BETWEEN)) // 2)
        columns = (list(self._column(side, cells)) for side in (left, right))
        for (one, used), (other, _) in zip_longest(*columns, fillvalue=("", 0)):
            self._lines.append(f"{one}{' ' * (cells - used)}{BETWEEN}{other}".rstrip())

    def _column(self, texts: Iterable[tuple[str, Marked]], cells: int) -> Iterator[tuple[str, int]]:
        """The lines of a column, each with the cells that it takes."""
        for label, (text, marks) in texts:
            aside, clean = label, safe(text)
            for start, end in wrap(clean, cells - width(label)):
                shown = self._styled(aside, QUIET) + self._marked(clean, start, end, "", marks)
                yield shown, width(label) + width(clean[start:end])
                aside = " " * width(label)

    def pieces(self, pieces: Iterable[str], label: str = "", *, style: str = "") -> None:
        """Short texts in a row; a line ends between two of them where it can."""
        lines: list[str] = []
        for piece in filter(None, map(safe, pieces)):
            longer = f"{lines[-1]} · {piece}" if lines else piece
            if lines and (not self.wraps or width(longer) <= self.room(label)):
                lines[-1] = longer
            else:
                lines.append(piece)
        for line in lines:
            self.line(line, label, style=style)
            label = " " * width(label)

    def table(self, rows: Iterable[Sequence[str]], *, style: str = "") -> None:
        """Rows of columns; the last one wraps."""
        clean = [[safe(cell) for cell in row] for row in rows]
        for label, (*_, last) in zip(columns(row[:-1] for row in clean), clean, strict=True):
            self.line(last, label, style=style)

    def room(self, label: str = "") -> int:
        """The cells that are left beside a label."""
        return max(NARROWEST, min(self._cap, (self.cells or 0) - width(label)))

    def _marked(self, text: str, start: int, end: int, style: str, marks: Sequence[Mark]) -> str:
        """A stretch of a text in its style, with those marks that reach into it."""
        shown = ""
        for mark in marks:
            low, high = max(mark.start, start), min(mark.end, end)
            if low < high:
                shown += self._styled(text[start:low], style)
                shown += self._styled(text[low:high], mark.style)
                start = high
        return shown + self._styled(text[start:end], style)

    def _styled(self, text: str, style: str) -> str:
        plain = not (style and self.styled and text.strip())
        return text if plain else f"\x1b[{style}m{text}\x1b[0m"


def columns(rows: Iterable[Sequence[str]]) -> list[str]:
    """Each row as one label, its cells padded to the widest of their column."""
    cells = list(rows)
    widest = [max(map(width, column)) for column in zip(*cells, strict=True)]
    return [
        "".join(pad(cell, room) + GAP for cell, room in zip(row, widest, strict=True))
        for row in cells
    ]
