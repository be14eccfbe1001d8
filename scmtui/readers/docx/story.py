"""The text of a Word document as Word shows it: changes accepted, hidden text left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scmtui.language import _
from scmtui.readers.docx.styles import switched, value, within
from scmtui.readers.flow import Carried, Line, table
from scmtui.readers.numbering import bullet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from xml.etree.ElementTree import Element

    from scmtui.readers.docx.lists import Lists
    from scmtui.readers.docx.styles import Styles
    from scmtui.readers.flow import LeftOut

_CLEAR = {
    *("w:ins", "w:moveTo", "w:smartTag", "w:customXml", "w:hyperlink", "w:fldSimple", "w:dir"),
    *("w:bdo", "w:sdt", "w:sdtContent", "w:ruby", "w:rubyBase", "mc:Choice", "mc:Fallback"),
}
"""Elements that stand around text without being any themselves."""
_GONE = {"w:del": "deleted", "w:moveFrom": "deleted", "w:rt": "ruby"}
"""Elements around text that is not in the document any more, or stands above it."""
_SIGNS = {
    "w:tab": "\t",
    "w:ptab": "\t",
    "w:br": "\n",
    "w:cr": "\n",
    "w:noBreakHyphen": "-",
}
_NOTES = {"w:footnoteReference": "footnotes", "w:endnoteReference": "endnotes"}


def _chosen(choice: Element) -> Iterable[Element]:
    """One of the forms that the same thing is given in: the newest, which Word itself takes."""
    forms = choice.findall("mc:Choice") or choice.findall("mc:Fallback")
    return forms[0] if forms else ()


class Story:
    """Reads the blocks of a document, a note or a header into lines."""

    def __init__(
        self,
        styles: Styles,
        lists: Lists,
        left_out: LeftOut,
        note: Callable[[str, str], None] = lambda *_: None,
    ) -> None:
        """`note(kind, id)` is asked to take in the note that the text points at."""
        self._styles = styles
        self._lists = lists
        self._left_out = left_out
        self._note = note
        self._fields: list[bool] = []
        """For each field that is open, whether its instructions, not its result, are at hand."""
        self._carried = Carried()

    def lines(self, blocks: Iterable[Element], *, numbers: bool = False) -> list[str]:
        """The lines of some blocks: paragraphs, tables, and what stands around them.

        Where there is no text, an automatic number is a line if `numbers` are wanted.
        """
        outer, self._carried = self._carried, Carried()
        lines: list[str] = []
        for block in blocks:
            lines += self._block(block)
        lines += self._carried.ended()
        if numbers and not lines and self._carried.bare:
            lines = [self._carried.bare]
        self._carried = outer
        return lines

    def _block(self, block: Element) -> list[str]:
        """The lines of one block."""
        if block.tag == "w:p":
            return self._paragraph(block)
        if block.tag == "w:tbl":
            return [*self._carried.ended(), *self._table(block)]
        if block.tag == "mc:AlternateContent":
            return [line for child in _chosen(block) for line in self._block(child)]
        if block.tag in _CLEAR:
            return [line for child in block for line in self._block(child)]
        if block.tag in _GONE:
            self._left_out.drop(_GONE[block.tag], self._gone_text(block))
        elif block.tag in {"w:altChunk", "w:subDoc"}:
            told = _("A piece of the document is kept in another file within it and was not read.")
            self._left_out.doubt("missing", told)
        return []

    def _paragraph(self, block: Element) -> list[str]:
        properties = block.find("w:pPr")
        line = Line()
        hidden = self._styles.hides(self._styles.of(properties)) is True
        self._inline(block, line, "", hidden)
        line.leave_out(self._left_out)
        mark = None if properties is None else properties.find("w:rPr")
        told = switched(mark, "w:vanish")
        mark_hidden = hidden if told is None else told
        mark_gone = mark is not None and any(it.tag in _GONE for it in mark)
        text = line.text
        if not text.strip() and (mark_gone or (mark_hidden and line.gone)):
            # Nothing of it is seen, and so it does not count.
            return [*line.before, *line.after]
        number = "" if self._carried.numbered else self._lists.following(properties)
        if mark_hidden or mark_gone:
            self._carried.add(number, text)
            return [*line.before, *line.after]
        return [*line.before, *self._carried.ended(number, text), *line.after]

    def _inline(self, parent: Iterable[Element], line: Line, gone: str, hidden: bool) -> None:
        for child in parent:
            if child.tag == "w:r":
                self._run(child, line, gone, hidden)
            elif child.tag == "mc:AlternateContent":
                self._inline(_chosen(child), line, gone, hidden)
            elif child.tag in _CLEAR:
                self._inline(child, line, gone, hidden)
            elif child.tag in _GONE:
                self._inline(child, line, _GONE[child.tag], hidden)
            elif child.tag.startswith("m:"):
                line.say("".join(it.text or "" for it in child.iter("m:t")), gone)

    def _run(self, run: Element, line: Line, gone: str, hidden: bool) -> None:
        properties = run.find("w:rPr")
        told = switched(properties, "w:vanish")
        if told is None and (style := value(properties, "w:rStyle")):
            told = self._styles.hides(style)
        if (hidden if told is None else told) and not gone:
            gone = "hidden"
        for child in run:
            self._piece(child, line, gone, hidden)

    def _piece(self, child: Element, line: Line, gone: str, hidden: bool) -> None:
        tag = child.tag
        if tag == "w:fldChar":
            self._turn(child.get("w:fldCharType", ""))
        elif any(self._fields):
            return
        elif (text := _text(child)) is not None:
            line.say(text, gone)
        elif tag in _NOTES:
            if not gone:
                self._note(_NOTES[tag], child.get("w:id", ""))
        elif tag == "w:ruby":
            self._inline(child, line, gone, hidden)
        elif tag in {"w:drawing", "w:pict", "w:object", "mc:AlternateContent"}:
            self._boxes(child, line, gone)

    def _turn(self, kind: str) -> None:
        """Note that a field begins, comes to its result, or ends."""
        if kind == "begin":
            self._fields.append(True)
        elif kind == "separate" and self._fields:
            self._fields[-1] = False
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _boxes(self, drawing: Element, line: Line, gone: str) -> None:
        """Take the text of the boxes in a drawing, each form of it once."""
        children = _chosen(drawing) if drawing.tag == "mc:AlternateContent" else drawing
        for child in children:
            if child.tag == "w:txbxContent":
                fields, self._fields = self._fields, []
                lines = self.lines(child)
                self._fields = fields
                if gone:
                    self._left_out.drop(gone, lines)
                else:
                    line.hang(lines)
            else:
                self._boxes(child, line, gone)

    def _table(self, block: Element) -> list[str]:
        rows: list[list[list[str]]] = []
        for child in _through(block, "w:tr"):
            properties = child.find("w:trPr")
            cells = [self._cell(cell) for cell in _through(child, "w:tc")]
            if properties is not None and properties.find("w:del") is not None:
                self._left_out.drop("deleted", (" ".join(cell) for cell in cells if cell))
            elif switched(properties, "w:hidden"):
                self._left_out.drop("hidden", (" ".join(cell) for cell in cells if cell))
            else:
                rows.append([cell for cell in cells if cell is not None])
        return table(rows, self._left_out)

    def _cell(self, cell: Element) -> list[str] | None:
        """The lines of a cell, or None when it only goes on with the one above."""
        merged = within(cell, "w:tcPr", "w:vMerge")
        lines = self.lines(cell, numbers=True)
        if merged is not None and merged.get("w:val", "continue") == "continue":
            self._left_out.drop("hidden", lines)
            return None
        return lines

    def _gone_text(self, block: Element) -> str:
        texts = (it.text or "" for it in block.iter() if it.tag in {"w:t", "w:delText"})
        return "".join(texts)


def _through(parent: Element, tag: str) -> list[Element]:
    """The children with a tag, and those that controls and changes stand around."""
    found: list[Element] = []
    for child in parent:
        if child.tag == tag:
            found.append(child)
        elif child.tag in _CLEAR:
            found += _through(child, tag)
    return found


def _text(piece: Element) -> str | None:
    """The text that a piece of a run stands for, or None for a piece that is no text."""
    if piece.tag in {"w:t", "w:delText"}:
        return piece.text or ""
    if piece.tag == "w:sym":
        return _symbol(piece.get("w:char", ""))
    return _SIGNS.get(piece.tag)


def _symbol(code: str) -> str:
    """The character of a `w:sym`, told in hexadecimal; symbol fonts are at U+F000."""
    try:
        return bullet(chr(int(code, 16)))
    except (ValueError, OverflowError):
        return ""
