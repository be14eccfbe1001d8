"""The glyphs of a page as the reader sees them: upright, each once, blanks as blanks."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pdfminer.layout import LTChar, LTContainer
    from pdfplumber.page import Page

_NO_GLYPH = re.compile(r"[\x00-\x20\x7f-\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
"""What fonts map a blank to; one way to print maps it to U+0001."""
_LIGATURES = dict(zip("ﬀﬁﬂﬃﬄﬅﬆ", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True))
_SMALLEST = 1.5
"""Points below which nobody reads a glyph."""
_DOUBLE = 0.15
"""Ems that two prints of one glyph may be apart, when it is made bold or given a shadow so."""


class Glyph(NamedTuple):
    """A character and where it stands, in points from the upper left of the page as it is read."""

    text: str
    x0: float
    x1: float
    base: float
    """Where the line stands that it is written on."""
    size: float

    @property
    def blank(self) -> bool:
        """Whether it is a blank."""
        return self.text == " "


class Sheet(NamedTuple):
    """The glyphs of a page in the order they were written, and what is not to be read."""

    glyphs: Sequence[Glyph]
    height: float
    unseen: str = ""
    """What stands outside the page or is too small for anybody to see."""
    askew: str = ""
    """What is written across the page: a watermark."""
    picture: bool = False
    """Whether it is a picture and has no text."""


def sheet(page: Page) -> Sheet:
    """The glyphs of a page, turned so that most of them stand upright."""
    chars, pictured = _found(page.layout)
    ways = [_direction(char) for char in chars]
    directions = Counter(way for way in ways if way)
    way = max(directions, key=directions.__getitem__, default="right")
    width, height = page.layout.width, page.layout.height
    across, down = (width, height) if way in {"right", "left"} else (height, width)
    kept: list[Glyph] = []
    unseen: list[str] = []
    askew: list[str] = []
    for char, its in zip(chars, ways, strict=True):
        if its != way:
            askew.append(char.get_text())
            continue
        glyph = _turned(char, way, width, height)
        if _is_seen(glyph, across, down):
            kept.append(glyph)
        else:
            unseen.append(glyph.text)
    hidden, tilted = "".join(unseen).strip(), "".join(askew).strip()
    return Sheet(list(_once(kept)), down, hidden, tilted, pictured and not chars)


def _found(layout: LTContainer[Any]) -> tuple[list[LTChar], bool]:
    """The characters on a page in the order they were written, and whether it has pictures."""
    from pdfminer.layout import LTChar, LTFigure, LTImage

    chars: list[LTChar] = []
    pictured = False
    inner = [iter(layout)]
    while inner:
        for item in inner[-1]:
            if isinstance(item, LTChar):
                chars.append(item)
            elif isinstance(item, LTFigure):
                inner.append(iter(item))
                break
            pictured = pictured or isinstance(item, LTImage)
        else:
            inner.pop()
    return chars, pictured


def _direction(char: LTChar) -> str:
    """Which way the writing goes that a glyph belongs to; nothing if it is none of the four."""
    along, up = char.matrix[:2]
    if not up and along > 0:
        return "right"
    if min(abs(along), abs(up)) > 0.1 * max(abs(along), abs(up)):
        return ""
    if abs(along) >= abs(up):
        return "right" if along >= 0 else "left"
    return "up" if up > 0 else "down"


def _turned(char: LTChar, way: str, width: float, height: float) -> Glyph:
    left, low, right, high = char.bbox
    across, up = char.matrix[4:]
    if way == "right":
        box = left, right, height - up, high - low
    elif way == "left":
        box = width - right, width - left, up, high - low
    elif way == "down":
        box = height - high, height - low, width - across, right - left
    else:
        box = low, high, across, right - left
    text = char.get_text()
    return Glyph(_LIGATURES.get(text) or _NO_GLYPH.sub(" ", text), *box)


def _is_seen(glyph: Glyph, width: float, height: float) -> bool:
    middle = (glyph.x0 + glyph.x1) / 2
    return glyph.size >= _SMALLEST and -2 <= middle <= width + 2 and -2 <= glyph.base <= height + 2


def _once(glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    """The glyphs without those that are printed again where they stand already."""
    seen: dict[tuple[str, int, int], list[Glyph]] = {}
    for glyph in glyphs:
        apart = glyph.size * _DOUBLE
        column, row = int(glyph.x0 // 4), int(glyph.base // 4)
        near = (
            other
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
            for other in seen.get((glyph.text, column + dx, row + dy), ())
        )
        if not any(
            abs(it.x0 - glyph.x0) < apart and abs(it.base - glyph.base) < apart for it in near
        ):
            seen.setdefault((glyph.text, column, row), []).append(glyph)
            yield glyph
