"""A page of text: parts broken into lines only where the reader looks.

The page is anchored at a part and a row of it at the top edge, not at a number of lines, so that
nothing above or below ever needs to be broken into lines to show what is between. A *row* is one
line of the screen; an *item* is one part with its heading and the blank row after it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from scmtui.model import Address, Document, Paragraph, Part
from scmtui.wrap import wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

Place = tuple[int, int]
"""An item and a row of it."""


class Row(NamedTuple):
    """One row of an item: a line of its heading or of its text (as a span), or the blank after."""

    kind: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """One part as a page shows it; the first part of a paragraph carries number and heading."""

    paragraph: Paragraph
    part: Part
    address: Address
    first: bool


def items_of(document: Document, only: frozenset[int] | None = None) -> list[Item]:
    """The parts of a document in order, or of those paragraphs only whose numbers are given."""
    return [
        Item(paragraph, part, Address(document.id, paragraph.number, number), number == 1)
        for paragraph in document.paragraphs
        if only is None or paragraph.number in only
        for number, part in enumerate(paragraph.parts, 1)
    ]


class Page:
    """What of a list of items is in sight, `cells` cells wide and `height` rows high."""

    def __init__(self) -> None:
        self.items: Sequence[Item] = ()
        self.cells = 80
        self.height = 0
        self.top: Place = (0, 0)
        self.view: list[Place] = []
        """The places in sight, from the top edge; fewer than `height` when the text ends."""
        self._rows: dict[int, list[Row]] = {}
        self._above = 0

    def fill(self, items: Sequence[Item]) -> None:
        """Show other items, from the first."""
        self.items = items
        self._rows.clear()
        self.put(0)

    def put(self, index: int, above: int = 0) -> None:
        """Put an item's first row `above` rows below the top edge (beyond it, when negative)."""
        self.top, self._above = (index, 0), above
        self._settle()

    def above(self, index: int) -> int:
        """How many rows below the top edge an item begins that is in sight, as `put` takes it."""
        if self.top[0] == index:
            return -self.top[1]
        return self.view.index((index, 0)) if (index, 0) in self.view else 0

    def resize(self, cells: int, height: int) -> None:
        """Break the lines anew and keep what was at the top edge there."""
        index, row = self.top
        before = len(self._rows.get(index, ()))
        self.cells, self.height = cells, height
        self._rows.clear()
        if row and before and self.items:
            self.top = (index, row * len(self.rows_of(index)) // before)
        self._settle()

    def index_of(self, address: Address) -> int | None:
        """The first item at an address, or None."""
        for index, item in enumerate(self.items):
            here = item.address
            if here.paragraph == address.paragraph and address.part in (None, here.part):
                return index
        return None

    def nearest(self, address: Address) -> int:
        """The item at an address, else the first after it, else the last."""
        found = self.index_of(address)
        if found is not None:
            return found
        wanted = (address.paragraph or 0, address.part or 1)
        for index, item in enumerate(self.items):
            if (item.paragraph.number, item.address.part or 1) >= wanted:
                return index
        return max(0, len(self.items) - 1)

    def rows_of(self, index: int) -> list[Row]:
        """The rows of an item: its heading's, its text's, and a blank."""
        rows = self._rows.get(index)
        if rows is None:
            item = self.items[index]
            heading = item.paragraph.heading if item.first else ""
            rows = [Row("heading", a, b) for a, b in wrap(heading, self.cells) if b]
            rows += [Row("text", a, b) for a, b in wrap(item.part.text, self.cells)]
            rows.append(Row("blank"))
            self._rows[index] = rows
        return rows

    def walk(self, place: Place, rows: int) -> Place:
        """The place `rows` rows below another (above, when negative), within the text."""
        index, row = place
        row += rows
        while row < 0 and index > 0:
            index -= 1
            row += len(self.rows_of(index))
        while index < len(self.items) - 1 and row >= (height := len(self.rows_of(index))):
            row -= height
            index += 1
        return index, max(0, min(row, len(self.rows_of(index)) - 1))

    def scroll(self, rows: int) -> bool:
        """Move the text by rows; says whether it could move."""
        before = self.top
        if self.items:
            self.top = self.walk(self.top, rows)
            self._settle()
        return self.top != before

    def reveal(self, index: int, *, jump: bool = False) -> bool:
        """Scroll as little as shows the whole item; says whether the text moved.

        After a jump, an item that was below the edge comes to the top. One that is higher than the
        page shows its beginning.
        """
        before, start = self.top, (index, 0)
        rows = len(self.rows_of(index)) - 1
        lowest = self.walk((index, rows - 1), 1 - max(1, self.height))
        inside = self.top[0] == index and rows > self.height
        if self.top > start and (jump or not inside):
            self.top = start
        elif self.top < lowest:
            self.top = start if jump or rows > self.height else lowest
        self._settle()
        return self.top != before

    def show_end(self, index: int) -> None:
        """Bring the last row of an item to the bottom edge."""
        self.top = self.walk((index, len(self.rows_of(index)) - 2), 1 - max(1, self.height))
        self._settle()

    def goes_on(self, index: int, *, down: bool) -> bool:
        """Whether an item that is higher than the page goes on beyond the edge."""
        rows = len(self.rows_of(index)) - 1
        seen = [row for item, row in self.view if item == index]
        if not seen or rows <= self.height:
            return False
        return seen[-1] < rows - 1 if down else seen[0] > 0

    def _settle(self) -> None:
        """Look from the top place, no further down than the text goes."""
        self.view = []
        if not self.items or self.height <= 0:
            return
        self.top, self._above = self.walk(self.top, -self._above), 0
        last = len(self.items) - 1
        lowest = self.walk((last, len(self.rows_of(last)) - 1), 1 - self.height)
        self.top = min(self.top, lowest)
        index, row = self.top
        while len(self.view) < self.height and index < len(self.items):
            self.view.extend((index, one) for one in range(row, len(self.rows_of(index))))
            index, row = index + 1, 0
        del self.view[self.height :]
