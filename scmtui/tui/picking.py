"""A field and the rows that it finds: the base of whatever is chosen by typing."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual import getters, on
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from scmtui.language import N_
from scmtui.tui.dialogs import TextField
from scmtui.tui.rows import RowList
from scmtui.tui.shown import LOOKS
from scmtui.tui.telling import Telling

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    Spans = tuple[tuple[int, int], ...]

Row = TypeVar("Row")
Result = TypeVar("Result")


class PickList(RowList, Generic[Row]):
    """Rows with the letters in them that were found.

    A subclass says which rows are found by what is typed (`found`), how one is drawn (`pieces`),
    and what choosing it means (`choose`).
    """

    led = True

    def __init__(self, title: str, every: Sequence[Row]) -> None:
        super().__init__(title=title)
        self._all = list(every)
        self._rows: list[tuple[Row, Spans]] = [(row, ()) for row in self._all]

    @property
    def count(self) -> int:
        """Rows now listed."""
        return len(self._rows)

    def found(self, typed: str) -> list[tuple[Row, Spans]]:
        """The rows that are found by what is typed, the best first."""
        raise NotImplementedError

    def narrow(self, typed: str) -> None:
        """List what is found."""
        self._rows = self.found(typed)
        self.cursor = 0
        self.rows_changed()


class PickScreen(Telling, ModalScreen[Result | None], Generic[Result]):
    """A field and the list that it narrows; the field keeps the keys."""

    COMPONENT_CLASSES = LOOKS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", N_("Close"), id="pick.close"),
        Binding("down", "move(1)", N_("Next row"), id="pick.down", show=False),
        Binding("up", "move(-1)", N_("Previous row"), id="pick.up", show=False),
        Binding("pagedown", "page(1)", N_("Page down"), id="pick.page-down", show=False),
        Binding("pageup", "page(-1)", N_("Page up"), id="pick.page-up", show=False),
    ]
    rows = getters.query_one(PickList)

    def __init__(self, rows: PickList[Row], prompt: str, typed: str = "") -> None:
        super().__init__()
        self._list = rows
        self._prompt = prompt
        self._typed = typed

    def compose(self) -> ComposeResult:
        """The field above the list."""
        with Vertical(id="box"):
            yield TextField(self._typed, placeholder=self._prompt, compact=True, id="query")
            yield self._list

    @on(Input.Changed)
    def narrow(self, event: Input.Changed) -> None:
        """Find as it is typed."""
        self.rows.narrow(event.value)

    @on(Input.Submitted)
    def take(self) -> None:
        """Take the row under the cursor."""
        self.rows.action_choose()

    def action_move(self, rows: int) -> None:
        """Move in the list while the field keeps the keys."""
        self.rows.cursor += rows

    def action_page(self, pages: int) -> None:
        """Page through the list while the field keeps the keys."""
        self.rows.action_page(pages)
