"""A page as a document of Hangul: HWPX, with its own fonts and measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scmtui.briefing import paper
from scmtui.briefing.blocks import Box, End, Item, Quote, Table, Title, said
from scmtui.briefing.office import (
    BOLD,
    HANGS,
    SHADE,
    SIGNS,
    SLANTED,
    STRUCK,
    UNDERLINED,
    rows,
    still,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hwpx import HwpxDocument
    from hwpx.oxml import HwpxOxmlParagraph

    from scmtui.briefing.blocks import Block, Line

FONT = "함초롬바탕"
"""Comes with Hangul."""
UNITS = 7200 / 25.4
"""HWPUNIT in a millimetre."""


def hwpx(blocks: Iterable[Block]) -> bytes:
    """The page for Hangul."""
    from hwpx import HwpxDocument

    document = HwpxDocument.new()
    document.page.setup(
        paper_size="A4",
        margins_mm={
            "left": paper.SIDES,
            "right": paper.SIDES,
            "top": paper.TOP,
            "bottom": paper.BOTTOM,
            "header": 0.0,
            "footer": 0.0,
        },
    )
    writing = _Hwpx(document)
    for block in blocks:
        writing.write(block)
    return still(document.to_bytes())


class _Hwpx:
    """A document of Hangul that is being written."""

    def __init__(self, document: HwpxDocument) -> None:
        self._document = document

    def write(self, block: Block) -> None:
        """Write a block after the others."""
        if isinstance(block, Title):
            self._title(block)
        elif isinstance(block, Item):
            self._item(block)
        elif isinstance(block, End):
            made = self._paragraph(said(block.text), paper.ITEMS[2])
            self._formed([made], paper.ITEMS[2], indent=(paper.INDENTS[2], 0))
        elif isinstance(block, Quote):
            self._quote(block)
        elif isinstance(block, Box):
            self._table(Table((), (1,), ((block.lines,),)), paper.BOX, 2 * paper.PAD)
        else:
            self._table(block, paper.CELL, paper.PAD)

    def _title(self, title: Title) -> None:
        made = self._document.paragraphs[0]  # has the page's measures, and no words yet
        self._line(made, said(title.text, "strong"), paper.TITLE)
        self._formed([made], paper.TITLE, "CENTER", around=(0, paper.AFTER_TITLE))

    def _item(self, item: Item) -> None:
        level = item.level
        size = paper.ITEMS[level]
        sign = said(f"{SIGNS[level]} ", "strong" if level == 0 else "")
        made = self._paragraph((*sign, *item.line), size)
        hang = HANGS * size / paper.MM
        around = paper.ABOVE[level], 0
        self._formed([made], size, indent=(paper.INDENTS[level], hang), around=around)

    def _quote(self, quote: Quote) -> None:
        made = [self._paragraph(line, paper.QUOTE) for line in quote.lines]
        if made:
            self._formed(made, paper.QUOTE, indent=(paper.INSET, 0))
        cited = self._paragraph(said(f"— {quote.citation}"), paper.CITED)
        self._formed([cited], paper.CITED, indent=(paper.INSET, 0), around=(0, 4))

    def _paragraph(self, line: Line, size: float) -> HwpxOxmlParagraph:
        made = self._document.add_paragraph(include_run=False, inherit_style=False)
        self._line(made, line, size)
        return made

    def _formed(
        self,
        paragraphs: Sequence[HwpxOxmlParagraph],
        size: float,
        alignment: str = "LEFT",
        *,
        indent: tuple[float, float] = (0, 0),
        around: tuple[float, float] = (0, 0),
    ) -> None:
        """Give paragraphs their lines, and margins in millimetres: of all lines, of the first one.

        Hangul begins the first line at the margin, and the others further in by what hangs out.
        """
        self._document.styles.apply_paragraph_format(
            paragraphs=paragraphs,
            alignment=alignment,
            line_spacing_percent=round(100 * paper.leading(size) / size),
            indent_left_mm=indent[0],
            first_line_indent_mm=-indent[1],
            spacing_before_pt=around[0],
            spacing_after_pt=around[1],
        )

    def _table(self, table: Table, size: float, pad: float) -> None:
        known = rows(table)
        whole = round(paper.WIDE * UNITS)
        made = self._document.add_table(len(known), len(table.shares), width=whole)
        made.set_column_widths([whole * it // sum(table.shares) for it in table.shares])
        if table.heads:
            # What is treated as a letter cannot go on on the next page.
            made.set_treat_as_char(False)
            made.element.set("repeatHeader", "1")
        margin = round(pad * UNITS)
        for at, row in enumerate(known):
            for column, cell in enumerate(row):
                box = made.cell(at, column)
                box.set_margins(left=margin, right=margin, top=margin, bottom=margin)
                into = [box.paragraphs[0], *(box.add_paragraph() for _ in cell[1:])]
                for paragraph, line in zip(into, cell, strict=False):
                    self._line(paragraph, line, size)
                head = bool(table.heads) and at == 0
                hang = 0 if table.heads else HANGS * size / paper.MM
                self._formed(into, size, "CENTER" if head else "LEFT", indent=(0, hang))
                if head:
                    box.element.set("header", "1")
                    made.set_cell_shading(at, column, f"#{SHADE}")

    def _line(self, paragraph: HwpxOxmlParagraph, line: Line, size: float) -> None:
        for span in line:
            style = self._document.styles.ensure_run(
                bold=span.look in BOLD,
                italic=span.look in SLANTED,
                underline=span.look in UNDERLINED,
                strike=span.look in STRUCK,
                font=FONT,
                size=size,
            )
            paragraph.add_run(span.text, char_pr_id_ref=style)
