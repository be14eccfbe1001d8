"""What each cell of the terminal is to show, read from the frames that the framework draws.

Every distinct cell (text and style) is one letter of a private alphabet, so that a row of the
screen is a string: rows compare, slice and hash at the speed of strings. A wide character takes
two letters, its own and a right half.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from rich.cells import get_character_cell_size, split_graphemes
from rich.segment import Segment
from textual.filter import LineFilter

if TYPE_CHECKING:
    from textual.color import Color

    from scmtui.frame import Frame

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
MOVE = re.compile(r"\x1b\[(\d{1,5});(\d{1,5})H")
SGR = re.compile(r"\x1b\[([\d;]*)m")
SGR_CODE = re.compile(r"[34]8;5;\d+|[34]8;2;\d+;\d+;\d+|\d+")
LINK = re.compile(r"\x1b\]8;[^\x07\x1b]*\x1b\\")
SURE_WIDTHS: Final = (" ~", "가힣", "、〟", "一鿿", "ㄱㆎ", "ぁヿ", "！｠")
"""Ranges of characters that every terminal gives the same number of cells."""

ATTRIBUTES_OFF: Final = {
    "1": "22",
    "2": "22",
    "3": "23",
    "4": "24",
    "21": "24",
    "5": "25",
    "6": "25",
    "7": "27",
    "8": "28",
    "9": "29",
    "51": "54",
    "52": "54",
    "53": "55",
}
"""The attributes of a style (bold, dim, italic, underline, ...) and the code that ends each."""
SEEN_ON_BLANKS: Final = frozenset(("4", "21", "7", "9", "51", "52", "53"))
LARGEST_ALPHABET = 60_000


class Style(NamedTuple):
    """How a cell is drawn, in the terms of the terminal: SGR codes, empty for the default."""

    attributes: frozenset[str] = frozenset()
    foreground: str = ""
    background: str = ""


PLAIN = Style()


@lru_cache(maxsize=4096)
def style(codes: str) -> Style:
    """The style that SGR codes such as `1;38;2;224;224;224` ask for on a terminal just reset."""
    attributes, foreground, background = set(), "", ""
    for code in SGR_CODE.findall(codes):
        number = int(code.partition(";")[0][:4])
        if 30 <= number <= 38 or 90 <= number <= 97:
            foreground = code
        elif 40 <= number <= 48 or 100 <= number <= 107:
            background = code
        elif code in ATTRIBUTES_OFF:
            attributes.add(code)
    return Style(frozenset(attributes), foreground, background)


@lru_cache(maxsize=4096)
def on_blank(style: Style) -> Style:
    """What of a style can be seen on a blank cell."""
    return (
        style if style.attributes & SEEN_ON_BLANKS else PLAIN._replace(background=style.background)
    )


class Cell(NamedTuple):
    """One place of the terminal. The right half of a wide character has no text."""

    text: str
    style: Style = PLAIN
    width: int = 1
    sure: bool = True
    """Whether every terminal gives the text the same width."""


class Alphabet:
    """The letters for all cells met so far; without colours, if the reader wants none."""

    def __init__(self, *, coloured: bool = True) -> None:
        self.coloured = coloured
        self.cells: list[Cell] = []
        self.right_halves: set[str] = set()
        self._letters: dict[Cell, str] = {}
        self._inks: dict[str, _Ink] = {}
        self._read: dict[str, str] = {}
        self.unknown = self._letter(Cell("\0"))
        self.blank = self._letter(Cell(" "))

    def __len__(self) -> int:
        return len(self.cells)

    def letters(self, cell: Cell) -> str:
        """The letter of a cell; of a wide one, both."""
        if cell.width == 1:
            return self._letter(cell)
        right = Cell("", cell.style)
        self.add(right)
        return self._letter(cell) + self._letter(right)

    def add(self, cell: Cell) -> None:
        """Give a cell the next letter, unless it has one."""
        letter = self._letter(cell)
        if not cell.text:
            self.right_halves.add(letter)

    def blank_like(self, letter: str) -> str:
        """A blank in the style of another cell, as when half of a wide character is lost."""
        return self._letter(Cell(" ", on_blank(self.cells[ord(letter)].style)))

    def read(self, drawing: str) -> str:
        """The letters for text with SGR codes in it, as the framework writes it.

        The framework gives each style from a terminal just reset. Links are left out; any other
        control character is dropped, so that what is left of a strange sequence is seen as text.
        """
        if (letters := self._read.get(drawing)) is None:
            if len(self._read) > 2000:
                self._read.clear()
            first, *rest = SGR.split(LINK.sub("", drawing))
            pairs = zip(["", *rest[::2]], [first, *rest[1::2]], strict=True)
            letters = "".join([self._drawn(text, codes) for codes, text in pairs if text])
            self._read[drawing] = letters
        return letters

    def _letter(self, cell: Cell) -> str:
        if (letter := self._letters.get(cell)) is None:
            letter = self._letters[cell] = chr(len(self.cells))
            self.cells.append(cell)
        return letter

    def _drawn(self, text: str, codes: str) -> str:
        ink = self._inks.get(codes)
        if ink is None:
            drawn = style(codes)
            if not self.coloured:
                drawn = Style(drawn.attributes)
            ink = self._inks[codes] = _Ink(self, drawn)
        letters = text.translate(ink)
        return letters if self.unknown not in letters else ink.joined(CONTROL.sub("", text))


class _Ink(dict[int, str]):
    """The letters of characters in one style, found as they come. For `str.translate`."""

    def __init__(self, alphabet: Alphabet, style: Style) -> None:
        super().__init__()
        self._alphabet = alphabet
        self._style = style

    def __missing__(self, point: int) -> str:
        character = chr(point)
        if CONTROL.match(character):
            letters = ""
        elif width := get_character_cell_size(character):
            letters = self._letters(character, width)
        else:
            letters = self._alphabet.unknown  # it joins the character before: see `joined`
        self[point] = letters
        return letters

    def joined(self, text: str) -> str:
        """The letters of text in which some characters have no cell of their own."""
        spans, _ = split_graphemes(text)
        return "".join(
            self._letters(text[start:end], width) for start, end, width in spans if width
        )

    def _letters(self, text: str, width: int) -> str:
        shown = on_blank(self._style) if text == " " else self._style
        sure = len(text) == 1 and any(first <= text <= last for first, last in SURE_WIDTHS)
        return self._alphabet.letters(Cell(text, shown, width, sure))


class Picture:
    """What the framework has drawn: rows of letters, and the place of the cursor (row, column)."""

    def __init__(self, alphabet: Alphabet, width: int, height: int) -> None:
        self.alphabet = alphabet
        self.size = (width, height)
        self.rows = [alphabet.blank * width] * height
        self.cursor = (0, 0)

    def draw(self, frame: str) -> None:
        """Take in a frame: drawings, each after a move to its place, and the cursor's move."""
        _, *pieces = MOVE.split(frame)
        row = column = 0
        for y, x, drawing in zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True):
            row, column = int(y) - 1, int(x) - 1
            if drawing:
                self._put(row, column, self.alphabet.read(drawing))
        if pieces:
            self.cursor = (row, column)

    @classmethod
    def of(cls, frame: Frame, *, coloured: bool) -> Picture:
        """The picture that was kept. Raises ValueError, TypeError or IndexError if it is none."""
        picture = cls(Alphabet(coloured=coloured), *frame.size)
        for text, attributes, *colours, width, sure in frame.cells[len(picture.alphabet) :]:
            picture.alphabet.add(Cell(text, Style(frozenset(attributes), *colours), width, sure))
        rows = [row for row in frame.rows if len(row) == frame.size[0]]
        if len(rows) != frame.size[1] or ord(max(map(max, rows))) >= len(picture.alphabet):
            raise ValueError(frame.size)
        picture.rows, picture.cursor = rows, frame.cursor
        return picture

    def cells(self) -> list[list[object]]:
        """What its letters stand for, in the form that `of` reads."""
        return [
            [cell.text, sorted(cell.style.attributes), *cell.style[1:], cell.width, cell.sure]
            for cell in self.alphabet.cells
        ]

    def resized(self, width: int, height: int) -> Picture:
        """The same picture, cut or filled up with blanks, in an alphabet of its own cells alone."""
        picture = Picture(Alphabet(coloured=self.alphabet.coloured), width, height)
        for y, row in enumerate(self.rows[:height]):
            cells = (self.alphabet.cells[ord(letter)] for letter in row)
            picture._put(
                y, 0, "".join(picture.alphabet.letters(cell) for cell in cells if cell.text)
            )
        return picture

    def _put(self, y: int, x: int, letters: str) -> None:
        """Draw letters into a row; what is left of a wide character that loses a half is blank."""
        width, height = self.size
        if not (0 <= y < height and 0 <= x < width and letters):
            return
        row, alphabet = self.rows[y], self.alphabet
        end = x + len(letters)
        if end > width:
            letters, end = letters[: width - x], width
            if alphabet.cells[ord(letters[-1])].width == 2:
                letters = letters[:-1] + alphabet.blank_like(letters[-1])
        left, right = row[:x], row[end:]
        if row[x] in alphabet.right_halves:
            left = left[:-1] + alphabet.blank_like(left[-1])
        if right and right[0] in alphabet.right_halves:
            right = alphabet.blank_like(right[0]) + right[1:]
        self.rows[y] = left + letters + right


class PlainText(LineFilter):
    """Keeps control characters in a text from being taken for the framework's own drawing.

    For `App.get_line_filters`. They take no cell, so that nothing moves when they are left out.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """The segments without control characters."""
        if not any(CONTROL.search(segment.text) for segment in segments):
            return segments
        return [Segment(CONTROL.sub("", text), style) for text, style, _ in segments]
