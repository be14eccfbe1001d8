"""Help and palette: every live command, found by its name or its key, and run from there.

Both lists are read from the live bindings, so a command is declared once, where it is done.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen, Screen
from textual.widgets import Input

from scmtui.language import N_, _
from scmtui.text import pad
from scmtui.tui.dialogs import CommandLine, TextField
from scmtui.tui.keys import KeyedApp, display
from scmtui.tui.rows import RowList
from scmtui.tui.shown import highlighted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.dom import DOMNode

    from scmtui.tui.rows import Piece


@dataclass(frozen=True, slots=True)
class Command:
    """Something the reader can do now: its name, its keys, and the action on its widget."""

    name: str
    keys: str
    action: str
    node: DOMNode


def live_commands(screen: Screen[None]) -> list[Command]:
    """The commands of the focused pane, the screen and the app, each once with all its keys."""
    keys: dict[tuple[str, DOMNode], list[str]] = {}
    names: dict[tuple[str, DOMNode], str] = {}
    for key, active in screen.active_bindings.items():
        binding = active.binding
        if binding.description and active.enabled and binding.id:
            keys.setdefault((binding.action, active.node), []).append(display(key))
            names[binding.action, active.node] = _(binding.description)
    return [
        Command(names[action, node], " ".join(pressed), action, node)
        for (action, node), pressed in keys.items()
    ]


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

    def pieces(self, index: int) -> list[Piece]:
        """The keys, then the name with the letters that were found."""
        command, spans = self._rows[index]
        name = highlighted(
            command.name,
            (0, len(command.name)),
            self.rich_style,
            (spans, self.style("strong")),
        )
        return [(pad(command.keys, 16) + " ", self.style("mark")), *name]

    def narrow(self, query: str) -> None:
        """List the commands that a query finds, the best first; all of them for an empty one."""
        from scmtui.search.pick import pick

        if query.strip():
            found = pick(query, [command.name for command in self._all])
            by_key = [(c, ()) for c in self._all if query in c.keys.split()]
            self._rows = by_key + [(self._all[index], spans) for index, spans in found]
        else:
            self._rows = [(command, ()) for command in self._all]
        self.cursor = 0
        self.rows_changed()

    def choose(self, index: int) -> None:
        """Give the command back to the screen beneath."""
        self.screen.dismiss(self._rows[index][0])


class CommandsScreen(ModalScreen[Command | None]):
    """A field and the commands it finds."""

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


class CommandedScreen(Screen[None]):
    """A screen with the palette, the help and the command line; every full screen is one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "colon",
            "command_line",
            N_("Go to a number or an address"),
            id="line.open",
            tooltip=N_("go to"),
        ),
        Binding("ctrl+p", "palette", N_("All commands"), id="palette.open", tooltip=N_("commands")),
        Binding(
            "question_mark,f1", "help", N_("Help: the keys"), id="help.open", tooltip=N_("help")
        ),
    ]

    app = getters.app(KeyedApp)

    def more_commands(self) -> Iterable[Command]:
        """Commands that the palette offers beside the bindings."""
        return ()

    def go_to(self, typed: str) -> None:
        """Do what was typed after the colon."""
        raise NotImplementedError

    def action_palette(self) -> None:
        """Choose among all commands by name."""
        live = [command for command in live_commands(self) if not command.keys.endswith("…")]
        self.app.push_screen(
            CommandsScreen(_("Commands"), [*live, *self.more_commands()]), self._run
        )

    def action_help(self) -> None:
        """Show every key that works here."""
        self.app.push_screen(CommandsScreen(_("Keys"), live_commands(self)), self._run)

    async def _run(self, command: Command | None) -> None:
        if command and not command.keys.endswith("…"):
            await self.app.run_action(command.action, command.node)

    def action_command_line(self) -> None:
        """Ask for a number, an address or a command."""
        self.app.push_screen(CommandLine(), self._typed)

    async def _typed(self, typed: str | None) -> None:
        if typed in {"q", "quit"}:
            await self.app.action_quit()
        elif typed:
            self.go_to(typed)
