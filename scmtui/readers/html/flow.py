"""The lines of a part of a page, as a browser would break and number them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scmtui.readers.html.elements import BLOCKS, Element

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scmtui.readers.html.sheets import Styles

_PREFORMATTED = {"pre", "listing", "xmp", "plaintext"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_KINDS = {
    "1": "decimal",
    "a": "lower-alpha",
    "A": "upper-alpha",
    "i": "lower-roman",
    "I": "upper-roman",
}
_SYLLABLES = "가나다라마바사아자차카타파하"
_NUMBERED = r"[(\[]?(?:\d{1,3}|[가-하]|[A-Za-z]|[ivxIVX]{1,4})[.)\]]"
_BULLETED = r"[-–—•·∙◦○●□■▣◆◇▶▷※☞*ㅇ①-⑳]"


@dataclass
class _List:
    """A list while its items are read."""

    kind: str
    number: int
    step: int


@dataclass
class Flow:
    """Lines while they are gathered."""

    styles: dict[int, Styles]
    lines: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    """The marks of footnotes that were left out."""
    _pieces: list[str] = field(default_factory=list)
    _mark: str = ""
    """The number or dot of a list item whose text has not come yet."""
    _lists: list[_List] = field(default_factory=list)
    _around: set[int] | None = None
    """The tables that have tables in them, by their `id`, once that is known."""
    _kept: int = 0
    """How many elements around keep their line ends."""

    def read(self, element: Element) -> list[str]:
        """The lines in an element, an empty one around headings and where the page has one."""
        waiting: list[tuple[Element | str, bool, bool]] = [(element, True, False)]
        while waiting:
            it, enters, mute = waiting.pop()
            if isinstance(it, str):
                self._say("" if mute else it)
            elif not enters:
                self._leave(it)
            elif not it.gone:
                if it.tag == "table" and (rows := self._rows(it)) is not None:
                    self._finish()
                    self.lines += rows
                    continue
                self._enter(it)
                waiting.append((it, False, False))
                inside = [it.text()] if it.tag == "sup" else it.children
                waiting.extend((child, True, it.mute) for child in reversed(inside))
        self._finish()
        return self.lines

    def _say(self, text: str) -> None:
        if not self._kept:
            self._pieces.append(re.sub(r"[ \t\r\n\f]+", " ", text))
            return
        first, *others = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        self._pieces.append(first)
        for line in others:
            self._finish(line_end=True)
            self._pieces.append(line)

    def _finish(self, *, line_end: bool = False) -> None:
        """End the line, if there is one; a line end that is asked for makes an empty line too."""
        line = "".join(self._pieces)
        line = line.rstrip() if self._kept else re.sub(" +", " ", line).strip()
        self._pieces.clear()
        if line.strip():
            self.lines.append(self._marked(line))
        elif line_end:
            self._part()

    def _marked(self, line: str) -> str:
        """The line with the number or dot of its list item, if it has not got one of its own."""
        mark, self._mark = self._mark, ""
        own = re.match(_NUMBERED if mark != "- " else f"{_NUMBERED}|{_BULLETED}", line)
        return line if own else mark + line

    def _part(self) -> None:
        """Set what follows off by an empty line."""
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def _enter(self, element: Element) -> None:
        if element.tag in BLOCKS:
            self._finish(line_end=element.tag == "br")
        if element.tag in _HEADINGS or element.tag == "hr":
            self._part()
        if self._keeps(element):
            self._kept += 1
        if element.tag in {"ol", "ul", "menu", "dir"}:
            self._lists.append(self._list(element))
        elif element.tag == "li":
            self._mark = self._number(element)
        elif element.tag == "q":
            self._pieces.append("“")

    def _leave(self, element: Element) -> None:
        if element.tag in BLOCKS and element.tag != "br":
            self._finish()
        if element.tag in _HEADINGS:
            self._part()
        if self._keeps(element):
            self._kept -= 1
        if element.tag in {"ol", "ul", "menu", "dir"}:
            self._lists.pop()
        elif element.tag == "sup":
            self._raise(element)
        elif element.tag == "li":
            self._mark = ""
        elif element.tag == "q":
            self._pieces.append("”")

    def _keeps(self, element: Element) -> bool:
        _, said = self.styles.get(id(element), {}).get("white-space", (None, ""))
        return element.tag in _PREFORMATTED or said.startswith(("pre", "break-spaces"))

    def _raise(self, element: Element) -> None:
        """Leave out the mark of a footnote, and write another raised number as one.

        Otherwise either would be taken for a part of the word before it.
        """
        raised = self._pieces[-1].strip() if self._pieces else ""
        if not re.fullmatch(r"[\[(]?(?:\d{1,3}|\*{1,3})[\])]?", raised):
            return
        before = "".join(self._pieces[-3:-1]).rstrip()[-1:]
        marks = element.linked or not raised.isdigit() or not before.isascii() or before in '.,")'
        self._pieces[-1] = "" if marks else raised.translate(_RAISED)
        if marks:
            self.marks.append(raised)

    def _list(self, element: Element) -> _List:
        _, said = self.styles.get(id(element), {}).get("list-style-type", (None, ""))
        _, short = self.styles.get(id(element), {}).get("list-style", (None, ""))
        kind = said or next((it for it in short.split() if it in {"none", *_KINDS.values()}), "")
        if element.tag != "ol":
            return _List("none" if kind == "none" else "disc", 0, 0)
        attributes = element.attributes
        items = [it for it in element.children if isinstance(it, Element) and it.tag == "li"]
        step = -1 if "reversed" in attributes else 1
        first = _whole(attributes.get("start", ""), len(items) if step < 0 else 1)
        return _List(kind or _KINDS.get(attributes.get("type", "1"), "decimal"), first, step)

    def _number(self, element: Element) -> str:
        """What a browser writes before a list item."""
        listed = self._lists[-1] if self._lists else _List("disc", 0, 0)
        if not listed.step:
            return "" if listed.kind == "none" else "- "
        listed.number = _whole(element.attributes.get("value", ""), listed.number)
        number = listed.number
        listed.number += listed.step
        return "" if listed.kind == "none" else f"{_written(number, listed.kind)}. "

    def _rows(self, table: Element) -> list[str] | None:
        """The rows of a table with a tab between cells; None for one that only lays out a page."""
        if self._holds_table(table):
            return None
        rows = []
        for row in table.elements():
            if row.tag == "tr":
                cells = [it for it in row.children if isinstance(it, Element) and not it.gone]
                cells = [it for it in cells if it.tag in {"td", "th"}]
                rows.append([self._within(it) for it in cells])
        if all(len(row) < 2 for row in rows):
            return None
        return [line for row in rows for line in _row(row)]

    def _within(self, cell: Element) -> list[str]:
        """The lines of a cell."""
        return Flow(self.styles, marks=self.marks, _around=self._around).read(cell)

    def _holds_table(self, table: Element) -> bool:
        """Whether there is a table in a table; all of them are looked for once."""
        if self._around is None:
            *_, outermost = table, *table.within()
            inner = (it for it in outermost.elements() if it.tag == "table")
            outer = (next((up for up in it.within() if up.tag == "table"), None) for it in inner)
            self._around = {id(it) for it in outer if it}
        return id(table) in self._around


def _row(cells: Sequence[list[str]]) -> list[str]:
    """The lines of a row: one with tabs, unless a cell holds several lines."""
    told = [[line for line in cell if line] for cell in cells]
    if any(len(cell) > 1 for cell in told):
        return [line for cell in told for line in cell]
    return ["\t".join(cell[0] if cell else "" for cell in told).rstrip("\t")]


def _whole(written: str, otherwise: int) -> int:
    return int(written) if re.fullmatch(r"-?\d{1,5}", written.strip()) else otherwise


def _written(number: int, kind: str) -> str:
    if "alpha" in kind or "latin" in kind:
        letters = _letters(number, "abcdefghijklmnopqrstuvwxyz")
    elif kind.startswith("hangul"):
        letters = _letters(number, _SYLLABLES)
    elif "roman" in kind:
        letters = _roman(number)
    else:
        letters = str(number)
    return letters.upper() if kind.startswith("upper") else letters


def _letters(number: int, alphabet: str) -> str:
    if number < 1:
        return str(number)
    size = len(alphabet)
    before = _letters((number - 1) // size, alphabet) if number > size else ""
    return before + alphabet[(number - 1) % size]


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    written = ""
    for value, letters in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    ):
        count, number = divmod(number, value)
        written += letters * count
    return written
