"""The page that is handed over: A4, the sizes of what stands on it, and how much of it is used.

Every kind of line has a height of its own, whatever the font, so that a page is as long in the
program that opens it as it was reckoned here. All lengths are points unless they say otherwise.
"""

from __future__ import annotations

from math import ceil
from string import ascii_letters
from typing import TYPE_CHECKING

from scmtui.briefing.blocks import Box, End, Item, Quote, Table, Title, plain
from scmtui.text import width

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scmtui.briefing.blocks import Block, Line

MM = 72 / 25.4
SIDES, TOP, BOTTOM = 20.0, 15.0, 15.0
"""Margins in millimetres."""
WIDE = 210 - 2 * SIDES
"""Millimetres between the margins."""
HIGH = (297 - TOP - BOTTOM) * MM
SPARE = 1.02
"""A page takes so much more than is reckoned: set with wide fonts, 0.94 to 0.96 of it was used."""
TITLE, BOX, QUOTE, CITED, CELL = 20.0, 13.0, 12.0, 10.0, 10.0
ITEMS = (16.0, 15.0, 11.0, 11.0)
"""The size of the letters of each level of the outline."""
INDENTS = (0.0, 4.0, 4.0, 4.0)
"""Millimetres before the lines of each level."""
HANGING = (8.0, 6.0, 4.0, 5.0)
"""Millimetres that the sign of each level takes."""
INSET = 6.0
"""Millimetres before a quote."""
PAD = 1.5
"""Millimetres between the frame of a cell and what stands in it."""
BLANK, LATIN = 0.35, 0.58
"""The widths of a blank and of a Latin letter; a Hangul syllable is 1 wide."""
ABOVE = (9.0, 2.0, 1.0, 3.0)
"""What is left free above the lines of each level."""
AFTER_TITLE, AFTER_TABLE = 12.0, 6.0


def leading(size: float) -> float:
    """The height of a line of letters of this size."""
    return round(size * (1.4 if size > CELL else 1.35) * 2) / 2


def fits(blocks: Iterable[Block]) -> bool:
    """Whether blocks take one page."""
    return height(blocks) <= HIGH * SPARE


def height(blocks: Iterable[Block]) -> float:
    """How much of the height of pages is used, reckoned rather too high than too low."""
    return sum(map(_height, blocks))


def _height(block: Block) -> float:
    if isinstance(block, Title):
        return _lines(block.text, WIDE, TITLE) * leading(TITLE) + AFTER_TITLE
    if isinstance(block, End):
        return leading(ITEMS[2])
    if isinstance(block, Item):
        size = ITEMS[block.level]
        room = WIDE - INDENTS[block.level] - HANGING[block.level]
        return _lines(plain(block.line), room, size) * leading(size) + ABOVE[block.level]
    if isinstance(block, Quote):
        said = _cell(block.lines, WIDE - INSET, QUOTE)
        return said + _lines(block.citation, WIDE - INSET, CITED) * leading(CITED) + 4
    if isinstance(block, Box):
        return _cell(block.lines, WIDE - 4 * PAD, BOX) + 4 * PAD * MM + AFTER_TABLE
    return _table(block)


def _table(table: Table) -> float:
    rooms = [WIDE * share / sum(table.shares) - 2 * PAD for share in table.shares]
    rows = [
        max(_cell(cell, room, CELL) for cell, room in zip(row, rooms, strict=True))
        for row in table.rows
    ]
    return sum(rows) + leading(CELL) + (len(rows) + 1) * 2 * PAD * MM + AFTER_TABLE


def _cell(found: tuple[Line, ...], room: float, size: float) -> float:
    return sum(_lines(plain(line), room, size) for line in found) * leading(size)


def _lines(words: str, room: float, size: float) -> int:
    """How many lines words take in so many millimetres, each broken a letter too early."""
    blanks = words.count(" ")
    latin = sum(map(words.count, ascii_letters))
    letters = (width(words) - blanks - latin) / 2 + blanks * BLANK + latin * LATIN
    return max(1, ceil(letters / (room * MM / size - 1)))
