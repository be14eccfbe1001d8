"""Themes and terms through the meetings as a grid, and what is new or gone in a document."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from textual.binding import Binding
from textual.reactive import var

from scmtui.language import N_, _, current
from scmtui.model import Kind
from scmtui.phrases.copies import told
from scmtui.phrases.pictures import heat, sparkline
from scmtui.phrases.report import longer_words
from scmtui.search import Hit
from scmtui.text import cut, pad
from scmtui.tui.phrases.passage import Block, PassageList, titled
from scmtui.tui.shown import line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.binding import BindingType
    from textual.strip import Strip

    from scmtui.model import Address, Facts
    from scmtui.phrases.series import Cell, Line, Measure, Series
    from scmtui.themes import Taxonomy
    from scmtui.tui.rows import Piece

    TextAt = Callable[[Address], tuple[str, Facts]]

NAME = 22
NARROW_NAME = 14
CELL = 6
"""Cells of the name of a row and of a column."""
REVERSE = Style(reverse=True)


def short_names(columns: Sequence[Facts]) -> list[str]:
    """Documents at the heads of columns: the meeting, `e` for English, `*` for not official.

    Of a meeting with several of them each has its id, its kind in a letter where that is long:
    52, 52-2, 57a* for 57-article.
    """
    meetings = Counter(facts.meeting for facts in columns)
    return [_short_name(facts, meetings[facts.meeting] > 1) for facts in columns]


def _short_name(facts: Facts, several: bool) -> str:
    if facts.meeting is None:
        return facts.id
    name = f"{facts.meeting}{'e' if facts.language == 'en' else ''}"
    if several:
        number = re.search(r"-\d+$", facts.id)
        letter = "" if facts.kind is Kind.COMMUNIQUE else facts.kind.value[0]
        name = f"{name}{letter}{number[0] if number else ''}"
    return f"{name}{'' if facts.official else '*'}"


def value_in_words(cell: Cell, measure: Measure) -> str:
    """What a cell counts, as short as it can be."""
    if not cell.value:
        return f"+{cell.inside}" if cell.inside else "·"
    return f"{cell.value:.0%}" if measure == "share" else f"{cell.value:.0f}"


def measure_in_words(measure: Measure, *, is_phrase: bool = False) -> str:
    """What the cells count; of a phrase its other names, too, of a term only itself."""
    if is_phrase:
        return _("how often it stands there, with its other names")
    return {
        "paragraphs": _("paragraphs about the theme"),
        "share": _("share of all words in paragraphs about the theme"),
        "times": _("how often it stands there as it is written"),
    }[measure]


class SeriesGrid(PassageList):
    """Rows of themes or terms over columns of documents, the oldest on the left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l,right", "column(1)", N_("Next document"), id="grid.right", show=False),
        Binding("h,left", "column(-1)", N_("Previous document"), id="grid.left", show=False),
        Binding(
            "m", "screen.measure", N_("Count or share"), id="grid.measure", tooltip=N_("measure")
        ),
        Binding(
            "t", "screen.terms", N_("Terms of the theme"), id="grid.terms", tooltip=N_("terms")
        ),
        Binding(
            "o",
            "screen.order",
            N_("The paragraphs of this document with their themes"),
            id="grid.order",
            show=False,
        ),
        Binding(
            "e",
            "screen.language",
            N_("The documents in the other language"),
            id="grid.language",
            show=False,
        ),
        Binding(
            "d",
            "screen.changes",
            N_("What is new or gone in this document"),
            id="grid.changes",
            tooltip=N_("new, gone"),
        ),
    ]

    series: var[Series | None] = var(None, init=False)
    column: var[int] = var(0, init=False)

    def __init__(self, text_at: TextAt, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, title=" ")
        self._text_at = text_at
        self.taxonomy: Taxonomy | None = None
        self.about = ""
        """What the rows are, in words."""
        self.origin = ""
        """The document from which the reader came."""
        self._terms_of = ""
        self._most: dict[str, float] = {}
        """The value that has the darkest shade, for what is counted: a phrase has its own."""
        self._first = 0
        self._heads: list[str] = []

    @property
    def count(self) -> int:
        """Rows of the grid."""
        return len(self.series.rows) if self.series else 0

    def show(self, series: Series, taxonomy: Taxonomy, theme: str) -> None:
        """Show themes, or the terms of one theme, the cursor on the theme that it was on."""
        here = self.row.id if self.row else None
        named = taxonomy.theme(theme)
        self.about = named.name.in_language(current()) if named else _("Themes")
        self.taxonomy, self._terms_of = taxonomy, theme
        self.series = series
        self._most = {"times": 0.0, series.measure: 0.0}
        for row in series.rows:
            measure = self._measure(row)
            most = max((cell.value for cell in row.cells), default=0.0)
            self._most[measure] = max(self._most[measure], most)
        ids = [row.id for row in series.rows]
        self.cursor = ids.index(here) if here in ids else 0

    def watch_series(self, before: Series | None, after: Series | None) -> None:
        """Show other rows; the column stays when the documents do."""
        if after and (before is None or before.columns != after.columns):
            ids = [facts.id for facts in after.columns]
            self._heads = short_names(after.columns)
            of = {copy.facts.id: copy.of for copy in after.copies}
            origin = of.get(self.origin, self.origin)
            at = ids.index(origin) if origin in ids else len(ids) - 1
            self.set_reactive(SeriesGrid.column, max(0, at))
        self.rows_changed()

    def validate_column(self, column: int) -> int:
        last = len(self.series.columns) - 1 if self.series else 0
        return max(0, min(column, last))

    def watch_column(self) -> None:
        self.refresh()
        self.post_message(self.Pointed(self))

    def action_column(self, step: int) -> None:
        """Go to the next or previous document."""
        self.column += step * (self.app.count or 1)

    # What is under the cursor

    @property
    def row(self) -> Line | None:
        """The row under the cursor."""
        return self.series.rows[self.cursor] if self.series and self.count else None

    @property
    def facts(self) -> Facts | None:
        """The document of the column under the cursor."""
        return self.series.columns[self.column] if self.series and self.series.columns else None

    def name_of(self, row: Line) -> str:
        """A theme in the language of the interface, or a term as it is written."""
        theme = self.taxonomy.theme(row.id) if self.taxonomy and not self._terms_of else None
        return theme.name.in_language(current()) if theme else row.name

    def _measure(self, row: Line) -> Measure:
        """What the cells of a row count."""
        assert self.series
        return "times" if row.is_phrase else self.series.measure

    # Drawing

    @property
    def _name_cells(self) -> int:
        return NAME if self.size.width >= 70 else NARROW_NAME

    def _columns(self) -> range:
        """The columns in sight: as many as have room, the one under the cursor among them."""
        assert self.series
        room = max(1, (self.size.width - self._name_cells - 1) // CELL)
        total = len(self.series.columns)
        self._first = max(self.column - room + 1, min(self._first, self.column))
        self._first = max(0, min(self._first, total - room))
        return range(self._first, min(total, self._first + room))

    def _title_line(self, cells: int) -> Strip:
        """The documents, that of the cursor marked."""
        if self.series is None:
            return line([(f" {_('Searching…')}", self.look("quiet"))], cells, self.plain)
        quiet, name = self.look("quiet"), self.look("title")
        columns = self._columns()
        before = "‹" if columns.start else " "
        after = "›" if columns.stop < len(self.series.columns) else ""
        pieces = [(pad(f" {self.about}", self._name_cells), name), (before, quiet)]
        for index in columns:
            style = self.look("strong") if index == self.column else quiet
            pieces.append((f"{cut(self._heads[index], CELL - 1):>{CELL - 1}} ", style))
        return line([*pieces, (after, quiet)], cells, self.plain)

    def pieces(self, index: int) -> list[Piece]:
        """The name, then a shade and the value for each document in sight."""
        assert self.series
        row = self.series.rows[index]
        measure = self._measure(row)
        most = self._most[measure]
        quiet, plain = self.look("quiet"), self.plain
        style = self.look("term") if row.is_phrase else plain
        pieces = [(pad(self.name_of(row), self._name_cells - 1) + " ", style)]
        for number in self._columns():
            cell = row.cells[number]
            shade = heat(cell.value, most)
            text = f"{shade}{value_in_words(cell, measure):>{CELL - 2}} "
            style = plain if cell.value else quiet
            if index == self.cursor and number == self.column:
                style += REVERSE
            pieces.append((text, style))
        return pieces

    # What is told

    def blocks(self) -> tuple[Block, ...]:
        """The cell under the cursor: how much, through all documents, and its passages."""
        row, facts, series = self.row, self.facts, self.series
        if series is None or row is None or facts is None:
            return (Block(_("No document here touches a theme.")),) if series else ()
        cell = row.cells[self.column]
        curve = sparkline([one.value for one in row.cells])
        measure = self._measure(row)
        value = value_in_words(cell, measure)
        what = measure_in_words(measure, is_phrase=row.is_phrase)
        blocks = [
            titled(facts),
            Block(f"{self.name_of(row)} · {facts.id}: {value} – {what}", "said"),
        ]
        first, last = series.columns[0].id, series.columns[-1].id
        blocks.append(Block(f"{first} {curve.replace(' ', '_')} {last}", "mark"))
        if copies := told([copy for copy in series.copies if copy.of == facts.id]):
            blocks.append(Block(copies, "quiet"))
        if row.longer:
            blocks.append(Block(longer_words(Counter(dict(row.longer))), "quiet"))
        for address in cell.addresses:
            blocks += [Block(str(address), "mark"), Block(self._text_at(address)[0])]
        return tuple(blocks)

    def passages(self) -> tuple[tuple[Hit, ...], int] | None:
        """The passages of the cell."""
        row = self.row
        return self.hits(row.cells[self.column].addresses) if row else None

    def hits(self, addresses: Sequence[Address]) -> tuple[tuple[Hit, ...], int] | None:
        """Passages to be opened and walked; none for no addresses."""
        texts = [(address, *self._text_at(address)) for address in addresses]
        hits = tuple(Hit(it, 1.0, None, (), text, facts) for it, text, facts in texts)
        return (hits, 0) if hits else None
