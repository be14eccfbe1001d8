"""A page drawn glyph by glyph, as far as anybody can read it and no farther."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdftypes import PDFStream, resolve1

from scmtui.readers.pdf.streams import BombError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pdfminer.layout import LTPage
    from pdfminer.pdffont import PDFFont
    from pdfplumber.page import Page

GLYPHS = 40_000
"""Glyphs on one page at most; the densest of a newspaper has half of them."""
SHAPES = 20_000
"""Lines and curves of one page that are looked at; a map has more of them, and they say nothing."""
WRITTEN = 8 << 20
"""Bytes that one page is written with at most: to draw them takes longer than a page may take."""
AGAIN = 200_000
"""Those of them at most that are written by drawing a form again."""
CODES = 400_000
"""Codes of one font that are told by ranges: six times as many as a font can have."""

_RANGES = re.compile(rb"<([0-9A-Fa-f]{1,8})>\s*<([0-9A-Fa-f]{1,8})>\s*[<\[]")


class CrowdedError(Exception):
    """A page with more on it than anybody can read."""


class Fonts(PDFResourceManager):
    """The fonts of a file, each looked at before its tables are filled."""

    def get_font(self, objid: object, spec: Mapping[str, object]) -> PDFFont:
        """The font of that number. Raises BombError for one that fills tables without end."""
        if not objid or objid not in self._cached_fonts:
            codes = sum(_span(*it) for it in (*_named(spec), *_wide(spec)))
            if codes > CODES:
                raise BombError
        return super().get_font(objid, spec)


def _span(first: int, last: int) -> int:
    return max(0, last - first + 1)


def _named(spec: Mapping[str, object]) -> Iterator[tuple[int, int]]:
    """The ranges of codes to which a font gives letters."""
    told = resolve1(spec.get("ToUnicode"))
    if not isinstance(told, PDFStream):
        return
    for piece in re.split(rb"end(?:bf|cid|notdef)range", told.get_data())[:-1]:
        ranges = re.split(rb"(?:begin|end)[a-z]+", piece)[-1]
        yield from ((int(it[1], 16), int(it[2], 16)) for it in _RANGES.finditer(ranges))
        if b"(" in ranges:  # nobody writes codes so, and how many they are would have to be guessed
            raise BombError


def _wide(spec: Mapping[str, object]) -> Iterator[tuple[int, int]]:
    """The ranges of codes to which a font gives widths."""
    for name, size in (("W", 3), ("W2", 5)):
        told = resolve1(spec.get(name))
        run: list[Any] = []
        for it in told if isinstance(told, list) else ():
            value = resolve1(it)
            run = [] if isinstance(value, list) else [*run, value]
            if len(run) == size:
                if all(isinstance(code, int) for code in run[:2]):
                    yield run[0], run[1]
                run = []


class _Canvas(PDFPageAggregator):
    """What is drawn on one page, counted."""

    glyphs = shapes = 0

    def render_char(self, *told: Any, **more: Any) -> float:  # noqa: ANN401 - handed on
        """Draw a glyph."""
        self.glyphs += 1
        if self.glyphs > GLYPHS:
            raise CrowdedError
        return super().render_char(*told, **more)

    def paint_path(self, *told: Any, **more: Any) -> None:  # noqa: ANN401 - handed on
        """Draw a line or a curve."""
        self.shapes += 1
        if self.shapes <= SHAPES:
            super().paint_path(*told, **more)


class _Written:
    """How much one page is written with, counted with the forms that it draws."""

    def __init__(self) -> None:
        self._seen: set[object] = set()
        self._size = self._again = 0

    def add(self, stream: PDFStream) -> None:
        """Take a stream into account. Raises CrowdedError when it is too much."""
        size = len(stream.get_data()) + 1
        self._size += size
        self._again += size if stream.objid in self._seen else 0
        self._seen.add(stream.objid)
        if self._size > WRITTEN or self._again > AGAIN:
            raise CrowdedError


class _Hand(PDFPageInterpreter):
    """Draws what streams say; one that draws a form has the same count."""

    written: _Written

    def dup(self) -> _Hand:
        """One that draws a form."""
        made = _Hand(self.rsrcmgr, self.device)
        made.written = self.written
        return made

    def execute(self, streams: Sequence[object]) -> None:
        """Draw what some streams say."""
        for it in map(resolve1, streams):
            if isinstance(it, PDFStream):
                self.written.add(it)
        super().execute(streams)


def drawn(page: Page, fonts: Fonts) -> LTPage:
    """What is drawn on a page. Raises CrowdedError, and BombError."""
    canvas = _Canvas(fonts, pageno=page.page_number)
    hand = _Hand(fonts, canvas)
    hand.written = _Written()
    hand.process_page(page.page_obj)
    return canvas.get_result()
