"""The text of an HWP document as Hangul shows it; comments, headers and notes are left out."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from scmtui.readers.flow import Line, shown, table
from scmtui.readers.hwp.records import (
    ART,
    CONTROL,
    EQUATION,
    LIST,
    MEMOS,
    PARAGRAPH,
    SHAPE,
    TABLE,
    TEXT,
    Record,
)
from scmtui.readers.numbering import written
from scmtui.readers.paraheads import BY_CODE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from scmtui.readers.flow import LeftOut
    from scmtui.readers.hwp.shapes import Shapes

_CONTROLS = frozenset((1, 2, 3, 11, 12, 14, 15, 16, 17, 18, 21, 22, 23))
"""Characters of text that a control stands for, eight code units each."""
_WIDE = frozenset((4, 5, 6, 7, 8, 9, 19, 20))
"""Characters that take eight code units without standing for a control."""
_SIGNS = {9: "\t", 10: "\n", 24: "-", 30: " ", 31: " "}
_ASIDE = {
    "head": "running-head",
    "foot": "footer",
    "secd": "running-head",
    "fn  ": "footnote",
    "en  ": "footnote",
    "tcmt": "comment",
}
_POINTS = 32
"""Bytes of the four corners of a text that is drawn as a picture."""


class Story:
    """Reads the paragraphs of a section, a cell or a note into lines."""

    def __init__(self, shapes: Shapes, left_out: LeftOut) -> None:
        self._shapes = shapes
        self._left_out = left_out

    def lines(self, paragraphs: Iterable[Record]) -> list[str]:
        """The lines of the paragraphs among some records."""
        return [line for it in paragraphs if it.tag == PARAGRAPH for line in self.paragraph(it)]

    def paragraph(self, paragraph: Record) -> list[str]:
        """The lines of one paragraph."""
        line = Line()
        controls = iter([it for it in paragraph.below if it.tag == CONTROL])
        for text in (it for it in paragraph.below if it.tag == TEXT):
            for piece in _pieces(text.data):
                if piece is not None:
                    line.say(piece)
                elif (control := next(controls, None)) is not None:
                    self._control(control, line)
        for control in controls:
            self._control(control, line)
        if any(it.tag == MEMOS for it in paragraph.below):
            self._left_out.drop("comment", self.lines(_within(paragraph.below)))
        number = self._shapes.heads.following(self._shapes.head(paragraph))
        return [*line.before, *shown(number, line.text), *line.after]

    def _control(self, control: Record, line: Line) -> None:
        name = control.data[:4][::-1].decode("latin-1")
        if name == "secd":
            self._shapes.heads.outline = str(control.number("H", 18))
        if name in _ASIDE:
            self._left_out.drop(_ASIDE[name], self.lines(_within(control.below)))
        elif name in _READ:
            _READ[name](self, control, line)

    def _table(self, control: Record, line: Line) -> None:
        rows: dict[int, list[list[str]]] = {}
        begun = False
        caption: tuple[int, list[str]] = (0, [])
        for head, paragraphs in _lists(control.below):
            if head.tag == TABLE:
                begun = True
            elif begun:
                at = head.number("H", 10, max(rows, default=0))
                rows.setdefault(at, []).append(self.lines(paragraphs))
            else:
                caption = head.number("I", 8) & 3, self.lines(paragraphs)
        lines = table(list(rows.values()), self._left_out)
        self._place(control, _captioned(lines, caption), line)

    def _drawing(self, control: Record, line: Line) -> None:
        caption: tuple[int, list[str]] = (0, [])
        for head, paragraphs in _lists(control.below):
            if head.tag == LIST:
                caption = head.number("I", 8) & 3, self.lines(paragraphs)
        lines = [it for shape in control.below if shape.tag == SHAPE for it in self._shape(shape)]
        self._place(control, _captioned(lines, caption), line)

    def _shape(self, shape: Record) -> list[str]:
        """The lines in a shape and in those that are grouped in it."""
        lines = self.lines(it for _, paragraphs in _lists(shape.below) for it in paragraphs)
        for inner in shape.below:
            if inner.tag == SHAPE:
                lines += self._shape(inner)
            elif inner.tag == ART:
                lines += [it for it in inner.string(_POINTS)[0].split("\r\n") if it.strip()]
        return lines

    def _place(self, control: Record, lines: list[str], line: Line) -> None:
        """Put the lines of a table or a shape where they are seen."""
        if control.number("I", 4) & 1:
            line.embed(lines)
        else:
            line.hang(lines)

    def _number(self, control: Record, line: Line) -> None:
        """Take a number that stands in the text: of a note, a picture, a table."""
        told = control.number("I", 4)
        if told & 0xF:
            style = BY_CODE[told >> 4 & 0xFF] if told >> 4 & 0xFF < len(BY_CODE) else "decimal"
            before, after = (chr(control.number("H", at)).strip("\0") for at in (12, 14))
            line.say(f"{before}{written(style, control.number('H', 8))}{after}")

    def _equation(self, control: Record, line: Line) -> None:
        for it in control.below:
            if it.tag == EQUATION:
                line.say(" ".join(it.string(4)[0].split()))

    def _ruby(self, control: Record, line: Line) -> None:
        """Take the main text; what stands small above or below it is told as left out."""
        text, end = control.string(4)
        line.say(text)
        self._left_out.drop("ruby", control.string(end)[0])

    def _composed(self, control: Record, line: Line) -> None:
        line.say(control.string(4)[0])


_READ: dict[str, Callable[[Story, Record, Line], None]] = {
    "tbl ": Story._table,  # noqa: SLF001
    "gso ": Story._drawing,  # noqa: SLF001
    "atno": Story._number,  # noqa: SLF001
    "eqed": Story._equation,  # noqa: SLF001
    "tdut": Story._ruby,  # noqa: SLF001
    "tcps": Story._composed,  # noqa: SLF001
}


def _pieces(data: bytes) -> Iterator[str | None]:
    """The text of a paragraph piece by piece; None where a control stands in it."""
    units = struct.unpack(f"<{len(data) // 2}H", data[: len(data) // 2 * 2])
    start = at = 0
    while at < len(units):
        unit = units[at]
        if unit >= 32:
            at += 1
            continue
        yield data[2 * start : 2 * at].decode("utf-16-le", "replace")
        if unit in _CONTROLS:
            yield None
        elif unit in _SIGNS:
            yield _SIGNS[unit]
        at += 8 if unit in _CONTROLS or unit in _WIDE else 1
        start = at
    yield data[2 * start : 2 * at].decode("utf-16-le", "replace")


def _lists(records: Sequence[Record]) -> Iterator[tuple[Record, list[Record]]]:
    """The heads of the lists among some records, and the paragraphs that follow each.

    The record of a table comes as a head too: the lists before it are its caption.
    """
    head: Record | None = None
    paragraphs: list[Record] = []
    for it in records:
        if it.tag in {LIST, TABLE}:
            if head is not None:
                yield head, paragraphs
            head, paragraphs = it, []
        elif it.tag == PARAGRAPH:
            paragraphs.append(it)
    if head is not None:
        yield head, paragraphs


def _within(records: Sequence[Record]) -> Iterator[Record]:
    """The paragraphs among some records and below their lists."""
    for it in records:
        if it.tag == PARAGRAPH:
            yield it
        elif it.tag in {LIST, MEMOS}:
            yield from _within(it.below)


def _captioned(lines: list[str], caption: tuple[int, list[str]]) -> list[str]:
    """A table or a picture with its caption, which stands above it when it is told so."""
    side, told = caption
    return [*told, *lines] if side == 2 else [*lines, *told]
