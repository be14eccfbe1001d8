"""A page as a document of an office program: DOCX, and HWPX for Hangul.

What is gone is struck and what is new is underlined, so that it is read without colour. Korean
fonts are named; the same page makes the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING

from scmtui.briefing.blocks import Box, End, Item, Quote, Table, Title, said

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docx.document import Document as WordDocument
    from docx.oxml.text.font import CT_RPr
    from docx.table import _Row
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run
    from hwpx import HwpxDocument
    from hwpx.oxml import HwpxOxmlParagraph

    from scmtui.briefing.blocks import Block, Line

FONT = "맑은 고딕"
"""Comes with Korean Windows; another one stands in for it elsewhere."""
HWPX_FONT = "함초롬바탕"
SIGNS = ("□ ", "ㅇ ", "- ", "※ ")
INDENTS = (0.0, 5.0, 10.0, 3.0)
"""Millimetres before the lines of each level."""
SIZE, SMALL = 11, 9
"""Points of the text, and of that in tables."""
WIDTH = 174.0
"""Millimetres between the margins of the page."""
MARGIN = 18.0
STILL = (1980, 1, 1, 0, 0, 0)
"""The date of every file in a package, since that of the clock would change the bytes."""


def docx(blocks: Iterable[Block]) -> bytes:
    """The page for Word and everything that opens its files."""
    from docx import Document
    from docx.shared import Mm

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(MARGIN)
    section.top_margin = section.bottom_margin = Mm(16)
    known = list(blocks)
    title = next((it.text for it in known if isinstance(it, Title)), "")
    about = document.core_properties
    about.title, about.author, about.comments = title[:255], "", ""
    about.created = about.modified = datetime(*STILL)  # noqa: DTZ001 - it has no zone
    _Docx(document).write(known)
    stream = io.BytesIO()
    document.save(stream)
    return _still(stream.getvalue())


class _Docx:
    """A document of Word that is being written."""

    def __init__(self, document: WordDocument) -> None:
        self._document = document
        style = document.styles["Normal"]
        self._font(style.element.get_or_add_rPr())
        from docx.shared import Pt

        style.font.size = Pt(SIZE)
        style.paragraph_format.space_after = Pt(3)
        style.paragraph_format.line_spacing = 1.3

    def write(self, blocks: Iterable[Block]) -> None:
        """Write each block after the others."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
        from docx.shared import Mm

        for block in blocks:
            if isinstance(block, Title):
                made = self._document.add_paragraph()
                made.alignment = ALIGN.CENTER
                self._run(made, block.text, bold=True, size=16)
            elif isinstance(block, Item):
                self._item(block)
            elif isinstance(block, End):
                self._document.add_paragraph(block.text).paragraph_format.left_indent = Mm(5)
            elif isinstance(block, Quote):
                for line in (*block.lines, said(f"— {block.citation}", "quiet")):
                    made = self._document.add_paragraph()
                    made.paragraph_format.left_indent = Mm(8)
                    self._line(made, line)
            elif isinstance(block, Box):
                self._table(Table((), (1,), ((block.lines,),)))
            else:
                self._table(block)

    def _item(self, item: Item) -> None:
        from docx.shared import Mm

        made = self._document.add_paragraph()
        made.paragraph_format.left_indent = Mm(INDENTS[item.level] + 5)
        made.paragraph_format.first_line_indent = Mm(-5)
        self._run(made, SIGNS[item.level], bold=item.level == 0)
        self._line(made, item.line)

    def _table(self, table: Table) -> None:
        from docx.shared import Mm, Pt

        rows = _rows(table)
        made = self._document.add_table(len(rows), len(table.shares))
        made.style = "Table Grid"
        made.autofit = False
        for column, share in zip(made.columns, table.shares, strict=True):
            column.width = Mm(WIDTH * share / sum(table.shares))
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                box = made.cell(at, column)
                box.width = Mm(WIDTH * table.shares[column] / sum(table.shares))
                for number, line in enumerate(cell):
                    into = box.paragraphs[0] if number == 0 else box.add_paragraph()
                    into.paragraph_format.space_after = Pt(1)
                    into.paragraph_format.line_spacing = 1.15
                    self._line(into, line, size=SMALL if table.heads else SIZE)
        if table.heads:
            self._repeated(made.rows[0])
        self._document.add_paragraph().paragraph_format.line_spacing = 0.5

    def _repeated(self, row: _Row) -> None:
        """Let a row stand at the head of each page that the table reaches."""
        from docx.oxml import OxmlElement

        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - no other way

    def _line(self, paragraph: Paragraph, line: Line, size: float = 0) -> None:
        for span in line:
            run = self._run(paragraph, span.text, bold=span.look == "strong", size=size)
            run.font.strike = span.look in ("gone", "away") or None
            run.font.underline = span.look in ("new", "here") or None
            run.font.italic = span.look in ("away", "here") or None

    def _run(self, paragraph: Paragraph, words: str, *, bold: bool = False, size: float = 0) -> Run:
        from docx.shared import Pt

        run = paragraph.add_run(words)
        run.bold = bold or None
        if size:
            run.font.size = Pt(size)
        return run

    def _font(self, properties: CT_RPr) -> None:
        from docx.oxml.ns import qn

        fonts = properties.get_or_add_rFonts()
        for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(script), FONT)


def _still(package: bytes) -> bytes:
    """The same package with the date of every file in it the same."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            still = zipfile.ZipInfo(entry.filename, STILL)
            still.compress_type = entry.compress_type
            still.external_attr = 0o600 << 16
            new.writestr(still, _numbered(old.read(entry), entry.filename))
    return stream.getvalue()


def _numbered(part: bytes, name: str) -> bytes:
    """The part with its elements numbered in order; the library draws their numbers by lot."""
    if not re.fullmatch(r"Contents/section\d+\.xml", name):
        return part
    known: dict[bytes, int] = {}
    return re.sub(
        rb'\bid="(\d{6,})"', lambda it: b'id="%d"' % known.setdefault(it[1], len(known) + 1), part
    )


def _rows(table: Table) -> list[tuple[tuple[Line, ...], ...]]:
    """The rows of a table, its heads as the first one."""
    heads = tuple((said(head, "strong"),) for head in table.heads)
    return [heads, *table.rows] if heads else list(table.rows)


def hwpx(blocks: Iterable[Block]) -> bytes:
    """The page for Hangul, of which only the library's own words and the page's are in it."""
    from hwpx import HwpxDocument

    document = HwpxDocument.new()
    document.page.setup(
        paper_size="A4",
        margins_mm={"left": MARGIN, "right": MARGIN, "top": 20.0, "bottom": 20.0},
    )
    writing = _Hwpx(document)
    for block in blocks:
        writing.write(block)
    return _still(document.to_bytes())


class _Hwpx:
    """A document of Hangul that is being written."""

    def __init__(self, document: HwpxDocument) -> None:
        self._document = document

    def write(self, block: Block) -> None:
        """Write a block after the others."""
        if isinstance(block, Title):
            made = self._document.add_paragraph(include_run=False, inherit_style=False)
            self._line(made, said(block.text, "strong"), 16)
            at = len(self._document.paragraphs) - 1
            self._document.styles.apply_paragraph_format(paragraph_index=at, alignment="CENTER")
        elif isinstance(block, Item):
            sign = said(SIGNS[block.level], "strong" if block.level == 0 else "")
            self._paragraph((*sign, *block.line), INDENTS[block.level] + 5, -5)
        elif isinstance(block, End):
            self._paragraph(said(block.text), 5)
        elif isinstance(block, Quote):
            for line in (*block.lines, said(f"— {block.citation}", "quiet")):
                self._paragraph(line, 8)
        elif isinstance(block, Box):
            self._table(Table((), (1,), ((block.lines,),)))
        else:
            self._table(block)

    def _paragraph(self, line: Line, indent: float, first: float = 0) -> None:
        made = self._document.add_paragraph(include_run=False, inherit_style=False)
        self._line(made, line, SIZE)
        self._document.styles.apply_paragraph_format(
            paragraph_index=len(self._document.paragraphs) - 1,
            indent_left_mm=indent,
            first_line_indent_mm=first,
        )

    def _table(self, table: Table) -> None:
        rows = _rows(table)
        whole = round(WIDTH * 7200 / 25.4)
        made = self._document.add_table(len(rows), len(table.shares), width=whole)
        made.set_column_widths([whole * it // sum(table.shares) for it in table.shares])
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                box = made.cell(at, column)
                for number, line in enumerate(cell):
                    into = box.paragraphs[0] if number == 0 else box.add_paragraph()
                    self._line(into, line, SMALL if table.heads else SIZE)

    def _line(self, paragraph: HwpxOxmlParagraph, line: Line, size: float) -> None:
        for span in line:
            style = self._document.styles.ensure_run(
                bold=span.look == "strong",
                italic=span.look in ("away", "here"),
                underline=span.look in ("new", "here"),
                strike=span.look in ("gone", "away"),
                font=HWPX_FONT,
                size=size,
            )
            paragraph.add_run(span.text, char_pr_id_ref=style)
