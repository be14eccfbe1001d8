"""A list of one-line rows with a cursor: the base of every list on the screens.

Only the rows in sight are drawn, and a move repaints two of them, so that a list of ten thousand
costs what a list of ten does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.style import Style
from textual import getters
from textual.binding import Binding
from textual.geometry import Region
from textual.reactive import var

from scmtui.language import N_, _
from scmtui.text import cut, width
from scmtui.tui.keys import KeyedApp
from scmtui.tui.shown import Drawn, line
from scmtui.wording import day

if TYPE_CHECKING:
    from textual.binding import BindingType
    from textual.events import Click, MouseScrollDown, MouseScrollUp
    from textual.strip import Strip

    from scmtui.model import Facts

Piece = tuple[str, Style]

REVERSE = Style(reverse=True)
OFFICIAL, UNOFFICIAL = " ", "*"
"""What stands before the address of a passage: nothing, or that its document is not official."""


def unofficial_sign() -> str:
    """The sign of a row that is not official, with what it means."""
    return f"{UNOFFICIAL} {_('not official')}"


def heading(facts: Facts, cells: int) -> str:
    """A title, when the meeting was held, and that a text is not official.

    The title gives way where `cells` are few, then the date; never that it is not official.
    """
    unofficial = "" if facts.official else f" · {_('not official')}"
    held = f" · {day(facts.held)}"
    if cells < 2 * width(held + unofficial):
        held = ""
    end = held + unofficial
    return cut(facts.title, max(0, cells - width(end))) + end


class RowList(Drawn, can_focus=True):
    """Rows under a title, one of them under the cursor.

    A subclass says how many rows there are (`count`), what stands in each (`pieces`), and what it
    means to choose one (`choose`).
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "move(1)", N_("Next row"), id="rows.down", show=False),
        Binding("k,up", "move(-1)", N_("Previous row"), id="rows.up", show=False),
        Binding("ctrl+d", "page(0.5)", N_("Half a page down"), id="rows.half-down", show=False),
        Binding("ctrl+u", "page(-0.5)", N_("Half a page up"), id="rows.half-up", show=False),
        Binding("ctrl+f,pagedown", "page(1)", N_("Page down"), id="rows.page-down", show=False),
        Binding("ctrl+b,pageup", "page(-1)", N_("Page up"), id="rows.page-up", show=False),
        Binding("g g,home", "edge(False)", N_("First row"), id="rows.top", show=False),
        Binding("G,end", "edge(True)", N_("Last row"), id="rows.bottom", show=False),
        Binding("enter", "choose", N_("Choose"), id="rows.choose"),
    ]

    led: ClassVar[bool] = False
    """Whether a field above the list moves its cursor and keeps the focus."""

    app = getters.app(KeyedApp)
    cursor: var[int] = var(0, init=False)
    """Index of the row that the keys act on."""

    def __init__(self, *, id: str | None = None, title: str = "") -> None:  # noqa: A002
        super().__init__(id=id)
        self.title = title
        self._top = 0

    @property
    def count(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def pieces(self, index: int) -> list[Piece]:
        """The text of a row with its styles, from the left."""
        raise NotImplementedError

    def choose(self, index: int) -> None:
        """Act on a row."""

    @property
    def _head(self) -> int:
        return 1 if self.title else 0

    @property
    def rows_in_sight(self) -> int:
        """How many rows the list has room for."""
        return max(1, self.size.height - self._head - self.foot)

    @property
    def foot(self) -> int:
        """Lines that a subclass keeps for itself at the bottom (see `foot_line`)."""
        return 0

    def foot_line(self, y: int) -> Strip:
        """Line `y` of the foot, from 0."""
        raise NotImplementedError

    def rows_changed(self) -> None:
        """Draw again after the rows themselves have changed; the cursor stays where it can."""
        self.set_reactive(RowList.cursor, min(self.cursor, max(0, self.count - 1)))
        self._follow()
        self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Bring the cursor into sight first: the size may have changed while nothing was shown."""
        self._follow()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One line of the list: the title, a row, or a line of the foot."""
        cells, plain = self.size.width, self.plain
        if y < self._head:
            return self._title_line(cells)
        if y >= self.size.height - self.foot:
            return self.foot_line(y - (self.size.height - self.foot))
        index = self._top + y - self._head
        if not 0 <= index < self.count:
            return line((), cells, plain)
        if index != self.cursor:
            return line([(" ", plain), *self.pieces(index)], cells, plain)
        if not (self.has_focus or self.led):
            return line([("›", self.look("quiet")), *self.pieces(index)], cells, plain)
        under = Style(bgcolor=self.look("cursor").bgcolor)
        pieces = [("▌", self.look("mark")), *self.pieces(index)]
        return line([(text, style + under) for text, style in pieces], cells, plain + under)

    def _title_line(self, cells: int) -> Strip:
        style, end = self.look("title"), self.title_end()
        left = line(
            [(f" {self.title} ", style + REVERSE if self.has_focus else style)],
            max(0, cells - cell_len(end)),
            self.plain,
        )
        return left.join([left, line([(end, self.look("quiet"))], cell_len(end), self.plain)])

    def title_end(self) -> str:
        """What stands at the right end of the title's line."""
        return ""

    def _follow(self) -> bool:
        """Bring the cursor into sight; says whether the rows moved."""
        before, room = self._top, self.rows_in_sight
        highest = max(0, self.count - room)
        self._top = min(max(self._top, self.cursor - room + 1), self.cursor, highest)
        self._top = max(0, self._top)
        return self._top != before

    def watch_cursor(self, before: int, after: int) -> None:
        if self._follow():
            self.refresh()
        else:
            self.refresh(*(self._region(index) for index in (before, after)))

    def _region(self, index: int) -> Region:
        return Region(0, index - self._top + self._head, self.size.width, 1)

    def on_resize(self) -> None:
        self._follow()

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def validate_cursor(self, cursor: int) -> int:
        return max(0, min(cursor, self.count - 1))

    def on_click(self, event: Click) -> None:
        index = self._top + event.y - self._head
        if self._head <= event.y < self.size.height - self.foot and index < self.count:
            self.cursor = index
            self.choose(index)

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        event.stop()
        self.cursor += 3

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        event.stop()
        self.cursor -= 3

    def action_move(self, rows: int) -> None:
        self.cursor += rows * (self.app.count or 1)

    def action_page(self, pages: float) -> None:
        self.cursor += int(self.rows_in_sight * pages)

    def action_edge(self, last: bool) -> None:
        self.cursor = self.count - 1 if last else 0

    def action_choose(self) -> None:
        if self.count:
            self.choose(self.cursor)
