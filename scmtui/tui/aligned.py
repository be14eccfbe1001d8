"""The pane of aligned rows: both sides at one height, or as one text, and the change map."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.reactive import var

from scmtui.language import N_, _
from scmtui.model import Address, Document
from scmtui.tui.listing import Shown
from scmtui.tui.notes.beside import MARK, NOTE, TAG, TRAY
from scmtui.tui.pairs import (
    BETWEEN,
    LEFT,
    NUMBER,
    RIGHT,
    Fold,
    Item,
    Pair,
    Row,
    column_cells,
    gutter,
    lay,
)
from scmtui.tui.shown import highlighted, line
from scmtui.tui.sides import SidedPane
from scmtui.wording import row_in_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from rich.style import Style
    from textual.binding import BindingType
    from textual.strip import Strip

    from scmtui.tui.listing import Listing
    from scmtui.tui.notes.beside import Beside
    from scmtui.tui.page import Place

COLUMNS_FROM = 100
"""Columns of the terminal from which on two columns of text have room."""
BAR = 1
MAP = 2
"""Cells at the right edge: a blank and the change map."""
WAYS = ("◂", "▸")
"""What stands beside a paragraph of the left and of the right where both are in one column."""
SIGNS = {"-": "gone", "+": "new", "<": "moved", ">": "moved"}


class ComparePane(SidedPane):
    """The aligned rows, in one of the modes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "move(1)", N_("Next aligned row"), id="text.down", show=False),
        Binding("k,up", "move(-1)", N_("Previous aligned row"), id="text.up", show=False),
        Binding(
            "right_square_bracket c", "change(1)", N_("Next change"), id="change.next", show=False
        ),
        Binding(
            "left_square_bracket c",
            "change(-1)",
            N_("Previous change"),
            id="change.previous",
            show=False,
        ),
    ]

    mode: var[str] = var("columns", init=False)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._listing: Listing | None = None
        self._shown = Shown(())
        self._signs: tuple[Mapping[str, str], Mapping[str, str]] = ({}, {})
        self._found: Mapping[Address, Sequence[tuple[int, int]]] = {}

    def show_beside(self, besides: Sequence[Beside]) -> None:
        """Show what the reader put beside the paragraphs of the left and of the right."""
        left, right = map(signs_of, besides)
        if self._signs != (left, right):
            self._signs = left, right
            self.draw_anew()

    def show_found(self, found: Mapping[Address, Sequence[tuple[int, int]]]) -> None:
        """Mark what a search found, by the address of the part or the heading's paragraph."""
        self._found = found
        self.draw_anew()

    def has(self, address: Address) -> bool:
        """Whether an address is in one of the rows that are shown."""
        return self._index(address) is not None

    def show(self, documents: tuple[Document, Document], listing: Listing | None) -> None:
        """Show the aligned rows of two documents that are asked for; None for none."""
        here = self.address
        self._documents, self._listing = documents, listing
        self._fill(here)

    def watch_mode(self) -> None:
        self._fill(self.address)

    def _fill(self, here: Address | None) -> None:
        """Show the rows as the mode has them, with the cursor where it was or right after it."""
        self.forget_side()
        self._cursor = 0
        self._shown = Shown(())
        if self._listing:
            folds = self.mode == "changes"
            self._shown = self._listing.folded if folds else self._listing.whole
        self.fill(self._shown.items)
        number = self._listing.near(here) if self._listing and here else None
        index = None if number is None else self._shown.at(number)
        if index is not None:
            self.go_to_item(index)
        self.draw_anew()

    def lay_anew(self) -> None:
        """Make the redlines in sight anew, and keep what is under the eyes there."""
        self._page.resize(self._page.cells, self._page.height)
        self.draw_anew()

    @property
    def has_room(self) -> bool:
        """Whether the terminal is wide enough for two columns of text."""
        return self.app.size.width >= COLUMNS_FROM

    @property
    def shape(self) -> str:
        """How a pair is laid out now: columns need room."""
        if self.mode in {"columns", "changes"}:
            return "columns" if self.has_room else "interleaved"
        return "marked" if self.app.no_color else self.mode

    # What the page asks for

    def lay(self, item: Item, cells: int) -> list[Row]:
        """The rows of a pair in the present shape."""
        return lay(item, cells, self.shape)

    def text_cells(self, width: int) -> int:
        """What the bar and the map leave."""
        return max(20, width - BAR - MAP)

    def address_of(self, item: Item) -> Address:
        """The address of a pair's left side, of its right side where there is no left one."""
        row = item.pairs[0].row if isinstance(item, Fold) else item.row
        return (row.left or row.right)[0]

    def numbered(self, number: int) -> int | None:
        """The row that has the base's paragraph with this number."""
        if self._documents is None:
            return None
        return self._index(Address(self._documents[0].id, number))

    def _index(self, address: Address) -> int | None:
        number = self._listing.has(address) if self._listing else None
        return None if number is None else self._shown.at(number)

    def go_to(self, address: Address) -> bool:
        """Put the cursor on the row with an address; says whether there is one."""
        index = self._index(address)
        if index is not None:
            self.go_to_item(index)
        return index is not None

    def go_to_found(self, address: Address, at: int) -> None:
        """Put the cursor on the row with an address and bring a place in its text into sight."""
        if not self.go_to(address) or not self.pair:
            return
        for number, row in enumerate(self._page.rows_of(self._cursor)):
            for side, of_side in enumerate(self.pair.sides):
                span, start = span_of(row, side), of_side.starts.get(address)
                if row.kind != "merged" and span and start is not None and span[1] > start + at:
                    self.move_to_row((self._cursor, number))
                    return

    def action_change(self, step: int) -> None:
        """Go to the next or previous row that differs."""
        index = self._shown.next_change(self._cursor, step)
        if index is not None:
            self.move_to(index)
        elif self._page.items:
            self.app.say(_("There is no further change in this direction."))

    # Drawing

    def draw(self, index: int, row: int) -> Strip:
        """One row: the cursor's bar, the text, and the change map."""
        item, what = self._page.items[index], self._page.rows_of(index)[row]
        on = index == self._cursor and what.kind != "blank"
        bar = ("▌" if on else " ", self.look("strong" if self.has_focus else "quiet"))
        cells = max(1, self.size.width - BAR - MAP)
        if isinstance(item, Fold):
            body = self._folded(item, what, cells)
        elif what.kind == "columns":
            body = self._columns(item, (index, row), cells)
        else:
            body = line(self._pieces(item, (index, row)), cells, self.plain)
        return body.join([line([bar], BAR, self.plain), body])

    def render_line(self, y: int) -> Strip:
        """One row of the pane with its piece of the change map."""
        strip = super().render_line(y)
        width = self.size.width
        strip = strip.adjust_cell_length(width - MAP, self.plain)
        mark = line(
            [(f" {self._shown.marks(self.size.height)[y]}", self.look("quiet"))], MAP, self.plain
        )
        return strip.join([strip, mark])

    def _folded(self, fold: Fold, what: Row, cells: int) -> Strip:
        if what.kind == "blank":
            return line((), cells, self.plain)
        count = len(fold.pairs)
        said = _("— {count} alike —").format(count=count)
        return line([("     " + said, self.look("quiet"))], cells, self.plain)

    def _columns(self, pair: Pair, place: Place, cells: int) -> Strip:
        room = column_cells(cells) + NUMBER
        between = line([(" │ ", self.look("quiet"))], BETWEEN, self.plain)
        left = line(self._half(pair, LEFT, place, room), room, self.plain)
        rest = cells - room - BETWEEN
        right = line(self._half(pair, RIGHT, place, rest), rest, self.plain)
        return left.join([left, between, right])

    def _half(self, pair: Pair, side: int, place: Place, cells: int) -> Iterator[tuple[str, Style]]:
        if span_of(self._row(place), side):
            yield from self._numbered(pair, side, place)
        elif not pair.sides[side].numbers:
            yield " " * NUMBER + ("╱ " * cells)[: cells - NUMBER], self.look("quiet")

    def _row(self, place: Place) -> Row:
        index, row = place
        return self._page.rows_of(index)[row]

    def _numbered(
        self, pair: Pair, side: int, place: Place, sign: str = " "
    ) -> Iterator[tuple[str, Style]]:
        """A line of one side, with the number of the paragraph that begins on it."""
        span = span_of(self._row(place), side)
        assert span
        text, numbers, starts = pair.sides[side]
        number = numbers.get(span[0], "")
        mark = self._mark(numbers, side, place)
        yield from self._gutter(sign if span[0] == 0 else " ", number, mark)
        layers = [] if self._redlines and pair.is_apart else self._layers(pair.spans(side))
        found = [
            (a + start, b + start)
            for address, start in starts.items()
            for a, b in self._found.get(address, ())
        ]
        layers += [
            (found, self.look("found")),
            (self.selected_in(pair, side), self.look("selected")),
        ]
        yield from highlighted(text, span, self.plain, *layers)

    def _gutter(self, sign: str, number: str, mark: str) -> Iterator[tuple[str, Style]]:
        """What stands beside a line: a sign, the reader's mark, and the number."""
        before, mark, after = gutter(sign, "" if number == "0" else number, mark)
        yield before, self.look("title")
        yield mark, self.look("mark")
        yield after, self.look("title")

    def _mark(self, numbers: Mapping[int, str], side: int, place: Place) -> str:
        """What the reader put beside a paragraph: of several signs each on a line of its own."""
        index, row = place
        span = span_of(self._row(place), side)
        assert span
        start = max(at for at in numbers if at <= span[0])
        signs = self._signs[side].get(numbers[start], "")
        if not signs:
            return ""
        above = (span_of(it, side) for it in self._page.rows_of(index)[:row])
        nth = sum(1 for it in above if it and it[0] >= start)
        return signs[nth : nth + 1]

    @property
    def _redlines(self) -> bool:
        """Whether both texts are shown as one, where that tells something."""
        return self.shape in {"redline", "marked"}

    def _layers(
        self, spans: dict[str, list[tuple[int, int]]]
    ) -> list[tuple[list[tuple[int, int]], Style]]:
        return [(found, self.look(SIGNS[sign])) for sign, found in spans.items() if sign in SIGNS]

    def _pieces(self, pair: Pair, place: Place) -> Iterator[tuple[str, Style]]:
        what = self._row(place)
        if what.kind == "head":
            yield from self._head(pair)
        elif what.kind == "gap":
            yield " " * NUMBER + self._missing(pair), self.look("quiet")
        elif what.kind == "merged":
            yield from self._merged(pair, place)
        elif what.kind in {"left", "right"}:
            side = LEFT if what.kind == "left" else RIGHT
            yield from self._numbered(pair, side, place, WAYS[side])

    def _merged(self, pair: Pair, place: Place) -> Iterator[tuple[str, Style]]:
        """A line of both texts as one; the numbers of their paragraphs stand one below another."""
        nth = place[1] - 1
        side, number = pair.entries[nth] if nth < len(pair.entries) else (LEFT, "")
        mark = self._signs[side].get(number, "")[:1]
        yield from self._gutter(WAYS[side] if number else " ", number, mark)
        if span := self._row(place).left:
            text, spans = pair.marked if self.shape == "marked" else pair.merged
            yield from highlighted(text, span, self.plain, *self._layers(spans))

    def _missing(self, pair: Pair) -> str:
        assert self._documents
        side = RIGHT if pair.row.kind == "left" else LEFT
        facts = self._documents[side].facts
        said = _("no counterpart in {document}").format(document=facts.id)
        return said if facts.official else f"{said} ({_('not official')})"

    def _head(self, pair: Pair) -> Iterator[tuple[str, Style]]:
        """The addresses of a row, what kind it is, how alike, and why."""
        row, quiet = pair.row, self.look("quiet")
        left, right = (", ".join(map(str, side)) for side in (row.left, row.right))
        yield " " + " ↔ ".join(filter(None, (left, right))), quiet
        if row.kind in {"left", "right"}:
            yield f"  {self._missing(pair)}", self.look("quiet")
            return
        yield f"  {row_in_words(row.kind)} {row.score:.2f}", quiet
        if self._redlines and pair.rewritten:
            yield f" · {_('mostly written anew, without a redline')}", self.look("warning")
        if row.moved and row.kind != "moved":
            yield f" · {row_in_words('moved')}", quiet
        why = ", ".join(
            name for reason in row.reasons if reason.kind == "words" for name in reason.names[:4]
        )
        yield (f"  {why}" if why else ""), quiet


def span_of(row: Row, side: int) -> tuple[int, int] | None:
    """What a row has of a side's text."""
    return row.left if side == LEFT else row.right


def signs_of(beside: Beside) -> dict[str, str]:
    """The signs of what the reader put beside a document, by the number of the paragraph."""
    found: dict[str, str] = {}
    put: tuple[tuple[str, Collection[Address]], ...] = (
        (NOTE, beside.notes),
        (MARK, beside.marked),
        (TAG, beside.tags),
        (TRAY, beside.collected),
    )
    for sign, addresses in put:
        for number in {str(it.paragraph) for it in addresses}:
            found[number] = found.get(number, "") + sign
    return found
