"""What every full screen has: the palette, the help and the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual import getters
from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import Static

from scmtui.language import N_, _
from scmtui.tui.commands import Command, live_commands
from scmtui.tui.keys import KeyedApp
from scmtui.tui.shown import LOOKS, content
from scmtui.tui.telling import Telling

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.binding import BindingType
    from textual.events import Resize

Result = TypeVar("Result")

SMALLEST = (40, 12)
"""Columns and lines below which a screen says that it needs more room."""


class CommandedScreen(Telling, Screen[Result], Generic[Result]):
    """A screen with the palette, the help and the command line; every full screen is one."""

    COMPONENT_CLASSES = LOOKS
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

    def on_resize(self, event: Resize) -> None:
        """Say so when there is no room."""
        columns, lines = event.size
        small = columns < SMALLEST[0] or lines < SMALLEST[1]
        notice = self.query("#small")
        if not small:
            notice.remove()
            return
        said = _("{columns} × {lines} is too small. scmtui needs {width} × {height}.")
        width, height = SMALLEST
        text = content(said.format(columns=columns, lines=lines, width=width, height=height))
        if notice:
            notice.only_one(Static).update(text)
        else:
            self.mount(Static(text, id="small"))

    def more_commands(self) -> Iterable[Command]:
        """Commands that the palette offers beside the bindings."""
        return ()

    def go_to(self, typed: str) -> None:
        """Do what was typed after the colon."""
        raise NotImplementedError

    async def action_palette(self) -> None:
        """Choose among all commands by name."""
        live = [command for command in live_commands(self) if not command.keys.endswith("…")]
        from scmtui.tui.palette import CommandsScreen

        await self.app.push_screen(
            CommandsScreen(_("Commands"), [*live, *self.more_commands()]), self.run_command
        )

    async def action_help(self) -> None:
        """Show every key that works here."""
        from scmtui.tui.palette import CommandsScreen

        await self.app.push_screen(CommandsScreen(_("Keys"), live_commands(self)), self.run_command)

    async def run_command(self, command: Command | None) -> None:
        if command and not command.keys.endswith("…"):
            await self.app.run_action(command.action, command.node)

    async def action_command_line(self) -> None:
        """Ask for a number, an address or a command."""
        from scmtui.tui.dialogs import CommandLine

        await self.app.push_screen(CommandLine(), self._typed)

    async def _typed(self, typed: str | None) -> None:
        if typed in {"q", "quit"}:
            await self.app.action_quit()
        elif typed:
            self.go_to(typed)
