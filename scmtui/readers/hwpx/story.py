"""The text of an HWPX document as Hangul shows it: changes accepted, comments left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scmtui.readers.flow import Carried, Line, table
from scmtui.readers.hwpx.header import whole
from scmtui.readers.numbering import written
from scmtui.readers.paraheads import STYLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from xml.etree.ElementTree import Element

    from scmtui.readers.flow import LeftOut
    from scmtui.readers.hwpx.header import Header

_SIGNS = {"tab": "\t", "lineBreak": "\n", "hyphen": "-", "nbSpace": " ", "fwSpace": " "}
_ASIDE = {
    "header": "running-head",
    "footer": "footer",
    "footNote": "footnote",
    "endNote": "footnote",
    "hiddenComment": "comment",
}


class Story:
    """Reads the paragraphs of a section, a cell or a note into lines."""

    def __init__(self, header: Header, left_out: LeftOut) -> None:
        self._header = header
        self._left_out = left_out
        self._deleting = False
        self._goes_on = False
        """Whether the end of the paragraph at hand is deleted: the next one goes on."""
        self._carried = Carried()

    def lines(self, paragraphs: Iterable[Element], *, numbers: bool = False) -> list[str]:
        """The lines of some paragraphs; whatever else stands among them is none.

        Where there is no text, an automatic number is a line if `numbers` are wanted.
        """
        outer, self._carried = self._carried, Carried()
        lines: list[str] = []
        for child in paragraphs:
            if child.tag == "p":
                lines += self.paragraph(child)
        lines += self._carried.ended()
        if numbers and not lines and self._carried.bare:
            lines = [self._carried.bare]
        self._carried = outer
        return lines

    def end(self) -> list[str]:
        """The lines that are left at the end of a section."""
        self._deleting = False
        return self._carried.ended()

    def paragraph(self, paragraph: Element) -> list[str]:
        """The lines of one paragraph."""
        line = Line()
        self._goes_on = False
        for run in paragraph:
            for child in run if run.tag == "run" else ():
                self._piece(child, line)
        line.leave_out(self._left_out)
        goes_on, text = self._goes_on, line.text
        if goes_on and not text.strip():
            return [*line.before, *line.after]
        number = (
            ""
            if self._carried.numbered
            else self._header.heads.following(self._header.head(paragraph))
        )
        if goes_on:
            self._carried.add(number, text)
            return [*line.before, *line.after]
        return [*line.before, *self._carried.ended(number, text), *line.after]

    def _piece(self, piece: Element, line: Line) -> None:
        """Take what stands in a run: text, a control, a table, a shape."""
        read = _PIECES.get(piece.tag, Story._shape)
        read(self, piece, line)

    def _text(self, piece: Element, line: Line) -> None:
        self._say(piece.text, line)
        for child in piece:
            if child.tag in {"deleteBegin", "deleteEnd"}:
                self._deleting = child.tag == "deleteBegin"
                self._goes_on = child.get("paraend") in {"1", "true"} or self._goes_on
            else:
                self._say(_SIGNS.get(child.tag), line)
            self._say(child.tail, line)

    def _say(self, text: str | None, line: Line) -> None:
        if text:
            line.say(text, "deleted" if self._deleting else "")

    def _section(self, piece: Element, _line: Line) -> None:
        self._header.heads.outline = piece.get("outlineShapeIDRef", "")

    def _control(self, piece: Element, line: Line) -> None:
        for child in piece:
            kind = _ASIDE.get(child.tag)
            if child.tag == "fieldBegin" and child.get("type") == "MEMO":
                kind = "comment"
            if kind:
                for inner in child.iter("subList"):
                    self._left_out.drop(kind, self._aside(inner))
            elif child.tag == "autoNum" and child.get("numType") != "PAGE":
                self._say(_automatic(child), line)

    def _aside(self, inner: Element, *, numbers: bool = False) -> list[str]:
        """The lines of what stands apart from the text, whatever is going on there."""
        deleting, goes_on, self._deleting = self._deleting, self._goes_on, False
        lines = self.lines(inner, numbers=numbers)
        self._deleting, self._goes_on = deleting, goes_on
        return lines

    def _table(self, piece: Element, line: Line) -> None:
        rows = [
            [
                [line for it in cell.findall("subList") for line in self._aside(it, numbers=True)]
                for cell in child.findall("tc")
            ]
            for child in piece.findall("tr")
        ]
        lines = table(rows, self._left_out)
        self._place(piece, self._captioned(piece, lines), line)

    def _shape(self, piece: Element, line: Line) -> None:
        """Take the text of a shape and of those that are grouped in it."""
        lines = [line for it in self._texts(piece) for line in self._aside(it)]
        self._place(piece, self._captioned(piece, lines), line)

    def _texts(self, piece: Element) -> list[Element]:
        found: list[Element] = []
        for child in piece:
            if child.tag == "drawText":
                found += child.findall("subList")
            elif child.tag not in {"caption", "subList"}:
                found += self._texts(child)
        return found

    def _captioned(self, piece: Element, lines: list[str]) -> list[str]:
        caption = piece.find("caption")
        inner = None if caption is None else caption.find("subList")
        if caption is None or inner is None:
            return lines
        told = self._aside(inner)
        return [*told, *lines] if caption.get("side") == "TOP" else [*lines, *told]

    def _place(self, piece: Element, lines: list[str], line: Line) -> None:
        """Put the lines of a table or a shape where they are seen."""
        place = piece.find("pos")
        if self._deleting:
            self._left_out.drop("deleted", lines)
        elif place is not None and place.get("treatAsChar") in {"1", "true"}:
            line.embed(lines)
        else:
            line.hang(lines)

    def _composed(self, piece: Element, line: Line) -> None:
        self._say(piece.get("composeText"), line)

    def _ruby(self, piece: Element, line: Line) -> None:
        """Take the main text; what stands small above or below it is told as left out."""
        for child in piece:
            if child.tag == "mainText":
                self._say(child.text, line)
            elif child.tag == "subText":
                self._left_out.drop("ruby", child.text or "")

    def _equation(self, piece: Element, line: Line) -> None:
        self._say(" ".join(piece.findtext("script", "").split()), line)

    def _art(self, piece: Element, line: Line) -> None:
        line.hang([piece.get("text", "")])


_PIECES: dict[str, Callable[[Story, Element, Line], None]] = {
    "t": Story._text,  # noqa: SLF001
    "secPr": Story._section,  # noqa: SLF001
    "ctrl": Story._control,  # noqa: SLF001
    "tbl": Story._table,  # noqa: SLF001
    "compose": Story._composed,  # noqa: SLF001
    "dutmal": Story._ruby,  # noqa: SLF001
    "equation": Story._equation,  # noqa: SLF001
    "textart": Story._art,  # noqa: SLF001
}


def _automatic(piece: Element) -> str:
    """The number that stands in the text: of a note, a picture, a table."""
    form = piece.find("autoNumFormat")
    style = STYLES.get("DIGIT" if form is None else form.get("type", "DIGIT"), "decimal")
    before, after = (
        ("", "") if form is None else (form.get("prefixChar", ""), form.get("suffixChar", ""))
    )
    return f"{before}{written(style, whole(piece.get('num')))}{after}"
