"""The glyphs of a page as the reader sees them: upright, each once, blanks as blanks."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from scmtui.readers.pdf.drawing import drawn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pdfminer.layout import LTChar, LTComponent, LTContainer
    from pdfplumber.page import Page

    from scmtui.readers.pdf.drawing import Fonts

_NO_GLYPH = re.compile(r"[\x00-\x20\x7f-\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
"""What fonts map a blank to; one way to print maps it to U+0001."""
_LIGATURES = dict(zip("ﬀﬁﬂﬃﬄﬅﬆ", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True))
_AROUND = [(x, y) for x in (-1, 0, 1) for y in (-1, 0, 1)]
_SMALLEST = 1.5
"""Points below which nobody reads a glyph."""
_WHITE = 0.97
"""Of 1, from where on a colour is white."""
_LETTERS = 300
"""Curves on a page without a character that are letters, drawn as outlines."""
_DOUBLE = 0.15
"""Ems that two prints of one glyph may be apart, when it is made bold or given a shadow so."""

Box = tuple[float, float, float, float]
"""Left, bottom, right and top."""


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


def sheet(page: Page, fonts: Fonts) -> Sheet:
    """The glyphs of a page, turned so that most of them stand upright."""
    layout = drawn(page, fonts)
    chars, painted = _found(layout)
    ways = [_direction(char) for char in chars]
    directions = Counter(way for way in ways if way)
    way = max(directions, key=directions.__getitem__, default="right")
    width, height = layout.width, layout.height
    across, down = (width, height) if way in {"right", "left"} else (height, width)
    kept: list[Glyph] = []
    unseen: list[str] = []
    askew: list[str] = []
    for char, its in zip(chars, ways, strict=True):
        if its != way:
            askew.append(char.get_text())
            continue
        glyph = _turned(char, way, width, height)
        if _is_seen(glyph, across, down) and not painted.hides(char):
            kept.append(glyph)
        else:
            unseen.append(glyph.text)
    hidden, tilted = "".join(unseen).strip(), "".join(askew).strip()
    return Sheet(list(_once(kept)), down, hidden, tilted, painted.picture and not chars)


class _Painted:
    """What is on a page beside characters: it may be a picture of text, or lie under white text."""

    def __init__(self) -> None:
        self._dark: list[Box] = []
        self._images = 0
        self._curves = 0

    @property
    def picture(self) -> bool:
        """Whether there are images on the page, or so many curves that they may be letters."""
        return self._images > 0 or self._curves > _LETTERS

    def add(self, item: LTComponent) -> None:
        """Take an image, a rectangle or a curve into account."""
        from pdfminer.layout import LTCurve, LTImage

        if isinstance(item, LTImage):
            self._images += 1
            self._dark.append(item.bbox)
        elif isinstance(item, LTCurve):
            self._curves += 1
            if item.fill and not _is_white(item.non_stroking_color):
                self._dark.append(item.bbox)

    def hides(self, char: LTChar) -> bool:
        """Whether a character is white and nothing darker lies where it stands."""
        if not _is_white(char.graphicstate.ncolor):
            return False
        x, y = (char.x0 + char.x1) / 2, (char.y0 + char.y1) / 2
        return not any(x0 <= x <= x1 and y0 <= y <= y1 for x0, y0, x1, y1 in self._dark)


@lru_cache(maxsize=256)
def _is_white(colour: object) -> bool:
    """Whether a colour in grey, RGB or CMYK is white, or so near that nobody sees it on white."""
    parts = colour if isinstance(colour, tuple) else (colour,)
    levels = [float(it) for it in parts if isinstance(it, (int, float))]
    if len(levels) != len(parts):
        return False
    if len(levels) == 4:
        return max(levels) <= 1 - _WHITE
    return len(levels) in {1, 3} and min(levels) >= _WHITE


def _found(layout: LTContainer[Any]) -> tuple[list[LTChar], _Painted]:
    """The characters on a page in the order they were written, and what else is on it."""
    from pdfminer.layout import LTChar, LTFigure

    chars: list[LTChar] = []
    painted = _Painted()
    inner = [iter(layout)]
    while inner:
        for item in inner[-1]:
            if isinstance(item, LTChar):
                chars.append(item)
            elif isinstance(item, LTFigure):
                inner.append(iter(item))
                break
            else:
                painted.add(item)
        else:
            inner.pop()
    return chars, painted


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
    if box[3] < _SMALLEST < box[1] - box[0]:
        # A font that was drawn glyph by glyph may not say how high it is.
        box = (*box[:3], box[1] - box[0])
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
        near = [
            other
            for spot in _AROUND
            for other in seen.get((glyph.text, column + spot[0], row + spot[1]), ())
        ]
        if near and any(
            abs(it.x0 - glyph.x0) < apart and abs(it.base - glyph.base) < apart for it in near
        ):
            continue
        seen.setdefault((glyph.text, column, row), []).append(glyph)
        yield glyph
