"""The paragraph pane: the text of one document, with the cursor on a part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import getters
from textual.binding import Binding
from textual.geometry import Region
from textual.message import Message
from textual.reactive import var

from scmtui.language import N_, _
from scmtui.model import Address, Document
from scmtui.tui.keys import KeyedApp
from scmtui.tui.page import Page
from scmtui.tui.parts import Item, index_of, items_of, nearest, rows_of
from scmtui.tui.shown import Drawn, highlighted, line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rich.style import Style
    from textual.binding import BindingType
    from textual.events import Click
    from textual.strip import Strip

GUTTER = 8
"""Cells left of the text: the cursor bar, a mark, the number, blanks."""
MARGIN = 2
"""Cells right of the text."""

Span = tuple[int, int]


class ParagraphPane(Drawn, can_focus=True):
    """The numbered paragraphs of the open document."""

    @dataclass
    class Moved(Message):
        """The cursor stands on another part."""

        address: Address

    @dataclass
    class Left(Message):
        """A jump left this part, and one may want to come back."""

        address: Address

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "paragraph--number",
        "paragraph--heading",
        "paragraph--cursor",
        "paragraph--mark",
        "paragraph--term",
        "paragraph--found",
        "paragraph--dim",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "move(1)", N_("Next part"), id="text.down", show=False),
        Binding("k,up", "move(-1)", N_("Previous part"), id="text.up", show=False),
        Binding("ctrl+d", "page(0.5)", N_("Half a page down"), id="text.half-down", show=False),
        Binding("ctrl+u", "page(-0.5)", N_("Half a page up"), id="text.half-up", show=False),
        Binding(
            "ctrl+f,space,pagedown", "page(1)", N_("Page down"), id="text.page-down", show=False
        ),
        Binding("ctrl+b,pageup", "page(-1)", N_("Page up"), id="text.page-up", show=False),
        Binding("g g,home", "edge(False)", N_("Top"), id="text.top", show=False),
        Binding(
            "G,end",
            "edge(True)",
            N_("End, or with a number that paragraph"),
            id="text.bottom",
            show=False,
        ),
        Binding(
            "right_curly_bracket", "paragraph(1)", N_("Next paragraph"), id="text.next", show=False
        ),
        Binding(
            "left_curly_bracket",
            "paragraph(-1)",
            N_("Previous paragraph"),
            id="text.previous",
            show=False,
        ),
    ]

    app = getters.app(KeyedApp)
    document: var[Document | None] = var(None, init=False)
    only: var[frozenset[int] | None] = var(None, init=False)
    """The paragraphs to show (the others are left out), or None for all."""
    bright: var[frozenset[int] | None] = var(None, init=False)
    """The paragraphs to show bright (the others are dimmed), or None for all."""

    def __init__(self, *, cells: int, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._widest = cells
        self._page = Page(rows_of)
        self._fitted = (0, 0)
        self._cursor = 0
        self._strips: dict[int, dict[int, Strip]] = {}
        self._terms: Mapping[Address, Sequence[Span]] = {}
        self._found: Mapping[Address, Sequence[Span]] = {}
        self._marks: frozenset[Address] = frozenset()

    # What is shown

    @property
    def address(self) -> Address | None:
        """The address of the part under the cursor."""
        return self._page.items[self._cursor].address if self._page.items else None

    @property
    def share_read(self) -> float:
        """How far through the text the part under the cursor is, from 0 to 1."""
        return (self._cursor + 1) / len(self._page.items) if self._page.items else 0.0

    @property
    def above(self) -> int:
        """Rows from the top edge to the part under the cursor; negative if it begins above."""
        return self._page.above(self._cursor) if self._page.items else 0

    def show(self, document: Document, address: Address, above: int = 0) -> None:
        """Show a document with the cursor on `address`, `above` rows below the top edge."""
        self.document = document
        self.set_reactive(ParagraphPane.only, None)
        self.set_reactive(ParagraphPane.bright, None)
        self._terms = {}
        self._page.fill(items_of(document))
        self._cursor = nearest(self._page.items, address)
        self._page.put(self._cursor, above)
        self._draw_anew()

    def go(self, address: Address) -> None:
        """Put the cursor on an address, or on what comes after it when it is left out."""
        self._go(nearest(self._page.items, address))

    def _go(self, index: int) -> None:
        """Put the cursor on an item and show it from its beginning."""
        before, self._cursor = self._cursor, index
        self._moved(before, scrolled=self._page.reveal(index, jump=True))

    def step_to(self, numbers: frozenset[int], step: int) -> bool:
        """Put the cursor on the next paragraph among these; says whether there is one."""
        index = self._cursor + step
        while 0 <= index < len(self._page.items):
            item = self._page.items[index]
            if item.first and item.paragraph.number in numbers:
                self._jump(index)
                return True
            index += step
        return False

    def highlight(self, terms: Mapping[Address, Sequence[Span]]) -> None:
        """Mark spans of parts (and, under a paragraph's own address, of its heading)."""
        self._terms = terms
        self._draw_anew()

    def show_found(self, found: Mapping[Address, Sequence[Span]]) -> None:
        """Mark what a search found, by the address of the part or the heading's paragraph."""
        self._found = found
        self._draw_anew()

    def show_marks(self, marks: frozenset[Address]) -> None:
        """Show a mark beside these parts."""
        self._marks = marks
        self._draw_anew()

    def watch_only(self) -> None:
        """Leave out, or show again, and keep the cursor on its part or the next one shown."""
        if self.document:
            here = self.address
            self._page.fill(items_of(self.document, self.only))
            self._cursor = nearest(self._page.items, here) if here else 0
            self._page.reveal(self._cursor, jump=True)
            self._draw_anew()
            if self.address and self.address != here:
                self.post_message(self.Moved(self.address))

    def watch_bright(self) -> None:
        self._draw_anew()

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
        """Keep the part under the eyes when the size changes."""
        self._fitted = width, height = self.size
        self._page.resize(max(8, min(width - GUTTER - MARGIN, self._widest)), height)
        if self._page.items:
            self._page.reveal(self._cursor)
        self._strips.clear()

    def _draw_anew(self) -> None:
        self._strips.clear()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One row of the pane."""
        if y >= len(self._page.view):
            return line((), self.size.width, self.plain)
        index, row = self._page.view[y]
        strips = self._strips.setdefault(index, {})
        if row not in strips:
            strips[row] = self._strip(index, row)
        return strips[row]

    def _dimmed(self, item: Item) -> bool:
        return self.bright is not None and item.paragraph.number not in self.bright

    def _strip(self, index: int, row: int) -> Strip:
        item, (kind, *span) = self._page.items[index], self._page.rows_of(index)[row]
        plain = base = self.plain
        text, address = item.part.text, item.address
        if kind == "heading":
            text, address = item.paragraph.heading, address.up
            base = self._style("heading")
        if self._dimmed(item):
            base = self._style("dim")
        pieces = highlighted(
            text,
            (span[0], span[1]),
            base,
            (self._terms.get(address, ()), self._style("term")),
            (self._found.get(address, ()), self._style("found")),
        )
        return line([*self._gutter(index, row), *pieces], self.size.width, plain)

    def _gutter(self, index: int, row: int) -> Iterator[tuple[str, Style]]:
        """The cursor's bar, a mark, and the number of the paragraph on its first row."""
        item = self._page.items[index]
        on = index == self._cursor and row < len(self._page.rows_of(index)) - 1
        yield ("▌" if on else " ", self._style("cursor" if self.has_focus else "dim"))
        mark = " "
        if row == 0 and item.address in self._marks:
            mark = "✎"
        elif row == 0 and item.first and self.bright and not self._dimmed(item):
            mark = "•"
        yield (mark, self._style("mark"))
        number = item.paragraph.number if item.first and row == 0 else 0
        yield (f"{number or '':>4}  ", self._style("dim" if self._dimmed(item) else "number"))

    def _style(self, name: str) -> Style:
        return self.look(f"paragraph--{name}")

    # Moving

    def _move_to(self, index: int) -> None:
        """Put the cursor on an item and bring it into sight."""
        before, self._cursor = self._cursor, index
        self._moved(before, scrolled=self._page.reveal(index))

    def _jump(self, index: int) -> None:
        """Go to an item from which the reader may want to come back."""
        if index != self._cursor and self.address:
            self.post_message(self.Left(self.address))
        self._go(index)

    def _moved(self, before: int, *, scrolled: bool) -> None:
        """Draw what a move changed, and tell of it."""
        if before != self._cursor:
            self._strips.pop(before, None)
            self._strips.pop(self._cursor, None)
            self.post_message(self.Moved(self._page.items[self._cursor].address))
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
        for _turn in range(self.app.count or 1):
            if self._page.goes_on(self._cursor, down=parts > 0) and self._page.scroll(parts):
                self.refresh()
                continue
            index = self._cursor + parts
            if not 0 <= index < len(self._page.items):
                break
            self._move_to(index)
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
            self._move_to(len(self._page.items) - 1 if pages > 0 else 0)

    def action_edge(self, last: bool) -> None:
        """Go to the first or last part, or with a count to that paragraph."""
        number = self.app.count
        if not self.document or not self._page.items:
            return
        if number is None:
            self._jump(len(self._page.items) - 1 if last else 0)
            return
        index = index_of(self._page.items, Address(self.document.id, number))
        if index is not None:
            self._jump(index)
        else:
            self.app.say(_("There is no paragraph {number} here.").format(number=number))

    def action_paragraph(self, step: int) -> None:
        """Go to the next or previous paragraph; from the middle of one, first to its beginning."""
        items = self._page.items
        for _turn in range(self.app.count or 1):
            index = self._cursor + step
            while 0 <= index < len(items) and not items[index].first:
                index += step
            if 0 <= index < len(items):
                self._move_to(index)

    def on_click(self, event: Click) -> None:
        """Put the cursor on the part that was clicked."""
        if event.y < len(self._page.view):
            self._move_to(self._page.view[event.y][0])

    def on_mouse_scroll_down(self) -> None:
        self._wheel(3)

    def on_mouse_scroll_up(self) -> None:
        self._wheel(-3)

    def _wheel(self, rows: int) -> None:
        if self._page.scroll(rows):
            self._follow(self._cursor)

    def on_focus(self) -> None:
        self._refocus()

    def on_blur(self) -> None:
        self._refocus()

    def _refocus(self) -> None:
        self._strips.pop(self._cursor, None)
        self._refresh_items(self._cursor)
