"""What the reader asks a command for, and what the command answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from scmtui.cli import terminal
from scmtui.cli.page import Page
from scmtui.model import UsageError
from scmtui.text import RULES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from scmtui.settings import Settings

NOTHING_FOUND = 1


class Request(NamedTuple):
    """What the reader asked a command for."""

    words: tuple[str, ...]
    options: Mapping[str, str]
    """By their names, without dashes; one that takes no value has an empty one."""
    settings: Settings

    @property
    def rules(self) -> AbstractSet[str]:
        """The tidying rules that are on."""
        return RULES - set(self.settings.tidy_off)

    def page(self) -> Page:
        """A page for the terminal, or the pipe, that the answer goes to."""
        return Page(terminal.columns(), self.settings.width, coloured=terminal.coloured())

    def number(self, option: str, least: int, most: int) -> int | None:
        """The number that an option was given, None without it. Raises UsageError."""
        written = self.options.get(option)
        if written is None:
            return None
        if not re.fullmatch(r"\d{1,9}", written, re.ASCII) or not least <= int(written) <= most:
            raise UsageError(
                "“{option}” takes a number from {least} to {most}, not “{written}”.",
                option=f"--{option}",
                least=least,
                most=most,
                written=written,
            )
        return int(written)


class Answer(NamedTuple):
    """What a command prints, and what it says beside that."""

    text: str
    notes: tuple[str, ...] = ()
    status: int = 0
