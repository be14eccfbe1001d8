"""A page as a document of Word: DOCX, with Korean fonts named and lines of fixed heights."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING

from scmtui.briefing import paper
from scmtui.briefing.blocks import Box, End, Item, Quote, Table, Title, said
from scmtui.briefing.office import (
    BOLD,
    HANGS,
    SHADE,
    SIGNS,
    SLANTED,
    STILL,
    STRUCK,
    UNDERLINED,
    rows,
    still,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from docx.document import Document as WordDocument
    from docx.oxml.text.font import CT_RPr
    from docx.table import Table as WordTable
    from docx.table import _Cell, _Row
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

    from scmtui.briefing.blocks import Block, Line

FONT = "맑은 고딕"
"""Comes with Korean Windows; another one stands in for it elsewhere."""


def docx(blocks: Iterable[Block], latest: date | None = None) -> bytes:
    """The page for Word and everything that opens its files.

    It names the day of the latest document in it as its own, since that of the clock would change
    the bytes.
    """
    from docx import Document
    from docx.shared import Mm

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(paper.SIDES)
    section.top_margin, section.bottom_margin = Mm(paper.TOP), Mm(paper.BOTTOM)
    section.header_distance = section.footer_distance = Mm(8)
    known = list(blocks)
    title = next((it.text for it in known if isinstance(it, Title)), "")
    about = document.core_properties
    about.title, about.author, about.comments = title[:255], "", ""
    day = (latest.year, latest.month, latest.day) if latest else STILL
    about.created = about.modified = datetime(*day)  # noqa: DTZ001 - it has no zone
    _Docx(document).write(known)
    stream = io.BytesIO()
    document.save(stream)
    return still(stream.getvalue())


class _Docx:
    """A document of Word that is being written."""

    def __init__(self, document: WordDocument) -> None:
        self._document = document
        style = document.styles["Normal"]
        self._font(style.element.get_or_add_rPr())
        from docx.shared import Pt

        style.font.size = Pt(paper.ITEMS[1])
        style.paragraph_format.space_after = Pt(0)

    def write(self, blocks: Iterable[Block]) -> None:
        """Write each block after the others."""
        for block in blocks:
            if isinstance(block, Title):
                self._title(block)
            elif isinstance(block, Item):
                self._item(block)
            elif isinstance(block, End):
                size = paper.ITEMS[2]
                self._line(self._paragraph(size, indent=paper.INDENTS[2]), said(block.text), size)
            elif isinstance(block, Quote):
                self._quote(block)
            elif isinstance(block, Box):
                self._table(Table((), (1,), ((block.lines,),)), paper.BOX, 2 * paper.PAD)
            else:
                self._table(block, paper.CELL, paper.PAD)

    def _title(self, title: Title) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

        made = self._paragraph(paper.TITLE, after=paper.AFTER_TITLE)
        made.alignment = ALIGN.CENTER
        self._run(made, title.text, bold=True, size=paper.TITLE)

    def _item(self, item: Item) -> None:
        from docx.shared import Mm

        level = item.level
        sign, size = paper.HANGING[level], paper.ITEMS[level]
        made = self._paragraph(size, above=paper.ABOVE[level], indent=paper.INDENTS[level] + sign)
        made.paragraph_format.first_line_indent = Mm(-sign)
        made.paragraph_format.tab_stops.add_tab_stop(Mm(paper.INDENTS[level] + sign))
        made.paragraph_format.keep_with_next = level == 0 or None
        self._run(made, f"{SIGNS[level]}\t", bold=level == 0, size=size)
        self._line(made, item.line, size)

    def _quote(self, quote: Quote) -> None:
        for line in quote.lines:
            self._line(self._paragraph(paper.QUOTE, indent=paper.INSET), line, paper.QUOTE)
        made = self._paragraph(paper.CITED, indent=paper.INSET, after=4)
        self._line(made, said(f"— {quote.citation}"), paper.CITED)

    def _paragraph(
        self, size: float, *, above: float = 0, after: float = 0, indent: float = 0
    ) -> Paragraph:
        """A new paragraph of lines for letters of a size; the indent is in millimetres."""
        from docx.shared import Mm

        made = self._document.add_paragraph()
        self._spaced(made, size, above, after)
        made.paragraph_format.left_indent = Mm(indent) if indent else None
        return made

    def _spaced(self, made: Paragraph, size: float, above: float = 0, after: float = 0) -> None:
        """Give a paragraph lines of one height, whatever the font."""
        from docx.shared import Pt

        form = made.paragraph_format
        form.line_spacing = Pt(paper.leading(size))
        form.space_before, form.space_after = Pt(above), Pt(after)

    def _table(self, table: Table, size: float, pad: float) -> None:
        from docx.enum.table import WD_TABLE_ALIGNMENT
        from docx.shared import Mm, Pt

        known = rows(table)
        made = self._document.add_table(len(known), len(table.shares))
        made.style = "Table Grid"
        made.autofit = False
        made.alignment = WD_TABLE_ALIGNMENT.CENTER
        self._padded(made, pad)
        widths = [paper.WIDE * share / sum(table.shares) for share in table.shares]
        for column, wide in zip(made.columns, widths, strict=True):
            column.width = Mm(wide)
        for row, cells in zip(made.rows, known, strict=True):
            for box, wide, cell in zip(row.cells, widths, cells, strict=True):
                box.width = Mm(wide)
                self._cell(box, cell, size)
                self._hung(box, 0 if table.heads else HANGS * size)
        if table.heads:
            self._headed(made.rows[0])
        self._document.add_paragraph().paragraph_format.line_spacing = Pt(paper.AFTER_TABLE)

    def _cell(self, box: _Cell, cell: tuple[Line, ...], size: float) -> None:
        for number, line in enumerate(cell or ((),)):
            into = box.paragraphs[0] if number == 0 else box.add_paragraph()
            self._spaced(into, size)
            self._line(into, line, size)

    def _hung(self, box: _Cell, points: float) -> None:
        """Let the lines of a summary begin with their sign, and go on further in."""
        from docx.shared import Pt

        for paragraph in box.paragraphs if points else ():
            paragraph.paragraph_format.left_indent = Pt(points)
            paragraph.paragraph_format.first_line_indent = Pt(-points)

    def _padded(self, table: WordTable, millimetres: float) -> None:
        """Keep what stands in the cells off their frames."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        margins = OxmlElement("w:tblCellMar")
        for side in ("top", "left", "bottom", "right"):
            margin = OxmlElement(f"w:{side}")
            margin.set(qn("w:w"), str(round(millimetres * paper.MM * 20)))
            margin.set(qn("w:type"), "dxa")
            margins.append(margin)
        properties = table._tbl.tblPr  # noqa: SLF001 - no other way
        look = properties.find(qn("w:tblLook"))
        properties.insert(list(properties).index(look) if look is not None else -1, margins)

    def _headed(self, row: _Row) -> None:
        """Let a row look like a head, and stand above each page that the table reaches."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - no other way
        for box in row.cells:
            box.paragraphs[0].alignment = ALIGN.CENTER
            shade = OxmlElement("w:shd")
            for name, value in (("val", "clear"), ("color", "auto"), ("fill", SHADE)):
                shade.set(qn(f"w:{name}"), value)
            box._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 - no other way

    def _line(self, paragraph: Paragraph, line: Line, size: float) -> None:
        for span in line:
            run = self._run(paragraph, span.text, bold=span.look in BOLD, size=size)
            run.font.strike = span.look in STRUCK or None
            run.font.underline = span.look in UNDERLINED or None
            run.font.italic = span.look in SLANTED or None

    def _run(self, paragraph: Paragraph, words: str, *, bold: bool = False, size: float) -> Run:
        from docx.shared import Pt

        run = paragraph.add_run(words)
        run.bold = bold or None
        run.font.size = Pt(size)
        return run

    def _font(self, properties: CT_RPr) -> None:
        from docx.oxml.ns import qn

        fonts = properties.get_or_add_rFonts()
        for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(script), FONT)
