"""The concordance of a phrase: its hits beneath one another, with the words on either side."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.reactive import var

from scmtui.language import N_, _, current
from scmtui.phrases.concordance import fitted
from scmtui.phrases.pictures import strip
from scmtui.search import Hit
from scmtui.text import pad, width
from scmtui.tui.phrases.passage import Block, PassageList, titled
from scmtui.tui.rows import OFFICIAL, UNOFFICIAL, unofficial_sign

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.binding import BindingType

    from scmtui.model import Address
    from scmtui.phrases.concordance import Cells, Line, Strip
    from scmtui.themes import Taxonomy
    from scmtui.tui.phrases.book import Followed
    from scmtui.tui.rows import Piece

ID = 15
THEME = 14
"""Cells of the columns."""
THEMED_FROM = 100
"""Cells from which on there is room for the theme."""


class LineList(PassageList):
    """Hits aligned on the phrase."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "s", "screen.sort", N_("Sort in the next way"), id="lines.sort", tooltip=N_("sort")
        ),
    ]

    lines: var[tuple[Line, ...]] = var((), init=False, always_update=True)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, title=" ")
        self._strips: Mapping[str, Strip] = {}
        self._texts: Mapping[Address, str] = {}
        self.taxonomy: Taxonomy | None = None
        self._widest = 0
        self._has_themes = False
        self._fitted: tuple[int, dict[int, Cells]] = (0, {})

    @property
    def count(self) -> int:
        """Hits listed."""
        return len(self.lines)

    def watch_lines(self) -> None:
        """Show other lines from the first."""
        self._fitted = (0, {})
        self._widest = max(
            range(len(self.lines)), key=lambda index: width(self.lines[index].hit), default=0
        )
        self._has_themes = any(line.theme for line in self.lines)
        self.set_reactive(PassageList.cursor, 0)
        self.rows_changed()

    def show(self, lines: tuple[Line, ...], followed: Followed, order: str) -> None:
        """Show the lines of a phrase in an order, which is told above them."""
        self.title = order
        self._strips = followed.strips
        self._texts = {hit.address: hit.text for hit in followed.hits}
        self.lines = lines

    def _themed(self) -> int:
        return THEME if self.size.width >= THEMED_FROM and self._has_themes else 0

    def _cells(self, index: int) -> Cells:
        """A line cut to the present width; the widest hit of all decides where the hits begin."""
        cells = max(10, self.size.width - len(OFFICIAL) - ID - 2 - self._themed())
        if self._fitted[0] != cells:
            self._fitted = (cells, {})
        known = self._fitted[1]
        if index not in known:
            known[index] = fitted((self.lines[index], self.lines[self._widest]), cells)[0]
        return known[index]

    def pieces(self, index: int) -> list[Piece]:
        """The address with its sign, the words before, the phrase, the words after; a theme."""
        line, cells = self.lines[index], self._cells(index)
        plain = self.plain
        official = line.facts.official
        pieces = [
            (OFFICIAL if official else UNOFFICIAL, self.look("warning")),
            (pad(str(line.address), ID), self.look("mark" if official else "warning")),
        ]
        if themed := self._themed():
            pieces.append((pad(self._theme(line.theme), themed - 2) + "  ", self.look("quiet")))
        return [
            *pieces,
            (cells.left, plain),
            (cells.hit, self.look("term")),
            (cells.right, plain),
        ]

    def _theme(self, id_: str) -> str:
        theme = self.taxonomy.theme(id_) if self.taxonomy and id_ else None
        return theme.name.in_language(current()) if theme else "–"

    def title_end(self) -> str:
        """What the sign of some rows means."""
        signed = any(not line.facts.official for line in self.lines)
        return f"{unofficial_sign()} " if signed else ""

    # What the row under the cursor stands for

    def _hit(self, line: Line) -> Hit:
        text = self._texts[line.address]
        return Hit(line.address, 1.0, None, ((line.start, line.end),), text, line.facts)

    def blocks(self) -> tuple[Block, ...]:
        """The picture of the document, and the whole part with the phrase."""
        if not self.lines:
            return (
                Block(_("Nothing is counted as the phrase; the history tells what was searched.")),
            )
        line = self.lines[self.cursor]
        hit = self._hit(line)
        picture = self._strips.get(line.facts.id)
        cells = max(10, min(60, self.size.width - 30))
        said = _("where it stands in the document")
        return (
            titled(line.facts),
            *([Block(f"{strip(picture.places, cells)}  {said}", "quiet")] if picture else []),
            Block(str(line.address), "mark"),
            Block(hit.text, "", ((hit.spans, "found"),)),
        )

    def passages(self) -> tuple[tuple[Hit, ...], int] | None:
        """All hits in the order of the list."""
        if not self.lines:
            return None
        return tuple(map(self._hit, self.lines)), self.cursor
