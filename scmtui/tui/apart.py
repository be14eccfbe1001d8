"""One side of a comparison that scrolls alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.reactive import var

from scmtui.language import _
from scmtui.tui.paragraphs import GUTTER, ParagraphPane
from scmtui.tui.shown import line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.style import Style
    from textual.strip import Strip


class SidePane(ParagraphPane):
    """The text of one side; of two, only the one that the keys act on shows where it is."""

    active: var[bool] = var(False, init=False)
    """Whether the keys act on this side."""

    def watch_active(self) -> None:
        self.draw_anew()

    def watch_only(self) -> None:
        """Leave out what is in no row that is shown, which may be all of it."""
        if self.only is None or self.only:
            super().watch_only()
        else:
            self.fill(())
            self._cursor = 0
            self.draw_anew()

    def render_line(self, y: int) -> Strip:
        """One row of the pane; where nothing is left, it says so."""
        if y or self._page.items or self.only is None:
            return super().render_line(y)
        said = " " * GUTTER + _("nothing here about this theme")
        return line([(said, self.look("quiet"))], self.size.width, self.plain)

    def _gutter(self, index: int, row: int) -> Iterator[tuple[str, Style]]:
        """The gutter of a text, the cursor's bar only on the active side."""
        bar, *rest = super()._gutter(index, row)
        yield bar if self.active else (" ", self.plain)
        yield from rest
