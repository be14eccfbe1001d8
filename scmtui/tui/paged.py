"""A pane that shows a page: the cursor, the keys that move it, and the rows in sight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual import getters
from textual.binding import Binding
from textual.geometry import Region
from textual.message import Message

from scmtui.language import N_, _
from scmtui.tui.keys import KeyedApp
from scmtui.tui.page import Page
from scmtui.tui.shown import Drawn, line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.binding import BindingType
    from textual.events import Click
    from textual.strip import Strip

    from scmtui.model import Address
    from scmtui.tui.page import Place
    from scmtui.tui.selection import Passage, Selection

Item = TypeVar("Item")
Row = TypeVar("Row")


class PagedPane(Drawn, Generic[Item, Row], can_focus=True):
    """Items one below another, the cursor on one of them.

    A subclass says how an item is broken into rows (`lay`), how a row is drawn (`draw`), where an
    item stands (`address_of`), and which is the paragraph with a number (`numbered`).
    """

    @dataclass
    class Moved(Message):
        """The cursor stands on another item."""

        address: Address

    @dataclass
    class Left(Message):
        """A jump left this item, and one may want to come back."""

        address: Address

    @dataclass
    class Filled(Message):
        """Other items are shown than before."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "move(1)", N_("Next part"), id="text.down", show=False),
        Binding("k,up", "move(-1)", N_("Previous part"), id="text.up", show=False),
        Binding("ctrl+d", "page(0.5)", N_("Half a page down"), id="text.half-down", show=False),
        Binding("ctrl+u", "page(-0.5)", N_("Half a page up"), id="text.half-up", show=False),
        Binding(
            "ctrl+f,space,pagedown", "page(1)", N_("Page down"), id="text.page-down", show=False
        ),
        Binding("ctrl+b,pageup", "page(-1)", N_("Page up"), id="text.page-up", show=False),
        Binding("ctrl+e", "scroll(1)", N_("Scroll a line down"), id="text.line-down", show=False),
        Binding("ctrl+y", "scroll(-1)", N_("Scroll a line up"), id="text.line-up", show=False),
        Binding("g g,home", "edge(False)", N_("Top"), id="text.top", show=False),
        Binding(
            "G,end",
            "edge(True)",
            N_("End, or with a number that paragraph"),
            id="text.bottom",
            show=False,
        ),
    ]

    app = getters.app(KeyedApp)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the framework's name
        super().__init__(id=id)
        self._page: Page[Item, Row] = Page(self.lay)
        self._fitted = (0, 0)
        self._cursor = 0
        self._strips: dict[int, dict[int, Strip]] = {}

    # What a subclass says

    def lay(self, item: Item, cells: int) -> list[Row]:
        """The rows of an item in lines of at most `cells` cells; the last one is blank."""
        raise NotImplementedError

    def draw(self, index: int, row: int) -> Strip:
        """One row of an item."""
        raise NotImplementedError

    def address_of(self, item: Item) -> Address:
        """Where an item stands."""
        raise NotImplementedError

    def numbered(self, number: int) -> int | None:
        """The item with the paragraph that has this number."""
        raise NotImplementedError

    def text_cells(self, width: int) -> int:
        """Cells in a line of text when the pane has `width` cells."""
        raise NotImplementedError

    # What a subclass says whose text can be selected

    unselectable: ClassVar[str] = N_("There is no text here to select.")
    """What is said where nothing can be selected."""

    def passages(self) -> Sequence[Passage]:
        """What can be selected, in the order in which it is read."""
        return ()

    def passage_here(self) -> int:
        """The passage under the cursor."""
        return 0

    def lines_of(self, passage: int) -> list[tuple[int, int]]:
        """The spans of the lines in which a passage is shown."""
        raise NotImplementedError

    def show_selected(self, selection: Selection | None) -> None:
        """Draw what is selected, with its moving end in sight; None for nothing."""

    def turn_side(self) -> bool:
        """Select from the other one of two texts; says whether there is one."""
        return False

    # What is shown

    @property
    def address(self) -> Address | None:
        """The address of the item under the cursor."""
        return self.address_of(self._page.items[self._cursor]) if self._page.items else None

    @property
    def share_read(self) -> float:
        """How far through the text the item under the cursor is, from 0 to 1."""
        return (self._cursor + 1) / len(self._page.items) if self._page.items else 0.0

    @property
    def above(self) -> int:
        """Rows from the top edge to the item under the cursor; negative if it begins above."""
        return self._page.above(self._cursor) if self._page.items else 0

    def notify_style_update(self) -> None:
        """Draw anew when the colours change."""
        super().notify_style_update()
        self._strips.clear()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Fit the page first: the first frame is drawn before any resize is told."""
        if self.size != self._fitted:
            self._fit()
        return super().render_lines(crop)

    def on_resize(self) -> None:
        if self.size != self._fitted:
            self._fit()
            self.refresh()

    def _fit(self) -> None:
        """Keep the item under the eyes when the size changes."""
        self._fitted = width, height = self.size
        self._page.resize(self.text_cells(width), height)
        if self._page.items:
            self._page.reveal(self._cursor)
        self._strips.clear()

    def fill(self, items: Sequence[Item]) -> None:
        """Show other items."""
        self._page.fill(items)
        self.post_message(self.Filled())

    def draw_anew(self) -> None:
        """Draw every row again."""
        self._strips.clear()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One row of the pane."""
        if y >= len(self._page.view):
            return line((), self.size.width, self.plain)
        index, row = self._page.view[y]
        strips = self._strips.setdefault(index, {})
        if row not in strips:
            strips[row] = self.draw(index, row)
        return strips[row]

    # Moving

    def move_to(self, index: int) -> None:
        """Put the cursor on an item and bring it into sight."""
        before, self._cursor = self._cursor, index
        self._moved(before, scrolled=self._page.reveal(index))

    def move_to_row(self, place: Place) -> None:
        """Put the cursor on an item and bring one row of it into sight."""
        before, self._cursor = self._cursor, place[0]
        self._moved(before, scrolled=self._page.reveal_row(place))

    def go_to_item(self, index: int) -> None:
        """Put the cursor on an item and show it from its beginning."""
        before, self._cursor = self._cursor, index
        self._moved(before, scrolled=self._page.reveal(index, jump=True))

    def jump(self, index: int) -> None:
        """Go to an item from which the reader may want to come back."""
        if index != self._cursor and self.address:
            self.post_message(self.Left(self.address))
        self.go_to_item(index)

    def _moved(self, before: int, *, scrolled: bool) -> None:
        """Draw what a move changed, and tell of it."""
        if before != self._cursor:
            self._strips.pop(before, None)
            self._strips.pop(self._cursor, None)
            self.post_message(self.Moved(self.address_of(self._page.items[self._cursor])))
        if scrolled:
            self.refresh()
        elif before != self._cursor:
            self._refresh_items(before, self._cursor)

    def _refresh_items(self, *indexes: int) -> None:
        rows = [y for y, (index, _row) in enumerate(self._page.view) if index in indexes]
        if rows:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in rows))

    def _follow(self, index: int) -> None:
        """After scrolling: the cursor goes to an item in sight."""
        before = self._cursor
        seen = [item for item, _row in self._page.view]
        self._cursor = max(seen[0], min(index, seen[-1]))
        self._moved(before, scrolled=True)

    def action_move(self, parts: int) -> None:
        """Go to the next part, or a line further in a part longer than the pane."""
        if not self._page.items:
            return
        for _turn in range(self.app.count or 1):
            if self._page.goes_on(self._cursor, down=parts > 0) and self._page.scroll(parts):
                self.refresh()
                continue
            index = self._cursor + parts
            if not 0 <= index < len(self._page.items):
                break
            self.move_to(index)
            if parts < 0 and len(self._page.rows_of(index)) - 1 > self._page.height:
                self._page.show_end(index)

    def action_page(self, pages: float) -> None:
        """Scroll by pages and take the cursor along."""
        if not self._page.items:
            return
        rows = int(max(1, self._page.height - 2) * abs(pages)) or 1
        if self._page.scroll(rows if pages > 0 else -rows):
            index, row = self._page.top
            self._follow(index + (row > 0))
        else:
            self.move_to(len(self._page.items) - 1 if pages > 0 else 0)

    def action_edge(self, last: bool) -> None:
        """Go to the first or last part, or with a count to that paragraph."""
        number = self.app.count
        if not self._page.items:
            return
        if number is None:
            self.jump(len(self._page.items) - 1 if last else 0)
            return
        index = self.numbered(number)
        if index is not None:
            self.jump(index)
        else:
            self.app.say(_("There is no paragraph {number} here.").format(number=number))

    def on_click(self, event: Click) -> None:
        """Put the cursor on the part that was clicked."""
        if event.y < len(self._page.view):
            self.move_to(self._page.view[event.y][0])

    def on_mouse_scroll_down(self) -> None:
        self._scroll(3)

    def on_mouse_scroll_up(self) -> None:
        self._scroll(-3)

    def action_scroll(self, rows: int) -> None:
        """Scroll by a line; the cursor stays where it is while it is in sight."""
        self._scroll(rows * (self.app.count or 1))

    def _scroll(self, rows: int) -> None:
        if self._page.scroll(rows):
            self._follow(self._cursor)

    def on_focus(self) -> None:
        self._refocus()

    def on_blur(self) -> None:
        self._refocus()

    def _refocus(self) -> None:
        self._strips.pop(self._cursor, None)
        self._refresh_items(self._cursor)
