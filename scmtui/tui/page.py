"""A page of text: items broken into rows only where the reader looks.

The page is anchored at an item and a row of it at the top edge, not at a number of lines, so that
nothing above or below ever needs to be broken into lines to show what is between. A *row* is one
line of the screen; an *item* is what the cursor stands on, with the blank row after it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Place = tuple[int, int]
"""An item and a row of it."""

Item = TypeVar("Item")
Row = TypeVar("Row")


class Page(Generic[Item, Row]):
    """What of a list of items is in sight, `cells` cells wide and `height` rows high.

    `lay` breaks an item into rows of at most so many cells; the last one is the blank after it.
    """

    def __init__(self, lay: Callable[[Item, int], list[Row]]) -> None:
        self._lay = lay
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

    def rows_of(self, index: int) -> list[Row]:
        """The rows of an item, broken when they are first asked for."""
        rows = self._rows.get(index)
        if rows is None:
            rows = self._rows[index] = self._lay(self.items[index], self.cells)
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

    def reveal_row(self, place: Place) -> bool:
        """Scroll as little as shows one row; says whether the text moved."""
        before = self.top
        lowest = self.walk(place, 1 - max(1, self.height))
        self.top = max(lowest, min(self.top, place))
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
