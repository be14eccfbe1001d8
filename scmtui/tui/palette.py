"""Help and palette: every live command, found by its name or its key, and run from there."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from scmtui.language import N_, _
from scmtui.text import pad
from scmtui.tui.commands import Command
from scmtui.tui.dialogs import TextField
from scmtui.tui.rows import RowList
from scmtui.tui.shown import LOOKS, highlighted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from scmtui.tui.rows import Piece

    Spans = tuple[tuple[int, int], ...]


class CommandList(RowList):
    """Commands with their keys."""

    led = True

    def __init__(self, title: str, commands: list[Command]) -> None:
        super().__init__(title=title)
        self._all = commands
        self._rows: list[tuple[Command, tuple[tuple[int, int], ...]]] = [(c, ()) for c in commands]

    @property
    def count(self) -> int:
        """Commands now listed."""
        return len(self._rows)

    def title_end(self) -> str:
        """That nothing is found, when that is so."""
        return "" if self._rows else _("no command has this name") + " "

    def pieces(self, index: int) -> list[Piece]:
        """The keys, then the name with the letters that were found."""
        command, spans = self._rows[index]
        name = highlighted(
            command.name,
            (0, len(command.name)),
            self.plain,
            (spans, self.look("strong")),
        )
        return [(pad(command.keys, 16) + " ", self.look("mark")), *name]

    def narrow(self, query: str) -> None:
        """List the commands that a query finds by key or name, in the reader's language first."""
        from scmtui.search.pick import pick

        if not query.strip():
            self._rows = [(command, ()) for command in self._all]
        else:
            found: dict[Command, Spans] = {
                command: () for command in self._all if query in command.keys.split()
            }
            named = pick(query, [command.name for command in self._all])
            found |= {self._all[place]: spans for place, spans in named}
            for place, _spans in pick(query, [command.also for command in self._all]):
                found.setdefault(self._all[place], ())
            self._rows = list(found.items())
        self.cursor = 0
        self.rows_changed()

    def choose(self, index: int) -> None:
        """Give the command back to the screen beneath."""
        self.screen.dismiss(self._rows[index][0])


class CommandsScreen(ModalScreen[Command | None]):
    """A field and the commands it finds."""

    COMPONENT_CLASSES = LOOKS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", N_("Close"), id="commands.close"),
        Binding("down", "move(1)", N_("Next row"), id="commands.down", show=False),
        Binding("up", "move(-1)", N_("Previous row"), id="commands.up", show=False),
        Binding("pagedown", "page(1)", N_("Page down"), id="commands.page-down", show=False),
        Binding("pageup", "page(-1)", N_("Page up"), id="commands.page-up", show=False),
    ]
    rows = getters.query_one(CommandList)

    def __init__(self, title: str, commands: Iterable[Command]) -> None:
        super().__init__()
        self._list = CommandList(title, list(commands))

    def compose(self) -> ComposeResult:
        """The field above the list."""
        with Vertical(id="box"):
            yield TextField(placeholder=_("Name or key"), compact=True, id="query")
            yield self._list

    @on(Input.Changed)
    def narrow(self, event: Input.Changed) -> None:
        """Find as it is typed."""
        self.rows.narrow(event.value)

    @on(Input.Submitted)
    def run(self) -> None:
        """Run the command under the cursor."""
        self.rows.action_choose()

    def action_move(self, rows: int) -> None:
        """Move in the list while the field keeps the keys."""
        self.rows.cursor += rows

    def action_page(self, pages: int) -> None:
        """Page through the list while the field keeps the keys."""
        self.rows.action_page(pages)
