"""The paragraph pane: the text of one document, with the cursor on a part."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.reactive import var

from scmtui.language import N_
from scmtui.model import Address, Document
from scmtui.tui.notes.beside import NOTE, Beside, theme_names
from scmtui.tui.paged import PagedPane
from scmtui.tui.parts import Item, Row, index_of, items_of, nearest, rows_of
from scmtui.tui.selection import PART, Passage, Selection
from scmtui.tui.shown import highlighted, line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rich.style import Style
    from textual.binding import BindingType
    from textual.strip import Strip

    from scmtui.library.notes import Note

GUTTER = 8
"""Cells left of the text: the cursor bar, a sign, the number, a sign, a blank."""
MARGIN = 2
"""Cells right of the text."""

Span = tuple[int, int]


class ParagraphPane(PagedPane[Item, Row]):
    """The numbered paragraphs of the open document."""

    BINDINGS: ClassVar[list[BindingType]] = [
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

    document: var[Document | None] = var(None, init=False)
    only: var[frozenset[int] | None] = var(None, init=False)
    """The paragraphs to show (the others are left out), or None for all."""
    bright: var[frozenset[int] | None] = var(None, init=False)
    """The paragraphs to show bright (the others are dimmed), or None for all."""

    def __init__(self, *, cells: int, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._widest = cells
        self._terms: Mapping[Address, Sequence[Span]] = {}
        self._found: Mapping[Address, Sequence[Span]] = {}
        self._marks: frozenset[Address] = frozenset()
        self._beside = Beside()
        self._unfolded: set[Address] = set()
        self._selected: Mapping[Address, Sequence[Span]] = {}

    def lay(self, item: Item, cells: int) -> list[Row]:
        """The rows of a part, and of what the reader wrote under it."""
        *text, blank = rows_of(item, cells)
        return [*text, *self._written_under(item, cells), blank]

    def _written_under(self, item: Item, cells: int) -> Iterator[Row]:
        address = item.address
        notes, tags = self._beside.notes.get(address, ()), self._beside.tags.get(address, ())
        folded = address not in self._unfolded
        if notes or (tags and not folded):
            from scmtui.tui.notes import lines  # only where there is something

            for note in notes:
                words = self._words_of(note, item)
                for pieces in lines.rows(note, words, cells, folded=folded):
                    yield Row("written", pieces=pieces)
            if not folded:
                names = theme_names()
                named = [names.get(tag.tag, tag.tag) for tag in tags]
                for pieces in lines.tag_rows(named, cells):
                    yield Row("written", pieces=pieces)

    @staticmethod
    def _words_of(note: Note, item: Item) -> str:
        """The words that a note is on, where it is not on the whole part or more."""
        at = note.position
        return "" if at.address.part is None or at.quote == item.part.text else at.quote

    def address_of(self, item: Item) -> Address:
        """The address of a part."""
        return item.address

    def text_at(self, address: Address) -> str:
        """The text of the part at an address, if it is among those shown."""
        index = index_of(self._page.items, address) if address.part else None
        return "" if index is None else self._page.items[index].part.text

    def numbered(self, number: int) -> int | None:
        """The first part of the paragraph with this number."""
        document = self.document
        return index_of(self._page.items, Address(document.id, number)) if document else None

    def text_cells(self, width: int) -> int:
        """What the gutter and the margin leave, and no more than the reader wishes."""
        return max(8, min(width - GUTTER - MARGIN, self._widest))

    def show(self, document: Document, address: Address, above: int = 0) -> None:
        """Show a document with the cursor on `address`, `above` rows below the top edge."""
        self.document = document
        self.set_reactive(ParagraphPane.only, None)
        self.set_reactive(ParagraphPane.bright, None)
        self._terms, self._beside = {}, Beside()
        self.fill(items_of(document))
        self._cursor = nearest(self._page.items, address)
        self._page.put(self._cursor, above)
        self.draw_anew()

    def go(self, address: Address) -> None:
        """Put the cursor on an address, or on what comes after it when it is left out."""
        self.go_to_item(nearest(self._page.items, address))

    def step_to(self, numbers: frozenset[int], step: int) -> bool:
        """Put the cursor on the next paragraph among these; says whether there is one."""
        index = self._cursor + step
        while 0 <= index < len(self._page.items):
            item = self._page.items[index]
            if item.first and item.paragraph.number in numbers:
                self.jump(index)
                return True
            index += step
        return False

    def highlight(self, terms: Mapping[Address, Sequence[Span]]) -> None:
        """Mark spans of parts (and, under a paragraph's own address, of its heading)."""
        self._terms = terms
        self.draw_anew()

    def show_found(self, found: Mapping[Address, Sequence[Span]]) -> None:
        """Mark what a search found, by the address of the part or the heading's paragraph."""
        self._found = found
        self.draw_anew()

    def show_marks(self, marks: frozenset[Address]) -> None:
        """Show that the reader wrote at these parts."""
        self._marks = marks
        self.draw_anew()

    def show_beside(self, beside: Beside) -> None:
        """Show what the reader put beside these parts, with the eyes where they are."""
        before, self._beside = self._beside, beside
        if (before.notes, before.tags) != (beside.notes, beside.tags):
            self._lay_anew()
        elif before != beside:
            self.draw_anew()

    def fold(self) -> bool:
        """Unfold or fold what is written under the part at the cursor; says if there is any."""
        address = self.address
        if not address or not (address in self._beside.notes or address in self._beside.tags):
            return False
        self._unfolded ^= {address}
        self._lay_anew()
        return True

    def make_room(self, rows: int) -> None:
        """Bring the part at the cursor into sight where `rows` lines at the foot are covered."""
        if self._page.items:
            free = self.size.height - rows
            highest = free - len(self._page.rows_of(self._cursor))
            if self.above > max(0, highest):
                self._page.put(self._cursor, max(0, highest))
                self.draw_anew()

    def _lay_anew(self) -> None:
        """Break the lines anew, with the part under the cursor where it was."""
        above = self.above
        self._page.fill(self._page.items)
        if self._page.items:
            self._page.put(self._cursor, above)
            self._page.reveal(self._cursor)
        self.draw_anew()

    def watch_only(self) -> None:
        """Leave out, or show again, and keep the cursor on its part or the next one shown."""
        if self.document:
            here = self.address
            self.fill(items_of(self.document, self.only))
            self._cursor = nearest(self._page.items, here) if here else 0
            self._page.reveal(self._cursor, jump=True)
            self.draw_anew()
            if self.address and self.address != here:
                self.post_message(self.Moved(self.address))

    def watch_bright(self) -> None:
        self.draw_anew()

    def _dimmed(self, item: Item) -> bool:
        return self.bright is not None and item.paragraph.number not in self.bright

    def draw(self, index: int, row: int) -> Strip:
        """One row of a part: the gutter, then the text with what is marked in it."""
        item, what = self._page.items[index], self._page.rows_of(index)[row]
        plain = base = self.plain
        text, address = item.part.text, item.address
        if what.kind == "heading":
            text, address = item.paragraph.heading, address.up
            base = self.look("title")
        if self._dimmed(item):
            base = self.look("dim")
        if what.kind == "written":
            said = ((it, base + self.look(name) if name else base) for it, name in what.pieces)
            return line([*self._gutter(index, row), *said], self.size.width, plain)
        pieces = highlighted(
            text,
            (what.start, what.end),
            base,
            (self._noted(item, text), self.look("noted")),
            (self._terms.get(address, ()), self.look("term")),
            (self._found.get(address, ()), self.look("found")),
            (self._selected.get(address, ()), self.look("selected")),
        )
        return line([*self._gutter(index, row), *pieces], self.size.width, plain)

    def _noted(self, item: Item, text: str) -> list[Span]:
        """The words of a part that a note or a tag is on, where it is not on all of them."""
        address = item.address
        positions = [it.position for it in self._beside.notes.get(address, ())]
        positions += [it.position for it in self._beside.tags.get(address, ())]
        quotes = {it.quote for it in positions if it.address.part is not None}
        found = {quote: text.find(quote) for quote in quotes if 0 < len(quote) < len(text)}
        return [(at, at + len(quote)) for quote, at in found.items() if at >= 0]

    def _gutter(self, index: int, row: int) -> Iterator[tuple[str, Style]]:
        """The cursor's bar, a sign, the number of the paragraph on its first row, a sign."""
        item = self._page.items[index]
        on = index == self._cursor and row < len(self._page.rows_of(index)) - 1
        yield (
            "▌" if on else " ",
            self.look("strong" if self.has_focus or self._selected else "dim"),
        )
        first, second = self._signs(item)
        mark, dim = self.look("mark"), self.look("dim")
        number = item.paragraph.number if item.first and row == 0 else 0
        yield (first[row : row + 1] or " ", mark)
        yield (f"{number or '':>4}", dim if self._dimmed(item) else self.look("title"))
        yield (f"{second[row : row + 1]:1} ", mark)

    def _signs(self, item: Item) -> tuple[str, str]:
        """The signs of the two columns beside a part, from its first row on downwards."""
        first, second = self._beside.signs(item.address)
        if item.address in self._marks:
            first = NOTE + first
        if item.first and self.bright and not self._dimmed(item):
            first += "•"
        return first, second

    # Selecting

    def passages(self) -> Sequence[Passage]:
        """The parts shown."""
        return [Passage(item.address, item.part.text) for item in self._page.items]

    def passage_here(self) -> int:
        """The part under the cursor."""
        return self._cursor

    def lines_of(self, passage: int) -> list[Span]:
        """The lines of a part's text."""
        return [(it.start, it.end) for it in self._page.rows_of(passage) if it.kind == "text"]

    def show_selected(self, selection: Selection | None) -> None:
        """Draw what is selected, with its moving end in sight; None for nothing."""
        self._selected = (
            {piece.address: [(piece.start, piece.end)] for piece in selection.selected}
            if selection
            else {}
        )
        self.draw_anew()
        if selection:
            index, start, _end = selection.head
            rows = enumerate(self._page.rows_of(index))
            at = next((n for n, it in rows if it.kind == "text" and it.end > start), 0)
            if selection.unit == PART:
                self.move_to(index)
            else:
                self.move_to_row((index, at))

    # Moving

    def action_paragraph(self, step: int) -> None:
        """Go to the next or previous paragraph; from the middle of one, first to its beginning."""
        items = self._page.items
        for _turn in range(self.app.count or 1):
            index = self._cursor + step
            while 0 <= index < len(items) and not items[index].first:
                index += step
            if 0 <= index < len(items):
                self.move_to(index)
