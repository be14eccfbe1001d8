"""Help and palette: every live command, found by its name or its key, and run from there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scmtui.language import _
from scmtui.text import pad
from scmtui.tui.commands import Command
from scmtui.tui.picking import PickList, PickScreen
from scmtui.tui.shown import highlighted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scmtui.tui.picking import Spans
    from scmtui.tui.rows import Piece


class CommandList(PickList[Command]):
    """Commands with their keys."""

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

    def found(self, typed: str) -> list[tuple[Command, Spans]]:
        """The commands that are found by key or name, in the reader's language first."""
        from scmtui.search.pick import pick

        if not typed.strip():
            return [(command, ()) for command in self._all]
        found: dict[Command, Spans] = {
            command: () for command in self._all if typed in command.keys.split()
        }
        named = pick(typed, [command.name for command in self._all])
        found |= {self._all[place]: spans for place, spans in named}
        for place, _spans in pick(typed, [command.also for command in self._all]):
            found.setdefault(self._all[place], ())
        return list(found.items())

    def choose(self, index: int) -> None:
        """Give the command back to the screen beneath."""
        self.screen.dismiss(self._rows[index][0])


class CommandsScreen(PickScreen[Command]):
    """A field and the commands it finds."""

    def __init__(self, title: str, commands: Iterable[Command]) -> None:
        super().__init__(CommandList(title, list(commands)), _("Name or key"))
