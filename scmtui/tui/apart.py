"""One side of a comparison that scrolls alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.reactive import var

from scmtui.tui.paragraphs import ParagraphPane

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.style import Style


class SidePane(ParagraphPane):
    """The text of one side; of two, only the one that the keys act on shows where it is."""

    active: var[bool] = var(False, init=False)
    """Whether the keys act on this side."""

    def watch_active(self) -> None:
        self.draw_anew()

    def _gutter(self, index: int, row: int) -> Iterator[tuple[str, Style]]:
        """The gutter of a text, the cursor's bar only on the active side."""
        bar, *rest = super()._gutter(index, row)
        yield bar if self.active else (" ", self.plain)
        yield from rest
