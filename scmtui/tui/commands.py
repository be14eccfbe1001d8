"""The commands of a screen, read from its live bindings: each is declared once, where done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from textual import getters
from textual.binding import Binding
from textual.screen import Screen

from scmtui.language import N_, _
from scmtui.tui.keys import KeyedApp, display

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.binding import BindingType
    from textual.dom import DOMNode


Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Command:
    """Something the reader can do now: its name, its keys, and the action on its widget."""

    name: str
    keys: str
    action: str
    node: DOMNode


def live_commands(screen: Screen[Any]) -> list[Command]:
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


class CommandedScreen(Screen[Result], Generic[Result]):
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
        from scmtui.tui.palette import CommandsScreen

        self.app.push_screen(
            CommandsScreen(_("Commands"), [*live, *self.more_commands()]), self.run_command
        )

    def action_help(self) -> None:
        """Show every key that works here."""
        from scmtui.tui.palette import CommandsScreen

        self.app.push_screen(CommandsScreen(_("Keys"), live_commands(self)), self.run_command)

    async def run_command(self, command: Command | None) -> None:
        if command and not command.keys.endswith("…"):
            await self.app.run_action(command.action, command.node)

    def action_command_line(self) -> None:
        """Ask for a number, an address or a command."""
        from scmtui.tui.dialogs import CommandLine

        self.app.push_screen(CommandLine(), self._typed)

    async def _typed(self, typed: str | None) -> None:
        if typed in {"q", "quit"}:
            await self.app.action_quit()
        elif typed:
            self.go_to(typed)
