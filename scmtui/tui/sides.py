"""One side of the aligned rows as text to select from: its parts, and where they are shown."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from scmtui.language import N_
from scmtui.model import Address
from scmtui.tui.paged import PagedPane
from scmtui.tui.pairs import LEFT, RIGHT, Item, Pair, Row
from scmtui.tui.selection import Passage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scmtui.model import Document
    from scmtui.tui.selection import Selection

    Span = tuple[int, int]


class Shown(NamedTuple):
    """Where a part is shown: the item, and where the part begins in the text of its side."""

    item: int
    offset: int


class SideText:
    """The parts of one side (LEFT or RIGHT), as far as they stand in rows that are shown."""

    def __init__(self, items: Sequence[Item], side: int) -> None:
        self.side = side
        self.passages: list[Passage] = []
        self.shown: list[Shown] = []
        for index, item in enumerate(items):
            if isinstance(item, Pair):
                self._add(index, item, item.row.left if side == LEFT else item.row.right)

    def _add(self, index: int, pair: Pair, addresses: Sequence[Address]) -> None:
        """The parts of the paragraphs of one row; headings only take their room."""
        offset = 0
        for address in addresses:
            paragraph = pair.comparison.paragraph(address)
            offset += len(paragraph.heading) + 1 if paragraph.heading else 0
            for number, part in enumerate(paragraph.parts, 1):
                at = Address(address.document, paragraph.number, number)
                self.passages.append(Passage(at, part.text))
                self.shown.append(Shown(index, offset))
                offset += len(part.text) + 1

    def at(self, item: int) -> int | None:
        """The first part in an item, or the first after it; None where there is none."""
        place = bisect_left(self.shown, item, key=lambda shown: shown.item)
        return place if place < len(self.shown) else None

    def lines(self, passage: int, rows: Sequence[Row]) -> list[Span]:
        """The spans of the lines of a part, among the rows of its item."""
        start = self.shown[passage].offset
        end = start + len(self.passages[passage].text)
        spans = (row.left if self.side == LEFT else row.right for row in rows)
        return [
            (max(a, start) - start, min(b, end) - start)
            for a, b in filter(None, spans)
            if a < end and b > start
        ]

    def selected(self, selection: Selection) -> dict[int, list[Span]]:
        """What is selected, as spans of the side's text by the index of the item."""
        first = min(selection.anchor, selection.head).passage
        found: dict[int, list[Span]] = {}
        for number, piece in enumerate(selection.selected, first):
            item, offset = self.shown[number]
            found.setdefault(item, []).append((piece.start + offset, piece.end + offset))
        return found

    def row_of(self, selection: Selection, rows: Sequence[Row]) -> int:
        """The row of an item in which the moving end of a selection begins."""
        at = selection.head.start + self.shown[selection.head.passage].offset
        for number, row in enumerate(rows):
            span = row.left if self.side == LEFT else row.right
            if span and span[1] > at:
                return number
        return 0


class SidedPane(PagedPane[Item, Row]):
    """Aligned rows whose left or right text can be selected; `shape` says how they are laid out."""

    unselectable: ClassVar[str] = N_("Here both texts are one; w shows two to select from.")

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the framework's name
        super().__init__(id=id)
        self._documents: tuple[Document, Document] | None = None
        self._side = LEFT
        self._text: SideText | None = None
        """The side that is selected from, as the rows are now."""
        self._selected: Mapping[int, Sequence[Span]] = {}

    @property
    def shape(self) -> str:
        """How a pair is laid out now."""
        raise NotImplementedError

    @property
    def pair(self) -> Pair | None:
        """The pair under the cursor."""
        item = self._page.items[self._cursor] if self._page.items else None
        return item if isinstance(item, Pair) else None

    def forget_side(self) -> None:
        """Select nothing: the rows are others."""
        self._text, self._selected = None, {}

    def side_text(self) -> SideText | None:
        """The side that is selected from; None where both sides are one text."""
        if self._documents is None or self.shape not in {"columns", "interleaved"}:
            return None
        if self._text is None:
            self._text = SideText(self._page.items, self._side)
        return self._text

    def turn_side(self) -> bool:
        """Select from the other side; says whether it has any text."""
        self._side = LEFT + RIGHT - self._side
        self._text = None
        if self.passages():
            return True
        self._side = LEFT + RIGHT - self._side
        self._text = None
        return False

    def passages(self) -> Sequence[Passage]:
        """The parts of one side: of the left one, unless the row only has a right one."""
        pair = self.pair
        if pair and not self._selected and not pair.sides[self._side].numbers:
            self._side, self._text = LEFT + RIGHT - self._side, None
        text = self.side_text()
        return text.passages if text else ()

    def passage_here(self) -> int:
        """The first part of the row under the cursor."""
        text = self.side_text()
        return (text.at(self._cursor) if text else None) or 0

    def lines_of(self, passage: int) -> list[Span]:
        """The lines of a part, as its side is laid out."""
        text = self.side_text()
        assert text
        return text.lines(passage, self._page.rows_of(text.shown[passage].item))

    def show_selected(self, selection: Selection | None) -> None:
        """Draw what is selected, with its moving end in sight; None for nothing."""
        text = self.side_text()
        self._selected = text.selected(selection) if selection and text else {}
        self.draw_anew()
        if selection and text:
            item = text.shown[selection.head.passage].item
            self.move_to_row((item, text.row_of(selection, self._page.rows_of(item))))

    def selected_in(self, pair: Pair, side: int) -> list[Span]:
        """What of one side of a pair is selected, as spans of its text."""
        if side != self._side:
            return []
        items = self._page.items
        return [span for at, spans in self._selected.items() if items[at] is pair for span in spans]
